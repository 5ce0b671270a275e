// my.tradePay in the shell: each of its codes from what it stands for, in both readings of which callback hears it
// (seed trade-pay-jsapi; spec: jsapi 3.3), and orders that one may not see.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { frameGone, isShop, isWalletPage, launch, newPage, frameAt } from "../support/browser.mjs";
import { assertHeard, cashier, choose, enter, payAs, tradePay } from "../support/cashier.mjs";
import { Merchant } from "../support/openapi.mjs";
import { CAPTURE, CARDS, ONLINE, Town, code } from "../support/orders.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";
import { closeSheet, enterPin, form } from "../support/walk.mjs";

/** The two ways to name an order, and where a code other than paid is heard. */
const READINGS = [
  { name: "paymentUrl", args: ({ url }) => ({ paymentUrl: url }), unpaid: "fail" },
  { name: "tradeNO", args: ({ paymentId }) => ({ tradeNO: paymentId }), unpaid: "success" },
];

let browser, wallet, sandbox, town, desk, sara;
before(async () => {
  browser = await launch();
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  town = new Town(sandbox, Merchant.ofWallet(wallet));
  desk = town.desk;
  sara = sandbox.user("Sara");
});
after(async () => {
  await browser?.close();
  await wallet?.stop();
});
afterEach(() => sandbox.verifyLedger());

/** The shell with the demo Mini Program, on a fresh page. */
async function open(t, options) {
  const page = await newPage(t, browser, options);
  await page.goto(`${wallet.walletUrl}/app?appId=demo-shop`);
  const program = await frameAt(page, isShop(wallet));
  await program.waitForFunction(() => typeof window.my?.tradePay === "function");
  return { page, program };
}

/** Both readings of one code, one after the other in one shell. `act` makes the call end. */
async function inBothReadings(t, resultCode, { callback, product = ONLINE, prepare = async () => {}, act, options }) {
  const { page, program } = await open(t, options);
  for (const { name, args, unpaid } of READINGS) {
    const order = await desk.open(product, 25);
    await prepare(order);
    const call = await tradePay(program, args(order));
    await act({ page, program, order, call, name });
    await assertHeard(call, callback ?? unpaid, resultCode);
    await frameGone(page, isWalletPage(wallet));
  }
}

test("9000: paid in the cashier", (t) =>
  inBothReadings(t, "9000", {
    callback: "success",
    act: async ({ page, order }) => {
      const sheet = await cashier(page, wallet);
      await payAs(sheet, sara);
      await sheet.locator("#receipt").waitFor();
      assert.equal(await desk.status(order), "SUCCESS");
      await closeSheet(page);
    },
  }));

test("9000: a hold is paid, for a Mini Program", (t) =>
  inBothReadings(t, "9000", {
    callback: "success",
    product: CAPTURE,
    act: async ({ page, order }) => {
      const sheet = await cashier(page, wallet);
      await payAs(sheet, sara);
      await sheet.locator("#receipt").waitFor();
      assert.equal(await desk.status(order), "AUTH_SUCCESS");
      await closeSheet(page);
    },
  }));

test("8000: the card's issuer has not answered when the user leaves; later the order is paid", async (t) => {
  await sandbox.post("cards", { userId: sara.userId, number: CARDS.slow });
  const orders = [];
  await inBothReadings(t, "8000", {
    callback: "success",
    act: async ({ page, order }) => {
      orders.push(order);
      const sheet = await cashier(page, wallet);
      await enter(sheet, sara);
      await form(sheet, "confirm").locator('input[name="source"]').last().check({ force: true });
      await enterPin(sheet, "confirm", sara.pin);
      await sheet.locator("[data-wait]").waitFor();
      assert.equal(await desk.status(order), "PROCESSING");
      await closeSheet(page);
    },
  });
  await town.wait("PT6M");
  for (const order of orders) {
    await eventually("the issuer answers", async () => (await desk.status(order)) === "SUCCESS");
  }
});

test("9000: the issuer answers while the user still looks", async (t) => {
  await sandbox.post("cards", { userId: sara.userId, number: CARDS.slow });
  const { page, program } = await open(t);
  const order = await desk.open(ONLINE, 25);
  const call = await tradePay(program, { paymentUrl: order.url });
  const sheet = await cashier(page, wallet);
  await enter(sheet, sara);
  await form(sheet, "confirm").locator('input[name="source"]').last().check({ force: true });
  await enterPin(sheet, "confirm", sara.pin);
  await sheet.locator("[data-wait]").waitFor();
  await town.wait("PT6M");
  await sheet.locator("#receipt").waitFor();
  await closeSheet(page);
  await assertHeard(call, "success", "9000");
});

