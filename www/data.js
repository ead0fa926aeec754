// The data of the page. What it needs to start stands in it: collections and expected lists. Templates with their plans, and
// organisations, come when the engine asks for them: out of a packed block of a page that is one file, or by a script of its own
// from the folder that the page lies in. All of it has the SHA-256 that the manifest in the page says, or it is not taken.

import { Stopped } from "./fault.js";
import { runFile } from "./script.js";
import { sha256 } from "./sha256.js";
import { damaged, inflated } from "./unpack.js";

/** What scripts of data gave, by kind and id. */
const given = new Map();
const key = ({ kind, id }) => `${kind} ${id}`;

/** Called by a script of data (src/cli/blocks.rs). */
export function give(kind, id, text) {
  given.set(key({ kind, id }), text);
}

const blockOf = ({ kind, id }) =>
  document.querySelector(`script[data-block="${CSS.escape(kind)}"][data-id="${CSS.escape(id)}"]`);

/** The names of the scripts in the folder: by hash, so that no page ever gets the data of another version. */
const fileOf = ({ kind, id, sha256: hash }) => `${kind}-${id}-${hash.slice(0, 12)}.js`;

async function textOf(entry) {
  const block = blockOf(entry);
  const text = block ? await inflated(block.textContent) : given.get(key(entry));
  if (text === undefined || sha256(bytesOf(text)) !== entry.sha256) {
    throw new Error(`the ${entry.kind} “${entry.id}” is not what this page was built with`);
  }
  return text;
}

const bytesOf = (text) => new TextEncoder().encode(text);

/** The manifest: which version of the page this is, its blocks, and its own SHA-256, by which a page is known. */
export function manifest() {
  const text = blockOf({ kind: "manifest", id: "manifest" }).textContent;
  return { ...JSON.parse(text), sha256: sha256(bytesOf(text)) };
}

/** What the first step shows. */
const isFirst = ({ kind }) => kind === "collection" || kind === "expected";

/** Takes back what the build does to a `<` (src/cli/blocks.rs). A backslash that is escaped begins no escape. */
const unescaped = (text) =>
  text.replace(/\\(?:u003c|[^])/g, (escape) => (escape === "\\u003c" ? "<" : escape));

/** What stands in the page and was asked for by nobody yet, in the order of the manifest. Throws `CannotRun` where a block is not
    the one that the manifest says, is not there, or is more than it says. */
export function embedded({ blocks }) {
  const there = document.querySelectorAll('script[type="application/json"][data-block]');
  const listed = blocks.filter(isFirst);
  // The manifest is one of them.
  if (there.length !== listed.length + 1) throw damaged();
  return listed.map((entry) => {
    const json = unescaped(blockOf(entry)?.textContent ?? "");
    if (sha256(bytesOf(json)) !== entry.sha256) throw damaged();
    return { kind: entry.kind, id: entry.id, json };
  });
}

/** A function that gets what the engine asks for: it tells `engine` of the documents, and gives the event to follow. */
export function loader(engine, { blocks }) {
  const loads = new Map();

  async function load(kind, id, hash) {
    const wanted = blocks.find((it) => it.kind === kind && it.id === id && it.sha256 === hash);
    if (!wanted) throw new Error(`this page knows no ${kind} “${id}” with the hash ${hash}`);
    if (!blockOf(wanted)) await runFile(fileOf(wanted));
    // A template's plan lies with it, under the template's hash.
    const plan = blocks.filter((it) => it.kind === "plan" && it.id === hash);
    for (const entry of [...plan, wanted]) engine.document(entry.kind, entry.id, await textOf(entry));
  }

  return async (kind, id, hash) => {
    // Asked for twice, it is got once.
    if (!loads.has(hash)) loads.set(hash, load(kind, id, hash));
    try {
      await loads.get(hash);
      return ["loaded", "", ""];
    } catch (failure) {
      if (failure instanceof Stopped) throw failure;
      loads.delete(hash);
      console.warn(String(failure));
      return ["could-not-load", "", ""];
    }
  };
}
