// A year of a monthly plan, by a merchant with the official SDK: signed, told, asked, deducted twelve times, refunded, ended
// (spec: alipay-agreement 2 and 4). The example's years: alipay-guide.test.mjs.

import { after, before, test } from "node:test";
import { liveAYear } from "../support/alipay-year.mjs";
import { AlipayMerchant, day, monthly, monthsLater, periodic } from "../support/alipay.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";

let wallet, sandbox, merchant, sara;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = await AlipayMerchant.ofWallet(sandbox);
  sara = sandbox.user("Sara").userId;
});
after(() => wallet?.stop());

test("a year: signed, twelve deductions, one month failed and repeated, refunded, ended", async (t) => {
  const shop = await merchant.listen(t);
  const first = monthsLater(`${(await day(sandbox)).slice(0, 8)}05`, 1);
  const agreementNo = await merchant.signed(periodic("YEAR0001", monthly(first)), sara, { notifyUrl: shop.url });
  await liveAYear({ sandbox, merchant, shop, userId: sara, agreementNo, externalNo: "YEAR0001", first });
});
