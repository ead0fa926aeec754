// From the text that the page carries to a running engine.

import * as glue from "engine-glue";
import { sha256 } from "./sha256.js";
import { bytesOf, inflate } from "./unpack.js";

/** The page cannot run here. `message` says why to a person and what to do; `cause` is for an IT team. */
export class CannotRun extends Error {}

/** base64 of gzip → the engine's bytes, checked against the hash that the build put into this script. */
async function unpack(text) {
  const packed = bytesOf(text);
  if (sha256(packed) !== ENGINE_SHA256) {
    throw new CannotRun(
      "This copy of the page is damaged or was changed, so it will not run. Get a fresh copy from whoever gave it to you.",
    );
  }
  if (typeof DecompressionStream === "undefined") {
    throw new CannotRun(
      "This browser is too old for this page. Open the page in an up-to-date Microsoft Edge, Google Chrome, Firefox or Safari.",
    );
  }
  return new Uint8Array(await inflate(packed).arrayBuffer());
}

/** The ways to run the engine, best first; each gives the engine's exports or throws. Trying is the only sure test: where
    a policy blocks WebAssembly, the name is sometimes still there. The second engine joins this list. */
const ways = [
  {
    kind: "wasm",
    async run(bytes) {
      const { instance } = await WebAssembly.instantiate(bytes, { "./ia_returns_bg.js": glue });
      return instance.exports;
    },
  },
];

/** Readies the engine kept in `text`: which kind it is, and what it exports. Throws `CannotRun`. */
export async function ready(text) {
  const bytes = await unpack(text);
  let cause;
  for (const { kind, run } of ways) {
    try {
      const exports = await run(bytes);
      glue.__wbg_set_wasm(exports);
      exports.__wbindgen_start?.();
      return { kind, document: glue.document, handle: glue.handle };
    } catch (failure) {
      cause ??= failure;
    }
  }
  throw new CannotRun(
    "This browser blocks WebAssembly, which the page needs to check and seal a return. Open the page in another browser, or ask your IT team to allow WebAssembly for it.",
    { cause },
  );
}
