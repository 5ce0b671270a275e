// How orders end that nobody pays, and how a payment is taken back as a whole (spec: qicard 7.9, 8; openapi 3.9, 5.4): by the
// clock, by the merchant, and not at all while the operator has stopped them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Merchant } from "../support/openapi.mjs";
import { ESCROW, ONLINE, Town, code } from "../support/orders.mjs";
import { startWallet } from "../support/program.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";

let wallet, sandbox, town, desk;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  town = new Town(sandbox, Merchant.ofWallet(wallet));
  desk = town.desk;
});
after(() => wallet?.stop());

test("an order whose time runs out fails by the clock alone, and the merchant is told", async (t) => {
  const receiver = await startReceiver(t, desk.merchant);
  const order = await desk.open(ONLINE, 25, { paymentNotifyUrl: receiver.url });
  await town.wait("PT29M");
  assert.equal(await desk.status(order), "PROCESSING", "half an hour is the default");
  await town.wait("PT2M");
  await eventually("the order fails", async () => (await desk.status(order)) === "FAIL");
  assert.match((await desk.inquire(order)).paymentFailReason, /^ORDER_IS_CLOSED: /);
  await eventually("the merchant is told", () => receiver.received.length === 1);
  const [{ valid, json }] = receiver.received;
  assert.ok(valid);
  assert.equal(code({ result: json.paymentResult }), "F ORDER_IS_CLOSED");
  assert.equal(json.paymentTime, undefined);
  assert.equal(await desk.visit(order, (await town.person()).userId), "4000");
});

test("a time to pay beyond a week is a week", async () => {
  const order = await desk.open(ONLINE, 25, { paymentExpiryTime: "2099-01-01T00:00:00+03:00" });
  await town.wait("P8D");
  await eventually("the order fails", async () => (await desk.status(order)) === "FAIL");
});

test("an order that was cancelled cannot be paid, is told, and is cancelled again with the same answer", async (t) => {
  const receiver = await startReceiver(t, desk.merchant);
  const order = await desk.open(ONLINE, 25, { paymentNotifyUrl: receiver.url });
  const first = await desk.cancel(order);
  assert.equal(code(first), "S SUCCESS");
  assert.equal(`${first.paymentId} ${first.paymentRequestId}`, `${order.paymentId} ${order.paymentRequestId}`);
  await town.wait("PT5M");
  const byRequest = { paymentRequestId: order.paymentRequestId };
  assert.deepEqual(await desk.merchant.call("/v1/payments/cancel", byRequest), first, "also by the merchant's id");
  assert.equal(await desk.status(order), "FAIL");
  assert.equal(await desk.visit(order, (await town.person()).userId), "4000");
  await eventually("the merchant is told", () => receiver.received.length === 1);
  assert.equal(code({ result: receiver.received[0].json.paymentResult }), "F ORDER_IS_CANCELED");
});

test("a payment cancelled on its day gives everything back, the fee too, and stays a success", async () => {
  const [{ userId }, had] = [await town.person(100), await desk.credit()];
  const order = await desk.paid(ONLINE, 25, userId);
  assert.equal(code(await desk.cancel(order)), "S SUCCESS");
  assert.equal(await sandbox.balance(userId), 100_000n);
  assert.equal(await desk.credit(), had);
  const { paymentStatus, transactions } = await desk.inquire(order);
  assert.equal(paymentStatus, "SUCCESS", "a final state never changes");
  const said = transactions.map((one) => [one.transactionType, one.transactionStatus, one.transactionAmount.value]);
  assert.deepEqual(said, [["CANCEL", "SUCCESS", "25000"]]);
  assert.equal(code(await desk.refund(order, 1)), "F REFUND_AMOUNT_EXCEED");
});

test("an order in dispute is neither paid nor closed, until the operator lets it go on", async () => {
  const { userId } = await town.person();
  const order = await desk.open(ESCROW, 25);
  await sandbox.post(`payments/${order.paymentId}/freeze`, { frozen: true });
  assert.equal(await desk.visit(order, userId), "4000");
  await town.wait("PT45M");
  assert.equal(await desk.status(order), "PROCESSING", "the clock stands still");
  await sandbox.post(`payments/${order.paymentId}/freeze`, { frozen: false });
  await town.wait("PT1M");
  assert.equal(await desk.status(order), "PROCESSING", "it has as much time as it had when the dispute began");
  await town.wait("PT30M");
  await eventually("its time is over now", async () => (await desk.status(order)) === "FAIL");
});

test("the ledger holds together after all of that", () => sandbox.verifyLedger());
