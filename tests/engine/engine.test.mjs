// The core says of every vector, word for word, what it says natively: in WebAssembly and as plain script (wasm2js).

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { build, judge, plain, translate, wasm } from "./engine.mjs";
import { vectors } from "../www/vectors.mjs";

/** A vector takes no longer than this, the one of four million bytes too. */
const LONGEST = 2_000;

/** Skips out loud, and fails where everything must be there. */
function skip(t, why) {
  assert.ok(!process.env.CI, `${why}: this test may not be skipped where CI is set`);
  t.skip(why);
}

function agree(engine, t) {
  let [longest, slowest] = [0, ""];
  const wrong = [];
  for (const vector of vectors) {
    const begun = performance.now();
    const said = judge(engine, vector);
    const took = performance.now() - begun;
    if (took > longest) [longest, slowest] = [took, vector.name];
    const words = createHash("sha256").update(said).digest("hex");
    if (words !== vector.words) wrong.push(`${vector.name}: ${said}`);
    assert.equal(JSON.parse(said).verdict, vector.verdict, vector.name);
  }
  assert.deepEqual(wrong, []);
  t.diagnostic(`${vectors.length} vectors; the longest took ${Math.round(longest)} ms (${slowest})`);
  assert.ok(longest < LONGEST, `${slowest} took ${longest} ms`);
}

test("every vector in WebAssembly", async (t) => {
  const { file, why } = build();
  if (why) return skip(t, why);
  const engine = await wasm(file);
  judge(engine, vectors[0]); // the templates and collections are loaded once
  return agree(engine, t);
});

test("every vector in plain script", async (t) => {
  const built = build();
  const { file, why } = built.why ? built : translate(built.file);
  if (why) return skip(t, why);
  const engine = await plain(file);
  judge(engine, vectors[0]);
  return agree(engine, t);
});
