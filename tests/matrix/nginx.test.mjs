// nginx, really run with what docs/deployment.md says of it: its headers, its types, and a return that is completed behind it.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { INTRANET, missing } from '../browser/browsers.mjs';
import { TEST_COLLECTION, testBuild } from '../browser/built.mjs';
import { ROOT, openBrowser, until } from '../browser/harness.mjs';
import { Mouse, ReturnPage, londonClock } from '../browser/pages.mjs';
import { assertAccepted } from '../browser/sealed.mjs';

const PROGRAM = process.env.NGINX
  || ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx'].find((file) => existsSync(file));
const why = PROGRAM ? await missing('chromium') : 'nginx is not installed: on Debian or Ubuntu “sudo apt-get install nginx-light”, or set NGINX to its path';
const skip = why && !process.env.CI ? `SKIPPED: ${why}` : false;
const tell = (name, fn) => test(name, { skip, timeout: 300_000 }, (t) => {
  if (why) throw new Error(why);
  return fn(t);
});

before(testBuild, { timeout: 900_000 });

/** The block of the guide, as it stands there but for the folder. */
async function guide(folder) {
  const text = await readFile(join(ROOT, 'docs/deployment.md'), 'utf8');
  const [, block] = /```nginx\n([^]*?)```/.exec(text);
  assert.match(block, /alias \/srv\/ia-returns\/site\/;/);
  return block.replace('/srv/ia-returns/site/', `${folder}/`);
}

const freePort = () => new Promise((resolve, reject) => {
  const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** nginx with nothing but that; answers its address. */
async function served(t, built) {
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-nginx-'));
  const site = join(folder, 'site');
  await cp(join(built, 'site'), site, { recursive: true });
  await mkdir(join(folder, 'logs'));
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
  const types = ['/etc/nginx/mime.types', '/usr/local/etc/nginx/mime.types', '/opt/homebrew/etc/nginx/mime.types'].find((file) => existsSync(file));
  await writeFile(join(folder, 'nginx.conf'), `daemon off; pid ${folder}/pid; error_log ${folder}/logs/error.log; worker_processes 1;
    events {} http { include ${types}; access_log off; ${temporary}
    server { listen 127.0.0.1:${port}; server_name ${INTRANET}; ${await guide(site)} } }\n`);
  const args = ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', join(folder, 'logs/error.log')];
  // As root it would give its workers another user, who may not read this folder.
  if (process.getuid?.() === 0) args.push('-g', 'user root;');
  const tested = spawnSync(PROGRAM, ['-t', ...args], { encoding: 'utf8' });
  assert.equal(tested.status, 0, tested.stderr);
  const child = spawn(PROGRAM, args, { stdio: 'ignore' });
  t.after(async () => {
    child.kill('SIGQUIT');
    await new Promise((resolve) => child.once('exit', resolve));
    await rm(folder, { recursive: true });
  });
  const local = `http://127.0.0.1:${port}/ia-returns/`;
  await until(() => fetch(local).then(({ ok }) => ok, () => false), 'nginx');
  return { local, url: `http://${INTRANET}:${port}/ia-returns/`, names: await readdir(site) };
}

tell('every file has its type, its character set and the headers of the guide', async (t) => {
  const { local, names } = await served(t, await testBuild());
  const types = { html: 'text/html', css: 'text/css', js: /^(application|text)\/javascript/ };
  for (const name of [...names, '']) {
    const { status, headers } = await fetch(local + name);
    assert.equal(status, 200, name);
    const type = headers.get('content-type');
    const wanted = types[name.split('.').pop() || 'html'];
    assert.ok(wanted instanceof RegExp ? wanted.test(type) : type.startsWith(wanted), `${name}: ${type}`);
    assert.match(type, /charset=utf-8/, name);
    assert.deepEqual(['x-content-type-options', 'referrer-policy', 'cache-control'].map((header) => headers.get(header)),
      ['nosniff', 'no-referrer', 'no-cache'], name);
  }
  const { status, headers } = await fetch(`${local}nothing.html`);
  assert.deepEqual([status, headers.get('x-content-type-options')], [404, 'nosniff']);
  assert.equal((await fetch(`${local}../site/return.html`)).status, 404, 'nothing beside the folder');
});

for (const wasm of [true, false]) {
  tell(`a return is completed behind it, ${wasm ? 'with' : 'without'} WebAssembly`, async (t) => {
    const { url } = await served(t, await testBuild());
    const browser = await openBrowser(t, { journey: `nginx-${wasm ? 'wasm' : 'no-wasm'}`, wasm });
    await browser.open(url);
    await browser.click('button', 'Complete a return').catch(() => browser.click('link', 'Complete a return'));
    const agreedAt = londonClock(30);
    await new ReturnPage(new Mouse(browser), { onStep: async () => {} }).toDone(TEST_COLLECTION, { agreedAt });
    const kind = wasm ? 'wasm' : 'wasm2js';
    await assertAccepted(await browser.download(), { collection: TEST_COLLECTION, late: false, agreedAt, kind });
    await browser.assertQuiet();
  });
}
