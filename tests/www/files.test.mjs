// Files that a person chooses, as events.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen } from "../../www/files.js";

const seal = async () => "an id";
const draft = { id: "draft-file", dataset: {} };
const sealed = { id: "sealed-file", dataset: {} };
const figures = { id: "workforce.staffing-csv", dataset: { into: "a.b" } };
const given = (input, ...parts) => chosen(input, new Blob(parts), seal);

test("a file is given as it stands; what is no text, or too large, is not", async () => {
  assert.deepEqual(await given(draft, "\ufeff{}"), ["opened", "", "\ufeff{}"]);
  assert.deepEqual(await given(draft, new Uint8Array([0xff, 0xfe])), ["could-not-open", "", ""]);
  const large = { size: 4_000_001, arrayBuffer: () => assert.fail("never read") };
  assert.deepEqual(await chosen(draft, large, seal), ["could-not-open", "", ""]);
  assert.deepEqual(await chosen(figures, large, seal), ["file-of-figures", "a.b", ""]);
});

test("the seal of a sealed return is looked at, wherever it is chosen", async () => {
  const text = '{"return": {"format": "ia-return/1"}}';
  for (const input of [draft, sealed]) {
    assert.deepEqual(await given(input, text), ["sealed-file", "an id", text]);
  }
  assert.deepEqual(await given(sealed, "{}"), ["sealed-file", "another_kind", "{}"]);
});

test("figures go to the table that they were chosen for", async () => {
  assert.deepEqual(await given(figures, "1,2"), ["file-of-figures", "a.b", "1,2"]);
});
