// Nothing typed is lost: drafts kept in the browser, drafts in files, two tabs, and browsers that keep nothing.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SOR_2023_07, builtPage, cli } from './built.mjs';
import { axe, browserTest, openBrowser, until } from './harness.mjs';
import { FIELD, FIGURES, Mouse, ReturnPage, WORDS, londonClock } from './pages.mjs';

const DAY = '2023-07-25';
const CELL = FIELD.cell(DAY, 'diagnostic_radiographer', 'due_to_work');
const OTHER = FIELD.cell(DAY, 'therapeutic_radiographer', 'due_to_work');
const DRAFT = 'Workforce SitRep – Society of Radiographers, 25 to 27 July 2023 – Nottingham University Hospitals NHS Trust (RX1)';
const SAVED = /Draft saved on this computer at \d+:\d\d[ap]m/;

/** Longer than it takes until what was done is kept. */
const KEPT_MS = 2_000;

const quietly = { onStep: async () => {} };

async function opened(t, { origin = 'file', before, ...options }) {
  const page = await builtPage(SOR_2023_07, origin);
  t.after(page.close);
  const browser = await openBrowser(t, options);
  if (before) await browser.session.before(before);
  await browser.open(page.url);
  return { browser, form: new ReturnPage(new Mouse(browser), quietly) };
}

const saved = (browser) => browser.waitForText(SAVED, '.ia-keeping');

/** What the page warns of before it is left. */
const warns = (browser) => browser.run(() => {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
});

/** A picture at 320 pixels too, where nothing may stick out. */
async function narrow(browser, name) {
  const size = (width) => browser.session.devtools('Emulation.setDeviceMetricsOverride', {
    width, height: 900, deviceScaleFactor: 1, mobile: false,
  });
  await size(320);
  const { wide, shown } = await browser.run(() => ({ wide: document.documentElement.scrollWidth, shown: innerWidth }));
  await browser.step(`${name}-320`);
  assert.ok(wide <= shown, `${name}: ${wide} pixels in ${shown}`);
  await size(1000);
}

const upload = async (browser, file) => {
  const { element } = await browser.field('draft-file');
  await browser.session.upload(element, file);
};

