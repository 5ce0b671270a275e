// Chromium for these tests, and short ways to reach the shell, the Mini Program and the wallet page in it.

import { chromium } from "playwright-core";

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

export const startBrowser = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGS });

/**
 * Opens the shell in a fresh browser session and waits until the Mini Program has its port.
 * @param {import("playwright-core").Browser} browser
 * @param {import("./stub.js").World} world
 * @param {{path?: string, start?: string, language?: string, viewport?: {width: number, height: number}, colorScheme?: "light"|"dark",
 *   connected?: boolean, init?: () => void}} [how]  `init` runs in every document before its own scripts
 */
export async function openShell(browser, world, how = {}) {
  const { path = "/mount", viewport = { width: 900, height: 900 }, colorScheme = "light", connected = true } = how;
  const context = await browser.newContext({ viewport, colorScheme, locale: "en-US" });
  const page = await context.newPage();
  if (how.init) await page.addInitScript(how.init);
  const query = new URLSearchParams({ appId: "app-1", ...(how.start && { start: how.start }), ...(how.language && { language: how.language }) });
  await page.goto(`${world.wallet}${path}?${query}`);
  const reach = {
    page, context,
    /** The Mini Program's document. */
    program() {
      const frame = page.frames().find((one) => /^mithaq\//.test(one.name()));
      if (!frame) throw new Error("no Mini Program frame");
      return frame;
    },
    /** Runs a call in the Mini Program and gives its outcome. @param {string} api @param {any} [params] */
    ask: (api, params = {}) => reach.program().evaluate(([name, args]) => /** @type {any} */ (window).ask(name, args), [api, params]),
    /** Starts a call and does not wait for it. @param {string} api @param {any} [params] */
    async begin(api, params = {}) {
      const outcome = reach.ask(api, params);
      outcome.catch(() => {});
      return { outcome };
    },
    walletFrame: () => page.frameLocator(".mq-wallet-frame"),
    /** What the shell told its host. @param {string} type @returns {Promise<any[]>} */
    events: (type) => page.evaluate((wanted) => /** @type {any} */ (window).events.filter((/** @type {any} */ event) => event.type === wanted), type),
    close: () => context.close(),
  };
  if (connected) {
    await page.frameLocator(".mq-frame").locator("body").waitFor({ state: "attached" });
    await page.waitForFunction(() => /** @type {any} */ (window).events?.some((/** @type {any} */ event) => event.type === "connected") ?? true);
  }
  return reach;
}

/** @typedef {Awaited<ReturnType<typeof openShell>>} Reach */

/** Gives a page a camera that sees something green, and a detector that never finds a code in it. Runs in the page. */
export function darkCamera() {
  const page = /** @type {any} */ (window);
  page.BarcodeDetector = class {
    static getSupportedFormats = async () => ["qr_code"];
    detect = async () => [];
  };
  const getUserMedia = async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 300 });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.fillStyle = "#3f5a3a";
    context.fillRect(0, 0, 300, 300);
    return canvas.captureStream(5);
  };
  Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia } });
}

/** @param {number} ms @returns {Promise<void>} */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
