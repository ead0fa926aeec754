// What script unpacks is what was packed, whatever the packer did; and what is damaged is refused, never looped over.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { constants, gzipSync } from "node:zlib";

import { gunzip } from "../../www/inflate.js";

const words = ["return ", "figures ", "sealed ", "0123456789 ", "—“é” "];
const prose = Buffer.from(Array.from({ length: 20_000 }, (_, i) => words[(i * i + 3 * i) % 5 ^ (i % 7 > 4)]).join(""));
const SAMPLES = {
  nothing: Buffer.alloc(0),
  "one byte": Buffer.from([255]),
  "noughts, repeated at a distance of one": Buffer.alloc(100_000),
  "every byte": Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7919) & 255)),
  "nothing to be saved": randomBytes(70_000),
  prose,
};

for (const [name, sample] of Object.entries(SAMPLES)) {
  test(`${name}: stored, with fixed codes and with codes of its own`, () => {
    for (const options of [{ level: 0 }, { strategy: constants.Z_FIXED }, { level: 1 }, { level: 9 }, { memLevel: 1 }]) {
      const found = gunzip(new Uint8Array(gzipSync(sample, options)));
      assert.ok(Buffer.from(found).equals(sample), JSON.stringify(options));
    }
  });
}

test("every cut and a change of each byte of the data end in an error or in other bytes of the same length", () => {
  const packed = new Uint8Array(gzipSync(prose.subarray(0, 3_000)));
  for (let end = 0; end < packed.length - 8; end += 1) assert.throws(() => gunzip(packed.slice(0, end)), Error);
  for (let at = 10; at < packed.length - 8; at += 1) {
    const changed = packed.slice();
    changed[at] ^= 0x55;
    try {
      assert.equal(gunzip(changed).length, 3_000);
    } catch (failure) {
      assert.match(failure.message, /cannot be unpacked/);
    }
  }
});
