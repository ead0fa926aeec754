// A table of figures filled in as a sheet: blocks from a spreadsheet by the real clipboard, and the keys between boxes.

import assert from 'node:assert/strict';
import { before } from 'node:test';
import { TEST_COLLECTION, builtPage, testBuild } from './built.mjs';
import { COLUMNS, DAYS, GROUPS } from './figures.mjs';
import { browserTest, openBrowser, until } from './harness.mjs';
import { check } from './independent.mjs';
import { FIELD, Mouse, ReturnPage, londonClock } from './pages.mjs';

before(testBuild, { timeout: 900_000 });

const FIRST = Object.keys(DAYS)[0];
const cell = (row, column, date = FIRST) => FIELD.cell(date, GROUPS[row], COLUMNS[column]);

async function figures(t, options, how = 'file') {
  const page = await builtPage(TEST_COLLECTION, how);
  t.after(page.close);
  const browser = await openBrowser(t, options);
  await browser.open(page.url);
  const form = new ReturnPage(new Mouse(browser), { onStep: async () => {} });
  await form.toFigures(TEST_COLLECTION);
  return { browser, form };
}

const enter = (browser, id) => browser.run((field) => document.getElementById(field).focus(), id);
const focusOn = (browser, id) => until(async () => (await browser.focus()).id === id, `the focus on ${id}`);

/** Every figure as a spreadsheet copies it, with headings; what a sheet shows instead of a figure where it is so. */
function block(shown = {}) {
  const rows = Object.values(DAYS).flatMap((groups) => groups.map((row, at) => [`Group ${at + 1} of staff`, ...row]));
  const lines = rows.map((row, at) => row.map((figure, column) => shown[`${at} ${column}`] ?? figure).join('\t'));
  return ['Staff group\tDue to start\tAbsent\tOther', ...lines, ''].join('\r\n');
}

for (const how of ['file', 'http']) {
  browserTest(`every figure is pasted at once from a spreadsheet, and the return is sealed (${how})`, async (t) => {
    const { browser, form } = await figures(t, { journey: `filling-${how}` }, how);
    await enter(browser, cell(0, 0));
    await browser.paste(block({ '1 2': '(21)', '0 1': ' 88 ', '2 3': ' -   ' }));
    await browser.waitForText(/Check the figures before they are filled in/);
    await focusOn(browser, 'heading');
    const text = await browser.text();
    assert.match(text, /44 figures can be filled in/);
    assert.match(text, /1 figure cannot be read and will not be filled in/);
    assert.match(text, /words were taken for headings/);
    assert.match(text, /\(21\)/);
    await browser.step('pasted');
    await browser.click('button', 'Fill in 44 figures');
    await focusOn(browser, 'filled');
    assert.match(await browser.text('#filled'), /44 figures filled in/);
    assert.equal(await browser.value(cell(1, 1)), '', 'what could not be read is left alone');
    assert.equal(await browser.value(cell(2, 2)), '0');
    await browser.step('filled');
    await browser.type(cell(1, 1), '21');
    await form.totalsShown();
    await form.toDoneFromFigures({ agreedAt: londonClock(30) });
    const opinion = check((await browser.download()).bytes);
    assert.equal(opinion.ok, true, opinion.fault);
  });
}

browserTest('a paste is cancelled or undone, and nothing is lost by it', async (t) => {
  const { browser } = await figures(t, { journey: 'filling-undo' });
  await browser.type(cell(0, 0), '80');
  await enter(browser, cell(0, 0));
  await browser.paste('88\t52\r\n36\t21\r\n');
  await browser.click('button', 'Cancel');
  await focusOn(browser, cell(0, 0));
  assert.equal(await browser.value(cell(0, 0)), '80');
  await browser.paste('88\t52\r\n36\t21\r\n');
  await browser.click('button', 'Fill in 4 figures');
  assert.equal(await browser.value(cell(0, 0)), '88');
  await browser.click('button', 'Take them out again');
  await focusOn(browser, 'filled');
  assert.equal(await browser.value(cell(0, 0)), '80');
  assert.equal(await browser.value(cell(1, 1)), '');
  await browser.step('undone');
});

browserTest('one cell is pasted as ever, and a table is copied out', async (t) => {
  const { browser } = await figures(t, { journey: 'filling-copy' });
  await enter(browser, cell(0, 0));
  await browser.paste('1,024\r\n');
  assert.equal(await browser.value(cell(0, 0)), '1,024');
  await browser.type(cell(0, 1), '52');
  await browser.click('button', 'Copy these figures');
  await browser.waitForText(/on the clipboard/);
  assert.equal((await browser.clipboard()).split('\n')[0], '1024\t52\t\t');
});

browserTest('arrows and Enter go from box to box, but never out of the middle of a figure', async (t) => {
  const { browser } = await figures(t, { journey: 'filling-keys' });
  await enter(browser, cell(0, 0));
  await browser.keys('88');
  await browser.press('ArrowLeft');
  await focusOn(browser, cell(0, 0));
  await browser.press('ArrowRight');
  await focusOn(browser, cell(0, 0));
  for (const [key, held, to] of [
    ['ArrowRight', [], cell(0, 1)],
    ['ArrowDown', [], cell(1, 1)],
    ['ArrowLeft', [], cell(1, 0)],
    ['Enter', [], cell(2, 0)],
    ['Enter', ['Shift'], cell(1, 0)],
    ['ArrowUp', [], cell(0, 0)],
  ]) {
    await browser.press(key, ...held);
    await focusOn(browser, to);
  }
  await browser.keys('90');
  assert.equal(await browser.value(cell(0, 0)), '90', 'what was there is selected, and typing replaces it');
  await browser.press('ArrowDown');
  await browser.press('d', 'Control');
  await until(async () => await browser.value(cell(1, 0)) === '90', 'the figure from above');
  await browser.press('ArrowUp');
  await browser.press('ArrowUp');
  await focusOn(browser, cell(0, 0));
});

browserTest('a pasted block is readable at 320 pixels', async (t) => {
  const { browser } = await figures(t, { journey: 'filling-narrow', width: 320 });
  await enter(browser, cell(0, 0));
  await browser.paste('88\tabc\r\n36\t21\r\n');
  await browser.waitForText(/Check the figures before they are filled in/);
  await browser.step('pasted');
  const scrolls = await browser.run(() => document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth);
  assert.equal(scrolls, false);
});
