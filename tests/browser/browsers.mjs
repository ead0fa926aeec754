// The browsers that the pages are tried in: which programs they are, how each is started, and what is peculiar to it.

import { spawn, spawnSync } from 'node:child_process';
import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The name of a host that is not localhost; each browser is told where it is. */
export const INTRANET = 'intranet.test';

/** WebKitGTK's small browser lies in no folder of the path; what Debian, Fedora and Arch call its place. */
const MINI_BROWSERS = [
  ...['x86_64-linux-gnu/webkit2gtk-4.1', 'aarch64-linux-gnu/webkit2gtk-4.1'].map((folder) => `/usr/lib/${folder}/MiniBrowser`),
  '/usr/libexec/webkit2gtk-4.1/MiniBrowser', '/usr/lib/webkit2gtk-4.1/MiniBrowser',
];

export const BROWSERS = {
  chromium: {
    title: 'Chromium',
    programs: { CHROMIUM: ['chromium'], CHROMEDRIVER: ['chromedriver'] },
    install: 'install Chromium and its driver, or set CHROMIUM and CHROMEDRIVER to where they are',
    async start({ CHROMIUM, CHROMEDRIVER, port, folder, downloads, wasm, prefs, args, profile }) {
      return {
        program: CHROMEDRIVER,
        args: [`--port=${port}`],
        capabilities: {
          browserName: 'chrome',
          'goog:loggingPrefs': { browser: 'ALL', performance: 'ALL' },
          'goog:chromeOptions': {
            binary: CHROMIUM,
            args: [
              '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
              '--disable-background-networking', '--disable-component-update', '--disable-sync',
              '--window-size=1280,1000', `--host-resolver-rules=MAP ${INTRANET} 127.0.0.1`,
              // As a policy against compiling scripts does.
              ...(wasm ? [] : ['--js-flags=--jitless']),
              `--user-data-dir=${profile ?? join(folder, 'profile')}`, ...args,
            ],
            prefs: { 'download.default_directory': downloads, 'download.prompt_for_download': false, ...prefs },
            perfLoggingPrefs: { enableNetwork: true, enablePage: false },
          },
        },
      };
    },
  },

  firefox: {
    title: 'Firefox ESR',
    programs: { FIREFOX: ['firefox-esr', 'firefox'], GECKODRIVER: ['geckodriver'] },
    install: 'install Firefox ESR (Debian: “apt-get install firefox-esr”) and “cargo install geckodriver”, or set FIREFOX and '
      + 'GECKODRIVER to where they are',
    async start({ FIREFOX, GECKODRIVER, port, folder, downloads, wasm, prefs }) {
      const home = join(folder, 'home');
      await mkdir(home);
      return {
        program: GECKODRIVER,
        args: ['--port', String(port), '--websocket-port', '0', '--profile-root', folder, '-b', FIREFOX],
        env: { HOME: home, MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
        capabilities: {
          browserName: 'firefox',
          'moz:firefoxOptions': {
            binary: FIREFOX,
            args: ['-headless', '--width=1280', '--height=1000'],
            prefs: {
              // The driver loosens this, and a page from disk could then do what it cannot anywhere else.
              'security.fileuri.strict_origin_policy': true,
              'network.dns.localDomains': INTRANET,
              'javascript.options.wasm': wasm,
              'browser.download.folderList': 2,
              'browser.download.dir': downloads,
              'browser.download.useDownloadDir': true,
              'browser.download.alwaysOpenPanel': false,
              'browser.helperApps.neverAsk.saveToDisk': 'application/json',
              ...prefs,
            },
          },
        },
      };
    },
  },

  webkit: {
    title: 'WebKitGTK',
    programs: { MINIBROWSER: MINI_BROWSERS, WEBKITDRIVER: ['WebKitWebDriver'], XVFB: ['Xvfb'] },
    install: 'install WebKitGTK, its driver and a screen for it (Debian: “apt-get install webkit2gtk-driver xvfb”), or set '
      + 'MINIBROWSER, WEBKITDRIVER and XVFB to where they are',
    async start({ MINIBROWSER, WEBKITDRIVER, XVFB, port, folder, downloads, wasm, proxy }) {
      const home = join(folder, 'home');
      await mkdir(join(home, '.config'), { recursive: true });
      await writeFile(join(home, '.config/user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
      const { display, stop } = await screen(XVFB);
      return {
        program: WEBKITDRIVER,
        args: [`--port=${port}`],
        stop,
        version: versionOf(MINIBROWSER, display),
        env: {
          DISPLAY: display, HOME: home, XDG_DOWNLOAD_DIR: downloads,
          WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', WEBKIT_DISABLE_DMABUF_RENDERER: '1', LIBGL_ALWAYS_SOFTWARE: '1',
          ...(wasm ? {} : { JSC_useWasm: '0', JSC_useJIT: '0' }),
        },
        capabilities: {
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': { binary: MINIBROWSER, args: ['--automation'] },
          // It cannot be told where a name leads to, but to ask the server itself for it.
          ...(proxy ? { proxy: { proxyType: 'manual', httpProxy: proxy } } : {}),
        },
      };
    },
  },
};

/** The driver does not tell it, and the browser tells it on a screen only. */
function versionOf(program, display) {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', env: { ...process.env, DISPLAY: display }, timeout: 10_000 });
  return /\d+\.\d+\.\d+/.exec(stdout ?? '')?.[0] ?? '';
}

async function screen(program) {
  const child = spawn(program, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true });
  const number = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
    child.stdio[3].once('data', (text) => resolve(String(text).trim()));
  });
  child.removeAllListeners('exit');
  return { display: `:${number}`, stop: () => { try { process.kill(-child.pid, 'SIGKILL'); } catch { /* it has ended already */ } } };
}

const isProgram = (file) => access(file, constants.X_OK).then(() => true, () => false);

/** Where a program is: as the environment says, else by its usual names. */
async function place(variable, usual) {
  const names = process.env[variable] ? [process.env[variable]] : usual;
  for (const name of names) {
    const folders = name.includes('/') ? [''] : (process.env.PATH || '').split(delimiter);
    for (const folder of folders) {
      const file = folder ? join(folder, name) : name;
      if (await isProgram(file)) return file;
    }
  }
  return undefined;
}

/** The programs of a browser by the names of their variables; throws with what to install when one is not there. */
export async function programs(browser) {
  const { programs: wanted, install } = BROWSERS[browser];
  const found = {};
  for (const [variable, usual] of Object.entries(wanted)) {
    found[variable] = await place(variable, usual);
    if (!found[variable]) throw new Error(`no program “${process.env[variable] ?? usual[0]}”: ${install}`);
  }
  return found;
}

/** Why a browser cannot be used on this computer; undefined when it can. */
export const missing = (browser) => programs(browser).then(() => undefined, (error) => error.message);
