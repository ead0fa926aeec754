// A click straight from a field that says something on being left, held down as long as a hand does: the target may
// not move away under it.

import assert from 'node:assert/strict';
import { before } from 'node:test';
import { TEST_COLLECTION, builtPage, testBuild } from './built.mjs';
import { browserTest, openBrowser, until } from './harness.mjs';
import { ANSWERS, QUERY } from './figures.mjs';
import { FIELD, FIGURES, Mouse, ReturnPage, WORDS } from './pages.mjs';

before(testBuild, { timeout: 900_000 });

/** Shows the element, then holds the pointer down on it. */
async function point(browser, element) {
  await browser.run((shown) => shown.scrollIntoView({ block: 'center' }), element);
  await browser.session.point(element);
}

browserTest('a click that leaves a field is never lost', async (t) => {
  const page = await builtPage(TEST_COLLECTION, 'file');
  t.after(page.close);
  const browser = await openBrowser(t, { journey: 'pointer' });
  await browser.open(page.url);
  const form = new ReturnPage(new Mouse(browser), { onStep: async () => {} });
  const next = async () => point(browser, await browser.named('button', WORDS.next));

  await form.arrive('start');
  await form.hands.choose(FIELD.collection, TEST_COLLECTION.id);
  await browser.type(FIELD.organisation, 'rx1');
  // Leaving the box brings the returns onto the page, above the button that the pointer is on.
  await next();
  await until(async () => (await browser.focus()).id === 'error-summary', 'the summary has the focus');
  await form.hands.choose(FIELD.due, 'workforce_sitrep');
  await next();
  await form.arrive('tasks');
  await next();
  await form.arrive('before');

  await form.notNil();
  await form.next(FIGURES);
  await form.figures();
  await form.next('check');
  await browser.type(FIELD.explanation(QUERY), 'short');
  await next();
  await until(async () => (await browser.focus()).id === 'error-summary', 'the summary has the focus');
  await browser.type(FIELD.explanation(QUERY), ANSWERS.explanation);
  await next();
  await form.arrive('declaration');

  await browser.type('about.submitter_name', ANSWERS.submitter_name);
  await browser.type('declared.signoff_name', ANSWERS.submitter_name);
  const radio = await browser.run(() => document.querySelector('input[name="declared.signoff_role"][value="aeo"]').labels[0]);
  await point(browser, radio);
  await until(() => browser.run(() => document.querySelector('input[name="declared.signoff_role"][value="aeo"]').checked), 'the role chosen');
  assert.match(await browser.text(), /who also prepared them/);
});
