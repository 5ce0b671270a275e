// my.tradePay in the shell (jsapi.md 3.3, 5): what may be asked, the replies that only the shell can word, and how a payment
// is told to the Studio.

import assert from "node:assert/strict";
import { test } from "node:test";
import { networkSteps } from "../../shell/steps.js";
import { payReply, routeOf, wrongWith } from "../../shell/tradepay.js";
import { recordOf } from "../../shell/report.js";

const wallet = { walletOrigin: "http://localhost:7600", sandbox: true };
const paymentUrl = "http://localhost:7600/cashier?orderId=A1";

test("exactly one of the three parameters, of the right form", () => {
  assert.equal(wrongWith({ paymentUrl }, wallet), null);
  assert.equal(wrongWith({ tradeNO: "20260101111212800100166820603167424" }, wallet), null);
  assert.equal(wrongWith({ orderStr: "app_id=1&sign=x" }, wallet), null);
  assert.equal(wrongWith({ paymentUrl, tradeNO: "", orderStr: null }, wallet), null, "an empty text is not given");
  for (const args of [{}, { paymentUrl: "" }, { tradeNo: "1" }, { paymentUrl, tradeNO: "1" }]) assert.equal(wrongWith(args, wallet), "exactlyOne");
  for (const url of ["http://evil.example/cashier?orderId=A1", "http://localhost:7600/authorize?authId=1", "x"]) {
    assert.equal(wrongWith({ paymentUrl: url }, wallet), "notCashier", url);
  }
  for (const args of [{ tradeNO: 1 }, { orderStr: {} }, { paymentUrl: [] }, { tradeNO: "9".repeat(65) }]) {
    assert.equal(wrongWith(args, wallet), "parameter", JSON.stringify(args));
  }
});

test("the reading of the codes is the wallet's setting, else that of the form of the call", () => {
  assert.equal(routeOf({ paymentUrl }), "split");
  assert.equal(routeOf({ tradeNO: "1" }), "all-success");
  assert.equal(routeOf({ orderStr: "x" }), "all-success");
  assert.equal(routeOf({ paymentUrl }, "all-success"), "all-success");
  assert.equal(routeOf({ tradeNO: "1" }, "split"), "split");
  for (const setting of [undefined, null, "", "both"]) assert.equal(routeOf({ paymentUrl }, setting), "split");
});

test("split: where money may have moved it is a success without an error, where it has not it is a failure with one", () => {
  for (const code of /** @type {const} */ (["8000", "6004"])) {
    assert.deepEqual(payReply(code, "split", "t"), { ok: true, ret: { resultCode: code } });
  }
  assert.deepEqual(payReply("6002", "split", "t"), {
    ok: false, ret: { resultCode: "6002", error: 6002, errorCode: "6002", errMessage: "t", errorMessage: "t", message: "t" },
  });
});

test("all-success: every code is a success without an error", () => {
  for (const code of /** @type {const} */ (["8000", "6002", "6004"])) {
    assert.deepEqual(payReply(code, "all-success", "t"), { ok: true, ret: { resultCode: code } });
  }
});

test("the Studio is told a payment by its code, whichever callback that went to", () => {
  const steps = networkSteps(wallet.walletOrigin);
  const told = (/** @type {boolean} */ ok, /** @type {any} */ ret) =>
    recordOf({ type: "reply", key: "call-1", api: "tradePay", args: { paymentUrl }, form: "cb3", ok, ret, ms: 5 }, steps);
  /** @type {[boolean, string, string][]} */
  const table = [[true, "9000", "good"], [true, "8000", "wait"], [true, "6004", "wait"], [true, "6001", "bad"], [false, "6001", "bad"], [false, "4000", "bad"]];
  for (const [ok, code, outcome] of table) {
    const record = told(ok, { resultCode: code, ...(!ok && { error: Number(code) }) });
    assert.deepEqual([record?.status, record?.outcome], [code, outcome], code);
  }
  const waiting = recordOf({ type: "call", key: "call-1", api: "tradePay", args: { paymentUrl }, form: "cb3" }, steps);
  assert.deepEqual([waiting?.story, waiting?.step, waiting?.replyStep, waiting?.outcome, waiting?.response], ["pay", 13, 18, "wait", null]);
  assert.deepEqual(waiting?.links, { orderId: "A1" });
  assert.equal(told(false, { error: 3 })?.status, "3");
  const byNumber = recordOf({ type: "call", key: "call-2", api: "tradePay", args: { tradeNO: "2026" } }, steps);
  assert.deepEqual(byNumber?.links, { paymentId: "2026" });
});
