// Journey 1 without a pointer, and on a narrow screen.

import assert from 'node:assert/strict';
import { before } from 'node:test';
import { TEST_COLLECTION, builtPage, testBuild } from './built.mjs';
import { browserTest, openBrowser } from './harness.mjs';
import { check } from './independent.mjs';
import { FIELD, FIGURES, Keyboard, Mouse, ReturnPage, londonClock, overflow } from './pages.mjs';

before(testBuild, { timeout: 900_000 });

async function opened(t, options) {
  const page = await builtPage(TEST_COLLECTION, 'file');
  t.after(page.close);
  const browser = await openBrowser(t, options);
  await browser.open(page.url);
  return browser;
}

browserTest('the whole journey with the keyboard alone: every stop is seen, and the focus is never lost', async (t) => {
  const browser = await opened(t, { journey: 'keyboard' });
  const form = new ReturnPage(new Keyboard(browser));
  const slip = FIELD.cell('2023-07-27', 'imaging_radiotherapy_support', 'absent_ia');
  await form.toFigures(TEST_COLLECTION);
  await form.figures({ [slip]: { typed: '7' } });
  const links = await form.refused(FIGURES);
  assert.deepEqual(Object.keys(links), [slip]);
  await form.follow(links, slip);
  await browser.replace('0');
  await form.hands.leave();
  await form.waitForNoFault(slip);
  await form.toDoneFromFigures({ agreedAt: londonClock(30) });
  const { bytes } = await browser.download();
  const opinion = check(bytes);
  assert.equal(opinion.ok, true, opinion.fault);
});

browserTest('Tab goes forward through the figures in reading order, and Shift+Tab back', async (t) => {
  const browser = await opened(t, { journey: 'keyboard-order' });
  const form = new ReturnPage(new Mouse(browser), { onStep: async () => {} });
  await form.toFigures(TEST_COLLECTION);
  const cells = await browser.run(() => [...document.querySelectorAll('input[id^="workforce.staffing."]')]
    .filter((input) => input.getClientRects().length > 0).map(({ id }) => id));
  assert.ok(cells.length >= 45, `15 rows of at least three figures: ${cells.length}`);
  const visited = [];
  await browser.tabUntil(({ id }) => { if (cells.includes(id)) visited.push(id); return id === cells.at(-1); }, 'the last cell', { limit: 200 });
  assert.deepEqual(visited, cells);
  const back = [];
  await browser.tabUntil(({ id }) => { if (cells.includes(id)) back.push(id); return id === cells[0]; }, 'the first cell', { limit: 200, back: true });
  assert.deepEqual(back, cells.slice(0, -1).reverse());
});

browserTest('at 320 pixels nothing scrolls sideways but tables in their own frame, and axe finds nothing', async (t) => {
  const browser = await opened(t, { journey: 'narrow', width: 320 });
  const form = new ReturnPage(new Mouse(browser), {
    onStep: async (name) => {
      await browser.step(name);
      assert.deepEqual({ name, ...await browser.run(overflow) }, { name, window: 320, scrolls: false, over: [] });
    },
  });
  await form.toDone(TEST_COLLECTION, { agreedAt: londonClock(30) });
  assert.equal(check((await browser.download()).bytes).ok, true);
});
