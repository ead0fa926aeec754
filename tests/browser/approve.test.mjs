// The approver's page: somebody who did not type the figures sees what they are about to agree, and agrees it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COUNTERSIGNED, SOR_2023_07, TEST_COLLECTION, builtPage, cli, testBuild } from './built.mjs';
import { ROOT, browserTest, openBrowser, until } from './harness.mjs';
import { check } from './independent.mjs';

const PASSPHRASE = 'four words, écrits';
const SEALED = join(ROOT, 'tests/data/returns/rx1-sealed.json');
const CHANGED = join(ROOT, 'tests/data/returns/rx1-changed.json');
const DRAFT = join(ROOT, 'tests/data/drafts/rx1-complete.json');
const LATER = join(ROOT, 'tests/vectors/genuine/revision-2.json');
const EARLIER = join(ROOT, 'tests/vectors/genuine/return.json');
/** A return that a second person has to sign. */
const UNSIGNED = join(ROOT, 'tests/vectors/recheck/approval-stripped.json');

const WHO = { 'approver-name': 'Director on call', 'approver-job-title': 'Chief operating officer' };
const UNCHANGED = /Unchanged since sealed by Information analyst on duty/;

async function folderFor(t) {
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-approve-'));
  t.after(() => rm(folder, { recursive: true }));
  return (name) => join(folder, name);
}

/** The approver's page beside a built submitter's page. */
async function opened(t, { origin = 'file', collection = SOR_2023_07, ...options }) {
  const page = await builtPage(collection, origin);
  t.after(page.close);
  const browser = await openBrowser(t, options);
  await browser.open(page.url.replace('return.html', 'approve.html'));
  await browser.waitForText(/Sign off a return/);
  return browser;
}

/** Chooses the file, and waits for the verdict, which has the focus. */
async function open(browser, file, verdict) {
  await browser.choose('file', file);
  await browser.waitForText(verdict, 'h1');
  assert.equal((await browser.focus()).id, 'heading', 'the verdict has the focus');
  await browser.rest();
}

async function fillIn(browser) {
  for (const [id, text] of Object.entries(WHO)) await browser.type(id, text);
}

for (const origin of ['file', 'http']) {
  browserTest(`a sealed return is judged, shown on one screen, and agreed in words: ${origin}`, async (t) => {
    const browser = await opened(t, { journey: `approve-${origin}`, origin });
    await browser.step('start');
    await open(browser, SEALED, UNCHANGED);
    await browser.step('sealed');
    assert.match(await browser.run(() => document.title), /^Unchanged since sealed by .* – Sign off a return – /);
    assert.equal(await browser.text('#check-code'), 'ZFQ8-GCWS-EGX8');
    const text = await browser.text();
    for (const part of [
      /Nottingham University Hospitals NHS Trust \(RX1\)/, /9:00am to 1:00pm BST on Friday 28 July 2023/,
      /Due to start a shift, all dates\s+366/, /Eight were on booked annual leave/, /this is the first version/,
      /By phone/, /Everything in this return[^]*Sonographers/,
    ]) assert.match(text, part);

    await browser.click('button', 'Copy the reply');
    await until(async () => (await browser.focus()).id === 'approver-name', 'the focus on what is missing');
    assert.match(await browser.run(() => document.title), /^Error: /);
    await browser.step('who-is-missing');
    await fillIn(browser);
    await browser.click('button', 'Copy the reply');
    await browser.waitForText(/The reply is copied/);
    const reply = await browser.clipboard();
    assert.match(reply, /Check code: ZFQ8-GCWS-EGX8\n[^]*Due to start a shift, all dates: 366\n[^]*Agreed by: Director on call, Chief/);
    await browser.step('agreed-in-words');
  });
}

browserTest('a draft, a changed file and another file are named for what they are, one after the other', async (t) => {
  const at = await folderFor(t);
  const browser = await opened(t, { journey: 'approve-others' });
  await open(browser, DRAFT, /A draft, which is not sealed yet/);
  await browser.waitForText(/agree them in words/);
  await browser.step('draft');
  await open(browser, CHANGED, /This file was changed after it was sealed/);
  await browser.waitForText(/Do not sign it off/);
  assert.doesNotMatch(await browser.text(), /Sonographers/, 'nothing of it is shown');
  await browser.step('changed');
  await writeFile(at('letter.json'), '{"dear": "director"}');
  await open(browser, at('letter.json'), /This is not a return/);
  await browser.step('another');
  await open(browser, SEALED, UNCHANGED);
});

