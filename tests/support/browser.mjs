// A real browser, the frames inside the shell, and the screenshots that a test leaves behind.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { eventually } from "./sandbox.mjs";

const SCREENS = fileURLToPath(new URL("../../test-output/screens/", import.meta.url));
const FLAGS = [
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

export const PHONE = { width: 390, height: 844 };
/** The narrowest that is supported. */
export const SMALL = { width: 360, height: 740 };
export const DESK = { width: 1440, height: 860 };

/** Starts Chromium: `CHROMIUM` names it, xtask finds it. */
export function launch() {
  // Chromium's own sandbox does not work for root.
  const args = process.getuid() === 0 ? [...FLAGS, "--no-sandbox"] : FLAGS;
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args });
}

/** A fresh page with its own cookies, closed when the test `t` ends. Errors in any of its frames fail the test. */
export async function newPage(t, browser, { language = "en-US", viewport = PHONE, allowErrors = false } = {}) {
  const context = await browser.newContext({ viewport, locale: language });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.stack ?? String(error)));
  t.after(async () => {
    await context.close();
    if (!allowErrors) assert.deepEqual(errors, [], "no page threw");
  });
  return page;
}

/** Waits for a frame whose address passes `fits(url)`. */
export const frameAt = (page, fits) =>
  eventually("a frame with that address", () => page.frames().find((frame) => frame.url() !== "" && fits(new URL(frame.url(), "about:blank"))));

/** Waits until no frame's address passes `fits(url)`. */
export const frameGone = (page, fits) =>
  eventually("the frame closes", () => !page.frames().some((frame) => fits(new URL(frame.url() || "about:blank"))));

/**
 * Presses what a locator finds, with the mouse, where it really is. The Studio shows the phone smaller than it is, and
 * Playwright's own click does not see that the frame is scaled.
 */
export async function press(locator) {
  await locator.waitFor();
  // To the middle: at the edge something that floats above the page may cover it.
  await locator.evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
  const centre = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  };
  const element = await locator.elementHandle();
  const frame = await element.ownerFrame();
  if (frame === frame.page().mainFrame()) {
    const { x, y } = await element.evaluate(centre);
    return frame.page().mouse.click(x, y);
  }
  // A sheet that is still sliding in is waited for, as a person would.
  const outside = await (await frame.frameElement()).evaluate(async (iframe) => {
    const place = () => JSON.stringify(iframe.getBoundingClientRect());
    for (let before = ""; before !== place(); ) {
      before = place();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { x, y, width } = iframe.getBoundingClientRect();
    return { x, y, scale: width / iframe.offsetWidth };
  });
  const inside = await element.evaluate(centre);
  const { x, y, scale } = outside;
  await frame.page().mouse.click(x + inside.x * scale, y + inside.y * scale);
}

/** The wallet page on top of the Mini Program. */
export const isWalletPage = (wallet) => (url) =>
  url.origin === new URL(wallet.walletUrl).origin && /^\/(authorize|consent|cashier|sign)$/.test(url.pathname) && url.searchParams.has("ix");

/** The demo Mini Program. */
export const isShop = (wallet) => (url) => url.origin === new URL(wallet.merchantUrl).origin;

/** Keeps numbered pictures below test-output/screens/<folder>/. */
export class Pictures {
  constructor(page, folder) {
    this.page = page;
    this.folder = folder;
    this.number = 0;
  }

  async take(name) {
    this.number += 1;
    const path = join(SCREENS, this.folder, `${String(this.number).padStart(2, "0")}-${name}.png`);
    mkdirSync(dirname(path), { recursive: true });
    await this.page.screenshot({ path, animations: "disabled" });
  }
}
