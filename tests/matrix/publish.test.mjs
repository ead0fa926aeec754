// A page that `ia-returns publish` made for a new collection, in every browser: it says what it is, a return is completed in it,
// and its file is verified. Of the page that it was made from it differs in its data and their list alone.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BROWSERS, missing } from '../browser/browsers.mjs';
import { TEST_COLLECTION, cli, testCollectionFile } from '../browser/built.mjs';
import { ROOT, axe, openBrowser, until } from '../browser/harness.mjs';
import { place } from './origins.mjs';
import { Mouse, ReturnPage, londonClock } from '../browser/pages.mjs';
import { assertAccepted } from '../browser/sealed.mjs';

const ONLY = process.env.IA_BROWSERS?.split(',');
const SOURCE = join(process.env.IA_PKG || join(ROOT, 'pkg'), 'return.html');
const ROWS = 'organisation_code,action,returns\nRX1,sor-2023-07-25,workforce_sitrep rescheduled_activity\n';

let folder;
let said;

/** Publishes into a file of the folder; answers what the command line says. */
async function publish(name, ...more) {
  return cli('publish', '--page', SOURCE, '--collection', await testCollectionFile(), '-o', join(folder, name), '--json', ...more);
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ia-returns-publish-'));
  await writeFile(join(folder, 'list.csv'), ROWS);
  const { status, stdout, stderr } = await publish('return.html', '--expected', join(folder, 'list.csv'));
  assert.equal(status, 0, `${stdout}${stderr}`);
  said = JSON.parse(stdout);
});

after(() => rm(folder, { recursive: true }));

const BLOCK = /^<script type="(?:application\/json|text\/plain)" data-block="([^"]+)" data-id="([^"]+)">.*<\/script>$/;

test('it differs from the page that it was made from in its data and their list alone', async () => {
  const [source, page] = await Promise.all([SOURCE, join(folder, 'return.html')].map((file) => readFile(file, 'utf8')));
  const rest = (text) => text.split('\n').filter((line) => !BLOCK.test(line)).join('\n');
  assert.equal(rest(page), rest(source));
  const blocks = (text) => text.split('\n').map((line) => BLOCK.exec(line)).filter(Boolean).map(([, kind, id]) => `${kind} ${id}`);
  assert.ok(blocks(source).includes('collection sor-2023-07'));
  assert.deepEqual(blocks(page).slice(0, 4), ['manifest manifest', `collection ${TEST_COLLECTION.id}`, 'collection practice',
    `expected ${TEST_COLLECTION.id}`]);
  assert.equal(createHash('sha256').update(page).digest('hex'), said.sha256);
});

test('a page is published from a page that was published, and is the same again', async () => {
  const { status, stderr } = await cli('publish', '--page', join(folder, 'return.html'), '--collection', await testCollectionFile(),
    '--expected', join(folder, 'list.csv'), '-o', join(folder, 'again.html'));
  assert.equal(status, 0, stderr);
  assert.ok((await readFile(join(folder, 'again.html'))).equals(await readFile(join(folder, 'return.html'))));
});

test('a page that was changed, of the folder or of another version is refused, and nothing is written', async () => {
  const source = await readFile(SOURCE, 'utf8');
  for (const [change, says] of [
    [(text) => text.replace('connect-src &#39;none&#39;', '').replace("script-src 'sha256-", "script-src 'sha256-A"), /damaged or was changed/],
    [(text) => text.replace('data-block="collection" data-id="practice">{"action":[', 'data-block="collection" data-id="practice">{"action":[ '),
      /its collection “practice” is not what its list says/],
    [(text) => text.replace(/"version":"[^"]*"\}<\/script>/, '"version":"0.0.1"}</script>'), /of version 0\.0\.1/],
    [() => readFile(join(SOURCE, '../site/return.html'), 'utf8'), /no page of ia-returns that is one file: it is the page of a folder/],
    [() => '<!doctype html>\n<p>Something else', /no page of ia-returns/],
  ]) {
    const spoilt = await change(source);
    assert.notEqual(spoilt, source);
    await writeFile(join(folder, 'spoilt.html'), spoilt);
    const { status, stderr } = cli('publish', '--page', join(folder, 'spoilt.html'), '--collection', await testCollectionFile(),
      '-o', join(folder, 'never.html'));
    assert.equal(status, 3, `${says}`);
    assert.match(stderr, says);
    await assert.rejects(readFile(join(folder, 'never.html')));
  }
});

const STARTED = /Complete an industrial action return/;

async function journey(t, browser) {
  const page = await place('file', folder);
  t.after(page.close);
  const opened = await openBrowser(t, { journey: `publish-${browser}`, browser });
  await opened.open(page.url);
  await opened.waitForText(STARTED);
  // “About this page” is opened as a person does.
  await opened.toggle('About this page');
  const shown = await opened.text('#about');
  assert.ok(shown.includes(said.check_code), `${shown} shows ${said.check_code}`);
  assert.ok(shown.includes(TEST_COLLECTION.title));
  assert.match(shown, /Version\s+0\.\d+\.\d+/);
  await axe(opened.session);
  const agreedAt = londonClock(30);
  await new ReturnPage(new Mouse(opened), { onStep: async () => {} }).toDone(TEST_COLLECTION, { agreedAt });
  await assertAccepted(await opened.download(), { collection: TEST_COLLECTION, late: false, agreedAt });
  await opened.assertQuiet();
}

/** A block that was changed after publishing stops the page before it is used. */
async function changed(t, browser) {
  const text = await readFile(join(folder, 'return.html'), 'utf8');
  const spoilt = text.replace(/(data-block="collection" data-id="practice">[^]*?"title":")/, '$1X');
  assert.notEqual(spoilt, text);
  const other = await mkdtemp(join(folder, 'changed-'));
  await writeFile(join(other, 'return.html'), spoilt);
  const page = await place('file', other);
  t.after(page.close);
  const opened = await openBrowser(t, { journey: `publish-changed-${browser}`, browser });
  await opened.open(page.url);
  await until(async () => /damaged or was changed, so it will not run/.test(await opened.text()), 'the notice');
  assert.doesNotMatch(await opened.text(), STARTED);
}

for (const browser of Object.keys(BROWSERS).filter((name) => !ONLY || ONLY.includes(name))) {
  const why = await missing(browser);
  const skip = why && !process.env.CI ? `SKIPPED: ${why}` : false;
  const tell = (name, fn) => test(`${BROWSERS[browser].title}, ${name}`, { skip, timeout: 300_000 }, (t) => {
    if (why) throw new Error(why);
    return fn(t, browser);
  });
  tell('a published page says what it is, and completes a return', journey);
  tell('a published page whose data were changed does not run', changed);
}
