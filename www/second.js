// The second engines: the core as plain script (wasm2js), for browsers that do not allow WebAssembly. Each comes only when
// it is needed: out of a packed block of a page that is one file, or by a script of its own from the folder that the page
// lies in. Either way it is the one that this page was built with, or it is not used.

import { runFile, runText } from "./script.js";
import { sha256 } from "./sha256.js";
import { damaged, genuineText } from "./unpack.js";

/** A browser that allows no WebAssembly, and a page that carries nothing else. */
export class NotCarried extends Error {}

/** The page's: the name that its script sets, and the file that it is in, which the build tells (xtask/src/script.rs). */
export const PAGE = {
  name: "iaReturnsSecond",
  file: SECOND_FILE,
  sha256: SECOND_SHA256,
};
/** That of kept keys. There is no room for it in the page that is one file. */
export const KEYS = {
  name: "iaReturnsSecondKeys",
  file: SECOND_KEYS_FILE,
  sha256: SECOND_KEYS_SHA256,
};

/** Hexadecimal → base64, in which a browser wants the hash of a script that it is to check. */
const base64 = (hex) =>
  btoa(hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))));

/** From disk a browser checks no hash of a script, and with one it would not run it; there the function tells its own
    text. Everywhere else the browser is faster: without a compiler, hashing this text by script takes seconds. */
async function fromFolder({ name, file, sha256: hash }) {
  const isDisk = window.location.protocol === "file:";
  await runFile(file, isDisk ? "" : `sha256-${base64(hash)}`);
  const text = `globalThis.${name}=${globalThis[name]};`;
  if (isDisk && sha256(new TextEncoder().encode(text)) !== hash) throw damaged();
}

/** Runs a second engine with what it imports; gives what it exports. */
export async function second(which, imports) {
  const block = document.getElementById("second-engine");
  if (!block) await fromFolder(which);
  else if (which === PAGE) runText(await genuineText(block.textContent, SECOND_PACKED_SHA256));
  else throw new NotCarried("the page that is one file carries no second engine of kept keys");
  return globalThis[which.name]()(imports);
}
