// When a draft is kept, under which number, and which tab has it. Stores, timers and the other tabs are made here.

import assert from "node:assert/strict";
import { test } from "node:test";

import { keeper } from "../../www/keep.js";
import { Changed, web } from "../../www/store.js";

/** Timers that stand still until they are moved on. */
function clock() {
  let time = 0;
  let next = 0;
  const waiting = new Map();
  return {
    performance: { now: () => time },
    setTimeout(act, ms, ...more) {
      next += 1;
      waiting.set(next, { at: time + ms, act: () => act(...more) });
      return next;
    },
    clearTimeout: (id) => void waiting.delete(id),
    pass(ms) {
      time += ms;
      for (const [id, { at, act }] of [...waiting]) {
        if (at <= time) {
          waiting.delete(id);
          act();
        }
      }
    },
  };
}

/** sessionStorage or localStorage. */
function storage() {
  const held = {};
  const methods = {
    getItem: (name) => held[name] ?? null,
    setItem: (name, text) => void (held[name] = String(text)),
    removeItem: (name) => void delete held[name],
  };
  return new Proxy(held, { get: (_, name) => methods[name] ?? held[name] });
}

/** A tab: what it told its engine, and the engine's answer to being asked to keep. */
function tab({ computer = web(storage()), memory = storage(), channel } = {}) {
  const told = [];
  const timers = clock();
  let change = 0;
  const beside = (more) => JSON.stringify({ store: "computer", label: "L", file_name: "f.json", ...more });
  const it = {
    told, timers, computer, memory,
    types(more) {
      change += 1;
      it.more = more;
      keep.effects["keep-soon"]();
    },
    beside,
  };
  const happen = (event) => {
    told.push(event);
    if (event[0] === "keep") keep.effects.keep([String(change), `draft ${change}`, beside(it.more)]);
    if (event[0] === "opened") keep.effects.adopt();
  };
  const keep = keeper({ happen, opened: Promise.resolve({ computer, tab: web(memory) }), channel, memory, timers });
  return Object.assign(it, { keep });
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const names = (told) => told.map(([what]) => what);

async function begun(options) {
  const it = tab(options);
  it.keep.ask();
  const begin = it.keep.begin();
  await settled();
  it.timers.pass(50);
  await begin;
  it.told.length = 0;
  return it;
}

test("a draft is kept when typing pauses, and before two seconds of typing are over", async () => {
  const it = await begun();
  it.types();
  it.timers.pass(600);
  it.types();
  assert.deepEqual(it.told, [], "still typing");
  it.timers.pass(700);
  await settled();
  assert.deepEqual(it.told.slice(0, 2), [["keep", "", ""], ["kept", "2", ""]]);
  assert.match(it.told.at(-1)[2], /"label":"L".*"open":"here"/, "and it is in the list");
  it.told.length = 0;
  for (let time = 0; time < 1_400; time += 200) {
    it.types();
    it.timers.pass(200);
  }
  assert.deepEqual(names(it.told), ["keep"], "typing without a pause");
});

test("leaving a field keeps at once what waits, and nothing when nothing waits", async () => {
  const it = await begun();
  it.keep.now();
  assert.deepEqual(it.told, []);
  it.types();
  it.keep.now();
  await settled();
  assert.deepEqual(names(it.told), ["keep", "kept", "drafts"]);
});

test("each keeping has the next number, and what another tab wrote is not overwritten", async () => {
  const computer = web(storage());
  const it = await begun({ computer });
  it.types();
  it.keep.now();
  it.types();
  it.keep.now();
  await settled();
  const [record] = await computer.all();
  assert.deepEqual([record.revision, record.draft, record.label], [2, "draft 2", "L"]);
  await computer.write({ ...record, revision: 3, draft: "of another tab" }, 2);
  it.told.length = 0;
  it.types();
  it.keep.now();
  await settled();
  assert.deepEqual(names(it.told), ["keep", "elsewhere"]);
  assert.equal((await computer.read(record.id)).draft, "of another tab");
  // As a draft of its own it is kept beside the other.
  it.keep.effects.forget();
  it.types();
  it.keep.now();
  await settled();
  assert.equal((await computer.all()).length, 2);
});

test("a store that is full, and one that is not there, are told apart", async () => {
  const full = { ...web(storage()), write: async () => { throw new DOMException("full", "QuotaExceededError"); } };
  for (const [computer, reason] of [[full, "full"], [null, "nothing"]]) {
    const it = await begun({ computer });
    it.types();
    it.keep.now();
    await settled();
    assert.deepEqual(it.told.at(-1), ["not-kept", reason, ""]);
    assert.equal(it.keep.file.text, "draft 1", "it can be saved as a file all the same");
  }
});

test("kept somewhere else from now on, it is gone from where it was", async () => {
  const it = await begun();
  it.types();
  it.keep.now();
  await settled();
  it.types({ store: "tab" });
  it.keep.now();
  await settled();
  assert.equal((await it.computer.all()).length, 0);
  assert.match(it.memory.getItem("ia-returns current"), /^tab /);
});

test("loaded again, a tab goes on with what it had", async () => {
  const it = await begun();
  it.types();
  it.keep.now();
  await settled();
  const again = tab({ computer: it.computer, memory: it.memory });
  again.keep.ask();
  const begin = again.keep.begin();
  await settled();
  again.timers.pass(49);
  await settled();
  assert.deepEqual(names(again.told), ["drafts"], "a copied tab waits for the others");
  again.timers.pass(1);
  await begin;
  assert.deepEqual(again.told.at(-1), ["opened", it.beside(), "draft 1"]);
  again.told.length = 0;
  again.types();
  again.keep.now();
  await settled();
  assert.equal((await it.computer.all())[0].revision, 2, "and keeps it under its next number");
});

test("what other tabs say while the engine is unpacked is known when it runs, and is not waited for again", async (t) => {
  const computer = web(storage());
  const memory = storage();
  const one = await begun({ computer, memory, channel: channel(t) });
  one.types();
  one.keep.now();
  await settled();
  const copy = tab({ computer, memory, channel: channel(t) });
  copy.keep.ask();
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(copy.told, [], "there is no engine to tell yet");
  copy.timers.pass(60);
  const begin = copy.keep.begin();
  await settled();
  assert.match(copy.told[0][2], /"open":"elsewhere"/);
  copy.timers.pass(0);
  await until(() => names(one.told).includes("elsewhere"));
  await begin;
  assert.ok(names(copy.told).includes("opened"), "it took over what the other tab had");
});

test("another tab hands over what it still had, and stops", async (t) => {
  const computer = web(storage());
  const [one, two] = [await begun({ computer, channel: channel(t) }), await begun({ computer, channel: channel(t) })];
  one.types();
  one.keep.now();
  await settled();
  const [{ id }] = await computer.all();
  await until(() => names(two.told).includes("drafts"));
  assert.match(two.told.at(-1)[2], /"open":"elsewhere"/);
  one.types();
  two.keep.effects.open([id]);
  await until(() => names(two.told).includes("opened"));
  assert.deepEqual(two.told.at(-1).at(2), "draft 2");
  assert.ok(names(one.told).includes("elsewhere"));
  // And back again, though the first tab still has it on its page.
  one.told.length = 0;
  one.keep.effects.open([""]);
  await until(() => names(one.told).includes("opened") && names(two.told).includes("elsewhere"));
});

test("removing takes the draft of this tab out for good, and everything if asked", async () => {
  const it = await begun();
  for (let round = 0; round < 2; round += 1) {
    it.types();
    it.keep.now();
    it.keep.effects.forget();
  }
  it.types();
  it.keep.now();
  it.keep.effects.remove(["here"]);
  await until(async () => (await it.computer.all()).length === 2 && it.told.at(-1)[0] === "drafts");
  assert.equal(it.memory.getItem("ia-returns current"), null);
  it.keep.effects.remove([""]);
  await until(async () => (await it.computer.all()).length === 0);
});

test("a record is written only over the one that it was made from", async () => {
  const place = web(storage());
  await place.write({ id: "a", revision: 1 }, undefined);
  await assert.rejects(place.write({ id: "a", revision: 2 }, 0), Changed);
  await place.write({ id: "a", revision: 2 }, 1);
  await place.remove("a");
  await place.write({ id: "a", revision: 3 }, 2);
  assert.deepEqual(await place.all(), [{ id: "a", revision: 3 }]);
});

function channel(t) {
  const made = new BroadcastChannel("ia-returns-test");
  t.after(() => made.close());
  return made;
}

async function until(done) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await done()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.fail("never");
}

