// A thin W3C WebDriver client: one driver, one browser, nothing fetched.
//
// Plain HTTP instead of selenium-webdriver: the eight endpoints used here are W3C Recommendation, and that
// package asks for a newer Node than ours and carries browser downloaders for every platform.

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BROWSERS, programs } from './browsers.mjs';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'; // W3C WebDriver, section 12: web element identifier

/** Non-text keys, W3C WebDriver section 17.4.2. */
export const KEYS = {
  Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Escape: '\uE00C',
  Space: '\u0020', PageUp: '\uE00E', PageDown: '\uE00F', End: '\uE010', Home: '\uE011',
  ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Delete: '\uE017',
};

/** Polls `test` until it answers something true; its last answer or error goes into the failure. */
export async function until(test, what, { timeout = 10_000 } = {}) {
  const end = Date.now() + timeout;
  let last;
  for (;;) {
    try {
      last = await test();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      const seen = last instanceof Error ? last.message : JSON.stringify(last);
      throw new Error(`waited ${timeout} ms for ${what}; last seen: ${seen}`);
    }
    await sleep(40);
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function request(base, method, path, body) {
  const answer = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(120_000),
  });
  const { value } = await answer.json();
  if (!answer.ok) {
    const error = new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    error.kind = value.error;
    throw error;
  }
  return value;
}

