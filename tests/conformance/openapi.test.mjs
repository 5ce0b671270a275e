// The agreement-payment loop as a merchant's backend sees it, with a client that shares no code with the wallet.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { Merchant, contentToSign, exchange, now, parseSignature, signature } from "../support/openapi.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";

const PREPARE = "/v1/authorizations/prepare";
const APPLY = "/v1/authorizations/applyToken";
const CANCEL = "/v1/authorizations/cancelToken";
const INQUIRY = "/v1/payments/inquiryPayment";
const OFFER = {
  scopes: "AGREEMENT_PAY",
  extendInfo: JSON.stringify({ language: "ar-IQ", contractDesc: "اشتراك شهري & <b>" }),
};

let wallet, sandbox, merchant, sara;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = Merchant.ofWallet(wallet);
  sara = sandbox.user("Sara").userId;
});
after(() => wallet?.stop());

const code = (json) => `${json.result.resultStatus} ${json.result.resultCode}`;

test("prepare, sign, applyToken, pay, inquiryPayment, cancelToken", async () => {
  const authUrl = await merchant.prepare();
  assert.ok(authUrl.length <= 256 && authUrl.startsWith(wallet.walletUrl), authUrl);
  assert.match(new URL(authUrl).searchParams.get("authId"), /^[0-9A-F]{32}$/);

  const tokens = await merchant.applyToken(await sandbox.sign(authUrl, sara));
  assert.match(tokens.accessToken, /^[A-Za-z0-9]{1,64}$/);
  assert.match(tokens.refreshToken, /^[A-Za-z0-9]{1,64}$/);
  assert.match(tokens.customerId, /^\d{24}$/);
  for (const time of [tokens.accessTokenExpiryTime, tokens.refreshTokenExpiryTime]) {
    assert.match(time, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/);
  }

  const before = await sandbox.balance(sara);
  const charge = merchant.charge(tokens.accessToken, 5000);
  const paid = await merchant.call("/v1/payments/pay", charge);
  assert.equal(code(paid), "S SUCCESS");
  assert.match(paid.paymentId, /^20\d{33}$/);
  assert.equal(paid.paymentRequestId, charge.paymentRequestId);
  assert.equal(await sandbox.balance(sara), before - 5_000_000n);

  const ids = [
    { paymentId: paid.paymentId },
    { paymentId: paid.paymentId, paymentRequestId: "" },
    { paymentId: "", paymentRequestId: charge.paymentRequestId },
    { paymentId: paid.paymentId, paymentRequestId: "some-other-payment" },
  ];
  for (const id of ids) {
    const found = await merchant.succeed(INQUIRY, id);
    assert.equal(found.paymentStatus, "SUCCESS");
    assert.equal(found.paymentId, paid.paymentId);
    assert.equal(found.paymentTime, paid.paymentTime);
    assert.deepEqual(found.paymentAmount, { currency: "IQD", value: "5000000" });
  }

  await merchant.succeed(CANCEL, { accessToken: tokens.accessToken });
  await merchant.succeed(CANCEL, { accessToken: tokens.accessToken });
  const refused = await merchant.pay(tokens.accessToken, 1);
  assert.equal(refused.result.resultStatus, "F");
  assert.match(refused.result.resultCode, /^(INVALID|EXPIRED)_ACCESS_TOKEN$/);
  await sandbox.verifyLedger();
});

test("an offer may be signed by any user, again and again, each time for a contract of its own", async () => {
  const authUrl = await merchant.prepare();
  const omar = sandbox.user("Omar").userId;
  const first = await merchant.applyToken(await sandbox.sign(authUrl, sara));
  const second = await merchant.applyToken(await sandbox.sign(authUrl, sara));
  const third = await merchant.applyToken(await sandbox.sign(authUrl, omar));
  assert.notEqual(first.accessToken, second.accessToken);
  assert.equal(first.customerId, second.customerId, "the same user is the same customer");
  assert.notEqual(first.customerId, third.customerId);
  await merchant.succeed(CANCEL, { accessToken: first.accessToken });
  assert.equal(code(await merchant.pay(second.accessToken, 1)), "S SUCCESS");
  assert.equal(code(await merchant.pay(third.accessToken, 1)), "S SUCCESS");
});

test("a customer's id differs between merchants", async () => {
  const other = await sandbox.newMerchant();
  const here = await sandbox.contract(merchant, sara);
  const there = await sandbox.contract(other, sara);
  assert.notEqual(here.customerId, there.customerId);
});

