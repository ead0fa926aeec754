// Kept keys, requests to be known as a sender, and receipts: a part of the page with an engine of its own, which comes when a
// person opens it. The page draws an empty place, `#keys`; what happens inside stays there, so that no passphrase ever
// reaches the page's engine. `src/browser_keys.rs` has the other end.

import { bytesOfFile } from "./chosen.js";
import { Blocked, ready } from "./keys-engine.js";
import { perform } from "./perform.js";
import { portions } from "./portions.js";
import { runFile } from "./script.js";

/** What a request begins with: from the page's data attributes to the inputs. */
const ABOUT = { organisation: "request-organisation", name: "request-name", jobTitle: "request-job-title" };

const place = () => document.getElementById("keys");

/** Before anybody waits. What opens a key file is slow on purpose; without a compiler for script it takes minutes. */
const SLOW =
  "This browser does not allow WebAssembly. Making or opening a key file takes a few seconds here, and on some computers up to 5 minutes. You can see how far it is, and stop it. You can seal your return without a key file.";
/** Where nothing of the page can run this part. */
const BLOCKED =
  "This browser does not allow WebAssembly, so this part cannot run in the page that is one file. You can seal your return without it. To use it, open the page in another browser, or on your organisation’s intranet if it is there: a draft file takes what you typed with you.";

/** Says something where the forms will stand; nowhere, if the page has gone on to another step. */
function say(text) {
  const region = place()?.querySelector('[data-region="keys"]');
  if (region) region.textContent = text;
}

let engine;
let coming;
const asked = [];

/** The engine asks for something; it is done when the engine has finished with the present event. */
export function ask(...effect) {
  asked.push(effect);
}

/** Fills `bytes` with the secret of the opened key. False where none is open. */
export function secret(bytes) {
  if (!engine || engine.secret(0) < 0) return false;
  bytes.forEach((_, at) => {
    bytes[at] = engine.secret(at);
  });
  return true;
}

/** Hands bytes to the engine, and wipes them here. */
function give(id, bytes) {
  engine.give(id, bytes);
  bytes.fill(0);
}

const giveText = (id, text) => give(id, new TextEncoder().encode(text));

/** Whether a key is being opened or made, as of the last event. */
let isWorking = false;
const work = portions((what, took) => happen(what, took));

/** Something happened. */
function happen(what, id = "") {
  engine.happen(what, id);
  isWorking = asked.some(([effect]) => work[effect]);
  for (const effect of asked.splice(0)) {
    const answer = perform(effect, undefined, work);
    if (answer) happen(answer[0]);
  }
}

/** The place is on the screen: fills it. */
function show() {
  const { dataset } = place();
  for (const [name, id] of Object.entries(ABOUT)) giveText(id, dataset[name]);
  giveText("plain-http", globalThis.isSecureContext ? "" : "yes");
  giveText("sealed", document.getElementById("file-text")?.value ?? "");
  // A receipt is judged at once.
  if (engine.isSlow && dataset.panel === "seal") warn();
  happen("shown", dataset.panel);
}

/** Says above the forms that what they do takes long. */
function warn() {
  const words = document.createElement("p");
  words.className = "nhsuk-inset-text";
  words.textContent = SLOW;
  place().querySelector('[data-region="keys"]').before(words);
}

/** Gets the engine, once: out of the page that is one file, or by a script of its own from the folder. */
async function get() {
  coming ??= ready(runFile);
  try {
    engine = await coming;
  } catch (failure) {
    coming = undefined;
    throw failure;
  }
}

/** The id of a return whose seal is whole; else a word for why there is none (src/page/event.rs). */
export async function seal(text) {
  try {
    await get();
  } catch (failure) {
    console.warn(String(failure));
    return failure instanceof Blocked ? "blocked" : "unreached";
  }
  return engine.whole(new TextEncoder().encode(text));
}

/** The place was opened. */
async function opened() {
  if (engine) return;
  say("This part is being fetched.");
  try {
    await get();
  } catch (failure) {
    console.warn(String(failure));
    say(
      failure instanceof Blocked
        ? BLOCKED
        : "This part could not be fetched. Check that you are still connected, then close it and open it again. You can seal your return without it.",
    );
    return;
  }
  if (place()) show();
}

/** Reads a chosen file. */
async function chosen(input) {
  const [file] = input.files;
  const bytes = await bytesOfFile(file);
  // Another file may have been chosen meanwhile.
  if (input.files[0] !== file) return;
  if (bytes) give(input.id, bytes);
  happen(bytes ? "chosen" : "not-read", input.id);
}

const readers = {
  change(target) {
    if (target.type === "file") chosen(target);
    if (target.type === "checkbox") happen(target.checked ? "ticked" : "unticked", target.id);
  },
  click(target) {
    const button = target.closest("[data-action]");
    if (!button) return;
    for (const input of place().querySelectorAll('input:not([type="file"], [type="checkbox"])')) {
      giveText(input.id, input.value);
    }
    happen("pressed", button.id);
  },
  focusout() {},
  input() {},
  keydown() {},
};

/** Hears what happens inside the place, and lets none of it out. */
function attach() {
  const here = place();
  if (!here) return;
  for (const [type, read] of Object.entries(readers)) {
    here.addEventListener(type, (event) => {
      event.stopPropagation();
      if (engine) read(event.target);
    });
  }
  here.querySelector("details").addEventListener("toggle", ({ target }) => {
    if (target.open) opened();
  });
  if (engine) show();
}

/** A return that is sealed while its key is on its way would not have it. */
function hold(event) {
  if (!isWorking || !event.target.closest("#seal")) return;
  event.stopImmediatePropagation();
  happen("too-soon");
}

/** Follows the page from step to step. */
export function follow() {
  document.addEventListener("click", hold, true);
  new MutationObserver(attach).observe(document.getElementById("app"), { childList: true });
}
