// A year of a monthly plan, by a merchant with the official SDK: signed, told, asked, deducted twelve times, refunded, ended
// (spec: alipay-agreement 2 and 4). And the same by the example, with the wallet making the deductions the second time.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { liveAYear } from "../support/alipay-year.mjs";
import { AlipayMerchant, day, monthly, monthsLater, periodic } from "../support/alipay.mjs";
import { binary, startWallet } from "../support/program.mjs";
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

test("the example lives through both of its years", { timeout: 120_000 }, async () => {
  const hooks = new URL("../support/sdk-of-tests.mjs", import.meta.url).href;
  const year = fileURLToPath(new URL("../../examples/alipay-subscription/year.mjs", import.meta.url));
  const child = spawn(process.execPath, ["--import", hooks, year], { env: { ...process.env, MITHAQ_BIN: binary } });
  let printed = "";
  child.stdout.on("data", (chunk) => (printed += chunk));
  child.stderr.on("data", (chunk) => (printed += chunk));
  const [code] = await once(child, "close");
  assert.equal(code, 0, printed);
  assert.equal(printed.match(/paid 9\.90/g).length, 24, printed);
  assert.match(printed, /failed: ACQ\.BUYER_BALANCE_NOT_ENOUGH/);
  assert.match(printed, /failed, reported as dut_deduct_fail/);
  assert.match(printed, /The ledger holds/);
});
