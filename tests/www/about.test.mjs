// The check code of a page is that of `ia-returns publish` (src/hash.rs).

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCode } from "../../www/about.js";

test("the first 100 bits in groups of four, in base32 without I, L, O and U", () => {
  // 00001 00010 00011 00100 | 11111 00000 11111 11110 | 10000 …, as in src/sign/thumbprint.rs.
  assert.equal(checkCode("08864f83fe80".padEnd(64, "0")), "1234-Z0ZY-G000-0000-0000");
  assert.equal(checkCode("f".repeat(64)), "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ");
});
