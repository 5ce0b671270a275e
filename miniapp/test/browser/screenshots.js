// Pictures of the shell in its states, for people to look at: node test/browser/screenshots.js, into test-output/miniapp.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { darkCamera, openShell, pause, startBrowser } from "./browser.js";
import { startWorld } from "./stub.js";

const folder = fileURLToPath(new URL("../../../test-output/miniapp/", import.meta.url));
mkdirSync(folder, { recursive: true });

const PHONE = { width: 390, height: 844 };
const NARROW = { width: 360, height: 640 };
const DESK = { width: 1280, height: 900 };
const COLUMN = { width: 640, height: 620 };

/** @typedef {import("./browser.js").Reach} Reach */
/** @type {Record<string, (shell: Reach, world: import("./stub.js").World) => Promise<unknown>>} */
const STATES = {
  plain: async () => {},
  alert: (shell) => shell.begin("alert", { title: "Box skipped", content: "Your box of Saturday 5 December is skipped. You will not be charged for it." }),
  alertJson: (shell) => shell.begin("alert", { content: { authCode: "663A8FA9D83648EE8AA11FF682989DC7" } }),
  confirm: (shell) => shell.begin("confirm", { title: "Pause the Fresh Box?", content: "You can start it again whenever you like.", confirmButtonText: "Pause", cancelButtonText: "Keep it" }),
  prompt: (shell) => shell.begin("prompt", { title: "Do you have a coupon?", message: "It is on the card in your last box.", placeholder: "FRESH-5", okButtonText: "Use it" }),
  sheet: (shell) => shell.begin("showActionSheet", { title: "Fresh Box", items: ["Skip the next box", "Change the day", "Pause", "End the agreement"], destructiveBtnIndex: 3, badges: [{ index: 1, type: "text", text: "new" }] }),
  toast: (shell) => shell.begin("showToast", { content: "Added to your basket", duration: 60000 }),
  toastSuccess: (shell) => shell.begin("showToast", { content: "Subscribed", type: "success", duration: 60000 }),
  loading: (shell) => shell.ask("showLoading", { content: "One moment" }),
  wallet: async (shell, world) => {
    await shell.begin("qicardSignContract", { authUrl: world.authUrl() });
    await shell.walletFrame().getByRole("button", { name: "Agree" }).waitFor();
  },
  asking: async (shell, world) => {
    await STATES.wallet(shell, world);
    world.dead = true;
    await shell.page.locator(".mq-wallet-close").click();
  },
  lost: async (shell, world) => {
    await STATES.wallet(shell, world);
    world.dead = true;
    await shell.walletFrame().getByRole("button", { name: "Agree" }).click();
    await pause(300);
    world.dead = false;
    await shell.page.locator(".mq-cover button").waitFor();
  },
  cashier: async (shell, world) => {
    await shell.begin("tradePay", { paymentUrl: world.paymentUrl() });
    await shell.walletFrame().getByRole("button", { name: "Pay" }).waitFor();
  },
  scan: async (shell) => {
    await shell.page.evaluate(darkCamera);
    await shell.begin("scan");
  },
  scanTyped: (shell) => shell.begin("scan"),
  closed: (shell) => shell.page.locator(".mq-capsule-button").last().click(),
};

/** @type {[string, Parameters<typeof openShell>[2] & object][]} */
const LOOKS = [
  ["phone", { viewport: PHONE }],
  ["phone-ar", { viewport: PHONE, language: "ar-IQ" }],
  ["narrow", { viewport: NARROW }],
  ["narrow-ar", { viewport: NARROW, language: "ar-IQ", colorScheme: "dark" }],
  ["phone-dark", { viewport: PHONE, colorScheme: "dark" }],
  ["desk", { viewport: DESK, path: "/app" }],
  ["desk-dark-ar", { viewport: DESK, path: "/app", language: "ar-IQ", colorScheme: "dark" }],
  ["column", { viewport: COLUMN }],
];
const wanted = process.argv.slice(2);

const [world, browser] = await Promise.all([startWorld(), startBrowser()]);
for (const [look, how] of LOOKS) {
  for (const [state, enter] of Object.entries(STATES)) {
    const name = `${look}-${state}`;
    if (wanted.length > 0 ? !wanted.some((word) => name.includes(word)) : !/^phone/.test(look) && !/plain|wallet|sheet|cashier|scan/.test(state)) continue;
    world.reset();
    const shell = await openShell(browser, world, how);
    await enter(shell, world);
    await pause(350);
    await shell.page.screenshot({ path: `${folder}${name}.png` });
    await shell.close();
  }
}
await browser.close();
world.stop();
