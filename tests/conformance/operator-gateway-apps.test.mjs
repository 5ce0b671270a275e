// The operator's commands about apps of the Alipay surface, and the official SDK with what they have registered: plain keys,
// certificates, SHA-1, a window for timestamps.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { AlipaySdk } from "alipay-sdk";
import { startCluster, withoutPostgres } from "../support/cluster.mjs";
import { House } from "../support/house.mjs";
import { assertRefused, keyPair, startOffice } from "../support/office.mjs";
import { runProgram } from "../support/program.mjs";
import { eventually } from "../support/sandbox.mjs";

const skip = withoutPostgres();
const NONE = "USER_AGREEMENT_NOT_EXIST";

/** A key with a certificate, made as a wallet makes its own: its private half as PKCS #8, the certificate, the root. */
async function certified(folder, name) {
  for (const words of [["rotate"], ["certify", "--name", name]]) {
    const { code, stderr } = await runProgram(["keys", ...words, "--keys", folder]);
    assert.equal(code, 0, stderr);
  }
  const file = (part) => join(folder, part);
  return {
    privateKey: readFileSync(file("wallet-key-1.pem"), "utf8"),
    certificate: file("wallet-certificate.pem"),
    root: file("wallet-root-certificate.pem"),
  };
}

test("apps beside a running wallet, called with the official SDK", { skip }, async (t) => {
  const cluster = await startCluster(t);
  const house = new House(t, await cluster.database());
  await house.operator(["migrate"]);
  const wallet = await certified(house.keys, "Test Wallet");
  const config = join(house.folder, "mithaq.toml");
  writeFileSync(config, `[gateway]\ncertificate = '${wallet.certificate}'\nroot_certificate = '${wallet.root}'\n`);
  const { wallet: origin } = await house.serve({ args: ["--config", config] });
  const key = keyPair(house.folder, "shop.pem");
  const privateKey = key.privateKey.export({ type: "pkcs8", format: "pem" });
  const { clientId } = await house.operator(["client", "add", "--name", "Shop", "--public-key", key.file]);
  const { publicKeyPem } = await house.operator(["keys", "export"]);
  const app = (...more) => house.operator(["gateway-app", ...more, "--config", config]);
  const gateway = `${origin}/gateway.do`;
  const asked = { bizContent: { agreement_no: "20260000000000000001" } };
  const sdkOf = ({ appId }, more) => new AlipaySdk({
    appId,
    privateKey,
    keyType: "PKCS8",
    alipayPublicKey: publicKeyPem,
    gateway,
    ...more,
  });
  const subCode = async (sdk) => (await sdk.exec("alipay.user.agreement.query", asked, { validateSign: true })).subCode;

  let added;
  await t.test("an app with a plain key calls as soon as it is added", async () => {
    added = await app("add", "--client", clientId, "--public-key", key.file);
    assert.match(added.appId, /^2021[0-9]{12}$/);
    assert.deepEqual([added.mode, added.mayUseSha1, added.walletDeducts], ["PUBLIC_KEY", false, false]);
    assert.equal(await subCode(sdkOf(added)), NONE);
    const refused = await sdkOf(added, { signType: "RSA" }).exec("alipay.user.agreement.query", asked);
    assert.equal(refused.subCode, "isv.invalid-signature-type");
  });

  await t.test("it may use SHA-1 within seconds after that is allowed", async () => {
    assert.equal((await app("change", added.appId, "--allow-sha1", "true")).mayUseSha1, true);
    const old = sdkOf(added, { signType: "RSA" });
    await eventually("SHA-1 is taken", async () => {
      const { subCode: said } = await old.exec("alipay.user.agreement.query", asked);
      return said === NONE;
    }, { timeoutMs: 15_000 });
    assert.equal(await subCode(old), NONE, "and the answer verifies with SHA-1");
  });

  await t.test("an app with a certificate verifies answers with the wallet's", async () => {
    const shop = await certified(join(house.folder, "shop-keys"), "Test Shop");
    const certificates = await app("add", "--client", clientId, "--certificate", shop.certificate);
    assert.equal(certificates.mode, "CERTIFICATE");
    const sdk = new AlipaySdk({
      appId: certificates.appId,
      privateKey: shop.privateKey,
      keyType: "PKCS8",
      appCertPath: shop.certificate,
      alipayPublicCertPath: wallet.certificate,
      alipayRootCertPath: wallet.root,
      gateway,
    });
    assert.equal(await subCode(sdk), NONE);
  });

  await t.test("what is not named stays, and an address can be taken away", async () => {
    const changed = await app("change", added.appId, "--gateway-url", "https://shop.example/told", "--wallet-deducts", "true");
    assert.deepEqual(changed, {
      ...added,
      mayUseSha1: true,
      gatewayUrl: "https://shop.example/told",
      walletDeducts: true,
    });
    assert.equal((await app("change", added.appId, "--gateway-url", "")).gatewayUrl, null);
    assert.deepEqual((await app("list")).map(({ mode }) => mode).sort(), ["CERTIFICATE", "PUBLIC_KEY"]);
  });
});

