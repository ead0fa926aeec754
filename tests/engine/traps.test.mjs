// Where plain script made by wasm2js does something else than WebAssembly, without a word. Each trap is shown to be there
// still, on the smallest module or by taking our remedy away, and shown to be kept out of the engine that ships. When a
// trap is gone, its test says so, and the remedy can go too.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { ROOT } from "./engine.mjs";
import { BUILT, Page, missing, second, wasm } from "./page.mjs";

const folder = mkdtempSync(join(tmpdir(), "ia-returns-traps-"));

/** A program of binaryen: `{ status, stdout, stderr }`. */
const run = (name, ...args) => spawnSync(join(ROOT, "node_modules/.bin", name), args, { encoding: "utf8", maxBuffer: 1 << 26 });

/** What the translator may read: the same list as in xtask/src/engine.rs. */
const FEATURES = readFileSync(join(ROOT, "xtask/src/engine.rs"), "utf8").match(/"--enable-[^"]+"/g).map((flag) => flag.slice(1, -1));

let count = 0;

/** A module in text, as WebAssembly and as plain script: what each exports; or what the translator complains of. */
async function both(text) {
  count += 1;
  const [wat, binary, script] = ["wat", "wasm", "mjs"].map((ending) => join(folder, `${count}.${ending}`));
  writeFileSync(wat, `(module ${text})`);
  const assembled = run("wasm-as", wat, "-all", "-o", binary);
  assert.equal(assembled.status, 0, assembled.stderr);
  const { status, stderr } = run("wasm2js", binary, ...FEATURES, "-o", script);
  if (status !== 0) return { complaint: stderr };
  const { instance } = await WebAssembly.instantiate(readFileSync(binary), {});
  // The upper half of 64 bits goes by a side door, which nothing here asks for.
  const door = "const env = { getTempRet0: () => 0, setTempRet0() {} };";
  writeFileSync(script, readFileSync(script, "utf8").replace(/^import \* as env from 'env';$/m, door));
  return { wasm: instance.exports, plain: await import(pathToFileURL(script)) };
}

function trap(name, fn) {
  test(name, (t) => {
    if (!missing) return fn(t);
    assert.ok(!process.env.CI, `${missing}: this test may not be skipped where CI is set`);
    return t.skip(missing);
  });
}

