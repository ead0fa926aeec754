// From what the page carries to a running engine.

import * as glue from "engine-glue";
import { CannotRun, guarded } from "./fault.js";
import { PAGE, second } from "./second.js";
import { genuine } from "./unpack.js";

const imports = { "./ia_returns_bg.js": glue };

async function first(text) {
  // Without even the name, there is nothing to unpack for.
  if (typeof WebAssembly === "undefined") throw new Error("this browser has no WebAssembly");
  const { instance } = await WebAssembly.instantiate(await genuine(text, ENGINE_SHA256), imports);
  return instance.exports;
}

/** The ways to run the engine, best first; each gives the engine's exports or throws. Trying is the only sure test: where
    a policy blocks WebAssembly, the name is sometimes still there. */
const ways = [
  { kind: "wasm", run: first },
  { kind: "wasm2js", run: () => second(PAGE, imports) },
];

/** Readies the engine kept in `text`, or else the second one: which kind it is, and the functions of these `names`. Throws
    `CannotRun`. */
export async function ready(text, names) {
  const causes = [];
  for (const { kind, run } of ways) {
    try {
      const exports = await run(text);
      glue.__wbg_set_wasm(exports);
      exports.__wbindgen_start?.();
      return { kind, ...guarded(Object.fromEntries(names.map((name) => [name, glue[name]]))) };
    } catch (failure) {
      // A damaged page is not for running in another way.
      if (failure instanceof CannotRun) throw failure;
      causes.push(String(failure));
    }
  }
  throw new CannotRun(
    "This browser does not allow WebAssembly, and the page’s slower engine did not start either. Open the page in another browser, or ask your IT team to allow WebAssembly for it.",
    causes.join("; "),
  );
}
