// The shell's states against the WCAG rules that a machine can check, in light and dark, in both languages; and nothing
// stands out sideways on the narrowest phone.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { darkCamera, openShell, pause, startBrowser } from "./browser.js";
import { startWorld } from "./stub.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** @type {import("./stub.js").World} */
let world;
/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  [world, browser] = await Promise.all([startWorld(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  world?.stop();
});
beforeEach(() => world.reset());

/** @type {Record<string, (shell: import("./browser.js").Reach) => Promise<unknown>>} */
const STATES = {
  "the Mini Program alone": async () => {},
  "an alert": (shell) => shell.begin("alert", { title: "Box skipped", content: "Nothing to pay." }),
  "a prompt": (shell) => shell.begin("prompt", { title: "Coupon", message: "Your code", placeholder: "FRESH-5" }),
  "an action sheet": (shell) => shell.begin("showActionSheet", { items: ["Skip", "End"], destructiveBtnIndex: 1, badges: [{ index: 0, type: "text", text: "new" }] }),
  "a toast": (shell) => shell.begin("showToast", { content: "Saved", type: "success", duration: 60000 }),
  "a loading sign": (shell) => shell.ask("showLoading", {}),
  "a wallet page": (shell) => shell.begin("qicardSignContract", { authUrl: world.authUrl() }).then(() => shell.page.locator(".mq-wallet").waitFor()),
  "asking the wallet": async (shell) => {
    await shell.begin("qicardSignContract", { authUrl: world.authUrl() });
    await shell.walletFrame().getByRole("button", { name: "Agree" }).waitFor();
    world.dead = true;
    await shell.page.locator(".mq-wallet-close").click();
  },
  "a cashier": (shell) => shell.begin("tradePay", { paymentUrl: world.paymentUrl() }).then(() => shell.page.locator(".mq-wallet").waitFor()),
  "a code to be read by the camera": async (shell) => {
    await shell.page.evaluate(darkCamera);
    await shell.begin("scan");
  },
  "a code to be typed": (shell) => shell.begin("scan"),
  "a closed Mini Program": (shell) => shell.page.locator(".mq-capsule-button").last().click(),
};

for (const [language, colorScheme] of /** @type {const} */ ([["en-US", "light"], ["ar-IQ", "dark"]])) {
  for (const [title, enter] of Object.entries(STATES)) {
    test(`${title}, ${language}, ${colorScheme}`, async () => {
      const shell = await openShell(browser, world, { language, colorScheme, viewport: { width: 360, height: 640 } });
      await enter(shell);
      await pause(300);
      await shell.page.evaluate(axe);
      const problems = await shell.page.evaluate(async () => {
        const { violations } = await /** @type {any} */ (window).axe.run(document, { iframes: false, runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] });
        return violations.map((/** @type {any} */ one) => `${one.id}: ${one.nodes.map((/** @type {any} */ node) => node.html).join(" ")}`);
      });
      assert.deepEqual(problems, []);
      const width = await shell.page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(width, 360);
      await shell.close();
    });
  }
}
