// What becomes of a payment after the cashier, seen from both sides: the merchant's office acts, the user's wallet shows it.
// A hold of which a part is taken, a refund, the escrow, and paying by a code that the wallet shows. In both languages.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Pictures, SMALL, frameAt, frameGone, isWalletPage, launch, newPage, press } from "../support/browser.mjs";
import { assertAccessible, assertFits, cashier } from "../support/cashier.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";
import { enterPin, form, logIn, openShop } from "../support/walk.mjs";

let browser, wallet, sandbox;
before(async () => {
  browser = await launch();
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  await sandbox.post(`users/${sandbox.user("Omar").userId}/top-up`, { amount: { currency: "IQD", value: "200000000" } });
});
after(async () => {
  await browser?.close();
  await wallet?.stop();
});

/** Digits of either language as a number. */
const figures = (text) => text.replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660).replaceAll("٬", ",");

/** A user in the shell, the merchant in the office, and a camera. */
async function stage(t, language, name, folder) {
  const user = sandbox.user(name);
  const page = await newPage(t, browser, { language, viewport: SMALL });
  const pictures = new Pictures(page, `${language}/${folder}`);
  const look = async (place, picture) => {
    await assertFits(place, picture);
    await assertAccessible(place, picture);
    await pictures.take(picture);
  };
  return { user, page, look, language, t };
}

/** Signs in on the first wallet page that comes, and goes on to the cashier. */
async function cashierFor({ page, user }) {
  const door = await frameAt(page, isWalletPage(wallet));
  await form(door, "login").waitFor();
  await logIn(door, user.phone, user.pin);
  await frameAt(page, (url) => isWalletPage(wallet)(url) && url.pathname === "/cashier");
  const sheet = await cashier(page, wallet);
  await form(sheet, "confirm").waitFor();
  return sheet;
}

/** Buys something in the demo Mini Program, until it is paid or held. Answers the shop's frame. */
async function buy(scene, goods, state) {
  const { page, user, look, language } = scene;
  await page.goto(`${wallet.walletUrl}/app?appId=demo-shop`);
  const shop = await openShop(page, wallet, language);
  await press(shop.getByTestId(`buy-${goods}`));
  const sheet = await cashierFor(scene);
  await look(sheet, "cashier");
  await enterPin(sheet, "confirm", user.pin);
  await sheet.locator("#receipt").waitFor();
  await look(sheet, "done");
  await press(sheet.locator('[data-tell="done"]'));
  await frameGone(page, isWalletPage(wallet));
  await shop.locator(`[data-testid="order"] [data-testid="order-state"][data-state="${state}"]`).waitFor();
  return shop;
}

/** The merchant's office in a window of its own, in the same language. */
async function office({ t, language }) {
  const page = await newPage(t, browser, { language, viewport: { width: 1100, height: 800 } });
  await page.goto(`${wallet.merchantUrl}/office`);
  await page.getByTestId("till").waitFor();
  if ((await page.locator("html").getAttribute("lang")) !== language) await page.getByTestId("language").click();
  await page.locator(`html[lang="${language}"]`).waitFor();
  return page;
}

/** The wallet's history entry that is about so much, opened. */
async function receipt({ page }, shown) {
  await page.goto(`${wallet.walletUrl}/wallet/history`);
  await page.locator(".move").filter({ hasText: shown }).first().click();
  await page.locator("#receipt").waitFor();
  return figures(await page.locator("#receipt").innerText());
}

