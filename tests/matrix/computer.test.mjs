// “Check this computer” in every browser: on the front page and at the foot of the page, with everything allowed and with much of it
// forbidden. What it says is what this computer was given.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { BROWSERS, missing } from '../browser/browsers.mjs';
import { ROOT, axe, openBrowser, until } from '../browser/harness.mjs';
import { place } from './origins.mjs';

const ONLY = process.env.IA_BROWSERS?.split(',');
const PKG = process.env.IA_PKG || join(ROOT, 'pkg');

/** Opens the front page (`index`) or the page itself, from an origin, and starts the check. */
async function opened(t, browser, { origin = 'http', index = false, ...how }) {
  const page = await place(origin, PKG);
  t.after(page.close);
  const journey = `computer-${browser}-${origin}${index ? '-index' : ''}${how.wasm === false ? '-no-wasm' : ''}`;
  const it = await openBrowser(t, { journey, browser, proxy: page.proxy, ...how });
  await it.open(index ? page.url.replace(/return\.html$/, 'index.html') : page.url);
  if (!index) await it.toggle('Check this computer');
  await it.click('button', 'Check this computer');
  await until(() => it.run(() => document.getElementById('computer-report')?.value), 'the report');
  return it;
}

const report = (it) => it.run(() => document.getElementById('computer-report').value);

async function all(t, browser, how) {
  const it = await opened(t, browser, how);
  const text = await report(it);
  assert.match(text, how.wasm === false ? /Engine: Plain script/ : /Engine: WebAssembly/);
  assert.match(text, /Keeping drafts: Works: written and read back/);
  assert.match(text, /Random numbers: Work\n/);
  assert.match(text, new RegExp(`Clock: .*${new Date().getFullYear()}`));
  assert.match(text, /Time zone: \S+/);
  // Nothing of the try is left.
  const left = await it.run(async () => [Object.keys(localStorage), (await indexedDB.databases?.() ?? []).map(({ name }) => name)]);
  assert.ok(!JSON.stringify(left).includes('ia-returns-check'), JSON.stringify(left));

  await it.click('button', 'Save a test file');
  const saved = await it.download();
  assert.equal(saved.name, 'ia-returns-test.json');
  assert.match(await report(it), /Saving files: Tried; not said yet/);
  await it.click('button', 'Yes, the file arrived');
  await until(async () => /Saving files: Works: a file arrived/.test(await report(it)), 'the answer');
  await it.click('button', 'Copy the report');
  await until(async () => /Copying: (Works|Does not work)/.test(await report(it)), 'what copying does');
  assert.match(await report(it), /Copying: Works/);
  const wanted = how.wasm === false ? /To ask the IT team for:\n- Allow WebAssembly/ : /Nothing to ask the IT team for/;
  assert.match(await report(it), wanted);
  await it.photograph('checked');
  await axe(it.session);
  await it.assertQuiet();
}

async function noFile(t, browser) {
  const it = await opened(t, browser, { index: true });
  await it.click('button', 'Save a test file');
  await it.download();
  await it.click('button', 'No file arrived');
  await until(async () => /- Allow downloads from intranet\.test/.test(await report(it)), 'what to ask for');
  assert.match(await it.text(), /To ask your IT team for\s+Allow downloads/);
}

for (const browser of Object.keys(BROWSERS).filter((name) => !ONLY || ONLY.includes(name))) {
  const why = await missing(browser);
  const skip = why && !process.env.CI ? `SKIPPED: ${why}` : false;
  const tell = (name, fn) => test(`${BROWSERS[browser].title}, ${name}`, { skip, timeout: 300_000 }, (t) => {
    if (why) throw new Error(why);
    return fn(t);
  });
  tell('the front page', (t) => all(t, browser, { index: true }));
  tell('the page itself, from disk', (t) => all(t, browser, { origin: 'file' }));
  tell('the page itself, without WebAssembly', (t) => all(t, browser, { wasm: false }));
  tell('a file that does not arrive', (t) => noFile(t, browser));
}

{
  const why = await missing('chromium');
  const skip = why && !process.env.CI ? `SKIPPED: ${why}` : false;
  test('Chromium at 320 pixels: nothing sticks out, and all of it can be reached by keyboard', { skip, timeout: 300_000 }, async (t) => {
    const it = await opened(t, 'chromium', { index: true, width: 320 });
    assert.ok(await it.run(() => document.documentElement.scrollWidth - innerWidth) <= 0, 'nothing sticks out');
    await it.rest();
    for (const name of ['Save a test file', 'Print this page', 'Copy the report']) await it.tabToNamed(name);
    await it.photograph('narrow');
    await it.click('button', 'Print this page');
    await it.click('button', 'No print window opened');
    await until(async () => /Printing: Does not work[^]*PrintingEnabled/.test(await report(it)), 'what to ask for');
    assert.equal((await it.focus()).name, 'Print this page');
  });
  test('Chromium with storage, random numbers and copying gone says so of each', { skip, timeout: 300_000 }, async (t) => {
    const page = await place('http', PKG);
    t.after(page.close);
    const it = await openBrowser(t, { journey: 'computer-chromium-nothing' });
    await it.session.before(() => {
      const gone = () => { throw new DOMException('switched off', 'SecurityError'); };
      for (const name of ['localStorage', 'indexedDB']) Object.defineProperty(window, name, { get: gone });
      crypto.getRandomValues = (bytes) => bytes;
      document.execCommand = gone;
    });
    await it.open(page.url.replace(/return\.html$/, 'index.html'));
    await it.click('button', 'Check this computer');
    await until(() => it.run(() => document.getElementById('computer-report')?.value), 'the report');
    await it.click('button', 'Copy the report');
    await until(async () => /Copying: Does not work/.test(await report(it)), 'what copying does');
    const text = await report(it);
    assert.match(text, /Keeping drafts: Does not work[^]*Random numbers: Do not work/);
    assert.match(text, /- Allow site data \(cookies and storage\) for intranet\.test/);
    assert.deepEqual(await readdir(it.session.downloads), []);
  });
}
