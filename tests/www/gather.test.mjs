// What is in a chosen or dropped folder, by names that begin inside it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ofDrop, ofInput } from "../../www/gather.js";

const file = (name, webkitRelativePath = "") => ({ name, webkitRelativePath });
const fileEntry = (fullPath) => ({
  isFile: true, isDirectory: false, fullPath, name: fullPath.split("/").pop(), file: (done) => done(file(fullPath)),
});
/** A folder whose browser gives two entries at a time. */
const folderEntry = (fullPath, entries, fails = false) => ({
  isFile: false, isDirectory: true, fullPath, name: fullPath.split("/").pop(),
  createReader() {
    const left = [...entries];
    return { readEntries: (done, failed) => (fails ? failed(new Error("no")) : done(left.splice(0, 2))) };
  },
});
const item = (entry, own) => ({ kind: "file", webkitGetAsEntry: () => entry, getAsFile: () => own });

test("files are known by their way from the folder that was chosen, and alone by their own names", () => {
  const input = { files: [file("a.json", "Returns/a.json"), file("b.json", "Returns/mail/b.json"), file("c.json")] };
  assert.deepEqual(ofInput(input).map(({ name }) => name), ["a.json", "mail/b.json", "c.json"]);
});

test("a dropped folder is gone through to its end, and a file beside it is taken as it is", async () => {
  const deep = folderEntry("/Returns/deep", [1, 2, 3].map((n) => fileEntry(`/Returns/deep/${n}.json`)));
  const items = [item(folderEntry("/Returns", [fileEntry("/Returns/a.json"), deep]), null), item(fileEntry("/b.json"), file("b.json"))];
  const found = await ofDrop({ items, files: [] });
  assert.deepEqual(found.map(({ name }) => name).sort(), ["a.json", "b.json", "deep/1.json", "deep/2.json", "deep/3.json"]);
  assert.equal((await found.find(({ name }) => name === "deep/2.json").get()).name, "/Returns/deep/2.json");
});

test("a folder that cannot be opened is named, and stops nothing", async () => {
  const shut = folderEntry("/Returns/shut", [], true);
  const found = await ofDrop({ items: [item(folderEntry("/Returns", [shut, fileEntry("/Returns/a.json")]), null)], files: [] });
  assert.deepEqual(found.map(({ name }) => name), ["shut/", "a.json"]);
  await assert.rejects(found[0].get());
});

test("where a browser gives no items, the files are taken", async () => {
  const found = await ofDrop({ files: [file("a.json")] });
  assert.deepEqual(found.map(({ name }) => name), ["a.json"]);
});
