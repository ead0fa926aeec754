// The engine of the pages asks for the same, word for word, in WebAssembly and as plain script: every finding, total and
// rating that is drawn, and the sealed file.

import assert from "node:assert/strict";
import { test } from "node:test";
import { check } from "../browser/independent.mjs";
import { Page, ROUNDS, missing, second, wasm } from "./page.mjs";

/** Skips out loud, and fails where everything must be there. */
function skip(t) {
  if (!missing) return false;
  assert.ok(!process.env.CI, `${missing}: this test may not be skipped where CI is set`);
  t.skip(missing);
  return true;
}

/** The first place where two records differ, shown with what led to it; undefined when there is none. */
function difference(one, other) {
  const at = one.findIndex((entry, place) => JSON.stringify(entry) !== JSON.stringify(other[place]));
  if (at < 0 && one.length === other.length) return undefined;
  return JSON.stringify({ at, before: one[at - 1], wasm: one[at], second: other[at] }).slice(0, 2_000);
}

test("a return is sealed to the same bytes, which a stranger takes", async (t) => {
  if (skip(t)) return;
  const one = new Page(await wasm()).seal();
  const other = new Page(await second()).seal();
  assert.equal(difference(one.log, other.log), undefined);
  assert.equal(one.saved.length, 1, `a file was saved: ${one.address}`);
  assert.deepEqual(one.saved, other.saved);
  const opinion = check(Buffer.from(other.saved[0]));
  assert.equal(opinion.ok, true, opinion.fault);
});

test("each kind of return is drawn, checked and rated the same", async (t) => {
  if (skip(t)) return;
  let events = 0;
  assert.equal(new Set(ROUNDS.map(([, due]) => due)).size, 5);
  for (const round of ROUNDS) {
    const one = new Page(await wasm()).fill(...round);
    const other = new Page(await second()).fill(...round);
    assert.equal(difference(one.log, other.log), undefined, round.join(" "));
    const inside = one.log.filter(([what]) => what === "in").length;
    assert.ok(inside > 20, `${round.join(" ")}: questions were asked and answered (${inside} events)`);
    events += inside;
  }
  t.diagnostic(`${ROUNDS.length} returns, ${events} events`);
});
