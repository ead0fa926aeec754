// A trust completes, checks, seals and saves a workforce return, and strangers' software takes the file.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { before } from 'node:test';
import { SOR_2023_07, TEST_COLLECTION, builtPage, testBuild, verify } from './built.mjs';
import { ANSWERS, ORGANISATION, QUERY, ROWS } from './figures.mjs';
import { browserTest, openBrowser } from './harness.mjs';
import { check, checkCode } from './independent.mjs';
import { FIELD, FIGURES, Mouse, ReturnPage, WORDS, londonClock } from './pages.mjs';

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

/** What was typed is what was sealed; nothing else was. */
function assertContent(content, { collection, late, agreedAt }) {
  assert.equal(content.format, 'ia-return/1');
  assert.equal(content.collection.id, collection.id);
  assert.match(content.collection.sha256, /^[0-9a-f]{64}$/);
  assert.equal(content.template.id, 'workforce_sitrep');
  assert.deepEqual(content.organisation, { code: ORGANISATION.code, name: ORGANISATION.name });
  assert.equal(content.revision, 1);
  assert.deepEqual(content.answers.workforce.staffing, ROWS);
  assert.deepEqual(content.explanations, [{ ...QUERY, text: ANSWERS.explanation }]);
  assert.ok(content.derived.findings.some(({ rule, row, severity }) => (
    rule === QUERY.rule && severity === 'query' && isDeepStrictEqual(row, QUERY.row))), 'the query is in the file');
  assert.deepEqual(content.derived.findings.filter(({ severity }) => severity === 'error'), []);
  const { submitter_name, submitter_role, submitter_email, late_reason } = content.answers.about;
  assert.deepEqual({ submitter_name, submitter_role, submitter_email }, {
    submitter_name: ANSWERS.submitter_name, submitter_role: ANSWERS.submitter_role, submitter_email: ANSWERS.submitter_email,
  });
  assert.equal(late_reason, late ? ANSWERS.late_reason : undefined);
  assert.deepEqual(content.declared, {
    signoff_name: ANSWERS.signoff_name, signoff_role: 'duty_director', signoff_how: 'by_phone', signoff_at: agreedAt,
  });
  assert.match(content.prepared_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[01]:00$/);
  assert.ok(Math.abs(Date.parse(content.prepared_at) - Date.now()) < 10 * 60_000, `prepared_at is now: ${content.prepared_at}`);
  assert.equal(content.engine.kind, 'wasm');
}

async function assertAccepted({ name, bytes }, wanted) {
  assert.match(name, new RegExp(`^ia-return_${wanted.collection.id}_workforce_sitrep_RX1_r1_\\d{8}-\\d{4}\\.json$`));
  const opinion = check(bytes);
  assert.equal(opinion.ok, true, `the independent check: ${opinion.fault}`);
  assertContent(opinion.return, wanted);
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-sealed-'));
  try {
    const file = join(folder, name);
    await writeFile(file, bytes);
    const { status, stdout, stderr } = await verify(file);
    assert.equal(status, 0, `ia-returns verify: ${stdout}${stderr}`);
    JSON.parse(stdout);
    // One figure changed by hand: both must refuse it, or their acceptance means nothing.
    const spoilt = Buffer.from(bytes.toString('utf8').replace(/("absent_ia":\s*)52/, '$153'));
    assert.notDeepEqual(spoilt, bytes);
    assert.equal(check(spoilt).ok, false);
    await writeFile(file, spoilt);
    assert.equal((await verify(file)).status, 3, 'a changed file is refused');
  } finally {
    await rm(folder, { recursive: true });
  }
  return opinion;
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
