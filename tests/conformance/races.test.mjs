// One outcome, whoever comes first: repeats, conflicts and races of charges.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { Merchant } from "../support/openapi.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";

const PAY = "/v1/payments/pay";
const CANCEL = "/v1/authorizations/cancelToken";

let wallet, sandbox, merchant, sara;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = Merchant.ofWallet(wallet);
  sara = sandbox.user("Sara").userId;
});
after(() => wallet?.stop());

const code = (json) => `${json.result.resultStatus} ${json.result.resultCode}`;
const times = (count, act) => Promise.all(Array.from({ length: count }, (_, index) => act(index)));

/** How many payments the wallet knows. */
const payments = async () => (await sandbox.get("payments")).length;

test("a hundred equal calls at once are one charge with one answer", async () => {
  const { accessToken } = await sandbox.contract(merchant, sara);
  const [had, known] = [await sandbox.balance(sara), await payments()];
  const charge = merchant.charge(accessToken, 100);
  const answers = await times(100, () => merchant.send(PAY, charge));
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1, "identical bytes");
  assert.equal(code(answers[0].json), "S SUCCESS");
  assert.equal(await sandbox.balance(sara), had - 100_000n);
  assert.equal(await payments(), known + 1);
  const late = await merchant.send(PAY, charge);
  assert.equal(late.text, answers[0].text, "a repeat much later gets the first answer too");
  await sandbox.verifyLedger();
});

test("the same id with other content is refused, and what only describes may differ", async () => {
  const { accessToken } = await sandbox.contract(merchant, sara);
  const other = await sandbox.contract(merchant, sara);
  const charge = merchant.charge(accessToken, 100);
  const first = await merchant.call(PAY, charge);
  assert.equal(code(first), "S SUCCESS");
  const conflicts = [
    { paymentAmount: { currency: "IQD", value: "100001" } },
    { paymentAuthCode: other.accessToken },
  ];
  for (const conflict of conflicts) {
    assert.equal(code(await merchant.call(PAY, { ...charge, ...conflict })), "F REPEAT_REQ_INCONSISTENT");
  }
  const harmless = {
    order: { orderDescription: "Another text" },
    paymentNotifyUrl: "http://127.0.0.1:9/elsewhere",
    paymentExpiryTime: "2099-01-01T00:00:00+03:00",
  };
  assert.equal((await merchant.call(PAY, { ...charge, ...harmless })).paymentId, first.paymentId);
});

test("two merchants may use the same request id", async () => {
  const other = await sandbox.newMerchant();
  const paymentRequestId = randomUUID();
  const here = await sandbox.contract(merchant, sara);
  const there = await sandbox.contract(other, sara);
  const first = await merchant.pay(here.accessToken, 1, { paymentRequestId });
  const second = await other.pay(there.accessToken, 1, { paymentRequestId });
  assert.equal(code(first), "S SUCCESS");
  assert.equal(code(second), "S SUCCESS");
  assert.notEqual(first.paymentId, second.paymentId);
});

test("charges against cancelToken: those before it succeed, those after it fail, and nothing else", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { accessToken } = await sandbox.contract(merchant, sara);
    const had = await sandbox.balance(sara);
    const cancel = async () => merchant.succeed(CANCEL, { accessToken });
    const answers = await times(21, (index) => (index === 10 ? cancel() : merchant.pay(accessToken, 1)));
    const charges = answers.filter((_, index) => index !== 10);
    const taken = charges.filter((answer) => code(answer) === "S SUCCESS");
    for (const refused of charges.filter((answer) => !taken.includes(answer))) {
      assert.match(code(refused), /^F (INVALID|EXPIRED)_ACCESS_TOKEN$/);
    }
    assert.equal(await sandbox.balance(sara), had - 1000n * BigInt(taken.length));
    assert.equal((await merchant.pay(accessToken, 1)).result.resultStatus, "F", "a dead contract never charges");
  }
  await sandbox.verifyLedger();
});

test("charges against the user ending the contract: the same", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { accessToken } = await sandbox.contract(merchant, sara);
    const [{ contractId }] = (await sandbox.get("contracts")).filter(({ status }) => status === "ACTIVE").slice(-1);
    const had = await sandbox.balance(sara);
    const end = () => sandbox.post(`contracts/${contractId}/end`, { by: "user" });
    const answers = await times(21, (index) => (index === 10 ? end() : merchant.pay(accessToken, 1)));
    const charges = answers.filter((_, index) => index !== 10);
    const taken = charges.filter((answer) => code(answer) === "S SUCCESS");
    assert.equal(await sandbox.balance(sara), had - 1000n * BigInt(taken.length));
    assert.equal((await merchant.pay(accessToken, 1)).result.resultStatus, "F", "a dead contract never charges");
  }
  await sandbox.verifyLedger();
});

test("charges against an empty balance: as many as there is money for", async () => {
  const noor = sandbox.user("Noor").userId; // 1,000 IQD
  const { accessToken } = await sandbox.contract(merchant, noor);
  const answers = await times(20, () => merchant.pay(accessToken, 300));
  const codes = answers.map(code);
  assert.equal(codes.filter((answer) => answer === "S SUCCESS").length, 3);
  assert.equal(codes.filter((answer) => answer === "F USER_BALANCE_NOT_ENOUGH").length, 17);
  assert.equal(await sandbox.balance(noor), 100_000n);
  await sandbox.verifyLedger();
});

test("a refusal is final: the same id gets it again even when there is money now", async () => {
  const noor = sandbox.user("Noor").userId;
  const { accessToken } = await sandbox.contract(merchant, noor);
  const charge = merchant.charge(accessToken, 5000);
  const refused = await merchant.call(PAY, charge);
  assert.equal(code(refused), "F USER_BALANCE_NOT_ENOUGH");
  await sandbox.post(`users/${noor}/top-up`, { amount: { currency: "IQD", value: "10000000" } });
  assert.equal(code(await merchant.call(PAY, charge)), "F USER_BALANCE_NOT_ENOUGH");
  assert.equal(code(await merchant.pay(accessToken, 5000)), "S SUCCESS", "a new id is a new attempt");
  const { paymentRequestId } = charge;
  const found = await merchant.succeed("/v1/payments/inquiryPayment", { paymentRequestId });
  assert.equal(found.paymentStatus, "FAIL");
  assert.ok(found.paymentFailReason.length > 0);
  await sandbox.verifyLedger();
});
