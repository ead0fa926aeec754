// A trust completes, checks, seals and saves a workforce return, and strangers' software takes the file.

import assert from 'node:assert/strict';
import { before } from 'node:test';
import { SOR_2023_07, TEST_COLLECTION, builtPage, testBuild } from './built.mjs';
import { ORGANISATION } from './figures.mjs';
import { browserTest, openBrowser } from './harness.mjs';
import { checkCode } from './independent.mjs';
import { FIELD, FIGURES, Mouse, ReturnPage, WORDS, londonClock } from './pages.mjs';
import { assertAccepted } from './sealed.mjs';

before(testBuild, { timeout: 900_000 });

const MORE_ABSENT_THAN_DUE = FIELD.cell('2023-07-25', 'diagnostic_radiographer', 'absent_ia');
const LETTERS = FIELD.cell('2023-07-26', 'therapeutic_radiographer', 'due_to_work');

/** Both slips: one the rules see when the row is left, one the cell sees at once. */
async function figuresWithSlips(form) {
  await form.figures({
    [MORE_ABSENT_THAN_DUE]: { typed: '98' },
    [LETTERS]: { typed: 'thirty-seven', pattern: /whole number|number, like/i, atOnce: true },
  });
  const beside = await form.waitForFault(MORE_ABSENT_THAN_DUE, /98[^]*88|88[^]*98/);
  await form.onStep('more-absent-than-due');
  const links = await form.refused(FIGURES);
  assert.deepEqual(Object.keys(links), [MORE_ABSENT_THAN_DUE]);
  assert.ok(beside.includes(links[MORE_ABSENT_THAN_DUE]), 'the summary says what the cell says');
  await form.onStep('error-summary');
  await form.follow(links, MORE_ABSENT_THAN_DUE);
  await form.browser.replace('52');
  await form.hands.leave();
  await form.waitForNoFault(MORE_ABSENT_THAN_DUE);
  await form.totalsShown();
  await form.onStep('figures-mended');
}

async function journey(t, { name, collection, origin, late, typed, env }) {
  const page = await builtPage(collection, origin);
  t.after(page.close);
  const browser = await openBrowser(t, { journey: name, env });
  if (origin === 'file') await browser.session.online(false);
  await browser.open(page.url);
  const form = new ReturnPage(new Mouse(browser));
  const agreedAt = londonClock(30);

  await form.start(collection, typed);
  // Once the collection is chosen the page needs no network, wherever it came from.
  if (origin === 'http') await browser.session.online(false);
  await form.fromStartToFigures();
  await figuresWithSlips(form);
  await form.toDoneFromFigures({ late, agreedAt });

  const saved = await browser.download();
  assert.equal(saved.bytes.toString('utf8'), await form.fileText(), 'the text on the page is the file');
  const opinion = await assertAccepted(saved, { collection, late, agreedAt });
  assert.equal((await form.checkCode()).trim(), checkCode(opinion.return.preparer_kid));

  await form.hands.activate('button', WORDS.again);
  const again = await browser.download();
  assert.deepEqual(again.bytes, saved.bytes, 'saving again gives the same file, not another seal');
  await browser.assertQuiet();
}

const first = { collection: TEST_COLLECTION, late: false, typed: ORGANISATION.typed };
const second = { collection: SOR_2023_07, late: true, typed: 'rx1' };

browserTest('journey 1: in time, from a file on disk, with the network off', (t) => (
  journey(t, { name: 'journey-1', ...first, origin: 'file' })));

browserTest('journey 2: late with a reason, over plain http', (t) => (
  journey(t, { name: 'journey-2', ...second, origin: 'http' })));

browserTest('journey 1 over plain http, on a computer set to another time zone', (t) => (
  journey(t, { name: 'journey-1-http', ...first, origin: 'http', env: { TZ: 'Pacific/Auckland' } })));

browserTest('journey 2 from a file on disk, with the network off', (t) => (
  journey(t, { name: 'journey-2-file', ...second, origin: 'file' })));
