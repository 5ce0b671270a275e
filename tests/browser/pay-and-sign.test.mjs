// Trades of the Alipay surface in the shell: my.tradePay with the number of alipay.trade.create, and with the string of
// alipay.trade.app.pay, which pays and signs on one page (spec: alipay-agreement 2.12 to 2.15, jsapi 3.3).

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { AlipayMerchant, day, goTo, monthly, monthsLater, periodic, yuan } from "../support/alipay.mjs";
import { Pictures, SMALL, frameGone, isWalletPage, launch } from "../support/browser.mjs";
import { assertAccessible, assertFits, cashier, enter } from "../support/cashier.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";
import { call, openShell } from "../support/signing.mjs";
import { closeSheet, enterPin, form } from "../support/walk.mjs";

const ROOT = "alipay_trade_app_pay_response";

let browser, wallet, sandbox, merchant, sara, omar, first, number = 0;
before(async () => {
  browser = await launch();
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = await AlipayMerchant.ofWallet(sandbox);
  sara = sandbox.user("Sara");
  omar = sandbox.user("Omar");
  first = monthsLater(`${(await day(sandbox)).slice(0, 8)}05`, 1);
});
after(async () => {
  await browser?.close();
  await wallet?.stop();
});
afterEach(() => sandbox.verifyLedger());

/** The id under which the merchant knows a user, by alipay.system.oauth.token. */
async function buyer({ userId }) {
  const { authCode } = await sandbox.post("auth-codes", { clientId: wallet.clientId, userId, scopes: ["auth_base"] });
  const params = { grantType: "authorization_code", code: authCode };
  const token = await merchant.sdk.exec("alipay.system.oauth.token", params, { validateSign: true });
  assert.match(token.userId, /^\d{24}$/, JSON.stringify(token));
  assert.ok(token.accessToken.length > 10 && Number(token.expiresIn) > 0);
  return token.userId;
}

/** Makes a trade that `user` is to pay; its number and the merchant's. */
async function created(user, { notifyUrl, amount = "25.00" } = {}) {
  number += 1;
  const outTradeNo = `CREATED_${number}`;
  const content = {
    out_trade_no: outTradeNo,
    subject: "Two lamps",
    total_amount: amount,
    product_code: "JSAPI_PAY",
    op_app_id: merchant.appId,
    buyer_id: await buyer(user),
  };
  const { tradeNo } = await merchant.does("alipay.trade.create", content, { notifyUrl });
  return { tradeNo, outTradeNo };
}

/** The string of alipay.trade.app.pay; with `sign` it offers a plan too. */
function ordered({ notifyUrl, signUrl, sign, amount = "9.90" } = {}) {
  number += 1;
  const outTradeNo = `ORDER_${number}`;
  const externalNo = `ORDER${String(number).padStart(4, "0")}`;
  const { product_code: _, ...terms } = periodic(externalNo, monthly(first), sign);
  const agreement = { ...terms, product_code: "GENERAL_WITHHOLDING", ...(signUrl && { sign_notify_url: signUrl }) };
  const bizContent = {
    out_trade_no: outTradeNo,
    subject: "Joining the film club",
    total_amount: amount,
    product_code: sign ? "CYCLE_PAY_AUTH" : "QUICK_MSECURITY_PAY",
    ...(sign && { agreement_sign_params: agreement }),
  };
  return { outTradeNo, externalNo, orderStr: merchant.sdkString(bizContent, { method: "alipay.trade.app.pay", notifyUrl }) };
}

/** What a page hands back of an order, whose signature the SDK has checked. */
function handedBack({ resultCode, result, memo }) {
  const parsed = JSON.parse(result);
  merchant.sdk.checkResponseSign(result, ROOT, parsed.sign, "");
  return { resultCode, memo, ...parsed[ROOT] };
}

const status = async (outTradeNo) => (await merchant.call("alipay.trade.query", { out_trade_no: outTradeNo })).tradeStatus;

/** Opens the shell, calls my.tradePay and waits for the cashier. */
async function stage(t, args, options) {
  const { page, program } = await openShell(t, browser, wallet, options);
  const heard = await call(program, "tradePay", args);
  return { page, program, heard, sheet: await cashier(page, wallet) };
}

/** Pays, and leaves the receipt. */
async function pay({ page, sheet }, user) {
  await enterPin(sheet, "confirm", user.pin);
  await sheet.locator("#receipt").waitFor();
  await closeSheet(page);
}

