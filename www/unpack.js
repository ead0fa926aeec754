// gzip, in which a page carries what would be large: its engines in 85 letters (src/base85.rs), its data in base64.

import { CannotRun } from "./fault.js";
import { gunzip } from "./inflate.js";
import { sha256 } from "./sha256.js";

/** base64 → bytes. */
const fromBase64 = (text) => Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~";
const VALUES = new Uint8Array(128);
for (let value = 0; value < 85; value += 1) VALUES[LETTERS.charCodeAt(value)] = value;

/** 85 letters → bytes. What is no such text gives other bytes, with another hash. */
export function fromBase85(text) {
  const bytes = new DataView(new ArrayBuffer(Math.ceil(text.length / 5) * 4));
  for (let [from, to] = [0, 0]; from < text.length; from += 5, to += 4) {
    let word = 0;
    // What is left out stands for the highest letter.
    for (let at = from; at < from + 5; at += 1) {
      word = word * 85 + (at < text.length ? VALUES[text.charCodeAt(at)] : 84);
    }
    bytes.setUint32(to, word);
  }
  return new Uint8Array(bytes.buffer, 0, Math.floor((text.length * 4) / 5));
}

/** gzip → what is in it. */
export async function inflate(packed) {
  if (typeof DecompressionStream === "undefined") return gunzip(packed);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const decoded = (bytes) => new TextDecoder().decode(bytes);

/** base64 of gzip → text. */
export const inflated = async (text) => decoded(await inflate(fromBase64(text)));

export const damaged = () =>
  new CannotRun(
    "This copy of the page is damaged or was changed, so it will not run. Get a fresh copy from whoever gave it to you.",
  );

/** gzip in 85 letters → what is in it, if the gzip has the SHA-256 that the build put into this script. */
export async function genuine(text, hash) {
  const packed = fromBase85(text.trim());
  if (sha256(packed) !== hash) throw damaged();
  return inflate(packed);
}

/** The same, as text. */
export const genuineText = async (text, hash) => decoded(await genuine(text, hash));
