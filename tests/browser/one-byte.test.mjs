// Two readers, one verdict: a sample of one-byte changes of a sealed file, seen by the command line and by Node's crypto.
//
// The suite in Rust tries every change against the core alone; this asks a stranger about a sample of them.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sealedFile, verifyBeside } from './built.mjs';
import { check } from './independent.mjs';

const SAMPLE = 400;

/** Mulberry32: the same positions on every run, and on every computer. */
function seeded(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Bytes that JSON, base64url or UTF-8 might forgive are tried as often as bytes at random. */
const FORGIVEN = [...' \n\t"\\,0aA-_='].map((character) => character.charCodeAt(0));

test(`${SAMPLE} one-byte changes: what the command line accepts is the same return under the same signatures`, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-one-byte-'));
  t.after(() => rm(folder, { recursive: true }));
  const good = await readFile(await sealedFile(folder));
  const before = check(good);
  assert.equal(before.ok, true, before.fault);
  const changed = join(folder, 'changed.json');
  const status = async (bytes) => {
    await writeFile(changed, bytes);
    return verifyBeside(changed);
  };
  assert.ok([0, 1].includes(await status(good)), 'the file as it was made is accepted');

  const pick = seeded(20230725);
  const tally = { accepted: 0, refused: 0, badSignature: 0 };
  for (let turn = 0; turn < SAMPLE; turn += 1) {
    const bytes = Buffer.from(good);
    const place = pick(bytes.length);
    const old = bytes[place];
    const wanted = turn % 2 === 0 ? pick(256) : FORGIVEN[pick(FORGIVEN.length)];
    bytes[place] = wanted === old ? old ^ 1 : wanted;
    const where = `byte ${place}, ${old} to ${bytes[place]}`;
    const opinion = check(bytes);
    const exit = await status(bytes);
    assert.ok([0, 1, 3].includes(exit), `${where}: exit status ${exit}`);
    if (exit === 3) {
      tally.refused += 1;
    } else {
      tally.accepted += 1;
      assert.equal(opinion.canonical, before.canonical, `${where}: another return was accepted`);
      assert.deepEqual(opinion.values, before.values, `${where}: another signature was accepted`);
    }
    if (!opinion.ok) {
      tally.badSignature += 1;
      assert.equal(exit, 3, `${where}: accepted, but ${opinion.fault}`);
    }
  }
  t.diagnostic(JSON.stringify(tally));
  assert.ok(tally.refused > SAMPLE / 2, 'most changes are refused');
  assert.ok(tally.accepted > 0, 'some changes are to white space, and harmless');
});
