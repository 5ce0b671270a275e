// Money that is held until the merchant takes it or gives it back: auth-and-capture and escrow (spec: qicard 7.6 to 7.10, 8).

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { Merchant } from "../support/openapi.mjs";
import { CAPTURE, ESCROW, Town, code } from "../support/orders.mjs";
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

/** An order of `whole` dinars, held, of somebody new who has a hundred. */
async function held(product, whole, more) {
  const { userId } = await town.person(100);
  return { ...(await desk.paid(product, whole, userId, more)), userId };
}

/** Type, status and dinars of a payment's transactions. */
const transactions = async (order) =>
  (await desk.inquire(order)).transactions.map(({ transactionType, transactionStatus, transactionAmount }) =>
    `${transactionType} ${transactionStatus} ${Number(transactionAmount.value) / 1000}`);

/** Waits until a receiver has heard so often; answers what it heard last. */
async function heard(receiver, count) {
  await eventually(`${count} notices`, () => receiver.received.length === count);
  assert.ok(receiver.received.every(({ valid }) => valid), "signed by the wallet");
  return receiver.received.at(-1).json;
}

test("a hold leaves the payer's balance and is nobody's yet; the merchant is told that it is one", async (t) => {
  const receiver = await startReceiver(t, desk.merchant);
  const had = await desk.credit();
  const order = await held(CAPTURE, 40, { paymentNotifyUrl: receiver.url });
  assert.equal(await sandbox.balance(order.userId), 60_000n);
  assert.equal(await desk.credit(), had);
  const found = await desk.inquire(order);
  assert.equal(found.paymentStatus, "AUTH_SUCCESS");
  assert.equal(found.paymentTime, undefined);
  const { now } = await sandbox.get("clock");
  const days = (Date.parse(found.authExpiryTime) - Date.parse(now)) / 86_400_000;
  assert.ok(days > 6.99 && days <= 7, `a hold is for a week, not ${days} days`);
  const repeated = await desk.send(order.body);
  assert.equal(`${code(repeated)} ${repeated.authExpiryTime}`, `S SUCCESS ${found.authExpiryTime}`);
  const { paymentStatus, paymentResult, paymentTime } = await heard(receiver, 1);
  assert.deepEqual([paymentStatus, code({ result: paymentResult }), paymentTime], ["AUTH_SUCCESS", "S SUCCESS", undefined]);
});

test("a full capture pays the merchant less the fee, once, and the merchant is told", async (t) => {
  const receiver = await startReceiver(t, desk.merchant);
  const had = await desk.credit();
  const order = await held(CAPTURE, 40, { paymentNotifyUrl: receiver.url });
  const captureRequestId = randomUUID();
  const captured = await desk.capture(order, undefined, { captureRequestId });
  assert.equal(code(captured), "S SUCCESS");
  assert.equal(captured.captureRequestId, captureRequestId);
  assert.deepEqual(captured.captureAmount, { currency: "IQD", value: "40000" });
  assert.match(captured.captureTime, /\+03:00$/);
  assert.deepEqual(await desk.capture(order, undefined, { captureRequestId }), captured, "a repeat is the same capture");
  assert.equal(await sandbox.balance(order.userId), 60_000n);
  assert.equal(await desk.credit(), had + 39_600n);
  assert.deepEqual(await transactions(order), ["CAPTURE SUCCESS 40"]);
  const final = await heard(receiver, 2);
  assert.equal(final.paymentStatus, undefined, "the final notice has the members of the live sample");
  assert.equal(final.paymentTime, (await desk.inquire(order)).paymentTime);
});

test("a partial capture gives the rest back at once; fee and refunds are of what was captured", async () => {
  const had = await desk.credit();
  const order = await held(CAPTURE, 40);
  const { captureId } = await desk.capture(order, 25);
  assert.equal(await desk.status(order), "SUCCESS");
  assert.equal(await sandbox.balance(order.userId), 75_000n);
  assert.equal(await desk.credit(), had + 24_750n);
  assert.equal(code(await desk.refund(order, 25, { captureId })), "S SUCCESS");
  assert.equal(await sandbox.balance(order.userId), 100_000n);
  assert.equal(code(await desk.refund(order, 1, { captureId })), "F REFUND_AMOUNT_EXCEED");
  assert.equal(code(await desk.refund(order, 1, { captureId: `${captureId}0` })), "F ORDER_NOT_EXIST");
});

