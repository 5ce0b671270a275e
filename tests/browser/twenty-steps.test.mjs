// The twenty steps of the third seed, driven by hand in a real browser, in both languages: signed in silently, ordered, paid
// in the cashier, heard, notified, told to the user. Every step leaves its trace in the live list; pictures go to
// test-output/screens.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Pictures, SMALL, frameAt, frameGone, isWalletPage, launch, newPage, press } from "../support/browser.mjs";
import { assertAccessible, assertFits, cashier } from "../support/cashier.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";
import { enterPin, form, logIn, openShop } from "../support/walk.mjs";

const TWENTY = Array.from({ length: 20 }, (_, index) => index + 1);

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** The steps of the cashier's diagram that the live list has seen. */
async function seen(sandbox) {
  const { calls } = await sandbox.get("calls?after=0");
  const ours = calls.filter(({ story }) => story === "pay");
  const steps = ours.flatMap(({ step, replyStep }) => [step, replyStep]).filter((step) => step !== null);
  return [...new Set(steps)].sort((one, other) => one - other);
}

for (const [language, name] of [["en-US", "Sara"], ["ar-IQ", "Omar"]]) {
  test(`login, order, my.tradePay, cashier, PIN, 9000, notification, message, ${language}`, async (t) => {
    const wallet = await startWallet();
    t.after(() => wallet.stop());
    const sandbox = new Sandbox(wallet);
    const user = sandbox.user(name);
    const had = await sandbox.balance(user.userId);
    const page = await newPage(t, browser, { language, viewport: SMALL });
    const pictures = new Pictures(page, `${language}/pay`);
    const look = async (place, picture) => {
      await assertFits(place, picture);
      await assertAccessible(place, picture);
      await pictures.take(picture);
    };
    await page.goto(`${wallet.walletUrl}/app?appId=demo-shop`);
    const shop = await openShop(page, wallet, language);
    await look(shop, "market");

    // 1 to 8: nobody is signed in, so the wallet asks who is there before it tells the merchant.
    await press(shop.getByTestId("buy-olive-oil"));
    const door = await frameAt(page, isWalletPage(wallet));
    await form(door, "login").waitFor();
    await look(door, "who-is-there");
    await logIn(door, user.phone, user.pin);

    // 9 to 13: the order, and its cashier.
    const isCashier = (url) => isWalletPage(wallet)(url) && url.pathname === "/cashier";
    await frameAt(page, isCashier);
    const sheet = await cashier(page, wallet);
    await form(sheet, "confirm").waitFor();
    assert.equal(await sheet.locator("html").getAttribute("lang"), language);
    assert.equal(await sheet.locator("html").getAttribute("dir"), language === "ar-IQ" ? "rtl" : "ltr");
    const words = await sheet.locator("main").innerText();
    assert.ok(words.includes(language === "ar-IQ" ? "سوق زيتون" : "Zaytoun Market"), words);
    assert.match(words, /14,000|١٤٬٠٠٠/);
    await look(sheet, "cashier");
    await enterPin(sheet, "confirm", "999999");
    await sheet.locator('[role="alert"]').first().waitFor();
    await look(sheet, "cashier-wrong-pin");
    assert.equal(await sandbox.balance(user.userId), had);

    // 14 to 18: the PIN, the payment, and the code that the Mini Program hears.
    await enterPin(sheet, "confirm", user.pin);
    await sheet.locator("#receipt").waitFor();
    await look(sheet, "paid");
    assert.equal(await sandbox.balance(user.userId), had - 14_000_000n);
    await press(sheet.locator('[data-tell="done"]'));
    await frameGone(page, isWalletPage(wallet));
    await shop.locator('[data-testid="order"] [data-testid="order-state"][data-state="PAID"]').waitFor();

    // 19: signed, verified and acknowledged by the merchant.
    const [{ paymentId }] = (await sandbox.get("payments")).slice(-1);
    const delivered = (row) => row.paymentId === paymentId && row.state === "DELIVERED" && row.kind === "payment";
    await eventually("the merchant is told", async () => (await sandbox.get("notifications")).some(delivered));
    await look(shop, "order-paid");
    // 20: the user is told, and reads it in the wallet.
    const about = async () => (await sandbox.get("messages")).filter((message) => message.paymentId === paymentId);
    await eventually("the user is told", async () => (await about()).length === 3);
    assert.deepEqual(new Set((await about()).map(({ channel }) => channel)), new Set(["sms", "email", "inbox"]));
    await eventually("all twenty steps are seen", async () => (await seen(sandbox)).length === TWENTY.length);
    assert.deepEqual(await seen(sandbox), TWENTY);

    await page.goto(`${wallet.walletUrl}/wallet`);
    await look(page, "home");
    await page.goto(`${wallet.walletUrl}/wallet/inbox`);
    const letter = page.locator(".letter.new").first();
    assert.match(await letter.innerText(), language === "ar-IQ" ? /سوق زيتون[^]*١٤٬٠٠٠/ : /Zaytoun Market[^]*14,000/);
    await look(page, "inbox");
    await letter.click();
    await page.locator(".message-text").waitFor();
    await look(page, "message");
    await page.goto(`${wallet.walletUrl}/wallet/inbox`);
    await page.locator(".letter").first().waitFor();
    assert.equal(await page.locator(".letter.new").filter({ hasText: /14,000|١٤٬٠٠٠/ }).count(), 0, "it is read");
    await page.goto(`${wallet.walletUrl}/wallet/history`);
    await page.locator(".move").filter({ hasText: /14,000|١٤٬٠٠٠/ }).first().click();
    await page.locator("#receipt").waitFor();
    assert.ok((await page.locator("#receipt").innerText()).includes(paymentId));
    await look(page, "receipt");
    await sandbox.verifyLedger();
  });
}
