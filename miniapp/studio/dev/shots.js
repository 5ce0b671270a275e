// Pictures of the Studio for people to look at: node miniapp/studio/dev/shots.js URL FOLDER [--only NAME]
//
// Needs the dev server with `--story full` behind URL, playwright-core (miniapp's own), and Chromium (CHROMIUM names it).

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [url = "http://localhost:7690/studio", folder = "test-output/studio", ...rest] = process.argv.slice(2);
const only = rest[0] === "--only" ? rest[1] : undefined;
const SIZES = {
  wide: { width: 1440, height: 860 },
  middle: { width: 1000, height: 800 },
  narrow: { width: 390, height: 844 },
};
const TABS = ["contracts", "payments", "notifications", "messages", "ledger"];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: FLAGS,
});
for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const locale of ["en-US", "ar-IQ"]) await take(size, viewport, colorScheme, locale);
  }
}
await browser.close();

/**
 * @param {string} size
 * @param {{width: number, height: number}} viewport
 * @param {"light" | "dark"} colorScheme
 * @param {string} locale
 */
async function take(size, viewport, colorScheme, locale) {
  const name = `${size}-${colorScheme}-${locale.slice(0, 2)}`;
  if (only && !name.includes(only)) return;
  const page = await browser.newPage({ viewport, colorScheme, locale, reducedMotion: "reduce" });
  page.on("console", (message) => message.type() === "error" && process.stderr.write(`${name}: ${message.text()}\n`));
  page.on("pageerror", (error) => process.stderr.write(`${name}: ${error.stack}\n`));
  const shot = (/** @type {string} */ what) => page.screenshot({ path: join(folder, `${name}-${what}.png`) });
  await page.goto(url);
  await page.locator('[data-step="17"]').first().waitFor({ state: "attached" });
  await page.evaluate(() => document.fonts.ready);
  if (size === "narrow") {
    await shot("phone");
    await page.locator("#views button").nth(1).click();
  }
  await shot("newest");
  await page.locator('[data-step="14"]').first().click();
  await page.waitForTimeout(300);
  await shot("live");
  if (size !== "wide") await page.locator(".detail-close").click();
  for (const tab of TABS) {
    await page.locator(`#tab-${tab}`).click();
    if (tab === "ledger") await page.locator(".verify .button").click();
    await page.waitForTimeout(250);
    await shot(tab);
  }
  await page.close();
}