test("every way of writing a good Signature and Request-Time is accepted", async () => {
  const encodings = {
    base64: (value) => value,
    percent: (value) => encodeURIComponent(value),
    base64url: (value) => value.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""),
    unpadded: (value) => value.replaceAll("=", ""),
  };
  const layouts = [
    (value) => `algorithm=RSA256, keyVersion=1, signature=${value}`,
    (value) => `algorithm=RSA256,keyVersion=1,signature=${value}`,
    (value) => `signature=${value},  keyVersion=1, algorithm=rsa256`,
    (value) => `algorithm=SHA256withRSA, signature=${value}`,
    (value) => `keyVersion=1, signature=${value}, somethingNew=1`,
  ];
  const times = [
    new Date().toISOString(),
    now().replace(/\.\d+/, ""),
    new Date(Date.now() + 3 * 3600_000).toISOString().replace("Z", "+03:00"),
    String(Date.now()),
  ];
  const body = JSON.stringify(OFFER);
  const ask = async (time, write) => {
    const value = signature(merchant.privateKey, contentToSign(PREPARE, merchant.clientId, time, body));
    const headers = { ...merchant.headers(PREPARE, body, { time }), Signature: write(value) };
    const answer = await exchange(wallet.walletUrl, { path: PREPARE, headers, body });
    const checked = merchant.check(PREPARE, answer);
    assert.equal(code(checked.json), "S SUCCESS", `${time} ${headers.Signature}: ${checked.text}`);
    return parseSignature(answer.headers.signature).signature;
  };
  for (const time of times) await ask(time, layouts[0]);
  for (const layout of layouts) await ask(now(), layout);
  for (const [name, encode] of Object.entries(encodings)) {
    const answered = await ask(now(), (value) => layouts[0](encode(value)));
    // Raw base64 breaks verifiers that turn + into a space; percent-encoding breaks the others: mirror the caller.
    assert.equal(/[+/=]/.test(answered), name !== "percent", `${name} was answered with ${answered}`);
  }
});

