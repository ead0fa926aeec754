// The first script, in browsers of any age: it says why the page does not start, and what works instead.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const script = readFileSync(new URL("../../www/first.js", import.meta.url), "utf8");

/** What a person reads in place of the waiting text, in a browser that is like this; undefined when it is left alone. */
function says({ documentMode, lost, started = false, attach = false }) {
  const place = {};
  const listeners = {};
  const window = attach
    ? { attachEvent: (name, listener) => { listeners[name.slice(2)] = listener; } }
    : { addEventListener: (name, listener) => { listeners[name] = listener; } };
  runInNewContext(script, { window, document: { documentMode, getElementById: () => place } });
  if (lost) listeners.error({ target: { tagName: "SCRIPT", getAttribute: () => lost } });
  // A fault of a script that runs names no element.
  listeners.error?.({ target: window });
  if (started) window.iaReturns = {};
  listeners.load();
  return place.innerText;
}

const INSTEAD = /Microsoft Edge, Google Chrome, Firefox or Safari.*contact named in the letter/;

test("an old browser is named as the reason, with those that do", () => {
  assert.match(says({}), /cannot start in this browser/);
  assert.match(says({}), INSTEAD);
});

test("Internet Explorer mode is told from an old browser, in its oldest documents too", () => {
  assert.match(says({ documentMode: 11 }), /Internet Explorer mode.*Leave that mode/);
  assert.match(says({ documentMode: 7, attach: true }), INSTEAD);
});

test("a file that did not arrive is named", () => {
  assert.match(says({ lost: "engine.js" }), /did not arrive \(engine\.js\).*Load the page again/);
});

test("a page that has started is left alone", () => {
  assert.equal(says({ started: true }), undefined);
});
