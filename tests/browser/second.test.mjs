// Where WebAssembly is not allowed: the second engine, from start to sealed file.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before } from 'node:test';
import { SOR_2023_07, TEST_COLLECTION, builtPage, testBuild } from './built.mjs';
import { ROOT, browserTest, fromDisk, openBrowser, overHttp } from './harness.mjs';
import { Mouse, ReturnPage, WORDS, londonClock } from './pages.mjs';
import { assertAccepted } from './sealed.mjs';

before(testBuild, { timeout: 900_000 });

const PKG = process.env.IA_PKG || join(ROOT, 'pkg');
const STARTED = /Complete an industrial action return/;
const SLOWER = /does not allow WebAssembly. The page uses its slower engine; results are the same/;

/** What of the second engine was fetched or run. */
const fetched = (browser) => browser.run(() => performance.getEntriesByType('resource')
  .map(({ name }) => name.split('/').pop()).filter((name) => name.startsWith('second-')));

for (const [origin, collection, late] of [['file', TEST_COLLECTION, false], ['http', SOR_2023_07, true]]) {
  browserTest(`a return is completed and sealed without WebAssembly: ${origin}`, async (t) => {
    const page = await builtPage(collection, origin);
    t.after(page.close);
    const browser = await openBrowser(t, { journey: `second-${origin}`, wasm: false });
    await browser.open(page.url);
    assert.equal(await browser.run(() => typeof WebAssembly), 'undefined', 'this browser has none');
    await browser.waitForText(STARTED);
    await browser.waitForText(SLOWER, 'header');
    await browser.step('says-so');
    const form = new ReturnPage(new Mouse(browser), { onStep: async () => {} });
    const agreedAt = londonClock(30);
    await form.toDone(collection, { late, agreedAt });
    const saved = await browser.download();
    await assertAccepted(saved, { collection, late, agreedAt, kind: 'wasm2js' });
    assert.equal((await fetched(browser)).length, origin === 'http' ? 1 : 0);
    await browser.step('done');
  });
}

browserTest('with WebAssembly the second engine is not fetched, and nothing is said of it', async (t) => {
  const page = await overHttp(join(PKG, 'site'));
  t.after(page.close);
  const browser = await openBrowser(t, { journey: 'second-not-needed' });
  await browser.open(page.url);
  await browser.waitForText(STARTED);
  assert.deepEqual(await fetched(browser), []);
  assert.equal(await browser.run(() => globalThis.iaReturnsSecond), null);
  assert.doesNotMatch(await browser.text('header'), SLOWER);
});

browserTest('a name that is there does not mean that WebAssembly is', async (t) => {
  const browser = await openBrowser(t, { journey: 'second-only-a-name' });
  await browser.session.before(() => {
    WebAssembly.instantiate = () => Promise.reject(new WebAssembly.CompileError('no WebAssembly compiler available'));
  });
  await browser.open(fromDisk(join(PKG, 'return.html')).url);
  await browser.waitForText(STARTED);
  await browser.waitForText(SLOWER, 'header');
  await browser.assertQuiet();
});

browserTest('when the second engine stops, the page says so and leaves what was typed', async (t) => {
  const browser = await openBrowser(t, { journey: 'second-stopped', wasm: false });
  await browser.open(fromDisk(join(PKG, 'return.html')).url);
  await browser.waitForText(STARTED);
  await browser.run(() => { globalThis.iaReturns = { ask() { throw new RangeError('no memory'); } }; });
  await browser.click('button', WORDS.next);
  await browser.waitForText(/has stopped because of a fault in it[^]*RangeError: no memory/);
  await browser.waitForText(STARTED);
});

browserTest('a second engine that was changed is not run: in one file', async (t) => {
  const text = await readFile(join(PKG, 'return.html'), 'utf8');
  const spoilt = text.replace(/(id="second-engine">.{40})(.)/, (_, before, letter) => before + (letter === 'A' ? 'B' : 'A'));
  assert.notEqual(spoilt, text);
  const file = join(await mkdtemp(join(tmpdir(), 'ia-returns-second-')), 'return.html');
  await writeFile(file, spoilt);
  const browser = await openBrowser(t, { journey: 'second-changed', wasm: false });
  await browser.open(fromDisk(file).url);
  await browser.waitForText(/damaged or was changed, so it will not run.*fresh copy/);
  await browser.step('changed');
});

/** The folder with a letter of the second engine changed: one that leaves a script that runs. */
async function spoiltFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-second-'));
  await cp(join(PKG, 'site'), folder, { recursive: true });
  const name = (await readdir(folder)).find((file) => file.startsWith('second-'));
  const text = await readFile(join(folder, name), 'utf8');
  const at = text.indexOf('65536');
  await writeFile(join(folder, name), `${text.slice(0, at)}65537${text.slice(at + 5)}`);
  return folder;
}

for (const [name, where, says] of [
  ['disk', async (folder) => fromDisk(join(folder, 'return.html')), /damaged or was changed, so it will not run/],
  ['http', overHttp, /slower engine did not start/],
]) {
  browserTest(`a second engine that was changed is not run: in a folder from ${name}`, async (t) => {
    const page = await where(await spoiltFolder());
    t.after(page.close);
    const browser = await openBrowser(t, { journey: `second-changed-${name}`, wasm: false });
    await browser.open(page.url);
    await browser.waitForText(says);
    assert.doesNotMatch(await browser.text(), STARTED);
  });
}

browserTest('the folder opened from disk runs the second engine too', async (t) => {
  const browser = await openBrowser(t, { journey: 'second-folder', wasm: false });
  await browser.open(fromDisk(join(PKG, 'site/return.html')).url);
  await browser.waitForText(STARTED);
  await browser.waitForText(SLOWER, 'header');
});

browserTest('a host whose own policy does not allow WebAssembly gets the second engine', async (t) => {
  const page = await overHttp(join(PKG, 'site'), { 'content-security-policy': "script-src 'self'" });
  t.after(page.close);
  const browser = await openBrowser(t, { journey: 'second-host-policy' });
  await browser.open(page.url);
  await browser.waitForText(STARTED);
  await browser.waitForText(SLOWER, 'header');
  const { csp } = await browser.run(() => window.iaSeen);
  assert.deepEqual(csp.map((complaint) => complaint.split(' ')[1]), ['wasm-eval'], 'nothing else was stopped');
});
