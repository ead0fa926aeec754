// The second engine: the core as plain script (wasm2js), for browsers that do not allow WebAssembly. It comes only when
// it is needed: out of a packed block of a page that is one file, or by a script of its own from the folder that the page
// lies in. Either way it is the one that this page was built with, or it is not used.

import { runFile, runText } from "./script.js";
import { sha256 } from "./sha256.js";
import { damaged, genuineText } from "./unpack.js";

/** The name of its script: by hash, as the build makes it (xtask/src/second.rs). */
const FILE = `second-${SECOND_SHA256.slice(0, 12)}.js`;

/** Hexadecimal → base64, in which a browser wants the hash of a script that it is to check. */
const base64 = (hex) =>
  btoa(hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))));

/** From disk a browser checks no hash of a script, and with one it would not run it; there the function tells its own
    text. Everywhere else the browser is faster: without a compiler, hashing this text by script takes seconds. */
async function fromFolder() {
  const isDisk = window.location.protocol === "file:";
  await runFile(FILE, isDisk ? "" : `sha256-${base64(SECOND_SHA256)}`);
  const text = `globalThis.iaReturnsSecond=${globalThis.iaReturnsSecond};`;
  if (isDisk && sha256(new TextEncoder().encode(text)) !== SECOND_SHA256) throw damaged();
}

/** Runs the second engine with what it imports; gives what it exports. */
export async function second(imports) {
  const block = document.getElementById("second-engine");
  if (block) runText(await genuineText(block.textContent, SECOND_PACKED_SHA256));
  else await fromFolder();
  return globalThis.iaReturnsSecond()(imports);
}
