// The places that a page is opened from. Each hands out the built page with one thing before its policy: a script that
// keeps what the browser complains of, which not every browser's driver would tell.

import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { INTRANET } from '../browser/browsers.mjs';
import { listen } from '../browser/in-page.mjs';

export const ORIGINS = {
  file: 'from disk, one file',
  http: 'http, not localhost',
  https: 'https, self-signed',
  bare: 'http, 404 to .wasm',
};

const POLICY = '<meta http-equiv="Content-Security-Policy"';

/** The page, watched from before its policy begins. */
function watched(html) {
  if (html.split(POLICY).length !== 2) throw new Error('the page has not one policy');
  return html.replace(POLICY, () => `<script>(${listen})()</script>${POLICY}`);
}

/** What every web server knows; a bare one answers 404 to everything else, as an IIS does that nobody has told of more. */
const KNOWN = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };

/** Serves a folder; `asked` are the names that were asked for. */
async function serve(folder, { bare = false, tls } = {}) {
  const asked = [];
  const answer = async (request, response) => {
    // A browser that takes this for its proxy asks with the whole address.
    const name = basename(decodeURIComponent(new URL(request.url, 'http://x').pathname));
    asked.push(name);
    const type = KNOWN[extname(name)] ?? (bare ? undefined : 'application/octet-stream');
    const bytes = type && await readFile(join(folder, name)).catch(() => undefined);
    if (!bytes) return response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404</h1>');
    response.writeHead(200, { 'content-type': type, 'x-content-type-options': 'nosniff' });
    return response.end(name.endsWith('.html') ? watched(String(bytes)) : bytes);
  };
  const server = tls ? createSecureServer(tls, answer) : createServer(answer);
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    asked,
    port: server.address().port,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  };
}

/** A key and a certificate that nobody has signed but itself. */
async function selfSigned(folder) {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  const { status, stderr, error } = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
    '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert]);
  if (status !== 0) throw new Error(`openssl could not make a certificate: ${error ?? stderr}`);
  return { key: await readFile(key), cert: await readFile(cert) };
}

/**
 * The page of a built folder (its `return.html` and `site/`), from one of ORIGINS.
 *
 * Answers `{ url, proxy, secure, asked, close }`: `proxy` for a browser that cannot be told where the host is, `secure`
 * whether the browser must take the page for a secure context, `asked` what was asked of the server.
 */
export async function place(origin, built) {
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-origin-'));
  const clean = () => rm(folder, { recursive: true, force: true });
  if (origin === 'file') {
    const file = join(folder, 'return.html');
    await writeFile(file, watched(await readFile(join(built, 'return.html'), 'utf8')));
    return { url: pathToFileURL(file).href, secure: true, asked: [], close: clean };
  }
  await cp(join(built, 'site'), folder, { recursive: true });
  // Something to refuse, or not.
  await writeFile(join(folder, 'probe.wasm'), '\0asm');
  const tls = origin === 'https' ? await selfSigned(folder) : undefined;
  const { port, asked, close } = await serve(folder, { bare: origin === 'bare', tls });
  const address = tls ? `https://localhost:${port}` : `http://${INTRANET}:${port}`;
  if (!tls) {
    const { status } = await fetch(`http://127.0.0.1:${port}/probe.wasm`);
    if (status !== (origin === 'bare' ? 404 : 200)) throw new Error(`the server answers ${status} to .wasm`);
    asked.splice(0);
  }
  return {
    url: `${address}/return.html`,
    proxy: tls ? undefined : `127.0.0.1:${port}`,
    secure: Boolean(tls),
    asked,
    close: async () => { await close(); await clean(); },
  };
}
