// Small parts of the shell: words in both languages, steps, kept storage, storage spaces, which programs may be opened.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { shownText } from "../../shell/dialogs.js";
import { keep, keptFor } from "../../shell/keep.js";
import { refusalOf } from "../../shell/program.js";
import { storageSpace } from "../../shell/space.js";
import { networkSteps, stepsOfCall } from "../../shell/steps.js";
import { TABLES, textsIn } from "../../shell/texts.js";
import { fakeStorage } from "../support/page.js";

const store = (quota = Infinity) => /** @type {Storage} */ (/** @type {unknown} */ (fakeStorage(quota)));

test("both languages say everything, with the same values in it", () => {
  assert.deepEqual(Object.keys(TABLES.ar).sort(), Object.keys(TABLES.en).sort());
  for (const [key, english] of Object.entries(TABLES.en)) {
    const arabic = TABLES.ar[/** @type {keyof typeof TABLES.ar} */ (key)];
    assert.deepEqual(arabic.match(/\{\w+\}/g), english.match(/\{\w+\}/g), key);
    assert.match(arabic, /[\u0600-\u06ff]/, key);
  }
  assert.equal(textsIn("ar-IQ")("closed", { name: "Zaytoun" }), "أُغلق \u2068Zaytoun\u2069");
});

test("every text is said somewhere", () => {
  const shell = new URL("../../shell/", import.meta.url);
  const files = readdirSync(shell).filter((name) => name.endsWith(".js") && name !== "texts.js");
  const source = files.map((name) => readFileSync(new URL(name, shell), "utf8")).join("\n");
  assert.deepEqual(Object.keys(TABLES.en).filter((key) => !source.includes(`"${key}"`)), []);
});

test("content that is no text is shown as JSON, missing content as nothing", () => {
  assert.deepEqual([undefined, null, "", "x", 7, true, { a: 1 }, [1]].map((value) => shownText(value, "-")), ["-", "-", "-", "x", "7", "true", '{"a":1}', "[1]"]);
});

test("signing is steps 5 and 10, other calls have no step", () => {
  assert.deepEqual(stepsOfCall("qicardSignContract"), { step: 5, replyStep: 10 });
  assert.deepEqual(stepsOfCall("alert"), { step: null, replyStep: null });
  assert.deepEqual(stepsOfCall("toString"), { step: null, replyStep: null });
});

test("a login and a payment are steps of the other story", () => {
  assert.deepEqual(stepsOfCall("getAuthCode"), { story: "pay", step: 1, replyStep: 5 });
  assert.deepEqual(stepsOfCall("tradePay"), { story: "pay", step: 13, replyStep: 18 });
});

test("an order is told by the cashier in its answer, a login by its code", () => {
  const steps = networkSteps("http://localhost:7600");
  const call = { method: "POST", url: "http://127.0.0.1:7601/api/x", requestBody: "", responseBody: "", ended: true };
  const order = { story: "pay", step: 9, replyStep: 12 };
  assert.deepEqual(steps.of({ ...call, responseBody: '{"go":"http:\\/\\/localhost:7600\\/cashier?orderId=1"}' }), { ...order, answer: "paymentUrl" });
  assert.deepEqual(steps.of({ ...call, responseBody: '{"tradeNO":"2026"}' }), { ...order, answer: "tradeNO" });
  assert.equal(steps.of({ ...call, responseBody: '{"go":"http://evil.example/cashier?orderId=1"}' }).step, null);
  const asked = { ...call, url: "http://127.0.0.1:7601/api/orders", ended: false };
  assert.deepEqual(steps.of(asked), { story: "pay", step: 9, replyStep: null, answer: "" }, "by its name, until the answer is there");
  assert.equal(steps.of({ ...asked, method: "GET" }).step, null, "reading one is none");
  assert.equal(steps.of({ ...asked, url: `${asked.url}/Z-1/check` }).step, null, "nor is what is done with it later");
  const told = { ...call, key: "net-1", responseBody: '{"paymentUrl":"http://localhost:7600/cashier?orderId=7"}' };
  assert.equal(steps.of(told).step, 9);
  assert.equal(steps.of(told).step, 9, "the same answer, told again");
  assert.equal(steps.of({ ...told, key: "net-2" }).step, null, "another answer that names the same order");
  steps.remember("C1", "getAuthCode");
  steps.remember("C2", "qicardSignContract");
  assert.deepEqual(steps.of({ ...call, requestBody: '{"authCode":"C1"}' }), { story: "pay", step: 6, replyStep: null, answer: "" });
  assert.deepEqual(steps.of({ ...call, requestBody: '{"authCode":"C2"}' }), { step: 11, replyStep: null, answer: "" });
});

