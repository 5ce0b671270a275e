// Deductions that are not allowed: each with its own sub-code, and nothing moved (spec: alipay-agreement 2.6).

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { AlipayMerchant, atWill, day, goTo, monthly, monthsLater, periodic } from "../support/alipay.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";

const PAY = "alipay.trade.pay";

let wallet, sandbox, merchant, sara, noor, number = 0;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = await AlipayMerchant.fresh(sandbox);
  sara = sandbox.user("Sara").userId;
  noor = sandbox.user("Noor").userId;
});
after(() => wallet?.stop());
afterEach(() => sandbox.verifyLedger());

/** An agreement with a plan that begins today; its number, and the day. */
async function fresh(more = {}, user = sara, shop = merchant, content = {}) {
  number += 1;
  const first = await planDay();
  const plan = monthly(first, more);
  return { no: await shop.signed(periodic(`REF${number}`, plan, content), user), first };
}

/** A day that every month has, from which months can be counted: today, or the first of the next month. */
async function planDay() {
  const today = await day(sandbox);
  if (Number(today.slice(8)) <= 28) return today;
  const first = monthsLater(`${today.slice(0, 8)}01`, 1);
  await goTo(sandbox, first);
  return first;
}

/** What everybody has. */
const balances = async () =>
  (await sandbox.get("ledger/accounts")).map(({ account, available }) => `${account} ${JSON.stringify(available)}`);

/** The deduction is refused with `subCode`; nothing moves, no trade is left, and the number is not used up. */
async function refused(subCode, request, shop = merchant) {
  const before = await balances();
  await shop.refuses(subCode, PAY, request);
  assert.deepEqual(await balances(), before, "nothing moved");
}

const deduct = (agreement, more = {}, amount = "9.90") => {
  number += 1;
  return merchant.deduction(agreement.no ?? agreement, `T${number}`, amount, more);
};

test("too early: before the window opens, and a second time in one period", async () => {
  const agreement = await fresh({ execute_time: monthsLater(await planDay(), 1) });
  const request = deduct(agreement);
  await refused("ACQ.CYCLE_PAY_DATE_NOT_MATCH", request);
  await goTo(sandbox, monthsLater(agreement.first, 1));
  await merchant.does(PAY, request);
  await refused("ACQ.CYCLE_PAY_DATE_NOT_MATCH", deduct(agreement));
});

