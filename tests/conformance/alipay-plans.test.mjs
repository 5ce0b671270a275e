// Plans that the wallet runs for a merchant that has asked for it: announced, charged on their day, tried again when that fails, left
// out at last, and reported all along. Without a browser, over the sandbox's clock (docs/operating.md, docs/notices.md).

import assert from "node:assert/strict";
import { after, afterEach, beforeEach, test } from "node:test";
import { AlipayMerchant, day, goTo, monthly, monthsLater, periodic, yuan } from "../support/alipay.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";

const PAY = "alipay.trade.pay";
const QUERY = "alipay.user.agreement.query";

let wallet, sandbox, merchant, shop, first;
beforeEach(async (t) => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = await AlipayMerchant.fresh(sandbox, { walletDeducts: true });
  shop = await merchant.listen(t);
  first = monthsLater(`${(await day(sandbox)).slice(0, 8)}05`, 1);
});
afterEach(async () => {
  await sandbox.verifyLedger();
  await wallet.stop();
});
after(() => wallet?.stop());

const shift = (date, days) => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** A user with so many yuan who has signed a plan; what tests ask of them. */
async function signed({ had = 100, plan = {}, language = "en-US" } = {}) {
  const phone = "9647810000001";
  const { userId } = await sandbox.post("users", { name: "Amal Reader", phone, pin: "135790", language });
  if (had > 0) await topUp(userId, had);
  const agreementNo = await merchant.signed(periodic("PLAN0001", monthly(first, plan)), userId, { notifyUrl: shop.url });
  const inbox = async () =>
    (await sandbox.get("messages")).filter((message) => message.userId === userId && message.channel === "inbox");
  const query = () => merchant.does(QUERY, { agreement_no: agreementNo });
  return { userId, agreementNo, inbox, query, left: () => yuan(sandbox, userId) };
}

/** Goes to a planned day by way of the one on which it is announced: who is told late is charged late. */
async function live(date) {
  await goTo(sandbox, shift(date, -3));
  await goTo(sandbox, date);
}

const topUp = (userId, whole) =>
  sandbox.post(`users/${userId}/top-up`, { amount: { currency: "CNY", value: String(Math.round(whole * 100)) } });

const paid = () => shop.received.filter(({ fields }) => fields.notify_type === "trade_status_sync").map(({ fields }) => fields);
const failed = () => shop.received.filter(({ fields }) => fields.notify_type === "dut_deduct_fail").map(({ fields }) => fields);
const count = (what, list, number) =>
  eventually(`${number} ${what}`, () => {
    assert.ok(shop.received.every(({ valid }) => valid), "the SDK accepts every notification");
    assert.ok(list().length <= number, `more than ${number} ${what}: ${JSON.stringify(list())}`);
    return list().length === number && list();
  });

test("announced three days before, charged on the day, told to both", async () => {
  const reader = await signed();
  await goTo(sandbox, shift(first, -4));
  assert.equal((await reader.inbox()).filter(({ title }) => /will charge/.test(title)).length, 0, "not yet");
  await goTo(sandbox, shift(first, -3));
  const coming = await eventually("it is announced", async () =>
    (await reader.inbox()).find(({ title }) => /Night Reader will charge/.test(title)));
  assert.match(`${coming.title} ${coming.body}`, /9\.90/);
  assert.equal(await reader.left(), 10_000, "nothing is taken before the day");
  await goTo(sandbox, first);
  const [trade] = await count("deductions", paid, 1);
  assert.equal(trade.trade_status, "TRADE_SUCCESS");
  assert.equal(trade.total_amount, "9.90");
  assert.equal(trade.agreement_no, reader.agreementNo);
  assert.match(trade.out_trade_no, /^PLAN_\d+_?\d*$/);
  assert.equal(await reader.left(), 9_010);
  const found = await merchant.does("alipay.trade.query", { out_trade_no: trade.out_trade_no });
  assert.equal(found.tradeNo, trade.trade_no);
  assert.equal((await reader.query()).nextDeductTime, monthsLater(first, 1));
});

test("a year in one step: twelve times told, twelve times charged, each on its day", async () => {
  const reader = await signed({ had: 200 });
  await sandbox.post("clock", { advance: "P14M" });
  const trades = await count("deductions", paid, 12);
  const days = trades.map(({ gmt_payment: at }) => at.slice(0, 10)).sort();
  assert.deepEqual(days, Array.from({ length: 12 }, (_, month) => monthsLater(first, month)));
  assert.equal(new Set(trades.map(({ trade_no: no }) => no)).size, 12);
  assert.equal((await reader.inbox()).filter(({ title }) => /will charge/.test(title)).length, 12);
  assert.equal(await reader.left(), 20_000 - 11_880);
  assert.deepEqual(failed(), []);
});

test("without money: tried again after one, three and five days, every failure reported; then the period is left out", async () => {
  const reader = await signed({ had: 5 });
  const tries = [0, 1, 3, 5];
  await goTo(sandbox, shift(first, -3));
  for (const [index, days] of tries.entries()) {
    await goTo(sandbox, shift(first, days));
    const notice = (await count("failures", failed, index + 1)).at(-1);
    assert.equal(notice.agreement_no, reader.agreementNo);
    assert.equal(notice.sub_code, "ACQ.BUYER_BALANCE_NOT_ENOUGH");
    assert.ok(notice.sub_msg.length > 10);
    assert.deepEqual([notice.period_id, notice.execute_time], ["1", first]);
    const again = tries[index + 1];
    assert.equal(notice.next_deduct_time, again === undefined ? undefined : shift(first, again));
  }
  assert.equal(await reader.left(), 500, "what is there is not taken in part");
  const told = (await reader.inbox()).filter(({ title }) => /could not charge 9\.90 CNY/.test(title));
  assert.equal(told.length, 4, "the user hears of each, because they can mend it");
  assert.match(told[0].body, new RegExp(`next try is on ${Number(shift(first, 1).slice(8))} `));
  // The next period is as planned, and nobody pays for two at once.
  await topUp(reader.userId, 50);
  await live(monthsLater(first, 1));
  const [trade] = await count("deductions", paid, 1);
  assert.equal(trade.total_amount, "9.90");
  assert.equal(await reader.left(), 5_500 - 990);
  assert.equal((await reader.query()).nextDeductTime, monthsLater(first, 2));
});

