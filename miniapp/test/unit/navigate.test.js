// Navigation of H5 pages (jsapi.md 4.4): ordinary navigation, after the callbacks, at most ten deep, never of the shell.

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectedPage, settled } from "../support/page.js";

const SHOP = "http://127.0.0.1:7601/shop";

test("navigateTo opens the page after its callbacks ran, redirectTo, reLaunch and switchTab replace it", async () => {
  const { my, visited } = connectedPage();
  let visitedAtSuccess = -1;
  my.navigateTo({ url: "cart.html?n=1", success: () => (visitedAtSuccess = visited.length) });
  await settled();
  await my.redirectTo({ url: "/shop/b" });
  await my.reLaunch({ url: "/shop/c" });
  await my.switchTab({ url: "/shop/d" });
  await settled();
  assert.equal(visitedAtSuccess, 0);
  assert.deepEqual(visited, [`assign ${SHOP}/cart.html?n=1`, `replace ${SHOP}/b`, `replace ${SHOP}/c`, `replace ${SHOP}/d`]);
});

test("javascript: and other schemes are error 2 and go nowhere", async () => {
  const { my, visited } = connectedPage();
  for (const name of ["navigateTo", "redirectTo", "reLaunch", "switchTab"]) {
    await assert.rejects(my[name]({ url: "javascript:alert(1)" }), (/** @type {any} */ r) => r.error === 2);
  }
  await settled();
  assert.deepEqual(visited, []);
});

test("the eleventh page fails with error 1", async () => {
  const { my, visited } = connectedPage();
  for (let i = 0; i < 9; i += 1) await my.navigateTo({ url: `/p${i}` });
  await assert.rejects(my.navigateTo({ url: "/eleventh" }), (/** @type {any} */ r) =>
    r.error === 1 && r.errorMessage === "depth can not be more than 10");
  await settled();
  assert.equal(visited.length, 9);
});

test("navigateBack goes back as far as asked, and no further than the first page", async () => {
  const { my, visited } = connectedPage();
  for (let i = 0; i < 3; i += 1) await my.navigateTo({ url: `/p${i}` });
  await my.navigateBack({ delta: 2 });
  await my.navigateBack();
  await assert.rejects(my.navigateBack({ delta: 1 }), (/** @type {any} */ r) => r.error === 1);
  await settled();
  assert.deepEqual(visited.slice(3), ["go -2", "go -1"]);
});

test("where the browser has a history per frame, that one is used: the shell's is not touched", async () => {
  /** @type {string[]} */
  const traversed = [];
  const settledAt = Promise.resolve();
  const navigation = {
    currentEntry: { index: 2 },
    entries: () => [{ key: "first" }, { key: "second" }, { key: "third" }],
    traverseTo: (/** @type {string} */ key) => (traversed.push(key), { committed: settledAt, finished: settledAt }),
  };
  const { my, visited } = connectedPage({ navigation });
  await my.navigateBack({ delta: 9 });
  await settled();
  navigation.currentEntry.index = 0;
  await assert.rejects(my.navigateBack(), (/** @type {any} */ r) => r.error === 1);
  assert.deepEqual([traversed, visited], [["first"], []]);
});