browserTest('a file is opened wherever it is dropped', async (t) => {
  const browser = await opened(t, { journey: 'approve-drop' });
  const data = { items: [], files: [SEALED], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) {
    await browser.session.devtools('Input.dispatchDragEvent', { type, x: 300, y: 60, data });
  }
  await browser.waitForText(UNCHANGED, 'h1');
  await browser.waitForText(/rx1-sealed\.json/);
  await browser.assertQuiet();
});

browserTest('what changed since the earlier version, and whether it is the one that was replaced', async (t) => {
  const browser = await opened(t, { journey: 'approve-earlier', origin: 'http' });
  await open(browser, LATER, UNCHANGED);
  await browser.choose('earlier', EARLIER);
  await browser.waitForText(/This return names it as the version that it replaces\./);
  const changes = await browser.text('[data-region="changes"]');
  assert.match(changes, /Diagnostic radiographers, Wednesday 26 July 2023\s+Was\s+85\s+Is\s+86/);
  assert.match(changes, /Totals that changed[^]*366\s+Is\s+367/);
  await browser.step('changes');
  await browser.choose('earlier', CHANGED);
  await browser.waitForText(/was changed after it was sealed/, '[data-region="changes"]');
  await browser.step('earlier-was-changed');
});

/** Signs off with the key in a file, or else one that is made in the page; answers the saved file. */
async function signOff(browser, keyFile) {
  if (keyFile) {
    await browser.choose('key-file', keyFile);
    await browser.type('passphrase', PASSPHRASE);
    await browser.click('button', 'Open the key file');
  } else {
    await browser.type('new-passphrase', PASSPHRASE);
    await browser.type('same-passphrase', PASSPHRASE);
    await browser.click('button', 'Make a key file and save it');
  }
  await browser.waitForText(/You will sign off with your key file/);
  if (!keyFile) await browser.download();
  await fillIn(browser);
  await browser.click('button', 'Sign off and save the file');
  await browser.waitForText(/You have signed off this return/);
  return browser.download();
}

/** The command line and a stranger take the file, with both signatures. */
async function assertSigned(at, { name, bytes }) {
  assert.equal(name, 'approval-stripped_signed-off.json');
  const opinion = check(bytes);
  assert.equal(opinion.ok, true, opinion.fault);
  await writeFile(at('signed.json'), bytes);
  const { status, stdout, stderr } = cli('verify', at('signed.json'), '--collection', COUNTERSIGNED, '--json');
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /"approved": ?true[^]*"name": ?"Director on call"|"name": ?"Director on call"[^]*"approved": ?true/);
  const before = cli('verify', UNSIGNED, '--collection', COUNTERSIGNED, '--json');
  assert.notEqual(before.status, 0, 'without it, it is not approved');
}

browserTest('where the collection asks for it, a second person signs', async (t) => {
  await testBuild();
  const at = await folderFor(t);
  const browser = await opened(t, { journey: 'approve-sign', collection: TEST_COLLECTION, origin: 'http' });
  await open(browser, UNSIGNED, UNCHANGED);
  await browser.waitForText(/asks that a second person signs the return too/);
  await browser.step('unsigned');
  await fillIn(browser);
  await browser.click('button', 'Sign off and save the file');
  await browser.waitForText(/Open your key file first, or make one/);
  assert.equal((await browser.focus()).id, 'key-file');
  await browser.step('no-key');
  const file = await signOff(browser);
  assert.equal((await browser.focus()).id, 'heading');
  await browser.step('signed');
  await assertSigned(at, file);
  const left = await browser.run(() => document.documentElement.outerHTML);
  assert.ok(!left.includes(PASSPHRASE), 'the passphrase is nowhere in the page');
});

browserTest('a kept key signs off, once', async (t) => {
  await testBuild();
  const at = await folderFor(t);
  process.env.IA_RETURNS_PASSPHRASE = PASSPHRASE;
  assert.equal(cli('key', 'new', at('mine.pem')).status, 0);
  const browser = await opened(t, { journey: 'approve-kept', collection: TEST_COLLECTION });
  await open(browser, UNSIGNED, UNCHANGED);
  await browser.choose('key-file', at('mine.pem'));
  await browser.type('passphrase', 'another one altogether');
  await browser.click('button', 'Open the key file');
  await browser.waitForText(/does not open/);
  await browser.type('passphrase', PASSPHRASE);
  await browser.click('button', 'Open the key file');
  await browser.waitForText(/You will sign off with your key file/);
  await browser.step('key-open');
  await fillIn(browser);
  await browser.click('button', 'Sign off and save the file');
  await browser.waitForText(/You have signed off this return/);
  await assertSigned(at, await browser.download());
  // Once more with the same key: it has signed already.
  await browser.click('button', 'Sign off and save the file');
  await browser.waitForText(/This key has sealed the return already/);
  await browser.step('same-key');
});

