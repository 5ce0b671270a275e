// What the sandbox learns from the shell: the Studio's list, with the seed's step numbers; and the page /app itself.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { openShell, pause, startBrowser } from "./browser.js";
import { startWorld } from "./stub.js";

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

/** The list as the Studio sees it: a report with a number that was given out replaces the one that had it. */
function listed() {
  const list = new Map();
  for (const report of world.events) list.set(report.seq, report);
  return [...list.values()];
}

test("steps 1, 4, 5, 10 and 11 are listed in their order", async () => {
  const shell = await openShell(browser, world, { path: "/app" });
  const outcome = shell.program().evaluate(async () => {
    const { authUrl } = await (await fetch("/api/subscribe", { method: "POST", body: "{}" })).json();
    const { authCode } = await /** @type {any} */ (window).my.call("qicardSignContract", { authUrl });
    await fetch("/api/subscribed", { method: "POST", body: JSON.stringify({ authCode }) });
    await fetch("/api/other");
  });
  await shell.walletFrame().getByRole("button", { name: "Agree" }).click();
  await outcome;
  await pause(400);
  const calls = listed();
  assert.deepEqual(calls.map((one) => [one.kind, one.from, one.to, one.step, one.replyStep, one.title, one.status, one.outcome]), [
    ["net", "miniProgram", "merchant", 1, 4, "POST /api/subscribe", "200 authUrl", "plain"],
    ["jsapi", "miniProgram", "wallet", 5, 10, 'my.call("qicardSignContract")', "authCode", "good"],
    ["net", "miniProgram", "merchant", 11, null, "POST /api/subscribed", "200", "plain"],
    ["net", "miniProgram", "merchant", null, null, "GET /api/other", "200", "plain"],
  ]);
  assert.deepEqual(world.events[0].step, 1, "recognised by its name when it starts, by its content when it ends");
  assert.ok(world.events.every((report) => Number.isInteger(report.agoMs) && report.agoMs >= 0));
  const [begun, ended] = world.events.filter((report) => report.step === 5);
  assert.ok(ended.agoMs > begun.agoMs, "an answer says when its call began");
  assert.equal(calls[0].appId, "app-1");
  assert.equal(JSON.parse(calls[0].response.body).authUrl, world.authUrl());
  assert.deepEqual(JSON.parse(calls[1].request.body), { authUrl: world.authUrl() });
  assert.deepEqual(calls[1].links, { authId: "A1" });
  assert.equal(calls[2].request.path, "/api/subscribed");
  await shell.close();
});

test("the Mini Program's steps of a payment are listed in their order, as those of the other story", async () => {
  const shell = await openShell(browser, world, { path: "/app" });
  const outcome = shell.program().evaluate(async () => {
    const { my } = /** @type {any} */ (window);
    const { authCode } = await my.getAuthCode({ scopes: ["USER_ID"] });
    await fetch("/api/login", { method: "POST", body: JSON.stringify({ authCode }) });
    const { paymentUrl } = await (await fetch("/api/buy", { method: "POST", body: "{}" })).json();
    return my.tradePay({ paymentUrl });
  });
  await shell.walletFrame().getByRole("button", { name: "Pay" }).click();
  assert.deepEqual(await outcome, { resultCode: "9000" });
  await pause(400);
  assert.deepEqual(listed().map((one) => [one.story, one.step, one.replyStep, one.title, one.status, one.outcome]), [
    ["pay", 1, 5, "my.getAuthCode", "authCode", "good"],
    ["pay", 6, null, "POST /api/login", "200", "plain"],
    ["pay", 9, 12, "POST /api/buy", "200 paymentUrl", "plain"],
    ["pay", 13, 18, "my.tradePay", "9000", "good"],
  ]);
  assert.deepEqual(listed().at(-1).links, { orderId: "O1" });
  await shell.close();
});