test("a partial void gives a part back and leaves the rest held; a full one ends the order", async (t) => {
  const [voids, payments] = [await startReceiver(t, desk.merchant), await startReceiver(t, desk.merchant)];
  const order = await held(CAPTURE, 40, { voidNotifyUrl: voids.url, paymentNotifyUrl: payments.url });
  const voidRequestId = randomUUID();
  const part = await desk.void(order, 15, { voidRequestId });
  assert.equal(code(part), "S SUCCESS");
  assert.equal(part.voidRequestId, voidRequestId);
  assert.deepEqual(await desk.void(order, 15, { voidRequestId }), part, "a repeat is the same void");
  assert.equal(await desk.status(order), "AUTH_SUCCESS");
  assert.equal(await sandbox.balance(order.userId), 75_000n);
  const { voidResult, ...rest } = await heard(voids, 1);
  assert.equal(code({ result: voidResult }), "S SUCCESS");
  assert.deepEqual(rest, {
    voidRequestId,
    voidId: part.voidId,
    paymentId: order.paymentId,
    voidAmount: { currency: "IQD", value: "15000" },
    voidTime: part.voidTime,
    voidSource: "MERCHANT",
    ...("extendInfo" in rest ? { extendInfo: rest.extendInfo } : {}),
  });

  assert.equal(code(await desk.void(order)), "S SUCCESS");
  assert.equal(await sandbox.balance(order.userId), 100_000n);
  assert.equal(await desk.status(order), "FAIL");
  assert.match((await desk.inquire(order)).paymentFailReason, /^ORDER_IS_CANCELED: /);
  assert.deepEqual(await transactions(order), ["VOID SUCCESS 15", "VOID SUCCESS 25"]);
  assert.equal((await heard(voids, 2)).voidAmount.value, "25000");
  assert.equal(code({ result: (await heard(payments, 2)).paymentResult }), "F ORDER_IS_CANCELED");
});

