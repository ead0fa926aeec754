// What every browser test stands on: a page under test, watched for anything it should not do.

import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findField, findNamed, focusState, listen, markAtRest, reads } from './in-page.mjs';
import { missing as missingBrowser } from './browsers.mjs';
import { KEYS, launch, until } from './webdriver.mjs';

export { KEYS, until };

/** Top of the repository. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SCREENSHOTS = fileURLToPath(new URL('screenshots/', import.meta.url));

/** Why there is no browser; nothing where there is one. */
export const NO_BROWSER = await missingBrowser('chromium');

/**
 * A test that needs a browser, and what else is `missing` in words. Without them it fails where CI is set, and says loudly that
 * it was skipped elsewhere.
 */
export function browserTest(name, fn, missing = NO_BROWSER) {
  const skip = missing && !process.env.CI ? `SKIPPED: ${missing}` : false;
  return test(name, { skip, timeout: 300_000 }, (t) => {
    if (missing) throw new Error(missing);
    return fn(t);
  });
}

// What an IIS without extra MIME maps serves of our kinds; everything else is its 404.3.
const SERVED = {
  '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.txt': 'text/plain', '.svg': 'image/svg+xml',
};

/** Serves a folder at `http://intranet.test:PORT/`, as a locked-down web server would, with `headers` of its own; close() ends it. */
export async function serve(folder, headers = {}) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname).replace(/\/$/, '/index.html');
    const file = normalize(join(folder, path));
    const type = SERVED[extname(file)];
    const refuse = () => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404</h1>');
    if (!type || !file.startsWith(normalize(folder + sep))) return refuse();
    const stream = createReadStream(file);
    stream.once('error', refuse);
    stream.once('open', () => {
      response.writeHead(200, { 'content-type': type, 'x-content-type-options': 'nosniff', ...headers });
      stream.pipe(response);
    });
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    address: `http://intranet.test:${server.address().port}/`,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  };
}

/** Where a page is opened from: `{ url, close }` for a single file on disk… */
export const fromDisk = (file) => ({ url: pathToFileURL(file).href, close: async () => {} });
/** …or for a folder served over plain http under a name that is not localhost. */
export async function overHttp(folder, headers) {
  const { address, close } = await serve(folder, headers);
  return { url: `${address}return.html`, close };
}

const axeSource = () => readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Asserts that axe finds nothing wrong, in the state the page is in.
 *
 * WCAG 2.2 A and AA, and `target-size`, which axe leaves off unless it is named.
 */
export async function axe(session) {
  if (!(await session.run(() => Boolean(window.axe)))) await session.inject(await axeSource());
  const found = await session.run(() => window.axe.run(document, {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
  }).then((results) => ({
    passes: results.passes.length,
    violations: results.violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => (
      `${id}: ${help}\n    ${html}\n    ${failureSummary.replace(/\n/g, '\n    ')}`))),
  })));
  assert.ok(found.passes > 5, `axe looked at the page (${found.passes} rules passed)`);
  assert.deepEqual(found.violations, [], `axe found:\n  ${found.violations.join('\n  ')}`);
}

/**
 * Opens a browser for the test `t` and closes it afterwards.
 *
 * `journey` names the folder of its screenshots, of the `whole` page or of the window; `width` in CSS pixels; the rest goes to `launch`.
 */
export async function openBrowser(t, { journey, width, whole = false, ...how }) {
  const session = await launch(how);
  const folder = join(SCREENSHOTS, journey);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  if (session.hasDevtools) await session.before(listen);
  const browser = new Browser(session, folder, whole);
  if (width) await browser.widen(width);
  t.after(async () => {
    try {
      await browser.photograph('at-the-end');
    } catch { /* the browser may be what failed */ }
    await session.close().catch((failure) => {
      // A test may have killed it.
      if (!session.isKilled) throw failure;
    });
  });
  return browser;
}

/** A person at a browser: real keys and clicks going in, what is on the screen coming out. */
export class Browser {
  #shots = 0;

  #requests = [];

  constructor(session, folder, whole = false) {
    this.session = session;
    this.folder = folder;
    this.whole = whole;
  }

  async open(url) {
    this.url = url;
    await this.session.open(url);
  }

