// What the page says when it cannot start, or has to stop. Each sentence must come without the engine.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, axe, browserTest, fromDisk, openBrowser } from './harness.mjs';

const BUILT = join(process.env.IA_PKG || join(ROOT, 'pkg'), 'return.html');

/** A copy of the built page with one thing changed. */
async function changed(pattern, replacement) {
  const text = await readFile(BUILT, 'utf8');
  assert.match(text, pattern);
  const file = join(await mkdtemp(join(tmpdir(), 'ia-returns-start-')), 'return.html');
  await writeFile(file, text.replace(pattern, replacement));
  return fromDisk(file).url;
}

browserTest('a page whose engine was changed says so, and does not run it', async (t) => {
  const browser = await openBrowser(t, { journey: 'start-changed' });
  // The sixteenth letter of the engine, as another letter.
  await browser.open(await changed(/(id="engine">.{15})(.)/, (_, before, letter) => before + (letter === 'A' ? 'B' : 'A')));
  await browser.waitForText(/damaged or was changed, so it will not run.*fresh copy/);
  await browser.step('changed');
});

browserTest('a page whose script never starts says which browsers would do', async (t) => {
  const browser = await openBrowser(t, { journey: 'start-no-script' });
  await browser.open(await changed(/<script>(?:(?!<script>)[\s\S])*<\/script>\s*<\/body>/, '</body>'));
  await browser.waitForText(/cannot start in this browser.*Microsoft Edge/);
  await browser.step('no-script');
});

for (const [name, journey, remove, says] of [
  ['WebAssembly is blocked', 'start-no-wasm', () => { delete globalThis.WebAssembly; }, /blocks WebAssembly.*IT team/],
  ['the browser is too old', 'start-old', () => { delete globalThis.DecompressionStream; }, /too old for this page/],
]) {
  browserTest(`where ${name}, the page says what to do`, async (t) => {
    const browser = await openBrowser(t, { journey });
    await browser.session.before(remove);
    await browser.open(fromDisk(BUILT).url);
    await browser.waitForText(says);
    assert.equal((await browser.focus()).id, 'notice', 'the reader is taken to it');
    await browser.step('says');
  });
}

browserTest('when the engine stops, the page says so and leaves what was typed', async (t) => {
  const browser = await openBrowser(t, { journey: 'start-stopped' });
  await browser.open(fromDisk(BUILT).url);
  await browser.waitForText(/Complete an industrial action return/);
  await browser.run(() => {
    globalThis.dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') }));
  });
  await browser.waitForText(/has stopped because of a fault in it/);
  await browser.waitForText(/Complete an industrial action return/);
  await browser.photograph('stopped');
  await axe(browser.session);
});

browserTest('no text becomes markup but through the one policy', async (t) => {
  const browser = await openBrowser(t, { journey: 'start-policy' });
  await browser.open(fromDisk(BUILT).url);
  await browser.waitForText(/Complete an industrial action return/);
  const refused = await browser.run(() => {
    const tries = [
      () => { document.querySelector('main').innerHTML = '<b>x</b>'; },
      () => globalThis.trustedTypes.createPolicy('ia-returns', {}),
      () => globalThis.trustedTypes.createPolicy('another', {}),
      () => { document.createElement('script').text = '1'; },
    ];
    return tries.map((attempt) => {
      try { attempt(); } catch (error) { return error.name; }
      return 'not refused';
    });
  });
  assert.deepEqual(refused, ['TypeError', 'TypeError', 'TypeError', 'TypeError']);
});
