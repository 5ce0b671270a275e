// Certificate mode with the official SDK, unchanged: numbers instead of keys, in calls, answers, notifications and pages
// (spec: alipay-agreement 1.8); and keys of 1024 bits, which old software still has.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { AlipaySdk } from "alipay-sdk";
import { AlipayMerchant, atWill, day, goTo, monthly, monthsLater, periodic } from "../support/alipay.mjs";
import { startWallet, temporaryFolder } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";

const QUERY = "alipay.trade.query";

let wallet, sandbox, sara;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  sara = sandbox.user("Sara").userId;
});
after(() => wallet?.stop());

/** A certificate that an authority of the test has made for a new key: `{key, certificate}`, as PEM. */
function certified(t, { days = 36_500, serial = 1001 } = {}) {
  const folder = temporaryFolder(t);
  const file = (name) => join(folder, name);
  const openssl = (...words) => execFileSync("openssl", words, { stdio: ["ignore", "pipe", "pipe"] });
  const subject = (name) => ["-subj", `/C=CN/O=Example Merchant/OU=Certification Authority/CN=${name}`];
  const newKey = (name) => ["-newkey", "rsa:2048", "-noenc", "-keyout", file(name)];
  const authority = ["-CA", file("ca.pem"), "-CAkey", file("ca.key")];
  openssl("req", "-x509", ...newKey("ca.key"), "-out", file("ca.pem"), "-days", "36500", ...subject("Test Authority"));
  openssl("req", ...newKey("app.key"), "-out", file("app.csr"), ...subject("2021000000000777"));
  const how = ["-set_serial", String(serial), "-days", String(days)];
  openssl("x509", "-req", "-in", file("app.csr"), ...authority, ...how, "-out", file("app.pem"));
  return { key: readFileSync(file("app.key"), "utf8"), certificate: readFileSync(file("app.pem"), "utf8"), folder };
}

/** A merchant in certificate mode. The SDK reads certificates from files, as merchants keep them. */
async function withCertificate(t, options) {
  const { key, certificate, folder } = certified(t, options);
  const plain = await AlipayMerchant.fresh(sandbox);
  const { clientId } = plain.app;
  const app = await sandbox.post("gateway-apps", { clientId, certificate });
  assert.equal(app.mode, "CERTIFICATE");
  const { walletCertificate, walletRootCertificate } = app;
  const files = { appCertPath: certificate, alipayPublicCertPath: walletCertificate, alipayRootCertPath: walletRootCertificate };
  for (const [name, pem] of Object.entries(files)) {
    const path = join(folder, `${name}.crt`);
    writeFileSync(path, pem);
    files[name] = path;
  }
  return new AlipayMerchant(sandbox, app, key, { ...files, alipayPublicKey: undefined });
}

test("an app with a certificate: calls, a signature, its notification and a deduction", async (t) => {
  const merchant = await withCertificate(t);
  await merchant.refuses("ACQ.TRADE_NOT_EXIST", QUERY, { out_trade_no: "NONE" });
  const shop = await merchant.listen(t);
  const first = monthsLater(`${(await day(sandbox)).slice(0, 8)}05`, 1);
  const agreementNo = await merchant.signed(periodic("CERT0001", monthly(first)), sara, { notifyUrl: shop.url });
  assert.equal((await shop.told("dut_user_sign")).agreement_no, agreementNo);
  await goTo(sandbox, first);
  const paid = await merchant.does("alipay.trade.pay", merchant.deduction(agreementNo, "CERT_1"), { notifyUrl: shop.url });
  assert.equal((await shop.told("trade_status_sync")).trade_no, paid.tradeNo);
  await merchant.does("alipay.user.agreement.unsign", { agreement_no: agreementNo });
});

test("its answers name the wallet's certificate, between the object and the signature", async (t) => {
  const merchant = await withCertificate(t);
  const url = merchant.sdk.pageExecute(QUERY, "GET", { bizContent: { out_trade_no: "NONE" } });
  const text = await (await fetch(url)).text();
  assert.match(text, /^\{"alipay_trade_query_response":\{.*\},"alipay_cert_sn":"[0-9a-f]{32}","sign":"[^"]+"\}$/);
});

test("an app with a certificate that sends no numbers", async (t) => {
  const merchant = await withCertificate(t);
  const { privateKey, keyType } = merchant.options;
  const { appId, gateway, walletPublicKey: alipayPublicKey } = merchant.app;
  const sdk = new AlipaySdk({ appId, gateway, privateKey, keyType, alipayPublicKey });
  const answer = await sdk.exec(QUERY, { bizContent: { out_trade_no: "NONE" } });
  assert.equal(answer.subCode, "isv.missing-app-cert-sn", JSON.stringify(answer));
  assert.equal(answer.code, "40002");
});

test("a certificate that has run out is refused", async (t) => {
  const merchant = await withCertificate(t, { days: 1 });
  await sandbox.post("clock", { advance: "P3D" });
  const answer = await merchant.sdk.exec(QUERY, { bizContent: { out_trade_no: "NONE" } });
  await sandbox.post("clock", { reset: true });
  assert.equal(answer.subCode, "isv.app-cert-expired", JSON.stringify(answer));
});

test("what is no certificate cannot be registered", async () => {
  const { app } = await AlipayMerchant.fresh(sandbox);
  for (const certificate of ["none", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]) {
    const { status, json } = await sandbox.ask("gateway-apps", { clientId: app.clientId, certificate });
    assert.equal(status, 400, JSON.stringify(json));
    assert.match(json.error.message, /certificate/);
  }
});

test("an old key of 1024 bits signs with SHA-1, for apps that may, and for nothing else", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const { clientId } = (await AlipayMerchant.fresh(sandbox)).app;
  const key = { clientId, publicKey: publicKey.export({ type: "spki", format: "pem" }) };
  const { status, json } = await sandbox.ask("gateway-apps", { ...key, mayUseSha1: false });
  assert.equal(status, 400);
  assert.match(json.error.message, /1024 bits; 2048 to 4096/);
  const app = await sandbox.post("gateway-apps", key);
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  const merchant = new AlipayMerchant(sandbox, app, pem, { signType: "RSA" });
  await merchant.refuses("ACQ.TRADE_NOT_EXIST", QUERY, { out_trade_no: "NONE" });
  const signStr = merchant.signStr(atWill("OLDKEY"));
  const { resultStatus, result } = await sandbox.post("pay-sign-center", { signStr, userId: sara });
  assert.equal(resultStatus, "7000", result);
  const { sign, sign_type: signType } = JSON.parse(result);
  assert.equal(signType, "RSA", "signed as it was asked");
  merchant.sdk.checkResponseSign(result, "alipay_user_agreement_page_sign_response", sign, "");
  const newer = await merchant.sdkWith({ signType: "RSA2" }).exec(QUERY, { bizContent: { out_trade_no: "NONE" } });
  assert.equal(newer.subCode, "isv.invalid-signature", JSON.stringify(newer));
});