test("apps are added once, and what is wrong is said before anything is done", { skip }, async (t) => {
  const office = await startOffice(t);
  const key = keyPair(office.folder, "key.pem").file;
  await office.json(["client", "add", "--name", "Shop", "--client-id", "shop", "--public-key", key]);
  await office.json(["client", "add", "--name", "Other", "--client-id", "other", "--public-key", key]);
  const add = (...more) => ["gateway-app", "add", "--client", "shop", ...more];
  const first = await office.json(add("--app-id", "2021000000000001", "--public-key", key));
  assert.deepEqual({ ...first, fingerprint: undefined }, {
    appId: "2021000000000001",
    clientId: "shop",
    mode: "PUBLIC_KEY",
    fingerprint: undefined,
    gatewayUrl: null,
    mayUseSha1: false,
    walletDeducts: false,
  });
  assert.equal(await office.audit("gateway-app.put"), "operator|gateway-app:2021000000000001|");
  assertRefused(await office.run(add("--app-id", "2021000000000001")), "2021000000000001", "exists already");
  assertRefused(await office.run(["gateway-app", "add", "--client", "nobody"]), "no such client");
  assertRefused(await office.run(["gateway-app", "change", "2021000000000009"]), "no app 2021000000000009");
  const rubbish = join(office.folder, "rubbish");
  writeFileSync(rubbish, "no key");
  assertRefused(await office.run(add("--public-key", rubbish)), "the app's key");
  assertRefused(await office.run(add("--public-key", join(office.folder, "missing"))), "missing");
  assertRefused(await office.run(add("--certificate", rubbish)), "--root-certificate");
  assertRefused(await office.run(add("--certificate", rubbish, "--root-certificate", rubbish)), "the app's certificate");
  const wrong = [["--app-id", "1"], ["--gateway-url", "shop.example"], ["--public-key", key, "--certificate", key]];
  for (const words of wrong) {
    assert.equal((await office.run(add(...words))).code, 2, words.join(" "));
  }
  assert.equal((await office.json(["gateway-app", "list"])).length, 1);
});

test("a wallet does not start with a certificate of another key", { skip }, async (t) => {
  const office = await startOffice(t);
  const [own, other] = ["keys", "other"].map((name) => join(office.folder, name));
  const { certificate, root } = await certified(other, "Another Wallet");
  await certified(own, "This Wallet");
  const config = join(office.folder, "mithaq.toml");
  const serve = ["serve", "--config", config, "--public-url", "https://wallet.example", "--listen", "127.0.0.1:0"];
  for (const [text, said] of [
    [`certificate = '${certificate}'\nroot_certificate = '${root}'`, "not for the key"],
    [`certificate = '${certificate}'`, "together or not at all"],
    ["freshness = 'a day'", "gateway.freshness"],
  ]) {
    writeFileSync(config, `[gateway]\n${text}\n`);
    const { code, stderr } = await office.run([...serve, "--admin-listen", "127.0.0.1:0"]);
    assert.equal(code, 1, stderr);
    assert.ok(stderr.includes(said), stderr);
  }
});
