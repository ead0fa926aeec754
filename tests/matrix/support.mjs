// The table of docs/support.md: which browsers were seen to complete a return, from where, and in which version.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BROWSERS } from '../browser/browsers.mjs';
import { ROOT } from '../browser/harness.mjs';
import { ORIGINS } from './origins.mjs';

const FILE = join(ROOT, 'docs/support.md');
const [BEGIN, END] = ['<!-- the table is written by tests/matrix/matrix.test.mjs -->', '<!-- end of the table -->'];

/** The table of what ran: a browser that was not tried keeps the row that it has. */
export function table(ran, rows = {}) {
  const heads = Object.values(ORIGINS);
  const lines = [`| Browser | Version seen | ${heads.join(' | ')} |`, `| --- | --- | ${heads.map(() => '---').join(' | ')} |`];
  for (const [browser, { title }] of Object.entries(BROWSERS)) {
    if (!ran[browser]) {
      if (rows[title]) lines.push(rows[title]);
      continue;
    }
    const { version, passed } = ran[browser];
    const cell = (origin) => {
      const [wasm, plain] = [true, false].map((on) => passed.includes(`${origin} ${on}`));
      if (wasm && plain) return 'yes, with and without WebAssembly';
      return wasm || plain ? `only ${wasm ? 'with' : 'without'} WebAssembly` : 'no';
    };
    lines.push(`| ${title} | ${version} | ${Object.keys(ORIGINS).map(cell).join(' | ')} |`);
  }
  return lines.join('\n');
}

const withoutVersion = (row) => row.replace(/^(\| [^|]* \| )[^|]*/, '$1');

/**
 * Holds what ran against the table, but for the versions, which are those of one computer. With IA_WRITE set the table is
 * written instead.
 */
export async function compare(ran) {
  const text = await readFile(FILE, 'utf8');
  const [head, rest] = text.split(BEGIN);
  const [old, tail] = rest.split(END);
  const rows = Object.fromEntries(old.trim().split('\n').map((row) => [row.split('|')[1]?.trim(), row]));
  const now = table(ran, rows);
  if (process.env.IA_WRITE) {
    await writeFile(FILE, `${head}${BEGIN}\n\n${now}\n\n${END}${tail}`);
    return;
  }
  for (const browser of Object.keys(ran)) {
    const { title } = BROWSERS[browser];
    const row = now.split('\n').find((line) => line.startsWith(`| ${title} |`));
    assert.equal(withoutVersion(rows[title] ?? ''), withoutVersion(row), `docs/support.md is not what ran; IA_WRITE=1 writes it`);
  }
}
