// What is printed is complete: every question and every answer, the marking on every page, the check code.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRACTICE, builtPage } from './built.mjs';
import { complete } from './filler.mjs';
import { NO_BROWSER, browserTest, openBrowser } from './harness.mjs';
import { FIELD, Mouse, ReturnPage } from './pages.mjs';
import { RETURNS } from './whole.mjs';

const NO_READER = spawnSync('pdftotext', ['-v']).error
  && 'what is printed was not read: there is no pdftotext; on Debian or Ubuntu “sudo apt-get install poppler-utils”';

/** The pages of a PDF, each as its text without any space: where a line breaks is the printer's business. */
function pages(pdf) {
  const text = execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', '-', '-'], { input: pdf, maxBuffer: 50_000_000 }).toString('utf8');
  return text.split('\f').map((page) => page.replace(/\s+/g, '')).filter(Boolean);
}

/** In the page: every piece of text that a person reads on paper, whole: headings, questions, answers, cells, sentences. */
function pieces() {
  const seen = (element) => element.getClientRects().length > 0 && !element.closest('.nhsuk-u-visually-hidden, .ia-keys, details:not([open])');
  const leaves = 'main h1, main h2, main h3, main h4, main dt, main dd, main th, main td, main blockquote, main li, main dd p, .nhsuk-panel, #check-code';
  return [...document.querySelectorAll(leaves)].filter(seen).flatMap((element) => {
    const copy = element.cloneNode(true);
    // What only a screen can use, what a screen reader alone is told, what repeats a heading that paper has anyway, and what
    // is a piece of its own.
    for (const other of copy.querySelectorAll('button, a[data-action], .nhsuk-u-visually-hidden, .ia-figures__label, input, textarea, ul, p')) other.remove();
    return copy.textContent.replace(/\s+/g, '') || [];
  });
}

/** Prints the step and compares: nothing that can be read on the screen is missing, and every page is marked. */
async function assertPrinted(browser, name, marking) {
  const pdf = await browser.session.print();
  await writeFile(join(browser.folder, `${name}.pdf`), pdf);
  const printed = pages(pdf);
  const all = printed.join('');
  const missing = (await browser.run(pieces)).filter((text) => !all.includes(text));
  // A piece can be cut in two by the head of the next page.
  const head = new RegExp(`${marking}(Practice:thesefiguresgonowhere)?`, 'g');
  const torn = missing.filter((text) => !all.replace(head, '').includes(text));
  assert.deepEqual(torn, [], `missing on paper in ${name}`);
  for (const [place, page] of printed.entries()) assert.ok(page.includes(marking), `page ${place + 1} of ${printed.length} of ${name} says ${marking}`);
  return all;
}

for (const name of Object.keys(RETURNS)) {
  browserTest(`${name}: what is printed before and after sealing is complete`, async (t) => {
    const page = await builtPage(PRACTICE, 'file');
    t.after(page.close);
    const browser = await openBrowser(t, { journey: `print-${name.replaceAll(' ', '-')}`, width: 1000 });
    await browser.open(page.url);
    const marking = RETURNS[name].sensitive ? 'OFFICIAL-SENSITIVE' : 'OFFICIAL';
    const form = new ReturnPage(new Mouse(browser), {
      onStep: async (step) => { if (step === 'check' || step === 'explained') await assertPrinted(browser, step, marking); },
    });
    const { agreedAt, queries } = await complete(form, name);
    const paper = await assertPrinted(browser, 'done', marking);
    const bare = (text) => text.replace(/\s+/g, '');
    assert.ok(paper.includes(bare(await browser.text(`#${FIELD.checkCode}`))), 'the check code');
    for (const { text } of queries) assert.ok(paper.includes(bare(text)), text);
    for (const id of ['Information team', 'Director on call', 'By phone']) assert.ok(paper.includes(bare(id)), `${id}, at ${agreedAt}`);
  }, NO_BROWSER || NO_READER);
}
