// From the text that the page carries, or a script of the folder, to the running engine of kept keys.

import * as glue from "keys-glue";
import { genuine } from "./unpack.js";

/** No way to run the engine works in this browser. */
export class Blocked extends Error {}

/** The script of the folder that holds the engine: by hash, so that no page ever gets the engine of another version. */
const SCRIPT = `keys-${KEYS_SHA256.slice(0, 12)}.js`;

/** The ways to run it, best first; each gives what the engine exports, or throws. The second engine joins this list. */
const ways = [
  async (bytes) => {
    const { instance } = await WebAssembly.instantiate(bytes, { "./ia_returns_bg.js": glue });
    return instance.exports;
  },
];

/** Readies the engine; `run` runs a script of the folder. Throws where it cannot be had or is not what this page was built with,
    and `Blocked` where no way runs it. */
export async function ready(run) {
  const block = document.getElementById("keys-engine");
  if (!block && !globalThis.iaReturnsKeys) await run(SCRIPT);
  const bytes = await genuine(block ? block.textContent : globalThis.iaReturnsKeys, KEYS_SHA256);
  let cause;
  for (const way of ways) {
    try {
      const exports = await way(bytes);
      glue.__wbg_set_wasm(exports);
      exports.__wbindgen_start?.();
      return { give: glue.give, happen: glue.happen, secret: glue.secret, whole: glue.whole };
    } catch (failure) {
      cause ??= failure;
    }
  }
  throw new Blocked(String(cause), { cause });
}
