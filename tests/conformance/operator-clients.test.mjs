// The operator's commands about clients and their keys, beside a running wallet and without one.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startCluster, withoutPostgres } from "../support/cluster.mjs";
import { House } from "../support/house.mjs";
import { assertRefused, keyPair, startOffice } from "../support/office.mjs";
import { eventually } from "../support/sandbox.mjs";

const skip = withoutPostgres();
/** How long a running process may go on with what it knows of a client. */
const CLIENT_REMEMBERED_MS = 5_000;

test("clients beside a running wallet", { skip }, async (t) => {
  const cluster = await startCluster(t);
  const house = new House(t, await cluster.database());
  await house.serve();
  await house.furnish({ count: 1 });
  const { merchant, payers, folder } = house;
  const { clientId } = merchant;
  const seen = (what, probe) => eventually(what, probe, { timeoutMs: CLIENT_REMEMBERED_MS + 10_000 });
  const code = async (options) => {
    const answer = await merchant.call("/v1/payments/inquiryPayment", { paymentId: "none" }, options);
    return answer.result.resultCode;
  };
  const known = "ORDER_NOT_EXIST";
  assert.equal(await code(), known);

  await t.test("a deposit made by the operator is told to the user by whoever runs", async () => {
    const texts = `SELECT count(*) FROM sent JOIN outbox USING (outbox_id)
                   WHERE channel = 'sms' AND outbox.body LIKE '%toppedUp%'`;
    await eventually(
      "the text is sent",
      async () => (await cluster.sql(texts)) === "1",
      { timeoutMs: 60_000 },
    );
  });

  const second = keyPair(folder, "second.pem");
  await t.test("a new key works within seconds, and the old one goes on to work", async () => {
    const { keys } = await house.operator(["client", "rotate-key", clientId, "--public-key", second.file]);
    assert.deepEqual(keys.map(({ version }) => version), [1, 2]);
    const withSecond = { key: second.privateKey, keyVersion: 2 };
    await seen("the new key is known", async () => (await code(withSecond)) === known);
    assert.equal(await code(), known, "the first key");
  });

  await t.test("a retired key is known no longer", async () => {
    await house.operator(["client", "retire-key", clientId, "--key-version", "1"]);
    await seen("the first key is forgotten", async () => (await code()) === "KEY_NOT_FOUND");
    assert.equal(await code({ key: second.privateKey, keyVersion: 2 }), known);
  });

  await t.test("a suspended client is refused within seconds, and acts again when it is resumed", async () => {
    merchant.privateKey = second.privateKey;
    const withSecond = { keyVersion: 2 };
    assert.equal((await house.operator(["client", "suspend", clientId])).status, "SUSPENDED");
    await seen("it is refused", async () => (await code(withSecond)) === "INVALID_CLIENT_STATUS");
    assert.equal((await house.operator(["client", "resume", clientId])).status, "ACTIVE");
    await seen("it acts again", async () => (await code(withSecond)) === known);
  });

  await t.test("a frozen user is not charged", async () => {
    const [{ phone, accessToken }] = payers;
    await house.operator(["user", "freeze", phone]);
    const charge = () => merchant.call("/v1/payments/pay", merchant.charge(accessToken, 1), { keyVersion: 2 });
    const { result } = await charge();
    assert.equal(result.resultCode, "USER_STATUS_ABNORMAL");
    await house.operator(["user", "thaw", phone]);
    assert.equal((await charge()).result.resultCode, "SUCCESS");
  });

  await t.test("a restricted user pays nothing", async () => {
    const [{ phone, accessToken }] = payers;
    assert.equal((await house.operator(["user", "restrict", phone])).status, "RESTRICTED");
    const charge = () => merchant.call("/v1/payments/pay", merchant.charge(accessToken, 1), { keyVersion: 2 });
    assert.equal((await charge()).result.resultCode, "RISK_REJECT");
    assert.equal((await house.operator(["user", "thaw", phone])).status, "ACTIVE");
    assert.equal((await charge()).result.resultCode, "SUCCESS");
  });

  await t.test("a merchant that is stopped is paid nothing, while its client may go on to ask", async () => {
    const charge = () => merchant.call("/v1/payments/pay", merchant.charge(payers[0].accessToken, 1), { keyVersion: 2 });
    const { status, merchantStatus } = await house.operator(["client", "suspend", clientId, "--merchant"]);
    assert.deepEqual([status, merchantStatus], ["ACTIVE", "SUSPENDED"]);
    assert.equal((await charge()).result.resultCode, "PARTNER_STATUS_ABNORMAL");
    assert.equal(await code({ keyVersion: 2 }), known);
    assert.equal((await house.operator(["client", "resume", clientId, "--merchant"])).merchantStatus, "ACTIVE");
    assert.equal((await charge()).result.resultCode, "SUCCESS");
  });

  await t.test("a payment in dispute stands still until it is let go", async () => {
    const options = { keyVersion: 2 };
    const { paymentId } = await merchant.call("/v1/payments/pay", merchant.charge(payers[0].accessToken, 5), options);
    const refund = async (refundRequestId) => {
      const refundAmount = { currency: "IQD", value: "1000" };
      const body = { refundRequestId, paymentId, refundAmount };
      return (await merchant.call("/v1/payments/refund", body, options)).result.resultCode;
    };
    const frozen = await house.operator(["payment", "freeze", paymentId]);
    assert.deepEqual([frozen.status, frozen.frozen], ["SUCCESS", true]);
    assert.equal(await refund("RF-1"), "ORDER_IS_FROZEN");
    assert.deepEqual(await house.operator(["payment", "show", paymentId]), frozen);
    assert.equal((await house.operator(["payment", "thaw", paymentId])).frozen, false);
    assert.equal(await refund("RF-2"), "SUCCESS");
    assert.equal((await house.operator(["payment", "show", paymentId])).refunded, "1000");
  });

  await t.test("what its merchant has is seen at once, and folded in by the running wallet", async () => {
    const balance = async () => (await house.operator(["client", "balance", clientId]))[0];
    const { posted, pendingFold, available } = await balance();
    assert.equal(BigInt(posted) + BigInt(pendingFold), BigInt(available));
    assert.ok(BigInt(available) > 0n);
    const folded = async () => (await balance()).pendingFold === "0";
    await eventually("it is folded in", folded, { timeoutMs: 60_000 });
    assert.equal((await balance()).posted, available);
  });

  await house.verify();
});

