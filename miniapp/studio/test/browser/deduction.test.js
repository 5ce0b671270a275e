// Periodic deduction in the Studio, in a real browser over the dev server's pretended wallet: its steps, the mistakes in a signStr, two
// texts compared, a plan among the contracts, the gateway's apps. CHROMIUM names the browser.

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
const open = (t, options = {}) => openStudio(t, browser, { story: "deduct", ...options });
/** @param {Page} page @param {string} text the arrow of a call, by what is written on it */
const arrow = (page, text) => page.locator(".arrow.onward, .arrow.self", { hasText: text });

test("the sixteen steps are counted, in their order, and each is said in words", async (t) => {
  const page = await open(t);
  await page.getByRole("button", { name: "Sixteen steps" }).click();
  const steps = await page.locator(".arrow").evaluateAll((rows) => rows.map((row) => Number(row.getAttribute("data-step"))));
  assert.deepEqual([...new Set(steps)].sort((one, other) => one - other), Array.from({ length: 16 }, (_, index) => index + 1));
  await page.locator('[data-step="12"]').first().click();
  await page.locator("#detail").getByText("The wallet notifies the backend: trade_status_sync.").waitFor();
  await page.locator("#detail").getByText("out_trade_no").first().waitFor();
});

test("a signStr that was encoded once only is told so, with what to do and with what it holds", async (t) => {
  const page = await open(t);
  const detail = page.locator("#detail");
  await arrow(page, "my.paySignCenter").first().click();
  await detail.locator(".mistakes").getByText("Encoded once only").waitFor();
  await detail.getByText("percent-encode it once more").waitFor();
  await detail.getByText("alipay.user.agreement.page.sign").first().waitFor();
  await arrow(page, "my.paySignCenter").last().click();
  await detail.getByText("Steps 3 and 8 of 16").waitFor();
  assert.equal(await detail.locator(".mistakes").count(), 0);
  await arrow(page, "signStr").last().click();
  await detail.getByText("valid", { exact: true }).waitFor();
});

test("a call of the gateway shows its parameters, its sum, what it changed; and no curl of the other dialect", async (t) => {
  const page = await open(t);
  const detail = page.locator("#detail");
  await arrow(page, "alipay.trade.pay").first().click();
  assert.match(await arrow(page, "alipay.trade.pay").first().innerText(), /9\.90/);
  await detail.getByRole("heading", { name: "alipay.trade.pay" }).waitFor();
  await detail.locator(".s-line", { hasText: "biz_content" }).waitFor();
  await detail.getByText("The postings add up to zero.").waitFor();
  assert.equal(await detail.getByRole("button", { name: "Copy as curl" }).count(), 0);
});

test("a signature that does not fit: the text the wallet checked, compared with the one that was signed", async (t) => {
  const page = await open(t);
  const detail = page.locator("#detail");
  await arrow(page, "alipay.user.agreement.query").first().click();
  await detail.getByText("not valid").waitFor();
  await detail.getByRole("button", { name: "Copy", exact: true }).first().click();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /^app_id=2021000000000001&biz_content=\{.*&version=1\.0$/);
  await detail.getByText("Compare with what your server signed").click();
  await detail.locator("textarea").fill(text);
  await detail.getByText("The same, byte for byte").waitFor();
  await detail.locator("textarea").fill(text.replace("&sign_type=RSA2", ""));
  await detail.locator(".differences", { hasText: "sign_type arrived, but your server did not sign it." }).waitFor();
});

test("a contract shows its plan, and below are the apps of the gateway", async (t) => {
  const page = await open(t);
  await page.getByRole("tab", { name: "Contracts" }).click();
  const panel = page.locator("#tab-panel");
  for (const text of ["every month", "12 times", "INDUSTRY|DIGITAL_MEDIA", "FILM20261201", "every 7 days", "3 December 2026 · no. 5", "the wallet itself", "once"]) await panel.getByText(text).first().waitFor();
  assert.equal(await panel.getByText("no limit set").count(), 0);
  await panel.getByText("Apps of the gateway").click();
  for (const text of ["2021000000000001", "a public key · also SHA-1", "http://127.0.0.1:7610/notify", "the wallet itself"]) await panel.getByText(text).first().waitFor();
});

test("a notification of the gateway is shown by its parameters", async (t) => {
  const page = await open(t);
  await page.getByRole("tab", { name: "Notifications" }).click();
  await page.locator("#tab-panel .record").first().click();
  await page.locator("#detail").getByRole("heading", { name: "notification of the gateway" }).waitFor();
  await page.locator("#detail .s-line", { hasText: "notify_type" }).waitFor();
});

test("the clock is moved by a year with one button", async (t) => {
  const page = await open(t, { story: "empty" });
  const year = new Date().getFullYear() + 1;
  await page.locator(".clock > .clock-lever").last().click();
  await page.locator(".clock-face", { hasText: String(year) }).waitFor();
});

for (const [locale, colorScheme] of /** @type {const} */ ([["en-US", "light"], ["ar-IQ", "dark"]])) {
  for (const width of [1440, 360]) {
    test(`nothing is cut off and axe finds nothing: ${width} px, ${colorScheme}, ${locale}`, async (t) => {
      const page = await open(t, { width, locale, colorScheme, bypassCSP: true });
      const isDrawer = width < 1200;
      const shut = async () => void (isDrawer && (await page.locator(".detail-close").click()));
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await arrow(page, "my.paySignCenter").first().click();
      await page.locator("#detail .mistakes").waitFor();
      assert.deepEqual(await violations(page), []);
      await shut();
      await arrow(page, "alipay.user.agreement.query").first().click();
      await page.locator("#detail .compare summary").click();
      await page.locator("#detail textarea").fill("app_id=1");
      await page.locator("#detail .differences li").first().waitFor();
      assert.deepEqual(await violations(page), []);
      await shut();
      await page.locator("#tab-contracts").click();
      await page.locator(".apps summary").click();
      await page.locator(".apps .card").first().waitFor();
      assert.deepEqual(await violations(page), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    });
  }
}
