// A second opinion on return files, with nothing but Node: no line here comes from the core.
//
// Follows RFC 7515 (JWS General JSON Serialization, section 7.2.1; detached payload, appendix F), RFC 8037 (Ed25519
// in JOSE), RFC 7638 (thumbprints) and RFC 8785 (canonical JSON; integers only). It reads with JSON.parse, so it is
// deliberately more forgiving than the product about what JSON is, and just as strict about signatures.

import { createHash, createPublicKey, verify } from 'node:crypto';

const isRecord = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** RFC 8785 form of a value. Numbers must be integers within ±(2^53−1), and strings free of lone surrogates. */
export function canonical(value) {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError(`not an integer we sign: ${value}`);
    return String(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('a lone surrogate has no UTF-8 form');
    // RFC 8785, 3.2.2.2 takes its escapes from ECMAScript's JSON.stringify.
    return JSON.stringify(value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isRecord(value)) throw new TypeError(`no JSON form: ${typeof value}`);
  // Array.prototype.sort compares UTF-16 code units, as RFC 8785, 3.2.3 asks.
  return `{${Object.keys(value).sort().map((name) => `${canonical(name)}:${canonical(value[name])}`).join(',')}}`;
}

/** base64url without padding (RFC 7515, section 2), refusing texts that another text would also decode to. */
export function fromBase64url(text) {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]*$/.test(text)) throw new TypeError('not base64url');
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new TypeError('base64url with stray bits');
  return bytes;
}

export const toBase64url = (bytes) => Buffer.from(bytes).toString('base64url');

/** RFC 7638 thumbprint of an OKP key: SHA-256 of the required members in lexical order (RFC 8037, section 2). */
export function thumbprint({ crv, kty, x }) {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

/** The check code read out over the telephone: the first 60 bits of a thumbprint in Crockford's base 32. */
export function checkCode(kid) {
  const bits = [...fromBase64url(kid)].map((byte) => byte.toString(2).padStart(8, '0')).join('').slice(0, 60);
  const digits = bits.match(/.{5}/g).map((five) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number.parseInt(five, 2)]);
  return digits.join('').match(/.{4}/g).join('-');
}

/** JWS signing input (RFC 7515, section 5.1) checked with Ed25519 under a JWK. */
export function verifyJws(protectedText, payload, signatureText, jwk) {
  const input = Buffer.from(`${protectedText}.${toBase64url(payload)}`, 'ascii');
  return verify(null, input, createPublicKey({ key: jwk, format: 'jwk' }), fromBase64url(signatureText));
}

function faultOf(entry, payload) {
  if (!isRecord(entry)) return 'a signature is not an object';
  if (Object.keys(entry).sort().join() !== 'protected,signature') return 'a signature has other members';
  let header;
  try {
    header = JSON.parse(fromBase64url(entry.protected).toString('utf8'));
  } catch (error) {
    return `protected header: ${error.message}`;
  }
  const jwk = header?.jwk;
  if (!['EdDSA', 'Ed25519'].includes(header?.alg)) return 'another algorithm';
  if (header.typ !== 'ia-return+jws') return 'another kind of object';
  if ('crit' in header || 'b64' in header) return 'a header extension';
  if (!isRecord(jwk) || jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519') return 'another kind of key';
  if (header.kid !== thumbprint(jwk)) return 'kid is not the thumbprint of the key';
  try {
    return verifyJws(entry.protected, payload, entry.signature, jwk) ? undefined : 'the signature does not match';
  } catch (error) {
    return `signature: ${error.message}`;
  }
}

/**
 * Checks a return file.
 *
 * Answers `{ ok, fault, canonical, values, headers }`: the signed bytes as text, every signature value, every
 * protected header; `fault` says in a few words what is wrong when `ok` is false.
 */
export function check(bytes) {
  const refused = (fault, rest = {}) => ({ ok: false, fault, values: [], headers: [], ...rest });
  let file;
  let text;
  try {
    file = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    if (!isRecord(file) || !isRecord(file.return)) return refused('no return in the file');
    text = canonical(file.return);
  } catch (error) {
    return refused(error.message);
  }
  if (!Array.isArray(file.signatures) || file.signatures.length === 0) return refused('no signatures', { canonical: text });
  const payload = Buffer.from(text, 'utf8');
  const faults = file.signatures.map((entry) => faultOf(entry, payload)).filter(Boolean);
  const values = file.signatures.map((entry) => entry?.signature);
  if (faults.length > 0) return refused(faults.join('; '), { canonical: text, values });
  const headers = file.signatures.map((entry) => JSON.parse(fromBase64url(entry.protected).toString('utf8')));
  if (!headers.some((header) => header.kid === file.return.preparer_kid && header.role === 'preparer')) {
    return refused('the preparer did not sign', { canonical: text, values, headers });
  }
  return { ok: true, return: file.return, canonical: text, values, headers };
}
