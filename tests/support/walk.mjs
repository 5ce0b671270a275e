// A person's way through the demo, in a real browser: subscribe, sign in, agree, be charged, end it.

import assert from "node:assert/strict";
import { frameAt, frameGone, isShop, isWalletPage, press } from "./browser.mjs";
import { eventually } from "./sandbox.mjs";

/** The demo shop's frame, in the language that is wanted. */
export async function openShop(page, wallet, language = "en-US") {
  const shop = await frameAt(page, isShop(wallet));
  await shop.getByTestId("subscribe").waitFor();
  // A button that is pressed before the page listens does nothing: it is pressed until the page has changed.
  await eventually(`the shop speaks ${language}`, async () => {
    const spoken = () => shop.locator("html").getAttribute("lang");
    if ((await spoken()) === language) return true;
    await press(shop.getByTestId("language"));
    return (await spoken()) === language;
  });
  return shop;
}

/** Presses subscribe and waits for the wallet's page. */
export async function startSigning(page, wallet, shop) {
  await press(shop.getByTestId("subscribe"));
  const sheet = await frameAt(page, isWalletPage(wallet));
  await sheet.locator("main").waitFor();
  return sheet;
}

/** The form of a wallet page that does `action`: login, confirm or decline. */
export const form = (sheet, action) => sheet.locator(`form[action$="/${action}"]`);

/** Types a PIN and presses the form's button. */
export async function enterPin(sheet, action, pin) {
  const part = form(sheet, action);
  await part.locator('input[name="pin"]').fill(pin);
  await press(part.locator('button[type="submit"]').first());
}

/** Signs in on the wallet's page. */
export async function logIn(sheet, phone, pin) {
  await form(sheet, "login").locator('input[name="phone"]').fill(phone);
  await enterPin(sheet, "login", pin);
}

/** Presses the shell's own button above the wallet page. */
export const closeSheet = (page) => page.getByRole("button", { name: /^(Close this page and go back|إغلاق هذه الصفحة والرجوع)$/ }).click();

/** Waits until the shop's subscription is in `state`; where there is none, the page does not speak of it. */
export const shopState = (shop, state) =>
  shop.locator(`[data-testid="state"][data-state="${state}"]`).waitFor({ state: "attached" });

/** All seventeen steps as `user`, with a wrong PIN on the way. `take(name)` keeps a picture. */
export async function walk({ page, wallet, sandbox, language, user, take }) {
  const shop = await openShop(page, wallet, language);
  await take("shop");

  let sheet = await startSigning(page, wallet, shop);
  assert.equal(await sheet.locator("html").getAttribute("lang"), language);
  assert.equal(await sheet.locator("html").getAttribute("dir"), language === "ar-IQ" ? "rtl" : "ltr");
  await form(sheet, "login").or(form(sheet, "confirm")).waitFor();
  // The Studio has signed its browser in already.
  if ((await form(sheet, "login").count()) > 0) {
    await take("log-in");
    await logIn(sheet, user.phone, "999999");
    await sheet.locator('[role="alert"]').first().waitFor();
    await take("log-in-wrong-pin");
    await logIn(sheet, user.phone, user.pin);
    sheet = await frameAt(page, isWalletPage(wallet));
    await form(sheet, "confirm").waitFor();
  }
  const words = await sheet.locator("body").innerText();
  assert.ok(words.includes(language === "ar-IQ" ? "سوق زيتون" : "Zaytoun Market"), words);
  assert.match(words, /5,000|٥٬٠٠٠/);
  await take("agree");
  await enterPin(sheet, "confirm", "999999");
  await sheet.locator('[role="alert"]').first().waitFor();
  await take("agree-wrong-pin");
  await enterPin(sheet, "confirm", user.pin);
  await frameGone(page, isWalletPage(wallet));

  await shopState(shop, "active");
  await take("subscribed");
  const had = await sandbox.balance(user.userId);
  await press(shop.getByTestId("charge"));
  await shop.locator('[data-testid="charges"] li').first().waitFor();
  await eventually("the charge is through", async () => (await sandbox.balance(user.userId)) === had - 5_000_000n);
  const [payment] = (await sandbox.get("payments")).filter((one) => one.userId === user.userId).slice(-1);
  await eventually("the merchant is told", async () =>
    (await sandbox.get("notifications")).some((row) => row.paymentId === payment.paymentId && row.state === "DELIVERED"),
  );
  // The Mini Program says so when its backend has heard it.
  await shop.locator('[data-testid="timeline"]').getByText(/notified|أشعرت/).first().waitFor();
  await take("charged");
  const channels = new Set(
    (await sandbox.get("messages")).filter(({ paymentId }) => paymentId === payment.paymentId).map(({ channel }) => channel),
  );
  assert.deepEqual(channels, new Set(["sms", "email", "inbox"]));
  await sandbox.verifyLedger();
  return { shop, payment };
}

/** Ends the subscription in the shop; the question is drawn by the wallet. */
export async function endInShop(page, shop) {
  await press(shop.getByTestId("cancel"));
  const question = page.getByRole("dialog").or(page.getByRole("alertdialog"));
  await question.getByRole("button", { name: /^(End it|أنهِه)$/ }).click();
  await shopState(shop, "ended");
}