  /** Makes the window this many CSS pixels wide. */
  async widen(width) {
    await this.session.devtools('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: false });
  }

  run(fn, ...args) {
    return this.session.run(fn, ...args);
  }

  /** The element a sighted person would call `name`: its label, aria-label or text. */
  async named(role, name) {
    return until(() => this.run(findNamed, role, name), `a ${role} named “${name}”`);
  }

  /** A field by its id (the id is part of the return format), with the name assistive technology gives it. */
  async field(id) {
    const element = await until(() => this.run(findField, id), `the field ${id}`);
    const name = await this.session.name(element);
    assert.ok(name.trim(), `the field ${id} has an accessible name`);
    return { element, name };
  }

  async click(role, name) {
    await this.session.click(await this.named(role, name));
  }

  /** Clicks into a field, replaces what it holds by key events, and gives back its accessible name. */
  async type(id, text) {
    const { element, name } = await this.field(id);
    await this.session.click(element);
    await this.replace(text);
    return name;
  }

  /** Chooses a file in the file input with this id. */
  async choose(id, path) {
    const { element } = await this.field(id);
    await this.session.choose(element, path);
  }

  /** Opens or closes what a summary of these words holds, with the keyboard. */
  async toggle(words) {
    await until(() => this.run((text) => {
      const found = [...document.querySelectorAll('summary')].filter((summary) => summary.innerText.trim() === text);
      found[0]?.focus();
      return found.length === 1;
    }, words), `one summary “${words}”`);
    await this.press('Enter');
  }

  /** Replaces the content of the field that has the focus. */
  async replace(text) {
    await this.session.keys(['a'], [KEYS.Control]);
    await this.session.keys([KEYS.Backspace, ...text]);
  }

  /** Types into whatever has the focus. */
  keys(text) {
    return this.session.keys([...text]);
  }

  press(key, ...held) {
    return this.session.keys([KEYS[key] ?? key], held.map((name) => KEYS[name]));
  }

  /** Puts `text` on the clipboard from another tab and pastes it over what the focused field holds. */
  async paste(text) {
    const { session } = this;
    const here = await session.call('GET', '/window');
    const { handle } = await session.call('POST', '/window/new', { type: 'tab' });
    await session.call('POST', '/window', { handle });
    await session.run((value) => {
      const area = document.body.appendChild(document.createElement('textarea'));
      area.value = value;
      area.select();
    }, text);
    await session.keys(['c'], [KEYS.Control]);
    await session.call('DELETE', '/window');
    await session.call('POST', '/window', { handle: here });
    await session.keys(['a'], [KEYS.Control]);
    await session.keys(['v'], [KEYS.Control]);
  }

  /** Opens the page in another tab and goes there; answers the tab that was left. */
  async newTab() {
    const { session } = this;
    const left = await session.call('GET', '/window');
    const { handle } = await session.call('POST', '/window/new', { type: 'tab' });
    await this.goToTab(handle);
    await session.before(listen);
    await this.open(this.url);
    return left;
  }

  goToTab(handle) {
    return this.session.call('POST', '/window', { handle });
  }

  /** What is on the clipboard, read by pasting it into another tab. */
  async clipboard() {
    const { session } = this;
    const here = await session.call('GET', '/window');
    const { handle } = await session.call('POST', '/window/new', { type: 'tab' });
    await session.call('POST', '/window', { handle });
    await session.run(() => document.body.appendChild(document.createElement('textarea')).focus());
    await session.keys(['v'], [KEYS.Control]);
    const text = await session.run(() => document.querySelector('textarea').value);
    await session.call('DELETE', '/window');
    await session.call('POST', '/window', { handle: here });
    return text;
  }

  value(id) {
    return this.run((field) => document.getElementById(field).value, id);
  }

  /** All the text a person can see, or that of one place. */
  text(css = 'main') {
    return this.run(reads, css);
  }

  async waitForText(pattern, css = 'main') {
    await until(async () => pattern.test(await this.text(css)), `${pattern} in ${css}`);
  }

  /** What has the focus, and whether a person could see that it has. */
  focus() {
    return this.run(focusState);
  }

  /** Remembers how everything looks without the focus, so that focus() can tell a ring from a border. */
  rest() {
    return this.run(markAtRest);
  }

  /** Presses Tab until `there(focus)`; each stop must be visible, in the window and not the body. */
  async tabUntil(there, what, { limit = 120, back = false } = {}) {
    const seen = [];
    for (let stop = 0; stop < limit; stop += 1) {
      await this.press('Tab', ...(back ? ['Shift'] : []));
      const focus = await this.focus();
      seen.push(focus.id || focus.name || focus.tag);
      assert.notEqual(focus.tag, 'body', `focus is on something; stops: ${seen.join(' · ')}`);
      assertFocusShown(focus);
      if (there(focus)) return focus;
    }
    throw new Error(`${what} was not reached with ${limit} Tabs; stops: ${seen.join(' · ')}`);
  }

  tabTo(id) {
    return this.tabUntil((focus) => focus.id === id, `the field ${id}`);
  }

  tabToNamed(name) {
    return this.tabUntil((focus) => focus.name === name, `“${name}”`);
  }

  async photograph(name) {
    this.#shots += 1;
    const file = join(this.folder, `${String(this.#shots).padStart(2, '0')}-${name}.png`);
    await writeFile(file, await (this.whole ? this.session.picture() : this.session.screenshot()));
  }

  /** The end of a step: a picture, axe, and nothing the page should not have done. */
  async step(name) {
    await this.photograph(name);
    await axe(this.session);
    await this.assertQuiet();
  }

  /** No policy violation, no uncaught error, nothing on the console, no request beyond the page's own origin. */
  async assertQuiet() {
    const { csp, errors } = await this.run(() => window.iaSeen);
    assert.deepEqual(csp, [], 'Content-Security-Policy violations');
    assert.deepEqual(errors, [], 'uncaught errors');
    const loaded = await this.run(() => performance.getEntriesByType('resource').map(({ name }) => name));
    this.#requests.push(...loaded);
    if (this.session.hasDevtools) await this.#assertQuietLogs();
    const own = this.url.startsWith('file:') ? this.url.split('#')[0] : new URL('/', this.url).href;
    const strange = this.#requests.filter((url) => !url.startsWith(own) && !/^(data|blob|about|chrome):/.test(url));
    assert.deepEqual(strange, [], 'requests to somewhere else');
  }

  async #assertQuietLogs() {
    // Chromium remarks on every file saved from a page that came over plain http; it saves it all the same.
    const remark = /^http:.*The file at 'blob:.*was loaded over an insecure connection/;
    const console = (await this.session.log('browser'))
      .filter(({ message }) => !remark.test(message))
      .filter(({ level, source, message }) => level === 'SEVERE' || source === 'security' || /Content Security Policy/.test(message));
    assert.deepEqual(console, [], 'console');
    for (const { message } of await this.session.log('performance')) {
      const { method, params } = JSON.parse(message).message;
      if (method === 'Network.requestWillBeSent') this.#requests.push(params.request.url);
    }
  }

  /** Waits for the only file in the download folder, takes it out, and gives its name and bytes. */
  async download() {
    const folder = this.session.downloads;
    const name = await until(async () => {
      const names = await readdir(folder);
      return names.length === 1 && !/\.(crdownload|part|tmp|wkdownload)$/.test(names[0]) && !names[0].startsWith('.') && names[0];
    }, 'one saved file');
    const place = join(folder, name);
    const bytes = await readFile(place);
    await rm(place);
    return { name, bytes };
  }

  /** Names of files saved so far. */
  saved() {
    return readdir(this.session.downloads);
  }
}

/** A stop of the Tab key must be seen: an outline or shadow that is not there at rest, inside the window, uncovered. */
export function assertFocusShown(focus) {
  const where = `${focus.tag} ${focus.id || focus.name}`;
  assert.ok(focus.ring, `focus shows on ${where}: ${JSON.stringify(focus.style)}`);
  assert.ok(focus.inWindow, `${where} is inside the window when it has the focus: ${JSON.stringify(focus.box)}`);
  assert.ok(focus.uncovered, `${where} is not covered when it has the focus, but ${focus.over} lies over it`);
}
