// A second reader, with nothing of the core in it, says of every vector's signatures what the manifest says.

import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { canonical, fromBase64url, toBase64url } from "../browser/independent.mjs";
import { judge } from "./second-reader.mjs";
import { read } from "./strict-json.mjs";
import { vectors } from "./vectors.mjs";

const signed = vectors.filter(({ reader }) => reader !== "draft");

test("there are vectors of every kind and every verdict", () => {
  const kinds = new Set(signed.map(({ reader, signatures }) => `${reader} ${signatures}`));
  assert.equal(kinds.size, 15, [...kinds].join(", "));
});

for (const { name, reader, signatures, id, place, bytes } of signed) {
  test(`${name}, read as ${reader}: ${signatures}`, () => {
    const found = judge(bytes, reader);
    assert.equal(found.signatures, signatures, found.why);
    assert.equal(found.id, id);
    if (signatures === "unreadable" && found.byte !== undefined) assert.equal(found.byte, place.byte, found.why);
  });
}

test("every other kind refuses a genuine file", () => {
  for (const { reader, name, bytes } of signed.filter(({ verdict }) => verdict === "genuine" || verdict === "unchanged")) {
    for (const other of ["enrolment", "expected", "receipt", "register", "return"].filter((kind) => kind !== reader)) {
      assert.equal(judge(bytes, other).signatures, "refused", `${name} as ${other}`);
    }
  }
});

// The forged ones would deceive a reader that does only what its library does.
test("Node’s own verification takes keys and numbers that the format refuses", () => {
  const taken = (name) => {
    const { bytes } = vectors.find((vector) => vector.name === `signature/${name}.json`);
    const file = read(bytes);
    const [{ protected: head, signature }] = file.signatures;
    const { jwk } = JSON.parse(fromBase64url(head));
    const key = createPublicKey({ key: jwk, format: "jwk" });
    const input = `${head}.${toBase64url(Buffer.from(canonical(file.return)))}`;
    return verify(null, Buffer.from(input), key, fromBase64url(signature));
  };
  assert.equal(taken("small-order-key"), true);
  assert.equal(taken("key-of-order-8"), true);
  assert.equal(taken("r-of-small-order"), true);
  assert.equal(taken("s-not-reduced"), false, "OpenSSL looks at S too");
});

test("a name of an object’s own machinery is a name like any other", () => {
  const value = read(Buffer.from('{"__proto__":{"a":1},"constructor":2}'));
  assert.deepEqual(Object.keys(value), ["__proto__", "constructor"]);
  assert.throws(() => read(Buffer.from('{"__proto__":1,"__proto__":2}')), /twice/);
});
