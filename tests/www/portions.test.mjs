import assert from "node:assert/strict";
import { test } from "node:test";
import { portions } from "../../www/portions.js";

/** Frames and timers that go when they are told to, and a clock that goes on when somebody works. */
function browser(t) {
  const [frames, timers] = [[], []];
  let now = 0;
  t.mock.method(globalThis, "setTimeout", (go, _, ...given) => timers.push(() => go(...given)));
  t.mock.method(performance, "now", () => now);
  globalThis.requestAnimationFrame = (go) => frames.push(go);
  t.after(() => delete globalThis.requestAnimationFrame);
  const run = (waiting) => waiting.splice(0).forEach((go) => go());
  return { frame: () => run(frames), timer: () => run(timers), work: (took) => { now += took; } };
}

test("work begins after the screen was drawn, and goes on without waiting for frames", (t) => {
  const { frame, timer, work } = browser(t);
  const seen = [];
  const { later, portion } = portions((what, took) => {
    seen.push([what, took]);
    work(12.4);
  });
  later();
  timer();
  assert.deepEqual(seen, [], "not before a frame");
  frame();
  timer();
  portion();
  timer();
  assert.deepEqual(seen, [["ready", "0"], ["portion", "12"]], "with how long the one before took, in whole milliseconds");
});

test("however often it is asked for, one portion is on its way", (t) => {
  const { timer } = browser(t);
  let done = 0;
  const { portion } = portions(() => {
    done += 1;
  });
  portion();
  portion();
  timer();
  assert.equal(done, 1);
  portion();
  timer();
  assert.equal(done, 2);
});

test("a portion that asks for the next gets it, one after the other", (t) => {
  const { timer } = browser(t);
  let left = 3;
  const work = portions(() => {
    left -= 1;
    if (left > 0) work.portion();
  });
  work.portion();
  for (const after of [2, 1, 0, 0]) {
    timer();
    assert.equal(left, after);
  }
});
