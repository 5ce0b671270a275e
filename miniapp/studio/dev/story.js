// What happens in the pretended wallet: the seventeen steps, a charge a month later, and calls that go wrong.

import { TERMS, addContract, messagesOf, recordPayment } from "./records.js";
import { answered, jsapi, notification, page, pageAnswered, signed } from "./wire.js";
import { stamp } from "./world.js";

/** @typedef {import("./world.js").World} World */
/** @typedef {(ms: number) => Promise<void>} Pause */

const SUCCESS = { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "Success." };
const NOTIFY = "http://127.0.0.1:7601/hooks/payment";

/** All seventeen steps, as the seeds draw them. @param {World} world @param {string} userId @param {Pause} pause */
export async function subscribe(world, userId, pause) {
  const one = world.begin(
    page(1, 4, "POST", "/api/subscribe", "prepare the contract", { offer: "fresh-box", language: "en-US" }),
  );
  await pause(12);
  const authId = world.id("2026120109000000").padEnd(32, "7");
  const authUrl = `http://localhost:7600/authorize?authId=${authId}`;
  const extendInfo = JSON.stringify({
    language: "en-US",
    contractDesc: TERMS,
    agreedAmount: { currency: "IQD", value: "5000000" },
  });
  const two = world.begin({
    ...signed(world, 2, 3, "authorizations/prepare", { scopes: "AGREEMENT_PAY", extendInfo }),
    links: { authId },
  });
  await pause(9);
  world.end(two, answered(world, { result: SUCCESS, authUrl }));
  await pause(4);
  world.end(one, pageAnswered({ authUrl }));
  await pause(140);

  const ix = world.id("ix-");
  const five = world.begin(jsapi(ix, { authUrl, extParams: { subClientId: "" } }));
  await pause(21);
  const six = world.begin({
    from: "wallet",
    to: "user",
    step: 6,
    kind: "page",
    title: "authorization page",
    links: { authId, ix },
    request: { method: "GET", path: `/authorize?authId=${authId}&ix=${ix}` },
  });
  world.end(six, { outcome: "plain", status: "shown" });
  await pause(2900);
  const seven = world.begin({
    from: "user",
    to: "wallet",
    step: 7,
    kind: "page",
    title: "agree, PIN",
    links: { authId, ix },
    request: { method: "POST", path: `/app/v1/interactions/${ix}/confirm`, body: "csrf=…&pin=••••••" },
  });
  await pause(30);
  const contractId = world.id("c-20261201-");
  const eight = world.begin({
    from: "wallet",
    to: "wallet",
    step: 8,
    replyStep: 9,
    kind: "page",
    title: "authorize",
    links: { authId, contractId },
  });
  await pause(6);
  addContract(world, contractId, userId);
  world.end(eight, { outcome: "good", status: "signed" });
  world.end(seven, { outcome: "good", status: "agreed" });
  const authCode = "663A8FA9D83648EE8AA11FF682989DC7";
  await pause(40);
  world.end(five, {
    outcome: "good",
    status: "authCode",
    response: { status: 200, body: JSON.stringify({ ok: true, ret: { authCode } }) },
  });

  await pause(15);
  const eleven = world.begin({ ...page(11, null, "POST", "/api/subscribe/code", "authCode", { authCode }) });
  await pause(7);
  const twelve = world.begin({
    ...signed(world, 12, 13, "authorizations/applyToken", { grantType: "AUTHORIZATION_CODE", authCode }),
    links: { contractId },
  });
  await pause(11);
  const accessToken = "000000000220261201JfQ6vpiUNV79nT00006725";
  world.end(
    twelve,
    answered(world, {
      result: SUCCESS,
      accessToken,
      accessTokenExpiryTime: "2036-12-01T09:00:03+03:00",
      customerId: "216610000000000000001",
    }),
  );
  await pause(5);
  await charge(world, userId, contractId, "SUB-1", pause);
  world.end(eleven, pageAnswered({ status: "active", box: "fresh-box" }));
}

/**
 * A charge under the contract, with its notification and its messages.
 * @param {World} world
 * @param {string} userId
 * @param {string} contractId
 * @param {string} requestId
 * @param {Pause} pause
 */