test("tradeNO: its buyer pays it in yuan; paid once, and told", async (t) => {
  const shop = await merchant.listen(t);
  const { tradeNo, outTradeNo } = await created(sara, { notifyUrl: shop.url });
  assert.equal(await status(outTradeNo), "WAIT_BUYER_PAY");
  const had = await yuan(sandbox, sara.userId);
  const staged = await stage(t, { tradeNO: tradeNo });
  await enter(staged.sheet, sara);
  await pay(staged, sara);
  assert.equal((await staged.heard.answer()).resultCode, "9000");
  const told = await shop.told("trade_status_sync");
  assert.deepEqual([told.trade_no, told.trade_status, told.total_amount], [tradeNo, "TRADE_SUCCESS", "25.00"]);
  assert.equal(await yuan(sandbox, sara.userId), had - 2500);
  assert.equal((await (await call(staged.program, "tradePay", { tradeNO: tradeNo })).answer()).resultCode, "9000");
  assert.equal(await yuan(sandbox, sara.userId), had - 2500);
});

test("tradeNO: nobody but its buyer can pay it", async (t) => {
  const { tradeNo, outTradeNo } = await created(omar);
  const { sheet, heard, page } = await stage(t, { tradeNO: tradeNo });
  await form(sheet, "login").locator('input[name="phone"]').fill(sara.phone);
  await enterPin(sheet, "login", sara.pin);
  await form(sheet, "login").waitFor({ state: "detached" });
  assert.equal(await form(sheet, "confirm").count(), 0);
  assert.doesNotMatch(await sheet.locator("body").innerText(), /lamps|25/);
  await closeSheet(page);
  assert.notEqual((await heard.answer()).resultCode, "9000");
  assert.equal(await status(outTradeNo), "WAIT_BUYER_PAY");
});

test("tradeNO: left, it stays open; closed by the merchant, it is 4000", async (t) => {
  const { tradeNo, outTradeNo } = await created(sara);
  const { program, heard, page } = await stage(t, { tradeNO: tradeNo });
  await closeSheet(page);
  assert.equal((await heard.answer()).resultCode, "6001");
  await frameGone(page, isWalletPage(wallet));
  await merchant.does("alipay.trade.close", { out_trade_no: outTradeNo });
  assert.equal((await (await call(program, "tradePay", { tradeNO: tradeNo })).answer()).resultCode, "4000");
  assert.equal(await status(outTradeNo), "TRADE_CLOSED");
});

test("orderStr: paid; the result is an answer that the SDK accepts", async (t) => {
  const { orderStr, outTradeNo } = ordered({ amount: "12.00" });
  const staged = await stage(t, { orderStr });
  await enter(staged.sheet, sara);
  assert.equal(await staged.sheet.locator("#agreement").count(), 0, "nothing to sign");
  await pay(staged, sara);
  const back = handedBack(await staged.heard.answer());
  assert.deepEqual([back.resultCode, back.code, back.out_trade_no, back.total_amount], ["9000", "10000", outTradeNo, "12.00"]);
  assert.equal(await status(outTradeNo), "TRADE_SUCCESS");
});

for (const [language, name] of [["en-US", "Sara"], ["ar-IQ", "Omar"]]) {
  test(`orderStr: pay and sign on one page, ${language}`, async (t) => {
    const user = sandbox.user(name);
    const [trade, deal] = [await merchant.listen(t), await merchant.listen(t)];
    const { orderStr, externalNo } = ordered({ sign: {}, notifyUrl: trade.url, signUrl: deal.url });
    const staged = await stage(t, { orderStr }, { language, viewport: SMALL });
    const { page, sheet } = staged;
    const pictures = new Pictures(page, `${language}/pay-and-sign`);
    await enter(sheet, user);
    assert.ok(await sheet.locator("#agreement").isChecked());
    await assertFits(sheet, "pay and sign");
    await assertAccessible(sheet, "pay and sign");
    await pictures.take("offered");
    const height = await sheet.evaluate(() => document.documentElement.scrollHeight + 80);
    await page.setViewportSize({ ...SMALL, height });
    await pictures.take("offered-whole");
    await page.setViewportSize(SMALL);
    await enterPin(sheet, "confirm", user.pin);
    await sheet.locator("#receipt").waitFor();
    await assertFits(sheet, "paid and signed");
    await assertAccessible(sheet, "paid and signed");
    await pictures.take("paid-and-signed");
    await closeSheet(page);
    assert.equal(handedBack(await staged.heard.answer()).resultCode, "9000");
    const signed = await deal.told("dut_user_sign");
    assert.equal(signed.external_agreement_no, externalNo);
    assert.equal((await trade.told("trade_status_sync")).trade_status, "TRADE_SUCCESS");
    // What was paid now is outside the plan: it is neither a period nor a part of the sum.
    const plan = await merchant.does("alipay.user.agreement.query", { agreement_no: signed.agreement_no });
    assert.deepEqual([plan.status, plan.nextDeductTime, plan.lastDeductTime], ["NORMAL", first, undefined]);
  });
}

