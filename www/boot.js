// Starts the engine, and is what the engine may call by itself: `globalThis.iaReturns` (www/README.md).

import { about } from "./about.js";
import { now } from "./clock.js";
import { panel } from "./computer.js";
import { embedded, give, loader, manifest } from "./data.js";
import { join } from "./edge.js";
import { ready } from "./engine.js";
import * as files from "./files.js";
import { CannotRun, Stopped } from "./fault.js";
import { keeper } from "./keep.js";
import * as keys from "./keys.js";
import { listen } from "./listen.js";
import { notice } from "./notice.js";
import { perform } from "./perform.js";
import { stores } from "./store.js";

let edge;
let keeping;

/** Fills `bytes` from `crypto.getRandomValues`, which needs no secure context. False where the browser has none. */
function random(bytes) {
  try {
    crypto.getRandomValues(bytes);
    return true;
  } catch {
    return false;
  }
}

globalThis.iaReturns = Object.freeze({
  /** Asks for something to be done. */
  ask: (...effect) => edge.ask(...effect),
  /** Takes a document from a script of data. */
  give,
  now,
  /** What the engine of kept keys asks for. */
  keys: Object.freeze({ ask: keys.ask }),
  random,
  /** Fills `bytes` with what a return is sealed with: the secret of a kept key that is open, or else random bytes. */
  secret: (bytes) => keys.secret(bytes) || random(bytes),
});

/** When the engine stops, it is for good: what was typed stays on the screen, and the last draft can be saved. */
function stopped(failure) {
  const buttons = keeping?.file ? [{ label: "Save a draft file", act: keeping.saveFile }] : [];
  const advice = keeping?.file
    ? "Save the draft, open the page again, and open the draft there."
    : "Copy down what you typed, then open the page again.";
  notice([`The page has stopped because of a fault in it. ${advice}`], String(failure), buttons);
}

function cannotRun(failure) {
  if (failure instanceof CannotRun) {
    notice([failure.message], failure.cause ? String(failure.cause) : "");
  } else {
    stopped(failure.cause ?? failure);
  }
}

function watch(event) {
  const failure = event.error ?? event.reason;
  if (failure instanceof Stopped) stopped(failure.cause);
}

/** What `get` gives; undefined where the browser has switched it off. */
function where(get) {
  try {
    return get();
  } catch {
    return undefined;
  }
}

async function boot() {
  // First of all: where the rest does not start, it says why.
  panel(document.getElementById("computer-panel"));
  // Opens while the engine is unpacked.
  const opened = stores();
  const text = globalThis.iaReturnsEngine ?? document.getElementById("engine")?.textContent;
  if (!text) {
    throw new CannotRun(
      "A part of this page did not arrive (engine.js). Load the page again. If that does not help, ask whoever looks after it to put all its files into one folder, or open the page that is one file.",
    );
  }
  const list = manifest();
  const documents = embedded(list);
  const engine = await ready(text);
  window.addEventListener("error", watch);
  window.addEventListener("unhandledrejection", watch);
  // nhsuk-frontend hides what needs script until these say that script runs.
  document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
  const load = loader(engine, list);
  edge = join(engine, ([what, ...texts], source) =>
    what === "load" ? load(...texts) : perform([what, ...texts], source, keeping.effects),
  );
  keeping = keeper({
    happen: edge.happen,
    opened,
    channel: where(() => new BroadcastChannel("ia-returns")),
    memory: where(() => sessionStorage),
  });
  for (const { kind, id, json } of documents) engine.document(kind, id, json);
  about(list, documents);
  files.follow(edge.happen, keys.seal);
  keys.follow();
  document.getElementById("slower").hidden = engine.kind === "wasm";
  edge.happen(["start", engine.kind, window.location.hash]);
  listen(edge.happen);
  keeping.attend();
  await keeping.begin();
}

boot().catch(cannotRun);
