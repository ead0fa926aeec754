// How fast the page is ready and how fast it answers a key, against the same fields written by hand (DESIGN.md 8).
//
// `cargo xtask bench` runs it. Times are ratios within one run: both pages are measured in turn, in one browser.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { ROOT, openBrowser, serve, until } from '../../tests/browser/harness.mjs';
import { Mouse, ReturnPage } from '../../tests/browser/pages.mjs';
import { COLUMNS, SIZES, cellId, dates, groups, write } from './data.mjs';
import { handWritten } from './hand-written.mjs';

const FOLDER = join(ROOT, 'target/bench-page');
const LOADS = Number(process.env.IA_LOADS ?? 15);
const KEYS = 60;
const FIGURES = 'section-1';

/** Builds the pages that are measured, and the one written by hand beside them. */
async function build() {
  const args = await write(join(FOLDER, 'data'));
  if (!process.env.IA_BENCH_BUILT) {
    const xtask = ['run', '-q', '-p', 'xtask', '--', 'build', ...args, '--into', FOLDER];
    await promisify(execFile)('cargo', xtask, { cwd: ROOT, timeout: 900_000 });
  }
  const style = await readFile(join(FOLDER, 'site/style.css'), 'utf8');
  for (const fields of Object.keys(SIZES)) {
    await writeFile(join(FOLDER, `hand-${fields}.html`), handWritten(fields, style));
    await writeFile(join(FOLDER, `site/hand-${fields}.html`), handWritten(fields, style));
  }
  if (!existsSync(join(FOLDER, 'return.html'))) throw new Error('the pages were not built');
}

// In the page.

/** Before the page's own script: notes when the first field can be typed in and what is wrong with it is said, and how long keys take. */
function watch(first) {
  const ready = () => {
    const input = document.getElementById(first);
    if (!input) return false;
    const before = input.value;
    const type = (text) => {
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      input.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    };
    type('x');
    const live = input.getAttribute('aria-invalid') === 'true';
    type(before === 'x' ? '' : before);
    return live;
  };
  const look = () => {
    if (!ready()) return void setTimeout(look);
    // What was drawn is laid out, too.
    document.body.getBoundingClientRect();
    window.iaReady = performance.now();
  };
  setTimeout(look);
  let began;
  window.iaKeys = { handled: [], shown: [] };
  window.addEventListener('keydown', () => { began = performance.now(); }, true);
  window.addEventListener('input', () => {
    // Correct is what a person can see: the page's own listeners have run, and the text is laid out.
    const handled = performance.now();
    document.body.getBoundingClientRect();
    window.iaKeys.handled.push([handled - began, performance.now() - began]);
  });
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) window.iaKeys.shown.push([name, startTime, duration]);
  }).observe({ type: 'event', durationThreshold: 16 });
}

const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
const p95 = (numbers) => [...numbers].sort((one, other) => one - other)[Math.ceil(numbers.length * 0.95) - 1];

class Measured {
  constructor(browser, url, fields, isOurs) {
    Object.assign(this, { browser, url, fields, isOurs });
  }

  /** Once: our page needs to be told which return it is. It keeps the draft, so that loading it again shows the figures. */
  async begin() {
    const { browser, fields } = this;
    if (!this.isOurs) return;
    await browser.open(this.url);
    // Drafts of the size before are listed a moment after the start is drawn.
    await new Promise((listed) => { setTimeout(listed, 1_000); });
    const form = new ReturnPage(new Mouse(browser), { onStep: async () => {} });
    await form.start({ id: `bench-${fields}` }, 'rx1', '');
    await form.fromStartToFigures();
    await browser.type(this.cell(0, 0, 0), '7');
    await browser.press('Tab');
    await browser.waitForText(/Draft saved/);
    this.url = await browser.run(() => location.href);
  }

  cell(date, group, column) {
    const { dates: days, groups: staff } = SIZES[this.fields];
    return cellId(dates(days)[date], groups(staff)[group], COLUMNS[column]);
  }