test("the body is verified as it was sent, whatever its writer's habits", async () => {
  const bodies = [
    JSON.stringify(OFFER, null, 2),
    JSON.stringify(OFFER).replaceAll("&", "\\u0026").replaceAll("<", "\\u003c"),
    JSON.stringify(OFFER).replaceAll(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`),
    JSON.stringify({ unknown: [1, { deep: null }], ...OFFER, referenceClientId: null }),
    JSON.stringify({ ...OFFER, extendInfo: JSON.parse(OFFER.extendInfo) }),
  ];
  for (const body of bodies) assert.equal(code(await merchant.call(PREPARE, body)), "S SUCCESS", body);
});

test("amounts are read as text or as a whole number and answered as text", async () => {
  const { accessToken } = await sandbox.contract(merchant, sara);
  const charge = merchant.charge(accessToken, 1);
  charge.paymentAmount.value = 1000;
  assert.equal(code(await merchant.call("/v1/payments/pay", charge)), "S SUCCESS");
  const found = await merchant.succeed(INQUIRY, { paymentRequestId: charge.paymentRequestId });
  assert.equal(found.paymentAmount.value, "1000");
});

test("both path names of revoking work", async () => {
  const { accessToken } = await sandbox.contract(merchant, sara);
  await merchant.succeed("/v1/authorizations/revoke", { accessToken });
  assert.equal((await merchant.pay(accessToken, 1)).result.resultStatus, "F");
});

test("the user's data are what the scopes allow", async () => {
  const info = async (scopes) => {
    const { authCode } = await sandbox.post("auth-codes", { clientId: merchant.clientId, userId: sara, scopes });
    const { accessToken, customerId } = await merchant.applyToken(authCode);
    const { userInfo } = await merchant.succeed("/v1/users/inquiryUserInfo", { accessToken });
    assert.equal(userInfo.userId, customerId);
    return { userInfo, accessToken };
  };
  const silent = await info(["auth_base"]);
  assert.deepEqual(Object.keys(silent.userInfo), ["userId"]);
  const named = await info(["USER_NAME"]);
  assert.equal(named.userInfo.userName.fullName, "Sara Ali Hasan");
  assert.equal(named.userInfo.userNameInArabic.fullName, "سارة علي حسن");
  assert.equal(named.userInfo.contactInfos, undefined);
  const pay = await merchant.pay(named.accessToken, 1);
  assert.equal(pay.result.resultStatus, "F", "a token that reads cannot charge");
});

test("a code is exchanged once; a repeat within a minute is taken for a lost answer", async () => {
  const authCode = await sandbox.sign(await merchant.prepare(), sara);
  const lost = await merchant.applyToken(authCode);
  const again = await merchant.applyToken(authCode);
  assert.notEqual(again.accessToken, lost.accessToken);
  assert.equal((await merchant.pay(lost.accessToken, 1)).result.resultStatus, "F", "the lost pair is dead");
  assert.equal(code(await merchant.pay(again.accessToken, 1)), "S SUCCESS");
  await sandbox.post("clock", { advance: "PT2M" });
  const stolen = await merchant.call(APPLY, { grantType: "AUTHORIZATION_CODE", authCode });
  assert.equal(code(stolen), "F USED_CODE");
  assert.equal((await merchant.pay(again.accessToken, 1)).result.resultStatus, "F", "a code used twice kills its tokens");
});

test("codes that are unknown, too old or another client's are refused", async () => {
  const apply = (client, authCode) => client.call(APPLY, { grantType: "AUTHORIZATION_CODE", authCode });
  assert.equal(code(await apply(merchant, "0".repeat(32))), "F INVALID_CODE");
  const other = await sandbox.newMerchant();
  const authCode = await sandbox.sign(await merchant.prepare(), sara);
  assert.equal(code(await apply(other, authCode)), "F INVALID_CODE");
  await sandbox.post("clock", { advance: "PT11M" });
  assert.equal(code(await apply(merchant, authCode)), "F EXPIRED_CODE");
});

test("refreshing rotates the pair, and the old access token dies when the new one is used", async () => {
  const first = await sandbox.contract(merchant, sara);
  const refresh = (refreshToken) => merchant.call(APPLY, { grantType: "REFRESH_TOKEN", refreshToken });
  const second = await refresh(first.refreshToken);
  assert.equal(code(second), "S SUCCESS");
  assert.equal(second.customerId, first.customerId);
  assert.equal(code(await merchant.pay(first.accessToken, 1)), "S SUCCESS", "still good: the answer may have been lost");
  assert.equal(code(await merchant.pay(second.accessToken, 1)), "S SUCCESS");
  assert.equal((await merchant.pay(first.accessToken, 1)).result.resultStatus, "F");
  await sandbox.post("clock", { advance: "PT2M" });
  assert.equal(code(await refresh(first.refreshToken)), "F USED_REFRESH_TOKEN");
  assert.equal(code(await refresh("no-such-token")), "F INVALID_REFRESH_TOKEN");
});

test("limits that were agreed are kept", async () => {
  const limited = await sandbox.contract(merchant, sara, { agreedAmount: { currency: "IQD", value: "5000000" } });
  assert.equal(code(await merchant.pay(limited.accessToken, 5000)), "S SUCCESS");
  assert.equal(code(await merchant.pay(limited.accessToken, 5001)), "F PAYMENT_AMOUNT_EXCEED_LIMIT");
  const { now: moved } = await sandbox.get("clock");
  const startTime = new Date(Date.parse(moved) + 5 * 86_400_000).toISOString().slice(0, 10);
  const later = await sandbox.contract(merchant, sara, { startTime });
  assert.equal((await merchant.pay(later.accessToken, 1)).result.resultStatus, "F");
  await sandbox.post("clock", { advance: "P6D" });
  assert.equal(code(await merchant.pay(later.accessToken, 1)), "S SUCCESS");
});

test("a charge with a token nobody has, or in a currency nobody agreed to, fails for good", async () => {
  const { accessToken } = await sandbox.contract(merchant, sara);
  const unknown = await merchant.pay("AT0", 1);
  assert.equal(code(unknown), "F INVALID_ACCESS_TOKEN");
  const dollars = await merchant.pay(accessToken, 1, { paymentAmount: { currency: "USD", value: "100" } });
  assert.equal(code(dollars), "F CURRENCY_NOT_SUPPORT");
});

test("a payment that was never accepted does not exist, and another client's is invisible", async () => {
  assert.equal(code(await merchant.call(INQUIRY, { paymentRequestId: randomUUID() })), "F ORDER_NOT_EXIST");
  const { accessToken } = await sandbox.contract(merchant, sara);
  const { paymentId } = await merchant.pay(accessToken, 1);
  const other = await sandbox.newMerchant();
  assert.equal(code(await other.call(INQUIRY, { paymentId })), "F ORDER_NOT_EXIST");
  const foreign = await other.pay(accessToken, 1);
  assert.match(code(foreign), /^F (INVALID_ACCESS_TOKEN|ACCESS_DENIED)$/);
});