test("orderStr: with the switch off it is paid and nothing is signed", async (t) => {
  const shop = await merchant.listen(t);
  const { orderStr, externalNo, outTradeNo } = ordered({ sign: {}, notifyUrl: shop.url });
  const staged = await stage(t, { orderStr }, { viewport: SMALL });
  await enter(staged.sheet, sara);
  await staged.sheet.locator("#agreement").uncheck();
  await pay(staged, sara);
  assert.equal(handedBack(await staged.heard.answer()).resultCode, "9000");
  await shop.told("trade_status_sync");
  assert.equal(await status(outTradeNo), "TRADE_SUCCESS");
  assert.equal(await merchant.standing(externalNo), "USER_AGREEMENT_NOT_EXIST");
  assert.deepEqual(shop.received.map(({ fields }) => fields.notify_type), ["trade_status_sync"]);
});

test("orderStr: what cannot be signed is paid all the same, and the page says so", async (t) => {
  const { orderStr, externalNo, outTradeNo } = ordered({ sign: {} });
  await merchant.signed(periodic(externalNo, monthly(first)), omar.userId);
  const staged = await stage(t, { orderStr }, { viewport: SMALL });
  await enter(staged.sheet, sara);
  await enterPin(staged.sheet, "confirm", sara.pin);
  await staged.sheet.locator("#receipt").waitFor();
  await new Pictures(staged.page, "en-US/pay-and-sign").take("paid-and-not-signed");
  await closeSheet(staged.page);
  assert.equal(handedBack(await staged.heard.answer()).resultCode, "9000");
  assert.equal(await status(outTradeNo), "TRADE_SUCCESS");
});

test("orderStr: what is wrong with it is 4000 with the reason, and no page is opened", async (t) => {
  const { page, program } = await openShell(t, browser, wallet);
  const good = ordered({}).orderStr;
  const stranger = await AlipayMerchant.fresh(sandbox);
  const content = { out_trade_no: "X", subject: "X", total_amount: "1.00" };
  const cases = [
    [good.replace("ORDER_", "OTHER_"), "isv.invalid-signature"],
    [encodeURIComponent(good), "isv.invalid-parameter", /encoded once too often/],
    [merchant.sdkString(periodic("X1", monthly(first))), "isv.invalid-method"],
    [stranger.sdkString(content, { method: "alipay.trade.app.pay" }), "isv.invalid-app-id"],
    [merchant.sdkString({ ...content, total_amount: "-1" }, { method: "alipay.trade.app.pay" }), "ACQ.TOTAL_FEE_EXCEED"],
  ];
  for (const [orderStr, subCode, says = /.{10}/] of cases) {
    const back = handedBack(await (await call(program, "tradePay", { orderStr })).answer());
    assert.deepEqual([back.resultCode, back.sub_code], ["4000", subCode], JSON.stringify(back));
    assert.match(back.memo, says);
  }
  assert.ok(!page.frames().some((frame) => isWalletPage(wallet)(new URL(frame.url()))), "no page was opened");
});

test("the plan that was signed with a payment is deducted as any other", async (t) => {
  const { orderStr, externalNo } = ordered({ sign: {} });
  const staged = await stage(t, { orderStr });
  await enter(staged.sheet, sara);
  await pay(staged, sara);
  await staged.heard.answer();
  const { agreementNo } = await eventually("it is signed", async () => {
    const found = await merchant.agreement(externalNo);
    return found.code === "10000" && found;
  });
  await goTo(sandbox, first);
  await merchant.does("alipay.trade.pay", merchant.deduction(agreementNo, `${externalNo}_1`));
});