test("4000: the order's time is over before it is opened", (t) =>
  inBothReadings(t, "4000", { prepare: () => town.wait("PT31M"), act: async () => {} }));

test("4000: the merchant has cancelled the order", (t) =>
  inBothReadings(t, "4000", { prepare: (order) => desk.cancel(order), act: async () => {} }));

test("4000: somebody else has paid the order", (t) =>
  inBothReadings(t, "4000", {
    prepare: (order) => desk.visit(order, sandbox.user("Omar").userId),
    act: async () => {},
  }));

test("4000: the order's time runs out in the cashier, which says so", (t) =>
  inBothReadings(t, "4000", {
    act: async ({ page }) => {
      const sheet = await cashier(page, wallet);
      await enter(sheet, sara);
      await town.wait("PT31M");
      await enterPin(sheet, "confirm", sara.pin);
      await form(sheet, "confirm").waitFor({ state: "detached" });
      await closeSheet(page);
    },
  }));

test("6001: the user closes the cashier, or says no; the order can still be paid", async (t) => {
  const ways = {
    paymentUrl: ({ page }) => closeSheet(page),
    tradeNO: async ({ page }) => {
      const sheet = await cashier(page, wallet);
      await enter(sheet, sara);
      await form(sheet, "decline").locator("button").first().click();
    },
  };
  await inBothReadings(t, "6001", {
    act: async ({ page, order, name }) => {
      await cashier(page, wallet);
      await ways[name]({ page });
      await frameGone(page, isWalletPage(wallet));
      assert.equal(await desk.visit(order, sara.userId), "9000");
    },
  });
});

test("6002: the wallet cannot be reached, and nothing was sent", async (t) => {
  const { page, program } = await open(t);
  await page.route("**/app/v1/interactions**", (route) => route.abort());
  for (const { args, unpaid } of READINGS) {
    const order = await desk.open(ONLINE, 25);
    await assertHeard(await tradePay(program, args(order)), unpaid, "6002");
    assert.equal(await desk.status(order), "PROCESSING");
  }
});

test("6004: the confirmation was sent and its answer got lost: the order may be paid, and here it is", async (t) => {
  const { page, program } = await open(t, { allowErrors: true });
  const order = await desk.open(ONLINE, 25);
  const call = await tradePay(program, { paymentUrl: order.url });
  const sheet = await cashier(page, wallet);
  await enter(sheet, sara);
  // The wallet hears it, nobody hears the wallet any more.
  await page.route("**/app/v1/**", async (route) => {
    const request = route.request();
    const headers = { ...(await request.allHeaders()), "sec-fetch-site": "same-origin" };
    if (request.url().endsWith("/confirm")) await route.fetch({ headers, maxRedirects: 0 });
    await route.abort();
  });
  await enterPin(sheet, "confirm", sara.pin);
  await eventually("the wallet has it", async () => (await desk.status(order)) === "SUCCESS");
  await closeSheet(page).catch(() => {});
  const [[callback, res]] = await call.heard(30_000);
  assert.equal(`${callback} ${res.resultCode}`, "success 6004");
});

test("a card that is declined is said so at once, and another source pays", async (t) => {
  await sandbox.post("cards", { userId: sara.userId, number: CARDS.blocked });
  const { page, program } = await open(t);
  const order = await desk.open(ONLINE, 25);
  const call = await tradePay(program, { paymentUrl: order.url });
  const sheet = await cashier(page, wallet);
  await enter(sheet, sara);
  await form(sheet, "confirm").locator('input[name="source"]').last().check({ force: true });
  await enterPin(sheet, "confirm", sara.pin);
  await sheet.locator('[role="alert"]').first().waitFor();
  assert.equal(await desk.status(order), "PROCESSING");
  assert.ok(await call.isOpen());
  await choose(sheet, 0);
  await enterPin(sheet, "confirm", sara.pin);
  await sheet.locator("#receipt").waitFor();
  await closeSheet(page);
  await assertHeard(call, "success", "9000");
  assert.equal((await sandbox.get(`payments/${order.paymentId}`)).payment.source, "balance");
});