test("calls the page answers itself are listed too, and messages that were refused with their reason", async () => {
  const shell = await openShell(browser, world, { path: "/app" });
  await shell.ask("chooseImage", { count: 1 });
  await shell.program().evaluate((src) => {
    document.body.append(Object.assign(document.createElement("iframe"), { src }));
  }, `${world.evil}/evil.html`);
  await pause(900);
  assert.deepEqual(listed().slice(0, 2).map(({ kind, title, status, outcome }) => [kind, title, status, outcome]), [
    ["jsapi", "my.chooseImage", "1", "bad"], ["log", "hello refused", "not the Mini Program's own window", "bad"],
  ]);
  await shell.close();
});

test("the phone shows the wallet's time, in the colour of simulated things when it was moved", async () => {
  const shell = await openShell(browser, world, { path: "/app" });
  assert.equal(await shell.page.locator(".mq-clock.mq-shifted").innerText(), "09:41");
  await shell.close();
});

test("a closed Mini Program can be opened again or left for the wallet, an unknown one is said to be so", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${world.wallet}/app?appId=app-1`);
  await page.frameLocator(".mq-frame").getByRole("button", { name: "Subscribe" }).waitFor();
  assert.equal(await page.title(), "Zaytoun Market");
  await page.getByRole("button", { name: "Close this Mini Program" }).click();
  assert.equal(await page.getByRole("link", { name: "My wallet" }).getAttribute("href"), "/wallet");
  await page.getByRole("button", { name: "Open again" }).click();
  await page.frameLocator(".mq-frame").getByRole("button", { name: "Subscribe" }).waitFor();
  await page.goto(`${world.wallet}/app?appId=nobody`);
  await page.getByText("There is no Mini Program with this id").waitFor();
  await page.getByRole("link", { name: "My wallet" }).waitFor();
  await context.close();
});

test("a wallet that does not answer is said so, with a way to try again", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route("**/app/v1/session", (route) => route.abort());
  await page.goto(`${world.wallet}/app?appId=app-1`);
  await page.getByText("The wallet does not answer").waitFor();
  await page.unroute("**/app/v1/session");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.frameLocator(".mq-frame").getByRole("button", { name: "Subscribe" }).waitFor();
  await context.close();
});

test("another user of the same browser has another storage", async () => {
  const shell = await openShell(browser, world);
  await shell.ask("setStorage", { key: "cart", data: "hers" });
  assert.deepEqual((await shell.ask("getStorage", { key: "cart" })).ret, { data: "hers" });
  world.user = { ...world.user, userId: "u2" };
  await shell.page.evaluate(() => /** @type {any} */ (window).shell.userChanged());
  await shell.page.waitForFunction(() => /** @type {any} */ (window).events.filter((/** @type {any} */ e) => e.type === "connected").length === 2);
  assert.deepEqual((await shell.ask("getStorage", { key: "cart" })).ret, { data: null });
  world.user = { ...world.user, userId: "u1" };
  await shell.page.evaluate(() => /** @type {any} */ (window).shell.userChanged());
  await shell.page.waitForFunction(() => /** @type {any} */ (window).events.filter((/** @type {any} */ e) => e.type === "connected").length === 3);
  assert.deepEqual((await shell.ask("getStorage", { key: "cart" })).ret, { data: "hers" });
  await shell.close();
});

test("going back stays inside the Mini Program's own frame", async () => {
  const shell = await openShell(browser, world);
  assert.equal((await shell.ask("navigateBack")).ret.error, 1);
  await shell.program().evaluate(() => void /** @type {any} */ (window).my.navigateTo({ url: "/shop.html?page=2" }));
  await shell.page.waitForFunction(() => /** @type {any} */ (window).events.filter((/** @type {any} */ e) => e.type === "connected").length === 2);
  await shell.program().evaluate(() => void /** @type {any} */ (window).my.navigateBack());
  await shell.page.waitForFunction(() => /** @type {any} */ (window).events.filter((/** @type {any} */ e) => e.type === "connected").length === 3);
  assert.equal(new URL(shell.program().url()).search, "");
  await shell.close();
});
