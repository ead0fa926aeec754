// Every browser, from every place, with WebAssembly and without: the short way from start to a file that the command line
// takes, and nothing that the page's policy had to stop. What passed is held against the table of docs/support.md.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BROWSERS, missing } from '../browser/browsers.mjs';
import { TEST_COLLECTION, testBuild } from '../browser/built.mjs';
import { openBrowser, until } from '../browser/harness.mjs';
import { ORIGINS, place } from './origins.mjs';
import { Mouse, ReturnPage, londonClock } from '../browser/pages.mjs';
import { assertAccepted } from '../browser/sealed.mjs';
import { compare } from './support.mjs';

/** Names of browsers, between commas: those that are tried; all without it. */
const ONLY = process.env.IA_BROWSERS?.split(',');
const tried = Object.keys(BROWSERS).filter((browser) => !ONLY || ONLY.includes(browser));

const SLOWER = /does not allow WebAssembly. The page uses its slower engine/;

before(testBuild, { timeout: 900_000 });

const ran = {};

async function journey(t, browser, origin, wasm) {
  ran[browser] ??= { version: '', begun: 0, passed: [] };
  ran[browser].begun += 1;
  const page = await place(origin, await testBuild());
  t.after(page.close);
  const how = { browser, wasm, proxy: page.proxy };
  const opened = await openBrowser(t, { journey: `matrix-${browser}-${origin}-${wasm ? 'wasm' : 'no-wasm'}`, ...how });
  await opened.open(page.url);
  const form = new ReturnPage(new Mouse(opened), { onStep: async () => {} });
  await form.arrive('start');
  const has = await opened.run(() => ({ wasm: typeof WebAssembly === 'object', secure: window.isSecureContext }));
  assert.deepEqual(has, { wasm, secure: page.secure }, 'the browser is as this case wants it');
  assert.equal(SLOWER.test(await opened.text('header')), !wasm, 'which engine runs is said');
  const agreedAt = londonClock(30);
  await form.toDone(TEST_COLLECTION, { agreedAt });
  const kind = wasm ? 'wasm' : 'wasm2js';
  await assertAccepted(await opened.download(), { collection: TEST_COLLECTION, late: false, agreedAt, kind });
  await opened.assertQuiet();
  const strange = page.asked.filter((name) => !/\.(html|css|js)$/.test(name));
  assert.deepEqual(strange, [], 'nothing was asked for that a bare server has not');
  ran[browser].version = opened.session.version;
  ran[browser].passed.push(`${origin} ${wasm}`);
}

/** What a browser's policy stops is heard of here, or the silence above means nothing. */
async function complaint(t, browser) {
  const page = await place('file', await testBuild());
  t.after(page.close);
  const opened = await openBrowser(t, { journey: `matrix-${browser}-complains`, browser });
  await opened.open(page.url);
  await opened.waitForText(/Complete an industrial action return/);
  await opened.assertQuiet();
  await opened.run(() => document.querySelector('main').setAttribute('style', 'color: red'));
  await until(() => opened.assertQuiet().then(() => false, (failure) => /style-src/.test(failure.message)), 'a complaint');
}

for (const browser of tried) {
  const why = await missing(browser);
  const skip = why && !process.env.CI ? `SKIPPED: ${why}` : false;
  const tell = (name, fn) => test(`${BROWSERS[browser].title}, ${name}`, { skip, timeout: 300_000 }, (t) => {
    if (why) throw new Error(why);
    return fn(t);
  });
  tell('what the policy stops is heard of', (t) => complaint(t, browser));
  for (const origin of Object.keys(ORIGINS)) {
    for (const wasm of [true, false]) {
      tell(`${ORIGINS[origin]}, ${wasm ? 'with' : 'without'} WebAssembly`, (t) => journey(t, browser, origin, wasm));
    }
  }
}

// What was picked by name says nothing of the rest of its row.
const whole = ([, { begun }]) => begun === 2 * Object.keys(ORIGINS).length;

after(() => compare(Object.fromEntries(Object.entries(ran).filter(whole))));
