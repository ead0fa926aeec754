// What is said of a computer, and what is to be asked for, from what was found.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asks, report, rows } from "../../www/computer-report.js";

const GOOD = {
  engine: "wasm", storage: "database", random: "yes", download: "yes", print: "yes", copy: "yes", clock: "good",
  local: "Friday 28 July 2023 at 10:40", london: "Friday 28 July 2023 at 10:40", zone: "Europe/London",
  from: "https://intranet.test", host: "intranet.test", browser: "Browser/1",
};

test("where all is well there is nothing to ask for", () => {
  assert.deepEqual(asks(GOOD), []);
  assert.match(report(GOOD), /Nothing to ask the IT team for/);
  assert.ok(rows(GOOD).every(([title, words]) => title && words));
});

test("each thing that does not work is asked for by the name of its policy or setting, for this host", () => {
  for (const [change, pattern] of [
    [{ engine: "script" }, /JavaScriptJitAllowedForSites with the host, without a port/],
    [{ storage: "none" }, /Allow site data .* for intranet\.test/],
    [{ random: "no" }, /another browser/],
    [{ download: "no" }, /Allow downloads from intranet\.test.*DownloadRestrictions/],
    [{ print: "no" }, /PrintingEnabled/],
    [{ copy: "no" }, /clipboard/],
    [{ clock: "old" }, /Set the clock/],
  ]) {
    const found = { ...GOOD, ...change };
    assert.equal(asks(found).length, 1, JSON.stringify(change));
    assert.match(asks(found)[0], pattern);
    assert.ok(report(found).includes(asks(found)[0]), "the report says so too");
  }
});

test("every value that can be found has words", () => {
  const values = {
    engine: ["wasm", "script"], storage: ["database", "simple", "none"], random: ["yes", "no"],
    download: ["untried", "pressed", "yes", "no"], print: ["untried", "pressed", "yes", "no"], copy: ["untried", "yes", "no"], clock: ["good", "old"],
  };
  for (const [name, all] of Object.entries(values)) {
    for (const value of all) {
      for (const [title, words] of rows({ ...GOOD, [name]: value })) assert.ok(words && !/undefined/.test(words), `${name} ${value}: ${title}`);
    }
  }
});
