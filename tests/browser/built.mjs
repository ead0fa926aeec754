// What the tests run against: the built pages, a test collection that is open now, and the command line.

import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { ANSWERS, ORGANISATION, QUERY, ROWS } from './figures.mjs';
import { ROOT, fromDisk, overHttp, until } from './harness.mjs';
import { canonical } from './independent.mjs';

export const TEST_COLLECTION = { id: 'test-now', title: 'Test collection that is open now' };
/** The round in which a second person has to sign. */
export const COUNTERSIGNED = join(ROOT, 'tests/vectors/collections/countersigned.toml');
export const PRACTICE = { id: 'practice', title: /Practice/ };
export const SOR_2023_07 = { id: 'sor-2023-07', title: /Society of Radiographers/ };

const day = (offset) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })
  .format(new Date(Date.now() + offset * 86_400_000));

/**
 * The shipped collection under another name, with windows from yesterday morning to tomorrow afternoon.
 *
 * Whole hours of the day are never in a clock change, so the window is good on every day of the year.
 */
export async function testCollection() {
  const source = await readFile(join(ROOT, 'collections/sor-2023-07.toml'), 'utf8');
  const once = (text, pattern, replacement) => {
    if (!text.match(pattern)) throw new Error(`collections/sor-2023-07.toml has no ${pattern}`);
    return text.replace(pattern, replacement);
  };
  let text = once(source, /^id\s*=\s*"sor-2023-07"/m, `id = "${TEST_COLLECTION.id}"`);
  text = once(text, /^title\s*=\s*".*"/m, `title = "${TEST_COLLECTION.title}"`);
  text = once(text, /^opens\s*=\s*".*"/gm, `opens = "${day(-1)}T09:00"`);
  return once(text, /^closes\s*=\s*".*"/gm, `closes = "${day(1)}T13:00"`);
}

/** Writes the test collection where the page builder and the command line can read it; answers the file. */
export async function testCollectionFile() {
  const file = join(tmpdir(), 'ia-returns-test', `${TEST_COLLECTION.id}.toml`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, await testCollection());
  return file;
}

const fresh = async (file) => existsSync(file) && Date.now() - (await stat(file)).mtimeMs < 6 * 3_600_000;

/**
 * The folder with the pages of the test collection, and of the round that is countersigned.
 *
 * IA_TEST_PAGE names one that is built already (its `return.html`); else it is built once, under a lock, since
 * test files run beside each other.
 */
export async function testBuild() {
  if (process.env.IA_TEST_PAGE) return dirname(process.env.IA_TEST_PAGE);
  const folder = join(ROOT, 'pkg/test');
  const lock = join(tmpdir(), 'ia-returns-test-build');
  await until(() => mkdir(lock).then(() => true, () => false), `the lock ${lock}`, { timeout: 600_000 });
  try {
    const page = join(folder, 'return.html');
    const newer = await fresh(page) && (await stat(page)).mtimeMs > (await stat(join(ROOT, 'pkg/return.html'))).mtimeMs;
    if (!newer) {
      const args = ['run', '-q', '-p', 'xtask', '--', 'build', '--collection', await testCollectionFile(), '--collection', COUNTERSIGNED];
      await promisify(execFile)('cargo', args, { cwd: ROOT, timeout: 900_000 });
    }
  } finally {
    await rm(lock, { recursive: true });
  }
  return folder;
}

/** A built page: `collection` is TEST_COLLECTION or SOR_2023_07, `origin` is 'file' or 'http'. */
export async function builtPage(collection, origin) {
  const folder = collection === TEST_COLLECTION ? await testBuild() : join(ROOT, 'pkg');
  const file = join(folder, 'return.html');
  if (!existsSync(file)) throw new Error(`${file} is not there: run “cargo xtask build” first`);
  return origin === 'file' ? fromDisk(file) : overHttp(join(folder, 'site'));
}

const PROGRAM = process.env.IA_RETURNS
  || join(process.env.CARGO_TARGET_DIR || join(ROOT, 'target'), 'debug/ia-returns');

/** Runs the command line; answers `{ status, stdout, stderr }`. */
export function cli(...args) {
  const { status, stdout, stderr, error } = spawnSync(PROGRAM, args, { encoding: 'utf8', cwd: ROOT });
  if (error) throw new Error(`${PROGRAM} did not start (set IA_RETURNS): ${error.message}`);
  return { status, stdout, stderr };
}

/** `ia-returns verify FILE --json`, told of the test collection too. */
export async function verify(file) {
  return cli('verify', file, '--collection', await testCollectionFile(), '--json');
}

/** SHA-256 of the canonical form of a data block that a built page carries, reckoned here. */
export async function blockHash(page, kind, id) {
  const html = await readFile(page, 'utf8');
  const blocks = html.matchAll(/<script type="([^"]+)" data-block="([^"]+)" data-id="([^"]+)">([^<]*)<\/script>/g);
  for (const [, type, itsKind, itsId, text] of blocks) {
    if (itsKind !== kind || itsId !== id) continue;
    const json = type === 'text/plain' ? gunzipSync(Buffer.from(text, 'base64')).toString() : text;
    return createHash('sha256').update(canonical(JSON.parse(json))).digest('hex');
  }
  throw new Error(`${page} carries no ${kind} “${id}”`);
}

/** A draft of the journeys' figures for the shipped collection. */
async function draftOfTheFigures() {
  const page = join(ROOT, 'pkg/return.html');
  const { explanation, late_reason, submitter_name, submitter_role, submitter_email, signoff_name } = ANSWERS;
  return {
    format: 'ia-draft/1',
    collection: { id: SOR_2023_07.id, sha256: await blockHash(page, 'collection', SOR_2023_07.id) },
    template: { id: 'workforce_sitrep', version: '1', sha256: await blockHash(page, 'template', 'workforce_sitrep') },
    organisation: { code: ORGANISATION.code, name: ORGANISATION.name },
    revision: 1,
    declared: { signoff_name, signoff_role: 'duty_director', signoff_how: 'by_phone', signoff_at: '2023-07-28T10:30' },
    inputs: {},
    answers: {
      about: { action_id: ['sor-2023-07-25'], nil_return: false, submitter_name, submitter_role, submitter_email, late_reason },
      workforce: { staffing: ROWS },
    },
    explanations: [{ ...QUERY, text: explanation }],
  };
}

/** The exit status of `ia-returns verify` for a file of a shipped collection. */
export const verifyBeside = (file) => cli('verify', file, '--json').status;

/** A return of the journeys' figures, sealed by the command line; IA_SEALED names one that is there already. */
export async function sealedFile(folder) {
  if (process.env.IA_SEALED) return process.env.IA_SEALED;
  const draft = join(folder, 'draft.json');
  const sealed = join(folder, 'sealed.json');
  const ran = (...args) => {
    const { status, stdout, stderr } = cli(...args);
    if (status !== 0) throw new Error(`ia-returns ${args.join(' ')}: ${status}\n${stdout}${stderr}`);
  };
  process.env.IA_RETURNS_PASSPHRASE ??= 'one use, for this test';
  await writeFile(draft, JSON.stringify({ draft: await draftOfTheFigures() }));
  ran('key', 'new', join(folder, 'key.pem'));
  ran('sign', draft, '--key', join(folder, 'key.pem'), '--output', sealed);
  return sealed;
}
