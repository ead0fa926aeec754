// pkg/module under Node: of every vector it says what the vector says, what it seals a stranger takes, and it is as quick as the
// design asks (“text in to verdict out”, DESIGN.md 8).

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { check as stranger } from "../browser/independent.mjs";
import { vectors } from "../www/vectors.mjs";
import { ROOT } from "./engine.mjs";

const FOLDER = join(ROOT, "pkg/module");
const missing = existsSync(join(FOLDER, "index.js")) ? undefined : "“cargo xtask release” was not run";
const skip = missing && !process.env.CI ? `SKIPPED: ${missing}` : false;
const tell = (name, fn) => test(name, { skip }, fn);

const read = (name) => readFileSync(join(ROOT, "tests/data", name));
const AT = "2023-07-28T10:40:00+01:00";

let it;

/** The test collection of the vectors, compiled by the command line. */
function countersigned() {
  const program = process.env.IA_RETURNS ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug/ia-returns");
  const { status, stdout, stderr } = spawnSync(program, ["collection", "build", "tests/vectors/collections/countersigned.toml"],
    { cwd: ROOT, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return { kind: "collection", id: "countersigned", json: stdout };
}

before(async () => {
  if (missing) return;
  it = await import(join(FOLDER, "index.js"));
  await it.ready([...it.shipped, countersigned()]);
});

/** The word for what comes of it. */
function said(act) {
  try {
    return act().verdict;
  } catch (failure) {
    if (!(failure instanceof it.Refused)) throw failure;
    assert.ok(failure.message && failure.help, "what is wrong and what to do");
    return failure.code;
  }
}

tell("every vector of a return gets its verdict, from bytes and from text", () => {
  const returns = vectors.filter(({ reader }) => reader === "return");
  assert.ok(returns.length > 50, `${returns.length} vectors`);
  for (const { name, bytes, verdict } of returns) {
    assert.equal(said(() => it.verify(bytes)), verdict, name);
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      continue; // not every file is text
    }
    assert.equal(said(() => it.verify(text)), verdict, `${name}, as text`);
  }
});

tell("every vector of a draft opens or does not", () => {
  const drafts = vectors.filter(({ reader }) => reader === "draft");
  assert.ok(drafts.length > 5, `${drafts.length} vectors`);
  for (const { name, bytes, verdict } of drafts) {
    // Checking takes a sealed return too; sealing, a draft alone.
    const word = said(() => ({ verdict: it.sign(bytes, { at: AT }) && "opens" }));
    assert.equal(word, verdict, name);
  }
});

tell("a draft is checked, scored and sealed, and a stranger and we ourselves take the file", () => {
  const mistake = it.check(read("drafts/rx1-one-mistake.json"), { at: AT });
  assert.deepEqual([mistake.errors, mistake.sealable], [1, false]);
  assert.match(mistake.findings.find(({ severity }) => severity === "error").message, /98/);
  const refused = it.sign(read("drafts/rx1-one-mistake.json"), { at: AT });
  assert.equal(refused.sealed, false);
  assert.ok(refused.findings.length > 0);

  const draft = read("drafts/rx1-complete.json");
  assert.deepEqual(it.check(String(draft), { at: new Date(AT) }).sealable, true);
  const scored = it.score(draft, { at: AT });
  assert.ok(Object.keys(scored.values).length > 0);
  const secret = new Uint8Array(32).fill(7);
  const one = it.sign(draft, { at: AT, secret });
  const other = it.sign(draft, { at: AT, secret });
  assert.deepEqual(one, other, "the same key and time give the same bytes");
  assert.equal(stranger(Buffer.from(one.text)).ok, true);
  const verdict = it.verify(one.text);
  assert.deepEqual([verdict.verdict, verdict.id, verdict.organisation, verdict.signatures[0].check_code],
    ["unchanged", one.id, "RX1", one.check_code]);
  assert.notEqual(it.sign(draft, { at: AT }).thumbprint, it.sign(draft, { at: AT }).thumbprint, "a key for one use is new");
});

tell("what cannot be is refused in words: keys, times, texts, data", async () => {
  const draft = read("drafts/rx1-complete.json");
  const code = (act) => assert.throws(act, (failure) => failure instanceof it.Refused && Boolean(failure.help));
  code(() => it.sign(draft, { secret: new Uint8Array(31) }));
  code(() => it.check(draft, { at: "yesterday" }));
  code(() => it.verify("\ud800"));
  assert.throws(() => it.verify({}), TypeError);
  await assert.rejects(it.ready([{ kind: "collection", id: "c", json: "{}" }]), it.Refused);
  await it.ready([...it.shipped, countersigned()]);
  assert.equal(it.verify(read("returns/rx1-sealed.json")).verdict, "unchanged");
});

tell("numbers at the border are whole and exact", () => {
  const seen = [];
  JSON.stringify([it.score(read("drafts/rx1-complete.json"), { at: AT }), it.verify(read("returns/rx1-sealed.json"))], (_, value) => {
    if (typeof value === "number") seen.push(value);
    return value;
  });
  assert.ok(seen.length > 10 && seen.every(Number.isSafeInteger), String(seen));
});
