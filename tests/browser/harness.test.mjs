// The harness has to notice what it promises to notice. Each page here has one thing wrong with it.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { assertFocusShown, axe, browserTest, fromDisk, openBrowser, overHttp, serve, until } from './harness.mjs';

const folder = await mkdtemp(join(tmpdir(), 'ia-returns-pages-'));
after(() => rm(folder, { recursive: true, force: true }));

const GOOD = '<h1>Figures</h1><label for="a.b">Due to work</label> <input id="a.b"> <button type="button">Save</button>';
const page = (body, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Figures</title>
  <link rel="icon" href="data:,">${head}</head><body><main>${body}</main></body></html>`;

async function opened(t, name, html) {
  const file = join(folder, `${name}.html`);
  await writeFile(file, html);
  const browser = await openBrowser(t, { journey: `harness-${name}` });
  await browser.open(fromDisk(file).url);
  return browser;
}

browserTest('a good page passes: keys, names, focus, axe, downloads, the clipboard', async (t) => {
  const browser = await opened(t, 'good', page(`${GOOD}<p></p><script>
    document.querySelector('button').onclick = () => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([document.querySelector('input').value]));
      link.download = 'figures.json';
      link.click();
    };
    document.querySelector('input').onkeydown = (event) => { document.querySelector('p').textContent += event.key; };
  </script>`));
  await browser.session.online(false);
  assert.equal(await browser.type('a.b', '12'), 'Due to work');
  assert.match(await browser.text(), /Backspace12/);
  await browser.type('a.b', '1,024');
  assert.equal(await browser.value('a.b'), '1,024');
  await browser.paste('1\u00a0024');
  assert.equal(await browser.value('a.b'), '1\u00a0024');
  await browser.rest();
  await browser.tabToNamed('Save');
  await browser.step('as-it-is');
  await browser.press('Enter');
  const { name, bytes } = await browser.download();
  assert.deepEqual([name, bytes.toString()], ['figures.json', '1\u00a0024']);
  assert.deepEqual(await browser.saved(), []);
  await browser.type('a.b', 'copied');
  await browser.press('a', 'Control');
  await browser.press('c', 'Control');
  assert.equal(await browser.clipboard(), 'copied');
});

browserTest('axe fails a page with an unlabelled field and a small target', async (t) => {
  const browser = await opened(t, 'unlabelled', page(`${GOOD}<input id="nameless">
    <style>.s{width:9px;height:9px;padding:0;border:0}</style><div>
    <button class="s" type="button" aria-label="One"></button><button class="s" type="button" aria-label="Two"></button></div>`));
  await assert.rejects(axe(browser.session), /id="nameless"[^]*Target has insufficient size/);
  await assert.rejects(browser.field('nameless'), /accessible name/);
});

browserTest('a policy violation, an uncaught error, a console error and a request elsewhere are each noticed', async (t) => {
  const policy = '<meta http-equiv="Content-Security-Policy" content="style-src \'none\'">';
  const violates = await opened(t, 'violates', page(`${GOOD}<p style="color:red">Red</p>`, policy));
  await assert.rejects(violates.assertQuiet(), /Content-Security-Policy violations[^]*style-src/);
  const throws = await opened(t, 'throws', page(`${GOOD}<script>setTimeout(() => { throw new Error('lost') })</script>`));
  await until(() => throws.run(() => window.iaSeen.errors.length > 0), 'the error');
  await assert.rejects(throws.assertQuiet(), /uncaught errors[^]*lost/);
  const complains = await opened(t, 'complains', page(`${GOOD}<script>console.error('odd')</script>`));
  await assert.rejects(complains.assertQuiet(), /console[^]*odd/);
  const asks = await opened(t, 'asks', page(`${GOOD}<script>fetch('http://127.0.0.1:9/').catch(() => 0)</script>`));
  await until(async () => {
    try { await asks.assertQuiet(); return false; } catch (error) { return /console|elsewhere/.test(error.message); }
  }, 'the request');
});

browserTest('focus that cannot be seen, is covered, or falls to the body is noticed', async (t) => {
  const browser = await opened(t, 'focus', page(`<style>#unmarked:focus{outline:0} #boxed{outline:2px solid}</style>
    <a id="unmarked" href="#x">Unmarked</a> <button id="boxed">Boxed</button> <input id="seen" aria-label="Seen">
    <button id="covered">Covered</button> <div style="position:fixed;inset:150px 0 0 0;background:#fff">Over</div>
    <button id="lost" style="position:absolute;top:20px;right:0" onclick="this.remove()">Lost</button>`));
  await browser.run(() => { document.getElementById('covered').style.cssText = 'position:absolute;top:300px'; });
  await browser.rest();
  const stop = async (fault) => {
    await browser.press('Tab');
    const focus = await browser.focus();
    if (fault) assert.throws(() => assertFocusShown(focus), fault);
    else assertFocusShown(focus);
  };
  await stop(/focus shows on a unmarked/);
  await stop(/focus shows on button boxed/);
  await stop();
  await stop(/covered is not covered when/);
  await stop();
  await browser.press('Enter');
  assert.equal((await browser.focus()).tag, 'body');
  await assert.rejects(browser.tabTo('nowhere'), /focus is on something|focus shows/);
});

test('the server answers as a locked-down one does', async () => {
  for (const name of ['x.html', 'x.js', 'x.wasm', 'x.mjs', 'x.bin', 'x.json']) await writeFile(join(folder, name), 'x');
  const { address, close } = await serve(folder);
  const here = address.replace('intranet.test', '127.0.0.1');
  const status = async (path) => (await fetch(here + path)).status;
  assert.deepEqual(await Promise.all(['x.html', 'x.js'].map(status)), [200, 200]);
  assert.deepEqual(await Promise.all(['x.wasm', 'x.mjs', 'x.bin', 'x.json', 'none.html', '..%2fx.html'].map(status)),
    [404, 404, 404, 404, 404, 404]);
  await close();
});

browserTest('the intranet name is not a secure context, and a file is', async (t) => {
  await writeFile(join(folder, 'return.html'), page(GOOD));
  const origin = await overHttp(folder);
  t.after(origin.close);
  const browser = await openBrowser(t, { journey: 'harness-origin' });
  await browser.open(origin.url);
  assert.equal(await browser.run(() => `${location.hostname} ${isSecureContext}`), 'intranet.test false');
  await browser.assertQuiet();
  await browser.open(fromDisk(join(folder, 'return.html')).url);
  assert.equal(await browser.run(() => isSecureContext), true);
});
