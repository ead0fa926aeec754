// Kept keys, requests to be known as a sender, and receipts, in the submitter's page; and that nobody meets them who does not ask.

import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SOR_2023_07, builtPage, cli, sealedFile } from './built.mjs';
import { ANSWERS, ORGANISATION } from './figures.mjs';
import { browserTest, openBrowser, until } from './harness.mjs';
import { check, thumbprint } from './independent.mjs';
import { Mouse, ReturnPage, SENDER, londonClock } from './pages.mjs';

const PASSPHRASE = 'four words, écrits';

async function folderFor(t) {
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-keys-'));
  t.after(() => rm(folder, { recursive: true }));
  // What the command line remembers of lists is for this test alone.
  process.env.IA_RETURNS_MEMORY = join(folder, 'memory.json');
  return (name) => join(folder, name);
}

/** Runs the command line and expects it to succeed; answers what `--json` says. */
function ran(...args) {
  const { status, stdout, stderr } = cli(...args, '--json');
  assert.equal(status, 0, `ia-returns ${args.join(' ')}: ${stdout}${stderr}`);
  return JSON.parse(stdout);
}

const openssl = (...args) => execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** The thumbprint of the key in a file, as openssl and Node see it. */
function thumbprintOf(file, passphrase) {
  const pem = openssl('pkey', '-in', file, '-passin', `pass:${passphrase}`, '-pubout');
  return thumbprint(createPublicKey(pem).export({ format: 'jwk' }));
}

async function opened(t, { origin, onStep, ...options }) {
  const page = await builtPage(SOR_2023_07, origin);
  t.after(page.close);
  const browser = await openBrowser(t, options);
  await browser.open(page.url);
  return { browser, form: new ReturnPage(new Mouse(browser), { onStep: onStep ?? (async () => {}) }) };
}

/** To the step that seals, with everything filled in. */
async function toSeal(form) {
  await form.toFigures(SOR_2023_07);
  await form.figures();
  await form.next('check');
  await form.explain();
  await form.next('declaration');
  await form.declare({ late: true, agreedAt: londonClock(30) });
  await form.next('seal');
}

async function sealed(browser, form) {
  await form.hands.activate('button', 'Seal and save the file');
  await form.arrive('done');
  const { name, bytes } = await browser.download();
  const opinion = check(bytes);
  assert.equal(opinion.ok, true, opinion.fault);
  return { name, bytes, kid: opinion.return.preparer_kid };
}

/** The code and the thumbprint that the page shows of the key that is open. */
async function shown(browser) {
  const text = await browser.text('[data-region="keys-open"]');
  return {
    code: /[0-9A-Z]{4}(-[0-9A-Z]{4}){4}/.exec(text)?.[0],
    thumbprint: /[\w-]{43}/.exec(text.replace(/[0-9A-Z]{4}(-[0-9A-Z]{4}){4}/, ''))?.[0],
  };
}

/** Notes in `window.iaWaits` what the page says it is doing, when a frame is drawn that says it. */
const noteWaits = (browser) => browser.run(() => {
  window.iaWaits = [];
  const read = () => document.querySelector('[data-region="making"]')?.innerText;
  const observer = new MutationObserver(() => read() && requestAnimationFrame(() => window.iaWaits.push(read())));
  observer.observe(document.getElementById('keys'), { childList: true, subtree: true });
});

