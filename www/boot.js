// Starts the engine, and is what the engine may call by itself: `globalThis.iaReturns` (www/README.md).

import { now } from "./clock.js";
import { give } from "./data.js";
import { join } from "./edge.js";
import * as files from "./files.js";
import { keeper } from "./keep.js";
import * as keys from "./keys.js";
import { listen } from "./listen.js";
import { notice } from "./notice.js";
import { perform } from "./perform.js";
import { begin, random, started } from "./start.js";
import { stores } from "./store.js";

let edge;
let keeping;

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

/** What `get` gives; undefined where the browser has switched it off. */
function where(get) {
  try {
    return get();
  } catch {
    return undefined;
  }
}

begin(async () => {
  // Storage opens and other tabs answer while the engine is unpacked.
  keeping = keeper({
    happen: (event) => edge.happen(event),
    opened: stores(),
    channel: where(() => new BroadcastChannel("ia-returns")),
    memory: where(() => sessionStorage),
  });
  keeping.ask();
  const { engine, load, furnish } = await started("engine.js", ["document", "handle"]);
  edge = join(engine, ([what, ...texts], source) =>
    what === "load" ? load(...texts) : perform([what, ...texts], source, keeping.effects),
  );
  furnish();
  files.follow(edge.happen, keys.seal);
  keys.follow();
  edge.happen(["start", engine.kind, window.location.hash]);
  listen(edge.happen);
  keeping.attend();
  await keeping.begin();
}, stopped);
