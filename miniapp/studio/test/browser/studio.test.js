// The Studio in a real browser, over the dev server's pretended wallet. CHROMIUM names the browser.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openStudio, startBrowser, violations } from "./open.js";

/** @typedef {import("playwright-core").Page} Page */

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

/** @param {import("node:test").TestContext} t @param {import("./open.js").Options} [options] */
const open = (t, options) => openStudio(t, browser, options);

/** @param {Page} page */
const steps = (page) => page.locator(".arrow").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-step")));
/** @param {Page} page */
const isAtEnd = (page) =>
  page.locator(".diagram-scroll").evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 2);

test("an empty Studio says what to do first, and then shows the seventeen steps as they happen", async (t) => {
  const page = await open(t, { story: "empty" });
  await page.getByText("Choose a demo user above").waitFor();
  await page.locator(".user-picker > button").click();
  await page.getByRole("menuitemradio", { name: /Omar/ }).click();
  await page.getByText("Press Subscribe or Buy in the phone").waitFor();
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.locator(".arrow.waiting").first().waitFor();
  await page.locator('[data-step="17"]').waitFor();
  const seen = (await steps(page)).filter((step) => step !== null).map(Number);
  assert.deepEqual(
    seen,
    Array.from({ length: 17 }, (_, index) => index + 1),
  );
  await page.locator(".user-picker").getByText("45,000").first().waitFor();
});

test("it follows the newest arrow until one scrolls up, and again when asked to", async (t) => {
  const page = await open(t);
  assert.equal(await isAtEnd(page), true);
  assert.equal(await page.locator(".newest").isVisible(), false);
  await page.locator(".diagram-scroll").evaluate((box) => box.scrollTo(0, 0));
  await page.locator(".newest").waitFor();
  await page.getByRole("button", { name: "Charge now" }).click();
  await page.locator('[data-step="14"]').nth(2).waitFor({ state: "attached" });
  assert.equal(await isAtEnd(page), false);
  await page.locator(".newest").click();
  assert.equal(await isAtEnd(page), true);
});

test("arrow keys choose, Enter opens, Escape leads back", async (t) => {
  const page = await open(t, { width: 1000 });
  await page.locator(".arrows").focus();
  await page.keyboard.press("Home");
  for (let press = 0; press < 10; press += 1) await page.keyboard.press("ArrowDown");
  const chosen = page.locator('[aria-selected="true"].arrow');
  assert.equal(await chosen.getAttribute("data-step"), "11");
  assert.equal(await page.locator("#detail").isVisible(), false);
  await page.keyboard.press("Enter");
  await page.locator("#detail h2:focus").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".arrows:focus").waitFor();
  await page.locator("#detail").waitFor({ state: "hidden" });
});

test("an opened payment shows its signed text, what it changed and what it caused", async (t) => {
  const page = await open(t);
  await page.locator('[data-step="14"]').first().click();
  const detail = page.locator("#detail");
  await detail.getByText("POST /v1/payments/pay").first().waitFor();
  const signed = await detail.locator(".signed pre").innerText();
  const request = detail.locator("section.part:has(h3:text-is('Request'))");
  await request.getByRole("button", { name: "Exact bytes" }).click();
  const sent = await request.locator("pre").innerText();
  assert.ok(signed.endsWith(sent), "the signed text ends with the very body");
  await detail.getByText("Zaytoun Market, credit").waitFor();
  await detail.getByText("delivered · 1st try").waitFor();
  await detail.getByRole("button", { name: "Copy as curl" }).click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /openssl dgst -sha256 -sign/);
});

test("filters leave the seventeen steps, or the errors; clearing leaves what to do", async (t) => {
  const page = await open(t);
  await page.getByRole("button", { name: "Seventeen steps" }).click();
  assert.ok((await steps(page)).every((step) => step !== null));
  await page.getByRole("button", { name: "Errors", exact: true }).click();
  assert.equal(await page.locator(".arrow:not(.bad)").count(), 0);
  await page.getByRole("button", { name: "All", exact: true }).click();
  await page.getByRole("button", { name: "Clear view" }).click();
  await page.getByText("Nothing has happened yet").waitFor();
});

test("a purchase shows the twenty steps as they happen, and the diagram counts the story that goes on", async (t) => {
  const page = await open(t, { story: "signed" });
  const told = (/** @type {string} */ name) => page.getByRole("button", { name, exact: true });
  assert.equal(await told("Agreement").getAttribute("aria-pressed"), "true");
  await page.getByRole("button", { name: "Buy once" }).click();
  await page.locator('[data-step="20"]').waitFor();
  assert.equal(await told("Payment").getAttribute("aria-pressed"), "true");
  await told("Twenty steps").click();
  assert.deepEqual(
    await steps(page),
    Array.from({ length: 20 }, (_, index) => String(index + 1)),
  );
  await told("Agreement").click();
  await told("Seventeen steps").waitFor();
  assert.equal((await steps(page)).length, 17);
  await told("Payment").click();
  await page.locator('[data-step="13"]').click();
  await page.locator("#detail").getByText("Steps 13 and 18 of 20").waitFor();
  await page.locator("#detail").getByText("The Mini Program calls my.tradePay with it.").waitFor();
});

