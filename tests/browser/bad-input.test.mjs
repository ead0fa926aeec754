// What people type by mistake, and what locked-down computers forbid.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before } from 'node:test';
import { SOR_2023_07, TEST_COLLECTION, builtPage, testBuild, verify } from './built.mjs';
import { browserTest, openBrowser, until } from './harness.mjs';
import { check } from './independent.mjs';
import { FIELD, FIGURES, Mouse, ReturnPage, WORDS, londonClock } from './pages.mjs';

before(testBuild, { timeout: 900_000 });

const quietly = { onStep: async () => {} };

async function opened(t, { origin = 'file', collection = TEST_COLLECTION, before, ...options }) {
  const page = await builtPage(collection, origin);
  t.after(page.close);
  const browser = await openBrowser(t, options);
  if (before) await browser.session.before(before);
  await browser.open(page.url);
  return browser;
}

const CELL = FIELD.cell('2023-07-25', 'diagnostic_radiographer', 'due_to_work');

/** What is typed into a cell, and what the sentence beside it must say. */
const REFUSED = [
  ['eighty-eight', /whole number|number, like/i],
  ['88 staff', /whole number|number, like/i],
  ['8O', /whole number|number, like/i],
  ['12.5', /whole number/i],
  ['12.0', /whole number/i],
  ['-5', /0 or more|minus|negative/i],
  ['\u22125', /whole number|number, like|0 or more|minus|negative/i],
  ['+5', /whole number|number, like|sign/i],
  ['1e3', /all the digits/],
  ['0x10', /whole number|number, like/i],
  ['100000', /99,?999/],
  ['99999999999999999999', /99,?999/],
  ['1,02', /comma|1,024|whole number|number, like/i],
  ['\uFF11\uFF12', /whole number|number, like/i],
];

browserTest('each thing that is not a whole number from 0 to 99,999 is asked about, and stays in the box', async (t) => {
  const browser = await opened(t, { journey: 'bad-input' });
  const form = new ReturnPage(new Mouse(browser), quietly);
  await form.toFigures(TEST_COLLECTION);
  for (const [typed, pattern] of REFUSED) {
    await browser.type(CELL, typed);
    await form.hands.leave();
    const said = await form.waitForFault(CELL, pattern);
    assert.doesNotMatch(said, /\b(please|invalid|valid|sorry|oops|mandatory)\b/i);
    assert.equal(await browser.value(CELL), typed, 'never changed');
  }
  await browser.step('refused');
  // Still there, still said, after trying to go on.
  const links = await form.refused(FIGURES);
  assert.ok(CELL in links, `the summary names the cell: ${JSON.stringify(links)}`);
  assert.equal(await browser.value(CELL), '\uFF11\uFF12');
  await browser.type(CELL, '88');
  await form.hands.leave();
  await form.waitForNoFault(CELL);
});

browserTest('pasted figures: a non-breaking space is asked about, and 1,024 is read as 1024 and shown so', async (t) => {
  const browser = await opened(t, { journey: 'pasted', collection: SOR_2023_07, origin: 'http' });
  const form = new ReturnPage(new Mouse(browser), quietly);
  await form.toFigures(SOR_2023_07);
  await browser.type(CELL, '7');
  for (const pasted of ['1\u00a0024', '88\u00a0']) {
    await browser.session.click((await browser.field(CELL)).element);
    await browser.paste(pasted);
    await form.hands.leave();
    await form.waitForFault(CELL, /space|whole number|number, like/i);
    assert.equal(await browser.value(CELL), pasted);
  }
  await browser.type(CELL, '1,024');
  await form.hands.leave();
  await until(async () => await browser.value(CELL) === '1024', '1,024 shown as 1024');
  assert.deepEqual((await form.said(CELL)).wrong, false);
  await browser.waitForText(/(^|\s)1,?024(\s|$)/m);
  await browser.type(CELL, '99999');
  await form.hands.leave();
  await form.waitForNoFault(CELL);
  await browser.step('at-the-limit');
});

