// The pictures of docs/user-guide.md: taken here from a whole return, so that the guide shows what the page is. Written to
// docs/images with IA_WRITE=1; else a test says when the guide names a picture that nobody takes, or one is not there.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRACTICE, builtPage } from './built.mjs';
import { ROOT, browserTest, openBrowser } from './harness.mjs';
import { FIELD, Mouse, ReturnPage, WORDS, londonClock } from './pages.mjs';

const IMAGES = join(ROOT, 'docs/images');
const GUIDE = join(ROOT, 'docs/user-guide.md');
const DATE = '2026-06-03';

/** Fewer colours make a small file; where there is no pngquant the picture is only larger. */
async function keep(name, png) {
  const { status, stdout } = spawnSync('pngquant', ['--strip', '--speed', '1', '64', '-'], { input: png, maxBuffer: 50_000_000 });
  await mkdir(IMAGES, { recursive: true });
  await writeFile(join(IMAGES, `${name}.png`), status === 0 ? stdout : png);
}

browserTest('the guide shows the page as it is', async (t) => {
  const page = await builtPage(PRACTICE, 'file');
  t.after(page.close);
  const browser = await openBrowser(t, { journey: 'guide', width: 1000 });
  await browser.open(page.url);
  const taken = [];
  /** The window as it is, from the element with this id or from the top. */
  const take = async (name, from) => {
    await browser.run((id) => {
      if (!id) window.scrollTo(0, 0);
      else document.getElementById(id).scrollIntoView({ block: 'center' });
    }, from ?? '');
    const png = await browser.session.screenshot();
    taken.push(`${name}.png`);
    if (process.env.IA_WRITE) await keep(name, png);
  };
  const form = new ReturnPage(new Mouse(browser), { onStep: async () => {} });
  await form.start(PRACTICE);
  await take('start', FIELD.organisation);
  await form.next('tasks');
  await take('parts');
  await form.next('before');
  await take('nil');
  await form.notNil();
  await form.next('section-1');
  const cell = (group, column) => FIELD.cell(DATE, group, column);
  const figures = { due_to_work: '88', absent_ia: '98', absent_other: '4' };
  for (const [column, figure] of Object.entries(figures)) await browser.type(cell('diagnostic_radiographer', column), figure);
  await browser.type(cell('therapeutic_radiographer', 'due_to_work'), '36');
  await form.waitForFault(cell('diagnostic_radiographer', 'absent_ia'), /98/);
  await take('mistake', cell('diagnostic_radiographer', 'absent_ia'));
  for (const date of [DATE, '2026-06-04', '2026-06-05']) {
    for (const [row, group] of ['diagnostic_radiographer', 'therapeutic_radiographer', 'sonographer', 'imaging_radiotherapy_support', 'other_in_scope'].entries()) {
      const due = 80 - 12 * row;
      await browser.type(FIELD.cell(date, group, 'due_to_work'), String(due));
      await browser.type(FIELD.cell(date, group, 'absent_ia'), String(Math.floor(due / 2)));
      await browser.type(FIELD.cell(date, group, 'absent_other'), row === 1 && date === DATE ? '11' : '1');
    }
  }
  await browser.press('Tab');
  await take('figures', cell('sonographer', 'due_to_work'));
  await form.next('check');
  const query = { rule: 'BQ04', row: { strike_date: DATE, staff_group: 'therapeutic_radiographer' }, text: 'Nine of the eleven were on a training day fixed before the action was called.' };
  await form.explainAll([query]);
  await take('query', FIELD.explanation(query));
  await form.next('declaration');
  await form.declare({ agreedAt: londonClock(30) });
  await take('declaration', 'declared.signoff_name');
  await form.next('seal');
  await take('seal');
  await browser.click('button', WORDS.seal);
  await form.arrive('done');
  await take('done');

  const guide = await readFile(GUIDE, 'utf8');
  const named = [...guide.matchAll(/\]\(images\/([\w-]+\.png)\)/g)].map(([, name]) => name);
  assert.deepEqual([...named].sort(), [...taken].sort(), 'the guide names each picture that is taken, once, and no other');
  const there = existsSync(IMAGES) ? await readdir(IMAGES) : [];
  assert.deepEqual([...there].sort(), [...taken].sort(), 'docs/images holds them: IA_WRITE=1 node --test tests/browser/guide.test.mjs');
});