test("an order shows how it stands and what happened to it, each with what it changed", async (t) => {
  const page = await open(t, { story: "pay" });
  const detail = page.locator("#detail");
  await page.getByRole("tab", { name: "Payments" }).click();
  await page.locator("#tab-panel .record").first().click();
  for (const text of ["hold, then capture", "Released", "What happened since"]) await detail.getByText(text).first().waitFor();
  await detail.getByRole("button", { name: /Capture/ }).click();
  await detail.getByRole("heading", { name: /Capture · .*15,000/ }).waitFor();
  assert.equal(await detail.locator(".changes tr").count(), 4);
  await detail.getByRole("button", { name: "The payment" }).click();
  await page.locator("#tab-panel .record").last().click();
  await detail.getByText("Refunded").waitFor();
  await detail.getByRole("button", { name: /Refund.*refused/ }).click();
  await detail.getByText("REFUND_AMOUNT_EXCEED").waitFor();
  await detail.getByText("No money moved.").waitFor();
  // The same from the arrow of the call that asked for it.
  await page.getByRole("tab", { name: "Live" }).click();
  await page.locator(".arrow.onward", { hasText: "payments/refund" }).first().click();
  await detail.getByText("POST /v1/payments/refund").first().waitFor();
  assert.equal(await detail.locator(".changes tr").count(), 2);
});

test("the clock is moved from the bar, shows that it is simulated, and comes back", async (t) => {
  const page = await open(t, { story: "empty" });
  assert.equal(await page.locator(".clock.shifted").count(), 0);
  await page.locator(".clock > .clock-lever").last().click();
  await page.locator(".clock.shifted").getByText("simulated").waitFor();
  await page.locator(".clock-open").click();
  await page.locator(".clock-form input").fill("a month");
  await page.locator(".clock-form button").click();
  assert.equal(await page.locator(".clock-form input:invalid").count(), 1);
  await page.getByRole("button", { name: "Back to now" }).click();
  await page.locator(".clock:not(.shifted)").waitFor();
});

test("switching the language turns the page around and leaves the phone alone", async (t) => {
  const page = await open(t);
  await page.locator("#phone > div").evaluate((phone) => phone.setAttribute("data-same", "yes"));
  await page.locator('[data-step="14"]').first().click();
  await page.locator(".language").click();
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [
    "ar",
    "rtl",
  ]);
  await page.locator("#detail").getByText("التوقيع").waitFor();
  assert.equal(await page.locator('[data-step="14"][aria-selected="true"]').count(), 1);
  assert.equal(await page.locator("#phone > [data-same]").count(), 1);
});

test("every tab shows its records, a notification can be sent again, the ledger proved", async (t) => {
  const page = await open(t);
  await page.getByRole("tab", { name: "Contracts" }).click();
  await page.getByText("What Sara Ali Hasan accepted").waitFor();
  await page.getByRole("tab", { name: "Payments" }).click();
  await page.locator("#tab-panel .record").first().click();
  await page.locator("#detail").getByText("USER_BALANCE_NOT_ENOUGH").waitFor();
  await page.getByRole("tab", { name: "Notifications" }).click();
  await page.locator("li", { hasText: "given up" }).getByRole("button", { name: "Send again" }).click();
  await page.getByText("given up").waitFor({ state: "detached" });
  await page.getByRole("tab", { name: "Messages" }).click();
  await page.locator(".message.sms").first().waitFor();
  await page.getByRole("tab", { name: "Ledger" }).click();
  await page.getByRole("button", { name: "Verify the ledger" }).click();
  await page.getByText("Everything adds up").waitFor();
});

for (const locale of ["en-US", "ar-IQ"]) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const width of [1440, 1200, 900, 390]) {
      test(`nothing is cut off and axe finds nothing: ${width} px, ${colorScheme}, ${locale}`, async (t) => {
        // axe writes styles into the page, which the page's own policy would refuse.
        const page = await open(t, { width, locale, colorScheme, bypassCSP: true });
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        await page.locator('[data-step="14"]').first().click();
        await page.locator("#detail .changes").waitFor();
        assert.deepEqual(await violations(page), []);
        if (width < 1200) await page.locator(".detail-close").click();
        for (const tab of ["contracts", "payments", "notifications", "messages", "ledger"]) {
          await page.locator(`#tab-${tab}`).click();
          await page.locator("#tab-panel .tab-body:not([aria-busy])").waitFor();
          assert.deepEqual(await violations(page), [], tab);
        }
      });
    }
  }
}

for (const [locale, colorScheme] of /** @type {const} */ ([["en-US", "light"], ["ar-IQ", "dark"]])) {
  for (const width of [1440, 360]) {
    test(`the cashier's story, nothing is cut off and axe finds nothing: ${width} px, ${colorScheme}, ${locale}`, async (t) => {
      const page = await open(t, { story: "pay", width, locale, colorScheme, bypassCSP: true });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await page.locator('[data-step="13"]').first().click();
      await page.locator("#detail .sentences").waitFor();
      assert.deepEqual(await violations(page), []);
      if (width < 1200) await page.locator(".detail-close").click();
      await page.locator("#tab-payments").click();
      await page.locator("#tab-panel .record").first().click();
      await page.locator("#detail .records").waitFor();
      assert.deepEqual(await violations(page), []);
      await page.locator("#detail .record").first().click();
      await page.locator("#detail .pairs").waitFor();
      assert.deepEqual(await violations(page), []);
    });
  }
}
