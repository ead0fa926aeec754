// Files that a person chose.

/** Longer files are refused by the engine, in its own words. */
const MOST_BYTES = 4_000_000;

/** What is in a file, to its end or as far as the engine takes it; nothing where none is chosen. Undefined where the browser
    cannot read it. */
export async function bytesOfFile(file) {
  try {
    return new Uint8Array(file ? await file.slice(0, MOST_BYTES + 1).arrayBuffer() : 0);
  } catch {
    return undefined;
  }
}
