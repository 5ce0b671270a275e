// Storage spaces: one per user and app, and what somebody stored before signing in stays theirs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { storageSpace } from "../../shell/space.js";

/** A Storage that forgets with the test. @returns {any} */
function shelf() {
  const values = new Map();
  return {
    getItem: (/** @type {string} */ name) => values.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => void values.set(name, value),
  };
}

test("a user of an app finds the same space again, and nobody else's", () => {
  const store = shelf();
  const saras = storageSpace("shop", "sara", store);
  assert.equal(storageSpace("shop", "sara", store), saras);
  assert.notEqual(storageSpace("shop", "omar", store), saras);
  assert.notEqual(storageSpace("other", "sara", store), saras);
});

test("what was stored before signing in belongs to who signs in, and to no one after", () => {
  const store = shelf();
  const before = storageSpace("shop", "", store);
  assert.equal(storageSpace("shop", "sara", store), before);
  assert.notEqual(storageSpace("shop", "", store), before, "the next visitor starts afresh");
  assert.notEqual(storageSpace("shop", "omar", store), before);
});

test("a user with a space of their own keeps it", () => {
  const store = shelf();
  const own = storageSpace("shop", "sara", store);
  const visitors = storageSpace("shop", "", store);
  assert.equal(storageSpace("shop", "sara", store), own);
  assert.equal(storageSpace("shop", "", store), visitors);
});
