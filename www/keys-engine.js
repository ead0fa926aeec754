// From the text that the page carries, or a script of the folder, to the running engine of kept keys.

import * as glue from "keys-glue";
import { KEYS, NotCarried, second } from "./second.js";
import { genuine } from "./unpack.js";

/** No way to run the engine works in this browser. */
export class Blocked extends Error {}

/** The script of the folder that holds the engine: by hash, so that no page ever gets the engine of another version. */
const SCRIPT = `keys-${KEYS_SHA256.slice(0, 12)}.js`;

const imports = { "./ia_returns_bg.js": glue };

/** The engine in WebAssembly. Throws `Blocked` where the browser does not run it. */
async function first(run) {
  // Without even the name, there is nothing to fetch for.
  if (typeof WebAssembly === "undefined") throw new Blocked("this browser has no WebAssembly");
  const block = document.getElementById("keys-engine");
  if (!block && !globalThis.iaReturnsKeys) await run(SCRIPT);
  const bytes = await genuine(block ? block.textContent : globalThis.iaReturnsKeys, KEYS_SHA256);
  try {
    return (await WebAssembly.instantiate(bytes, imports)).instance.exports;
  } catch (failure) {
    throw new Blocked(String(failure), { cause: failure });
  }
}

/** What the engine exports, and whether it is the slower one: that is for a browser that does not run the other, not for a page
    that cannot get it. */
async function either(run) {
  try {
    return { isSlow: false, exports: await first(run) };
  } catch (failure) {
    if (!(failure instanceof Blocked)) throw failure;
    try {
      return { isSlow: true, exports: await second(KEYS, imports) };
    } catch (its) {
      throw its instanceof NotCarried ? failure : its;
    }
  }
}

/** Readies the engine; `run` runs a script of the folder. Throws where it cannot be had or is not what this page was built with,
    and `Blocked` where no way runs it. */
export async function ready(run) {
  const { isSlow, exports } = await either(run);
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start?.();
  return { isSlow, give: glue.give, happen: glue.happen, secret: glue.secret, whole: glue.whole };
}
