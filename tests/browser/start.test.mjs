// What the page says when it cannot start, or has to stop. Each sentence must come without the engine.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, axe, browserTest, fromDisk, openBrowser, overHttp } from './harness.mjs';
import { WORDS } from './pages.mjs';

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

browserTest('where neither engine runs, the page says what to do', async (t) => {
  const browser = await openBrowser(t, { journey: 'start-no-engine', wasm: false });
  // The policy lists the second engine's hash third.
  await browser.open(await changed(/('sha256-[^']+' 'sha256-[^']+') 'sha256-[^']+'/, '$1'));
  await browser.waitForText(/does not allow WebAssembly.*slower engine did not start.*another browser.*IT team/);
  assert.equal((await browser.focus()).id, 'notice', 'the reader is taken to it');
  await browser.photograph('says');
  await axe(browser.session);
});

browserTest('where script is switched off, the page says so, and not that it is starting', async (t) => {
  const browser = await openBrowser(t, { journey: 'start-noscript', prefs: { 'profile.managed_default_content_settings.javascript': 2 } });
  await browser.open(fromDisk(BUILT).url);
  const { value } = await browser.session.devtools('Runtime.evaluate', { expression: 'document.body.innerText' }).then(({ result }) => result);
  assert.match(value, /needs JavaScript, which is switched off here.*IT team.*another browser.*contact named in the letter/);
  assert.doesNotMatch(value, /is starting/);
  await browser.photograph('says');
});

for (const name of ['engine.js', 'app.js']) {
  browserTest(`a folder without ${name}: the page says which part did not arrive`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'ia-returns-start-'));
    await cp(join(BUILT, '../site'), folder, { recursive: true });
    await rm(join(folder, name));
    const page = await overHttp(folder);
    t.after(page.close);
    const browser = await openBrowser(t, { journey: `start-without-${name}` });
    await browser.open(page.url);
    await browser.waitForText(new RegExp(`did not arrive \\(${name}\\).*one folder`));
    await browser.photograph('says');
    await axe(browser.session);
  });
}

browserTest('a browser that cannot unpack gzip gets it unpacked by script', async (t) => {
  const browser = await openBrowser(t, { journey: 'start-old' });
  await browser.session.before(() => { delete globalThis.DecompressionStream; });
  await browser.open(fromDisk(BUILT).url);
  await browser.waitForText(/Complete an industrial action return/);
  await browser.step('starts');
});

browserTest('when the engine stops, the page says so and leaves what was typed', async (t) => {
  const browser = await openBrowser(t, { journey: 'start-stopped' });
  await browser.open(fromDisk(BUILT).url);
  await browser.waitForText(/Complete an industrial action return/);
  // What the engine asks for goes wrong while it asks: it stops halfway.
  await browser.run(() => { globalThis.iaReturns = { ask() { throw new Error('as if the engine had'); } }; });
  await browser.click('button', WORDS.next);
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
