// my.tradePay in a real browser: what opens the cashier, what ends it, and which code reaches which callback (jsapi.md 3.3, 5).

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { openShell, pause, startBrowser } from "./browser.js";
import { finish, startWorld } from "./stub.js";

/** @typedef {import("./browser.js").Reach} Reach */

/** @type {import("./stub.js").World} */
let world;
/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  [world, browser] = await Promise.all([startWorld(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  world?.stop();
});
beforeEach(() => world.reset());

const PAID = { ok: true, ret: { resultCode: "9000" } };
/** The two forms of the call, with the reading of codes that is theirs. @type {[string, () => object][]} */
const FORMS = [
  ["split", () => ({ paymentUrl: world.paymentUrl() })],
  ["all-success", () => ({ tradeNO: "20260101111212800100166820603167424" })],
];

/** Where a code is to arrive, and with which error. @param {string} code @param {string} route */
const arriving = (code, route) => {
  const isFailure = route === "split" && ["4000", "6001", "6002"].includes(code);
  return [!isFailure, code, isFailure ? Number(code) : undefined];
};
/** @param {{ok: boolean, ret: any}} outcome */
const arrived = ({ ok, ret }) => [ok, ret.resultCode, ret.error];

/** @param {Reach} shell @param {object} params */
async function openCashier(shell, params) {
  const { outcome } = await shell.begin("tradePay", params);
  const pay = shell.walletFrame().getByRole("button", { name: "Pay" });
  await pay.waitFor();
  return { outcome, pay, close: () => shell.page.getByRole("button", { name: "Close this page and go back" }).click() };
}

for (const [route, params] of FORMS) {
  test(`the user pays: 9000 in success, and the page is gone (${route})`, async () => {
    const shell = await openShell(browser, world);
    const { outcome, pay } = await openCashier(shell, params());
    await pay.click();
    assert.deepEqual(await outcome, PAID);
    assert.equal(await shell.page.locator(".mq-wallet").count(), 0);
    assert.deepEqual(world.posted, [{ appId: "app-1", api: "tradePay", args: params() }]);
    await shell.close();
  });

  test(`closing the page: 6001 (${route})`, async () => {
    const shell = await openShell(browser, world);
    const { outcome, close } = await openCashier(shell, params());
    await close();
    assert.deepEqual(arrived(await outcome), arriving("6001", route));
    await shell.close();
  });

  test(`the server is gone before the cashier opens: 6002 (${route})`, async () => {
    const shell = await openShell(browser, world);
    world.dead = true;
    assert.deepEqual(arrived(await shell.ask("tradePay", params())), arriving("6002", route));
    assert.equal(await shell.page.locator(".mq-wallet").count(), 0);
    await shell.close();
  });

  test(`the server dies while the user looks at the order: 6002 (${route})`, async () => {
    const shell = await openShell(browser, world);
    const { outcome, close } = await openCashier(shell, params());
    world.dead = true;
    await close();
    await shell.page.getByText("Asking the wallet what became of it").waitFor();
    assert.deepEqual(arrived(await outcome), arriving("6002", route));
    await shell.close();
  });

  test(`the server dies on the confirmation: 6004, in success (${route})`, async () => {
    const shell = await openShell(browser, world);
    const { outcome, pay } = await openCashier(shell, params());
    world.dead = true;
    await pay.click();
    assert.deepEqual(await outcome, { ok: true, ret: { resultCode: "6004" } });
    await shell.close();
  });
}

test("the user refuses on the page: 6001, as the server says it", async () => {
  const shell = await openShell(browser, world);
  const { outcome } = await openCashier(shell, FORMS[0][1]());
  await shell.walletFrame().getByRole("button", { name: "Not now" }).click();
  assert.deepEqual(arrived(await outcome), arriving("6001", "split"));
  await shell.close();
});

test("a cashier that never came is 6002: nobody can have confirmed anything in it", async () => {
  const shell = await openShell(browser, world);
  await shell.page.route("**/cashier*", (route) => {
    world.dead = true;
    return route.abort();
  });
  assert.deepEqual(arrived(await shell.ask("tradePay", FORMS[0][1]())), arriving("6002", "split"));
  await shell.close();
});

test("signing in is no confirmation: the server dies after it, 6002", async () => {
  const shell = await openShell(browser, world);
  const { outcome, pay, close } = await openCashier(shell, FORMS[0][1]());
  await shell.walletFrame().getByRole("button", { name: "Sign in" }).click();
  await pause(200);
  await pay.waitFor();
  world.dead = true;
  await close();
  assert.deepEqual(arrived(await outcome), arriving("6002", "split"));
  await shell.close();
});

test("a confirmation that the page holds back for want of a connection was not sent; sent later, it was", async () => {
  const shell = await openShell(browser, world);
  const hold = () => shell.walletFrame().locator("main").evaluate(() => void (/** @type {any} */ (window).holdBack = true));
  const held = await openCashier(shell, FORMS[0][1]());
  await hold();
  await held.pay.click();
  world.dead = true;
  await held.close();
  assert.deepEqual(arrived(await held.outcome), arriving("6002", "split"));
  world.dead = false;
  const sent = await openCashier(shell, FORMS[0][1]());
  await hold();
  await sent.pay.click();
  world.dead = true;
  await shell.walletFrame().locator("main").evaluate(() => /** @type {any} */ (window).held.submit());
  assert.deepEqual(arrived(await sent.outcome), arriving("6004", "split"));
  await shell.close();
});

test("the answer to the confirmation is lost but the server lives: the true outcome is reported", async () => {
  const shell = await openShell(browser, world);
  const { outcome, pay } = await openCashier(shell, FORMS[0][1]());
  world.dead = true;
  await pay.click();
  await pause(500);
  const [one] = world.interactions.values();
  finish(one, PAID);
  world.dead = false;
  assert.deepEqual(await outcome, PAID);
  await shell.close();
});

test("closing while the payment is in progress: 8000 if it still is when the wait is over", async () => {
  const shell = await openShell(browser, world);
  world.afterConfirm = "CONFIRMING";
  const { outcome, pay, close } = await openCashier(shell, FORMS[0][1]());
  await pay.click();
  await shell.walletFrame().getByText("being processed").waitFor();
  await close();
  assert.deepEqual(await outcome, { ok: true, ret: { resultCode: "8000" } });
  await shell.close();
});

test("closing while the payment is in progress: the outcome, if there is one within the wait; 6004 if the server falls silent", async () => {
  const shell = await openShell(browser, world);
  world.afterConfirm = "CONFIRMING";
  const first = await openCashier(shell, FORMS[0][1]());
  await first.pay.click();
  await shell.walletFrame().getByText("being processed").waitFor();
  await first.close();
  await pause(600);
  finish(/** @type {any} */ (world.interactions.get("ix-1")), PAID);
  assert.deepEqual(await first.outcome, PAID);
  const second = await openCashier(shell, FORMS[1][1]());
  await second.pay.click();
  await shell.walletFrame().getByText("being processed").waitFor();
  await second.close();
  await pause(600);
  world.dead = true;
  assert.deepEqual(await second.outcome, { ok: true, ret: { resultCode: "6004" } });
  await shell.close();
});

test("closing asks the server, and an outcome that was final already counts", async () => {
  const shell = await openShell(browser, world);
  const { outcome, close } = await openCashier(shell, FORMS[0][1]());
  world.finalOnCancel = PAID;
  await close();
  assert.deepEqual(await outcome, PAID);
  await shell.close();
});

test("two clicks on pay: one cashier, error 3 for the second, one interaction", async () => {
  const shell = await openShell(browser, world);
  const { outcome, pay } = await openCashier(shell, FORMS[0][1]());
  const second = await shell.ask("tradePay", FORMS[0][1]());
  assert.deepEqual([second.ok, second.ret.error, second.ret.resultCode], [false, 3, undefined]);
  assert.equal(await shell.page.locator(".mq-wallet").count(), 1);
  await pay.click();
  assert.deepEqual(await outcome, PAID);
  assert.equal(world.posted.length, 1);
  await shell.close();
});

test("addresses that are not this wallet's cashier are error 2 and 4000, and nothing opens", async () => {
  const shell = await openShell(browser, world);
  const port = new URL(world.wallet).port;
  for (const paymentUrl of [
    "javascript:alert(1)", "data:text/html,x", `${world.evil}/cashier?orderId=O1`, "http://localhost:1/cashier?orderId=O1",
    `https://localhost:${port}/cashier?orderId=O1`, `http://user:pw@localhost:${port}/cashier?orderId=O1`,
    `${world.wallet}.evil.example/cashier?orderId=O1`, `${world.wallet}/app?orderId=O1`, `${world.wallet}/cashier`, world.authUrl(),
    `${world.paymentUrl()}&orderId=O2`, `${world.paymentUrl()}&tradeNo=1`, "/cashier?orderId=O1", `${world.paymentUrl()}&x=${"y".repeat(1024)}`,
  ]) {
    const { ok, ret } = await shell.ask("tradePay", { paymentUrl });
    assert.deepEqual([ok, ret.error, ret.resultCode], [false, 2, "4000"], paymentUrl);
  }
  assert.equal(world.posted.length, 0);
  assert.equal(await shell.page.locator(".mq-wallet").count(), 0);
  await shell.close();
});

test("a page that does without the bridge gets the same refusals from the shell", async () => {
  const shell = await openShell(browser, world, { start: `${world.shop}/raw.html` });
  const replies = await shell.program().evaluate(async (paymentUrl) => {
    const page = /** @type {any} */ (window);
    const all = [{}, { paymentUrl, tradeNO: "1" }, { tradeNO: ["1"] }, { orderStr: { a: 1 } }];
    all.forEach((args, index) => page.port.postMessage({ k: "call", id: index + 1, api: "tradePay", args, form: "cb3" }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    return page.replies;
  }, world.paymentUrl());
  assert.deepEqual(replies.map((/** @type {any} */ { ok, ret }) => [ok, ret.error, ret.resultCode]), Array(4).fill([false, 2, "4000"]));
  assert.equal(world.posted.length, 0);
  await shell.close();
});

test("a reload in the middle brings the cashier back; its result is dropped", async () => {
  const shell = await openShell(browser, world);
  await openCashier(shell, FORMS[0][1]());
  await shell.page.reload();
  await shell.walletFrame().getByRole("button", { name: "Pay" }).click();
  await shell.page.locator(".mq-wallet").waitFor({ state: "detached" });
  assert.deepEqual((await shell.events("reply")).map(({ api, dropped, ok, ret }) => [api, dropped, ok, ret.resultCode]), [["tradePay", true, true, "9000"]]);
  assert.equal(world.posted.length, 1);
  await shell.close();
});

test("without a connection the call is 6002", async () => {
  const shell = await openShell(browser, world);
  await shell.context.setOffline(true);
  assert.deepEqual(arrived(await shell.ask("tradePay", FORMS[0][1]())), arriving("6002", "split"));
  await shell.context.setOffline(false);
  const { outcome, pay } = await openCashier(shell, FORMS[0][1]());
  await pay.click();
  assert.deepEqual(await outcome, PAID);
  await shell.close();
});

for (const where of /** @type {const} */ (["appRoute", "sessionRoute"])) {
  test(`the wallet's setting decides how codes arrive, whatever the form of the call (${where})`, async () => {
    for (const [setting, other] of /** @type {const} */ ([["all-success", 0], ["split", 1]])) {
      world.reset();
      world[where] = setting;
      const shell = await openShell(browser, world);
      world.dead = true;
      assert.deepEqual(arrived(await shell.ask("tradePay", FORMS[other][1]())), arriving("6002", setting));
      world.dead = false;
      await shell.close();
    }
  });
}