test("too late: past the planned day, until the merchant moves it", async () => {
  const agreement = await fresh();
  const next = monthsLater(agreement.first, 1);
  await merchant.does(PAY, deduct(agreement));
  await goTo(sandbox, new Date(Date.parse(`${next}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10));
  const request = deduct(agreement);
  await refused("ACQ.CYCLE_PAY_DATE_NOT_MATCH", request);
  const today = await day(sandbox);
  const modify = { agreement_no: agreement.no, deduct_time: today };
  if (Number(today.slice(8)) <= 28) {
    const moved = await merchant.does("alipay.user.agreement.executionplan.modify", modify);
    assert.equal(moved.deductTime, today);
    await merchant.does(PAY, request);
  }
  await merchant.refuses("ILLEGAL_EXECUTION_TIME", "alipay.user.agreement.executionplan.modify", {
    agreement_no: agreement.no,
    deduct_time: agreement.first,
  });
});

test("over a cap: of one deduction, of all of them, of how many", async () => {
  const dear = await fresh();
  await refused("ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED", deduct(dear, {}, "9.91"));
  const small = await fresh({ total_amount: "9.89", total_payments: undefined });
  await refused("ACQ.CYCLE_PAY_TOTAL_FEE_EXCEED", deduct(small));
  const once = await fresh({ total_amount: undefined, total_payments: 1 });
  await merchant.does(PAY, deduct(once));
  await refused("ACQ.CYCLE_PAY_TOTAL_TIMES_EXCEED", deduct(once));
  await refused("ACQ.TOTAL_FEE_EXCEED", deduct(await fresh(), {}, "100000000.01"));
});

test("after the merchant or the user has ended it", async () => {
  const agreement = await fresh();
  await merchant.does("alipay.user.agreement.unsign", { agreement_no: agreement.no });
  await refused("ACQ.AGREEMENT_NOT_EXIST", deduct(agreement));
  const other = await fresh();
  await sandbox.post(`contracts/${other.no}/end`, { by: "user" });
  await refused("ACQ.AGREEMENT_NOT_EXIST", deduct(other));
});

test("after it ran out", async () => {
  const agreement = await fresh({}, sara, merchant, { sign_validity_period: "7d" });
  await sandbox.post("clock", { advance: "P8D" });
  await refused("ACQ.AGREEMENT_INVALID", deduct(agreement));
});

test("twice with one number: paid is paid, and another amount under it is something else", async () => {
  const agreement = await fresh();
  const request = deduct(agreement);
  await merchant.does(PAY, request);
  await refused("ACQ.TRADE_HAS_SUCCESS", request);
  await refused("ACQ.CONTEXT_INCONSISTENT", { ...request, total_amount: "1.00" });
});

test("a number of which everything was given back is closed", async () => {
  const agreement = await fresh();
  const request = deduct(agreement);
  await merchant.does(PAY, request);
  await merchant.does("alipay.trade.refund", { out_trade_no: request.out_trade_no, refund_amount: "9.90" });
  await refused("ACQ.TRADE_HAS_CLOSE", request);
});

test("another merchant's agreement is one that does not exist", async () => {
  const stranger = await AlipayMerchant.fresh(sandbox);
  const agreement = await fresh();
  await refused("ACQ.AGREEMENT_NOT_EXIST", deduct(agreement), stranger);
  await stranger.refuses("USER_AGREEMENT_NOT_EXIST", "alipay.user.agreement.query", { agreement_no: agreement.no });
  await stranger.refuses("USER_AGREEMENT_NOT_EXIST", "alipay.user.agreement.unsign", { agreement_no: agreement.no });
});

test("without money, and afterwards with", async () => {
  const agreement = await fresh({}, noor);
  const request = deduct(agreement);
  await refused("ACQ.BUYER_BALANCE_NOT_ENOUGH", request);
  await sandbox.post(`users/${noor}/top-up`, { amount: { currency: "CNY", value: "1000" } });
  await merchant.does(PAY, request);
});

test("dinars do not pay for yuan", async () => {
  const agreement = await fresh({}, noor);
  await sandbox.post(`users/${noor}/top-up`, { amount: { currency: "IQD", value: "900000000" } });
  await refused("ACQ.BUYER_BALANCE_NOT_ENOUGH", deduct(agreement));
});

test("a payer who is frozen, and one who is restricted", async () => {
  const agreement = await fresh({}, sara);
  await sandbox.post(`users/${sara}/status`, { status: "FROZEN" });
  await refused("ACQ.BUYER_ENABLE_STATUS_FORBID", deduct(agreement));
  await sandbox.post(`users/${sara}/status`, { status: "RESTRICTED" });
  await refused("ACQ.PAYMENT_REQUEST_HAS_RISK", deduct(agreement));
  await sandbox.post(`users/${sara}/status`, { status: "ACTIVE" });
});

test("a deduction for another product than what was signed", async () => {
  number += 1;
  const no = await merchant.signed(atWill(`WILL${number}`), sara);
  await refused("ACQ.AGREEMENT_ERROR", deduct(no, { product_code: "CYCLE_PAY_AUTH" }));
  await merchant.does(PAY, deduct(no, { product_code: "GENERAL_WITHHOLDING" }, "120.00"));
  await merchant.does(PAY, deduct(no, { product_code: "GENERAL_WITHHOLDING" }, "0.01"));
});

test("an unknown agreement", () => refused("ACQ.AGREEMENT_NOT_EXIST", deduct("20260000000000000000")));
