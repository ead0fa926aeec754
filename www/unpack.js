// base64 of gzip, in which a page carries what would be large: the engines, and data.

import { CannotRun } from "./fault.js";
import { gunzip } from "./inflate.js";
import { sha256 } from "./sha256.js";

/** base64 → bytes. */
export const bytesOf = (text) => Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));

/** gzip → what is in it. */
export async function inflate(packed) {
  if (typeof DecompressionStream === "undefined") return gunzip(packed);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const decoded = (bytes) => new TextDecoder().decode(bytes);

/** base64 of gzip → text. */
export const inflated = async (text) => decoded(await inflate(bytesOf(text)));

export const damaged = () =>
  new CannotRun(
    "This copy of the page is damaged or was changed, so it will not run. Get a fresh copy from whoever gave it to you.",
  );

/** base64 of gzip → what is in it, if the gzip has the SHA-256 that the build put into this script. */
export async function genuine(text, hash) {
  const packed = bytesOf(text);
  if (sha256(packed) !== hash) throw damaged();
  return inflate(packed);
}

/** The same, as text. */
export const genuineText = async (text, hash) => decoded(await genuine(text, hash));
