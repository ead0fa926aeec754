// Chromium under the policies that IT teams set, put where the browser reads them: downloads dropped, site data refused, script not
// compiled. In each the return is sealed all the same, and the page says what is the matter where it can know.

import assert from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { missing } from '../browser/browsers.mjs';
import { TEST_COLLECTION, testBuild } from '../browser/built.mjs';
import { openBrowser, overHttp, until } from '../browser/harness.mjs';
import { check } from '../browser/independent.mjs';
import { Mouse, ReturnPage, londonClock } from '../browser/pages.mjs';

/** Where Chromium reads policies; Debian's in both places. */
const FOLDER = process.env.CHROMIUM_POLICIES || '/etc/chromium/policies/managed';
const FILE = join(FOLDER, 'ia-returns-test.json');

/** Whether this computer lets us: they are set for everybody on it. */
const mayWrite = async () => {
  try {
    await mkdir(FOLDER, { recursive: true });
    await writeFile(FILE, '{}');
    await rm(FILE);
    return true;
  } catch {
    return false;
  }
};
const why = await missing('chromium')
  ?? ((await mayWrite()) ? undefined : `policies cannot be put into ${FOLDER}: run as root, or set CHROMIUM_POLICIES`);
const skip = why && !process.env.CI ? `SKIPPED: ${why}` : false;

before(testBuild, { timeout: 900_000 });

/** A browser under these policies, which it must have read, at the page. */
async function under(t, journey, policies) {
  await writeFile(FILE, JSON.stringify(policies));
  t.after(() => rm(FILE, { force: true }));
  const page = await overHttp(join(await testBuild(), 'site'));
  t.after(page.close);
  const browser = await openBrowser(t, { journey: `policy-${journey}` });
  await browser.open(page.url);
  await until(() => browser.run(() => location.hash === '#/start'), 'the start');
  return browser;
}

/** Seals a return; answers the page's text of the file. */
async function sealed(browser) {
  const form = new ReturnPage(new Mouse(browser), { onStep: async () => {} });
  await form.toDone(TEST_COLLECTION, { agreedAt: londonClock(30) });
  return browser.run(() => document.getElementById('file-text').value);
}

function tell(name, fn) {
  test(`Chromium, ${name}`, { skip, timeout: 300_000 }, (t) => {
    if (why) throw new Error(why);
    return fn(t);
  });
}

tell('DownloadRestrictions 3: no file arrives, the text of the last step is the file, and the check of the computer asks for it', async (t) => {
  const browser = await under(t, 'downloads', { DownloadRestrictions: 3 });
  const text = await sealed(browser);
  assert.equal(check(Buffer.from(text)).ok, true, 'the text is the sealed file');
  await browser.toggle('Check this computer');
  await browser.click('button', 'Check this computer');
  await browser.click('button', 'Save a test file');
  await new Promise((resolve) => { setTimeout(resolve, 2_000); });
  assert.deepEqual(await readdir(browser.session.downloads), [], 'the policy is in force: nothing arrived');
  await browser.click('button', 'No file arrived');
  await browser.waitForText(/Allow downloads from intranet\.test/, 'footer');
});

tell('DefaultCookiesSetting 2: nothing is kept, the page says so, and the return is sealed', async (t) => {
  const browser = await under(t, 'cookies', { DefaultCookiesSetting: 2 });
  const blocked = await browser.run(() => { try { return String(localStorage.length); } catch (failure) { return failure.name; } });
  assert.equal(blocked, 'SecurityError', 'the policy is in force');
  const text = await sealed(browser);
  assert.equal(check(Buffer.from(text)).ok, true);
  assert.ok((await browser.download()).name.startsWith('ia-return_'));
  await browser.toggle('Check this computer');
  await browser.click('button', 'Check this computer');
  await browser.waitForText(/Does not work: what is typed is lost[^]*Allow site data/, 'footer');
});

tell('DefaultJavaScriptJitSetting 2: the second engine seals, and the check of the computer says which policy', async (t) => {
  const browser = await under(t, 'no-compiler', { DefaultJavaScriptJitSetting: 2 });
  assert.equal(await browser.run(() => typeof WebAssembly), 'undefined', 'the policy is in force');
  await browser.waitForText(/uses its slower engine/, 'header');
  const text = await sealed(browser);
  const opinion = check(Buffer.from(text));
  assert.deepEqual([opinion.ok, opinion.return.engine.kind], [true, 'wasm2js']);
  await browser.toggle('Check this computer');
  await browser.click('button', 'Check this computer');
  await browser.waitForText(/JavaScriptJitAllowedForSites/, 'footer');
});

tell('with the host allowed again, WebAssembly is back', async (t) => {
  const browser = await under(t, 'allowed', { DefaultJavaScriptJitSetting: 2, JavaScriptJitAllowedForSites: ['http://intranet.test'] });
  assert.equal(await browser.run(() => typeof WebAssembly), 'object');
  assert.doesNotMatch(await browser.text('header'), /slower engine/);
});
