// Bad input gets the right code, changes nothing and leaves no secret in the log. The table is malformed-cases.mjs.

import assert from "node:assert/strict";
import { generateKeyPairSync, sign as rsaSign } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Merchant, exchange, now } from "../support/openapi.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";
import { cases } from "./malformed-cases.mjs";

const PATHS = {
  prepare: "/v1/authorizations/prepare",
  applyToken: "/v1/authorizations/applyToken",
  cancelToken: "/v1/authorizations/cancelToken",
  inquiryUserInfo: "/v1/users/inquiryUserInfo",
  pay: "/v1/payments/pay",
  inquiryPayment: "/v1/payments/inquiryPayment",
  order: "/v1/payments/pay",
  inStore: "/v1/payments/pay",
  cancel: "/v1/payments/cancel",
  capture: "/v1/payments/capture",
  void: "/v1/payments/void",
  merchantAccept: "/v1/payments/merchantAccept",
  confirm: "/v1/payments/confirm",
  refund: "/v1/payments/refund",
  inquiryRefund: "/v1/payments/inquiryRefund",
  inquiryUserCardList: "/v1/users/inquiryUserCardList",
  inquiryUserAccountList: "/v1/users/inquiryUserAccountList",
  inquiryMerchantInfo: "/v1/merchants/inquiryMerchantInfo",
  sendInbox: "/v1/messages/sendInbox",
  sendPush: "/v1/messages/sendPush",
};
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

let wallet, sandbox, merchant, sara, tokens, good;
before(async () => {
  wallet = await startWallet({ env: { RUST_LOG: "debug" } });
  sandbox = new Sandbox(wallet);
  merchant = Merchant.ofWallet(wallet);
  sara = sandbox.user("Sara");
  tokens = await sandbox.contract(merchant, sara.userId);
  const authCode = await sandbox.sign(await merchant.prepare(), sara.userId);
  // Nobody's.
  const paymentId = "20261201090000001660000000000000001";
  const templates = [{ language: "en-US", templateParameters: { Title: "Hello", Content: "Your box is on its way." } }];
  const { accessToken } = tokens;
  const message = (templateCode) => ({ accessToken, requestId: "MALFORMED-M", templateCode, templates });
  good = {
    prepare: { scopes: "AGREEMENT_PAY", extendInfo: '{"language":"en-US","contractDesc":"A box"}' },
    applyToken: { grantType: "AUTHORIZATION_CODE", authCode },
    cancelToken: { accessToken: tokens.accessToken },
    inquiryUserInfo: { accessToken: tokens.accessToken },
    pay: { ...merchant.charge(tokens.accessToken, 5000), paymentRequestId: "MALFORMED-0001" },
    inquiryPayment: { paymentId },
    order: {
      productCode: "51051000101000000011",
      paymentRequestId: "MALFORMED-0002",
      paymentAmount: { currency: "IQD", value: "5000000" },
      order: { orderDescription: "Fresh Box", buyer: { referenceBuyerId: "guest" } },
    },
    inStore: {
      productCode: "IN_STORE_PAYMENT",
      paymentRequestId: "MALFORMED-0003",
      paymentAuthCode: "280000000000000000",
      paymentAmount: { currency: "IQD", value: "5000000" },
      order: { orderDescription: "Bread" },
    },
    cancel: { paymentId },
    capture: { captureRequestId: "MALFORMED-C", paymentId },
    void: { voidRequestId: "MALFORMED-V", paymentId },
    merchantAccept: { paymentId },
    confirm: { confirmRequestId: "MALFORMED-OK", paymentId },
    refund: { refundRequestId: "MALFORMED-RF", paymentId, refundAmount: { currency: "IQD", value: "1000" } },
    inquiryRefund: { refundId: paymentId },
    inquiryUserCardList: { accessToken: tokens.accessToken },
    inquiryUserAccountList: { accessToken: tokens.accessToken },
    inquiryMerchantInfo: { accessToken: tokens.accessToken },
    sendInbox: message("MINI_APP_COMMON_INBOX"),
    sendPush: message("MINI_APP_COMMON_PUSH"),
  };
});
after(() => wallet?.stop());

