// A year of a monthly plan, by a merchant with the official SDK: signed, told, asked, deducted twelve times, refunded, ended
// (spec: alipay-agreement 2 and 4).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AlipayMerchant, day, goTo, monthly, monthsLater, periodic, yuan } from "../support/alipay.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";

let wallet, sandbox, merchant, sara;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = await AlipayMerchant.ofWallet(sandbox);
  sara = sandbox.user("Sara").userId;
});
after(() => wallet?.stop());

test("a year: signed, twelve deductions, one month failed and repeated, refunded, ended", async (t) => {
  const shop = await merchant.listen(t);
  const today = await day(sandbox);
  const first = monthsLater(`${today.slice(0, 8)}05`, 1);
  const had = await yuan(sandbox, sara);

  // Signed, and told.
  const agreementNo = await merchant.signed(periodic("YEAR0001", monthly(first)), sara, { notifyUrl: shop.url });
  const signed = await shop.told("dut_user_sign");
  assert.equal(signed.agreement_no, agreementNo);
  assert.equal(signed.external_agreement_no, "YEAR0001");
  assert.equal(signed.status, "NORMAL");
  assert.equal(signed.invalid_time, "2115-02-01 00:00:00");
  assert.equal(signed.app_id, merchant.appId);

  // Asked for.
  const plan = await merchant.does("alipay.user.agreement.query", { agreement_no: agreementNo });
  assert.equal(plan.status, "NORMAL");
  assert.equal(plan.nextDeductTime, first);
  assert.equal(plan.singleQuota, "9.90");
  assert.deepEqual(plan.executionPlans.slice(0, 2).map(({ executeTime }) => executeTime), [first, monthsLater(first, 1)]);

  // Twelve months; in the fifth there is no money at first.
  const trades = [];
  for (let month = 0; month < 12; month += 1) {
    const planned = monthsLater(first, month);
    const deduct = () => merchant.deduction(agreementNo, `YEAR0001_${month + 1}`);
    await goTo(sandbox, planned);
    if (month === 4) {
      await goTo(sandbox, shift(planned, -3));
      const poor = await AlipayMerchant.ofWallet(sandbox);
      const rich = await yuan(sandbox, sara);
      const drained = await drain(poor, rich);
      await merchant.refuses("ACQ.BUYER_BALANCE_NOT_ENOUGH", "alipay.trade.pay", deduct(), { notifyUrl: shop.url });
      await merchant.refuses("ACQ.TRADE_NOT_EXIST", "alipay.trade.query", { out_trade_no: `YEAR0001_${month + 1}` });
      await giveBack(drained);
      await goTo(sandbox, planned);
    }
    const paid = await merchant.does("alipay.trade.pay", deduct(), { notifyUrl: shop.url });
    assert.equal(paid.totalAmount, "9.90");
    trades.push(paid.tradeNo);
    const told = await shop.told("trade_status_sync", ({ trade_no: tradeNo }) => tradeNo === paid.tradeNo);
    assert.equal(told.trade_status, "TRADE_SUCCESS");
    assert.equal(told.out_trade_no, `YEAR0001_${month + 1}`);
    assert.equal(told.agreement_no, agreementNo);
    assert.equal(told.total_amount, "9.90");
    await merchant.refuses("ACQ.TRADE_HAS_SUCCESS", "alipay.trade.pay", deduct());
    const again = merchant.deduction(agreementNo, `YEAR0001_${month + 1}_again`);
    const why = month === 11 ? "ACQ.CYCLE_PAY_TOTAL_FEE_EXCEED" : "ACQ.CYCLE_PAY_DATE_NOT_MATCH";
    await merchant.refuses(why, "alipay.trade.pay", again);
  }
  assert.equal(new Set(trades).size, 12);
  assert.equal(await yuan(sandbox, sara), had - 12 * 990);

  // A part of the last is given back, once.
  const refund = { trade_no: trades[11], refund_amount: "4.90", out_request_no: "R1", refund_reason: "half a month" };
  const back = await merchant.does("alipay.trade.refund", refund);
  assert.equal(back.refundFee, "4.90");
  assert.equal(back.fundChange, "Y");
  assert.equal((await merchant.does("alipay.trade.refund", refund)).fundChange, "N");
  const found = await merchant.does("alipay.trade.fastpay.refund.query", { trade_no: trades[11], out_request_no: "R1" });
  assert.equal(found.refundStatus, "REFUND_SUCCESS");
  assert.equal(found.refundAmount, "4.90");
  const toldBack = await shop.told("trade_status_sync", ({ out_biz_no: no }) => no === "R1");
  assert.equal(toldBack.refund_fee, "4.90");
  assert.equal(toldBack.trade_status, "TRADE_SUCCESS");
  assert.equal(await yuan(sandbox, sara), had - 12 * 990 + 490);

  // Ended.
  await merchant.does("alipay.user.agreement.unsign", { agreement_no: agreementNo }, { notifyUrl: shop.url });
  const ended = await shop.told("dut_user_unsign");
  assert.equal(ended.status, "UNSIGN");
  assert.equal(ended.agreement_no, agreementNo);
  const late = merchant.deduction(agreementNo, "YEAR0001_late");
  await merchant.refuses("ACQ.AGREEMENT_NOT_EXIST", "alipay.trade.pay", late);
  await sandbox.verifyLedger();
});

const shift = (date, days) => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Takes `minor` from Sara by an order that she pays, so that nothing is left; what undoes it. */
async function drain(other, minor) {
  const { tradeNo } = await (async () => {
    const agreementNo = await other.signed(
      {
        personal_product_code: "GENERAL_WITHHOLDING_P",
        product_code: "GENERAL_WITHHOLDING",
        sign_scene: "INDUSTRY|CARRENTAL",
        external_agreement_no: "DRAIN",
        access_params: { channel: "ALIPAYAPP" },
      },
      sara,
    );
    const amount = (minor / 100).toFixed(2);
    const request = other.deduction(agreementNo, "DRAIN_1", amount, { product_code: "GENERAL_WITHHOLDING" });
    return other.does("alipay.trade.pay", request);
  })();
  await eventually("nothing is left", async () => (await yuan(sandbox, sara)) === 0);
  return { other, tradeNo, amount: (minor / 100).toFixed(2) };
}

const giveBack = ({ other, tradeNo, amount }) =>
  other.does("alipay.trade.refund", { trade_no: tradeNo, refund_amount: amount, out_request_no: "DRAIN_BACK" });
