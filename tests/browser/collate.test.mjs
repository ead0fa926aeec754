// The collator's page: a folder of files, as a region receives them, becomes verdicts, totals and files to keep. What the command
// line makes of the same folder is what the page must make of it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SOR_2023_07, builtPage, cli } from './built.mjs';
import { ROOT, axe, browserTest, openBrowser, until } from './harness.mjs';
import { unzip, zipped } from './zip.mjs';

const COUNT = 60;
const SEALED = join(ROOT, 'tests/data/returns/rx1-sealed.json');

async function folderFor(t) {
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-collate-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** A folder of generated returns, with the lists beside it. */
async function sample(t) {
  const folder = join(await folderFor(t), 'sample');
  const made = ['run', '-q', '-p', 'xtask', '--', 'sample-returns', '--count', String(COUNT), '--seed', '7', '--out', folder];
  execFileSync('cargo', made, { cwd: ROOT, timeout: 280_000 });
  const signer = (await readFile(join(folder, 'register-signer.txt'), 'utf8')).trim();
  const names = (await readdir(join(folder, 'returns'))).map((name) => join(folder, 'returns', name));
  return { folder, signer, names };
}

/** What the command line makes of it: the text of each table, by its name. */
async function byCommandLine({ folder, signer }) {
  const out = join(folder, 'out');
  const { status, stderr } = cli(
    'collate', join(folder, 'returns'), '--collection', SOR_2023_07.id, '--out', out,
    '--expected', join(folder, 'expected-list.json'), '--issuer', signer, '--memory', join(folder, 'memory.json'),
    '--register', join(folder, 'register.json'), '--register-signer', signer, '--received', join(folder, 'received.csv'),
  );
  assert.ok(status === 0 || status === 1 || status === 3, stderr);
  return (table) => readFile(join(out, 'csv', `${table}.csv`), 'utf8');
}

async function opened(t, { origin = 'file', ...options }) {
  const page = await builtPage(SOR_2023_07, origin);
  t.after(page.close);
  const browser = await openBrowser(t, options);
  await browser.open(page.url.replace('return.html', 'collate.html'));
  await browser.waitForText(/Put returns together/);
  return browser;
}

/** Chooses an entry of a select by its value, with the keyboard’s own way of it. */
const select = (browser, id, value) => browser.run((name, wanted) => {
  const found = document.getElementById(name);
  found.value = wanted;
  found.dispatchEvent(new Event('change', { bubbles: true }));
}, id, value);

/** As far as the screen on which files are added. */
async function begin(browser, lists) {
  await select(browser, 'collection', SOR_2023_07.id);
  if (lists) {
    await browser.choose('expected-list', join(lists.folder, 'expected-list.json'));
    await browser.choose('register', join(lists.folder, 'register.json'));
    await browser.choose('manifest', join(lists.folder, 'received.csv'));
    await browser.type('list-signer', lists.signer);
  }
  await browser.click('button', 'Continue');
  await browser.waitForText(/Add the files/);
}

/** Goes to a part of the result. */
async function view(browser, word, heading) {
  const element = await until(() => browser.run((id) => document.getElementById(id), `view-${word}`), `the part ${word}`);
  await browser.session.click(element);
  await browser.waitForText(heading, 'h1');
}

/** Rows as the command line and the page both write them, whatever ends their lines. */
const lines = (text) => text.trim().split(/\r?\n/);

const saveTable = async (browser, table) => {
  await select(browser, 'table', table);
  await browser.click('button', 'Save this table (CSV)');
  const { name, bytes } = await browser.download();
  assert.match(name, new RegExp(`^${table}_${SOR_2023_07.id}_\\d{8}-\\d{4}\\.csv$`));
  return bytes.toString();
};

for (const origin of ['file', 'http']) {
  browserTest(`a folder becomes what the command line makes of it: ${origin}`, async (t) => {
    const lists = await sample(t);
    const table = await byCommandLine(lists);
    const browser = await opened(t, { journey: `collate-${origin}`, origin });
    await browser.step('start');
    await begin(browser, lists);
    await browser.step('files');
    await browser.choose('files', lists.names.join('\n'));
    await browser.waitForText(new RegExp(`of ${COUNT} files`));
    assert.equal((await browser.focus()).id, 'heading', 'the heading of the result has the focus');
    await browser.step('overview');
    for (const [word, heading] of [
      ['files', /Files/], ['chase', /To be chased/], ['senders', /Senders/], ['choose', /Versions to choose/], ['queries', /Queries/],
      ['totals', /Totals/], ['risk', /Risk/], ['entered', /another way/], ['save', /Save/],
    ]) {
      await view(browser, word, heading);
      await browser.step(word);
    }
    for (const id of ['files', 'returns', 'summary', 'totals', 'shares', 'chase', 'findings']) {
      assert.deepEqual(lines(await saveTable(browser, id)), lines(await table(id)), `the table ${id}`);
    }
    await browser.click('button', 'Save all tables (JSON)');
    const json = JSON.parse((await browser.download()).bytes);
    assert.equal(json.format, 'ia-tables/1');
    await browser.click('button', 'Save a workbook (XLSX)');
    if (origin === 'file') {
      const workbook = await browser.download();
      assert.match(workbook.name, /^ia-collation_.*\.xlsx$/);
      assert.equal(workbook.bytes.subarray(0, 4).toString('latin1'), 'PK\u0003\u0004');
    } else {
      // Chromium holds a workbook from a page that came over plain http until somebody presses Keep: nobody does here.
      await until(async () => (await browser.saved()).some((name) => /^ia-collation_.*\.xlsx/.test(name)), 'the workbook');
    }
    await browser.assertQuiet();
  });
}

browserTest('at 320 px nothing scrolls sideways, and a sender is confirmed with the keyboard', async (t) => {
  const browser = await opened(t, { journey: 'collate-narrow', width: 320 });
  const isNarrow = async (where) => {
    const wide = await browser.run(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `${where} is ${wide} px wide`);
  };
  await isNarrow('the start');
  await begin(browser);
  await browser.choose('files', SEALED);
  await browser.waitForText(/of 1 file/);
  await isNarrow('the overview');
  await view(browser, 'senders', /Senders/);
  await isNarrow('the senders');
  await browser.rest();
  await browser.tabTo('decided-by');
  await browser.keys('Duty collator');
  await browser.tabToNamed('Confirm RX1');
  await browser.press('Enter');
  await browser.waitForText(/The sender for RX1 is confirmed/);
  assert.equal((await browser.focus()).id, 'said', 'what was done has the focus');
  await browser.waitForText(/There is no sender to confirm/);
  await browser.step('confirmed');
  await view(browser, 'save', /Save/);
  await isNarrow('saving');
  await browser.click('button', 'Save this collation');
  const kept = JSON.parse((await browser.download()).bytes);
  assert.equal(kept.format, 'ia-collation/1');
  assert.equal(kept.confirmed[0].organisation, 'RX1');
});

browserTest('a hostile folder is named, file by file, and Cancel works while it is read', async (t) => {
  const folder = join(await folderFor(t), 'hostile');
  await mkdir(join(folder, 'deep'), { recursive: true });
  const sealed = await readFile(SEALED);
  await writeFile(join(folder, '<img src=x onerror=alert(1)>.json'), sealed);
  await writeFile(join(folder, 'deep', 'turned \u202e round.json'), '{');
  await writeFile(join(folder, 'empty.json'), '');
  await writeFile(join(folder, 'long.json'), Buffer.alloc(5_000_000, 0x20));
  const browser = await opened(t, { journey: 'collate-hostile' });
  await begin(browser);
  await browser.choose('folder', folder);
  await browser.waitForText(/of 4 files/);
  await view(browser, 'files', /Files/);
  const text = await browser.text();
  for (const said of [/<img src=x onerror=alert\(1\)>\.json/, /turned \\u\{202e\} round/, /The file is empty/, /longer than 4,000,000 bytes/]) {
    assert.match(text, said);
  }
  await browser.step('hostile');
  // Many more, so that there is time to press Cancel.
  const many = join(folder, 'many');
  await mkdir(many);
  for (let number = 0; number < 3000; number += 1) await writeFile(join(many, `return-${number}.json`), sealed);
  await browser.click('button', 'Add more files');
  await browser.waitForText(/Add the files/);
  await browser.choose('folder', many);
  await browser.waitForText(/of 3000 checked/);
  await browser.click('button', 'Cancel');
  await browser.waitForText(/You stopped reading after [\d,]+ files? of 3000/);
  await browser.step('cancelled');
});

browserTest('figures are typed and pasted, and what is saved for people opens as pages without a fault', async (t) => {
  const folder = await folderFor(t);
  const archive = join(folder, 'in.zip');
  await writeFile(archive, zipped([['deep/rx1.json', await readFile(SEALED)]]));
  const browser = await opened(t, { journey: 'collate-entered' });
  await begin(browser);
  await browser.choose('files', archive);
  await browser.waitForText(/of 1 file/);
  await view(browser, 'files', /Files/);
  await browser.waitForText(/in\.zip\/deep\/rx1\.json/);
  await view(browser, 'entered', /another way/);
  await browser.type('figures-from', 'Analyst on duty');
  await select(browser, 'figures-source', 'telephone');
  for (const [part, value] of [['day', '28'], ['month', '7'], ['year', '2023'], ['time', '11:20']]) await browser.type(`figures-at.${part}`, value);
  await browser.type('decided-by', 'Duty collator');
  await browser.type('typed-for', 'RRF');
  await select(browser, 'typed-return', 'workforce_sitrep');
  await browser.click('button', 'Show the questions');
  await browser.waitForText(/Wrightington/);
  await browser.step('questions');
  await select(browser, 'figure:about.nil_return', 'no');
  await browser.click('button', 'Add these figures');
  await browser.waitForText(/There is a problem/);
  await browser.step('wrong');
  const rows = await browser.run(() => document.querySelectorAll('[aria-labelledby="table:workforce.staffing"] tbody tr').length);
  await browser.run((text) => { document.getElementById('pasted-figures').value = text; }, 'Group\tDue\tAbsent\n' + 'Radiographers\t60\t12\n'.repeat(rows));
  await browser.click('button', 'Fill in what I pasted');
  await browser.waitForText(new RegExp(`${rows * 2} figures are filled in`));
  await browser.step('filled');
  await browser.click('button', 'Add these figures');
  await browser.waitForText(/The figures of RRF are entered/);
  await browser.step('added');
  await view(browser, 'save', /Save/);
  await browser.click('button', 'Save everything (ZIP)');
  const { name, bytes } = await browser.download();
  assert.match(name, /^ia-collation_.*\.zip$/);
  const all = await unzip(bytes, join(folder, 'all'));
  for (const wanted of ['briefing.html', 'collation.xlsx', 'csv/datapackage.json', 'decisions.json', 'receipts.html', 'tables.json']) assert.ok(all.includes(wanted), `${wanted}: ${all}`);
  await browser.assertQuiet();
  for (const page of all.filter((file) => file.endsWith('.html'))) {
    await browser.open(pathToFileURL(join(folder, 'all', page)).href);
    await browser.waitForText(/As at/);
    await browser.photograph(page.replace('.html', ''));
    await axe(browser.session);
  }
});

browserTest('the risk of services is a grid of words', async (t) => {
  const folder = await folderFor(t);
  const browser = await opened(t, { journey: 'collate-risk', width: 1200 });
  await begin(browser);
  await browser.choose('files', join(ROOT, 'tests/vectors/genuine/self-assessment.json'));
  await browser.waitForText(/of 1 file/);
  await view(browser, 'risk', /Risk/);
  await browser.waitForText(/Services, as each trust rates them/);
  await browser.step('risk-grid');
  await view(browser, 'save', /Save/);
  await browser.click('button', 'Save everything (ZIP)');
  const { bytes } = await browser.download();
  await unzip(bytes, join(folder, 'all'));
  await browser.open(pathToFileURL(join(folder, 'all', 'risk.html')).href);
  await browser.waitForText(/Where the risk is/);
  await browser.photograph('risk-page');
  await axe(browser.session);
});
