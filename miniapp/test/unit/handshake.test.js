// How the bridge finds its shell (jsapi.md 7.3): hello once, a port only from the wallet's origin and the framing window.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, plain, sendPort, settled } from "../support/page.js";

test("hello goes out once, to the wallet's origin only", () => {
  const { hellos } = openPage();
  assert.deepEqual(plain(hellos), [{ data: { mp: "hello", v: 1 }, origin: "http://localhost:7600" }]);
});

test("a page that was opened by the shell greets its opener", async () => {
  /** @type {any[]} */
  const heard = [];
  const opener = { postMessage: (/** @type {any} */ data, /** @type {string} */ origin) => heard.push([data, origin]) };
  const page = openPage({ opener }, { alone: true });
  assert.equal(heard.length, 1);
  const shell = sendPort(page, {}, { source: opener });
  await page.my.alert({ content: "hello from a window" });
  assert.equal(shell.calls().length, 1);
});

test("a port from another origin is not taken", async () => {
  const page = openPage();
  const stranger = sendPort(page, {}, { origin: "http://evil.example" });
  page.my.alert({ content: "x" }).catch(() => {});
  await settled();
  assert.equal(stranger.calls().length, 0);
});

test("a port from another window is not taken, even of the wallet's origin", async () => {
  const page = openPage();
  const stranger = sendPort(page, {}, { source: { postMessage() {} } });
  page.my.alert({ content: "x" }).catch(() => {});
  await settled();
  assert.equal(stranger.calls().length, 0);
});

test("a message that is no port message is left to the page", () => {
  const page = openPage();
  let heard = 0;
  page.window.addEventListener("message", () => (heard += 1));
  sendPort(page, {}, { data: { mp: "done", ix: "ix-1" } });
  sendPort(page, {}, { data: { mp: "port", v: 2 } });
  sendPort(page, {}, { data: "port" });
  assert.equal(heard, 3);
  sendPort(page);
  assert.equal(heard, 3, "the port itself is for the bridge alone");
});

test("AlipayJSBridge and my are there at once, and AlipayJSBridgeReady fires once after DOMContentLoaded", () => {
  const { window, document } = openPage();
  assert.equal(typeof window.AlipayJSBridge.call, "function");
  assert.equal(typeof window.my.call, "function");
  let ready = 0;
  document.addEventListener("AlipayJSBridgeReady", () => (ready += 1));
  assert.equal(ready, 0);
  document.dispatchEvent(new Event("DOMContentLoaded"));
  window.dispatchEvent(new Event("load"));
  assert.equal(ready, 1);
});

test("AlipayJSBridgeReady fires at once when the document was complete already", () => {
  let ready = 0;
  const document = Object.assign(new EventTarget(), { readyState: "complete", documentElement: { lang: "" }, baseURI: "" });
  document.addEventListener("AlipayJSBridgeReady", () => (ready += 1));
  openPage({ document });
  assert.equal(ready, 1);
});

test("an existing my is extended, never replaced", () => {
  const own = { alert: () => "the page's own", shop: "Zaytoun" };
  const { window, my } = openPage({ my: own });
  assert.equal(window.my, own);
  assert.equal(my.alert(), "the page's own");
  assert.equal(my.shop, "Zaytoun");
  assert.equal(typeof my.confirm, "function");
  assert.equal(my.__hy_mounted__, true);
});

test("a second copy of the script does nothing", async () => {
  const page = openPage();
  const { alert } = page.my;
  page.load();
  assert.equal(page.hellos.length, 1);
  assert.equal(page.window.my.alert, alert);
  const shell = sendPort(page);
  await page.my.alert({ content: "once" });
  assert.equal(shell.calls().length, 1);
});

test("what came with the port is in startupParams, env, SDKVersion and the app id", () => {
  const page = openPage();
  const { startupParams } = page.bridge;
  const { env } = page.my;
  assert.equal(page.my.SDKVersion, "2.8.5");
  sendPort(page, {
    appId: "2088", sdkVersion: "1.20.0", env: { language: "ar-IQ", clientVersion: "3.1" }, startupParams: { appId: "2088" },
  });
  assert.equal(page.my.SDKVersion, "1.20.0");
  assert.deepEqual(plain(startupParams), { url: "http://127.0.0.1:7601/shop/index.html?from=test", appId: "2088" });
  assert.deepEqual(plain(env), { clientName: "mithaq", clientVersion: "3.1", language: "ar-IQ", platform: "Android" });
  assert.deepEqual(plain(page.my.getAppIdSync()), { appId: "2088" });
});

test("events of the shell are document events with data, under the container's names too", async () => {
  const page = openPage();
  const shell = sendPort(page);
  /** @type {any[]} */
  const heard = [];
  for (const type of ["appHide", "pause", "networkChange"]) {
    page.document.addEventListener(type, (/** @type {any} */ event) => heard.push([event.type, event.data]));
  }
  shell.post({ k: "evt", name: "appHide", data: { why: "hidden" } });
  shell.post({ k: "evt", name: "networkChange", data: { networkType: "WIFI" } });
  await settled();
  assert.deepEqual(plain(heard), [
    ["appHide", { why: "hidden" }], ["pause", { why: "hidden" }], ["networkChange", { networkType: "WIFI" }],
  ]);
});
