// The signing page for people: with the keyboard alone, as narrow as pages come, in both languages, with plans of every kind, with
// too little money, and with a PIN that is wrong. Pictures go to test-output/screens.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AlipayMerchant, atWill, day, monthly, monthsLater, periodic } from "../support/alipay.mjs";
import { figures } from "../support/app.mjs";
import { Pictures, SMALL, frameGone, isWalletPage, launch } from "../support/browser.mjs";
import { assertAccessible, assertFits, enter } from "../support/cashier.mjs";
import { tabTo } from "../support/keyboard.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";
import { openShell, paySignCenter, signingPage } from "../support/signing.mjs";
import { closeSheet, enterPin, form } from "../support/walk.mjs";

let browser, wallet, sandbox, merchant, first, number = 0;
before(async () => {
  browser = await launch();
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = await AlipayMerchant.ofWallet(sandbox);
  first = monthsLater(`${(await day(sandbox)).slice(0, 8)}05`, 1);
});
after(async () => {
  await browser?.close();
  await wallet?.stop();
});

/** A shell with the demo Mini Program, and a signing page that it has asked for. */
async function stage(t, { language = "en-US", folder = "signing", content, plan = {}, more = {} }) {
  number += 1;
  const no = `HANDS${String(number).padStart(4, "0")}`;
  const { page, program } = await openShell(t, browser, wallet, { language, viewport: SMALL });
  const pictures = new Pictures(page, `${language}/${folder}`);
  const heard = await paySignCenter(program, merchant.signStr(content?.(no) ?? periodic(no, monthly(first, plan), more)));
  const sheet = await signingPage(page, wallet);
  const look = async (name) => {
    await assertFits(sheet, name);
    await assertAccessible(sheet, name);
    await pictures.take(name);
    // The whole of it, as long as it is.
    const height = await sheet.evaluate(() => document.documentElement.scrollHeight + 80);
    if (height <= SMALL.height) return;
    await page.setViewportSize({ ...SMALL, height });
    await pictures.take(`${name}-whole`);
    await page.setViewportSize(SMALL);
  };
  return { page, program, heard, sheet, look, no };
}

test("with the keyboard alone: sign in, read, sign, and back to the Mini Program", async (t) => {
  const sara = sandbox.user("Sara");
  const { page, heard, sheet } = await stage(t, {});
  await tabTo(page, sheet, 'input[name="phone"]');
  await page.keyboard.type(sara.phone);
  await tabTo(page, sheet, 'input[name="pin"]');
  await page.keyboard.type(sara.pin);
  await page.keyboard.press("Enter");
  await form(sheet, "confirm").waitFor();
  await tabTo(page, sheet, 'form[action$="/confirm"] input[name="pin"]');
  await page.keyboard.type(sara.pin);
  await page.keyboard.press("Enter");
  await frameGone(page, isWalletPage(wallet));
  assert.equal((await heard.answer()).resultStatus, "7000");
});

test("with the keyboard alone: say no", async (t) => {
  const { page, heard, sheet } = await stage(t, {});
  await tabTo(page, sheet, 'form[action$="/decline"] button');
  await page.keyboard.press("Enter");
  assert.equal((await heard.answer()).resultStatus, "6001");
});

for (const [language, name] of [["en-US", "Sara"], ["ar-IQ", "Omar"]]) {
  test(`a plan by the month, with a wrong PIN on the way, ${language}`, async (t) => {
    const user = sandbox.user(name);
    const { sheet, look, page, heard } = await stage(t, { language, folder: "signing-month" });
    await look("sign-in");
    await enter(sheet, { ...user, pin: user.pin });
    assert.equal(await sheet.locator("html").getAttribute("dir"), language === "ar-IQ" ? "rtl" : "ltr");
    const words = figures(await sheet.locator("main").innerText());
    for (const fact of [/9[.,٫]90/, /118[.,٫]80/, /12/, /sara@reader\.example/]) assert.match(words, fact);
    await look("plan");
    await enterPin(sheet, "confirm", "999999");
    await sheet.locator('[role="alert"]').first().waitFor();
    await look("wrong-pin");
    const answered = page.waitForResponse((answer) => answer.url().endsWith("/confirm"));
    await enterPin(sheet, "confirm", user.pin);
    await answered;
    assert.equal((await heard.answer()).resultStatus, "7000");
  });

  test(`plans of other kinds, ${language}`, async (t) => {
    const user = sandbox.user(name);
    const kinds = {
      "every-ten-days": { plan: { period_type: "DAY", period: 10, total_payments: undefined, total_amount: undefined } },
      "every-week": { plan: { period_type: "DAY", period: 7, total_payments: 4, total_amount: undefined } },
      "every-quarter": { plan: { period: 3, total_amount: "39.60", total_payments: 4 } },
      "once": { plan: { total_payments: 1, total_amount: undefined } },
      "for-two-months": { more: { sign_validity_period: "2m", external_logon_id: undefined } },
      "first-day-over": { plan: { execute_time: monthsLater(first, -3) } },
      "at-will": { content: (no) => atWill(no, { external_logon_id: "٠٧٧٠ سارة" }) },
    };
    for (const [kind, request] of Object.entries(kinds)) {
      const { sheet, look, page, heard } = await stage(t, { language, folder: "signing-kinds", ...request });
      await enter(sheet, user);
      await look(kind);
      await closeSheet(page);
      assert.equal((await heard.answer()).resultStatus, "6001");
    }
  });

  test(`too little money does not stop anybody from signing, and is said, ${language}`, async (t) => {
    const { sheet, look, heard } = await stage(t, { language, folder: "signing-short" });
    const noor = sandbox.user("Noor");
    await enter(sheet, noor);
    await sheet.locator(".notice.wait").waitFor();
    await look("short");
    await enterPin(sheet, "confirm", noor.pin);
    assert.equal((await heard.answer()).resultStatus, "7000");
  });
}

test("what merchants write is text, never HTML", async (t) => {
  const attack = '<img src=x onerror="window.pwned=1"><b>bold</b>&amp;';
  const { sheet } = await stage(t, { more: { external_logon_id: attack } });
  await enter(sheet, sandbox.user("Sara"));
  assert.ok((await sheet.locator("main").textContent()).includes(attack));
  assert.equal(await sheet.evaluate(() => window.pwned), undefined);
  assert.equal(await sheet.locator("main b", { hasText: "bold" }).count(), 0);
});