export async function charge(world, userId, contractId, requestId, pause) {
  const paymentId = `20261201111212800100166${world.id("82060")}`.padEnd(35, "4");
  const paymentAmount = { currency: "IQD", value: "5000000" };
  const order = { orderDescription: "Fresh Box, صندوق طازج", env: { terminalType: "MINI_APP" } };
  const request = {
    productCode: "51051000101000100031",
    paymentRequestId: requestId,
    paymentAuthCode: "000000000220261201JfQ6vpiUNV79nT00006725",
    paymentAmount,
    paymentNotifyUrl: NOTIFY,
    order,
  };
  const links = { paymentId, contractId };
  const pay = world.begin({ ...signed(world, 14, 15, "payments/pay", request), links });
  await pause(31);
  const user = world.user(userId);
  const left = BigInt(user?.balances[0]?.value ?? "0") - 5_000_000n;
  const isPaid = left >= 0n;
  const result = isPaid
    ? SUCCESS
    : {
        resultCode: "USER_BALANCE_NOT_ENOUGH",
        resultStatus: "F",
        resultMessage: "The user's balance does not cover this.",
      };
  if (user?.balances[0] && isPaid) user.balances[0].value = String(left);
  const story = recordPayment(world, { paymentId, requestId, contractId, userId, isPaid, code: result.resultCode });
  world.end(pay, {
    ...answered(world, { result, paymentId, paymentTime: isPaid ? world.now() : undefined }),
    status: `${result.resultStatus} ${result.resultCode}`,
    outcome: isPaid ? "good" : "bad",
  });
  await pause(25);

  const outboxId = world.id("o-");
  const body = JSON.stringify({ paymentId, paymentRequestId: requestId, paymentAmount, paymentResult: result });
  const row = {
    outboxId,
    kind: "payment",
    target: NOTIFY,
    state: /** @type {const} */ ("DELIVERED"),
    attempts: 1,
    nextAt: null,
    lastError: null,
    createdAt: world.now(),
    paymentId,
    body,
  };
  const sixteen = world.begin({ ...notification(world, body), links: { paymentId, contractId, outboxId } });
  await pause(8);
  world.end(sixteen, {
    outcome: "good",
    status: "S SUCCESS",
    response: {
      status: 200,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ result: SUCCESS }),
    },
  });
  world.outbox.push(row);
  story.outbox.push(row);
  await pause(4);

  const told = messagesOf(world, userId, paymentId, isPaid, left);
  world.messages.push(...told);
  story.messages.push(...told);
  const seventeen = world.begin({
    from: "wallet",
    to: "user",
    step: 17,
    kind: "message",
    title: "SMS, e-mail, inbox",
    links: { paymentId },
    request: { body: told[0]?.body ?? "" },
  });
  world.end(seventeen, { outcome: "good", status: "told", ms: 2 });
}

/**
 * The merchant's endpoint is down, and a request whose body was changed after signing.
 * @param {World} world
 * @param {Pause} pause
 */
export async function troubles(world, pause) {
  const body = JSON.stringify({ paymentId: "20261201111212800100166820600000094", paymentResult: SUCCESS });
  const row = {
    outboxId: world.id("o-"),
    kind: "payment",
    target: "http://127.0.0.1:7601/hooks/old",
    attempts: 3,
    createdAt: world.now(),
    paymentId: world.payments[0]?.payment.paymentId,
    body,
  };
  const down = world.begin({
    ...notification(world, body, "/hooks/old"),
    step: null,
    links: { outboxId: row.outboxId },
  });
  await pause(2004);
  world.end(down, {
    outcome: "bad",
    status: "HTTP 503",
    response: { status: 503, headers: {}, body: "upstream connect error" },
  });
  world.outbox.push({
    ...row,
    state: "PENDING",
    nextAt: stamp(world.nowMs() + 600_000),
    lastError: "HTTP 503 from http://127.0.0.1:7601/hooks/old",
  });
  world.outbox.push({
    ...row,
    outboxId: world.id("o-"),
    state: "DEAD",
    attempts: 8,
    nextAt: null,
    lastError: "no answer within 10 s",
  });
  await pause(800);
  const forged = signed(world, null, null, "payments/pay", {
    productCode: "51051000101000100031",
    paymentRequestId: "SUB-3",
    paymentAmount: { currency: "IQD", value: "9000000" },
  });
  const call = world.begin(forged);
  await pause(1);
  const result = { resultCode: "INVALID_SIGNATURE", resultStatus: "F", resultMessage: "The signature does not match." };
  world.end(call, {
    ...answered(world, { result }),
    status: "F INVALID_SIGNATURE",
    outcome: "bad",
    signature: {
      ...forged.signature,
      valid: false,
      reason: "The signature was made over another text: what was received differs from what was signed.",
    },
  });
}