/** A copy of `content` with fields replaced by dotted path; `undefined` removes one. */
function change(content, fields = {}) {
  const copy = structuredClone(content);
  for (const [path, value] of Object.entries(fields)) {
    const names = path.split(".");
    const last = names.pop();
    const parent = names.reduce((found, name) => found[name], copy);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return copy;
}

/** The request of a case: signed as it says, everything else right. */
function build({ api, how }) {
  const { method = "POST", path = PATHS[api], headers = {}, sign = {}, value = (text) => text } = how;
  const body = Buffer.from(how.body ?? JSON.stringify(change(good[api], how.set)));
  const time = typeof how.time === "string" ? how.time : now(how.time ?? 0);
  const { newline = "\n", dot = ".", end = "", hash = "sha256", keyVersion = 1 } = sign;
  const clientId = sign.clientId ?? headers["Client-Id"] ?? merchant.clientId;
  const head = `${sign.method ?? method} ${sign.path ?? path}${newline}${clientId}${dot}${sign.time ?? time}.`;
  const content = Buffer.concat([Buffer.from(head), Buffer.from(sign.body ?? body), Buffer.from(end)]);
  const encoded = value(rsaSign(hash, content, sign.foreignKey ? stranger : merchant.privateKey).toString("base64"));
  const pairs = how.pairs ?? ((text) => `algorithm=RSA256, keyVersion=${keyVersion}, signature=${text}`);
  const all = {
    "Client-Id": merchant.clientId,
    "Request-Time": time,
    "Content-Type": "application/json; charset=UTF-8",
    Signature: pairs(encoded),
    ...headers,
  };
  return { method, path, body, headers: Object.fromEntries(Object.entries(all).filter(([, text]) => text !== null)) };
}

/** Everything that a bad request must leave as it is. */
async function world() {
  const [users, contracts, payments, notifications, accounts] = await Promise.all(
    ["users", "contracts", "payments", "notifications", "ledger/accounts"].map((path) => sandbox.get(path)),
  );
  return { users, contracts, payments, notifications: notifications.length, accounts };
}

test("there are at least a hundred different cases", () => {
  assert.ok(new Set(cases.map(({ api, what }) => `${api}: ${what}`)).size >= 100);
});

test("every malformed request gets its code, and the message names the field", async (t) => {
  const before = await world();
  for (const one of cases) {
    await t.test(`${one.api}: ${one.what}`, async () => {
      const request = build(one);
      const answer = await exchange(wallet.walletUrl, request);
      const clientId = request.headers["Client-Id"] ?? "";
      const { json } = merchant.check(request.path, answer, { method: request.method, clientId });
      assert.equal(`${json.result.resultStatus} ${json.result.resultCode}`, `F ${one.code}`, json.result.resultMessage);
      if (one.word) assert.ok(json.result.resultMessage.includes(one.word), json.result.resultMessage);
      assert.deepEqual(Object.keys(json), ["result"], "a refusal tells nothing else");
    });
  }
  assert.deepEqual(await world(), before, "nothing changed");
  await sandbox.verifyLedger();
});

test("a request refused for its form is not remembered: the good one goes through", async () => {
  const paid = await merchant.succeed(PATHS.pay, good.pay);
  assert.equal(paid.paymentRequestId, "MALFORMED-0001");
  await merchant.applyToken(good.applyToken.authCode);
});

test("a body above 1 MiB is refused at the door", async () => {
  const body = Buffer.alloc(1024 * 1024 + 1, 0x20);
  const answer = await exchange(wallet.walletUrl, {
    path: PATHS.pay,
    body,
    headers: merchant.headers(PATHS.pay, body),
  }).catch((error) => ({ status: 413, error }));
  assert.equal(answer.status, 413);
});

test("no secret is in the log", async () => {
  const log = wallet.stderr();
  assert.ok(log.length > 0, "something was logged");
  const key = readFileSync(wallet.merchantPrivateKey, "utf8").split("\n")[1];
  for (const [name, secret] of Object.entries({
    "private key": key,
    "access token": tokens.accessToken,
    "refresh token": tokens.refreshToken,
    "authorization code": good.applyToken.authCode,
    PIN: sara.pin,
  })) {
    assert.ok(!log.includes(secret), `the log holds a ${name}`);
  }
});
