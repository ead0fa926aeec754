// Each of the five returns from its start to a file that the command line and a stranger take, with real key events.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRACTICE, builtPage, cli } from './built.mjs';
import { assertAnswers, complete } from './filler.mjs';
import { axe, browserTest, openBrowser } from './harness.mjs';
import { check } from './independent.mjs';
import { Mouse, ReturnPage, overflow } from './pages.mjs';
import { RETURNS } from './whole.mjs';

/** At the end of a step: a picture at two widths, axe at both, and nothing that scrolls sideways. */
function watched(browser) {
  return async (name) => {
    await browser.step(name);
    await browser.widen(320);
    await browser.photograph(`${name}-narrow`);
    assert.deepEqual(await browser.run(overflow), { window: 320, scrolls: false, over: [] }, `${name} at 320 pixels`);
    await axe(browser.session);
    await browser.widen(1000);
  };
}

/** Fills in one return, watched at every step, and seals it; answers the saved file. */
async function watchedToDone(t, name, origin) {
  const browser = await openBrowser(t, { journey: name.replaceAll(' ', '-'), width: 1000, whole: true });
  const page = await builtPage(PRACTICE, origin);
  t.after(page.close);
  await browser.open(page.url);
  const sealed = await complete(new ReturnPage(new Mouse(browser), { onStep: watched(browser) }), name);
  const saved = await browser.download();
  await browser.assertQuiet();
  return { ...saved, ...sealed };
}

/** The file holds what was typed, and the command line and the stranger take it. */
async function assertTaken({ name, bytes, template, organisation, answers, queries, agreedAt }) {
  assert.match(name, new RegExp(`^ia-return_practice_${template}_${organisation.code}_r1_\\d{8}-\\d{4}\\.json$`));
  const opinion = check(bytes);
  assert.equal(opinion.ok, true, `the independent check: ${opinion.fault}`);
  const content = opinion.return;
  assert.equal(content.template.id, template);
  assert.deepEqual(content.organisation, { code: organisation.code, name: organisation.name });
  assertAnswers(content.answers, answers);
  assert.deepEqual(content.explanations, queries);
  assert.equal(content.declared.signoff_at, agreedAt);
  assert.deepEqual(content.derived.findings.filter(({ severity }) => severity === 'error'), []);
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-template-'));
  try {
    const file = join(folder, name);
    await writeFile(file, bytes);
    const { status, stdout, stderr } = cli('verify', file, '--json');
    assert.equal(status, 0, `ia-returns verify: ${stdout}${stderr}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

for (const name of Object.keys(RETURNS)) {
  browserTest(`${name}: complete and sealed, from a file on disk`, async (t) => assertTaken(await watchedToDone(t, name, 'file')));
}

browserTest('learning: complete and sealed, over plain http', async (t) => assertTaken(await watchedToDone(t, 'learning', 'http')));
