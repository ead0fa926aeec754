// Totals change where they differ and nowhere else, whatever the shape of both.

import assert from "node:assert/strict";
import { test } from "node:test";
import { change } from "../../www/change.js";

globalThis.Node = { ELEMENT_NODE: 1, TEXT_NODE: 3 };

/** As much of a node as is needed; `touched` counts changes below the root. */
class Fake {
  constructor(name, content, attributes = {}) {
    this.nodeName = name;
    this.nodeType = name === "#text" ? 3 : 1;
    this.touched = 0;
    if (name === "#text") this.text = content;
    else this.childNodes = (content ?? []).map((child) => Object.assign(child, { parent: this }));
    this.map = new Map(Object.entries(attributes));
  }

  get data() { return this.text; }
  set data(text) { this.text = text; this.touch(); }
  get attributes() { return [...this.map].map(([name, value]) => ({ name, value })); }
  get firstChild() { return this.childNodes[0]; }
  get nextSibling() { return this.parent.childNodes[this.parent.childNodes.indexOf(this) + 1]; }
  hasAttribute(name) { return this.map.has(name); }
  getAttribute(name) { return this.map.get(name) ?? null; }
  setAttribute(name, value) { this.map.set(name, value); this.touch(); }
  removeAttribute(name) { this.map.delete(name); this.touch(); }
  append(node) { this.take(node); this.childNodes.push(node); this.touch(); }
  remove() { this.touch(); this.parent.childNodes.splice(this.parent.childNodes.indexOf(this), 1); }
  replaceWith(node) {
    const { parent } = this;
    parent.take(node);
    parent.childNodes[parent.childNodes.indexOf(this)] = node;
    parent.touch();
  }

  take(node) {
    node.parent?.childNodes.splice(node.parent.childNodes.indexOf(node), 1);
    node.parent = this;
  }

  touch() { for (let node = this; node; node = node.parent) node.touched += 1; }
  isEqualNode(other) { return String(this) === String(other); }
  toString() {
    if (this.nodeType === 3) return this.text;
    const attributes = this.attributes.map(({ name, value }) => ` ${name}=${value}`).sort().join("");
    return `<${this.nodeName}${attributes}>${this.childNodes.join("")}</>`;
  }
}

const text = (words) => new Fake("#text", words);
const cell = (words, attributes) => new Fake("TD", [text(words)], attributes);
const row = (...cells) => new Fake("TR", cells);
const root = (...content) => new Fake("DIV", content);

function becomes(now, wanted) {
  const words = String(wanted);
  change(now, wanted);
  assert.equal(String(now), words);
  return now;
}

test("one figure that differs is one change", () => {
  const now = root(row(cell("1"), cell("2")), row(cell("3"), cell("4")));
  const kept = now.childNodes[1].childNodes[0];
  becomes(now, root(row(cell("1"), cell("2")), row(cell("3"), cell("5"))));
  assert.equal(now.touched, 1);
  assert.equal(now.childNodes[1].childNodes[0], kept);
});

test("nothing is touched where nothing differs", () => {
  assert.equal(becomes(root(row(cell("1", { class: "a" }))), root(row(cell("1", { class: "a" })))).touched, 0);
});

test("what is added, taken away or of another kind comes out right", () => {
  const shapes = () => [
    root(), root(text("a")), root(row()), root(row(cell("1")), row(cell("2", { class: "b" })), row(cell("3"))),
    root(text("b"), row(cell("1", { class: "a", id: "x" }))), root(new Fake("P", [text("a"), new Fake("B", [text("c")])])),
  ];
  for (const one of shapes().keys()) {
    for (const other of shapes().keys()) becomes(shapes()[one], shapes()[other]);
  }
});