for (const [language, name] of [["en-US", "Sara"], ["ar-IQ", "Omar"]]) {
  test(`a hold of which a part is taken, and of that a part refunded, ${language}`, async (t) => {
    const scene = await stage(t, language, name, "hold");
    const { user, page, look } = scene;
    const had = await sandbox.balance(user.userId);
    await buy(scene, "carp", "HELD");
    assert.equal(await sandbox.balance(user.userId), had - 36_000_000n);
    await page.goto(`${wallet.walletUrl}/wallet`);
    assert.match(figures(await page.locator(".hold").first().innerText()), /36,000/);
    await look(page, "home-with-hold");

    const desk = await office(scene);
    const slip = desk.locator("#orders > li").first();
    await slip.getByTestId("part").fill("29500");
    await slip.getByTestId("capture").click();
    await slip.locator('[data-testid="order-state"][data-state="PAID"]').waitFor();
    assert.equal(await sandbox.balance(user.userId), had - 29_500_000n);
    assert.match(await receipt(scene, /29,500|٢٩٬٥٠٠/), /29,500/);
    await look(page, "receipt-captured");
    await page.goto(`${wallet.walletUrl}/wallet`);
    assert.equal(await page.locator(".hold").count(), 0);

    await slip.getByTestId("part").fill("9500");
    await slip.getByTestId("refund").click();
    await slip.getByTestId("refunded").waitFor();
    await eventually("the money is back", async () => (await sandbox.balance(user.userId)) === had - 20_000_000n);
    assert.match(await receipt(scene, /9,500|٩٬٥٠٠/), /9,500/);
    await look(page, "receipt-refunded");
    await page.goto(`${wallet.walletUrl}/wallet/history`);
    await look(page, "history");
    await desk.screenshot({ path: new URL(`../../test-output/screens/${language}/hold/office.png`, import.meta.url).pathname });
    await sandbox.verifyLedger();
  });

  test(`escrow: the shop takes the order on, the buyer says that it is there, ${language}`, async (t) => {
    const scene = await stage(t, language, name, "escrow");
    const { user, page, look } = scene;
    const had = await sandbox.balance(user.userId);
    const shop = await buy(scene, "coffee-pot", "HELD");
    const desk = await office(scene);
    const slip = desk.locator("#orders > li").first();
    await slip.getByTestId("accept").click();
    await slip.getByTestId("void").waitFor();
    await shop.getByTestId("received").waitFor();
    await press(shop.getByTestId("received"));
    const question = page.getByRole("dialog").or(page.getByRole("alertdialog"));
    await question.waitFor();
    await look(page, "question");
    await question.getByRole("button").last().click();
    await shop.locator('[data-testid="order"] [data-testid="order-state"][data-state="PAID"]').waitFor();
    assert.equal(await sandbox.balance(user.userId), had - 45_000_000n);
    await look(shop, "received");
    await sandbox.verifyLedger();
  });

  test(`the wallet shows a code, the till takes it, ${language}`, async (t) => {
    const scene = await stage(t, language, name, "code");
    const { user, page, look } = scene;
    const had = await sandbox.balance(user.userId);
    await page.goto(`${wallet.walletUrl}/wallet/code`);
    await look(page, "sign-in");
    await page.locator('input[name="phone"]').fill(user.phone);
    await page.locator('input[name="pin"]').fill(user.pin);
    await page.locator('form[action="/wallet/login"] button[type="submit"]').click();
    await page.locator('form[action="/wallet/code"]').waitFor();
    await look(page, "ask");
    await page.locator('input[name="pin"]').fill(user.pin);
    await page.locator('form[action="/wallet/code"] button[type="submit"]').click();
    await page.locator("[data-code]").waitFor();
    await look(page, "shown");
    const digits = (await page.locator(".code-digits").innerText()).replace(/\D/g, "");
    assert.match(digits, /^28\d{16}$/);

    const desk = await office(scene);
    await desk.getByTestId("till-amount").fill("12500");
    await desk.getByTestId("till-code").fill(digits);
    await desk.getByTestId("take").click();
    await desk.locator('[data-testid="till-message"][data-kind="good"]').waitFor();
    assert.equal(await sandbox.balance(user.userId), had - 12_500_000n);
    await desk.getByTestId("till-amount").fill("12500");
    await desk.getByTestId("till-code").fill(digits);
    await desk.getByTestId("take").click();
    await desk.locator('[data-testid="till-message"][data-kind="bad"]').waitFor();
    assert.equal(await sandbox.balance(user.userId), had - 12_500_000n, "once");
    assert.match(await receipt(scene, /12,500|١٢٬٥٠٠/), /12,500/);
    await look(page, "receipt");
    await sandbox.verifyLedger();
  });
}
