// A second reader of signed files, written from docs/return-format.md: what it says of a file's outer form and of its
// signatures must be what the core says. Node's crypto does the arithmetic; it is looser than the format, so the format's
// own demands on keys and numbers stand here.

import { createHash } from "node:crypto";
import { canonical, fromBase64url, thumbprint, verifyJws } from "../browser/independent.mjs";
import { NotStrict, read } from "./strict-json.mjs";

const KINDS = {
  enrolment: { member: "enrolment", format: "ia-enrolment/1", typ: "ia-enrolment+jws" },
  expected: { member: "expected", format: "ia-expected/1", typ: "ia-expected+jws" },
  receipt: { member: "receipt", format: "ia-receipt/1", typ: "ia-receipt+jws" },
  register: { member: "register", format: "ia-register/1", typ: "ia-register+jws" },
  return: { member: "return", format: "ia-return/1", typ: "ia-return+jws" },
};
const MOST_SIGNATURES = 8;
const HEADER = ["alg", "jwk", "kid", "role", "signed_at", "signer_job_title", "signer_name", "typ"];

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
/** The y of every point of small order: of order 1, 2, 4 and, twice, 8. */
const SMALL_ORDER = [
  0n,
  1n,
  P - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  55188659117513257062467267217118295137698188065244968500265048394206261417927n,
];

const littleEndian = (bytes) => BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);

/** What is wrong with 32 bytes as a point: of a key or of R. */
function faultOfPoint(bytes) {
  const y = littleEndian(bytes) & (2n ** 255n - 1n);
  if (y >= P) return "not the one encoding of a point";
  return SMALL_ORDER.includes(y) ? "a point of small order" : undefined;
}

class Refused extends Error {}

function must(condition, reason) {
  if (!condition) throw new Refused(reason);
}

const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function mustHave(value, names, what) {
  must(isRecord(value), `${what} is no object`);
  must(Object.keys(value).sort().join() === [...names].sort().join(), `${what} has the members ${Object.keys(value)}`);
}

function bytesOf(text, length, what) {
  must(typeof text === "string", `${what} is no text`);
  let bytes;
  try {
    bytes = fromBase64url(text);
  } catch (error) {
    throw new Refused(`${what}: ${error.message}`);
  }
  must(length === undefined || bytes.length === length, `${what} has ${bytes.length} bytes`);
  return bytes;
}

function holdsNull(value) {
  if (value === null) return true;
  return typeof value === "object" && Object.values(value).some(holdsNull);
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/;

/** Checks one signature; answers the key's thumbprint. */
function signer(entry, payload, kind) {
  mustHave(entry, ["protected", "signature"], "a signature");
  const head = bytesOf(entry.protected, undefined, "protected");
  const signature = bytesOf(entry.signature, 64, "signature");
  let header;
  try {
    header = read(head);
  } catch (error) {
    throw new Refused(`the protected header: ${error.message}`);
  }
  mustHave(header, HEADER, "the protected header");
  for (const name of HEADER) must(name === "jwk" || typeof header[name] === "string", `${name} is no text`);
  must(["preparer", "approver"].includes(header.role), "role");
  must(TIME.test(header.signed_at) && !Number.isNaN(Date.parse(header.signed_at)), "signed_at");
  must(["EdDSA", "Ed25519"].includes(header.alg), "alg");
  must(header.typ === kind.typ, "typ");
  mustHave(header.jwk, ["crv", "kty", "x"], "jwk");
  must(header.jwk.kty === "OKP" && header.jwk.crv === "Ed25519", "another kind of key");
  const key = bytesOf(header.jwk.x, 32, "x");
  must(faultOfPoint(key) === undefined, `x is ${faultOfPoint(key)}`);
  must(header.kid === thumbprint(header.jwk), "kid is not the thumbprint");
  must(faultOfPoint(signature.subarray(0, 32)) === undefined, "R");
  must(littleEndian(signature.subarray(32)) < L, "S is not reduced");
  must(verifyJws(entry.protected, payload, entry.signature, { ...header.jwk }), "the signature does not fit");
  return header.kid;
}

function check(bytes, reader) {
  const kind = KINDS[reader];
  const file = read(bytes);
  mustHave(file, [kind.member, "signatures"], "the file");
  const payload = file[kind.member];
  must(Array.isArray(file.signatures), "signatures is no list");
  const count = file.signatures.length;
  must(count >= 1 && count <= MOST_SIGNATURES, `${count} signatures`);
  must(!holdsNull(payload), "a null");
  must(isRecord(payload) && payload.format === kind.format, "format");
  const form = canonical(payload);
  const kids = file.signatures.map((entry) => signer(entry, Buffer.from(form, "utf8"), kind));
  must(new Set(kids).size === kids.length, "one key signed twice");
  return createHash("sha256").update(form, "utf8").digest("hex");
}

/** `{ signatures, id, why, byte }`: `signatures` is `fit`, `refused` or `unreadable`, as in the manifest of the vectors. */
export function judge(bytes, reader) {
  try {
    return { signatures: "fit", id: check(bytes, reader) };
  } catch (error) {
    if (error instanceof NotStrict) return { signatures: "unreadable", why: error.message, byte: error.byte };
    if (error instanceof Refused) return { signatures: "refused", why: error.message };
    throw error;
  }
}
