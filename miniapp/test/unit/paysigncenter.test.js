// my.paySignCenter from the page to the shell (jsapi.md 3.4, 5): every status reaches `success`, a call that never started `fail`;
// and how it is told to the Studio.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { recordOf } from "../../shell/report.js";
import { networkSteps } from "../../shell/steps.js";
import { isWalletApi } from "../../shell/wallet.js";
import { walletPageUrl } from "../../shell/addresses.js";
import { connectedPage, plain } from "../support/page.js";

const WALLET = "http://localhost:7600";
const signStr = readFileSync(new URL("../support/seed-sign-str.txt", import.meta.url), "utf8").trim();
const signed = { resultStatus: "7000", result: '{"alipay_user_agreement_page_sign_response":{"code":"10000"},"sign":"x","sign_type":"RSA2"}' };

/** The seed's call, with what its callbacks were given. @param {any} page */
function callOfSeed({ my }) {
  /** @type {[string, any][]} */
  const told = [];
  const note = (/** @type {string} */ name) => (/** @type {unknown} */ res) => void told.push([name, plain(res)]);
  const done = new Promise((resolve) => {
    my.paySignCenter({
      signStr, success: note("success"), fail: note("fail"),
      complete: (/** @type {unknown} */ res) => (note("complete")(res), resolve(undefined)),
    });
  });
  return done.then(() => told);
}

test("the seed's call goes to the shell as it is written, and its result is a text", async () => {
  const page = connectedPage();
  page.shell.answerWith(() => ({ ok: true, ret: signed }));
  assert.deepEqual(await callOfSeed(page), [["success", signed], ["complete", signed]]);
  const [{ api, args, form }] = page.shell.calls();
  assert.deepEqual([api, args, form], ["paySignCenter", { signStr }, "cb3"]);
  assert.equal(typeof signed.result, "string");
});

for (const resultStatus of ["7000", "7001", "7002", "6001", "6002"]) {
  test(`${resultStatus} reaches success, then complete, and resolves the promise`, async () => {
    const page = connectedPage();
    const ret = { resultStatus, result: "" };
    page.shell.answerWith(() => ({ ok: true, ret }));
    assert.deepEqual(await callOfSeed(page), [["success", ret], ["complete", ret]]);
    assert.deepEqual(plain(await page.my.paySignCenter({ signStr })), ret);
    assert.deepEqual(plain(await page.bridge.call("paySignCenter", { signStr })), ret, "and nothing is added by AlipayJSBridge");
  });
}

test("a call that never started reaches fail, with error and errorMessage", async () => {
  const page = connectedPage();
  page.shell.answerWith(() => ({ ok: false, ret: { error: 4, errorMessage: "no permission" } }));
  assert.deepEqual(await callOfSeed(page), [["fail", { error: 4, errorMessage: "no permission" }], ["complete", { error: 4, errorMessage: "no permission" }]]);
});

test("one callback for both, and none at all", async () => {
  const page = connectedPage();
  page.shell.answerWith(() => ({ ok: true, ret: signed }));
  assert.deepEqual(plain(await new Promise((resolve) => page.my.call("paySignCenter", { signStr }, resolve))), signed);
  assert.deepEqual(plain(await page.my.paySignCenter({ signStr })), signed);
  assert.deepEqual(page.shell.calls().map(({ form }) => form), ["cb1", "promise"]);
});

test("it is a wallet call, and its page one of the wallet's", () => {
  assert.equal(isWalletApi("paySignCenter"), true);
  assert.equal(walletPageUrl("/sign?signId=S1&ix=I1", WALLET), `${WALLET}/sign?signId=S1&ix=I1`);
  for (const other of ["/signs?signId=S1", "/sign/confirm", "http://evil.example/sign?signId=S1", "//evil.example/sign"]) {
    assert.equal(walletPageUrl(other, WALLET), null, other);
  }
});

test("the Studio is told it by its status", () => {
  const steps = networkSteps(WALLET);
  /** @type {[string, string][]} */
  const table = [["7000", "good"], ["7001", "wait"], ["7002", "bad"], ["6001", "bad"], ["6002", "bad"]];
  for (const [resultStatus, outcome] of table) {
    const record = recordOf({ type: "reply", key: "call-1", api: "paySignCenter", args: { signStr }, form: "cb3", ok: true, ret: { resultStatus, result: "" }, ms: 5 }, steps);
    assert.deepEqual([record?.title, record?.status, record?.outcome], ["my.paySignCenter", resultStatus, outcome]);
    assert.equal(JSON.parse(/** @type {any} */ (record?.request).body).signStr, signStr);
  }
  const refused = recordOf({ type: "reply", key: "call-2", api: "paySignCenter", args: {}, ok: false, ret: { error: 2 }, ms: 1 }, steps);
  assert.deepEqual([refused?.status, refused?.outcome], ["2", "bad"]);
});

test("an answer with a signStr or an orderStr in it is told as that, and as no step of the other stories", () => {
  const steps = networkSteps(WALLET);
  const call = { method: "POST", url: "http://127.0.0.1:7610/api/subscribe", requestBody: "", ended: true };
  const answered = (/** @type {string} */ body) => steps.of({ ...call, responseBody: body });
  assert.deepEqual(answered(JSON.stringify({ signStr })), { step: null, replyStep: null, answer: "signStr" });
  assert.deepEqual(answered('{"orderStr":"app_id=2021&notify_url=x"}'), { step: null, replyStep: null, answer: "orderStr" });
});