browserTest('who keeps no key never meets one: no such word on any step, and nothing of it is fetched', async (t) => {
  let steps = 0;
  const { browser, form } = await opened(t, {
    journey: 'keys-unasked',
    origin: 'http',
    onStep: async () => {
      steps += 1;
      const text = `${await browser.text('body')} ${await browser.run(() => document.title)}`;
      assert.doesNotMatch(text, /\bkeys?\b|pass\s?phrase|password|thumbprint/i);
    },
  });
  await toSeal(form);
  await form.seal();
  assert.ok(steps >= 10, `${steps} steps were read`);
  const fetched = await browser.run(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.ok(fetched.some((name) => name.endsWith('/engine.js')), 'what is fetched is seen');
  assert.deepEqual(fetched.filter((name) => /\/keys-/.test(name)), []);
  await browser.assertQuiet();
});

browserTest('a key made in the page seals, enrols, and makes a known sender; receipts are judged', async (t) => {
  const at = await folderFor(t);
  process.env.IA_RETURNS_PASSPHRASE ??= 'one use, for this test';
  const { browser, form } = await opened(t, { journey: 'keys-made', origin: 'http' });
  await toSeal(form);
  await browser.toggle(SENDER.keep);
  await browser.field('new-passphrase');
  await browser.step('asked-for');

  // What is wrong is said beside the input, which has the focus.
  await browser.type('new-passphrase', 'too short');
  await browser.click('button', SENDER.make);
  await form.waitForFault('new-passphrase', /12 characters or more/);
  assert.equal((await browser.focus()).id, 'new-passphrase');
  await browser.type('new-passphrase', PASSPHRASE);
  await browser.type('same-passphrase', `${PASSPHRASE}!`);
  await browser.click('button', SENDER.make);
  await form.waitForFault('same-passphrase', /differ/);
  await browser.step('they-differ');
  await browser.click('checkbox', 'Show both');
  assert.equal(await browser.run(() => document.getElementById('same-passphrase').type), 'text');

  // Pasting is allowed.
  await browser.type('same-passphrase', '');
  await browser.paste(PASSPHRASE);
  await noteWaits(browser);
  await browser.click('button', SENDER.make);
  await browser.waitForText(/sealed with your key file/);
  assert.equal((await browser.focus()).id, 'which-key', 'the focus is on what was done');
  assert.match(await browser.run(() => window.iaWaits.join()), /Making your key…/, 'said before the work begins');
  const pem = await browser.download();
  // Over plain http Chromium would hold a .pem back.
  assert.equal(pem.name, 'key.pem.txt');
  await browser.step('made');
  await writeFile(at('key.pem'), pem.bytes);
  const { code, thumbprint: kid } = await shown(browser);
  assert.equal(thumbprintOf(at('key.pem'), PASSPHRASE), kid, 'openssl opens the key');
  assert.match(openssl('asn1parse', '-in', at('key.pem')), /PBES2[^]*PBKDF2[^]*0927C0[^]*hmacWithSHA256[^]*aes-256-cbc/);

  // Saved again and copied, it is the same file.
  await browser.click('button', 'Save this file again');
  assert.deepEqual((await browser.download()).bytes, pem.bytes);
  await browser.click('button', 'Copy this file’s text');
  await browser.waitForText(/The text is copied/);
  assert.equal(await browser.clipboard(), pem.bytes.toString());

  // The request begins with what the declaration says.
  assert.equal(await browser.value('request-organisation'), ORGANISATION.code);
  assert.equal(await browser.value('request-name'), ANSWERS.submitter_name);
  assert.equal(await browser.value('request-job-title'), ANSWERS.submitter_role);
  await browser.type('request-job-title', '');
  await browser.click('button', SENDER.request);
  await form.waitForFault('request-job-title', /Enter your job title/);
  await browser.type('request-job-title', ANSWERS.submitter_role);
  await browser.click('button', SENDER.request);
  const request = await browser.download();
  assert.equal(request.name, `ia-enrolment_${ORGANISATION.code}.json`);
  await browser.step('request-saved');
  await writeFile(at('request.json'), request.bytes);

  const file = await sealed(browser, form);
  assert.equal(file.kid, kid, 'the return is sealed with the kept key');
  await writeFile(at('sealed.json'), file.bytes);
  await browser.waitForText(/key file is still open/);
  await browser.step('sealed');

  // Nothing secret is left where the page could find it.
  const left = await browser.run(() => JSON.stringify([
    document.documentElement.outerHTML, { ...localStorage }, { ...sessionStorage }, Object.keys(globalThis.iaReturns)]));
  assert.ok(!left.includes(PASSPHRASE), 'the passphrase is nowhere in the page');

  // The keeper of the list reads the code back, and the sender is known.
  ran('key', 'new', at('keeper.pem'));
  const keeper = ['--key', at('keeper.pem'), '--name', 'Keeper of the list', '--job-title', 'Head of EPRR'];
  ran('register', 'new', '--output', at('list-1.json'), ...keeper);
  const wrong = cli('register', 'add', at('list-1.json'), at('request.json'), '--code', 'AAAA-AAAA-AAAA-AAAA-AAAA',
    '--output', at('list-2.json'), ...keeper);
  assert.equal(wrong.status, 3, 'another code is refused');
  const added = ran('register', 'add', at('list-1.json'), at('request.json'), '--code', code.toLowerCase(),
    '--output', at('list-2.json'), ...keeper);
  const verified = (...more) => cli('verify', at('sealed.json'), ...more);
  assert.match(verified().stdout, /sender not confirmed/);
  const known = verified('--register', at('list-2.json'), '--keeper', added.keeper);
  assert.equal(known.status, 0, known.stderr);
  assert.match(known.stdout, /known sender/);

  // A receipt for this return, the same with one word changed, and one for another return.
  ran('receipt', 'new', at('sealed.json'), '--output', at('receipt.json'), ...keeper);
  await browser.toggle(SENDER.receipt);
  await browser.choose('receipt', at('receipt.json'));
  await browser.waitForText(/This receipt is for this return\./);
  const keeperCode = ran('key', 'show', at('keeper.pem')).check_code;
  assert.match(await browser.text('[data-region="receipt-said"]'), new RegExp(`${keeperCode}[^]*${added.keeper}`));
  await browser.step('receipt');
  const changed = (await readFile(at('receipt.json'), 'utf8')).replace('"revision": 1', '"revision": 2');
  await writeFile(at('changed.json'), changed);
  await browser.choose('receipt', at('changed.json'));
  await browser.waitForText(/This receipt is forged, or was changed/);
  await browser.step('receipt-forged');
  await browser.choose('receipt', at('sealed.json'));
  await browser.waitForText(/This file is not a receipt\./);
  const elsewhere = await folderFor(t);
  await writeFile(at('other.json'), await readFile(await sealedFile(elsewhere(''))));
  ran('receipt', 'new', at('other.json'), '--output', at('other-receipt.json'), ...keeper);
  await browser.choose('receipt', at('other-receipt.json'));
  await browser.waitForText(/for another return, not for this one/);
  await browser.step('receipt-for-another');

  // The next return keeps the key, until it is forgotten.
  await browser.click('button', 'Start another return');
  await form.arrive('start');
  await browser.waitForText(/key file is still open/);
  assert.equal((await shown(browser)).thumbprint, kid);
  await browser.toggle(SENDER.receipt);
  await browser.choose('receipt', at('receipt.json'));
  await browser.waitForText(/has not been changed since it was made/);
  await browser.choose('receipt-return', at('other.json'));
  await browser.waitForText(/for another return, not for this one/);
  await browser.choose('receipt-return', at('sealed.json'));
  await browser.waitForText(/This receipt is for this return\./);
  await browser.step('receipt-at-the-start');
  await browser.click('button', SENDER.forget);
  await browser.waitForText(/closed and forgotten/);
  assert.equal((await browser.focus()).id, 'which-key');
  await browser.assertQuiet();
});

/** Key files made elsewhere: by openssl as it does it without being asked, with 600,000 rounds, and by the command line. */
function keysFromElsewhere(at) {
  const plain = at('plain.pem');
  openssl('genpkey', '-algorithm', 'ed25519', '-out', plain);
  const lock = (name, ...how) => openssl('pkcs8', '-topk8', '-in', plain, '-out', at(name), '-passout', `pass:${PASSPHRASE}`, ...how);
  openssl('genpkey', '-algorithm', 'ed25519', '-aes-256-cbc', '-pass', `pass:${PASSPHRASE}`, '-out', at('genpkey.pem'));
  lock('pkcs8.pem', '-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA256', '-iter', '600000');
  lock('scrypt.pem', '-scrypt');
  lock('costly.pem', '-v2', 'aes-256-cbc', '-iter', '5000001');
  openssl('genpkey', '-algorithm', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-aes-256-cbc', '-pass', `pass:${PASSPHRASE}`,
    '-out', at('p256.pem'));
}

browserTest('key files of openssl and of the command line are opened, others refused, at 320 pixels', async (t) => {
  const at = await folderFor(t);
  keysFromElsewhere(at);
  await writeFile(at('passphrase.txt'), PASSPHRASE);
  ran('key', 'new', at('ours.pem'), '--passphrase-file', at('passphrase.txt'));
  const { browser, form } = await opened(t, { journey: 'keys-elsewhere', origin: 'file', width: 320 });
  await browser.session.online(false);
  await toSeal(form);
  await browser.toggle(SENDER.keep);
  await browser.field('key-file');
  await browser.step('asked-for');
  const wide = () => browser.run(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(await wide() <= 0, 'nothing sticks out');

  const open = async (name, passphrase) => {
    await browser.choose('key-file', at(name));
    await browser.type('passphrase', passphrase);
    await browser.click('button', SENDER.open);
  };
  await browser.click('button', SENDER.open);
  await form.waitForFault('key-file', /Choose your key file/);
  await open('pkcs8.pem', 'another passphrase');
  const said = await form.waitForFault('passphrase', /The passphrase does not open the key file, or the file is damaged/);
  await browser.step('does-not-open');
  const text = await readFile(at('pkcs8.pem'), 'utf8');
  await writeFile(at('damaged.pem'), text.replace(/^(.{20})(.)/m, '$1$2').replace(/(.)(\n-----END)/, (_, letter, end) => `${letter === 'A' ? 'B' : 'A'}${end}`));
  await open('damaged.pem', PASSPHRASE);
  assert.equal(await form.waitForFault('passphrase', /does not open/), said, 'one message for both');
  await open('costly.pem', PASSPHRASE);
  await form.waitForFault('key-file', /5,?000,?001 rounds of PBKDF2, the limit is 5,?000,?000/);
  await open('p256.pem', PASSPHRASE);
  await form.waitForFault('key-file', /another kind than Ed25519/);
  await writeFile(at('words.txt'), 'not a key');
  await browser.choose('key-file', at('words.txt'));
  await form.waitForFault('key-file', /Not a key file/);
  await browser.step('not-a-key-file');

  for (const name of ['genpkey.pem', 'pkcs8.pem', 'scrypt.pem', 'ours.pem']) {
    await open(name, PASSPHRASE);
    await browser.waitForText(/sealed with your key file/);
    assert.equal((await shown(browser)).thumbprint, thumbprintOf(at(name), PASSPHRASE), name);
    if (name === 'genpkey.pem') {
      await browser.step('open');
      assert.ok(await wide() <= 0, 'nothing sticks out');
    }
    if (name === 'ours.pem') break;
    await browser.click('button', SENDER.forget);
    await browser.waitForText(/closed and forgotten/);
  }
  const code = ran('key', 'show', at('ours.pem'), '--passphrase-file', at('passphrase.txt')).check_code;
  assert.equal((await shown(browser)).code, code);
  // Another step and back: still open.
  await browser.click('link', 'Back');
  await form.arrive('declaration');
  await form.next('seal');
  await browser.waitForText(/sealed with your key file/);
  const { kid } = await sealed(browser, form);
  assert.equal(kid, thumbprintOf(at('ours.pem'), PASSPHRASE));
  await browser.step('sealed');
  await browser.assertQuiet();
});

browserTest('where the part cannot be fetched it says so, and opening it again gets it', async (t) => {
  const { browser, form } = await opened(t, { journey: 'keys-offline', origin: 'http' });
  await form.arrive('start');
  await browser.session.online(false);
  await browser.toggle(SENDER.receipt);
  await browser.waitForText(/could not be fetched/);
  await browser.photograph('not-fetched');
  await browser.session.online(true);
  await browser.toggle(SENDER.receipt);
  await browser.toggle(SENDER.receipt);
  await until(() => browser.run(() => Boolean(document.getElementById('receipt'))), 'the part');
});
