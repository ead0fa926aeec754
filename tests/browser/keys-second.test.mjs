// Kept keys where WebAssembly is not allowed: the folder has an engine for them too, the page that is one file says what to do.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SOR_2023_07, builtPage } from './built.mjs';
import { ROOT, browserTest, fromDisk, openBrowser, overHttp, until } from './harness.mjs';
import { check, thumbprint } from './independent.mjs';
import { Mouse, ReturnPage, SENDER, londonClock } from './pages.mjs';

const PASSPHRASE = 'four words, écrits';
const SITE = join(process.env.IA_PKG || join(ROOT, 'pkg'), 'site');
const SLOW = /Making or opening a key file takes a few seconds here, and on some computers up to 5 minutes/;

const openssl = (...args) => execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A key file as openssl makes it: 2,048 rounds, which are waited for even without a compiler. Others by `lock`. */
async function keyFile(t, lock = []) {
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-keys-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'key.pem');
  const plain = join(folder, 'plain.pem');
  openssl('genpkey', '-algorithm', 'ed25519', '-out', plain);
  openssl('pkcs8', '-topk8', '-v2', 'aes-256-cbc', ...lock, '-in', plain, '-passout', `pass:${PASSPHRASE}`, '-out', file);
  const pem = openssl('pkey', '-in', file, '-passin', `pass:${PASSPHRASE}`, '-pubout');
  return { file, kid: thumbprint(createPublicKey(pem).export({ format: 'jwk' })) };
}

async function opened(t, page, options) {
  t.after(page.close);
  const browser = await openBrowser(t, options);
  if (options.before) await browser.session.before(options.before);
  await browser.open(page.url);
  return { browser, form: new ReturnPage(new Mouse(browser), { onStep: async () => {} }) };
}

/** To the step that seals, with everything filled in and the part of kept keys asked for. */
async function toKeys(browser, form) {
  await form.toFigures(SOR_2023_07);
  await form.figures();
  await form.next('check');
  await form.explain();
  await form.next('declaration');
  await form.declare({ late: true, agreedAt: londonClock(30) });
  await form.next('seal');
  await browser.toggle(SENDER.keep);
}

for (const [name, page] of [
  ['http', () => builtPage(SOR_2023_07, 'http')],
  ['a folder on disk', async () => fromDisk(join(SITE, 'return.html'))],
]) {
  browserTest(`a kept key is opened and seals without WebAssembly: ${name}`, async (t) => {
    const { file, kid } = await keyFile(t);
    const journey = `keys-second-${name.split(' ').pop()}`;
    const { browser, form } = await opened(t, await page(), { journey, wasm: false });
    // In a folder on disk every file is of another place, so axe would fetch the style, and the folder's own scripts look strange.
    const step = (it) => (name === 'http' ? browser.step(it) : browser.photograph(it));
    await toKeys(browser, form);
    await browser.waitForText(SLOW);
    await browser.choose('key-file', file);
    await step('asked-for');
    await browser.type('passphrase', 'not the passphrase');
    await browser.click('button', SENDER.open);
    await form.waitForFault('passphrase', /does not open/);
    await browser.type('passphrase', PASSPHRASE);
    await browser.click('button', SENDER.open);
    await browser.waitForText(/sealed with your key file/);
    await step('opened');
    await browser.click('button', 'Seal and save the file');
    await form.arrive('done');
    const opinion = check((await browser.download()).bytes);
    assert.equal(opinion.ok, true, opinion.fault);
    assert.equal(opinion.return.preparer_kid, kid);
    assert.equal(opinion.return.engine.kind, 'wasm2js');
    // Nothing slow is done with a receipt.
    await browser.toggle(SENDER.receipt);
    await browser.field('receipt');
    assert.doesNotMatch(await browser.text(), SLOW);
    assert.deepEqual(await browser.run(() => window.iaSeen), { csp: [], errors: [] });
  });
}

browserTest('a key file is made where only the name of WebAssembly is there, and is said to take long before it does', async (t) => {
  const { browser, form } = await opened(t, await builtPage(SOR_2023_07, 'http'), {
    journey: 'keys-second-made',
    before: () => {
      WebAssembly.instantiate = () => Promise.reject(new WebAssembly.CompileError('no WebAssembly compiler available'));
    },
  });
  await toKeys(browser, form);
  await browser.waitForText(SLOW);
  await browser.type('new-passphrase', PASSPHRASE);
  await browser.type('same-passphrase', PASSPHRASE);
  await browser.click('button', SENDER.make);
  await browser.waitForText(/sealed with your key file/);
  const pem = await browser.download();
  const file = join(await mkdtemp(join(tmpdir(), 'ia-returns-keys-')), 'key.pem');
  await writeFile(file, pem.bytes);
  assert.match(openssl('pkey', '-in', file, '-passin', `pass:${PASSPHRASE}`, '-noout', '-text'), /ED25519 Private-Key/);
  await browser.assertQuiet();
});

