// What the wallet tells the merchant and the user, and how long it keeps trying.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Merchant } from "../support/openapi.mjs";
import { startWallet } from "../support/program.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";

let wallet, sandbox, merchant, sara;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = Merchant.ofWallet(wallet);
  sara = sandbox.user("Sara").userId;
});
after(() => wallet?.stop());

const row = async (target, state) =>
  (await sandbox.get("notifications")).find((found) => found.target === target && (!state || found.state === state));

test("a payment's result is delivered, signed, with exactly the members of the live sample", async (t) => {
  const receiver = await startReceiver(t, merchant);
  const { accessToken } = await sandbox.contract(merchant, sara);
  const paid = await merchant.pay(accessToken, 5000, { paymentNotifyUrl: receiver.url });
  await eventually("the notification arrives", () => receiver.received.length === 1);
  const [{ path, valid, json }] = receiver.received;
  assert.equal(path, "/hooks/pay");
  assert.ok(valid, "signed by the wallet");
  assert.deepEqual(Object.keys(json).sort(), [
    "extendInfo",
    "paymentAmount",
    "paymentCreateTime",
    "paymentId",
    "paymentRequestId",
    "paymentResult",
    "paymentTime",
  ]);
  assert.equal(json.paymentId, paid.paymentId);
  assert.equal(json.paymentResult.resultStatus, "S");
  assert.equal(json.paymentTime, paid.paymentTime);
  assert.deepEqual(json.paymentAmount, { currency: "IQD", value: "5000000" });
  assert.deepEqual(JSON.parse(json.extendInfo), { sourcePlatform: "MINI_APP" });
  const delivered = await eventually("the wallet knows", () => row(receiver.url, "DELIVERED"));
  assert.equal(delivered.attempts, 1);
});

test("a refusal is told too", async (t) => {
  const receiver = await startReceiver(t, merchant);
  const noor = sandbox.user("Noor").userId;
  const { accessToken } = await sandbox.contract(merchant, noor);
  await merchant.pay(accessToken, 5000, { paymentNotifyUrl: receiver.url });
  await eventually("the notification arrives", () => receiver.received.length === 1);
  assert.equal(receiver.received[0].json.paymentResult.resultCode, "USER_BALANCE_NOT_ENOUGH");
  assert.equal(receiver.received[0].json.paymentTime, undefined);
});

test("without a good acknowledgement it is sent again, by the schedule and the moved clock", async (t) => {
  const bad = [
    { status: 500 },
    { body: "" },
    { body: JSON.stringify({ result: { resultCode: "PROCESS_FAIL", resultStatus: "F", resultMessage: "no" } }) },
    { status: 302 },
    { body: "not json" },
  ];
  const waits = ["PT2M", "PT10M", "PT10M", "PT1H", "PT2H"];
  const receiver = await startReceiver(t, merchant, (index) => bad[index] ?? {});
  const { accessToken } = await sandbox.contract(merchant, sara);
  await merchant.pay(accessToken, 1, { paymentNotifyUrl: receiver.url });
  for (const [index, wait] of waits.entries()) {
    await eventually(`attempt ${index + 1}`, async () => (await row(receiver.url))?.attempts === index + 1);
    const waiting = await row(receiver.url);
    assert.equal(waiting.state, "PENDING");
    assert.ok(waiting.lastError, "it says what went wrong");
    await sandbox.post("clock", { advance: wait });
  }
  await eventually("the sixth attempt is acknowledged", () => row(receiver.url, "DELIVERED"));
  assert.equal(receiver.received.length, 6);
  assert.equal(new Set(receiver.received.map(({ json }) => JSON.stringify(json))).size, 1, "always the same body");
  assert.ok(receiver.received.every(({ valid }) => valid), "always freshly signed");
});

test("after the eighth attempt it is dead, and can be sent again by hand", async (t) => {
  let answer = { status: 503 };
  const receiver = await startReceiver(t, merchant, () => answer);
  const { accessToken } = await sandbox.contract(merchant, sara);
  await merchant.pay(accessToken, 1, { paymentNotifyUrl: receiver.url });
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    await eventually(`attempt ${attempt}`, async () => (await row(receiver.url))?.attempts === attempt);
    await sandbox.post("clock", { advance: "PT15H" });
  }
  const dead = await eventually("it is given up", () => row(receiver.url, "DEAD"));
  answer = {};
  await sandbox.post(`notifications/${dead.outboxId}/resend`);
  await eventually("it is delivered", () => row(receiver.url, "DELIVERED"));
  assert.equal(receiver.received.length, 9);
});

test("a merchant that does not answer holds up nobody else", async (t) => {
  const dead = "http://127.0.0.1:9/hooks/pay";
  const { accessToken } = await sandbox.contract(merchant, sara);
  for (let count = 0; count < 20; count += 1) await merchant.pay(accessToken, 1, { paymentNotifyUrl: dead });
  const receiver = await startReceiver(t, merchant);
  await merchant.pay(accessToken, 1, { paymentNotifyUrl: receiver.url });
  await eventually("the living merchant hears", () => receiver.received.length === 1, { timeoutMs: 5000 });
});

test("the merchant hears how a contract stands: valid at the first token, invalid at its end", async (t) => {
  const receiver = await startReceiver(t, merchant);
  const tokens = await sandbox.contract(merchant, sara, { contractStatusNotifyUrl: receiver.url });
  await eventually("VALID arrives", () => receiver.received.length === 1);
  await merchant.succeed("/v1/authorizations/cancelToken", { accessToken: tokens.accessToken });
  await eventually("INVALID arrives", () => receiver.received.length === 2);
  const [valid, invalid] = receiver.received.map(({ json }) => json);
  assert.equal(valid.contractStatus, "VALID");
  assert.equal(valid.accessToken, tokens.accessToken);
  assert.equal(valid.customerId, tokens.customerId);
  assert.match(valid.modifyTime, /^\d{10}$/);
  assert.equal(invalid.contractStatus, "INVALID");
  assert.equal(invalid.reason, "MERCHANT");
});

test("the user is told by inbox, SMS and e-mail, in both languages", async () => {
  const { accessToken } = await sandbox.contract(merchant, sara);
  const { paymentId } = await merchant.pay(accessToken, 7000);
  const about = async () => (await sandbox.get("messages")).filter((message) => message.paymentId === paymentId);
  await eventually("three messages", async () => (await about()).length >= 3);
  const messages = await about();
  assert.deepEqual(new Set(messages.map(({ channel }) => channel)), new Set(["sms", "email", "inbox"]));
  for (const { body, userId } of messages) {
    assert.equal(userId, sara);
    assert.match(body, /7,000|٧٬٠٠٠/);
  }
});
