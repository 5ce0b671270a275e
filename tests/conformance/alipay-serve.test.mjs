// The Alipay surface as an operator runs it: apps by command, two processes on one database, no sandbox and no clock to move
// (docs/operating.md).

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { AlipayMerchant, atWill, periodic } from "../support/alipay.mjs";
import { startCluster, withoutPostgres } from "../support/cluster.mjs";
import { House } from "../support/house.mjs";
import { eventually } from "../support/sandbox.mjs";

const skip = withoutPostgres();
const PAY = "alipay.trade.pay";
const QUERY = "alipay.user.agreement.query";
const NONE = { agreement_no: "20260000000000000000" };
/** How long a running process may go on with what it knows of an app. */
const APP_REMEMBERED_MS = 5_000;

/** An app of the house's merchant, registered by command, and its merchant with the SDK at one of the processes. */
async function newApp(house, words = []) {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const file = join(house.folder, "app.pem");
  writeFileSync(file, publicKey.export({ type: "spki", format: "pem" }));
  const { clientId } = house.merchant;
  const { appId } = await house.operator(["gateway-app", "add", "--client", clientId, "--public-key", file, ...words]);
  const { publicKeyPem } = await house.operator(["keys", "export"]);
  const at = (url) => ({ appId, gateway: `${url}/gateway.do`, walletPublicKey: publicKeyPem });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  return house.urls().map((url) => new AlipayMerchant(null, at(url), pem));
}

test("an app, its agreements and its deductions", { skip, timeout: 120_000 }, async (t) => {
  const cluster = await startCluster(t);
  const house = new House(t, await cluster.database(), { settings: '[policy]\ncurrencies = ["IQD", "CNY"]\n' });
  await house.serve();
  await house.serve();
  await house.furnish({ count: 1 });
  const [{ person, phone }] = house.payers;
  const yuan = ["--amount", "100000", "--currency", "CNY", "--reference", "yuan-1"];
  await house.operator(["user", "deposit", phone, ...yuan]);
  const [merchant, other] = await newApp(house);
  const shop = await merchant.listen(t);
  // Today in the wallet's zone, whichever that is.
  const today = new Date(Date.now() + 3 * 3_600_000).toISOString().slice(0, 10);
  const weekly = { period_type: "DAY", period: 7, execute_time: today, single_amount: "9.90" };
  let agreementNo;

  await t.test("it is listed, and its calls are answered by every process", async () => {
    const apps = await house.operator(["gateway-app", "list"]);
    assert.deepEqual(apps.map(({ appId }) => appId), [merchant.appId]);
    for (const one of [merchant, other]) await one.refuses("USER_AGREEMENT_NOT_EXIST", QUERY, NONE);
  });

  await t.test("a user signs in a Mini Program; the notification and both processes know of it", async () => {
    const content = periodic("SERVE0001", weekly);
    const { ok, ret } = await person.signAgreement(house.appId, merchant.signStr(content, { notifyUrl: shop.url }));
    assert.deepEqual([ok, ret.resultStatus], [true, "7000"], JSON.stringify(ret));
    agreementNo = merchant.agreementNo(ret.result);
    assert.equal((await shop.told("dut_user_sign")).agreement_no, agreementNo);
    assert.equal((await other.does(QUERY, { agreement_no: agreementNo })).nextDeductTime, today);
  });

  await t.test("deducted by many requests at once at both: one of them in a period", async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        [merchant, other][index % 2].call(PAY, merchant.deduction(agreementNo, `SERVE_${index}`))),
    );
    const codes = answers.map(({ code, subCode }) => subCode ?? code).sort();
    assert.deepEqual(codes, ["10000", ...Array(11).fill("ACQ.CYCLE_PAY_DATE_NOT_MATCH")]);
  });

  await t.test("one number sent many times at once to both: one trade", async () => {
    const { ret } = await person.signAgreement(house.appId, merchant.signStr(atWill("SERVE0002")));
    const request = merchant.deduction(merchant.agreementNo(ret.result), "ONCE", "5.00", { product_code: "GENERAL_WITHHOLDING" });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => [merchant, other][index % 2].call(PAY, request)));
    const codes = answers.map(({ code, subCode }) => subCode ?? code).sort();
    assert.deepEqual(codes, ["10000", ...Array(11).fill("ACQ.TRADE_HAS_SUCCESS")]);
    const { user } = await person.session();
    assert.equal(user.balances.find(({ currency }) => currency === "CNY").value, String(100_000 - 990 - 500));
  });

  await t.test("SHA-1 is refused until the operator lets this app use it", async () => {
    const sdk = merchant.sdkWith({ signType: "RSA" });
    const subCode = async () => (await sdk.exec(QUERY, { bizContent: NONE })).subCode;
    assert.equal(await subCode(), "isv.invalid-signature-type");
    await house.operator(["gateway-app", "change", merchant.appId, "--allow-sha1", "true"]);
    const options = { timeoutMs: APP_REMEMBERED_MS + 10_000 };
    await eventually("the running process knows it", async () => (await subCode()) === "USER_AGREEMENT_NOT_EXIST", options);
    await merchant.refuses("USER_AGREEMENT_NOT_EXIST", QUERY, NONE, { sdk });
  });

  await t.test("a process that was killed is missed by nobody", async () => {
    const [first] = house.wallets;
    await house.kill(first);
    await other.does("alipay.trade.refund", { out_trade_no: "ONCE", refund_amount: "5.00", out_request_no: "R1" });
    await other.does("alipay.user.agreement.unsign", { agreement_no: agreementNo });
    await other.refuses("ACQ.AGREEMENT_NOT_EXIST", PAY, merchant.deduction(agreementNo, "LATE"));
  });

  await t.test("a client that is suspended makes no more trades", async () => {
    await house.operator(["client", "suspend", house.merchant.clientId]);
    const refused = async () => (await other.call(PAY, merchant.deduction(agreementNo, "STOPPED"))).subCode;
    const options = { timeoutMs: APP_REMEMBERED_MS + 10_000 };
    await eventually("the running process knows it", async () => (await refused()) === "ACQ.MERCHANT_STATUS_NOT_NORMAL", options);
  });

  await house.verify();
});