browserTest('how far the opening is can be seen, it can be stopped, and nothing is sealed meanwhile', async (t) => {
  // As many rounds as are done at all: ten seconds and more. Then fewer, which are waited for.
  const { file: dear } = await keyFile(t, ['-iter', '5000000']);
  const { file, kid } = await keyFile(t, ['-iter', '1000000']);
  const { browser, form } = await opened(t, await builtPage(SOR_2023_07, 'http'), {
    journey: 'keys-second-portions',
    before: () => {
      WebAssembly.instantiate = () => Promise.reject(new WebAssembly.CompileError('no WebAssembly compiler available'));
    },
  });
  await toKeys(browser, form);
  await browser.waitForText(SLOW);
  await browser.choose('key-file', dear);
  await browser.run(() => {
    window.iaBar = [];
    window.iaLongest = 0;
    let last = performance.now();
    setInterval(() => {
      window.iaLongest = Math.max(window.iaLongest, performance.now() - last);
      last = performance.now();
      const bar = document.getElementById('key-progress');
      if (bar) window.iaBar.push(bar.value);
    }, 20);
  });
  const open = async () => {
    await browser.type('passphrase', PASSPHRASE);
    await browser.click('button', SENDER.open);
  };
  await open();
  await browser.waitForText(/Opening your key…/);
  await browser.click('button', 'Seal and save the file');
  await browser.waitForText(/Your key is not open yet, so nothing was sealed/);
  assert.equal((await browser.focus()).id, 'stop-key');
  await browser.step('opening');
  await browser.click('button', 'Stop');
  await browser.waitForText(/^(?![^]*Opening your key…)/);
  assert.equal((await browser.focus()).id, 'open-key', 'back where it was begun');
  await browser.run(() => {
    window.iaBar = [];
    window.iaLongest = 0;
  });
  await browser.choose('key-file', file);
  await open();
  await until(async () => /sealed with your key file/.test(await browser.text()), 'the key', { timeout: 60_000 });
  const [seen, longest] = await browser.run(() => [window.iaBar, window.iaLongest]);
  assert.ok(new Set(seen).size > 5, `the bar moves: ${seen}`);
  assert.deepEqual(seen, seen.toSorted((one, other) => one - other));
  assert.ok(longest < 1_000, `the page answers all the time: ${longest} ms`);
  await browser.click('button', 'Seal and save the file');
  await form.arrive('done');
  assert.equal(check((await browser.download()).bytes).return.preparer_kid, kid);
  await browser.assertQuiet();
});

browserTest('the page that is one file says that it cannot, and how the return is sealed all the same', async (t) => {
  const { browser, form } = await opened(t, await builtPage(SOR_2023_07, 'file'), { journey: 'keys-second-one-file', wasm: false });
  await toKeys(browser, form);
  await browser.waitForText(/cannot run in the page that is one file.*You can seal your return without it.*open the page in another browser/);
  await browser.step('cannot');
  await browser.click('button', 'Seal and save the file');
  await form.arrive('done');
  assert.equal(check((await browser.download()).bytes).ok, true);
});

browserTest('a second engine of kept keys that was changed is not run', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-keys-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(SITE, folder, { recursive: true });
  const name = (await readdir(folder)).find((file) => file.startsWith('second-keys-'));
  const text = await readFile(join(folder, name), 'utf8');
  const at = text.indexOf('65536');
  await writeFile(join(folder, name), `${text.slice(0, at)}65537${text.slice(at + 5)}`);
  for (const page of [await overHttp(folder), fromDisk(join(folder, 'return.html'))]) {
    const { browser, form } = await opened(t, page, { journey: 'keys-second-changed', wasm: false });
    await form.arrive('start');
    await browser.toggle(SENDER.receipt);
    await browser.waitForText(/This part could not be fetched/);
    assert.equal(await browser.run(() => Boolean(document.getElementById('receipt'))), false);
  }
});