test("money that comes in between is taken at the next try; the days of the plan stay what they were", async () => {
  const reader = await signed({ had: 0 });
  await live(first);
  await count("failures", failed, 1);
  await topUp(reader.userId, 20);
  await goTo(sandbox, shift(first, 1));
  await count("deductions", paid, 1);
  assert.equal(await reader.left(), 2_000 - 990);
  assert.equal((await reader.query()).nextDeductTime, monthsLater(first, 1));
});

test("ended by the user after it was announced: nothing is charged", async () => {
  const reader = await signed();
  await goTo(sandbox, shift(first, -3));
  await sandbox.post(`contracts/${reader.agreementNo}/end`, { by: "user" });
  await sandbox.post("clock", { advance: "P2M" });
  assert.equal(await reader.left(), 10_000);
  assert.deepEqual([paid(), failed()], [[], []]);
});

test("moved by the merchant after it was announced: charged on the new day, told anew", async () => {
  const reader = await signed();
  await goTo(sandbox, shift(first, -3));
  await eventually("it is announced", async () => (await reader.inbox()).some(({ title }) => /will charge/.test(title)));
  const later = shift(first, 10);
  await merchant.does("alipay.user.agreement.executionplan.modify", { agreement_no: reader.agreementNo, deduct_time: later });
  await goTo(sandbox, shift(later, -1));
  assert.equal(await reader.left(), 10_000);
  assert.equal((await reader.inbox()).filter(({ title }) => /will charge/.test(title)).length, 2, "told anew");
  await goTo(sandbox, later);
  const [trade] = await count("deductions", paid, 1);
  assert.equal(trade.gmt_payment.slice(0, 10), later);
  assert.equal((await reader.query()).nextDeductTime, monthsLater(later, 1));
});

test("what the merchant has taken in time by itself the wallet does not take again", async () => {
  const reader = await signed();
  await goTo(sandbox, shift(first, -2));
  await merchant.does(PAY, merchant.deduction(reader.agreementNo, "OWN_1"), { notifyUrl: shop.url });
  await goTo(sandbox, shift(first, 6));
  assert.equal((await count("deductions", paid, 1))[0].out_trade_no, "OWN_1");
  assert.equal(await reader.left(), 10_000 - 990);
  await live(monthsLater(first, 1));
  await count("deductions", paid, 2);
});

test("the last deduction takes what is left of the total, and there is none after it", async () => {
  const reader = await signed({ plan: { total_amount: "24.80", total_payments: undefined } });
  await sandbox.post("clock", { advance: "P7M" });
  const trades = await count("deductions", paid, 3);
  assert.deepEqual(trades.map(({ total_amount: sum }) => sum).sort(), ["5.00", "9.90", "9.90"]);
  assert.equal(await reader.left(), 10_000 - 2_480);
  assert.deepEqual(failed(), []);
});

test("a plan of ten days, and a user who is frozen meanwhile", async () => {
  const reader = await signed({ plan: { period_type: "DAY", period: 10, total_payments: 3, total_amount: undefined } });
  await sandbox.post(`users/${reader.userId}/status`, { status: "FROZEN" });
  await live(first);
  assert.equal((await count("failures", failed, 1))[0].sub_code, "ACQ.BUYER_ENABLE_STATUS_FORBID");
  await sandbox.post(`users/${reader.userId}/status`, { status: "ACTIVE" });
  await goTo(sandbox, shift(first, 1));
  await count("deductions", paid, 1);
  await sandbox.post("clock", { advance: "P30D" });
  await count("deductions", paid, 3);
  assert.equal(await reader.left(), 10_000 - 3 * 990);
});

test("told late, charged late: nobody is charged on the day on which they are told", async () => {
  const reader = await signed();
  await goTo(sandbox, first);
  await eventually("it is announced", async () => (await reader.inbox()).some(({ title }) => /will charge/.test(title)));
  assert.equal(await reader.left(), 10_000);
  await goTo(sandbox, shift(first, 1));
  await count("deductions", paid, 1);
  assert.equal((await reader.query()).nextDeductTime, monthsLater(first, 1));
});

test("users are told in their own language", async () => {
  const reader = await signed({ language: "ar-IQ" });
  await goTo(sandbox, shift(first, -3));
  const coming = await eventually("it is announced", async () => (await reader.inbox()).find(({ body }) => /٩[.,٫]٩٠/.test(body)));
  assert.match(coming.title, /[\u0600-\u06ff]/);
});

test("agreements that are signed before the wallet may deduct stay the merchant's", async () => {
  const other = await AlipayMerchant.fresh(sandbox);
  const sara = sandbox.user("Sara").userId;
  const had = await yuan(sandbox, sara);
  await other.signed(periodic("OWN0001", monthly(first)), sara);
  await sandbox.post("gateway-apps", { appId: other.appId, walletDeducts: true });
  await sandbox.post("clock", { advance: "P3M" });
  assert.equal(await yuan(sandbox, sara), had);
});
