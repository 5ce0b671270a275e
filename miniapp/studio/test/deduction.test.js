// The third story: which place a call has in it is told by what the call is, and calls of the other stories keep theirs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrowsOf } from "../arrows.js";
import { CallBook } from "../calls.js";
import { withDeductions } from "../deduction.js";
import { STORIES } from "../stories.js";
import { call, seventeen, single, twenty, waiting } from "./make.js";

/** @typedef {import("../types.js").Call} Call */

const links = { paymentId: "2026" };
const deducted = { status: 200, body: "success" };
const notice = "agreement_no=20265305000000000001&trade_status=TRADE_SUCCESS&total_amount=9.90";

/** As the wallet lists them when all is over: without numbers of this story, what users are told with those of another. @returns {Call[]} */
function sixteen() {
  /** @type {Partial<Call>} */
  const gateway = { kind: "openapi", request: { method: "POST", path: "/gateway.do?method=x", body: "" } };
  const told = (/** @type {string} */ title, /** @type {string} */ body) =>
    ({ from: /** @type {const} */ ("wallet"), to: /** @type {const} */ ("merchant"), kind: /** @type {const} */ ("notification"), title, request: { body }, response: deducted });
  return [
    call(1, 0, { ms: 30, from: "miniProgram", to: "merchant", kind: "net", title: "POST /api/sign-str", response: { status: 200, body: '{"signStr":"a%3Db"}' } }),
    call(2, 100, { ms: 4000, from: "miniProgram", to: "wallet", kind: "jsapi", title: "my.paySignCenter", response: { status: 200, body: '{"resultStatus":"7000","result":"{}"}' } }),
    single(3, 110, { from: "miniProgram", to: "wallet", title: "signStr", outcome: "good" }),
    single(4, 130, { from: "wallet", to: "user", title: "signing page", links: { ix: "I1" } }),
    single(5, 3000, { ms: 5, from: "user", to: "wallet", title: "sign the agreement", outcome: "good", links: { ix: "I1" } }),
    call(7, 5000, { ms: 5, ...told("dut_user_sign", "status=NORMAL") }),
    call(8, 9000, { ms: 20, title: "alipay.trade.pay", links, ...gateway }),
    call(9, 9040, { ms: 5, links, ...told("trade_status_sync", notice) }),
    single(10, 9050, { from: "wallet", to: "user", kind: "message", step: 17, links }),
    call(11, 20_000, { ms: 9, title: "alipay.user.agreement.unsign", ...gateway }),
    call(12, 20_020, { ms: 5, ...told("dut_user_unsign", "status=UNSIGN") }),
  ];
}

test("the steps stand in their order, each once, and go the way of the table", () => {
  const arrows = arrowsOf(withDeductions(sixteen()), { filter: "steps", story: "deduct" });
  assert.deepEqual(arrows.map(({ step }) => step), STORIES.deduct.map((_, index) => index + 1));
  for (const { step, from, to } of arrows) assert.deepEqual([from, to], STORIES.deduct[Number(step) - 1], String(step));
});

test("the other stories keep their calls, the very objects", () => {
  for (const calls of [seventeen(), twenty()]) {
    withDeductions(calls).forEach((one, index) => assert.equal(one, calls[index]));
  }
});

test("a user who does not want to, and a PIN that was wrong, tell of no agreement", () => {
  const shown = single(1, 0, { title: "signing page", links: { ix: "I1" } });
  const no = single(2, 900, { from: "user", to: "wallet", step: 7, title: "not now", outcome: "bad", links: { ix: "I1" } });
  const wrong = single(3, 950, { from: "user", to: "wallet", title: "sign the agreement", outcome: "bad", links: { ix: "I1" } });
  assert.deepEqual(withDeductions([shown, no, wrong]).map(({ step, replyStep }) => [step, replyStep]), [[5, null], [6, null], [6, null]]);
  const other = { ...no, links: { ix: "I2" } };
  assert.equal(withDeductions([shown, other])[1], other, "on another page it is another story's");
});

test("a refund's notice, a trade paid by hand and a failed deduction's report have no number", () => {
  const other = (/** @type {string} */ title, /** @type {string} */ body) => call(9, 0, { from: "wallet", to: "merchant", kind: "notification", title, request: { body } });
  for (const one of [
    other("trade_status_sync", `${notice}&refund_fee=1.00`),
    other("trade_status_sync", "trade_status=TRADE_SUCCESS"),
    other("trade_status_sync", "agreement_no=1&trade_status=TRADE_CLOSED"),
    other("dut_deduct_fail", "agreement_no=1"),
    call(9, 0, { title: "alipay.user.agreement.query" }),
  ]) assert.equal(withDeductions([one])[0], one, one.title);
});

test("what the user is told of a contract's charge stays the seventeenth of the agreement", () => {
  const told = single(2, 10, { from: "wallet", to: "user", kind: "message", step: 17, links: { paymentId: "other" } });
  assert.equal(withDeductions([...sixteen(), { ...told, seq: 40 }]).at(-1)?.step, 17);
});

test("tried again at once after a failure, each try stands by itself", () => {
  const tries = [0, 1, 2].flatMap((index) => [
    call(2 * index + 1, 40 * index, { ms: 20, from: "miniProgram", to: "wallet", kind: "jsapi", title: "my.paySignCenter", status: "7002", outcome: "bad" }),
    single(2 * index + 2, 40 * index + 5, { from: "miniProgram", to: "wallet", title: "signStr", outcome: "bad" }),
  ]);
  assert.deepEqual(arrowsOf(withDeductions(tries)).map(({ step }) => step), [3, 4, 8, 3, 4, 8, 3, 4, 8]);
});

test("a call without its answer has its place too, and the same object until something changes", () => {
  const book = new CallBook();
  book.put(waiting(1, 0, { kind: "jsapi", from: "miniProgram", to: "wallet", title: "my.paySignCenter" }));
  const [first] = book.calls;
  assert.deepEqual([first?.step, first?.replyStep, first?.story], [3, 8, "deduct"]);
  assert.equal(book.calls[0], first);
  assert.equal(book.get(1), first);
  book.put(call(1, 0, { kind: "jsapi", from: "miniProgram", to: "wallet", title: "my.paySignCenter", status: "7000" }));
  assert.notEqual(book.calls[0], first);
  assert.equal(book.get(1)?.status, "7000");
});

test("that the wallet has something to say of a string does not mean that an answer is to come", () => {
  const [read] = withDeductions([single(1, 0, { title: "signStr", outcome: "wait", from: "miniProgram", to: "wallet" })]);
  assert.deepEqual([read?.from, read?.step, read?.response], ["wallet", 4, {}]);
});

test("clearing the view does not forget what belongs to what", () => {
  const book = new CallBook();
  const calls = sixteen();
  calls.slice(0, 7).forEach((one) => book.put(one));
  book.clear();
  calls.slice(7).forEach((one) => book.put(one));
  assert.deepEqual(book.calls.map(({ step }) => step), [12, 13, 14, 16]);
});
