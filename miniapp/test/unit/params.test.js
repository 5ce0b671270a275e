// What happens to parameters before they leave the page (jsapi.md 1.1, 7.3), and the checks the table drives (1.3).

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectedPage, plain, settled } from "../support/page.js";

/** @param {Promise<any>} promise */
const failed = (promise) => promise.then(() => assert.fail("did not fail"), (/** @type {any} */ reply) => plain(reply));

test("functions inside params are taken out and the three callbacks honoured", async () => {
  const { my, shell } = connectedPage();
  await new Promise((resolve) => my.call("alert", {
    title: "t", onPress() {}, content: { text: "c", deep: [{ fn() {}, kept: 1 }] }, success: resolve, fail: () => {},
  }));
  assert.deepEqual(shell.calls()[0].args, { title: "t", content: { text: "c", deep: [{ kept: 1 }] } });
});

test("dates become text, undefined is left out, a key called __proto__ stays a key", async () => {
  const { my, shell, run } = connectedPage();
  await my.alert(run(`({ content: { at: new Date(0), gone: undefined, nan: NaN, list: [undefined, 1],
    ...JSON.parse('{"__proto__": {"polluted": true}}') } })`));
  assert.deepEqual(plain(shell.calls()[0].args.content).at, "1970-01-01T00:00:00.000Z");
  assert.deepEqual(JSON.stringify(shell.calls()[0].args.content.list), "[null,1]");
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test("a circle in the parameters is error 2, and nothing is sent", async () => {
  const { my, shell } = connectedPage();
  /** @type {any} */
  const circle = {};
  circle.self = circle;
  assert.equal((await failed(my.alert({ content: circle }))).error, 2);
  assert.equal(shell.calls().length, 0);
});

test("parameters over 64 KB are error 2, and nothing is sent", async () => {
  const { my, shell } = connectedPage();
  const reply = await failed(my.alert({ content: "x".repeat(64 * 1024) }));
  assert.equal(reply.error, 2);
  assert.match(reply.errorMessage, /64 KB/);
  assert.equal(shell.calls().length, 0);
});

test("a missing or wrong parameter is error 2 and named", async () => {
  const { my, shell } = connectedPage();
  /** @type {[string, object, string][]} */
  const cases = [
    ["qicardSignContract", {}, "authUrl"],
    ["qicardSignContract", { authUrl: "" }, "authUrl"],
    ["qicardSignContract", { authUrl: 7 }, "authUrl"],
    ["qicardSignContract", { authUrl: "http://localhost:7600/authorize?authId=A", extParams: "x" }, "extParams"],
    ["signContract", {}, "signStr"],
    ["paySignCenter", {}, "signStr"],
    ["paySignCenter", { signStr: "" }, "signStr"],
    ["paySignCenter", { signStr: { app_id: "2021" } }, "signStr"],
    ["getAuthCode", { scopes: { auth_base: true } }, "scopes"],
    ["setClipboard", {}, "text"],
    ["showActionSheet", { items: "one" }, "items"],
    ["showToast", { duration: "long" }, "duration"],
    ["setStorage", { data: 1 }, "key"],
    ["request", {}, "url"],
    ["navigateTo", {}, "url"],
    ["tradePay", { paymentUrl: 7 }, "paymentUrl"],
    ["scan", { scanType: { qrCode: true } }, "scanType"],
  ];
  for (const [name, params, parameter] of cases) {
    const reply = await failed(my.call(name, params));
    assert.equal(reply.error, 2, name);
    assert.ok(reply.errorMessage.endsWith(parameter), `${name}: ${reply.errorMessage}`);
  }
  assert.equal(shell.calls().length, 0);
});

test("getAuthCode takes scopes as a list or as one text", async () => {
  const { my, shell } = connectedPage();
  shell.answerWith(() => ({ ok: true, ret: { authCode: "c" } }));
  await my.getAuthCode({ scopes: ["auth_base"] });
  await my.getAuthCode({ scopes: "auth_base" });
  await my.getAuthCode();
  assert.deepEqual(shell.calls().map((call) => call.args), [{ scopes: ["auth_base"] }, { scopes: "auth_base" }, {}]);
});

test("a failing reply carries the code and the text in every spelling", async () => {
  const { my } = connectedPage();
  const reply = await failed(my.chooseImage({ count: 1 }));
  const text = "not supported by this wallet";
  assert.deepEqual(reply, { error: 1, errorCode: "1", errMessage: text, errorMessage: text, message: text });
});

test("texts of errors follow the page's language", async () => {
  const { my } = connectedPage({}, { env: { language: "ar-IQ" } });
  assert.equal((await failed(my.chooseImage({}))).errorMessage, "غير مدعوم في هذه المحفظة");
});

test("tradePay needs exactly one of its three parameters, and a refusal reads as not paid too", async () => {
  const { my, shell } = connectedPage();
  for (const params of [{}, { paymentUrl: "" }, { paymentUrl: "", tradeNO: null }, { tradeNo: "1" }, { paymentUrl: "x", tradeNO: "1" },
    { tradeNO: "1", orderStr: "a=b" }, { tradeNO: 1 }, { orderStr: "x".repeat(64 * 1024) }, { tradeNO: 1n }]) {
    const reply = await failed(my.tradePay(params));
    assert.deepEqual([reply.error, reply.resultCode], [2, "4000"], Object.keys(params).join());
  }
  assert.match((await failed(my.tradePay({}))).errorMessage, /paymentUrl, tradeNO, orderStr$/);
  assert.equal(shell.calls().length, 0);
  for (const params of [{ paymentUrl: "x", tradeNO: "" }, { tradeNO: "1" }, { orderStr: "a=b" }]) await my.tradePay(params);
  assert.deepEqual(shell.calls().map((call) => call.args), [{ paymentUrl: "x", tradeNO: "" }, { tradeNO: "1" }, { orderStr: "a=b" }]);
});

test("AlipayJSBridge answers a trade number with the container's three other members, empty, and an order string with its own", async () => {
  const { my, bridge, shell } = connectedPage();
  shell.answerWith(() => ({ ok: true, ret: { resultCode: "9000" } }));
  const more = { callbackUrl: "", memo: "", result: "" };
  assert.deepEqual(plain(await new Promise((resolve) => bridge.call("tradePay", { tradeNO: "1" }, resolve))), { ...more, resultCode: "9000" });
  assert.deepEqual(plain(await bridge.call("tradePay", { paymentUrl: "x" })), { resultCode: "9000" });
  assert.deepEqual(plain(await my.tradePay({ tradeNO: "1" })), { resultCode: "9000" });
  const told = { resultCode: "9000", result: '{"alipay_trade_app_pay_response":{},"sign":"x","sign_type":"RSA2"}', memo: "" };
  shell.answerWith(() => ({ ok: true, ret: told }));
  assert.deepEqual(plain(await bridge.call("tradePay", { orderStr: "a=b" })), { callbackUrl: "", ...told });
  assert.deepEqual(plain(await my.tradePay({ orderStr: "a=b" })), told);
});

test("names nobody knows, names in other letters, and the other pages' names all answer error 1", async () => {
  const { my, bridge, shell } = connectedPage();
  for (const name of ["noSuchApi", "paysigncenter", "chooseImage", "getLocation", "constructor", "__proto__", "toString"]) {
    assert.equal((await failed(my.call(name, {}))).error, 1, name);
    assert.equal((await failed(bridge.call(name, {}))).error, 1, name);
  }
  for (const name of ["uploadFile", "chooseImage", "datePicker", "qicardShareAppMessage"]) {
    assert.equal(typeof my[name], "function", name);
  }
  await settled();
  assert.equal(shell.calls().length, 0);
});

test("an older simulated base library does not have qicardSignContract", async () => {
  const { my, shell } = connectedPage({}, { sdkVersion: "1.24.5" });
  const params = { authUrl: "http://localhost:7600/authorize?authId=A" };
  assert.equal((await failed(my.call("qicardSignContract", params))).error, 1);
  assert.equal((await failed(my.signContract({ signStr: params.authUrl }))).error, 1);
  assert.equal(shell.calls().length, 0);
  const newer = connectedPage({}, { sdkVersion: "1.24.6" });
  await newer.my.call("qicardSignContract", params);
  assert.equal(newer.shell.calls().length, 1);
});
