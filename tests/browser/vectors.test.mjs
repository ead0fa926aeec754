// Every vector of a return in a real browser: the checker of pkg/module says of it what the core says natively, with
// WebAssembly as a page gets it. Under Node the same is in tests/engine/.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { vectors } from '../www/vectors.mjs';
import { ROOT, browserTest, openBrowser, overHttp } from './harness.mjs';

const MODULE = join(ROOT, 'pkg/module');

/** In the page: what the checker says of one file, in base64. */
async function verdictOf(text) {
  const it = await import(new URL('index.js', window.location.href).href);
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  try {
    return it.verify(bytes).verdict;
  } catch (failure) {
    if (!(failure instanceof it.Refused)) throw failure;
    return failure.code;
  }
}

/** In the page: readies the checker, with one collection more than it ships with. */
async function ready(json) {
  const it = await import(new URL('index.js', window.location.href).href);
  await it.ready([...it.shipped, { kind: 'collection', id: 'countersigned', json }]);
}

browserTest('every vector of a return gets its verdict in the browser', async (t) => {
  if (!existsSync(join(MODULE, 'index.js')) && !process.env.CI) return t.skip('SKIPPED: “cargo xtask release” was not run');
  const { status, stdout, stderr } = spawnSync(process.env.IA_RETURNS, ['collection', 'build', 'tests/vectors/collections/countersigned.toml'],
    { cwd: ROOT, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  const page = await overHttp(MODULE);
  t.after(page.close);
  const browser = await openBrowser(t, { journey: 'vectors' });
  await browser.open(page.url.replace('return.html', 'example.html'));
  await browser.run(ready, stdout);
  const returns = vectors.filter(({ reader }) => reader === 'return');
  assert.ok(returns.length > 50, `${returns.length} vectors`);
  for (const { name, bytes, verdict } of returns) {
    assert.equal(await browser.run(verdictOf, Buffer.from(bytes).toString('base64')), verdict, name);
  }
});