test("after a partial void, what is captured is at most what is left", async () => {
  const order = await held(CAPTURE, 40);
  await desk.void(order, 15);
  assert.equal(code(await desk.capture(order, 26)), "F CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
  assert.equal(code(await desk.capture(order, 25)), "S SUCCESS");
  assert.equal(await sandbox.balance(order.userId), 75_000n);
});

test("a cancelled hold gives all of it back", async () => {
  const order = await held(CAPTURE, 40);
  assert.equal(code(await desk.cancel(order)), "S SUCCESS");
  assert.equal(await sandbox.balance(order.userId), 100_000n);
  assert.equal(await desk.status(order), "FAIL");
});

test("a hold that nobody takes goes back after a week by the clock alone, with a notice of a void by the wallet", async (t) => {
  const [voids, payments] = [await startReceiver(t, desk.merchant), await startReceiver(t, desk.merchant)];
  const order = await held(CAPTURE, 40, { voidNotifyUrl: voids.url, paymentNotifyUrl: payments.url });
  await town.wait("P6DT23H");
  assert.equal(await desk.status(order), "AUTH_SUCCESS");
  await town.wait("PT2H");
  await eventually("the hold goes back", async () => (await desk.status(order)) === "FAIL");
  assert.equal(await sandbox.balance(order.userId), 100_000n);
  const told = await heard(voids, 1);
  assert.equal(`${told.voidSource} ${told.voidAmount.value} ${told.paymentId}`, `SYSTEM 40000 ${order.paymentId}`);
  assert.ok(told.voidRequestId.length > 0, "an id made by the wallet");
  assert.equal(code({ result: (await heard(payments, 2)).paymentResult }), "F ORDER_IS_CANCELED");
  assert.deepEqual(await transactions(order), ["VOID SUCCESS 40"]);
});

test("escrow: the merchant takes the order on, the customer has the goods, the merchant is paid", async (t) => {
  const receiver = await startReceiver(t, desk.merchant);
  const had = await desk.credit();
  const order = await held(ESCROW, 40, { paymentNotifyUrl: receiver.url });
  assert.equal((await heard(receiver, 1)).paymentStatus, "AUTH_SUCCESS");
  const accepted = await desk.accept(order);
  assert.equal(code(accepted), "S SUCCESS");
  assert.equal(accepted.paymentId, order.paymentId);
  assert.equal(await desk.status(order), "AUTH_SUCCESS");
  assert.equal(await desk.credit(), had);
  assert.equal(code(await desk.confirm(order)), "S SUCCESS");
  assert.equal(await desk.status(order), "SUCCESS");
  assert.equal(await desk.credit(), had + 39_600n);
  assert.equal(code({ result: (await heard(receiver, 2)).paymentResult }), "S SUCCESS");
});

test("confirm is read in both spellings, and answered in both", async () => {
  for (const spelling of ["confirmRequestId", "confrimRequestId"]) {
    const order = await held(ESCROW, 5);
    await desk.accept(order);
    const body = { paymentId: order.paymentId, [spelling]: randomUUID() };
    const done = await desk.merchant.succeed("/v1/payments/confirm", body);
    assert.equal(done.confirmId, done.confrimId);
    assert.equal(done.confirmTime, done.confrimTime);
    assert.match(done.confirmId, /^20\d{33}$/);
    const other = spelling === "confirmRequestId" ? "confrimRequestId" : "confirmRequestId";
    const again = { paymentId: order.paymentId, [other]: body[spelling] };
    assert.deepEqual(await desk.merchant.succeed("/v1/payments/confirm", again), done, "the id is the same in either");
  }
});

test("escrow calls take the merchant's own id of the payment, too", async () => {
  const order = await held(ESCROW, 5);
  const { paymentRequestId } = order;
  const call = (name, more) => desk.merchant.succeed(`/v1/payments/${name}`, { paymentRequestId, ...more });
  await call("merchantAccept");
  await call("void", { voidRequestId: randomUUID() });
  assert.equal(await desk.status(order), "FAIL");
  assert.equal(await sandbox.balance(order.userId), 100_000n);
});

test("escrow: cancelled before the merchant takes it on, voided after that", async () => {
  const [first, second] = [await held(ESCROW, 5), await held(ESCROW, 5)];
  assert.equal(code(await desk.void(first)), "F ORDER_STATUS_INVALID");
  assert.equal(code(await desk.cancel(first)), "S SUCCESS");
  await desk.accept(second);
  assert.equal(code(await desk.cancel(second)), "F ORDER_STATUS_INVALID");
  assert.equal(code(await desk.void(second)), "S SUCCESS");
  for (const { userId } of [first, second]) assert.equal(await sandbox.balance(userId), 100_000n);
});

test("escrow: an order taken on has a month, one that is not has a week", async () => {
  const [taken, not] = [await held(ESCROW, 5), await held(ESCROW, 5)];
  await desk.accept(taken);
  await town.wait("P8D");
  await eventually("the one goes back", async () => (await desk.status(not)) === "FAIL");
  assert.equal(await desk.status(taken), "AUTH_SUCCESS");
  await town.wait("P23D");
  await eventually("the other, too", async () => (await desk.status(taken)) === "FAIL");
  assert.equal(await sandbox.balance(taken.userId), 100_000n);
});

test("a hold from a card goes back to the balance", async () => {
  const { userId } = await town.person(0);
  const order = await desk.open(CAPTURE, 40);
  assert.equal(await desk.visit(order, userId, { fundingSource: "4242424242424242" }), "9000");
  assert.equal(await sandbox.balance(userId), 0n);
  await desk.void(order);
  assert.equal(await sandbox.balance(userId), 40_000n);
});

test("what is refused for good stays refused: the same id hears it again", async () => {
  const order = await held(CAPTURE, 40);
  const captureRequestId = randomUUID();
  assert.equal(code(await desk.capture(order, 41, { captureRequestId })), "F CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
  assert.equal(code(await desk.capture(order, 41, { captureRequestId })), "F CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
  assert.equal(code(await desk.capture(order, 40)), "S SUCCESS", "a new id is a new attempt");
});

test("a hold in dispute stays held, whatever the clock says, until the operator lets it go on", async () => {
  const order = await held(CAPTURE, 40);
  await sandbox.post(`payments/${order.paymentId}/freeze`, { frozen: true });
  await town.wait("P9D");
  assert.equal(await desk.status(order), "AUTH_SUCCESS");
  assert.equal(await sandbox.balance(order.userId), 60_000n);
  await sandbox.post(`payments/${order.paymentId}/freeze`, { frozen: false });
  await town.wait("PT1M");
  assert.equal(await desk.status(order), "AUTH_SUCCESS", "it has as much time as it had when the dispute began");
  await town.wait("P7D");
  await eventually("it goes back", async () => (await desk.status(order)) === "FAIL");
});

test("the ledger holds together after all of that", () => sandbox.verifyLedger());
