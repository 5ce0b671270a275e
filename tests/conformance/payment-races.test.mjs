// Two at once about one payment: exactly one of them wins, the other hears so by its code, and the books are right
// whoever it was. Rounds differ in who is sent first and how much later the other follows.

import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { after, before, beforeEach, test } from "node:test";
import { Merchant } from "../support/openapi.mjs";
import { CAPTURE, ONLINE, Town, code } from "../support/orders.mjs";
import { startWallet } from "../support/program.mjs";
import { isLong, numbers, seed } from "../support/random.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";

const ROUNDS = isLong ? 300 : 40;
/** The latest that the second comes after the first, in ms: about what one call takes. */
const LATER = 8;

let wallet, sandbox, town, desk, random;
async function start() {
  await wallet?.stop();
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  town = new Town(sandbox, Merchant.ofWallet(wallet));
  desk = town.desk;
}
before(start);
// Lists hold the newest thousand of everything: many rounds need a wallet of their own.
if (isLong) beforeEach(start);
after(() => wallet?.stop());

/** Does both, one of them a little later: what each answered. */
function race(first, second) {
  const [wait, isFirst] = [random(LATER), random(2) === 0];
  const late = async (act) => {
    await delay(wait);
    return act();
  };
  return Promise.all(isFirst ? [first(), late(second)] : [late(first), second()]);
}

/** Runs rounds and says how often each side won: a race that always ends the same way proves nothing. */
function rounds(name, round) {
  test(name, async (t) => {
    t.diagnostic(`SEED=${seed}`);
    random = numbers();
    const won = {};
    for (let number = 0; number < ROUNDS; number += 1) {
      const winner = await round(number);
      won[winner] = (won[winner] ?? 0) + 1;
    }
    t.diagnostic(`won: ${JSON.stringify(won)}`);
    assert.ok(Object.keys(won).length > 1, "each side wins sometimes");
    await sandbox.verifyLedger();
  });
}

const person = async (whole) => (await town.person(whole)).userId;

rounds("the user's confirmation against the merchant's cancellation", async () => {
  const [userId, had] = [await person(10), await desk.credit()];
  const order = await desk.open(ONLINE, 10);
  const [paid, cancelled] = await race(() => desk.visit(order, userId), () => desk.cancel(order));
  assert.equal(code(cancelled), "S SUCCESS", "cancelled before it was paid, or given back after");
  assert.equal(await sandbox.balance(userId), 10_000n, "nothing is lost on the way");
  assert.equal(await desk.credit(), had);
  const status = await desk.status(order);
  assert.equal(`${paid} ${status}`, paid === "9000" ? "9000 SUCCESS" : "4000 FAIL");
  return paid === "9000" ? "user" : "merchant";
});

rounds("two users who confirm the same order", async () => {
  const people = [await person(10), await person(10)];
  const order = await desk.open(ONLINE, 10);
  const codes = await race(() => desk.visit(order, people[0]), () => desk.visit(order, people[1]));
  assert.deepEqual([...codes].sort(), ["4000", "9000"]);
  const balances = await Promise.all(people.map((userId) => sandbox.balance(userId)));
  assert.deepEqual(balances, codes.map((result) => (result === "9000" ? 0n : 10_000n)));
  return codes[0] === "9000" ? "first" : "second";
});

rounds("one user who confirms on two devices is charged once", async () => {
  const userId = await person(20);
  const order = await desk.open(ONLINE, 10);
  const codes = await race(() => desk.visit(order, userId), () => desk.visit(order, userId));
  assert.ok(codes.includes("9000"), String(codes));
  assert.ok(codes.every((result) => ["9000", "4000"].includes(result)), String(codes));
  assert.equal(await sandbox.balance(userId), 10_000n);
  return codes.join(" ");
});

rounds("the user's confirmation against the end of the order's time", async () => {
  const userId = await person(10);
  const { now } = await sandbox.get("clock");
  const paymentExpiryTime = new Date(Date.parse(now) + 600_000).toISOString();
  const order = await desk.open(ONLINE, 10, { paymentExpiryTime });
  const [paid] = await race(() => desk.visit(order, userId), () => town.wait("PT10M1S"));
  await eventually("it is over either way", async () => (await desk.status(order)) !== "PROCESSING");
  assert.equal(`${paid} ${await desk.status(order)}`, paid === "9000" ? "9000 SUCCESS" : "4000 FAIL");
  assert.equal(await sandbox.balance(userId), paid === "9000" ? 0n : 10_000n);
  return paid === "9000" ? "user" : "clock";
});

