// Orders of the cashier as a merchant sees them (spec: qicard 7.1 to 7.3, 12): made, repeated, paid, inquired, told.
// How they end unpaid is orders-end.test.mjs. The user is played by the sandbox; tests/browser has the pages.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Merchant } from "../support/openapi.mjs";
import { CAPTURE, CARDS, ONLINE, Town, code, dinars } from "../support/orders.mjs";
import { startWallet } from "../support/program.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";

let wallet, sandbox, town, desk;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  town = new Town(sandbox, Merchant.ofWallet(wallet));
  desk = town.desk;
});
after(() => wallet?.stop());

const ONE_PERCENT = 100n;

test("an order is accepted with both spellings of its address, and nothing has moved", async () => {
  const had = await desk.credit();
  const order = await desk.open(ONLINE, 25);
  const { method, redirectUrl, redirectionUrl } = order.redirectActionForm;
  assert.equal(method, "GET");
  assert.equal(redirectUrl, redirectionUrl);
  assert.match(redirectUrl, /^http:\/\/localhost:\d+\/cashier\?orderId=[0-9A-F]{32}$/);
  assert.match(order.paymentId, /^20\d{33}$/);
  assert.ok(!redirectUrl.includes(order.paymentId), "whoever knows the payment does not know its page");
  assert.equal(order.paymentRequestId, order.body.paymentRequestId);
  assert.equal(order.paymentTime, undefined);
  assert.equal(await desk.status(order), "PROCESSING");
  assert.equal(await desk.credit(), had);
});

test("a paid order takes the amount from the payer, and gives it less the fee to the merchant", async () => {
  const [{ userId }, had] = [await town.person(100), await desk.credit()];
  const order = await desk.paid(ONLINE, 25, userId);
  assert.equal(await sandbox.balance(userId), 75_000n);
  assert.equal(await desk.credit(), had + 25_000n - 25_000n / ONE_PERCENT);
  const { postings } = await sandbox.get(`payments/${order.paymentId}`);
  const moved = postings.map(({ account, amount }) => [account.split(":")[0], amount.value]);
  assert.deepEqual(new Map(moved), new Map([["user", "-25000"], ["merchant", "24750"], ["fees", "250"]]), "one posting");

  const found = await desk.inquire(order);
  assert.equal(found.paymentStatus, "SUCCESS");
  assert.deepEqual(found.paymentAmount, { currency: "IQD", value: "25000" });
  assert.match(found.paymentTime, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/);
  assert.deepEqual(found.transactions, []);
  const again = await desk.send(order.body);
  assert.equal(`${code(again)} ${again.paymentTime}`, `S SUCCESS ${found.paymentTime}`);
});

test("a repeated paymentRequestId is the same payment, whatever describes it and whenever it shall end", async () => {
  const order = await desk.open(ONLINE, 25, { paymentExpiryTime: "2099-01-01T00:00:00+03:00" });
  const other = {
    paymentExpiryTime: "2098-06-01T12:00:00Z",
    paymentNotifyUrl: "http://127.0.0.1:9/elsewhere",
    paymentRedirectUrl: "https://shop.example/other",
    paymentOrderTitle: "Another title",
    order: { ...order.body.order, orderDescription: "Other words" },
  };
  const again = await desk.send({ ...order.body, ...other });
  assert.equal(code(again), "A ACCEPT");
  assert.equal(again.paymentId, order.paymentId);
  assert.equal(again.redirectActionForm.redirectUrl, order.url);
  assert.equal((await sandbox.get(`payments/${order.paymentId}`)).payment.description, order.body.order.orderDescription);
});

test("times with Z, an offset, milliseconds or none are taken for when an order ends", async () => {
  const at = new Date(Date.now() + 3_600_000);
  at.setMilliseconds(0);
  const whole = at.toISOString().slice(0, 19);
  const baghdad = new Date(at.getTime() + 3 * 3_600_000).toISOString().slice(0, 19);
  for (const text of [`${whole}Z`, `${whole}+00:00`, `${whole}.000Z`, `${whole}.000+00:00`, `${baghdad}+03:00`]) {
    const { paymentId } = await desk.open(ONLINE, 1, { paymentExpiryTime: text });
    const { payment } = await sandbox.get(`payments/${paymentId}`);
    assert.equal(Date.parse(payment.dueAt), at.getTime(), text);
  }
});

test("an amount as a JSON number is taken, and answered as text", async () => {
  const order = await desk.open(ONLINE, 1, { paymentAmount: { currency: "IQD", value: 25_000 } });
  assert.deepEqual((await desk.inquire(order)).paymentAmount, { currency: "IQD", value: "25000" });
});

test("an empty text means that a member is absent", async () => {
  const empty = {
    paymentExpiryTime: "",
    paymentNotifyUrl: "",
    paymentRedirectUrl: "",
    voidNotifyUrl: "",
    paymentAuthCode: "",
    paymentOrderTitle: "",
    extendInfo: "",
  };
  const order = await desk.open(ONLINE, 1, empty);
  const found = await desk.merchant.succeed("/v1/payments/inquiryPayment", {
    paymentId: "",
    paymentRequestId: order.paymentRequestId,
  });
  assert.equal(found.paymentId, order.paymentId);
});