test("clients are added once, and what is wrong is said before anything is done", { skip }, async (t) => {
  const office = await startOffice(t);
  const key = keyPair(office.folder, "key.pem").file;
  const add = (...more) => ["client", "add", "--name", "Zaytoun Market", "--public-key", key, ...more];
  const first = await office.json(add("--client-id", "shop", "--merchant-id", "zaytoun", "--fee-basis-points", "100"));
  const { keys, ...rest } = first;
  assert.deepEqual(rest, {
    clientId: "shop",
    merchantId: "zaytoun",
    name: "Zaytoun Market",
    nameAr: null,
    status: "ACTIVE",
    merchantStatus: "ACTIVE",
    agreementPay: "Allowed",
    verified: false,
    feeBasisPoints: 100,
  });
  assert.match(keys[0].fingerprint, /^[0-9a-f]{64}$/);
  assert.equal(await office.audit("client.added"), "operator|client:shop|");

  assertRefused(await office.run(add("--client-id", "shop")), "shop", "exists");
  const second = await office.json(add("--client-id", "shop-2", "--merchant-id", "zaytoun"));
  assert.equal(second.feeBasisPoints, 100, "the merchant stays as it is");
  const other = ["client", "add", "--name", "Another", "--public-key", key, "--merchant-id", "zaytoun"];
  assertRefused(await office.run(other), "zaytoun", "Zaytoun Market");
  assert.equal((await office.json(["client", "list"])).length, 2);

  assertRefused(await office.run(["client", "rotate-key", "shop", "--public-key", key]), "shop", "key already");
  assertRefused(await office.run(["client", "retire-key", "shop", "--key-version", "1"]), "shop");
  assert.deepEqual(await office.json(["client", "balance", "shop"]), [], "nothing was paid to it yet");
  for (const words of [["suspend"], ["resume"], ["balance"], ["rotate-key", "--public-key", key]]) {
    assertRefused(await office.run(["client", ...words, "nobody"]), "no client nobody");
  }
  for (const words of [["suspend"], ["resume"]]) {
    assertRefused(await office.run(["client", ...words, "nobody", "--merchant"]), "no client nobody");
  }
  for (const words of ["show", "freeze", "thaw"]) {
    assertRefused(await office.run(["payment", words, "2026"]), "no payment 2026");
  }
  const rubbish = join(office.folder, "rubbish");
  writeFileSync(rubbish, "no key");
  for (const file of [rubbish, join(office.folder, "missing")]) {
    assertRefused(await office.run(["client", "add", "--name", "x", "--public-key", file]), file);
  }
  for (const wrong of [["--client-id", "a:b"], ["--fee-basis-points", "10001"], ["--app-url", "shop.example"]]) {
    assert.equal((await office.run(add(...wrong))).code, 2, wrong.join(" "));
  }
});