rounds("a capture against a void", async () => {
  const [userId, had] = [await person(10), await desk.credit()];
  const order = await desk.paid(CAPTURE, 10, userId);
  const answers = (await race(() => desk.capture(order), () => desk.void(order))).map(code);
  const isCaptured = answers[0] === "S SUCCESS";
  assert.deepEqual(answers, isCaptured ? ["S SUCCESS", "F ORDER_STATUS_INVALID"] : ["F AUTH_CANCELLED", "S SUCCESS"]);
  assert.equal(await sandbox.balance(userId), isCaptured ? 0n : 10_000n);
  assert.equal(await desk.credit(), had + (isCaptured ? 9900n : 0n));
  assert.equal(await desk.status(order), isCaptured ? "SUCCESS" : "FAIL");
  return isCaptured ? "capture" : "void";
});

rounds("a capture against the end of the hold", async () => {
  const userId = await person(10);
  const order = await desk.paid(CAPTURE, 10, userId);
  const [captured] = await race(() => desk.capture(order), () => town.wait("P7DT1M"));
  const isCaptured = code(captured) === "S SUCCESS";
  assert.equal(code(captured), isCaptured ? "S SUCCESS" : "F AUTH_EXPIRED");
  await eventually("it is over either way", async () => (await desk.status(order)) === (isCaptured ? "SUCCESS" : "FAIL"));
  assert.equal(await sandbox.balance(userId), isCaptured ? 0n : 10_000n);
  return isCaptured ? "merchant" : "clock";
});

rounds("a refund against a cancellation", async () => {
  const userId = await person(10);
  const order = await desk.paid(ONLINE, 10, userId);
  const [refunded, cancelled] = (await race(() => desk.refund(order, 4), () => desk.cancel(order))).map(code);
  const isRefunded = refunded === "S SUCCESS";
  const loser = isRefunded ? cancelled : refunded;
  assert.equal(loser, isRefunded ? "F ORDER_STATUS_INVALID" : "F REFUND_AMOUNT_EXCEED");
  assert.equal(await sandbox.balance(userId), isRefunded ? 4000n : 10_000n);
  return isRefunded ? "refund" : "cancel";
});

test("ten refunds of three at once of twenty dinars: six of them, and never more than was paid", async () => {
  for (let round = 0; round < ROUNDS / 10; round += 1) {
    const userId = await person(20);
    await desk.paid(ONLINE, 100, await person(100)); // what refunds can draw on
    const order = await desk.paid(ONLINE, 20, userId);
    const answers = (await Promise.all(Array.from({ length: 10 }, () => desk.refund(order, 3)))).map(code);
    assert.equal(answers.filter((answer) => answer === "S SUCCESS").length, 6);
    assert.equal(answers.filter((answer) => answer === "F REFUND_AMOUNT_EXCEED").length, 4);
    assert.equal(await sandbox.balance(userId), 18_000n);
  }
  await sandbox.verifyLedger();
});

test("a code shown to two tills at once pays one of them", async () => {
  const other = await town.newDesk();
  for (let round = 0; round < ROUNDS / 4; round += 1) {
    const userId = await person(20);
    const here = await desk.scanned(10, userId);
    const there = { ...here, paymentRequestId: `${here.paymentRequestId}-2` };
    const answers = (await Promise.all([desk.send(here), other.send(there)])).map(code).sort();
    assert.deepEqual(answers, ["F AUTH_CODE_ALREADY_USED", "S SUCCESS"]);
    assert.equal(await sandbox.balance(userId), 10_000n);
  }
});

test("a hundred equal orders at once are one order, with one page", async () => {
  const known = (await sandbox.get("payments")).length;
  const body = desk.body(ONLINE, 10);
  const answers = await Promise.all(Array.from({ length: 100 }, () => desk.merchant.send("/v1/payments/pay", body)));
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1, "identical bytes");
  assert.equal(code(answers[0].json), "A ACCEPT");
  assert.equal((await sandbox.get("payments")).length, Math.min(known + 1, 1000));
});

test("a hundred equal charges with one shown code are one payment", async () => {
  const userId = await person(20);
  const body = await desk.scanned(10, userId);
  const answers = await Promise.all(Array.from({ length: 100 }, () => desk.merchant.send("/v1/payments/pay", body)));
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1, "identical bytes");
  assert.equal(code(answers[0].json), "S SUCCESS");
  assert.equal(await sandbox.balance(userId), 10_000n);
});

test("equal captures at once are one capture, told once", async (t) => {
  const receiver = await startReceiver(t, desk.merchant);
  const order = await desk.paid(CAPTURE, 10, await person(10), { paymentNotifyUrl: receiver.url });
  const captureRequestId = `CAP-${order.paymentId}`;
  const ask = () => desk.capture(order, 6, { captureRequestId });
  const answers = await Promise.all(Array.from({ length: 20 }, ask));
  assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1);
  assert.equal(code(answers[0]), "S SUCCESS");
  await eventually("hold and capture are told", () => receiver.received.length === 2);
  assert.equal((await desk.inquire(order)).transactions.length, 1);
});

test("the ledger holds together after all of that", () => sandbox.verifyLedger());
