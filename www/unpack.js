// base64 of gzip, in which a page carries what would be large: the engine, and data.

/** base64 → bytes. */
export const bytesOf = (text) => Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));

/** gzip → what is in it. */
export function inflate(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream);
}

/** base64 of gzip → text. */
export const inflated = (text) => inflate(bytesOf(text)).text();
