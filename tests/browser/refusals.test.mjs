// The result codes 6001, 6002 and 6003 from what they stand for, the PIN's lock, and what pages may not do.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { frameAt, frameGone, isWalletPage, launch, newPage } from "../support/browser.mjs";
import { Merchant } from "../support/openapi.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";
import { closeSheet, enterPin, form, logIn, openShop, shopState, startSigning } from "../support/walk.mjs";

let browser, wallet, sandbox, merchant, sara;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = Merchant.ofWallet(wallet);
  sara = sandbox.user("Sara");
});
afterEach(() => wallet?.stop());

/** The shell with the demo shop, on a fresh page. */
async function open(t, options) {
  const page = await newPage(t, browser, options);
  await page.goto(`${wallet.walletUrl}/app?appId=demo-shop`);
  return { page, shop: await openShop(page, wallet) };
}

/** Calls the bridge inside the shop's frame and answers what its callback gets. */
const callBridge = (shop, api, args) =>
  shop.evaluate(([name, given]) => new Promise((resolve) => AlipayJSBridge.call(name, given, resolve)), [api, args]);

/** Signs this browser in as a user, as the Studio's user switch does. */
const signIn = (page, userId) =>
  page.evaluate(async (id) => {
    const { csrf } = await (await fetch("/app/v1/session")).json();
    const headers = { "Content-Type": "application/json", "X-CSRF": csrf };
    return (await fetch("/sandbox/v1/session", { method: "POST", headers, body: JSON.stringify({ userId: id }) })).status;
  }, userId);

function assertCode(reply, code) {
  assert.equal(String(reply.errorCode), code, JSON.stringify(reply));
  assert.equal(String(reply.error), code);
  for (const member of ["errMessage", "errorMessage", "message"]) assert.ok(reply[member].length > 0, member);
  assert.equal(reply.authCode, undefined);
}

const noContract = async () => assert.deepEqual(await sandbox.get("contracts"), []);

test("closing the wallet page is 6001", async (t) => {
  const { page, shop } = await open(t);
  const authUrl = await merchant.prepare();
  const pending = callBridge(shop, "qicardSignContract", { authUrl });
  await frameAt(page, isWalletPage(wallet));
  await closeSheet(page);
  assertCode(await pending, "6001");
  await frameGone(page, isWalletPage(wallet));
  await noContract();
});

test("declining is 6001", async (t) => {
  const { page, shop } = await open(t);
  const pending = callBridge(shop, "qicardSignContract", { authUrl: await merchant.prepare() });
  const sheet = await frameAt(page, isWalletPage(wallet));
  await logIn(sheet, sara.phone, sara.pin);
  await form(sheet, "confirm").waitFor();
  await form(sheet, "decline").locator("button").first().click();
  assertCode(await pending, "6001");
  await noContract();
});

test("a wallet that cannot be reached is 6002", async (t) => {
  const { page, shop } = await open(t);
  const authUrl = await merchant.prepare();
  await page.route("**/app/v1/interactions**", (route) => route.abort());
  assertCode(await callBridge(shop, "qicardSignContract", { authUrl }), "6002");
  await noContract();
});

test("an offer that has expired is 6003", async (t) => {
  const { page, shop } = await open(t);
  const authUrl = await merchant.prepare();
  await sandbox.post("clock", { advance: "P31D" });
  const pending = callBridge(shop, "qicardSignContract", { authUrl });
  await closeIfOpen(page, pending);
  assertCode(await pending, "6003");
});

test("an offer nobody made, and another merchant's, are 6003", async (t) => {
  const { page, shop } = await open(t);
  const unknown = (await merchant.prepare()).replace(/authId=.*/, `authId=${"0".repeat(32)}`);
  const foreign = await (await sandbox.newMerchant()).prepare();
  for (const authUrl of [unknown, foreign]) {
    const pending = callBridge(shop, "qicardSignContract", { authUrl });
    await closeIfOpen(page, pending);
    assertCode(await pending, "6003");
  }
  await noContract();
});

