// The approver's page: starts its engine, and tells it what happens. `src/browser_approve.rs` has the other end.

import { bytesOfFile } from "./chosen.js";
import { now } from "./clock.js";
import { give } from "./data.js";
import { join } from "./edge.js";
import { notice } from "./notice.js";
import { perform } from "./perform.js";
import { portions } from "./portions.js";
import { begin, random, started } from "./start.js";

/** The input for the file that is to be signed off. */
const FILE = "file";

let edge;
let engine;

globalThis.iaReturns = Object.freeze({
  /** Asks for something to be done. */
  ask: (...effect) => edge.ask(...effect),
  /** Takes a document from a script of data. */
  give,
  now,
  random,
});

function stopped(failure) {
  notice(
    ["The page has stopped because of a fault in it. Load it again, and choose the file again."],
    String(failure),
  );
}

/** Hands bytes to the engine, and wipes them here. */
function hand(id, bytes) {
  engine.give(id, bytes);
  bytes.fill(0);
}

const handText = (id, text) => hand(id, new TextEncoder().encode(text));

/** The file that was chosen last, by the input's id. */
const latest = new Map();

/** Reads a chosen or dropped file. */
async function chosen(id, file) {
  latest.set(id, file);
  const bytes = await bytesOfFile(file);
  // Another file may have been chosen meanwhile.
  if (latest.get(id) !== file) return;
  if (id === FILE) handText("file-name", file?.name ?? "");
  if (bytes) hand(id, bytes);
  edge.happen([bytes ? "chosen" : "not-read", id, ""]);
}

const work = portions((what, took) => edge.happen([what, took, ""]));

const isFileInput = (target) => target instanceof HTMLInputElement && target.type === "file";

const readers = {
  change({ target }) {
    if (isFileInput(target)) chosen(target.id, target.files[0]);
    else if (target.type === "checkbox") edge.happen([target.checked ? "ticked" : "unticked", target.id, ""]);
  },
  click({ target }) {
    const button = target.closest("[data-action]");
    if (!button) return;
    for (const input of document.querySelectorAll('#app input:not([type="file"], [type="checkbox"])')) {
      handText(input.id, input.value);
    }
    edge.happen(["pressed", button.dataset.action, ""]);
  },
  // Wherever a file is dropped, it is opened: a browser would leave the page for it.
  dragover(event) {
    if (!isFileInput(event.target)) event.preventDefault();
  },
  drop(event) {
    const [file] = event.dataTransfer?.files ?? [];
    if (isFileInput(event.target)) return;
    event.preventDefault();
    if (file) chosen(FILE, file);
  },
};

begin(async () => {
  const page = await started("approve-engine.js", ["document", "give", "handle"]);
  engine = page.engine;
  edge = join(engine, ([what, ...texts], source) =>
    perform([what, ...texts], source, { ...work, load: (names) => page.load(...names) }),
  );
  page.furnish();
  handText("plain-http", globalThis.isSecureContext ? "" : "yes");
  edge.happen(["start", engine.kind, ""]);
  for (const [type, read] of Object.entries(readers)) document.addEventListener(type, read);
  window.addEventListener("beforeunload", (event) => edge.happen(["leaving", "", ""], event));
}, stopped);