  /** One navigation: milliseconds until the first field can be used and is checked. */
  async load() {
    const { browser } = this;
    await browser.session.open('about:blank');
    await browser.session.open(this.url);
    return until(() => browser.run(() => window.iaReady), 'the first field', { timeout: 120_000 });
  }

  /** Types two-figure numbers into one cell after another; milliseconds for each key that typed. */
  async type(count) {
    const { browser } = this;
    await browser.run(() => { window.iaKeys.handled.length = 0; window.iaKeys.shown.length = 0; });
    await browser.session.click((await browser.field(this.cell(0, 0, 0))).element);
    for (let typed = 0; typed < count; typed += 1) {
      await browser.keys('27');
      await browser.press('Tab');
    }
    await new Promise((done) => { setTimeout(done, 500); });
    return browser.run(() => window.iaKeys);
  }
}

const words = (number) => number.toFixed(2);

async function main() {
  await build();
  const closing = [];
  const t = { after: (fn) => closing.unshift(fn) };
  const browser = await openBrowser(t, { journey: 'bench', width: 1000 });
  const server = await serve(join(FOLDER, 'site'));
  const slow = (rate) => browser.session.devtools('Emulation.setCPUThrottlingRate', { rate });
  const missed = [];
  const hold = (what, found, most) => {
    if (found > most) missed.push(`${what}: ${words(found)}, may be ${words(most)}`);
  };
  try {
    for (const fields of Object.keys(SIZES)) {
      for (const [place, base, ours] of [['file', pathToFileURL(`${FOLDER}/`).href, 'return.html'], ['http', server.address, 'return.html']]) {
        if (fields === '2000' && place === 'http') continue;
        await slow(1);
        const first = new Measured(browser, `${base}${ours}`, fields, true);
        const floor = new Measured(browser, `${base}hand-${fields}.html`, fields, false);
        await first.begin();
        const { identifier } = await browser.session.before(watch, first.cell(0, 0, 0));
        for (const rate of [1, 4]) {
          await slow(rate);
          const [own, hand] = [[], []];
          for (let load = 0; load < LOADS; load += 1) {
            own.push(await first.load());
            hand.push(await floor.load());
          }
          const ratio = median(own) / median(hand);
          console.log(`${fields} fields, ${place}, ${rate}×: first field after ${words(median(own))} ms, by hand ${words(median(hand))} ms, ratio ${words(ratio)}`);
          if (fields === '400') hold(`load, ${place}, ${rate}×`, ratio, 2);
          if (place === 'http') continue;
          await floor.load();
          const floorKeys = await floor.type(KEYS);
          await first.load();
          const ownKeys = await first.type(KEYS);
          const [handled, laid] = [0, 1].map((at) => [ownKeys, floorKeys].map((keys) => p95(keys.handled.map((key) => key[at]))));
          const longest = (keys) => Math.max(0, ...keys.shown.map(([, , duration]) => duration));
          console.log(`${fields} fields, ${rate}×: a key p95 ${words(laid[0])} ms, by hand ${words(laid[1])} ms, ratio ${words(laid[0] / laid[1])} (without layout ${words(handled[0])} and ${words(handled[1])} ms); longest to the screen ${longest(ownKeys)} ms, by hand ${longest(floorKeys)} ms`);
          if (fields === '400') hold(`key, ${rate}×`, laid[0] / laid[1], 1.5);
          else hold(`longest key, ${rate}×`, longest(ownKeys), 100);
        }
        await browser.session.devtools('Page.removeScriptToEvaluateOnNewDocument', { identifier });
      }
    }
  } finally {
    await server.close();
    for (const close of closing) await close();
  }
  if (missed.length > 0) {
    console.error(`missed:\n  ${missed.join('\n  ')}`);
    process.exitCode = 1;
  }
}

await main();