test("products by their symbols are those of their numbers", async () => {
  const { userId } = await town.person();
  const online = await desk.open("CASHIER_PAYMENT", 1);
  assert.equal(code(await desk.send({ ...online.body, productCode: ONLINE })), "A ACCEPT");
  const hold = await desk.open("CASHIER_PAYMENT", 1, { paymentFactor: { isAuthorizationPayment: true } });
  await desk.visit(hold, userId);
  assert.equal(await desk.status(hold), "AUTH_SUCCESS");
});

test("bodies as public clients were recorded to send them are taken as they stand", async () => {
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const recorded = [
    `{"productCode":"51051000101000000011","paymentRequestId":"PAY-9a323e3d-677d-48f4-8a32-9cbf2dd9d472-1795301791960","paymentAmount":{"currency":"IQD","value":"1000"},"order":{"orderDescription":"Test Order - Online Purchase","buyer":{"referenceBuyerId":"216610000000000000001"}},"paymentExpiryTime":"${later.slice(0, 19)}+00:00","paymentRedirectUrl":"http://127.0.0.1:1999/payment-success.html"}`,
    `{"order":{"buyer":{"referenceBuyerId":"216610000000000000001"},"orderDescription":"Order \\u0026 \\u003cb\\u003e"},"paymentAmount":{"currency":"IQD","value":"5000"},"paymentAuthCode":"AT1","paymentNotifyUrl":"http://127.0.0.1:1999/n","paymentOrderTitle":"Order \\u0026 \\u003cb\\u003e","paymentRequestId":"req-1","productCode":"51051000101000000011"}`,
  ];
  const { userId } = await town.person();
  for (const body of recorded) {
    const answer = await desk.send(body);
    assert.equal(code(answer), "A ACCEPT", body);
    assert.equal(await desk.visit({ url: answer.redirectActionForm.redirectUrl }, userId), "9000");
  }
  const agreement = `{"productCode":"51051000101000100031","paymentRequestId":"AGREEMENT-PAY-8962f199-f1c5-4a36-bbd0-28a872119843-1795301791987","paymentAuthCode":"AT1","paymentAmount":{"currency":"IQD","value":"1000"},"order":{"orderDescription":"الاشتراك","buyer":{"referenceBuyerId":"C1"}},"paymentExpiryTime":"${later.slice(0, 23)}+00:00","paymentNotifyUrl":"http://127.0.0.1:1999/api/webhook/payment-notify"}`;
  assert.equal(code(await desk.send(agreement)), "F INVALID_ACCESS_TOKEN", "all of it is understood");
});

test("siblings' paths and spellings mean the same", async () => {
  const { order, ...rest } = desk.body(ONLINE, 1, { productCode: "CASHIER_PAYMENT", partnerId: "P1", salesCode: "51" });
  const body = { ...rest, extraParams: { ORDER: JSON.stringify(order) }, paymentReturnUrl: "https://shop.example/done" };
  const made = await desk.merchant.call("/api/v1/payments/pay", body);
  assert.equal(code(made), "A ACCEPT");
  const gone = await desk.merchant.call("/v1/payments/cancelPayment", { paymentRequestId: rest.paymentRequestId });
  assert.equal(`${code(gone)} ${gone.paymentId}`, `S SUCCESS ${made.paymentId}`);
});

test("a buyer whom the wallet knows is the only one who can pay", async () => {
  const [buyer, other] = [await town.person(), await town.person()];
  const { customerId, accessToken } = await town.token(desk.merchant, buyer.userId, ["auth_base"]);
  for (const referenceBuyerId of [customerId, accessToken]) {
    const order = await desk.open(ONLINE, 1, { order: { orderDescription: "Tea", buyer: { referenceBuyerId } } });
    assert.equal(await desk.visit(order, other.userId), "4000");
    assert.equal(await desk.status(order), "PROCESSING", "it is still to be paid");
    assert.equal(await desk.visit(order, buyer.userId), "9000");
  }
});

test("a buyer whom only the merchant knows leaves the order to whoever pays", async () => {
  const another = await town.newDesk();
  const { userId } = await town.person();
  // Another merchant's name for a user means nothing here.
  const { customerId } = await town.token(another.merchant, userId, ["auth_base"]);
  const order = await desk.open(ONLINE, 1, { order: { orderDescription: "Tea", buyer: { referenceBuyerId: customerId } } });
  assert.equal(await desk.visit(order, (await town.person()).userId), "9000");
});

