// The sandbox's control API: the whole loop in a test without a browser, users, money, keys and time on demand.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Merchant } from "../support/openapi.mjs";
import { startWallet } from "../support/program.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";

let wallet, sandbox, merchant, sara;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = Merchant.ofWallet(wallet);
  sara = sandbox.user("Sara").userId;
});
after(() => wallet?.stop());

const code = (json) => `${json.result.resultStatus} ${json.result.resultCode}`;

test("sign answers what the Mini Program would get: a code, 6001, or 6003", async () => {
  const authUrl = await merchant.prepare();
  const sign = (more) => sandbox.post("sign", { authUrl, userId: sara, ...more });
  assert.match((await sign()).authCode, /^[0-9A-F]{32}$/);
  assert.match((await sign({ outcome: "accept" })).authCode, /^[0-9A-F]{32}$/);
  for (const [outcome, errorCode] of [["cancel", "6001"], ["fail", "6003"]]) {
    const refused = await sign({ outcome });
    assert.equal(refused.errorCode, errorCode);
    assert.ok(refused.errMessage.length > 0);
    assert.equal(refused.authCode, undefined);
  }
});

test("an offer that cannot be signed answers 6003", async () => {
  const authUrl = await merchant.prepare();
  const unknown = authUrl.replace(/authId=.*/, `authId=${"0".repeat(32)}`);
  assert.equal((await sandbox.post("sign", { authUrl: unknown, userId: sara })).errorCode, "6003");
  await sandbox.post("clock", { advance: "P31D" });
  assert.equal((await sandbox.post("sign", { authUrl, userId: sara })).errorCode, "6003");
});

test("a request that cannot be understood says which field is wrong", async () => {
  const authUrl = await merchant.prepare();
  const bad = [
    ["sign", { userId: sara }, "authUrl"],
    ["sign", { authUrl, userId: "nobody" }, "userId"],
    ["sign", { authUrl, userId: sara, outcome: "perhaps" }, "outcome"],
    ["sign", { authUrl: "not a url", userId: sara }, "authUrl"],
    ["auth-codes", { clientId: "nobody", userId: sara, scopes: ["auth_base"] }, "clientId"],
    ["auth-codes", { clientId: merchant.clientId, userId: sara, scopes: ["no_such_scope"] }, "scopes"],
    ["clients", { name: "No Key" }, "publicKeyPem"],
    ["clients", { name: "Bad Key", publicKeyPem: "-----BEGIN PUBLIC KEY-----" }, "publicKeyPem"],
    [`users/${sara}/top-up`, { amount: { currency: "IQD", value: "-5" } }, "amount"],
    [`users/${sara}/top-up`, {}, "amount"],
    ["clock", { advance: "a while" }, "advance"],
    ["clock", { set: "noon" }, "set"],
  ];
  for (const [path, content, word] of bad) {
    const { status, json } = await sandbox.ask(path, content);
    assert.ok(status >= 400 && status < 500, `${path} ${JSON.stringify(content)}: ${status}`);
    assert.match(json.error.code, /^[A-Z_]+$/, path);
    assert.ok(json.error.message.includes(word), `${path}: ${json.error.message}`);
  }
});

test("a code for reading comes without a page", async () => {
  const content = { clientId: merchant.clientId, userId: sara, scopes: ["USER_NAME"] };
  const { authCode } = await sandbox.post("auth-codes", content);
  const { accessToken } = await merchant.applyToken(authCode);
  const { userInfo } = await merchant.succeed("/v1/users/inquiryUserInfo", { accessToken });
  assert.equal(userInfo.userName.firstName, "Sara");
});

test("a new client with its own key goes through the whole loop and hears of it", async (t) => {
  const shop = await sandbox.newMerchant("Dates & Tea");
  const receiver = await startReceiver(t, shop);
  const { accessToken } = await sandbox.contract(shop, sara);
  const paid = await shop.pay(accessToken, 2500, { paymentNotifyUrl: receiver.url });
  assert.equal(code(paid), "S SUCCESS");
  await eventually("the notification arrives", () => receiver.received.length === 1);
  assert.ok(receiver.received[0].valid);
  await shop.succeed("/v1/authorizations/cancelToken", { accessToken });
  assert.equal((await shop.pay(accessToken, 1)).result.resultStatus, "F");
});

