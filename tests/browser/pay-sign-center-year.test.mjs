// The official SDK's whole way with the signature made in a browser: sdkExecute, sign on the page, notification, query, twelve
// monthly deductions by moving the clock, refund, unsign; every answer's signature checked (spec: alipay-agreement 1, 2, 4).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { liveAYear } from "../support/alipay-year.mjs";
import { AlipayMerchant, day, monthly, monthsLater, periodic } from "../support/alipay.mjs";
import { App } from "../support/app.mjs";
import { launch } from "../support/browser.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";
import { openShell, paySignCenter, signAs, signingPage } from "../support/signing.mjs";

let browser, wallet, sandbox, merchant, sara;
before(async () => {
  browser = await launch();
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = await AlipayMerchant.ofWallet(sandbox);
  sara = sandbox.user("Sara");
});
after(async () => {
  await browser?.close();
  await wallet?.stop();
});

test("a year with the SDK, signed by a person", async (t) => {
  const shop = await merchant.listen(t);
  const first = monthsLater(`${(await day(sandbox)).slice(0, 8)}05`, 1);
  const { page, program } = await openShell(t, browser, wallet);
  const heard = await paySignCenter(program, merchant.signStr(periodic("LIFE0001", monthly(first)), { notifyUrl: shop.url }));
  await signAs(await signingPage(page, wallet), sara);
  const { resultStatus, result } = await heard.answer();
  assert.equal(resultStatus, "7000");
  const agreementNo = merchant.agreementNo(result);
  await liveAYear({ sandbox, merchant, shop, userId: sara.userId, agreementNo, externalNo: "LIFE0001", first });

  // The user finds all of it in the wallet app.
  const app = await App.open(t, browser, wallet, { folder: "pay-sign-center-year" });
  await app.enter(sara);
  await app.visit(`/agreements/${agreementNo}`);
  assert.match(await app.words(), /12 of 12/);
  assert.match(await app.words(), /118\.80/);
  await app.look("agreement-that-has-ended");
});