async function withFile(text, use) {
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-draft-'));
  try {
    const file = join(folder, 'ia-draft_test.json');
    await writeFile(file, text);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The command line reads it as the draft that it is. */
const checked = (text) => withFile(text, (file) => {
  const { status, stdout, stderr } = cli('check', file, '--json');
  assert.equal(status, 1, `figures are missing, and that is all: ${stderr}`);
  return JSON.parse(stdout);
});

for (const origin of ['file', 'http']) {
  browserTest(`${origin}: a closed tab loses nothing, not even what could not be read`, async (t) => {
    const { browser, form } = await opened(t, { origin, journey: `drafts-${origin}` });
    await form.toFigures(SOR_2023_07);
    await browser.type(CELL, '88');
    await browser.waitForText(/Not saved yet/, '.ia-keeping');
    await browser.type(OTHER, '12x');
    await saved(browser);
    assert.equal(await warns(browser), false);
    await browser.step('saved');
    await narrow(browser, 'saved');

    const left = await browser.newTab();
    await browser.waitForText(/Open in another tab/);
    await browser.session.call('POST', '/window', { handle: left });
    await browser.session.call('DELETE', '/window');
    const [rest] = await browser.session.call('GET', '/window/handles');
    await browser.goToTab(rest);
    await until(async () => !/Open in another tab/.test(await browser.text()), 'the other tab gone');
    await browser.waitForText(/Workforce SitRep.*Nottingham University Hospitals NHS Trust \(RX1\)\s+Saved at/s);
    await browser.step('list');
    await narrow(browser, 'list');
    await browser.click('button', `Continue: ${DRAFT}`);
    await form.arrive(FIGURES);
    assert.equal(await browser.value(CELL), '88');
    assert.equal(await browser.value(OTHER), '12x');

    // Loaded again, the tab goes on where it was.
    await browser.type(CELL, '89');
    await saved(browser);
    await browser.open(browser.url);
    await form.arrive(FIGURES);
    assert.equal(await browser.value(CELL), '89');

    await browser.run(() => { location.hash = '#/start'; });
    await form.arrive('start');
    await browser.click('button', `Remove: ${DRAFT}`);
    await browser.waitForText(/It cannot be brought back/);
    assert.equal((await browser.focus()).id, 'removing');
    await browser.step('removing');
    await browser.click('button', 'Yes, remove it');
    await until(async () => !/Go on with a draft/.test(await browser.text()), 'an empty list');
    await browser.open(browser.url);
    await form.arrive('start');
    await sleep(500);
    assert.doesNotMatch(await browser.text(), /Go on with a draft/, 'gone for good');
  });

  browserTest(`${origin}: of two tabs with one draft one goes on, and neither overwrites the other`, async (t) => {
    const { browser, form } = await opened(t, { origin, journey: `two-tabs-${origin}` });
    await form.toFigures(SOR_2023_07);
    await browser.type(CELL, '88');
    await saved(browser);
    const one = await browser.newTab();
    const two = await browser.session.call('GET', '/window');
    await browser.waitForText(/Open in another tab, which stops/);
    await browser.goToTab(one);
    // Not saved yet when the other tab asks for it.
    await browser.type(OTHER, '36');
    await browser.goToTab(two);
    await browser.click('button', `Continue: ${DRAFT}`);
    await form.arrive(FIGURES);
    assert.equal(await browser.value(OTHER), '36', 'what the first tab still had was handed over');
    await browser.type(CELL, '90');
    await saved(browser);

    await browser.goToTab(one);
    await browser.waitForText(/This draft is open in another tab/);
    await browser.waitForText(/Everything you typed here is saved with it/);
    await browser.step('elsewhere');
    await narrow(browser, 'elsewhere');
    await browser.click('button', 'Go on here with what is saved');
    // The step has the address that it had, so what stands in the box says that it is here.
    const typed = () => browser.run((id) => document.getElementById(id)?.value, CELL);
    await until(async () => await typed() === '90', 'what the second tab typed');
    await browser.goToTab(two);
    await browser.waitForText(/This draft is open in another tab/);
  });
}

browserTest('a tab that hears nothing of the other does not overwrite it, and both drafts can be kept', async (t) => {
  const { browser, form } = await opened(t, {
    journey: 'two-deaf-tabs', origin: 'http', before: () => { delete globalThis.BroadcastChannel; },
  });
  await form.toFigures(SOR_2023_07);
  await browser.type(CELL, '88');
  await saved(browser);
  const one = await browser.newTab();
  const two = await browser.session.call('GET', '/window');
  await browser.click('button', `Continue: ${DRAFT}`);
  await form.arrive(FIGURES);
  await browser.type(CELL, '90');
  await saved(browser);
  await browser.goToTab(one);
  await browser.type(CELL, '77');
  await browser.waitForText(/What you typed here last is not saved with it: the other tab saved first/);
  assert.equal(await warns(browser), true);
  await browser.step('conflict');
  await browser.click('button', 'Keep both');
  await form.arrive(FIGURES);
  assert.equal(await browser.value(CELL), '77');
  await saved(browser);
  await browser.goToTab(two);
  await browser.open(browser.url);
  await form.arrive(FIGURES);
  assert.equal(await browser.value(CELL), '90');
  await browser.run(() => { location.hash = '#/start'; });
  await form.arrive('start');
  await until(() => browser.run(() => document.querySelectorAll('.ia-drafts > li').length === 2), 'two drafts');
});

browserTest('a browser that is killed loses less than two seconds of typing, and nothing that was called saved', async (t) => {
  const profile = await mkdtemp(join(tmpdir(), 'ia-returns-killed-'));
  t.after(() => rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  const { browser, form } = await opened(t, { journey: 'killed-before', profile });
  await form.toFigures(SOR_2023_07);
  const cells = await browser.run(() => [...document.querySelectorAll('input[id^="workforce.staffing.2023"]')].map(({ id }) => id));
  await browser.session.click((await browser.field(cells[0])).element);
  const typed = [];
  for (const [number, id] of cells.slice(0, 15).entries()) {
    if (number > 0) {
      await browser.press('Tab');
      await sleep(100);
      if (SAVED.test(await browser.text('.ia-keeping'))) typed.forEach((it) => { it.saved = true; });
    }
    await browser.keys(String(number + 10));
    typed.push({ id, text: String(number + 10), at: Date.now() });
  }
  await browser.session.kill();
  const killed = Date.now();
  assert.ok(typed.some((it) => it.saved), 'something was called saved meanwhile');

  const again = await opened(t, { journey: 'killed-after', profile });
  await again.browser.click('button', `Continue: ${DRAFT}`);
  await again.form.arrive(FIGURES);
  for (const { id, text, at, saved: wasSaved } of typed) {
    const value = await again.browser.value(id);
    if (value === text) continue;
    assert.ok(!wasSaved, `${id} was called saved`);
    assert.ok(killed - at < 2_000, `${id} was typed ${killed - at} ms before`);
  }
});

browserTest('storage blocked: the page says that nothing is kept, warns, and saves a draft file', async (t) => {
  const { browser, form } = await opened(t, {
    journey: 'drafts-blocked', origin: 'http', prefs: { 'profile.default_content_setting_values.cookies': 2 },
  });
  await form.toFigures(SOR_2023_07);
  await browser.waitForText(/This browser keeps nothing: save a draft file/, '.ia-keeping');
  await browser.type(CELL, '88');
  assert.equal(await warns(browser), true);
  await browser.step('nothing');
  await browser.click('button', WORDS.saveDraft);
  await checked((await browser.download()).bytes);
  await browser.waitForText(/Draft file saved at/, '.ia-keeping');
  assert.equal(await warns(browser), false);
});

const fullDatabase = {
  before: () => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function full(...args) {
      if (window.iaFull) throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, args);
    };
  },
  fill: () => { window.iaFull = true; },
  empty: () => { window.iaFull = false; },
};
/** Nothing here is pretended but that there is no database. */
const fullStorage = {
  before: () => { indexedDB.open = () => { throw new DOMException('no', 'InvalidStateError'); }; },
  fill: () => {
    for (let size = 1 << 22; size > 0; size = Math.floor(size / 2)) {
      try { localStorage.setItem('fill', (localStorage.getItem('fill') ?? '') + 'x'.repeat(size)); } catch { /* less, then */ }
    }
  },
  empty: () => localStorage.removeItem('fill'),
};

for (const [name, { before, fill, empty }] of Object.entries({ fullDatabase, fullStorage })) {
  browserTest(`${name}: the page says so and warns, and saves again once there is room`, async (t) => {
    const { browser, form } = await opened(t, { journey: name, origin: 'http', before });
    await form.toFigures(SOR_2023_07);
    await browser.type(CELL, '88');
    await saved(browser);
    await browser.run(fill);
    await browser.type(CELL, '99000');
    await browser.waitForText(/Not saved: this browser has no room left/, '.ia-keeping');
    assert.equal(await warns(browser), true);
    await browser.step('full');
    await browser.run(empty);
    await browser.type(OTHER, '36');
    await saved(browser);
    assert.equal(await warns(browser), false);
    await browser.open(browser.url);
    await form.arrive(FIGURES);
    assert.equal(await browser.value(CELL), '99000');
  });
}

browserTest('OFFICIAL-SENSITIVE: in this tab only survives loading again, and not closing the tab', async (t) => {
  const { browser, form } = await opened(t, { journey: 'drafts-sensitive', origin: 'http' });
  await form.start(SOR_2023_07, 'rx1', 'self_assessment');
  await browser.waitForText(/Where is your draft kept while you work/);
  await browser.step('asked');
  await narrow(browser, 'asked');
  const links = await form.refused('start');
  assert.deepEqual(links, { store: 'Select where your draft is kept' });
  await browser.step('not-said');
  await form.hands.choose('store', 'tab');
  await browser.click('button', WORDS.next);
  await form.arrive('tasks');
  await form.next(FIGURES);
  const first = await browser.run(() => {
    const { name, value } = document.querySelector('main input[type=radio]');
    return { name, value };
  });
  await form.hands.choose(first.name, first.value);
  await browser.waitForText(/Draft saved in this tab at .* It is lost when you close the tab/, '.ia-keeping');
  assert.equal(await warns(browser), true, 'closing would lose it');
  await browser.step('in-the-tab');
  await browser.open(browser.url);
  await form.arrive(FIGURES);
  assert.equal(await browser.run(({ name }) => document.querySelector(`input[name="${name}"]:checked`)?.value, first), first.value);
  const kept = await browser.run(async () => {
    const names = Object.keys(localStorage);
    const open = await new Promise((resolve) => { indexedDB.open('ia-returns').onsuccess = ({ target }) => resolve(target.result); });
    const all = await new Promise((resolve) => { open.transaction('drafts').objectStore('drafts').count().onsuccess = ({ target }) => resolve(target.result); });
    open.close();
    return { names, all };
  });
  assert.deepEqual(kept, { names: [], all: 0 }, 'nothing of it on this computer');
  const left = await browser.newTab();
  const here = await browser.session.call('GET', '/window');
  await browser.goToTab(left);
  await browser.session.call('DELETE', '/window');
  await browser.goToTab(here);
  await sleep(300);
  assert.doesNotMatch(await browser.text(), /Go on with a draft/);
});

browserTest('a return that was sealed is there when its tab was closed, with its file and a way to correct it', async (t) => {
  const { browser, form } = await opened(t, { journey: 'sealed-reopened' });
  await form.toDone(SOR_2023_07, { late: true, agreedAt: londonClock(30) });
  const { name, bytes } = await browser.download();
  const code = await form.checkCode();
  await browser.waitForText(/stays on this computer, marked as sealed/);
  await sleep(KEPT_MS);

  const left = await browser.newTab();
  const here = await browser.session.call('GET', '/window');
  await browser.goToTab(left);
  await browser.session.call('DELETE', '/window');
  await browser.goToTab(here);
  await browser.waitForText(new RegExp(`${DRAFT.replace(/[()]/g, '\\$&')}\\s+Sealed\\s+Saved at`));
  await until(async () => !/Open in another tab/.test(await browser.text()), 'the other tab gone');
  await browser.step('listed');
  await narrow(browser, 'listed');
  await browser.click('button', `Continue: ${DRAFT}`);
  await form.arrive('done');
  assert.equal(await browser.text('h1'), 'File sealed');
  assert.equal(await form.checkCode(), code, 'the code that was read out still stands');
  assert.equal(await form.fileText(), bytes.toString(), 'the same file, byte for byte');
  assert.equal(await warns(browser), false, 'nothing of it can be lost');
  await browser.step('opened');
  await browser.click('button', WORDS.again);
  await browser.waitForText(/Saved again at/);
  const again = await browser.download();
  assert.deepEqual([again.name, again.bytes], [name, bytes]);

  // Corrected, it is a draft again: the next version, with everything in its boxes.
  await browser.click('button', 'Correct this return');
  await form.arrive('tasks');
  await browser.run((step) => { location.hash = `#/${step}`; }, FIGURES);
  await form.arrive(FIGURES);
  assert.notEqual(await browser.value(CELL), '');
  await browser.step('corrected');
});

/** Has the page's clock go on when the test says so, and what is done every 15 seconds done then. */
const clockToTurn = () => {
  const Own = Date;
  const own = window.setInterval;
  let ahead = 0;
  const ticks = [];
  window.Date = class extends Own {
    constructor(...given) {
      if (given.length > 0) super(...given);
      else super(Own.now() + ahead);
    }

    static now() {
      return Own.now() + ahead;
    }
  };
  window.setInterval = (act, ms, ...more) => {
    if (ms === 15_000) ticks.push(act);
    return own(act, ms, ...more);
  };
  window.iaPass = (minutes) => {
    ahead += minutes * 60_000;
    for (const tick of ticks) tick();
  };
};

browserTest('ten minutes without a draft file: whoever would lose work with the tab is asked for one, and again', async (t) => {
  const { browser, form } = await opened(t, { journey: 'asked-for-file', origin: 'http', before: clockToTurn });
  await form.start(SOR_2023_07, 'rx1', 'self_assessment', { store: 'tab' });
  await form.next('tasks');
  await form.next(FIGURES);
  const [one, other] = await browser.run(() => [...document.querySelectorAll('main input[type=radio]')].slice(0, 2).map(({ name, value }) => ({ name, value })));
  await form.hands.choose(one.name, one.value);
  await browser.waitForText(/Draft saved in this tab/, '.ia-keeping');
  const asks = /Save a draft file now: what you typed would be lost with this tab/;
  const pass = (minutes) => browser.run((count) => window.iaPass(count), minutes);
  await pass(0);
  await pass(9);
  assert.doesNotMatch(await browser.text('.ia-keeping'), asks);
  await pass(1);
  await browser.waitForText(asks, '.ia-keeping');
  assert.match(await browser.run(() => document.querySelector('[data-region=announcement]').textContent), asks, 'it is read out');
  await browser.step('asked');
  await narrow(browser, 'asked');
  await browser.click('button', WORDS.saveDraft);
  await browser.waitForText(/Draft file saved at/, '.ia-keeping');
  assert.doesNotMatch(await browser.text('.ia-keeping'), asks);
  await pass(20);
  assert.doesNotMatch(await browser.text('.ia-keeping'), asks, 'nothing was typed since');
  await form.hands.choose(other.name, other.value);
  await pass(0);
  await pass(10);
  await browser.waitForText(asks, '.ia-keeping');
});

browserTest('a draft file goes from page to command line to another browser, and what does not fit is refused', async (t) => {
  const { browser, form } = await opened(t, { journey: 'draft-file', origin: 'http' });
  await form.toFigures(SOR_2023_07);
  await browser.type(CELL, '88');
  await form.hands.leave();
  await browser.click('button', WORDS.saveDraft);
  const { name, bytes } = await browser.download();
  assert.match(name, /^ia-draft_sor-2023-07_workforce_sitrep_RX1_r1_\d{8}-\d{4}\.json$/);
  await checked(bytes);
  await browser.step('file-saved');

  const other = await opened(t, { journey: 'draft-file-opened' });
  await other.form.arrive('start');
  await withFile(bytes, (file) => upload(other.browser, file));
  await other.form.arrive(FIGURES);
  assert.equal(await other.browser.value(CELL), '88');
  await saved(other.browser);
  await other.browser.step('opened');

  // Of an older version whose answers do not all fit, of an unknown collection, and no draft at all: nothing changes.
  const draft = bytes.toString();
  const { collection, template } = JSON.parse(draft).draft;
  const zero = '0'.repeat(64);
  const older = draft.replace(template.sha256, zero).replaceAll('"absent_ia"', '"on_strike"').replaceAll('"due_to_work"', '"due"');
  const unknown = draft.replace(collection.sha256, zero).replace('"sor-2023-07"', '"sor-2031-01"');
  await other.browser.run(() => { location.hash = '#/start'; });
  await other.form.arrive('start');
  for (const [what, text, says] of [
    ['older', older, /earlier version of the questions, and not all of its answers/],
    ['unknown', unknown, /does not have the collection or the return/],
    ['nothing', '{"a": 1}', /This file is no draft and no sealed return/],
    ['not-text', Buffer.from([0xff, 0xfe, 0x00]), /This draft cannot be read/],
  ]) {
    await withFile(text, (file) => upload(other.browser, file));
    await other.browser.waitForText(says);
    assert.equal((await other.browser.focus()).id, 'trouble');
    await other.browser.step(`refused-${what}`);
  }
  await other.browser.click('button', `Continue: ${DRAFT}`);
  await other.form.arrive(FIGURES);
  assert.equal(await other.browser.value(CELL), '88', 'what was there is still there');
});

browserTest('when the engine stops, the last draft can be saved as a file', async (t) => {
  const { browser, form } = await opened(t, { journey: 'engine-stopped' });
  await form.toFigures(SOR_2023_07);
  await browser.type(CELL, '88');
  await saved(browser);
  // What the engine asks for goes wrong while it asks: it stops halfway.
  await browser.run(() => { globalThis.iaReturns = { ask() { throw new Error('as if the engine had'); } }; });
  await browser.click('button', 'Continue');
  await browser.waitForText(/has stopped because of a fault in it.*open the draft there/);
  await browser.photograph('stopped');
  await axe(browser.session);
  await browser.session.click(await browser.session.run(() => document.querySelector('#notice button')));
  const { name, bytes } = await browser.download();
  assert.match(name, /^ia-draft_/);
  await checked(bytes);
});
