// Events go in one at a time, and what the engine asks for is done in order.

import assert from "node:assert/strict";
import { test } from "node:test";

import { join } from "../../www/edge.js";

/** An engine that answers each event with the effects given for it, and a record of all that goes on. */
function engineOf(effects) {
  const record = [];
  const engine = {
    handle(what) {
      record.push(`in ${what}`);
      for (const effect of effects[what] ?? []) edge.ask(...effect);
    },
  };
  const answers = {};
  const edge = join(engine, ([what], source) => {
    record.push(source ? `do ${what} for ${source}` : `do ${what}`);
    return answers[what]?.();
  });
  return { edge, record, answers };
}

test("effects are done in order, after the engine has finished, each with what the browser sent", () => {
  const { edge, record } = engineOf({ pressed: [["draw"], ["focus"]] });
  edge.happen(["pressed", "", ""], "click");
  assert.deepEqual(record, ["in pressed", "do draw for click", "do focus for click"]);
});

test("an answer is an event of its own, after the rest of the turn", () => {
  const { edge, record, answers } = engineOf({ pressed: [["save"], ["focus"]], saved: [["draw"]] });
  answers.save = () => ["saved", "", ""];
  edge.happen(["pressed", "", ""], "click");
  assert.deepEqual(record, ["in pressed", "do save for click", "do focus for click", "in saved", "do draw"]);
});

test("an answer that takes time is an event when it comes", async () => {
  const { edge, record, answers } = engineOf({ chosen: [["load"], ["focus"]], loaded: [["draw"]] });
  answers.load = async () => ["loaded", "", ""];
  edge.happen(["chosen", "", ""]);
  assert.deepEqual(record, ["in chosen", "do load", "do focus"]);
  await null;
  assert.deepEqual(record.slice(3), ["in loaded", "do draw"]);
});

test("what the browser sends while an effect is done waits its turn, and can be prevented no more", () => {
  const { edge, record, answers } = engineOf({ pressed: [["focus"], ["title"]], left: [["draw"]] });
  answers.focus = () => void edge.happen(["left", "", ""], "focusout");
  edge.happen(["pressed", "", ""], "click");
  assert.deepEqual(record, ["in pressed", "do focus for click", "do title for click", "in left", "do draw"]);
});

test("a fault in one turn leaves the edge ready for the next", () => {
  const { edge, record, answers } = engineOf({ pressed: [["draw"]] });
  answers.draw = () => {
    throw new Error("no");
  };
  assert.throws(() => edge.happen(["pressed", "", ""], "click"), /no/);
  edge.happen(["tick", "", ""]);
  assert.equal(record.at(-1), "in tick");
});
