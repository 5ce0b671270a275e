// A year of a monthly plan after it was signed, by a merchant with the official SDK: told, asked for, deducted twelve times with one
// month failed and repeated, refunded, ended (spec: alipay-agreement 2 and 4).

import assert from "node:assert/strict";
import { atWill, goTo, monthsLater, yuan } from "./alipay.mjs";
import { eventually } from "./sandbox.mjs";

const PAY = "alipay.trade.pay";
/** What a month costs, in fen. */
const PRICE = 990;

/**
 * Lives through the year of the agreement `agreementNo` with the number `externalNo`, signed by the user `userId`.
 * `shop` is where the merchant listens, `first` the first planned day.
 */
export async function liveAYear({ sandbox, merchant, shop, userId, agreementNo, externalNo, first }) {
  const had = await yuan(sandbox, userId);
  await isTold({ merchant, shop, agreementNo, externalNo });
  await isAskedFor({ merchant, agreementNo, first });
  const trades = [];
  for (let month = 0; month < 12; month += 1) {
    const planned = monthsLater(first, month);
    const outTradeNo = `${externalNo}_${month + 1}`;
    const deduct = () => merchant.deduction(agreementNo, outTradeNo);
    await goTo(sandbox, planned);
    if (month === 4) {
      // There is no money at first.
      await goTo(sandbox, daysLater(planned, -3));
      const giveBack = await drain(sandbox, merchant, userId);
      await merchant.refuses("ACQ.BUYER_BALANCE_NOT_ENOUGH", PAY, deduct(), { notifyUrl: shop.url });
      await merchant.refuses("ACQ.TRADE_NOT_EXIST", "alipay.trade.query", { out_trade_no: outTradeNo });
      await giveBack();
      await goTo(sandbox, planned);
    }
    const paid = await merchant.does(PAY, deduct(), { notifyUrl: shop.url });
    assert.equal(paid.totalAmount, "9.90");
    trades.push(paid.tradeNo);
    const told = await shop.told("trade_status_sync", ({ trade_no: tradeNo }) => tradeNo === paid.tradeNo);
    assert.equal(told.trade_status, "TRADE_SUCCESS");
    assert.equal(told.out_trade_no, outTradeNo);
    assert.equal(told.agreement_no, agreementNo);
    assert.equal(told.total_amount, "9.90");
    await merchant.refuses("ACQ.TRADE_HAS_SUCCESS", PAY, deduct());
    const why = month === 11 ? "ACQ.CYCLE_PAY_TOTAL_FEE_EXCEED" : "ACQ.CYCLE_PAY_DATE_NOT_MATCH";
    await merchant.refuses(why, PAY, merchant.deduction(agreementNo, `${outTradeNo}_again`));
  }
  assert.equal(new Set(trades).size, 12);
  assert.equal(await yuan(sandbox, userId), had - 12 * PRICE);
  await isRefunded({ merchant, shop, tradeNo: trades[11] });
  assert.equal(await yuan(sandbox, userId), had - 12 * PRICE + 490);
  await isEnded({ merchant, shop, agreementNo, externalNo });
  await sandbox.verifyLedger();
}

async function isTold({ merchant, shop, agreementNo, externalNo }) {
  const signed = await shop.told("dut_user_sign");
  assert.equal(signed.agreement_no, agreementNo);
  assert.equal(signed.external_agreement_no, externalNo);
  assert.equal(signed.status, "NORMAL");
  assert.equal(signed.invalid_time, "2115-02-01 00:00:00");
  assert.equal(signed.app_id, merchant.appId);
}

async function isAskedFor({ merchant, agreementNo, first }) {
  const plan = await merchant.does("alipay.user.agreement.query", { agreement_no: agreementNo });
  assert.equal(plan.status, "NORMAL");
  assert.equal(plan.nextDeductTime, first);
  assert.equal(plan.singleQuota, "9.90");
  assert.deepEqual(plan.executionPlans.slice(0, 2).map(({ executeTime }) => executeTime), [first, monthsLater(first, 1)]);
}

/** A part is given back, once. */
async function isRefunded({ merchant, shop, tradeNo }) {
  const refund = { trade_no: tradeNo, refund_amount: "4.90", out_request_no: "R1", refund_reason: "half a month" };
  const back = await merchant.does("alipay.trade.refund", refund);
  assert.equal(back.refundFee, "4.90");
  assert.equal(back.fundChange, "Y");
  assert.equal((await merchant.does("alipay.trade.refund", refund)).fundChange, "N");
  const found = await merchant.does("alipay.trade.fastpay.refund.query", { trade_no: tradeNo, out_request_no: "R1" });
  assert.equal(found.refundStatus, "REFUND_SUCCESS");
  assert.equal(found.refundAmount, "4.90");
  const told = await shop.told("trade_status_sync", ({ out_biz_no: no }) => no === "R1");
  assert.equal(told.refund_fee, "4.90");
  assert.equal(told.trade_status, "TRADE_SUCCESS");
}

async function isEnded({ merchant, shop, agreementNo, externalNo }) {
  await merchant.does("alipay.user.agreement.unsign", { agreement_no: agreementNo }, { notifyUrl: shop.url });
  const ended = await shop.told("dut_user_unsign");
  assert.equal(ended.status, "UNSIGN");
  assert.equal(ended.agreement_no, agreementNo);
  await merchant.refuses("ACQ.AGREEMENT_NOT_EXIST", PAY, merchant.deduction(agreementNo, `${externalNo}_late`));
}

const daysLater = (date, days) => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Takes all yuan of a user under an agreement at will; what gives them back. */
async function drain(sandbox, merchant, userId) {
  const amount = ((await yuan(sandbox, userId)) / 100).toFixed(2);
  const product = "GENERAL_WITHHOLDING";
  const agreementNo = await merchant.signed(atWill("DRAIN"), userId);
  const { tradeNo } = await merchant.does(PAY, merchant.deduction(agreementNo, "DRAIN_1", amount, { product_code: product }));
  await eventually("nothing is left", async () => (await yuan(sandbox, userId)) === 0);
  return () => merchant.does("alipay.trade.refund", { trade_no: tradeNo, refund_amount: amount, out_request_no: "DRAIN_BACK" });
}