function start(program, args, env) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  child.log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { child.log += chunk; });
  child.failed = new Promise((_, reject) => {
    child.once('error', (error) => reject(new Error(`${program} did not start: ${error.message}`)));
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}: ${child.log}`)));
  });
  child.failed.catch(() => {});
  return child;
}

/**
 * Starts a driver and a browser with a fresh profile and download folder.
 *
 * `browser` is one of `browsers.mjs`, `wasm` whether it allows WebAssembly. `prefs` are added to the profile, `env` to the
 * environment (`TZ` sets the browser's time zone), `args` to the command line; `proxy` is asked for every http address.
 * A `profile` that is given is used as it is and left there, for the next browser (Chromium).
 */
export async function launch({ browser = 'chromium', wasm = true, prefs = {}, env = {}, args = [], proxy, profile } = {}) {
  const found = await programs(browser);
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-browser-'));
  const downloads = join(folder, 'downloads');
  await mkdir(downloads);
  const port = await freePort();
  const how = await BROWSERS[browser].start({ ...found, port, folder, downloads, wasm, prefs, args, proxy, profile });
  const driver = start(how.program, how.args, { ...how.env, ...env });
  const root = `http://127.0.0.1:${port}`;
  const stop = async () => {
    // Its own process group, so that nothing this test did not start is ended.
    try { process.kill(-driver.pid, 'SIGKILL'); } catch { /* it has ended already */ }
    how.stop?.();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    const ready = until(async () => (await request(root, 'GET', '/status')).ready, 'the driver');
    await Promise.race([ready, driver.failed]);
    const alwaysMatch = { ...how.capabilities, acceptInsecureCerts: true };
    const { sessionId, capabilities } = await request(root, 'POST', '/session', { capabilities: { alwaysMatch } });
    return new Session(`${root}/session/${sessionId}`, { browser, version: capabilities.browserVersion || how.version, downloads, stop });
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${driver.log.slice(-2_000)}`);
  }
}

/** One browser. */
export class Session {
  constructor(base, about) {
    Object.assign(this, { base, ...about });
  }

  /** Whether the browser has what only Chromium's driver offers: its logs, and script before the page's own. */
  get hasDevtools() {
    return this.browser === 'chromium';
  }

  call(method, path, body) {
    return request(this.base, method, path, body);
  }

  open(url) {
    return this.call('POST', '/url', { url });
  }

  /** Runs `fn` (a function of the page, given `args`) and gives back what it returns; promises are awaited. */
  run(fn, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${fn}).apply(null, Array.prototype.slice.call(arguments, 0, -1)))
        .then((value) => done({ value: value === undefined ? null : value }), (error) => done({ error: String(error && error.stack || error) }));`;
    return this.call('POST', '/execute/async', { script, args }).then((answer) => {
      if (answer.error) throw new Error(`in the page: ${answer.error}`);
      return answer.value;
    });
  }

  /** Runs a text of script at the top of the page (used for libraries). */
  inject(script) {
    return this.call('POST', '/execute/sync', { script, args: [] });
  }

  /** A Chrome DevTools Protocol command. */
  devtools(cmd, params = {}) {
    return this.call('POST', '/goog/cdp/execute', { cmd, params });
  }

  /** Script that runs in every new document before the page's own. */
  before(fn, ...args) {
    const source = `(${fn}).apply(null, ${JSON.stringify(args)})`;
    return this.devtools('Page.addScriptToEvaluateOnNewDocument', { source });
  }

  /** Entries of a log since it was last asked for. */
  log(type) {
    return this.call('POST', '/se/log', { type });
  }


  /** The name that assistive technology reads for an element. */
  name(element) {
    return this.call('GET', `/element/${element[ELEMENT]}/computedlabel`);
  }

  role(element) {
    return this.call('GET', `/element/${element[ELEMENT]}/computedrole`);
  }

  /** Chooses a file in a file input. */
  upload(element, file) {
    return this.call('POST', `/element/${element[ELEMENT]}/value`, { text: file });
  }

  async click(element) {
    // WebKit's driver does not bring into view what lies below the window, and then finds it not interactable.
    if (this.browser === 'webkit') await this.run((it) => it.scrollIntoView({ block: 'center' }), element);
    const click = () => this.call('POST', `/element/${element[ELEMENT]}/click`, {});
    return click().catch(async (failure) => {
      // It lies below the bar that stays in sight: a person scrolls.
      if (failure.kind !== 'element click intercepted') throw failure;
      await this.run((it) => it.scrollIntoView({ block: 'center' }), element);
      return click();
    });
  }

  /** Gives a file input the path of a file, as choosing it in the browser's own window would. */
  choose(element, path) {
    return this.call('POST', `/element/${element[ELEMENT]}/value`, { text: path });
  }

  /** A mouse: moved over an element, held down for `pause` ms at that place, and lifted. */
  point(element, pause = 150) {
    const actions = [
      { type: 'pointerMove', origin: element, x: 0, y: 0 }, { type: 'pointerDown', button: 0 },
      { type: 'pause', duration: pause }, { type: 'pointerUp', button: 0 },
    ];
    return this.call('POST', '/actions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  /** Key events, one down and one up for each key of `keys`; those in `held` stay down throughout. */
  keys(keys, held = []) {
    const down = (value) => ({ type: 'keyDown', value });
    const up = (value) => ({ type: 'keyUp', value });
    const actions = [
      ...held.map(down), ...keys.flatMap((key) => [down(key), up(key)]), ...held.map(up),
    ];
    return this.call('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  screenshot() {
    return this.call('GET', '/screenshot').then((base64) => Buffer.from(base64, 'base64'));
  }

  /** A picture of the whole page, beyond the window too (Chromium). */
  picture() {
    return this.devtools('Page.captureScreenshot', { captureBeyondViewport: true }).then(({ data }) => Buffer.from(data, 'base64'));
  }

  /** The page as it prints on A4, as a PDF. */
  print() {
    const page = { width: 21, height: 29.7 };
    return this.call('POST', '/print', { page, shrinkToFit: false }).then((base64) => Buffer.from(base64, 'base64'));
  }

  /** Network on or off, for everything the page does from now on. */
  online(on) {
    const rate = on ? -1 : 0;
    return this.call('POST', '/chromium/network_conditions', {
      network_conditions: { offline: !on, latency: 0, download_throughput: rate, upload_throughput: rate },
    });
  }

  /** Ends the browser at once, as a power cut or an administrator does. */
  async kill() {
    this.isKilled = true;
    await this.stop();
  }

  async close() {
    try {
      await this.call('DELETE', '');
    } finally {
      await this.stop();
    }
  }
}
