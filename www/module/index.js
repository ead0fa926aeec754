// The checker of ia-returns for pages and programs of others. Text or bytes go in, so that the strict reader sees what was sent;
// objects come out of one JSON text, parsed once.

import shipped from "./data.js";
import engine from "./engine.js";
import * as glue from "./glue.js";

export { shipped };

/** The longest file that is read, in bytes. */
const MOST_BYTES = 4_000_000;

/** Why there is no result: `code` for programs, `message` for people, `help` says what to do. */
export class Refused extends Error {
  constructor({ code, message, help }) {
    super(message);
    this.name = "Refused";
    this.code = code;
    this.help = help;
  }
}

function told(text) {
  const result = JSON.parse(text);
  if (result.error) throw new Refused(result.error);
  return result;
}

/** The bytes of a file. A text with half a pair of surrogates is no text, and would become another one. */
function bytesOf(file) {
  if (file instanceof Uint8Array) return file;
  if (typeof file !== "string") throw new TypeError("a file is a text or a Uint8Array");
  if (file.length <= MOST_BYTES && /\p{Surrogate}/u.test(file)) {
    throw new Refused({ code: "not_readable", message: "the text is no Unicode text", help: "Give the bytes of the file." });
  }
  return new TextEncoder().encode(file);
}

const timeOf = (at) => (at instanceof Date ? at.toISOString() : at);

let started;

async function start() {
  const bytes = Uint8Array.from(atob(engine), (letter) => letter.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, { "./ia_returns_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
}

/** Readies the checker with documents that `ia-returns` compiled: those shipped, or your own in their place. */
export async function ready(documents = shipped) {
  started ??= start();
  await started;
  for (const { kind, id, json } of documents) glue.document(kind, id, json);
  told(glue.load());
}

/** What the rules say of a draft as of `at`, or of a sealed return as of when it was prepared. */
export const check = (file, { at = new Date() } = {}) => told(glue.check(bytesOf(file), timeOf(at)));

/** Its ratings, with the facts that caused them, and its calculated values. */
export const score = (file, { at = new Date() } = {}) => told(glue.score(bytesOf(file), timeOf(at)));

/** Seals a draft with the key of 32 secret bytes; without them, with a new one that is used once. */
export function sign(draft, { secret = crypto.getRandomValues(new Uint8Array(32)), at = new Date() } = {}) {
  return told(glue.sign(bytesOf(draft), secret, timeOf(at)));
}

/** Whether a file is as it was sealed, and whether a check here finds the same. */
export const verify = (file) => told(glue.verify(bytesOf(file)));
