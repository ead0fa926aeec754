// The collator's page: starts its engine, hands it files one after another, and tells it what happens.
// `src/browser_collate.rs` has the other end.

import { bytesOfFile } from "./chosen.js";
import { now } from "./clock.js";
import { give } from "./data.js";
import { join } from "./edge.js";
import { ofDrop, ofInput } from "./gather.js";
import { notice, saveFile } from "./notice.js";
import { perform } from "./perform.js";
import { portions } from "./portions.js";
import { begin, started } from "./start.js";
import pictures from "pictures";

/** So long the page works before it looks whether somebody wants something, in milliseconds. */
const SLICE = 40;
/** So often it says how far it is. */
const SAY = 250;
/** So many files are read at once: reading waits for the disk, checking does not. */
const AHEAD = 16;

let edge;
let engine;
/** Whether files are being added, and whether that is to end. */
let isReading = false;
let isStopped = false;

globalThis.iaReturns = Object.freeze({
  /** Asks for something to be done. */
  ask: (...effect) => edge.ask(...effect),
  /** Takes a document from a script of data. */
  give,
  now,
  /** Offers bytes as a file. The engine's memory is its own, so they are copied. */
  save(name, bytes) {
    const copy = bytes.slice();
    edge.ask("save", name, copy);
  },
});

function stopped(failure) {
  notice(
    ["The page has stopped because of a fault in it. Load it again, and add the files again."],
    String(failure),
  );
}

const text = new TextEncoder();

/** Lets the browser draw, and whoever presses something be heard. */
const pause = () => new Promise((resolve) => setTimeout(resolve));

/** Longer archives and e-mails are refused by the engine, in its own words. */
const LONGEST_PACKED = 256_000_000;
const ZIP = "PK\u0003\u0004";

/** Whether a file is an archive or an e-mail that is opened. */
async function isPacked(name, file) {
  if (file.size > LONGEST_PACKED) return false;
  return /.\.eml$/i.test(name) || (await file.slice(0, 4).text()) === ZIP;
}

/** All of a file; nothing where it cannot be read. */
async function whole(file) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return undefined;
  }
}

/** One file as the engine takes it: what is in it, or nothing where it cannot be read. */
async function opened({ name, get }) {
  try {
    const file = await get();
    // What is opened is read when its turn comes: sixteen of the longest archives would be more than a browser holds.
    if (await isPacked(name, file)) return { name, size: String(file.size), packed: file };
    return { name, size: String(file.size), bytes: await bytesOfFile(file) };
  } catch {
    return { name, size: "0" };
  }
}

/** Adds files, a slice at a time. */
async function add(found) {
  if (isReading) return;
  isReading = true;
  isStopped = false;
  const total = String(found.length);
  let done = 0;
  const tell = (what) => edge.happen([what, String(done), total]);
  tell("progress");
  const ahead = [];
  let next = 0;
  let sliced = performance.now();
  let said = sliced;
  while (done < found.length && !isStopped) {
    while (ahead.length < AHEAD && next < found.length) ahead.push(opened(found[next++]));
    const { name, size, packed, ...read } = await ahead.shift();
    const bytes = packed ? await whole(packed) : read.bytes;
    if (bytes) engine.add(name, size, bytes);
    else engine.unread(name, size);
    // Of an archive, one file after another is judged.
    let isMore = true;
    while (isMore && !isStopped) {
      isMore = engine.more();
      const time = performance.now();
      if (time - said > SAY) {
        said = time;
        tell("progress");
      }
      if (time - sliced > SLICE) {
        await pause();
        sliced = performance.now();
      }
    }
    // An archive that was not read to its end is none that was read.
    if (!isMore) done += 1;
  }
  isReading = false;
  tell("read");
}

const effects = {
  later: portions((what) => edge.happen([what, "", ""])).later,
  save: ([name, what]) => {
    try {
      saveFile(name, what);
      return ["saved", "", ""];
    } catch {
      return ["could-not-save", "", ""];
    }
  },
  stop() {
    isStopped = true;
  },
};

/** Takes a chosen list, which is one file. */
async function chosen(input) {
  const [file] = input.files;
  const bytes = await bytesOfFile(file);
  // Another file may have been chosen meanwhile.
  if (input.files[0] !== file) return;
  engine.give(input.id, bytes ?? new Uint8Array());
  edge.happen([bytes ? "chosen" : "not-read", input.id, ""]);
}

const isFileInput = (target) => target instanceof HTMLInputElement && target.type === "file";

/** Whether the screen is the one on which files are added. */
const takesFiles = () => document.getElementById("files") !== null;

const readers = {
  change({ target }) {
    if (!isFileInput(target)) return;
    if (!target.multiple) chosen(target);
    else if (target.files.length > 0) add(ofInput(target));
  },
  click({ target }) {
    const button = target.closest("[data-action]");
    if (!button) return;
    for (const input of document.querySelectorAll('#app :is(input:not([type="file"]), select, textarea)')) {
      engine.give(input.id, text.encode(input.value));
    }
    edge.happen(["pressed", button.dataset.action, button.dataset.value ?? ""]);
  },
  // Wherever something is dropped, it is added: a browser would leave the page for it.
  dragover(event) {
    if (!isFileInput(event.target) || event.target.multiple) event.preventDefault();
  },
  async drop(event) {
    if (isFileInput(event.target) && !event.target.multiple) return;
    event.preventDefault();
    if (!takesFiles() || isReading || !event.dataTransfer) return;
    add(await ofDrop(event.dataTransfer));
  },
};

begin(async () => {
  const page = await started("collate-engine.js", ["add", "document", "give", "handle", "more", "unread"]);
  engine = page.engine;
  edge = join(engine, ([what, ...texts], source) =>
    perform([what, ...texts], source, { ...effects, load: (names) => page.load(...names) }),
  );
  page.furnish();
  for (const picture of pictures.split("\n")) engine.document("picture", "", picture);
  edge.happen(["start", "", ""]);
  for (const [type, read] of Object.entries(readers)) document.addEventListener(type, read);
}, stopped);
