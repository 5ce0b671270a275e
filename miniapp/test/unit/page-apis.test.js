// What the page answers by itself: system information, getEnv, messages, and the protocol of bundled hylid-bridge copies.

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectedPage, openPage, plain, sendPort, settled } from "../support/page.js";

test("getSystemInfo names a phone, not a web browser", async () => {
  const { my, bridge } = connectedPage({}, { env: { language: "ar-IQ", clientVersion: "1.2.3" } });
  const info = plain(await my.getSystemInfo());
  assert.deepEqual(plain(my.getSystemInfoSync()), info);
  assert.deepEqual(plain(await bridge.call("getSystemInfo", {})), info);
  assert.equal(info.app, "mithaq");
  assert.deepEqual([info.language, info.version, info.platform, info.windowWidth, info.pixelRatio], ["ar-IQ", "1.2.3", "Android", 390, 2]);
});

test("getSystemInfo as a call waits for the shell, which knows the language and the app", async () => {
  const page = openPage();
  const [info, app] = [page.my.getSystemInfo(), page.my.getAppId()];
  await settled();
  sendPort(page, { appId: "app-7", env: { language: "ar-IQ" } });
  assert.deepEqual([(await info).language, plain(await app)], ["ar-IQ", { appId: "app-7" }]);
  assert.equal((await openPage({}, { alone: true }).my.getSystemInfo()).app, "mithaq", "and for none where there is none");
});

test("my.env says the client, its version, language and platform", () => {
  const iphone = { userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)", language: "en-US" };
  assert.equal(connectedPage({ navigator: iphone }).my.env.platform, "iOS");
  assert.equal(connectedPage().my.env.clientName, "mithaq");
});

test("getEnv tells whether the page runs inside the wallet", async () => {
  const inside = connectedPage();
  const asked = await new Promise((resolve) => inside.my.getEnv(resolve));
  assert.deepEqual(plain(asked), { miniprogram: true });
  assert.deepEqual(plain(await openPage({}, { alone: true }).my.getEnv()), { miniprogram: false });
});

test("a message with a serialId is a call, and is answered by a message with that serialId", async () => {
  const { my, shell } = connectedPage();
  shell.answerWith(({ api }) => api === "confirm" ? { ok: true, ret: { confirm: true } } : { ok: false, ret: { error: "6001" } });
  /** @type {any[]} */
  const answers = [];
  my.onMessage = (/** @type {any} */ message) => answers.push(plain(message));
  my.postMessage({ serialId: "s1", api: "confirm", params: { title: "?" }, config: { type: "callback" } });
  my.postMessage({ serialId: "s2", method: "qicardSignContract", args: { authUrl: "http://localhost:7600/?authId=A" } });
  my.postMessage({ serialId: "s3", name: "chooseImage" });
  my.postMessage({ serialId: "s4" });
  await settled(40);
  answers.sort((a, b) => (a.serialId < b.serialId ? -1 : 1));
  assert.deepEqual(answers[0], {
    serialId: "s1", result: { confirm: true, _type_: "success", _data_: { confirm: true } }, config: { type: "callback" },
  });
  assert.deepEqual(answers[1].result, { error: "6001", _type_: "fail", _data_: { error: "6001" } });
  assert.deepEqual(answers.slice(2).map(({ serialId, result }) => [serialId, result._type_, result.error]), [["s3", "fail", 1], ["s4", "fail", 1]]);
});

test("my.onMessage may be assigned or called, and hears what the shell sends", async () => {
  const { my, shell } = connectedPage();
  /** @type {any[]} */
  const heard = [];
  my.onMessage((/** @type {any} */ data) => heard.push(["registered", plain(data)]));
  my.onMessage = (/** @type {any} */ data) => heard.push(["assigned", plain(data)]);
  shell.post({ k: "evt", name: "message", data: { hello: 1 } });
  await settled();
  assert.deepEqual(heard, [["assigned", { hello: 1 }], ["registered", { hello: 1 }]]);
});

test("a message without a receiver succeeds, and createWebViewContext gives something to post to", async () => {
  const { my } = connectedPage();
  assert.deepEqual(plain(await my.postMessage({ anything: 1 })), {});
  assert.equal(my.createWebViewContext("w").postMessage({}), undefined);
  assert.equal(my.isIDE, false);
});

test("members that return something at once and are not supported throw error 1", () => {
  const { my } = connectedPage();
  assert.throws(() => my.createSelectorQuery(), (/** @type {any} */ thrown) => thrown.error === 1);
});
