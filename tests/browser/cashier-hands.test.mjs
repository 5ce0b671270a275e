// The cashier for people: with the keyboard alone, with a card that says no, with too little money, with a PIN that is locked.
// In both languages at 360 px; pictures go to test-output/screens.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Pictures, SMALL, frameAt, frameGone, isShop, isWalletPage, launch, newPage } from "../support/browser.mjs";
import { assertAccessible, assertFits, assertHeard, cashier, enter, tradePay } from "../support/cashier.mjs";
import { tabTo } from "../support/keyboard.mjs";
import { Merchant } from "../support/openapi.mjs";
import { CARDS, ONLINE, Town } from "../support/orders.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";
import { closeSheet, enterPin, form } from "../support/walk.mjs";

let browser, wallet, sandbox, town;
before(async () => {
  browser = await launch();
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  town = new Town(sandbox, Merchant.ofWallet(wallet));
});
after(async () => {
  await browser?.close();
  await wallet?.stop();
});

/** A shell with the demo Mini Program, and an order whose cashier it has asked for. */
async function stage(t, { language = "en-US", folder, whole = 25, person }) {
  const user = await (person?.() ?? town.person(100, language));
  const page = await newPage(t, browser, { language, viewport: SMALL });
  const pictures = new Pictures(page, `${language}/${folder}`);
  await page.goto(`${wallet.walletUrl}/app?appId=demo-shop`);
  const program = await frameAt(page, isShop(wallet));
  await program.waitForFunction(() => typeof window.my?.tradePay === "function");
  const order = await town.desk.open(ONLINE, whole);
  const call = await tradePay(program, { paymentUrl: order.url });
  const sheet = await cashier(page, wallet);
  const look = async (name) => {
    await assertFits(sheet, name);
    await assertAccessible(sheet, name);
    await pictures.take(name);
  };
  return { user, page, order, call, sheet, look };
}

test("with the keyboard alone: sign in, choose a card, pay, and back to the Mini Program", async (t) => {
  const person = async () => {
    const somebody = await town.person(100);
    await sandbox.post("cards", { userId: somebody.userId, number: CARDS.good });
    return somebody;
  };
  const { user, page, order, call, sheet } = await stage(t, { person });
  await tabTo(page, sheet, 'input[name="phone"]');
  await page.keyboard.type(user.phone);
  await tabTo(page, sheet, 'input[name="pin"]');
  await page.keyboard.type(user.pin);
  await page.keyboard.press("Enter");
  await form(sheet, "confirm").waitFor();
  await tabTo(page, sheet, 'input[name="source"]');
  await page.keyboard.press("ArrowDown");
  await tabTo(page, sheet, 'input[name="pin"]');
  await page.keyboard.type(user.pin);
  await page.keyboard.press("Enter");
  await sheet.locator("#receipt").waitFor();
  await tabTo(page, sheet, "[data-tell]");
  await page.keyboard.press("Enter");
  await assertHeard(call, "success", "9000");
  await frameGone(page, isWalletPage(wallet));
  const { payment } = await sandbox.get(`payments/${order.paymentId}`);
  assert.match(payment.source, /4242/);
  assert.equal(await sandbox.balance(user.userId), 100_000n);
});

test("Escape leaves the cashier: 6001", async (t) => {
  const { page, sheet, call, order } = await stage(t, {});
  await tabTo(page, sheet, 'input[name="phone"]');
  await page.keyboard.press("Escape");
  await assertHeard(call, "fail", "6001");
  assert.equal(await town.desk.status(order), "PROCESSING");
});

/** Types a PIN, sends it, and waits for the page that answers. */
async function sendPin(page, sheet, pin) {
  const answered = page.waitForResponse((answer) => answer.url().includes("/cashier?"));
  await enterPin(sheet, "confirm", pin);
  await (await answered).finished();
  await sheet.waitForLoadState("load");
}

for (const language of ["en-US", "ar-IQ"]) {
  test(`a card that says no is said so first, and the balance pays, ${language}`, async (t) => {
    const names = ["blocked", "notEnough", "expired", "overLimit"];
    const person = async () => {
      const somebody = await town.person(100, language);
      for (const name of names) await sandbox.post("cards", { userId: somebody.userId, number: CARDS[name] });
      return somebody;
    };
    const { page, sheet, user, look, call } = await stage(t, { language, folder: "declined", person });
    await look("log-in");
    await enter(sheet, user);
    for (const name of names) {
      const ending = CARDS[name].slice(-4);
      const source = form(sheet, "confirm").locator(".source", { hasText: ending }).locator('input[name="source"]');
      await source.check({ force: true });
      await sendPin(page, sheet, user.pin);
      const alert = sheet.locator('[role="alert"]').first();
      await alert.waitFor();
      assert.ok((await alert.innerText()).includes(ending), "it says which card");
      await look(name);
      const isFirst = await alert.evaluate((element) => element === document.activeElement);
      assert.ok(isFirst, "it is read first");
    }
    await form(sheet, "confirm").locator('input[name="source"]').first().check({ force: true });
    await enterPin(sheet, "confirm", user.pin);
    await sheet.locator("#receipt").waitFor();
    await closeSheet(page);
    await assertHeard(call, "success", "9000");
  });

  test(`a card whose issuer is silent, ${language}`, async (t) => {
    const person = async () => {
      const somebody = await town.person(100, language);
      await sandbox.post("cards", { userId: somebody.userId, number: CARDS.slow });
      return somebody;
    };
    const { page, sheet, user, look, call, order } = await stage(t, { language, folder: "silent", person });
    await enter(sheet, user);
    await form(sheet, "confirm").locator('input[name="source"]').last().check({ force: true });
    await enterPin(sheet, "confirm", user.pin);
    await sheet.locator("[data-wait]").waitFor();
    await look("waiting");
    await town.wait("PT6M");
    await sheet.locator("#receipt").waitFor();
    await look("paid-while-waiting");
    assert.equal(await town.desk.status(order), "SUCCESS");
    await closeSheet(page);
    await assertHeard(call, "success", "9000");
  });

  test(`too little money: a way on, and nothing that fails, ${language}`, async (t) => {
    const { page, sheet, user, look, call } = await stage(t, { language, folder: "short", person: () => town.person(5, language) });
    await form(sheet, "login").locator('input[name="phone"]').fill(user.phone);
    await enterPin(sheet, "login", user.pin);
    await sheet.locator('a.go[href^="/wallet/top-up"]').waitFor();
    assert.equal(await sheet.locator('input[name="pin"]').count(), 0);
    await look("nothing-pays");
    await closeSheet(page);
    await assertHeard(call, "fail", "6001");
  });

  test(`five wrong PINs lock it, and the order stays payable, ${language}`, async (t) => {
    const { page, sheet, user, look, call, order } = await stage(t, { language, folder: "locked" });
    await enter(sheet, user);
    for (let left = 4; left >= 0; left -= 1) await sendPin(page, sheet, "999999");
    await sheet.locator("section.end").waitFor();
    assert.equal(await form(sheet, "confirm").count(), 0, "no more trying");
    await look("locked");
    await closeSheet(page);
    await assertHeard(call, "fail", "4000"); // this user could not pay it anyway
    assert.equal(await town.desk.status(order), "PROCESSING");
  });
}
