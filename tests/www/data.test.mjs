// Data stands in the page, or comes from packed blocks or from scripts, and is taken only with the hash that the manifest says.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const hash = (text) => createHash("sha256").update(text).digest("hex");

const template = '{"id":"t","title":"“T” \\u003c"}';
const plan = '"1 0 0 "';
const list = '["RX1"]';
const entries = [
  { id: hash(template), kind: "plan", sha256: hash(plan) },
  { id: "t", kind: "template", sha256: hash(template) },
  { id: "2023-07", kind: "organisations", sha256: hash(list) },
];

/** A page of these blocks in a folder of these scripts (functions); it notes which were run. */
function page(blocks, scripts = {}) {
  const ran = [];
  const of = (kind, id) => blocks.find((block) => block.kind === kind && block.id === id);
  globalThis.CSS = { escape: (text) => text };
  globalThis.document = {
    querySelector(selector) {
      const [, kind, id] = selector.match(/data-block="(.*)"\]\[data-id="(.*)"\]/);
      const block = of(kind, id);
      return block ? { textContent: block.text } : null;
    },
    querySelectorAll: () => blocks.filter(({ text }) => text.startsWith("{")),
    createElement: () => ({
      listeners: {},
      addEventListener(type, listener) {
        this.listeners[type] = listener;
      },
    }),
    head: {
      append({ src, listeners }) {
        ran.push(src);
        queueMicrotask(() => {
          if (!scripts[src]) return listeners.error();
          scripts[src]();
          return listeners.load();
        });
      },
    },
  };
  return ran;
}

const manifest = { kind: "manifest", id: "manifest", text: JSON.stringify({ blocks: entries, format: "ia-manifest/1" }) };
const packed = ({ kind, id }, text) => ({ kind, id, text: gzipSync(text).toString("base64") });

const { embedded, give, loader, manifest: read } = await import("../../www/data.js");

/** A loader, and what it told the engine. */
function begin() {
  const told = [];
  const load = loader({ document: (...document) => told.push(document) }, read());
  return { load, told };
}

test("one file: a template comes out of its block, after its plan", async () => {
  page([manifest, packed(entries[0], plan), packed(entries[1], template)]);
  const { load, told } = begin();
  assert.deepEqual(await load("template", "t", hash(template)), ["loaded", "", ""]);
  assert.deepEqual(told, [["plan", hash(template), plan], ["template", "t", template]]);
});

test("a folder: a list comes by a script that is named by its hash, once", async () => {
  const name = `organisations-2023-07-${hash(list).slice(0, 12)}.js`;
  const ran = page([manifest], { [name]: () => give("organisations", "2023-07", list) });
  const { load, told } = begin();
  const both = await Promise.all([1, 2].map(() => load("organisations", "2023-07", hash(list))));
  assert.deepEqual(both, [["loaded", "", ""], ["loaded", "", ""]]);
  assert.deepEqual([ran, told], [[name], [["organisations", "2023-07", list]]]);
});

test("what has another hash, is not there, or is not known is not taken, and can be asked for again", async (t) => {
  t.mock.method(console, "warn", () => {});
  page([manifest, packed(entries[2], '["RX2"]')]);
  const { load, told } = begin();
  const no = ["could-not-load", "", ""];
  assert.deepEqual(await load("organisations", "2023-07", hash(list)), no, "another text");
  assert.deepEqual(await load("template", "t", hash(template)), no, "no script");
  assert.deepEqual(await load("template", "t", hash("other")), no, "another version");
  assert.deepEqual(told, []);
  page([manifest, packed(entries[2], list)]);
  assert.deepEqual(await load("organisations", "2023-07", hash(list)), ["loaded", "", ""]);
});

test("only a script beside the page is ever run", async () => {
  const { setSource } = await import("../../www/html.js");
  const script = {};
  setSource(script, "template-t-0123456789ab.js");
  assert.equal(script.src, "template-t-0123456789ab.js");
  for (const name of ["../x.js", "/x.js", "https:x.js", "data:text/javascript,1", "x.html", ""]) {
    assert.throws(() => setSource(script, name), TypeError, name);
  }
});

/** A collection and its list, as the build writes them into a page, and their manifest. */
function start({ collection = '{"id":"c","title":"<p> \\\\u003c \\" \\u2028"}', change = (text) => text, more = [] } = {}) {
  const expected = '{"of":"c"}';
  const first = [
    { id: "c", kind: "collection", sha256: hash(collection) },
    { id: "c", kind: "expected", sha256: hash(expected) },
  ];
  const text = JSON.stringify({ blocks: [...first, ...entries], format: "ia-manifest/1", version: "1.2.3" });
  const written = collection.replaceAll("<", "\\u003c");
  page([
    { kind: "manifest", id: "manifest", text },
    { kind: "collection", id: "c", text: change(written) },
    { kind: "expected", id: "c", text: expected },
    ...more,
  ]);
  return { collection, expected, text };
}

test("what stands in the page is taken as it was written, in the order of the manifest", () => {
  const { collection, expected, text } = start();
  const list = read();
  assert.deepEqual([list.version, list.sha256], ["1.2.3", hash(text)]);
  assert.deepEqual(embedded(list), [
    { kind: "collection", id: "c", json: collection }, { kind: "expected", id: "c", json: expected }]);
  assert.ok(start().collection.includes("\\\\u003c"), "an escaped backslash before u003c is told from an escape");
});

test("a block that was changed, left out or put in stops the page before anything is read", () => {
  const damaged = /damaged or was changed, so it will not run/;
  start({ change: (text) => text.replace("title", "titel") });
  assert.throws(() => embedded(read()), damaged);
  start({ more: [{ kind: "collection", id: "d", text: "{}" }] });
  assert.throws(() => embedded(read()), damaged);
  const { text } = start();
  page([{ kind: "manifest", id: "manifest", text }]);
  assert.throws(() => embedded(read()), damaged);
});
