// What the shell takes from a port at most (jsapi.md 7.3).

import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlainWithin, messageBytesMax, rateLimit } from "../../shell/limits.js";

test("64 KB for a message, 256 KB for stored values", () => {
  assert.equal(messageBytesMax("alert"), 65536);
  assert.equal(messageBytesMax("setStorage"), 262144);
  assert.equal(messageBytesMax(undefined), 65536);
});

test("plain data within the limit passes", () => {
  assert.equal(isPlainWithin({ a: ["x", 1, null, true, undefined, { b: {} }] }, 100), true);
  assert.equal(isPlainWithin("x".repeat(98), 100), true);
});

test("bytes are counted in UTF-8, in keys as well as in values", () => {
  assert.equal(isPlainWithin("ب".repeat(49), 100), true);
  assert.equal(isPlainWithin("ب".repeat(50), 100), false);
  assert.equal(isPlainWithin({ ["k".repeat(97)]: 1 }, 100), false);
  assert.equal(isPlainWithin(Array.from({ length: 60 }, () => 1), 100), false);
});

test("what JSON cannot say is not plain", () => {
  /** @type {any} */
  const circle = {};
  circle.self = circle;
  for (const value of [circle, new Map(), new Set(), new Date(), new ArrayBuffer(1), new Uint8Array(1), 1n, () => {}, Symbol("s"), new (class Own {})()]) {
    assert.equal(isPlainWithin({ value }, 10000), false);
  }
});

test("deep nesting is refused before it can exhaust anything", () => {
  let deep = /** @type {any} */ (1);
  for (let i = 0; i < 100000; i += 1) deep = [deep];
  assert.equal(isPlainWithin(deep, 1e9), false);
});

test("so many within any second, and again when the second has passed", () => {
  let now = 0;
  const allowed = rateLimit(() => now, 3);
  assert.deepEqual([allowed(), allowed(), allowed(), allowed()], [true, true, true, false]);
  now = 999;
  assert.equal(allowed(), false);
  now = 1000;
  assert.equal(allowed(), true);
});
