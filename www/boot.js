// Starts the engine, and is what the engine may call by itself: `globalThis.iaReturns` (www/README.md).

import { give, loader } from "./data.js";
import { join } from "./edge.js";
import { CannotRun, ready } from "./engine.js";
import * as keys from "./keys.js";
import { listen } from "./listen.js";
import { notice, saveFile } from "./notice.js";
import { perform } from "./perform.js";

let kept = null;
let edge;

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
  /** Remembers the latest draft as a file, outside the engine, so that it can be saved if the engine stops. */
  keepDraft: (name, text) => {
    kept = { name, text };
  },
  /** The device's time as RFC 3339 text in UTC. */
  now: () => new Date().toISOString(),
  /** What the engine of kept keys asks for. */
  keys: Object.freeze({ ask: keys.ask }),
  random,
  /** Fills `bytes` with what a return is sealed with: the secret of a kept key that is open, or else random bytes. */
  secret: (bytes) => keys.secret(bytes) || random(bytes),
});

/** A trap ends the engine for good: what was typed stays on the screen, and the last draft can be saved. */
function stopped(failure) {
  const buttons = kept
    ? [{ label: "Save the draft", act: () => saveFile(kept.name, kept.text) }]
    : [];
  const advice = kept
    ? "Save the draft, open the page again, and open the draft there."
    : "Copy down what you typed, then open the page again.";
  notice([`The page has stopped because of a fault in it. ${advice}`], String(failure), buttons);
}

function cannotRun(failure) {
  if (failure instanceof CannotRun) {
    notice([failure.message], failure.cause ? String(failure.cause) : "");
  } else {
    stopped(failure);
  }
}

function watch(event) {
  const failure = event.error ?? event.reason;
  if (failure instanceof WebAssembly.RuntimeError) stopped(failure);
}

async function boot() {
  const text = globalThis.iaReturnsEngine ?? document.getElementById("engine").textContent;
  const engine = await ready(text);
  window.addEventListener("error", watch);
  window.addEventListener("unhandledrejection", watch);
  // nhsuk-frontend hides what needs script until these say that script runs.
  document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
  const load = loader(engine);
  edge = join(engine, ([what, ...texts], source) =>
    what === "load" ? load(...texts) : perform([what, ...texts], source),
  );
  for (const block of document.querySelectorAll('script[type="application/json"][data-block]')) {
    engine.document(block.dataset.block, block.dataset.id, block.textContent);
  }
  keys.follow();
  edge.happen(["start", engine.kind, window.location.hash]);
  listen(edge.happen);
}

boot().catch(cannotRun);
