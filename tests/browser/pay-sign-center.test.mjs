// A Mini Program like the one of the seed, with a button that calls my.paySignCenter, and its backend on the official SDK: signed
// with 7000, deducted, seen in the wallet app beside an agreement of the other surface, and ended there
// (seed alipay-pay-sign-center-jsapi; spec: alipay-agreement 1.7, 1.9).

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { AlipaySdk } from "alipay-sdk";
import { startShop } from "../../examples/alipay-subscription/server.mjs";
import { AlipayMerchant, day, monthly, monthsLater, periodic } from "../support/alipay.mjs";
import { App } from "../support/app.mjs";
import { Pictures, frameAt, frameGone, isWalletPage, launch, newPage, press } from "../support/browser.mjs";
import { enter } from "../support/cashier.mjs";
import { Merchant } from "../support/openapi.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";
import { openShell, paySignCenter, signAs, signingPage } from "../support/signing.mjs";
import { enterPin } from "../support/walk.mjs";

let browser, wallet, sandbox, shop;
before(async () => {
  browser = await launch();
  const port = await freePort();
  wallet = await startWallet({ args: ["--app", `http://127.0.0.1:${port}/`] });
  sandbox = new Sandbox(wallet);
  shop = await startShop({ wallet: wallet.walletUrl, port, AlipaySdk });
});
after(async () => {
  await shop?.stop();
  await browser?.close();
  await wallet?.stop();
});

/** A port that nothing listens on. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

for (const [language, name] of [["en-US", "Sara"], ["ar-IQ", "Omar"]]) {
  test(`press the button, read the plan, sign, be charged, end it in the wallet app, ${language}`, async (t) => {
    const user = sandbox.user(name);
    await sandbox.contract(Merchant.ofWallet(wallet), user.userId);
    const page = await newPage(t, browser, { language });
    const pictures = new Pictures(page, `${language}/pay-sign-center`);
    const { startUrl } = (await (await fetch(`${wallet.walletUrl}/app/v1/apps`)).json()).find(({ appId }) => appId === "preview");
    await page.goto(`${wallet.walletUrl}/app?appId=preview`);
    const program = await frameAt(page, (url) => url.origin === new URL(startUrl).origin);
    await program.waitForFunction(() => typeof window.my?.paySignCenter === "function");
    await pictures.take("program");

    // Sign in, read, agree.
    await press(program.getByTestId("sign"));
    const sheet = await signingPage(page, wallet);
    await pictures.take("sign-in");
    await enter(sheet, user);
    const words = await sheet.locator("main").innerText();
    assert.match(words, language === "ar-IQ" ? /سوق زيتون/ : /Zaytoun Market/);
    assert.match(words, language === "ar-IQ" ? /٩[.,٫]٩٠/ : /9\.90/);
    assert.match(words, language === "ar-IQ" ? /١١٨[.,٫]٨٠/ : /at most 12 times and\s118\.80 CNY in all/);
    await pictures.take("plan");
    await enterPin(sheet, "confirm", user.pin);
    await frameGone(page, isWalletPage(wallet));
    await program.getByTestId("answers").getByText("my.paySignCenter: 7000").waitFor();
    await program.locator('[data-testid="status"][data-status="NORMAL"]').waitFor();
    await pictures.take("signed");

    // The backend was told, and believes it because the SDK does.
    const agreementNo = await program.getByTestId("agreement-no").innerText();
    const signed = shop.notifications.find((notice) => notice.agreement_no === agreementNo);
    assert.equal(signed.notify_type, "dut_user_sign");
    const member = shop.members.get(signed.external_agreement_no);

    // A month is taken, and a second time in the same month not.
    const answers = program.getByTestId("answers");
    await press(program.getByTestId("deduct"));
    await answers.getByText('"code": "10000"').first().waitFor();
    await program.getByTestId("deduct").and(program.locator(":enabled")).waitFor();
    await press(program.getByTestId("deduct"));
    await answers.getByText("ACQ.CYCLE_PAY_DATE_NOT_MATCH").first().waitFor();
    await pictures.take("charged");
    assert.deepEqual(member.payments.map(({ code }) => code), ["10000", "40004"]);

    // In the wallet app it stands beside the agreement of the other surface, with how far it has come.
    const app = await App.open(t, browser, wallet, { language, folder: "pay-sign-center-app" });
    await app.enter(user);
    await app.visit("/agreements");
    assert.equal(await app.page.locator(".deal").count(), 2);
    await app.look("agreements");
    await app.visit(`/agreements/${agreementNo}`);
    assert.match(await app.words(), language === "ar-IQ" ? /1 من 12/ : /1 of 12/);
    await app.look("agreement");

    // Ended by the user.
    await end(app, agreementNo, user.pin);
    await app.look("ended");
    await eventually("the merchant is told", () => member.status === "ENDED");
    const again = await shop.deduct(member.number);
    assert.equal(again.subCode, "ACQ.AGREEMENT_NOT_EXIST");
    await sandbox.verifyLedger();
  });
}

test("ended by the user: told at the app's gateway address, and not where the signature was told", async (t) => {
  const sara = sandbox.user("Sara");
  const { page, program } = await openShell(t, browser, wallet);
  const merchant = await AlipayMerchant.fresh(sandbox, { clientId: wallet.clientId });
  const desk = await merchant.listen(t);
  const house = await merchant.listen(t);
  const { appId } = merchant;
  await sandbox.post("gateway-apps", { appId, gatewayUrl: house.url });
  const first = monthsLater(`${(await day(sandbox)).slice(0, 8)}05`, 1);
  const call = await paySignCenter(program, merchant.signStr(periodic("ENDS0001", monthly(first)), { notifyUrl: desk.url }));
  await signAs(await signingPage(page, wallet), sara);
  const { resultStatus, result } = await call.answer();
  assert.equal(resultStatus, "7000");
  const agreementNo = merchant.agreementNo(result);
  assert.equal((await desk.told("dut_user_sign")).agreement_no, agreementNo);

  const app = await App.open(t, browser, wallet);
  await app.enter(sara);
  await app.visit(`/agreements/${agreementNo}`);
  await end(app, agreementNo, sara.pin);
  const ended = await house.told("dut_user_unsign");
  assert.equal(ended.agreement_no, agreementNo);
  assert.equal(ended.status, "UNSIGN");
  assert.deepEqual([desk.received.length, house.received.length], [1, 1]);
  const rows = (await sandbox.get("notifications")).filter(({ target }) => [desk.url, house.url].includes(target));
  assert.equal(rows.length, 2, "nothing else is on its way");
});

/** Ends an agreement on its page of the wallet app. */
async function end(app, agreementNo, pin) {
  const part = app.page.locator(`form[action="/agreements/${agreementNo}/end"]`);
  await part.locator('input[name="pin"]').fill(pin);
  await app.submit(`/agreements/${agreementNo}/end`);
  assert.equal(await part.count(), 0);
}
