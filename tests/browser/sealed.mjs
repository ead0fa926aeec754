// A file that the page has sealed: what must be in it, and who must take it.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { verify } from './built.mjs';
import { ANSWERS, ORGANISATION, QUERY, ROWS } from './figures.mjs';
import { check } from './independent.mjs';

/** What was typed is what was sealed; nothing else was. */
function assertContent(content, { collection, late, agreedAt, kind = 'wasm' }) {
  assert.equal(content.format, 'ia-return/1');
  assert.equal(content.collection.id, collection.id);
  assert.match(content.collection.sha256, /^[0-9a-f]{64}$/);
  assert.equal(content.template.id, 'workforce_sitrep');
  assert.deepEqual(content.organisation, { code: ORGANISATION.code, name: ORGANISATION.name });
  assert.equal(content.revision, 1);
  assert.deepEqual(content.answers.workforce.staffing, ROWS);
  assert.deepEqual(content.explanations, [{ ...QUERY, text: ANSWERS.explanation }]);
  assert.ok(content.derived.findings.some(({ rule, row, severity }) => (
    rule === QUERY.rule && severity === 'query' && isDeepStrictEqual(row, QUERY.row))), 'the query is in the file');
  assert.deepEqual(content.derived.findings.filter(({ severity }) => severity === 'error'), []);
  const { submitter_name, submitter_role, submitter_email, late_reason } = content.answers.about;
  assert.deepEqual({ submitter_name, submitter_role, submitter_email }, {
    submitter_name: ANSWERS.submitter_name, submitter_role: ANSWERS.submitter_role, submitter_email: ANSWERS.submitter_email,
  });
  assert.equal(late_reason, late ? ANSWERS.late_reason : undefined);
  assert.deepEqual(content.declared, {
    signoff_name: ANSWERS.signoff_name, signoff_role: 'duty_director', signoff_how: 'by_phone', signoff_at: agreedAt,
  });
  assert.match(content.prepared_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[01]:00$/);
  assert.ok(Math.abs(Date.parse(content.prepared_at) - Date.now()) < 10 * 60_000, `prepared_at is now: ${content.prepared_at}`);
  assert.equal(content.engine.kind, kind);
}

/**
 * The file is accepted by the command line and by a stranger, and holds what was typed; with one figure changed both
 * refuse it. `kind` is the engine that sealed it. Answers the stranger's opinion.
 */
export async function assertAccepted({ name, bytes }, wanted) {
  assert.match(name, new RegExp(`^ia-return_${wanted.collection.id}_workforce_sitrep_RX1_r1_\\d{8}-\\d{4}\\.json$`));
  const opinion = check(bytes);
  assert.equal(opinion.ok, true, `the independent check: ${opinion.fault}`);
  assertContent(opinion.return, wanted);
  const folder = await mkdtemp(join(tmpdir(), 'ia-returns-sealed-'));
  try {
    const file = join(folder, name);
    await writeFile(file, bytes);
    const { status, stdout, stderr } = await verify(file);
    assert.equal(status, 0, `ia-returns verify: ${stdout}${stderr}`);
    JSON.parse(stdout);
    // One figure changed by hand: both must refuse it, or their acceptance means nothing.
    const spoilt = Buffer.from(bytes.toString('utf8').replace(/("absent_ia":\s*)52/, '$153'));
    assert.notDeepEqual(spoilt, bytes);
    assert.equal(check(spoilt).ok, false);
    await writeFile(file, spoilt);
    assert.equal((await verify(file)).status, 3, 'a changed file is refused');
  } finally {
    await rm(folder, { recursive: true });
  }
  return opinion;
}