test("the page's calls are told by what is in them", () => {
  const steps = networkSteps("http://localhost:7600");
  const call = { url: "http://127.0.0.1:7601/api/x", requestBody: "", responseBody: "", ended: true };
  assert.equal(steps.of(call).step, null);
  assert.equal(steps.of({ ...call, url: "http://127.0.0.1:7601/api/subscribe", ended: false }).step, 1, "by its name, until the answer is there");
  assert.equal(steps.of({ ...call, url: "http://127.0.0.1:7601/api/subscribe" }).step, null);
  assert.deepEqual(steps.of({ ...call, responseBody: '{"authUrl":"…"}' }), { step: 1, replyStep: 4, answer: "authUrl" });
  assert.equal(steps.of({ ...call, responseBody: '{"go":"http:\\/\\/localhost:7600\\/authorize?authId=1"}' }).step, 1);
  assert.equal(steps.of({ ...call, requestBody: '{"authCode":"C1"}' }).step, null, "a code nobody handed out");
  steps.remember("C1", "qicardSignContract");
  assert.equal(steps.of({ ...call, requestBody: '{"code":"C1"}' }).step, 11);
  assert.equal(steps.of({ ...call, url: "http://127.0.0.1:7601/cb?code=C1" }).step, 11);
});

test("a storage space is random, its own for each user and app, and remembered", () => {
  const local = store();
  const sara = storageSpace("app", "sara", local);
  assert.match(sara, /^[0-9a-f]{24}$/);
  assert.equal(storageSpace("app", "sara", local), sara);
  assert.equal(new Set([sara, storageSpace("app", "omar", local), storageSpace("other", "sara", local), storageSpace("app", "", local)]).size, 4);
  local.setItem("mithaq.storage-spaces", "spoiled");
  assert.notEqual(storageSpace("app", "sara", local), sara);
});

test("values are kept by space, forgotten when told, and limited", () => {
  const local = store();
  keep("s1", "cart", "1", local);
  keep("s2", "cart", "2", local);
  keep("s1", "gone", "x", local);
  keep("s1", "gone", null, local);
  assert.deepEqual([keptFor("s1", local), keptFor("s2", local)], [{ cart: "1" }, { cart: "2" }]);
  keep("s1", "big", "x".repeat(1024 * 1024), local);
  assert.deepEqual(Object.keys(keptFor("s1", local)), ["cart"]);
  const tiny = store(30);
  keep("s1", "k", "does not fit the browser's quota", tiny);
  assert.deepEqual(keptFor("s1", tiny), {});
});

test("a Mini Program opens only from an origin registered for it that is not the wallet's", () => {
  const app = { appId: "a", name: "A", startUrl: "https://shop.example/x", origins: ["https://shop.example"] };
  const wallet = "https://wallet.example.iq";
  assert.equal(refusalOf(app, wallet), null);
  assert.equal(refusalOf({ ...app, startUrl: "https://other.example/" }, wallet), "refusedOrigin");
  assert.equal(refusalOf({ ...app, startUrl: "javascript:alert(1)", origins: ["null"] }, wallet), "refusedOrigin");
  assert.equal(refusalOf({ ...app, startUrl: "nonsense" }, wallet), "refusedOrigin");
  assert.equal(refusalOf({ ...app, startUrl: "https://wallet.example.iq/app", origins: ["https://wallet.example.iq"] }, wallet), "refusedWallet");
});
