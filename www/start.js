// How every page with an engine starts, and how it says that it cannot.

import { about } from "./about.js";
import { panel } from "./computer.js";
import { embedded, loader, manifest } from "./data.js";
import { ready } from "./engine.js";
import { CannotRun, Stopped } from "./fault.js";
import { notice } from "./notice.js";

/** Fills `bytes` from `crypto.getRandomValues`, which needs no secure context. False where the browser has none. */
export function random(bytes) {
  try {
    crypto.getRandomValues(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Readies the page's engine: out of the page that is one file, or as the script `file` of the folder gave it. `names` are the
    functions of it that the page calls. Gives it, with what hands it data when it asks, and what hands it the data that the page
    carries in plain. */
export async function started(file, names) {
  // First of all: where the rest does not start, it says why.
  panel(document.getElementById("computer-panel"));
  const text = globalThis.iaReturnsEngine ?? document.getElementById("engine")?.textContent;
  if (!text) {
    throw new CannotRun(
      `A part of this page did not arrive (${file}). Load the page again. If that does not help, ask whoever looks after it to put all its files into one folder, or open the page that is one file.`,
    );
  }
  const list = manifest();
  const documents = embedded(list);
  const engine = await ready(text, names);
  // nhsuk-frontend hides what needs script until these say that script runs.
  document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
  const furnish = () => {
    for (const { kind, id, json } of documents) engine.document(kind, id, json);
    about(list, documents);
    document.getElementById("slower").hidden = engine.kind === "wasm";
  };
  return { engine, load: loader(engine, list), furnish };
}

/** Runs `boot`. What it cannot do is said; `stopped` is told when the engine has stopped for good. */
export function begin(boot, stopped) {
  const watch = (event) => {
    const failure = event.error ?? event.reason;
    if (failure instanceof Stopped) stopped(failure.cause);
  };
  window.addEventListener("error", watch);
  window.addEventListener("unhandledrejection", watch);
  boot().catch((failure) => {
    if (failure instanceof CannotRun) {
      notice([failure.message], failure.cause ? String(failure.cause) : "");
    } else {
      stopped(failure.cause ?? failure);
    }
  });
}
