// The core in WebAssembly, judging vectors: tests/engine built by cargo, and what is put in and taken out four bytes at a time.
// The engine of the pages opens no files yet, so it cannot be asked.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const TARGET = "wasm32-unknown-unknown";

/** `{ file }` of the engine, built if it is stale; or `{ why }` it cannot be. */
export function build() {
  const folder = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "vector-engine");
  const manifest = join(ROOT, "tests/engine/Cargo.toml");
  const args = ["build", "--quiet", "--manifest-path", manifest, "--target", TARGET, "--target-dir", folder];
  const { status, stderr, error } = spawnSync("cargo", args, { cwd: ROOT, encoding: "utf8", timeout: 1_200_000 });
  if (error?.code === "ENOENT") return { why: "cargo is not installed" };
  if (/target may not be installed/.test(stderr)) return { why: `“rustup target add ${TARGET}” was not run` };
  if (status !== 0) throw new Error(`cargo ${args.join(" ")}: ${error ?? status}\n${stderr}`);
  const file = join(folder, TARGET, "debug/vector_engine.wasm");
  if (!existsSync(file)) throw new Error(`cargo built no ${file}`);
  return { file };
}

/** Everything that an engine wants of a browser: judging calls none of it. */
function nothing(module) {
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => {
      throw new Error(`judging called ${name}`);
    };
  }
  return imports;
}

/** The exports of the engine, run by WebAssembly. */
export async function wasm(file) {
  const module = await WebAssembly.compile(readFileSync(file));
  const { exports } = await WebAssembly.instantiate(module, nothing(module));
  return exports;
}

/** What the compiler may use of WebAssembly and the translator reads, as in xtask/src/engine.rs. */
const FEATURES = ["--enable-bulk-memory", "--enable-bulk-memory-opt", "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int"];

/** Translates the engine to plain script if that is stale: `{ file }`, or `{ why }` it cannot be. */
export function translate(file) {
  const program = (name) => join(ROOT, "node_modules/.bin", name);
  if (!existsSync(program("wasm2js"))) return { why: "“npm ci” was not run" };
  const script = file.replace(/\.wasm$/, ".mjs");
  const isFresh = existsSync(script) && statSync(script).mtimeMs > statSync(file).mtimeMs;
  if (isFresh) return { file: script };
  const run = (name, ...args) => {
    const { status, stderr } = spawnSync(program(name), args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`${name} ${args.join(" ")}: ${status}\n${stderr}`);
  };
  const lower = file.replace(/\.wasm$/, ".low.wasm");
  run("wasm-opt", file, ...FEATURES, "--enable-sign-ext", "--strip-debug", "--signext-lowering", "-O1", "-o", lower);
  run("wasm2js", lower, ...FEATURES, "-O1", "-o", script);
  const none = "new Proxy({}, { get: (_, name) => () => { throw new Error(`judging called ${name}`); } })";
  const text = readFileSync(script, "utf8").replace(/^import \* as (\w+) from '[^']*';$/gm, `const $1 = ${none};`);
  writeFileSync(script, text);
  return { file: script };
}

/** The exports of the engine, as plain script. */
export const plain = (file) => import(pathToFileURL(file));

/** What an engine says of a vector, as text. */
export function judge({ give, run, answer }, { reader, keeper, held, bytes, ofBytes }) {
  const put = (which, given) => {
    let at = 0;
    for (; at + 4 <= given.length; at += 4) give(which, given.readInt32LE(at), 4);
    for (; at < given.length; at += 1) give(which, given[at], 1);
  };
  put(0, Buffer.from(JSON.stringify({ reader, keeper, held })));
  put(1, bytes);
  if (ofBytes) put(2, ofBytes);
  const said = Buffer.alloc((run() + 3) & ~3);
  for (let at = 0; at < said.length; at += 4) said.writeInt32LE(answer(at), at);
  return said.toString("utf8").replace(/\0+$/, "");
}