browserTest('nothing typed is lost by going on and coming back', async (t) => {
  const browser = await opened(t, { journey: 'back' });
  const form = new ReturnPage(new Mouse(browser), quietly);
  await form.toFigures(TEST_COLLECTION);
  await browser.type(CELL, '88');
  await form.hands.leave();
  await browser.run(() => history.back());
  await form.arrive('before');
  await browser.run(() => history.forward());
  await form.arrive(FIGURES);
  assert.equal(await browser.value(CELL), '88');
});

async function assertSealed(text) {
  const opinion = check(Buffer.from(text, 'utf8'));
  assert.equal(opinion.ok, true, opinion.fault);
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-copied-'));
  try {
    const file = join(folder, 'copied.json');
    await writeFile(file, text);
    const { status, stdout, stderr } = await verify(file);
    assert.equal(status, 0, stdout + stderr);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The done page offers two ways out that need no download, and both work. */
async function assertOtherWaysOut(browser, form) {
  await browser.waitForText(/copy/i);
  await browser.waitForText(/print/i);
  await assertSealed(await form.fileText());
  await form.hands.activate('button', WORDS.copy);
  await assertSealed(await browser.clipboard());
  await form.hands.activate('button', WORDS.print);
  assert.equal(await browser.run(() => window.iaPrinted), 1, 'the print button prints');
  await browser.session.devtools('Emulation.setEmulatedMedia', { media: 'print' });
  const code = (await form.checkCode()).trim();
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  assert.ok((await browser.text()).includes(code), 'the check code is on the printed page');
  await browser.photograph('printed');
  await browser.session.devtools('Emulation.setEmulatedMedia', { media: '' });
}

browserTest('downloads that throw: the page says so, and offers the file to copy and to print', async (t) => {
  const browser = await opened(t, {
    journey: 'downloads-throw',
    before: () => {
      window.iaPrinted = 0;
      window.print = () => { window.iaPrinted += 1; };
      URL.createObjectURL = () => { throw new DOMException('blocked', 'SecurityError'); };
    },
  });
  const form = new ReturnPage(new Mouse(browser), quietly);
  await form.toDone(TEST_COLLECTION, { agreedAt: londonClock(30) });
  assert.deepEqual(await browser.saved(), []);
  await browser.waitForText(/not (been )?saved|could not (be )?save|not save|did not save|blocks? downloads/i);
  await assertOtherWaysOut(browser, form);
  await browser.step('blocked');
});

browserTest('downloads dropped without a word, over plain http: the same ways out are there', async (t) => {
  const browser = await opened(t, {
    journey: 'downloads-dropped',
    collection: SOR_2023_07,
    origin: 'http',
    before: () => { window.iaPrinted = 0; window.print = () => { window.iaPrinted += 1; }; },
  });
  await browser.session.devtools('Browser.setDownloadBehavior', { behavior: 'deny' });
  const form = new ReturnPage(new Mouse(browser), quietly);
  await form.toDone(SOR_2023_07, { late: true, agreedAt: londonClock(30) });
  await assertOtherWaysOut(browser, form);
  assert.deepEqual(await browser.saved(), [], 'this browser did drop it');
});

browserTest('storage blocked: the journey still ends with a sealed file', async (t) => {
  const browser = await opened(t, {
    journey: 'storage-blocked', collection: SOR_2023_07, origin: 'http',
    prefs: { 'profile.default_content_setting_values.cookies': 2 },
  });
  const blocked = await browser.run(() => { try { return !window.localStorage; } catch (error) { return error.name; } });
  assert.equal(blocked, 'SecurityError', 'this browser does block storage');
  const form = new ReturnPage(new Mouse(browser), quietly);
  await form.toDone(SOR_2023_07, { late: true, agreedAt: londonClock(30) });
  await assertSealed((await browser.download()).bytes.toString('utf8'));
  await browser.step('done');
});
