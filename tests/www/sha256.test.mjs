// The hash that guards the engine, against Node's own.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { sha256 } from "../../www/sha256.js";

const nodes = (bytes) => createHash("sha256").update(bytes).digest("hex");

test("the hash of the empty text and of “abc” are those of FIPS 180-4", () => {
  assert.equal(sha256(new Uint8Array()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert.equal(
    sha256(new TextEncoder().encode("abc")),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

test("every length around two block ends agrees with Node", () => {
  for (let length = 0; length <= 130; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 7 + length) & 255);
    assert.equal(sha256(bytes), nodes(bytes), `${length} bytes`);
  }
});

test("a large input agrees with Node", () => {
  const bytes = Uint8Array.from({ length: 300_001 }, (_, at) => (at * at) & 255);
  assert.equal(sha256(bytes), nodes(bytes));
});