/** A refusal may be explained on a page first; then the person closes it. */
async function closeIfOpen(page, pending) {
  const explained = frameAt(page, isWalletPage(wallet)).then(() => "page", () => "none");
  if ((await Promise.race([explained, pending.then(() => "answered")])) === "page") {
    await closeSheet(page);
  }
}

test("an address that is not the wallet's own is error 2 and opens nothing", async (t) => {
  const { page, shop } = await open(t);
  const { searchParams } = new URL(await merchant.prepare());
  const bad = [
    undefined,
    "",
    "not a url",
    "javascript:alert(1)",
    `http://evil.example/authorize?${searchParams}`,
    `${wallet.walletUrl}@evil.example/?${searchParams}`,
    wallet.walletUrl.replace("http:", "https:") + `/authorize?${searchParams}`,
    `${wallet.walletUrl}/studio?${searchParams}`,
    `${wallet.walletUrl}/authorize`,
  ];
  for (const authUrl of bad) {
    const reply = await callBridge(shop, "qicardSignContract", authUrl === undefined ? {} : { authUrl });
    assert.equal(Number(reply.error), 2, `${authUrl}: ${JSON.stringify(reply)}`);
  }
  assert.ok(!page.frames().some((frame) => isWalletPage(wallet)(new URL(frame.url()))));
});

/** Whether an element is on the screen now. Runs in the page. */
function isInView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

test("five wrong PINs lock it, also for the right one, until time has passed", async (t) => {
  const { page } = await open(t);
  await signIn(page, sara.userId);
  await page.reload();
  let sheet = await startSigning(page, wallet, await openShop(page, wallet));
  for (let left = 4; left >= 1; left -= 1) {
    await enterPin(sheet, "confirm", "999999");
    const problem = sheet.locator('[role="alert"]', { hasText: new RegExp(`${left}\\W* (try|tries) left`) });
    await problem.waitFor();
    await eventually("the person sees it without scrolling", () => problem.evaluate(isInView));
  }
  await enterPin(sheet, "confirm", "999999");
  await sheet.getByRole("heading", { name: "Your PIN is locked" }).waitFor();
  assert.equal(await form(sheet, "confirm").count(), 0, "no more trying");
  await closeSheet(page);
  await shopState(await openShop(page, wallet), "none");

  await sandbox.post("clock", { advance: "PT16M" });
  sheet = await startSigning(page, wallet, await openShop(page, wallet));
  if (await form(sheet, "login").count()) await logIn(sheet, sara.phone, sara.pin);
  await enterPin(sheet, "confirm", sara.pin);
  await shopState(await openShop(page, wallet), "active");
});

test("two calls at once: one page, the second is error 3", async (t) => {
  const { page, shop } = await open(t);
  const authUrl = await merchant.prepare();
  const first = callBridge(shop, "qicardSignContract", { authUrl });
  await frameAt(page, isWalletPage(wallet));
  assert.equal(Number((await callBridge(shop, "qicardSignContract", { authUrl })).error), 3);
  await closeSheet(page);
  assertCode(await first, "6001");
});

test("opened in a plain tab, the authorization page shows the offer and no way to accept it", async (t) => {
  const page = await newPage(t, browser);
  for (const address of [await merchant.prepare(), (await merchant.prepare()).replace("/authorize", "/")]) {
    const answer = await page.goto(address);
    assert.equal(answer.status(), 200);
    assert.match(await page.locator("body").innerText(), /Zaytoun Market/);
    assert.equal(await page.locator('form, button[type="submit"], input[name]').count(), 0);
  }
});

test("what a merchant writes is text, never HTML", async (t) => {
  const { page, shop } = await open(t);
  const attack = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>&amp; <b>bold</b>';
  const pending = callBridge(shop, "qicardSignContract", { authUrl: await merchant.prepare({ contractDesc: attack }) });
  const sheet = await frameAt(page, isWalletPage(wallet));
  await logIn(sheet, sara.phone, sara.pin);
  await form(sheet, "confirm").waitFor();
  assert.ok((await sheet.locator("body").textContent()).includes(attack));
  assert.equal(await sheet.evaluate(() => window.pwned), undefined);
  await closeSheet(page);
  await pending;
});
