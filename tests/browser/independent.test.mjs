// The second opinion has to be right itself: published vectors, then files it must refuse.

import assert from 'node:assert/strict';
import { createPrivateKey, sign } from 'node:crypto';
import { test } from 'node:test';
import { canonical, check, checkCode, fromBase64url, thumbprint, toBase64url, verifyJws } from './independent.mjs';

// RFC 8037, appendix A.1 and A.2.
const JWK = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const SECRET = createPrivateKey({ format: 'jwk', key: { ...JWK, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' } });

/** A signed file made here, so that each test can spoil one thing. */
function sealed(change = {}) {
  const header = {
    alg: 'EdDSA', kid: thumbprint(JWK), jwk: JWK, typ: 'ia-return+jws', role: 'preparer',
    signer_name: 'Information team', signer_job_title: 'Analyst', signed_at: '2023-07-28T10:40:00+01:00', ...change.header,
  };
  const content = {
    format: 'ia-return/1', revision: 1, preparer_kid: thumbprint(JWK),
    answers: { about: { note: 'naïve “quoted” \u{1F600}' }, workforce: { staffing: [{ due_to_work: 88, absent_ia: 52 }] } },
    ...change.content,
  };
  const head = toBase64url(canonical(header));
  const input = Buffer.from(`${head}.${toBase64url(canonical(content))}`, 'ascii');
  return { return: content, signatures: [{ protected: head, signature: toBase64url(sign(null, input, SECRET)) }] };
}
const bytes = (file) => Buffer.from(JSON.stringify(file, null, 2), 'utf8');

test('RFC 8037 appendix A.3: the thumbprint of the example key', () => {
  assert.equal(thumbprint(JWK), 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
});

test('a check code is the first sixty bits, in an alphabet without I, L, O and U', () => {
  assert.equal(checkCode(toBase64url(Buffer.alloc(32))), '0000-0000-0000');
  assert.equal(checkCode(toBase64url(Buffer.alloc(32, 0xff))), 'ZZZZ-ZZZZ-ZZZZ');
  // 00000 00001 00010 00011 … 01011, then four bits that do not count.
  const bits = Array.from({ length: 12 }, (_, digit) => digit.toString(2).padStart(5, '0')).join('').padEnd(256, '1');
  const counting = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  assert.equal(checkCode(toBase64url(counting)), '0123-4567-89AB');
});

test('RFC 8037 appendix A.4 and A.5: the example signature verifies, and no other text under it does', () => {
  const signature = 'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg';
  assert.equal(fromBase64url('eyJhbGciOiJFZERTQSJ9').toString(), '{"alg":"EdDSA"}');
  assert.equal(verifyJws('eyJhbGciOiJFZERTQSJ9', 'Example of Ed25519 signing', signature, JWK), true);
  assert.equal(verifyJws('eyJhbGciOiJFZERTQSJ9', 'Example of Ed25519 signinG', signature, JWK), false);
  assert.equal(verifyJws('eyJhbGciOiJFZERTQSJ8', 'Example of Ed25519 signing', signature, JWK), false);
});

test('RFC 8785 section 3.2.3: members are sorted by UTF-16 code units', () => {
  const input = {
    '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', 1: 'One',
    '\u{1F600}': 'Emoji: Grinning Face', '\u0080': 'Control', '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  assert.equal(canonical(input), '{"\\r":"Carriage Return","1":"One","\u0080":"Control",'
    + '"\u00f6":"Latin Small Letter O With Diaeresis","\u20ac":"Euro Sign","\u{1F600}":"Emoji: Grinning Face",'
    + '"\ufb33":"Hebrew Letter Dalet With Dagesh"}');
});

test('RFC 8785 section 3.2.2: literals, escapes and nesting of the sample object', () => {
  const input = { string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\/', literals: [null, true, false] };
  assert.equal(canonical(input), '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
});

test('only integers have a signed form', () => {
  for (const value of [1.5, -0, 2 ** 53, Number.NaN]) assert.throws(() => canonical({ value }), TypeError);
  assert.equal(canonical([0, -7, 9007199254740991]), '[0,-7,9007199254740991]');
  assert.throws(() => canonical('\ud800'), /lone surrogate/);
});

test('base64url is read one way only', () => {
  assert.deepEqual([...fromBase64url('AA')], [0]);
  for (const text of ['AB', 'AA==', 'A+', 'A A', 'é']) assert.throws(() => fromBase64url(text), TypeError);
});

test('a file is accepted however it is laid out', () => {
  const file = sealed();
  for (const layout of [JSON.stringify(file), JSON.stringify(file, null, 2), JSON.stringify(file, null, '\t')]) {
    const verdict = check(Buffer.from(layout));
    assert.equal(verdict.ok, true, verdict.fault);
    assert.equal(verdict.canonical, canonical(file.return));
    assert.equal(verdict.headers[0].role, 'preparer');
  }
});

test('a file with one thing wrong is refused for that thing', () => {
  const other = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(Buffer.alloc(32, 1)) };
  const changed = sealed();
  changed.return.answers.workforce.staffing[0].absent_ia = 51;
  const more = sealed();
  more.signatures[0].header = {};
  const none = sealed();
  none.signatures = [];
  const faults = [
    [changed, /does not match/], [more, /other members/], [none, /no signatures/],
    [{ draft: sealed().return }, /no return/],
    [sealed({ header: { alg: 'none' } }), /another algorithm/],
    [sealed({ header: { typ: 'ia-receipt+jws' } }), /another kind of object/],
    [sealed({ header: { crit: ['b64'], b64: false } }), /extension/],
    [sealed({ header: { kid: thumbprint(other) } }), /thumbprint/],
    [sealed({ header: { jwk: other } }), /thumbprint/],
    [sealed({ content: { preparer_kid: thumbprint(other) } }), /preparer did not sign/],
    [sealed({ header: { role: 'approver' } }), /preparer did not sign/],
  ];
  for (const [file, reason] of faults) {
    const verdict = check(bytes(file));
    assert.equal(verdict.ok, false);
    assert.match(verdict.fault, reason);
  }
  assert.match(check(Buffer.from([0xff, 0x7b, 0x7d])).fault, /encoded data|valid/);
  assert.equal(check(bytes(sealed()).subarray(0, -1)).ok, false);
});

test('every one-bit change of a file is refused, or changes neither the return nor a signature', () => {
  const good = bytes(sealed());
  const before = check(good);
  let kept = 0;
  for (let place = 0; place < good.length; place += 1) {
    const changed = Buffer.from(good);
    changed[place] ^= 1;
    const after = check(changed);
    if (!after.ok) continue;
    kept += 1;
    assert.equal(after.canonical, before.canonical, `byte ${place}`);
    assert.deepEqual(after.values, before.values, `byte ${place}`);
  }
  // Space (0x20) becomes “!” and a line feed becomes a vertical tab: neither is JSON, so nothing is kept.
  assert.equal(kept, 0);
});
