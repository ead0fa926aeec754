// Each of the five returns from its start to a file that the command line and a stranger take, with real key events.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRACTICE, builtPage, cli } from './built.mjs';
import { assertAnswers, fill } from './filler.mjs';
import { axe, browserTest, openBrowser } from './harness.mjs';
import { check } from './independent.mjs';
import { FIELD, Mouse, ReturnPage, londonClock, overflow } from './pages.mjs';
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

/** Fills in one return and seals it; answers the saved file. */
async function complete(t, name, origin) {
  const { template = name, only = false, organisation, sensitive = false, steps, answers, queries = [] } = RETURNS[name];
  const page = await builtPage(PRACTICE, origin);
  t.after(page.close);
  const browser = await openBrowser(t, { journey: name.replaceAll(' ', '-'), width: 1000, whole: true });
  await browser.open(page.url);
  const form = new ReturnPage(new Mouse(browser), { onStep: watched(browser) });
  const { about, ...sections } = answers;

  await form.start(PRACTICE, organisation.typed, only ? '' : template, { name: organisation.name, store: sensitive && 'computer' });
  const numbered = Object.keys(sections).map((_, place) => `section-${place + 1}`);
  // Where nothing is asked before the sections, there is no such step.
  for (const [place, step] of [...(about ? ['before'] : []), ...steps ?? numbered].entries()) {
    await form.next(step);
    const section = Object.keys(answers)[place];
    if (place === 0) await form.onStep(`${step}-empty`);
    await fill(form, section, answers[section]);
    await form.onStep(step);
  }
  await form.next('check');
  await form.onStep('check');
  await form.explainAll(queries);
  await form.next('declaration');
  const agreedAt = londonClock(30);
  await form.declare({ agreedAt });
  await form.next('seal');
  await form.seal();
  const saved = await browser.download();
  await browser.assertQuiet();
  return { ...saved, template, organisation, answers, queries, agreedAt };
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
  browserTest(`${name}: complete and sealed, from a file on disk`, async (t) => assertTaken(await complete(t, name, 'file')));
}

browserTest('learning: complete and sealed, over plain http', async (t) => assertTaken(await complete(t, 'learning', 'http')));
