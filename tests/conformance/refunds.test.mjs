// Money that goes back after it was taken (spec: qicard 7.4, 7.5; openapi 3.16).

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { AGREEMENT, Merchant } from "../support/openapi.mjs";
import { CARDS, ONLINE, Town, code, dinars } from "../support/orders.mjs";
import { startWallet } from "../support/program.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";

const INQUIRY = "/v1/payments/inquiryRefund";

let wallet, sandbox, town, desk;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  town = new Town(sandbox, Merchant.ofWallet(wallet));
  desk = town.desk;
  await paid(100); // what refunds can draw on, whatever the fees were
});
after(() => wallet?.stop());

/** A payment of `whole` dinars by somebody new who has a hundred. */
async function paid(whole, more) {
  const { userId } = await town.person(100);
  return { ...(await desk.paid(ONLINE, whole, userId, more)), userId };
}

test("refunds in parts come to what was paid and no further; the fee stays with the wallet", async () => {
  const had = await desk.credit();
  const order = await paid(40);
  for (const [part, left] of [[10, 70], [25, 95], [5, 100]]) {
    const done = await desk.refund(order, part);
    assert.equal(code(done), "S SUCCESS");
    assert.match(done.refundId, /^20\d{33}$/);
    assert.equal(await sandbox.balance(order.userId), BigInt(left) * 1000n);
  }
  assert.equal(code(await desk.refund(order, 1)), "F REFUND_AMOUNT_EXCEED");
  assert.equal(await desk.credit(), had - 400n, "one percent of forty");
  const { paymentStatus, transactions } = await desk.inquire(order);
  assert.equal(paymentStatus, "SUCCESS");
  const done = transactions.filter(({ transactionStatus }) => transactionStatus === "SUCCESS");
  assert.deepEqual(done.map(({ transactionType }) => transactionType), ["REFUND", "REFUND", "REFUND"]);
});

test("the same refundRequestId is the same refund", async () => {
  const order = await paid(40);
  const refundRequestId = randomUUID();
  const first = await desk.refund(order, 10, { refundRequestId, refundReason: "One bottle broke" });
  assert.deepEqual(await desk.refund(order, 10, { refundRequestId, refundReason: "Other words" }), first);
  assert.equal(await sandbox.balance(order.userId), 70_000n);
});

test("a refund is inquired by either id, and one that was refused as failed", async () => {
  const order = await paid(40);
  const [good, bad] = [randomUUID(), randomUUID()];
  const { refundId, refundTime } = await desk.refund(order, 10, { refundRequestId: good, refundReason: "One bottle broke" });
  const expected = {
    refundId,
    refundRequestId: good,
    refundAmount: { currency: "IQD", value: "10000" },
    refundReason: "One bottle broke",
    refundTime,
    refundStatus: "SUCCESS",
  };
  for (const id of [{ refundId }, { refundRequestId: good }, { refundId, refundRequestId: bad }, { refundId: "", refundRequestId: good }]) {
    const { result, ...found } = await desk.merchant.succeed(INQUIRY, id);
    assert.equal(result.resultCode, "SUCCESS");
    assert.deepEqual(found, expected);
  }
  await desk.refund(order, 31, { refundRequestId: bad });
  const failed = await desk.merchant.succeed(INQUIRY, { refundRequestId: bad });
  assert.equal(failed.refundStatus, "FAIL");
  assert.match(failed.refundFailReason, /^REFUND_AMOUNT_EXCEED: /);
  assert.equal(failed.refundTime, undefined);
});

test("a refund by the merchant's own id of the payment, of a charge and of a shown code", async () => {
  const { userId } = await town.person(100);
  const { accessToken } = await sandbox.contract(desk.merchant, userId);
  const charge = await desk.merchant.pay(accessToken, 10);
  const scanned = await desk.send(await desk.scanned(10, userId));
  for (const { paymentRequestId } of [charge, scanned]) {
    const body = { paymentRequestId, refundRequestId: randomUUID(), refundAmount: dinars(4) };
    assert.equal(code(await desk.merchant.call("/v1/payments/refund", body)), "S SUCCESS");
  }
  assert.equal(await sandbox.balance(userId), 88_000n);
  const [row] = (await sandbox.get("payments")).filter(({ paymentId }) => paymentId === charge.paymentId);
  assert.equal(row.product, "AGREEMENT", AGREEMENT);
});

test("what was paid from a card goes back to the balance", async () => {
  const { userId } = await town.person(0);
  const order = await desk.open(ONLINE, 40);
  await desk.visit(order, userId, { fundingSource: CARDS.good });
  await desk.refund(order, 40);
  assert.equal(await sandbox.balance(userId), 40_000n);
});

test("a refund is told where the merchant wants it, and the user hears of it", async (t) => {
  const receiver = await startReceiver(t, desk.merchant);
  const order = await paid(40);
  const refundRequestId = randomUUID();
  const more = { refundRequestId, refundReason: "One bottle broke", refundNotifyUrl: receiver.url };
  const { refundId, refundTime } = await desk.refund(order, 10, more);
  await eventually("the merchant is told", () => receiver.received.length === 1);
  const [{ valid, json }] = receiver.received;
  assert.ok(valid, "signed by the wallet");
  assert.deepEqual(json, {
    refundId,
    refundRequestId,
    paymentId: order.paymentId,
    paymentRequestId: order.paymentRequestId,
    refundAmount: { currency: "IQD", value: "10000" },
    refundReason: "One bottle broke",
    refundTime,
    refundStatus: "SUCCESS",
  });
  const told = async () => (await sandbox.get("messages")).filter(({ userId, body }) => userId === order.userId && /gave you back 10 IQD/.test(body));
  await eventually("the user is told", async () => (await told()).length > 0);
});

test("a payment can be refunded for a year", async () => {
  const order = await paid(40);
  await town.wait("P364D");
  assert.equal(code(await desk.refund(order, 1)), "S SUCCESS");
  await town.wait("P2D");
  assert.equal(code(await desk.refund(order, 1)), "F REFUND_WINDOW_EXCEED");
});

test("the ledger holds together after all of that", () => sandbox.verifyLedger());
