// The vectors, as their manifest names them.

import { readFileSync } from "node:fs";

const FOLDER = new URL("../vectors/", import.meta.url);

const file = (name) => readFileSync(new URL(name, FOLDER));

/** The bytes of a vector: its file, with what is put into it. */
function bytesOf({ file: name, insert }) {
  const kept = file(name);
  if (!insert) return kept;
  const place = kept.lastIndexOf(insert.after) + Buffer.byteLength(insert.after);
  return Buffer.concat([kept.subarray(0, place), Buffer.from(insert.text.repeat(insert.times)), kept.subarray(place)]);
}

/** Every vector, with its `bytes` and, where it is held against a return, the bytes of that. */
export const vectors = JSON.parse(file("manifest.json")).vectors.map((vector) => ({
  ...vector,
  bytes: bytesOf(vector),
  ofBytes: vector.of && file(vector.of),
}));
