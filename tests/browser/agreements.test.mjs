// The user sees every contract in the wallet and can end it at any time; the merchant is told.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Pictures, launch, newPage } from "../support/browser.mjs";
import { Merchant } from "../support/openapi.mjs";
import { startWallet } from "../support/program.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";
import { enterPin, form, logIn } from "../support/walk.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const [language, name] of [["en-US", "Sara"], ["ar-IQ", "Omar"]]) {
  test(`a contract is listed, looked at and ended, ${language}`, async (t) => {
    const wallet = await startWallet();
    t.after(() => wallet.stop());
    const sandbox = new Sandbox(wallet);
    const merchant = Merchant.ofWallet(wallet);
    const receiver = await startReceiver(t, merchant);
    const user = sandbox.user(name);
    const terms = { language, contractTitle: "Fresh Box", contractStatusNotifyUrl: receiver.url };
    const { accessToken } = await sandbox.contract(merchant, user.userId, terms);
    await merchant.pay(accessToken, 5000);

    const page = await newPage(t, browser, { language });
    const pictures = new Pictures(page, `${language}/agreements`);
    await page.goto(`${wallet.walletUrl}/agreements`);
    await pictures.take("log-in");
    await logIn(page, user.phone, user.pin);
    const deal = page.getByRole("link", { name: /Zaytoun Market|سوق زيتون/ });
    await deal.waitFor();
    assert.match(await page.locator("main").innerText(), /5,000|٥٬٠٠٠/);
    await pictures.take("list");
    await deal.click();

    await form(page, "end").waitFor();
    assert.equal(await page.locator("html").getAttribute("dir"), language === "ar-IQ" ? "rtl" : "ltr");
    await pictures.take("one");
    await enterPin(page, "end", "999999");
    await page.locator('[role="alert"]').first().waitFor();
    assert.equal((await sandbox.get("contracts"))[0].status, "ACTIVE");
    await enterPin(page, "end", user.pin);
    await form(page, "end").waitFor({ state: "detached" });
    await pictures.take("ended");

    const [contract] = await sandbox.get("contracts");
    assert.equal(`${contract.status} ${contract.reason}`, "ENDED USER");
    assert.equal((await merchant.pay(accessToken, 1)).result.resultStatus, "F");
    await eventually("the merchant is told", () => receiver.received.some(({ json }) => json.contractStatus === "INVALID"));
    assert.equal(receiver.received.at(-1).json.reason, "USER");
  });
}

test("somebody else's contract is not there", async (t) => {
  const wallet = await startWallet();
  t.after(() => wallet.stop());
  const sandbox = new Sandbox(wallet);
  const sara = sandbox.user("Sara");
  const omar = sandbox.user("Omar");
  await sandbox.contract(Merchant.ofWallet(wallet), sara.userId);
  const [{ contractId }] = await sandbox.get("contracts");
  const page = await newPage(t, browser);
  await page.goto(`${wallet.walletUrl}/agreements`);
  await logIn(page, omar.phone, omar.pin);
  await form(page, "login").waitFor({ state: "detached" });
  const answer = await page.goto(`${wallet.walletUrl}/agreements/${contractId}`);
  assert.equal(answer.status(), 404);
  assert.equal(await form(page, "end").count(), 0);
});
