// The wallet app: what one has, what happened, money in and out, cards, agreements, security. Every page at 360 px, in both
// languages, without anything serious for axe; pictures go to test-output/screens.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { App } from "../support/app.mjs";
import { launch } from "../support/browser.mjs";
import { Merchant } from "../support/openapi.mjs";
import { CARDS, ONLINE, Town } from "../support/orders.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";
import { enterPin, form } from "../support/walk.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** A wallet with people in it, and the app of one of them, signed in. */
async function stage(t, language, folder) {
  const wallet = await startWallet();
  t.after(() => wallet.stop());
  const sandbox = new Sandbox(wallet);
  const town = new Town(sandbox, Merchant.ofWallet(wallet));
  const [user, other] = language === "ar-IQ" ? ["Omar", "Sara"] : ["Sara", "Omar"];
  const app = await App.open(t, browser, wallet, { language, folder });
  return { wallet, sandbox, town, app, user: sandbox.user(user), other: sandbox.user(other) };
}

for (const language of ["en-US", "ar-IQ"]) {
  test(`money from the bank and to another user, ${language}`, async (t) => {
    const { sandbox, app, user, other } = await stage(t, language, "money");
    const [had, others] = [await sandbox.balance(user.userId), await sandbox.balance(other.userId)];
    await app.enter(user);
    assert.equal(await app.page.locator("html").getAttribute("dir"), language === "ar-IQ" ? "rtl" : "ltr");
    await app.look("home");

    await app.visit("/wallet/top-up");
    await app.look("top-up");
    await app.fill({ amount: "0" });
    await app.submit("/wallet/top-up");
    await app.page.locator('[role="alert"]').first().waitFor();
    await app.look("top-up-wrong");
    await app.fill({ amount: "20000" });
    await app.submit("/wallet/top-up");
    assert.match(await app.words(), /20,000/);
    await app.look("top-up-done");
    assert.equal(await sandbox.balance(user.userId), had + 20_000_000n);
    await app.page.reload();
    assert.equal(await sandbox.balance(user.userId), had + 20_000_000n, "a reload fetches nothing twice");

    await app.visit("/wallet/send");
    await app.look("send-to");
    await app.fill({ to: "+964 770 999 9999" });
    await app.submit("/wallet/send");
    await app.look("send-to-nobody");
    await app.fill({ to: other.phone });
    await app.submit("/wallet/send");
    await app.look("send-amount");
    const whole = new RegExp(other.name.split(" ").at(-1));
    assert.doesNotMatch(await app.words(), whole, "no more of a name than is needed to know who it is");
    await app.fill({ amount: "1,500", note: "Lunch <b>", pin: "999999" });
    await app.submit("/wallet/send");
    await app.page.locator('[role="alert"]').first().waitFor();
    await app.look("send-wrong-pin");
    await app.fill({ pin: user.pin });
    await app.submit("/wallet/send");
    assert.match(await app.words(), /1,500/);
    await app.look("send-done");
    await app.page.reload();
    await app.page.goBack();
    assert.equal(await sandbox.balance(user.userId), had + 18_500_000n, "sent once");
    assert.equal(await sandbox.balance(other.userId), others + 1_500_000n);

    await app.visit("/wallet/history");
    await app.look("history");
    await app.page.locator(".move").first().click();
    await app.page.locator("#receipt").waitFor();
    assert.match(await app.words(), /1,500/);
    await app.look("movement");
    await app.visit("/wallet/receive");
    assert.equal(await app.page.locator("#link").inputValue(), `${app.wallet.walletUrl}/pay-to?to=${user.phone}`);
    await app.look("receive");
    await sandbox.verifyLedger();
  });

  test(`cards, agreements, security, ${language}`, async (t) => {
    const { wallet, sandbox, town, app, user } = await stage(t, language, "app");
    const terms = { language, contractTitle: language === "ar-IQ" ? "صندوق طازج" : "Fresh Box" };
    const { accessToken } = await sandbox.contract(town.desk.merchant, user.userId, terms);
    await town.desk.merchant.pay(accessToken, 5000);
    await app.enter(user, "/wallet/cards");
    for (const { cardId } of (await sandbox.get("cards")).filter(({ userId }) => userId === user.userId)) {
      await app.page.locator(`details:has(form[action="/wallet/cards/${cardId}/remove"]) summary`).click();
      await app.submit(`/wallet/cards/${cardId}/remove`);
    }
    await app.look("cards-none");
    await app.fill({ number: "4242 4242 4242 4241", expiry: "12/30", name: "S A HASAN" });
    await app.submit("/wallet/cards");
    await app.page.locator('[role="alert"]').first().waitFor();
    await app.look("cards-wrong");
    await app.fill({ number: "4242 4242 4242 4242", expiry: "12/30", name: "S A HASAN" });
    await app.submit("/wallet/cards");
    await app.page.locator(".plastic").waitFor();
    await app.look("cards-one");
    assert.ok(!(await app.page.content()).includes(CARDS.good), "nobody has its number");

    // The contract: looked at, and ended with the PIN.
    await app.page.locator('.app-doors a[href="/agreements"]').click();
    await app.page.locator('main a[href^="/agreements/"]').first().click();
    await form(app.page, "end").waitFor();
    await app.look("agreement");
    await enterPin(app.page, "end", user.pin);
    await form(app.page, "end").waitFor({ state: "detached" });
    const [contract] = await sandbox.get("contracts");
    assert.equal(`${contract.status} ${contract.reason}`, "ENDED USER");
    assert.equal((await town.desk.merchant.pay(accessToken, 1)).result.resultStatus, "F");
    await app.look("agreement-ended");

    // Another device is signed out from here.
    const device = await App.open(t, browser, wallet, { language });
    await device.enter(user);
    await app.visit("/wallet/security");
    await app.look("security");
    const end = app.page.locator('form[action^="/wallet/security/sessions/"]');
    assert.equal(await end.count(), 1);
    await app.submit(await end.getAttribute("action"));
    await device.visit("/wallet");
    await device.page.locator('form[action="/wallet/login"]').waitFor();

    // Another PIN: the old one does not open any more.
    await app.visit("/wallet/security#pin-change");
    await app.page.locator("#pin-change summary").click();
    await app.fill({ old: user.pin, new: "586203", again: "586203" });
    await app.look("pin-change");
    await app.submit("/wallet/security/pin");
    await device.page.locator('input[name="phone"]').fill(user.phone);
    await device.page.locator('input[name="pin"]').fill(user.pin);
    await device.submit("/wallet/login");
    assert.equal(await device.page.locator(".app-doors").count(), 0);
    await device.enter({ phone: user.phone, pin: "586203" });

    // The other language, and out.
    await app.visit("/wallet/security");
    const other = language === "ar-IQ" ? "en-US" : "ar-IQ";
    await app.page.locator(`form[action="/wallet/language"] button[lang="${other}"]`).click();
    await app.page.locator(`html[lang="${other}"]`).waitFor();
    await app.visit("/wallet/security");
    await app.submit("/wallet/sign-out");
    await app.visit("/wallet");
    await app.page.locator('form[action="/wallet/login"]').waitFor();
  });

  test(`scanned or pasted: a code of the wallet leads where it belongs, ${language}`, async (t) => {
    const { sandbox, town, app, user, other } = await stage(t, language, "scan");
    await app.enter(user, "/wallet/scan");
    await app.look("scan");
    const read = async (text) => {
      await app.visit("/wallet/scan");
      await app.fill({ text });
      await app.submit("/wallet/scan");
      return new URL(app.page.url());
    };
    const order = await town.desk.open(ONLINE, 25);
    assert.equal((await read(order.url)).pathname, "/cashier");
    await form(app.page, "confirm").waitFor();
    await app.look("cashier-of-a-scanned-order");
    await enterPin(app.page, "confirm", user.pin);
    await app.page.locator("#receipt").waitFor();
    assert.equal(await town.desk.status(order), "SUCCESS");
    await app.look("paid-a-scanned-order");

    const program = await read("mini://platformapi/startapp?_ariver_appid=demo-shop");
    assert.equal(`${program.pathname}${program.search}`, "/app?appId=demo-shop");
    const payee = await read(`${app.wallet.walletUrl}/pay-to?to=${other.phone}`);
    assert.equal(`${payee.pathname}${payee.search}`, `/wallet/send?to=${other.phone}`);
    assert.equal(await app.page.locator('input[name="to"]').inputValue(), other.phone);

    const unknown = await read("mini://platformapi/startapp?_ariver_appid=nobody");
    assert.equal(unknown.pathname, "/wallet/scan");
    await app.look("scan-unknown");
    await sandbox.verifyLedger();
  });
}

test("pages of history and inbox are turned, newest first, each movement once", async (t) => {
  const { sandbox, town, app } = await stage(t, "en-US", "many");
  const person = await town.person(100);
  for (let count = 1; count <= 60; count += 1) await town.desk.paid(ONLINE, 1, person.userId);
  await eventually("all are told", async () => {
    const told = await sandbox.get("messages");
    return told.filter(({ userId, channel }) => userId === person.userId && channel === "inbox").length >= 61;
  });
  await app.enter(person, "/wallet/history");
  const links = new Set();
  for (;;) {
    for (const link of await app.page.locator("a.move").all()) {
      const href = await link.getAttribute("href");
      assert.ok(!links.has(href), "shown twice");
      links.add(href);
    }
    const older = app.page.locator('main nav a[href^="/wallet/history?before="]').last();
    if ((await older.count()) === 0) break;
    await older.click();
    await app.page.waitForLoadState();
  }
  assert.equal(links.size, 61, "sixty payments and the deposit");
});
