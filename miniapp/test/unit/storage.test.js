// Storage in the page (jsapi.md 4.3): forms, limits, and that users and apps do not see each other's.

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectedPage, fakeStorage, openPage, plain, sendPort, settled } from "../support/page.js";

const KB = 1024;

test("what was set is got, also as Sync, and what was never set is null", async () => {
  const { my } = connectedPage();
  assert.deepEqual(plain(await my.setStorage({ key: "cart", data: { items: [1, "ب"] } })), { success: true });
  assert.deepEqual(plain(await my.getStorage({ key: "cart" })), { data: { items: [1, "ب"] } });
  assert.deepEqual(plain(my.getStorageSync({ key: "cart" })), { data: { items: [1, "ب"] } });
  assert.deepEqual(plain(await my.getStorage({ key: "nothing" })), { data: null });
  assert.deepEqual(plain(my.removeStorageSync({ key: "cart" })), { success: true });
  assert.deepEqual(plain(my.getStorageSync({ key: "cart" })), { data: null });
});

test("getStorageInfo counts keys and kilobytes", async () => {
  const { my } = connectedPage();
  my.setStorageSync({ key: "b", data: "x".repeat(2 * KB) });
  my.setStorageSync({ key: "a", data: 1 });
  assert.deepEqual(plain(await my.getStorageInfo()), { keys: ["a", "b"], currentSize: 3, limitSize: 10240 });
});

test("a value over 200 KB is error 14", async () => {
  const { my } = connectedPage();
  my.setStorageSync({ key: "fits", data: "x".repeat(200 * KB - 2) });
  await assert.rejects(my.setStorage({ key: "k", data: "x".repeat(200 * KB - 1) }), (/** @type {any} */ r) => r.error === 14);
  assert.throws(() => my.setStorageSync({ key: "k", data: "ب".repeat(101 * KB) }), (/** @type {any} */ r) => r.error === 14);
});

test("more than 10 MB in one app is error 12, and replacing a value frees the old one", async () => {
  const { my } = connectedPage();
  const value = "x".repeat(199 * KB);
  for (let i = 0; i < 51; i += 1) my.setStorageSync({ key: `k${i}`, data: value });
  await assert.rejects(my.setStorage({ key: "more", data: value }), (/** @type {any} */ r) => r.error === 12);
  await my.setStorage({ key: "k0", data: value });
  my.clearStorageSync();
  await my.setStorage({ key: "more", data: value });
});

test("the browser's own quota is error 12 too", async () => {
  const { my } = connectedPage({ localStorage: fakeStorage(100) });
  await assert.rejects(my.setStorage({ key: "k", data: "x".repeat(200) }), (/** @type {any} */ r) => r.error === 12);
});

test("an empty key is error 2", async () => {
  const { my } = connectedPage();
  await assert.rejects(my.setStorage({ key: "", data: 1 }), (/** @type {any} */ r) => r.error === 2);
  await assert.rejects(my.getStorage({}), (/** @type {any} */ r) => r.error === 2);
});

test("users and apps on one origin do not see each other's storage, nor does clearing touch the page's own", async () => {
  const localStorage = fakeStorage();
  localStorage.setItem("theme", "dark");
  const sara = connectedPage({ localStorage }, { storageSpace: "sara-shop" });
  const omar = connectedPage({ localStorage }, { storageSpace: "omar-shop" });
  sara.my.setStorageSync({ key: "cart", data: "hers" });
  assert.deepEqual(plain(omar.my.getStorageSync({ key: "cart" })), { data: null });
  omar.my.clearStorageSync();
  assert.deepEqual(plain(sara.my.getStorageSync({ key: "cart" })), { data: "hers" });
  sara.my.clearStorageSync();
  assert.equal(localStorage.getItem("theme"), "dark");
});

test("before the port arrives the frame's name says which storage is meant", () => {
  const localStorage = fakeStorage();
  const page = openPage({ localStorage, name: "mithaq/app%2F1/space-9" });
  page.my.setStorageSync({ key: "early", data: 1 });
  assert.equal(localStorage.getItem("mithaq:space-9:early"), "1");
  assert.deepEqual(plain(page.my.getAppIdSync()), { appId: "app/1" });
  sendPort(page, { storageSpace: "space-10" });
  assert.deepEqual(plain(page.my.getStorageSync({ key: "early" })), { data: null });
});

/** A page whose browser throws when localStorage is as much as named. */
const denied = () => Object.defineProperty({}, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); }, enumerable: true });

test("where the browser denies storage, the shell keeps the values from one page to the next", async () => {
  const first = openPage(denied());
  const shell = sendPort(first);
  await first.my.setStorage({ key: "cart", data: [1] });
  first.my.setStorageSync({ key: "gone", data: 1 });
  first.my.removeStorageSync({ key: "gone" });
  assert.deepEqual(plain(first.my.getStorageSync({ key: "cart" })), { data: [1] });
  await settled();
  assert.deepEqual(plain(shell.received), [
    { k: "keep", key: "cart", value: "[1]" }, { k: "keep", key: "gone", value: "1" }, { k: "keep", key: "gone", value: null },
  ]);

  const second = openPage(denied());
  const early = second.my.getStorage({ key: "cart" });
  sendPort(second, { kept: { cart: "[1]" } });
  assert.deepEqual(plain(await early), { data: [1] }, "a call waits for what the shell kept");
  assert.deepEqual(plain(second.my.getStorageSync({ key: "cart" })), { data: [1] });
});

test("denied storage outside a wallet lasts as long as the page", async () => {
  const { my } = openPage(denied(), { alone: true });
  await my.setStorage({ key: "k", data: 1 });
  assert.deepEqual(plain(await my.getStorage({ key: "k" })), { data: 1 });
});