test("my.tradePay's codes, each from its cause", async () => {
  const { userId } = await town.person();
  const poor = await town.person(0);
  assert.equal(await desk.visit(await desk.open(ONLINE, 1), userId), "9000");
  assert.equal(await desk.visit(await desk.open(CAPTURE, 1), userId), "9000", "held is paid, for a Mini Program");
  const left = await desk.open(ONLINE, 1);
  assert.equal(await desk.visit(left, userId, { outcome: "cancel" }), "6001");
  assert.equal(await desk.visit(left, userId, { outcome: "network" }), "6002");
  assert.equal(await desk.visit(left, poor.userId), "4000", "no money");
  assert.equal(await desk.visit(left, userId, { outcome: "unknown" }), "6004");
  assert.equal(await desk.status(left), "SUCCESS", "6004 may be paid, and here it is");
  assert.equal(await desk.visit(await desk.open(ONLINE, 1), userId, { fundingSource: CARDS.slow }), "8000");
});

test("a card loads the wallet in the moment of paying; one that is declined leaves the order open", async () => {
  const { userId } = await town.person(3);
  for (const name of ["notEnough", "expired", "blocked", "overLimit"]) {
    const order = await desk.open(ONLINE, 25);
    assert.equal(await desk.visit(order, userId, { fundingSource: CARDS[name] }), "4000", name);
    assert.equal(await desk.status(order), "PROCESSING", name);
    assert.equal(await desk.visit(order, userId, { fundingSource: CARDS.good }), "9000", name);
    assert.equal(await sandbox.balance(userId), 3000n, "the balance is what it was");
  }
});

test("a card whose issuer thinks for five minutes pays in the end, once", async (t) => {
  const receiver = await startReceiver(t, desk.merchant);
  const { userId } = await town.person(0);
  const order = await desk.open(ONLINE, 25, { paymentNotifyUrl: receiver.url });
  assert.equal(await desk.visit(order, userId, { fundingSource: CARDS.slow }), "8000");
  assert.equal(await desk.status(order), "PROCESSING");
  await town.wait("PT6M");
  await eventually("the issuer answers", async () => (await desk.status(order)) === "SUCCESS");
  await eventually("the merchant is told", () => receiver.received.length === 1);
  assert.equal(receiver.received[0].json.paymentResult.resultCode, "SUCCESS");
  assert.equal(await sandbox.balance(userId), 0n);
});

test("a paid order is told, signed, with exactly the members of the live sample", async (t) => {
  const receiver = await startReceiver(t, desk.merchant);
  const order = await desk.paid(ONLINE, 25, (await town.person()).userId, { paymentNotifyUrl: receiver.url });
  await eventually("the merchant is told", () => receiver.received.length === 1);
  const [{ valid, json }] = receiver.received;
  assert.ok(valid, "signed by the wallet");
  const { paymentTime } = await desk.inquire(order);
  const { paymentCreateTime, paymentResult, ...rest } = json;
  assert.equal(code({ result: paymentResult }), "S SUCCESS");
  assert.ok(Date.parse(paymentCreateTime) <= Date.parse(paymentTime));
  assert.deepEqual(rest, {
    paymentId: order.paymentId,
    paymentRequestId: order.paymentRequestId,
    extendInfo: '{"sourcePlatform":"MINI_APP"}',
    paymentTime,
    paymentAmount: { currency: "IQD", value: "25000" },
  });
});

test("a shown code pays at once, for one merchant, and the user is told", async (t) => {
  const receiver = await startReceiver(t, desk.merchant);
  const { userId } = await town.person(100);
  const body = await desk.scanned(7, userId, { paymentNotifyUrl: receiver.url });
  assert.match(body.paymentAuthCode, /^28\d{16}$/);
  const paid = await desk.send(body);
  assert.equal(code(paid), "S SUCCESS");
  assert.match(paid.paymentTime, /^20/);
  assert.deepEqual(await desk.send(body), paid, "the same again");
  assert.equal(await sandbox.balance(userId), 93_000n);
  await eventually("the merchant is told", () => receiver.received.length === 1);
  const messages = (await sandbox.get("messages")).filter(({ paymentId }) => paymentId === paid.paymentId);
  assert.ok(messages.some(({ channel, body: text }) => channel === "inbox" && text.includes("7 IQD")));
});

test("what is refused by a rule is a payment too: inquired as failed, repeated with the same code", async () => {
  const { userId } = await town.person(5);
  const body = await desk.scanned(6, userId);
  const refused = await desk.send(body);
  assert.equal(code(refused), "F USER_BALANCE_NOT_ENOUGH");
  assert.equal(code(await desk.send(body)), "F USER_BALANCE_NOT_ENOUGH");
  const found = await desk.inquire(refused);
  assert.equal(found.paymentStatus, "FAIL");
  assert.match(found.paymentFailReason, /^USER_BALANCE_NOT_ENOUGH: /);
});

test("the amount's currency is the wallet's", async () => {
  assert.equal(code(await desk.send(desk.body(ONLINE, 1, { paymentAmount: dinars(1, "EUR") }))), "F CURRENCY_NOT_SUPPORT");
});

test("the ledger holds together after all of that", () => sandbox.verifyLedger());