test("users are listed with balances, and topping up adds to them", async () => {
  const users = await sandbox.get("users");
  assert.deepEqual(
    users.slice(0, 3).map(({ phone }) => phone),
    ["9647700000001", "9647700000002", "9647700000003"],
  );
  const had = await sandbox.balance(sara);
  await sandbox.post(`users/${sara}/top-up`, { amount: { currency: "IQD", value: "1500" } });
  assert.equal(await sandbox.balance(sara), had + 1500n);
  await sandbox.verifyLedger();
});

test("the clock moves by periods of the calendar and to an instant, and everything moves with it", async () => {
  await sandbox.post("clock", { set: "2031-01-31T09:00:00+03:00" });
  const { now: moved } = await sandbox.post("clock", { advance: "P1M" });
  assert.match(moved, /^2031-02-28T09:00:\d\d(\.\d+)?\+03:00$/, "a month after 31 January is the end of February");
  const { now: read, shifted } = await sandbox.get("clock");
  assert.ok(shifted && read.startsWith("2031-02-28T09:0"), read);

  const { accessToken, accessTokenExpiryTime } = await sandbox.contract(merchant, sara);
  assert.match(accessTokenExpiryTime, /^204[01]-/);
  const paid = await merchant.pay(accessToken, 1);
  assert.match(paid.paymentTime, /^2031-02-28T09:0/);
  assert.ok(paid.paymentId.startsWith("20310228"), "ids begin with the moved date");
  const answer = await merchant.send("/v1/payments/inquiryPayment", { paymentId: paid.paymentId });
  assert.match(answer.headers["response-time"], /^2031-02-28T09:0/);
});

test("a client's Request-Time counts as fresh by the wall clock or by the moved one", async () => {
  await sandbox.post("clock", { advance: "P1Y" });
  const { now: moved } = await sandbox.get("clock");
  const body = { scopes: "AGREEMENT_PAY", extendInfo: '{"language":"en-US","contractDesc":"A box"}' };
  const ask = (time) => merchant.call("/v1/authorizations/prepare", body, { time });
  assert.equal(code(await ask(undefined)), "S SUCCESS");
  assert.equal(code(await ask(moved)), "S SUCCESS");
  const between = new Date((Date.parse(moved) + Date.now()) / 2).toISOString();
  assert.equal(code(await ask(between)), "F TIMESTAMP_INVALID");
});

test("notifications are listed and can be sent again", async (t) => {
  const receiver = await startReceiver(t, merchant);
  const { accessToken } = await sandbox.contract(merchant, sara);
  const { paymentId } = await merchant.pay(accessToken, 1, { paymentNotifyUrl: receiver.url });
  await eventually("the first arrives", () => receiver.received.length === 1);
  const list = await sandbox.get("notifications");
  const sent = list.find((row) => row.target === receiver.url);
  assert.equal(sent.paymentId, paymentId);
  await sandbox.post(`notifications/${sent.outboxId}/resend`);
  await eventually("the second arrives", () => receiver.received.length === 2);
  assert.deepEqual(receiver.received[0].json, receiver.received[1].json);
  const { status } = await sandbox.ask("notifications/no-such-row/resend", {});
  assert.equal(status, 404);
});

test("the ledger can be proved at any time", async () => {
  const report = await sandbox.verifyLedger();
  for (const { name, count, ok } of report.checked) {
    assert.ok(name.length > 0 && Number.isInteger(count) && ok === true, JSON.stringify(report));
  }
  assert.deepEqual((await sandbox.get("ledger/verify")).ok, true);
});

test("an unknown control path is a clear 404, and a browser on another site gets nothing", async () => {
  const { status, json } = await sandbox.ask("nothing-here");
  assert.equal(status, 404);
  assert.ok(json.error.message.length > 0);
  const answer = await fetch(`${sandbox.base}clock`, {
    method: "POST",
    headers: { Origin: "http://evil.example", "Content-Type": "application/json" },
    body: '{"advance":"P1D"}',
  });
  assert.ok(answer.status === 403, `a foreign page moved the clock: ${answer.status}`);
});