/** The engine that ships, as text; and what of it would be a trap. */
let disassembled;
const engine = () => {
  disassembled ??= run("wasm-dis", BUILT.wasm, ...FEATURES).stdout;
  return disassembled;
};
const tables = (text) => text.match(/\(table /g)?.length ?? 0;
const references = (text) => text.match(/externref|table\.grow|ref\.null/g) ?? [];
const casts = (text) => text.match(/trunc_sat/g) ?? [];
const floats = (text) => text.match(/\bf(32|64)\b/g) ?? [];
/** Functions at the border, imported or exported, that take or give 64 bits. */
function wide(text) {
  const exported = [...text.matchAll(/\(export "[^"]*" \(func (\$[^)]+)\)/g)].map(([, name]) => name);
  const imported = [...text.matchAll(/\(import [^\n]*/g)].map(([line]) => line);
  const headed = exported.map((name) => text.split("\n").find((line) => line.trim().startsWith(`(func ${name} `)) ?? "");
  return [...imported, ...headed].filter((line) => /\bi64\b/.test(line));
}

trap("two tables: the translator refuses them, and the engine has one, without references", async () => {
  const two = "(table 1 funcref) (table 1 externref) (func (export \"f\"))";
  assert.match((await both(two)).complaint, /multiple tables|reference/i);
  assert.deepEqual([tables(two), references(two).length], [2, 1], "what is looked for would be found");
  assert.deepEqual([tables(engine()), references(engine())], [1, []]);
});

trap("casts of floats: the translation does not saturate, and the engine has neither casts nor floats", async () => {
  const text = "(func (export \"f\") (param f64) (result i32) (i32.trunc_sat_f64_s (local.get 0)))";
  const { wasm: one, plain } = await both(text);
  assert.deepEqual([one.f(3e9), plain.f(3e9) === 2147483647], [2147483647, false]);
  assert.deepEqual([casts(text).length, floats(text).length > 0], [1, true], "what is looked for would be found");
  assert.deepEqual([casts(engine()), floats(engine())], [[], []]);
});

trap("64 bits at the border: the two engines want other things, and the engine has none there", async () => {
  const text = "(func $f (export \"f\") (param i64) (result i64) (i64.add (local.get 0) (i64.const 1)))";
  const { wasm: one, plain } = await both(text);
  assert.equal(one.f(1n), 2n);
  const same = () => plain.f(1n) === 2n;
  assert.throws(same, TypeError);
  const dis = run("wasm-dis", join(folder, `${count}.wasm`), "-all").stdout;
  assert.equal(wide(dis).length, 1, "what is looked for would be found");
  const shipped = engine();
  assert.deepEqual(wide(shipped), []);
  assert.ok(shipped.includes("i64"), "inside there are some");
});

/** The files that a page seals whose memory grows once it has begun; an error where it cannot get so far. */
function sealed(made) {
  try {
    const page = new Page(made);
    assert.ok(made.exports.memory.grow(1) > 0);
    return page.seal().saved;
  } catch (failure) {
    return [String(failure)];
  }
}

trap("grown memory: views of the old one are made anew", async () => {
  const [good] = sealed(await second());
  assert.ok(JSON.parse(good).return);
  assert.ok(sealed(await wasm())[0] === good, "as in WebAssembly");
  // What wasm-bindgen writes asks only whether the old memory is empty, which here it never is.
  for (const [fresh, stale] of [
    ["cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer", "cachedUint8ArrayMemory0.byteLength === 0"],
    ["cachedDataViewMemory0.buffer !== wasm.memory.buffer", "cachedDataViewMemory0.byteLength === 0"],
  ]) {
    const change = (text) => {
      assert.equal(text.split(fresh).length, 2, `the glue is patched: ${fresh}`);
      return text.replace(fresh, stale);
    };
    const [bad] = sealed(await second({ change }));
    assert.ok(bad !== good, `the trap is gone, and the patch is not needed: ${fresh}`);
  }
});

trap("memory that cannot grow: the engine is told so, and keeps what it has", async () => {
  const made = await second();
  const { memory } = made.exports;
  const before = memory.buffer;
  for (const pages of [65_535, 65_536, -1]) assert.equal(memory.grow(pages), -1, `${pages} pages`);
  const real = globalThis.ArrayBuffer;
  globalThis.ArrayBuffer = function full() { throw new RangeError("no memory"); };
  const answer = memory.grow(1);
  globalThis.ArrayBuffer = real;
  assert.equal(answer, -1, "the browser has no more");
  assert.ok(memory.buffer === before);
  assert.ok(JSON.parse(sealed(made)[0]).return, "and it goes on");
  const untold = readFileSync(BUILT.translated, "utf8").match(/function __wasm_memory_grow[^]*?return oldPages/)[0];
  assert.doesNotMatch(untold, /-1/, "the trap is gone: wasm2js tells");
});

trap("a fault: it comes out as an error of another kind, with the engine left halfway", async () => {
  const { wasm: one, plain } = await both("(func (export \"f\") (unreachable))");
  assert.throws(one.f, WebAssembly.RuntimeError);
  assert.throws(plain.f, (failure) => !(failure instanceof WebAssembly.RuntimeError));
  // What www/fault.js makes of it is tested in tests/www/fault.test.mjs.
});

trap("reading beyond memory: no error in the translation, so the engine must be of safe Rust only", async () => {
  const { wasm: one, plain } = await both(`(memory (export "m") 1)
    (func (export "f") (param i32) (result i32) (i32.load (local.get 0)))`);
  assert.throws(() => one.f(70_000), WebAssembly.RuntimeError);
  assert.equal(plain.f(70_000), 0);
  const manifest = readFileSync(join(ROOT, "Cargo.toml"), "utf8");
  assert.match(manifest, /^unsafe_code = "forbid"$/m);
});

trap("the translator is one that was looked at", () => {
  const said = run("wasm2js", "--version").stdout;
  const version = Number(said.match(/version (\d+)/)?.[1]);
  assert.ok(version >= 132, `version 108 broke on some crates: ${said}`);
  assert.ok(existsSync(BUILT.second));
});

trap("both engines ask for the same through the same glue", async () => {
  const [one, other] = [await wasm(), await second()];
  assert.deepEqual(Object.keys(one.glue), Object.keys(other.glue));
  assert.deepEqual(Object.keys(one.exports).sort(), Object.keys(other.exports).sort());
});
