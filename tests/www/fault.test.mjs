// An engine that has stopped halfway is not asked again, whichever engine it is and whatever it threw.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Stopped, guarded } from "../../www/fault.js";

for (const failure of [new WebAssembly.RuntimeError("unreachable"), new Error("abort"), new RangeError("Maximum call stack")]) {
  test(`after “${failure}” nothing is asked`, () => {
    const asked = [];
    const { document, handle } = guarded({
      document: (...texts) => asked.push(texts),
      handle: (what) => {
        asked.push([what]);
        if (what === "bad") throw failure;
      },
    });
    handle("good");
    document("kind", "id", "json");
    assert.throws(() => handle("bad"), (stopped) => stopped instanceof Stopped && stopped.cause === failure);
    handle("good");
    document("kind", "id", "json");
    assert.deepEqual(asked, [["good"], ["kind", "id", "json"], ["bad"]]);
  });
}
