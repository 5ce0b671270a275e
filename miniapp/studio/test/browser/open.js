// Opens the Studio over the dev server's pretended wallet, and asks axe.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {{story?: string, width?: number, locale?: string, colorScheme?: "light" | "dark", bypassCSP?: boolean}} Options */

const SERVER = fileURLToPath(new URL("../../dev/server.js", import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = ["--disable-gpu", "--disable-background-networking", "--no-first-run"];
/** The step by which a story is known to be there. */
const LAST = /** @type {Record<string, number>} */ ({ deduct: 16 });

/** Chromium, as CHROMIUM names it. */
export function startBrowser() {
  const args = process.getuid?.() === 0 ? [...FLAGS, "--no-sandbox"] : FLAGS;
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args });
}

/**
 * A page with the Studio over a wallet of its own. What the page's policy refuses, and what it throws, fails the test.
 * @param {import("node:test").TestContext} t
 * @param {import("playwright-core").Browser} browser
 * @param {Options} [options]
 */
export async function openStudio(t, browser, options = {}) {
  const { story = "full", width = 1440, locale = "en-US", colorScheme = "light", bypassCSP = false } = options;
  const server = spawn(process.execPath, [SERVER, "--port", "0", "--story", story]);
  const [line] = await once(server.stdout, "data");
  const context = await browser.newContext({
    viewport: { width, height: 860 },
    locale,
    colorScheme,
    bypassCSP,
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error.stack)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  t.after(async () => {
    await context.close();
    server.kill();
    assert.deepEqual(errors, []);
  });
  await page.goto(/http:\S+/.exec(String(line))?.[0] ?? "");
  await page.locator("#bar .clock").waitFor();
  if (story !== "empty") await page.locator(`[data-step="${LAST[story] ?? 17}"]`).first().waitFor({ state: "attached" });
  if (width < 880) await page.locator("#views button").nth(1).click();
  return page;
}

/** What axe finds, in a line each. @param {Page} page */
export async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => /** @type {any} */ (window).axe.run());
  return found.violations.map((/** @type {any} */ one) => `${one.id}: ${one.nodes[0].html}`);
}
