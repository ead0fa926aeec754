import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromBase85 } from "../../www/unpack.js";

/** The same letters, written the long way round; `src/base85.rs` has what Python says of them. */
function base85(bytes) {
  const letters = readFileSync(new URL("../../src/base85.rs", import.meta.url), "utf8").match(/b"([^"]{85})"/)[1];
  let text = "";
  for (let from = 0; from < bytes.length; from += 4) {
    const group = [...bytes.subarray(from, from + 4)];
    const word = [0, 1, 2, 3].reduce((sum, at) => sum * 256n + BigInt(group[at] ?? 0), 0n);
    const five = [4n, 3n, 2n, 1n, 0n].map((power) => letters[Number((word / 85n ** power) % 85n)]);
    text += five.slice(0, group.length + 1).join("");
  }
  return text;
}

test("85 letters give the bytes that were written, of every length", () => {
  assert.equal(Buffer.from(fromBase85("Xk~0{Zy,MXa%^M")).toString(), "hello world");
  let state = 1;
  const bytes = Uint8Array.from({ length: 999 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state & 255;
  });
  for (let length = 0; length < 40; length += 1) {
    assert.deepEqual(fromBase85(base85(bytes.subarray(0, length))), bytes.subarray(0, length));
  }
  assert.deepEqual(fromBase85(base85(bytes)), bytes);
  assert.deepEqual(fromBase85(base85(new Uint8Array(9).fill(255))), new Uint8Array(9).fill(255));
});
