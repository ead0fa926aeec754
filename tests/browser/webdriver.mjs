// A thin W3C WebDriver client: one chromedriver, one headless Chromium, nothing fetched.
//
// Plain HTTP instead of selenium-webdriver: the eight endpoints used here are W3C Recommendation, and that
// package asks for a newer Node than ours and carries browser downloaders for every platform.

import { spawn } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'; // W3C WebDriver, section 12: web element identifier

/** Non-text keys, W3C WebDriver section 17.4.2. */
export const KEYS = {
  Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Escape: '\uE00C',
  Space: '\u0020', PageUp: '\uE00E', PageDown: '\uE00F', End: '\uE010', Home: '\uE011',
  ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Delete: '\uE017',
};

/** Browser and driver: CHROMIUM and CHROMEDRIVER, else the names Debian gives them. */
const PROGRAMS = { CHROMIUM: process.env.CHROMIUM || 'chromium', CHROMEDRIVER: process.env.CHROMEDRIVER || 'chromedriver' };

async function place(variable) {
  const program = PROGRAMS[variable];
  const folders = program.includes('/') ? [''] : (process.env.PATH || '').split(delimiter);
  for (const folder of folders) {
    const file = folder ? join(folder, program) : program;
    const found = await access(file, constants.X_OK).then(() => true, () => false);
    if (found) return file;
  }
  throw new Error(`no program “${program}”: install Chromium and its driver, or set ${variable} to where it is`);
}

/** Why browser tests cannot run on this computer; undefined when they can. */
export async function missing() {
  try {
    await Promise.all(Object.keys(PROGRAMS).map(place));
    return undefined;
  } catch (error) {
    return error.message;
  }
}

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
 * `prefs` are added to the profile, `env` to the environment (`TZ` sets the browser's time zone), `args` to the command
 * line. A `profile` that is given is used as it is and left there, for the next browser.
 */
export async function launch({ prefs = {}, env = {}, args = [], profile } = {}) {
  const [chromium, chromedriver] = await Promise.all(['CHROMIUM', 'CHROMEDRIVER'].map(place));
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-browser-'));
  const downloads = join(folder, 'downloads');
  await mkdir(downloads);
  const port = await freePort();
  const driver = start(chromedriver, [`--port=${port}`], env);
  const root = `http://127.0.0.1:${port}`;
  const stop = async () => {
    // Its own process group, so that nothing this test did not start is ended.
    try { process.kill(-driver.pid, 'SIGKILL'); } catch { /* it has ended already */ }
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    const ready = until(async () => (await request(root, 'GET', '/status')).ready, 'chromedriver');
    await Promise.race([ready, driver.failed]);
    const { sessionId } = await request(root, 'POST', '/session', { capabilities: { alwaysMatch: {
      browserName: 'chrome',
      'goog:loggingPrefs': { browser: 'ALL', performance: 'ALL' },
      'goog:chromeOptions': {
        binary: chromium,
        args: [
          '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
          '--disable-background-networking', '--disable-component-update', '--disable-sync',
          '--window-size=1280,1000', '--host-resolver-rules=MAP intranet.test 127.0.0.1',
          `--user-data-dir=${profile ?? join(folder, 'profile')}`, ...args,
        ],
        prefs: { 'download.default_directory': downloads, 'download.prompt_for_download': false, ...prefs },
        perfLoggingPrefs: { enableNetwork: true, enablePage: false },
      },
    } } });
    return new Session(`${root}/session/${sessionId}`, downloads, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One browser. */
export class Session {
  constructor(base, downloads, stop) {
    Object.assign(this, { base, downloads, stop });
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

  click(element) {
    return this.call('POST', `/element/${element[ELEMENT]}/click`, {});
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
