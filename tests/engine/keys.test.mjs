// The engine of kept keys, as it ships, in WebAssembly and as plain script, says of every key file in tests/data/keys what the
// core says natively (tests/suite/keys/files.rs), and takes no longer about it than a person waits.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { runInThisContext } from "node:vm";
import { ROOT } from "./engine.mjs";

const WORK = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "xtask");
const BUILT = join(WORK, "keys");
const KEYS = join(ROOT, "tests/data/keys");
const cases = JSON.parse(readFileSync(join(KEYS, "keys.json"), "utf8"));

const bytesOf = (text) => new TextEncoder().encode(text);

/** The ways to run it, and the longest that one key file may take, in milliseconds. 600,000 rounds are a third of a second in
    WebAssembly and a bit more than one as plain script, compiled; this is for a computer that does other things too. */
const WAYS = {
  wasm: {
    longest: 5_000,
    run: async (imports) => (await WebAssembly.instantiate(readFileSync(join(BUILT, "ia_returns.wasm")), imports)).instance.exports,
  },
  "plain script": {
    longest: 15_000,
    run: async (imports) => {
      runInThisContext(readFileSync(join(WORK, "second-keys/second.js"), "utf8"));
      return globalThis.iaReturnsSecondKeys()(imports);
    },
  },
};

for (const [name, { longest, run }] of Object.entries(WAYS)) {
  describe(name, () => {
    let engine;
    let memory;
    const asked = [];

    before(async () => {
      globalThis.iaReturns = {
        keys: { ask: (...effect) => asked.push(effect) },
        now: () => "2023-07-28T09:40:00.000Z",
        random: (bytes) => Boolean(bytes.forEach((_, at) => { bytes[at] = at + 1; })) || true,
      };
      assert.ok(existsSync(join(BUILT, "ia_returns.wasm")), "run “cargo xtask build” first");
      // Each way has glue of its own, which holds the memory.
      const glue = Buffer.from(`${readFileSync(join(BUILT, "ia_returns_bg.js"))}\n// ${name}`);
      engine = await import(`data:text/javascript;base64,${glue.toString("base64")}`);
      const exports = await run({ "./ia_returns_bg.js": engine });
      engine.__wbg_set_wasm(exports);
      exports.__wbindgen_start?.();
      ({ memory } = exports);
    });

    /** What follows from an event: regions by name, and what else was asked for. */
    function happen(what, id = "") {
      const seen = { regions: {}, others: [] };
      engine.happen(what, id);
      while (asked.length > 0) {
        const [name, one, two] = asked.shift();
        if (name === "replace") seen.regions[one] = two;
        else if (name === "later") engine.happen("ready", "");
        else if (name === "portion") engine.happen("portion", "50");
        else seen.others.push([name, one, two]);
      }
      return seen;
    }

    function press(action, typed) {
      for (const [id, text] of Object.entries(typed)) engine.give(id, bytesOf(text));
      return happen("pressed", action);
    }

    function open({ file, passphrase }) {
      happen("shown", "seal");
      engine.give("key-file", readFileSync(join(KEYS, file)));
      const chosen = happen("chosen", "key-file").regions;
      const pressed = press("open-key", { passphrase }).regions;
      return ["keys-open", "key-file-message", "passphrase-message"]
        .map((region) => pressed[region] ?? chosen[region] ?? "").join("");
    }

    for (const [number, vector] of cases.entries()) {
      test(`${number + 1}: ${vector.file} with ${JSON.stringify(vector.passphrase)}`, () => {
        const begun = performance.now();
        const said = open(vector);
        const took = performance.now() - begun;
        assert.ok(said.includes(vector.says), said);
        assert.ok(took < longest, `${took} ms`);
        if (engine.secret(0) >= 0) happen("pressed", "forget-key");
        assert.equal(engine.secret(0), -1);
      });
    }

    /** Where in the engine's memory these bytes stand. */
    const found = (bytes) => Buffer.from(memory.buffer).indexOf(bytes);

    test("a key that is made leaves byte by byte, and is gone from the engine's memory when it is forgotten", () => {
      happen("shown", "seal");
      const passphrase = "four words, écrits";
      const { others } = press("make-key", { "new-passphrase": passphrase, "same-passphrase": passphrase });
      const [, name, pem] = others.find(([what]) => what === "save");
      assert.equal(name, "key.pem");
      const secret = Uint8Array.from({ length: 32 }, (_, at) => engine.secret(at));
      assert.deepEqual([...secret], Array.from({ length: 32 }, (_, at) => at + 1));
      assert.deepEqual([engine.secret(32), engine.secret(-1)], [-1, -1]);
      assert.ok(found(secret) >= 0, "the key is in the engine while it is open");
      const der = execFileSync("openssl", ["pkey", "-passin", `pass:${passphrase}`, "-outform", "DER"], { input: pem });
      assert.deepEqual(der.subarray(-32), Buffer.from(secret), "openssl opens it");
      happen("pressed", "forget-key");
      assert.equal(found(secret), -1, "the key is wiped");
      assert.equal(found(bytesOf(passphrase)), -1, "the passphrase is wiped");
    });

    test("nothing of a key that was opened stays after it is forgotten", () => {
      const vector = cases.find(({ file }) => file === "plain.pem");
      open(vector);
      const secret = Uint8Array.from({ length: 32 }, (_, at) => engine.secret(at));
      assert.deepEqual([...secret], new Array(32).fill(9));
      happen("pressed", "forget-key");
      assert.equal(found(secret), -1, "the key is wiped");
      const pem = readFileSync(join(KEYS, vector.file));
      assert.equal(found(pem.subarray(30, 80)), -1, "and so is the file it came from");
    });
  });
}
