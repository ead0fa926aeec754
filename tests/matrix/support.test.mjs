// The table says what passed and no more, and keeps the rows of browsers that were not tried.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ORIGINS } from './origins.mjs';
import { table } from './support.mjs';

const ALL = Object.keys(ORIGINS).flatMap((origin) => [`${origin} true`, `${origin} false`]);
const lines = (ran, rows) => table(ran, rows).split('\n').slice(2);

test('a browser that passed everything says so for each place', () => {
  const [row] = lines({ firefox: { version: '1.2', passed: ALL } });
  assert.equal(row, `| Firefox ESR | 1.2 |${' yes, with and without WebAssembly |'.repeat(4)}`);
});

test('what did not pass is said', () => {
  const passed = ALL.filter((name) => name !== 'file false' && !name.startsWith('https'));
  const [row] = lines({ firefox: { version: '1.2', passed } });
  assert.match(row, /^\| Firefox ESR \| 1\.2 \| only with WebAssembly \| yes, [^|]* \| no \| yes, [^|]* \|$/);
});

test('a browser that was not tried keeps its row, in its place', () => {
  const kept = { Chromium: '| Chromium | 1 | kept |', WebKitGTK: '| WebKitGTK | 2 | kept |' };
  const rows = lines({ firefox: { version: '1.2', passed: ALL } }, kept);
  assert.deepEqual([rows[0], rows[2]], [kept.Chromium, kept.WebKitGTK]);
});
