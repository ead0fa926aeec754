// What WCAG 2.2 AA asks for and a machine can tell beyond axe: the way of the Tab key through every step, forced colours,
// reduced motion. 320 pixels, which is 400% zoom on a window of 1280, is in templates.test.mjs.

import assert from 'node:assert/strict';
import { PRACTICE, builtPage } from './built.mjs';
import { complete } from './filler.mjs';
import { assertFocusShown, axe, browserTest, openBrowser } from './harness.mjs';
import { Mouse, ReturnPage } from './pages.mjs';

/** In the page: everything that the Tab key stops at, in the order of the document; answers how many and what is out of order. */
function stops() {
  // What lies in closed details has rectangles too.
  const seen = (element) => element.getClientRects().length > 0 && element.checkVisibility({ visibilityProperty: true });
  const candidates = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter((element) => !element.disabled && element.tabIndex >= 0 && seen(element));
  // Of radios of one name, the chosen one; of none chosen, the first.
  const groups = new Map();
  for (const radio of candidates.filter(({ type }) => type === 'radio')) {
    if (!groups.has(radio.name) || radio.checked) groups.set(radio.name, radio);
  }
  window.iaStops = candidates.filter((element) => element.type !== 'radio' || groups.get(element.name) === element);
  window.iaStops[0].focus();
  return { count: window.iaStops.length, ordered: candidates.filter(({ tabIndex }) => tabIndex > 0).map(({ outerHTML }) => outerHTML.slice(0, 100)) };
}

/** Goes through a step with Tab from its first stop to its last: each is the next one, and each is seen. */
async function walk(browser, name) {
  const { count, ordered } = await browser.run(stops);
  assert.deepEqual(ordered, [], `in ${name} nothing asks for another order than that of the document`);
  await browser.rest();
  for (let stop = 1; stop < count; stop += 1) {
    await browser.press('Tab');
    const focus = await browser.focus();
    const at = await browser.run(() => window.iaStops.indexOf(document.activeElement));
    assert.equal(at, stop, `stop ${stop} of ${count} in ${name} is the next in the document, not ${focus.tag} ${focus.id || focus.name}`);
    assertFocusShown(focus);
  }
}

/** Walks through one whole return; `onStep` looks at each step. */
async function through(t, journey, name, look, prepare = async () => {}) {
  const page = await builtPage(PRACTICE, 'file');
  t.after(page.close);
  const browser = await openBrowser(t, { journey, width: 1000 });
  await prepare(browser);
  await browser.open(page.url);
  const seen = [];
  const form = new ReturnPage(new Mouse(browser), {
    onStep: async (step) => {
      // A list that is open closes when the focus leaves it.
      if (step === 'organisations-offered') return;
      seen.push(step);
      await look(browser, step);
    },
  });
  await complete(form, name);
  assert.ok(seen.length >= 7, `steps: ${seen.join(', ')}`);
}

for (const name of ['learning', 'workforce_sitrep with nothing to report', 'readiness of a board']) {
  browserTest(`${name}: Tab goes through every step in the order of the document, and every stop is seen`, (t) => (
    through(t, `walk-${name.replaceAll(' ', '-')}`, name, walk)));
}

const media = (features) => (browser) => browser.session.devtools('Emulation.setEmulatedMedia', {
  features: Object.entries(features).map(([name, value]) => ({ name, value })),
});

browserTest('in forced colours every stop of the Tab key is seen, and axe finds nothing', (t) => (
  through(t, 'forced-colours', 'rescheduled_activity', async (browser, step) => {
    assert.ok(await browser.run(() => matchMedia('(forced-colors: active)').matches));
    await browser.photograph(step);
    await axe(browser.session);
    await walk(browser, step);
  }, media({ 'forced-colors': 'active' }))));

browserTest('where less motion is asked for nothing moves, and axe finds nothing', (t) => (
  through(t, 'less-motion', 'readiness', async (browser, step) => {
    assert.ok(await browser.run(() => matchMedia('(prefers-reduced-motion: reduce)').matches));
    const moving = await browser.run(() => document.getAnimations().filter((it) => it.playState === 'running')
      .map(({ effect }) => effect.target?.outerHTML.slice(0, 100)));
    assert.deepEqual(moving, [], step);
    const smooth = await browser.run(() => getComputedStyle(document.documentElement).scrollBehavior);
    assert.equal(smooth, 'auto');
    await axe(browser.session);
  }, media({ 'prefers-reduced-motion': 'reduce' }))));
