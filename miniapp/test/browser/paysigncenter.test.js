// my.paySignCenter in a real browser: what opens the signing page, what ends it, and that every status reaches `success`
// (jsapi.md 3.4, 5). And my.tradePay with an order string, whose result carries the signed answer.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { openShell, pause, startBrowser } from "./browser.js";
import { finish, PAID_AND_SIGNED, SIGNED, startWorld } from "./stub.js";

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

const signStr = readFileSync(new URL("../support/seed-sign-str.txt", import.meta.url), "utf8").trim();
/** @param {string} resultStatus */
const status = (resultStatus) => ({ ok: true, ret: { resultStatus, result: "" } });

/** @param {Reach} shell */
async function openPage(shell) {
  const { outcome } = await shell.begin("paySignCenter", { signStr });
  const agree = shell.walletFrame().getByRole("button", { name: "Agree" });
  await agree.waitFor();
  return { outcome, agree, close: () => shell.page.getByRole("button", { name: "Close this page and go back" }).click() };
}

test("the seed's page: a button calls my.paySignCenter, the user signs, and its callbacks get 7000 and a text to parse", async () => {
  const shell = await openShell(browser, world);
  const told = shell.program().evaluate((text) => new Promise((resolve) => {
    /** @type {unknown[]} */
    const calls = [];
    const page = /** @type {any} */ (window);
    /** @type {any} */ (document.getElementById("go")).onclick = () => page.my.paySignCenter({
      signStr: text,
      success: (/** @type {any} */ res) => calls.push(["success", res.resultStatus, typeof res.result, Object.keys(JSON.parse(res.result))]),
      fail: (/** @type {any} */ res) => calls.push(["fail", res]),
      complete: (/** @type {any} */ res) => (calls.push(["complete", res.resultStatus]), resolve(calls)),
    });
  }), signStr);
  await shell.page.frameLocator(".mq-frame").getByRole("button", { name: "Subscribe" }).click();
  await shell.walletFrame().getByRole("button", { name: "Agree" }).click();
  const members = ["alipay_user_agreement_page_sign_response", "sign", "sign_type"];
  assert.deepEqual(await told, [["success", "7000", "string", members], ["complete", "7000"]]);
  assert.deepEqual(world.posted, [{ appId: "app-1", api: "paySignCenter", args: { signStr } }]);
  assert.equal(await shell.page.locator(".mq-wallet").count(), 0);
  const [opened] = (await shell.events("page")).filter(({ what }) => what === "opened");
  assert.equal(new URL(opened.url).pathname, "/sign");
  await shell.close();
});

test("the result reaches the page to the letter: its signature is over the text", async () => {
  const shell = await openShell(browser, world);
  const { outcome, agree } = await openPage(shell);
  await agree.click();
  assert.deepEqual(await outcome, { ok: true, ret: SIGNED });
  await shell.close();
});

test("the user refuses, or closes the page: 6001 in success", async () => {
  const shell = await openShell(browser, world);
  const refused = await openPage(shell);
  await shell.walletFrame().getByRole("button", { name: "Not now" }).click();
  assert.deepEqual(await refused.outcome, status("6001"));
  const closed = await openPage(shell);
  await closed.close();
  assert.deepEqual(await closed.outcome, status("6001"));
  await shell.close();
});

test("a signStr that the wallet cannot read opens no page: 7002 with what is wrong with it", async () => {
  const shell = await openShell(browser, world);
  const { ok, ret } = await shell.ask("paySignCenter", { signStr: decodeURIComponent(signStr) });
  assert.deepEqual([ok, ret.resultStatus], [true, "7002"]);
  assert.match(JSON.parse(ret.result).alipay_user_agreement_page_sign_response.sub_msg, /encoded once/);
  assert.equal(await shell.page.locator(".mq-wallet").count(), 0);
  await shell.close();
});

test("no signStr is error 2, in fail, and nothing is asked", async () => {
  const shell = await openShell(browser, world, { start: `${world.shop}/raw.html` });
  const replies = await shell.program().evaluate(async () => {
    const page = /** @type {any} */ (window);
    [{}, { signStr: "" }, { signStr: { app_id: 1 } }].forEach((args, index) =>
      page.port.postMessage({ k: "call", id: index + 1, api: "paySignCenter", args, form: "cb3" }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    return page.replies;
  });
  assert.deepEqual(replies.map((/** @type {any} */ { ok, ret }) => [ok, ret.error, ret.errorCode]), Array(3).fill([false, 2, "2"]));
  assert.equal(world.posted.length, 0);
  await shell.close();
});

test("the server is gone before the page opens, or while the user reads it: 6002 in success", async () => {
  const shell = await openShell(browser, world);
  world.dead = true;
  assert.deepEqual(await shell.ask("paySignCenter", { signStr }), status("6002"));
  world.dead = false;
  const { outcome, close } = await openPage(shell);
  world.dead = true;
  await close();
  assert.deepEqual(await outcome, status("6002"));
  await shell.close();
});

test("the server dies on the confirmation: 7001 in success, the agreement may be signed", async () => {
  const shell = await openShell(browser, world);
  const { outcome, agree } = await openPage(shell);
  world.dead = true;
  await agree.click();
  assert.deepEqual(await outcome, status("7001"));
  await shell.close();
});

test("the server is still at work when the wait is over: 7001", async () => {
  const shell = await openShell(browser, world);
  world.afterConfirm = "CONFIRMING";
  const { outcome, agree, close } = await openPage(shell);
  await agree.click();
  await pause(300);
  await close();
  assert.deepEqual(await outcome, status("7001"));
  await shell.close();
});

test("the answer to the confirmation is lost but the server lives: 7000, as the server words it", async () => {
  const shell = await openShell(browser, world);
  const { outcome, agree } = await openPage(shell);
  world.dead = true;
  await agree.click();
  await pause(500);
  const [one] = world.interactions.values();
  finish(one, { ok: true, ret: SIGNED });
  world.dead = false;
  assert.deepEqual(await outcome, { ok: true, ret: SIGNED });
  await shell.close();
});

test("while the page is open a second call is error 3, in fail, and a reload brings the page back", async () => {
  const shell = await openShell(browser, world);
  await openPage(shell);
  const second = await shell.ask("paySignCenter", { signStr });
  assert.deepEqual([second.ok, second.ret.error], [false, 3]);
  await shell.page.reload();
  await shell.walletFrame().getByRole("button", { name: "Agree" }).click();
  await shell.page.locator(".mq-wallet").waitFor({ state: "detached" });
  assert.deepEqual((await shell.events("reply")).map(({ api, dropped, ret }) => [api, dropped, ret.resultStatus]), [["paySignCenter", true, "7000"]]);
  assert.equal(world.posted.length, 1);
  await shell.close();
});

test("an order string pays and signs on one page: 9000 with result and memo", async () => {
  const shell = await openShell(browser, world);
  const orderStr = "app_id=2021000000000001&method=alipay.trade.app.pay&sign=x";
  const { outcome } = await shell.begin("tradePay", { orderStr });
  await shell.walletFrame().getByRole("button", { name: "Pay" }).click();
  assert.deepEqual(await outcome, { ok: true, ret: PAID_AND_SIGNED });
  assert.deepEqual(world.posted, [{ appId: "app-1", api: "tradePay", args: { orderStr } }]);
  await shell.close();
});
