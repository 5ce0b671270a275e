// The seventeen steps of the agreement payment diagram, driven by hand in a real browser, in both languages, in the
// wallet's shell and in the Studio. Every step leaves its trace in the live list; pictures go to test-output/screens.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESK, PHONE, Pictures, launch, newPage } from "../support/browser.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";
import { endInShop, walk } from "../support/walk.mjs";

const SEVENTEEN = Array.from({ length: 17 }, (_, index) => index + 1);

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** The steps of the diagram that the live list has seen. */
async function seen(sandbox) {
  const { calls } = await sandbox.get("calls?after=0");
  const steps = calls.flatMap(({ step, replyStep }) => [step, replyStep]).filter((step) => step !== null);
  return [...new Set(steps)].sort((one, other) => one - other);
}

for (const [language, name] of [["en-US", "Sara"], ["ar-IQ", "Omar"]]) {
  test(`in the shell, ${language}`, async (t) => {
    const wallet = await startWallet();
    t.after(() => wallet.stop());
    const sandbox = new Sandbox(wallet);
    const page = await newPage(t, browser, { language, viewport: PHONE });
    const pictures = new Pictures(page, language);
    await page.goto(`${wallet.walletUrl}/app?appId=demo-shop`);
    const take = (name) => pictures.take(name);
    const { shop } = await walk({ page, wallet, sandbox, language, user: sandbox.user(name), take });
    await eventually("all seventeen steps are seen", async () => (await seen(sandbox)).length === 17);
    assert.deepEqual(await seen(sandbox), SEVENTEEN);

    await endInShop(page, shop);
    await take("ended");
    const [contract] = await sandbox.get("contracts");
    assert.equal(contract.status, "ENDED");
    await sandbox.verifyLedger();
  });

  test(`in the Studio, ${language}`, async (t) => {
    const wallet = await startWallet();
    t.after(() => wallet.stop());
    const sandbox = new Sandbox(wallet);
    const page = await newPage(t, browser, { language, viewport: DESK });
    const pictures = new Pictures(page, `${language}/studio`);
    await page.goto(wallet.studioUrl);
    const take = (name) => pictures.take(name);
    await walk({ page, wallet, sandbox, language, user: sandbox.user(name), take });
    assert.deepEqual(await seen(sandbox), SEVENTEEN);
    // The diagram shows them all, by number.
    for (const step of SEVENTEEN) await page.locator(`[data-step="${step}"]`).first().waitFor({ state: "attached" });
    await page.locator('[data-step="14"]').first().click();
    await page.getByText("POST /v1/payments/pay").first().waitFor();
    await take("pay-opened");
    await page.getByRole("button", { name: /^(Seventeen steps|الخطوات السبع عشرة)$/ }).click();
    await take("seventeen-steps");
  });
}
