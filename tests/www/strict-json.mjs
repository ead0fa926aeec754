// A second strict reader of JSON (RFC 7493, whole numbers only), written from docs/return-format.md and with nothing of the core.

const BYTES = 4_000_000;
const VALUES = 65_536;
const DEPTH = 32;
const LARGEST = Number.MAX_SAFE_INTEGER;

/** What is wrong with a text, and how many bytes stand before it. */
export class NotStrict extends Error {
  constructor(message, byte) {
    super(message);
    this.byte = byte;
  }
}

/** The value of some bytes. Objects have no prototype, so that no name means anything. */
export function read(bytes) {
  if (bytes.length > BYTES) throw new NotStrict("too long", BYTES);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw new NotStrict("a byte-order mark", 0);
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NotStrict("not UTF-8");
  }
  return new Reader(text).document();
}

const PLAIN = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

const isNoncharacter = (code) => (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) === 0xfffe;

class Reader {
  at = 0;
  values = 0;

  constructor(text) {
    this.text = text;
  }

  fail(message, at = this.at) {
    throw new NotStrict(message, Buffer.byteLength(this.text.slice(0, at)));
  }

  get next() {
    return this.text[this.at];
  }

  space() {
    while (this.at < this.text.length && " \t\n\r".includes(this.next)) this.at += 1;
  }

  take(letter) {
    const found = this.next === letter;
    if (found) this.at += 1;
    return found;
  }

  document() {
    this.space();
    const value = this.value(0);
    this.space();
    if (this.at < this.text.length) this.fail("something follows");
    return value;
  }

  value(depth) {
    this.values += 1;
    if (this.values > VALUES) this.fail("too many values");
    if ((this.next === "{" || this.next === "[") && depth === DEPTH) this.fail("too deep");
    if (this.next === "{") return this.object(depth + 1);
    if (this.next === "[") return this.list(depth + 1);
    if (this.next === '"') return this.string();
    if (this.next === "-" || /[0-9]/.test(this.next ?? "")) return this.number();
    for (const [word, value] of [["true", true], ["false", false], ["null", null]]) {
      if (this.next === word[0]) {
        for (const letter of word) if (!this.take(letter)) this.fail(`expected ${word}`);
        return value;
      }
    }
    return this.fail("expected a value");
  }

  list(depth) {
    const items = [];
    this.at += 1;
    this.space();
    if (this.take("]")) return items;
    for (;;) {
      this.space();
      items.push(this.value(depth));
      this.space();
      if (this.take("]")) return items;
      if (!this.take(",")) this.fail("expected a comma or ]");
    }
  }

  object(depth) {
    const members = Object.create(null);
    this.at += 1;
    this.space();
    if (this.take("}")) return members;
    for (;;) {
      this.space();
      const start = this.at;
      if (this.next !== '"') this.fail("expected a name");
      const name = this.string();
      if (name in members) this.fail(`“${name}” is there twice`, start);
      this.space();
      if (!this.take(":")) this.fail("expected a colon");
      this.space();
      members[name] = this.value(depth);
      this.space();
      if (this.take("}")) return members;
      if (!this.take(",")) this.fail("expected a comma or }");
    }
  }

  number() {
    const start = this.at;
    const [digits] = /^-?[0-9]*/.exec(this.text.slice(start, start + 400));
    this.at += digits.length;
    if (!/[0-9]$/.test(digits)) this.fail("expected a digit");
    if (/^-?0[0-9]/.test(digits)) this.fail("a needless zero", start);
    if (".eE".includes(this.next ?? " ")) this.fail("not a whole number", start);
    if (digits === "-0") this.fail("minus zero", start);
    const number = BigInt(digits);
    if (number > BigInt(LARGEST) || number < -BigInt(LARGEST)) this.fail("too large", start);
    return Number(number);
  }

  string() {
    let string = "";
    this.at += 1;
    for (;;) {
      const start = this.at;
      const code = this.text.codePointAt(this.at);
      if (code === undefined) this.fail("the text stops");
      if (code === 0x22) {
        this.at += 1;
        return string;
      }
      if (code < 0x20) this.fail("a control character");
      if (code === 0x5c) {
        string += this.escape();
      } else {
        if (isNoncharacter(code)) this.fail("not a character", start);
        string += String.fromCodePoint(code);
        this.at += code > 0xffff ? 2 : 1;
      }
    }
  }

  escape() {
    const start = this.at;
    const letter = this.text[start + 1];
    if (letter === undefined) this.fail("the text stops", start + 1);
    if (letter !== "u") {
      if (!(letter in PLAIN)) this.fail("an unknown escape", start);
      this.at += 2;
      return PLAIN[letter];
    }
    let code = this.unit(start);
    if (code >= 0xdc00 && code <= 0xdfff) this.fail("half of a pair", start);
    if (code >= 0xd800 && code <= 0xdbff) {
      if (this.text.slice(this.at, this.at + 2) !== "\\u") this.fail("half of a pair", start);
      const second = this.unit(this.at);
      if (second < 0xdc00 || second > 0xdfff) this.fail("half of a pair", start);
      code = 0x10000 + ((code - 0xd800) << 10) + (second - 0xdc00);
    }
    if (isNoncharacter(code)) this.fail("not a character", start);
    return String.fromCodePoint(code);
  }

  /** The number of `\uXXXX` at a place. */
  unit(start) {
    const digits = this.text.slice(start + 2, start + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail("an unknown escape", start);
    this.at = start + 6;
    return Number.parseInt(digits, 16);
  }
}