browserTest('with the keyboard alone, 320 pixels wide, nothing is cut off', async (t) => {
  const browser = await opened(t, { journey: 'approve-narrow', width: 320 });
  await browser.rest();
  await browser.tabTo('file');
  await open(browser, LATER, UNCHANGED);
  await browser.tabTo('earlier');
  await browser.choose('earlier', EARLIER);
  await browser.waitForText(/names it as the version/);
  await browser.rest();
  await browser.tabTo('approver-name');
  await browser.keys(WHO['approver-name']);
  await browser.tabTo('approver-job-title');
  await browser.keys(WHO['approver-job-title']);
  await browser.tabToNamed('Copy the reply');
  await browser.press('Enter');
  await browser.waitForText(/The reply is copied/);
  const wide = await browser.run(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `the page is ${wide} wide`);
  await browser.step('narrow');
});

/** The page on A4, as text: a page each. */
async function printed(browser) {
  const page = { width: 21, height: 29.7 };
  const margin = { top: 1.5, bottom: 1.5, left: 1.5, right: 1.5 };
  const pdf = await browser.session.call('POST', '/print', { page, margin, background: false });
  const file = join(browser.folder, 'printed.pdf');
  await writeFile(file, Buffer.from(pdf, 'base64'));
  const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });
  return text.split('\f').slice(0, -1);
}

const NO_PDFTOTEXT = ['/usr/bin/pdftotext', '/usr/local/bin/pdftotext'].some(existsSync) ? false
  : 'SKIPPED: pdftotext is missing (on Debian: apt install poppler-utils)';

browserTest('on paper the overview is one sheet of A4, and everything follows with its headings', async (t) => {
  if (NO_PDFTOTEXT && !process.env.CI) return t.skip(NO_PDFTOTEXT);
  const browser = await opened(t, { journey: 'approve-print' });
  await open(browser, SEALED, UNCHANGED);
  const pages = await printed(browser);
  const words = pages.map((page) => page.replace(/\s+/g, ' '));
  const [overview, ...rest] = words;
  for (const part of [
    'OFFICIAL', 'Unchanged since sealed by Information analyst on duty', 'ZFQ8-GCWS-EGX8', 'rx1-sealed.json',
    'Nottingham University Hospitals NHS Trust (RX1)', 'Due to start a shift, all dates 366', 'Eight were on booked annual leave',
  ]) assert.ok(overview.includes(part), `${part} is on the first sheet: ${overview}`);
  assert.match(rest[0], /Everything in this return/, 'all of the overview is on the first sheet');
  assert.doesNotMatch(overview, /Copy the reply|Choose file|Print this page/);
  const all = rest.join(' ');
  const { staffing } = JSON.parse(await readFile(SEALED, 'utf8')).return.answers.workforce;
  for (const { due_to_work: due, absent_ia: absent } of staffing) {
    assert.match(all, new RegExp(`\\b${due} ${absent}\\b`), `${due} and ${absent} are on paper`);
  }
  for (const [number, page] of words.entries()) {
    assert.match(page, /\bOFFICIAL\b/, `sheet ${number + 1} is marked`);
    if (number > 0 && /Sonographers/.test(page)) assert.match(page, /Due to start a shift[^]*At work/, `sheet ${number + 1} has the headings of its table`);
  }
  return undefined;
});

browserTest('without WebAssembly a return is judged and signed off all the same', async (t) => {
  await testBuild();
  const at = await folderFor(t);
  // As openssl makes it: 2,048 rounds, which are waited for even without a compiler.
  execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-aes-256-cbc', '-pass', `pass:${PASSPHRASE}`, '-out', at('key.pem')]);
  for (const origin of ['file', 'http']) {
    const browser = await opened(t, { journey: `approve-second-${origin}`, wasm: false, collection: TEST_COLLECTION, origin });
    await browser.waitForText(/does not allow WebAssembly/, 'header');
    await open(browser, UNSIGNED, UNCHANGED);
    await browser.waitForText(/on some computers up to 5 minutes/);
    await assertSigned(at, await signOff(browser, at('key.pem')));
    await browser.step('signed');
  }
});

browserTest('a page whose data or engine did not arrive says so', async (t) => {
  const folder = await folderFor(t);
  const text = await readFile(join(ROOT, 'pkg/site/approve.html'), 'utf8');
  await writeFile(folder('approve.html'), text);
  await writeFile(folder('first.js'), await readFile(join(ROOT, 'pkg/site/first.js')));
  await writeFile(folder('approve.js'), await readFile(join(ROOT, 'pkg/site/approve.js')));
  const browser = await openBrowser(t, { journey: 'approve-incomplete' });
  await browser.open(`file://${folder('approve.html')}`);
  await browser.waitForText(/did not arrive \((approve-engine|style)/, 'body');
});