test("who has too little is led to the bank and back, and pays", async (t) => {
  const person = await town.person(5);
  const { page, program } = await open(t);
  const order = await desk.open(ONLINE, 25);
  const call = await tradePay(program, { paymentUrl: order.url });
  let sheet = await cashier(page, wallet);
  await form(sheet, "login").locator('input[name="phone"]').fill(person.phone);
  await enterPin(sheet, "login", person.pin);
  await sheet.locator('a.go[href^="/wallet/top-up"]').click();
  await sheet.locator('form[action="/wallet/top-up"]').waitFor();
  await sheet.locator('input[name="amount"]').fill("20");
  await sheet.locator('form[action="/wallet/top-up"] button[type="submit"]').click();
  await sheet.locator('a.go[href^="/cashier"]').click();
  sheet = await cashier(page, wallet);
  await form(sheet, "confirm").waitFor();
  await enterPin(sheet, "confirm", person.pin);
  await sheet.locator("#receipt").waitFor();
  await closeSheet(page);
  await assertHeard(call, "success", "9000");
  assert.equal(await sandbox.balance(person.userId), 0n);
});

test("an order that is bound to somebody else is not yours: no amount, nothing to press", async (t) => {
  const { customerId } = await town.token(desk.merchant, sandbox.user("Omar").userId, ["auth_base"]);
  const order = await desk.open(ONLINE, 25, { order: { orderDescription: "A ring", buyer: { referenceBuyerId: customerId } } });
  const { page, program } = await open(t);
  const call = await tradePay(program, { paymentUrl: order.url });
  const sheet = await cashier(page, wallet);
  await form(sheet, "login").locator('input[name="phone"]').fill(sara.phone);
  await enterPin(sheet, "login", sara.pin);
  await form(sheet, "login").waitFor({ state: "detached" });
  assert.equal(await form(sheet, "confirm").count(), 0);
  assert.doesNotMatch(await sheet.locator("body").innerText(), /ring|25 IQD/);
  await closeSheet(page);
  const [[callback]] = await call.heard();
  assert.equal(callback, "fail");
  assert.equal(code(await desk.inquire(order)), "S SUCCESS");
  assert.equal(await desk.status(order), "PROCESSING");
});

test("another merchant's order is as unknown as one that does not exist", async (t) => {
  const foreign = await (await town.newDesk("Gold Souk")).open(ONLINE, 25);
  const { page, program } = await open(t);
  const unknown = { url: foreign.url.replace(/orderId=.*/, `orderId=${"0".repeat(32)}`), paymentId: "20260101000000000000000000000000000" };
  for (const { name, args } of READINGS) {
    const answers = [];
    for (const order of [foreign, unknown]) {
      const heard = await (await tradePay(program, args(order))).heard();
      answers.push(heard);
      assert.equal(heard[0][1].resultCode, "4000", name);
    }
    assert.deepEqual(answers[0], answers[1], "the same to the letter");
  }
  assert.ok(!page.frames().some((frame) => isWalletPage(wallet)(new URL(frame.url()))), "no page was opened");
});

test("what names no order, several orders or another site's page is an error of the call, and opens nothing", async (t) => {
  const { page, program } = await open(t);
  const order = await desk.open(ONLINE, 25);
  const { searchParams } = new URL(order.url);
  const bad = [
    {},
    { paymentUrl: "" },
    { paymentUrl: order.url, tradeNO: order.paymentId },
    { paymentUrl: "javascript:alert(1)" },
    { paymentUrl: `http://evil.example/cashier?${searchParams}` },
    { paymentUrl: `${wallet.walletUrl}@evil.example/cashier?${searchParams}` },
    { paymentUrl: `${wallet.walletUrl}/cashier` },
    { paymentUrl: `${wallet.walletUrl}/wallet/send?to=9647700000002` },
    { paymentUrl: `${wallet.walletUrl}/authorize?${searchParams}` },
    { tradeNO: "1".repeat(65) },
  ];
  for (const args of bad) {
    const heard = await (await tradePay(program, args)).heard();
    assert.equal(heard[0][0], "fail", JSON.stringify({ args, heard }));
    assert.equal(heard[0][1].error, 2, JSON.stringify({ args, heard }));
    assert.equal(heard[0][1].resultCode, "4000");
  }
  assert.ok(!page.frames().some((frame) => isWalletPage(wallet)(new URL(frame.url()))));
});
