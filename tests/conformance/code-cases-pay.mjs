// What makes the wallet answer `pay` with each code of its table (spec: qicard 7.1): `[answer, cause, act]`, where `act`
// brings the cause about and answers what the wallet said.

import { CAPTURE, CARDS, ESCROW, ONLINE, dinars } from "../support/orders.mjs";

/** A contract of somebody new with the demo merchant: `{desk, person, accessToken}`. */
async function agreed(town, { has = 10_000, terms } = {}) {
  const [person, { desk }] = [await town.person(has), town];
  return { desk, person, ...(await town.sandbox.contract(desk.merchant, person.userId, terms)) };
}

/** Charges under a contract that is like no other. */
async function charged(town, whole, { before = async () => {}, ...options } = {}) {
  const deal = await agreed(town, options);
  await before(deal);
  return deal.desk.merchant.pay(deal.accessToken, whole);
}

const setUser = (town, userId, status) => town.sandbox.post(`users/${userId}/status`, { status });
const setClient = (town, { merchant }, standing) => town.sandbox.post(`clients/${merchant.clientId}/status`, standing);

export const PAY = [
  ["A ACCEPT", "an order that somebody has to pay in the cashier", ({ desk }) => desk.send(desk.body(ONLINE, 5))],
  ["S SUCCESS", "a charge under a contract", (town) => charged(town, 5)],
  ["S SUCCESS", "an order repeated once it is paid", async (town) => {
    const { body } = await town.desk.paid(ONLINE, 5, (await town.person()).userId);
    return town.desk.send(body);
  }],
  ["S SUCCESS", "an order repeated whose money is held", async (town) => {
    const { body } = await town.desk.paid(CAPTURE, 5, (await town.person()).userId);
    return town.desk.send(body);
  }],
  ["S SUCCESS", "the code that a user shows in a shop", async (town) =>
    town.desk.send(await town.desk.scanned(5, (await town.person()).userId))],
  ["U PAYMENT_IN_PROCESS", "an order repeated while the card's issuer thinks", async (town, { desk } = town) => {
    const order = await desk.open(ONLINE, 5);
    await desk.visit(order, (await town.person()).userId, { fundingSource: CARDS.slow });
    return desk.send(order.body);
  }],
  ["F REPEAT_REQ_INCONSISTENT", "the id of another amount", async ({ desk }) => {
    const { body } = await desk.open(ONLINE, 5);
    return desk.send({ ...body, paymentAmount: dinars(6) });
  }],
  ["F REPEAT_REQ_INCONSISTENT", "the id of another product", async ({ desk }) => {
    const { body } = await desk.open(ONLINE, 5);
    return desk.send({ ...body, productCode: ESCROW });
  }],
  ["F REPEAT_REQ_INCONSISTENT", "the id of another buyer", async ({ desk }) => {
    const { body } = await desk.open(ONLINE, 5);
    return desk.send({ ...body, order: { ...body.order, buyer: { referenceBuyerId: "guest-8" } } });
  }],
  ["F PROCESS_FAIL", "a contract whose first day has not come", (town) =>
    charged(town, 5, { terms: { startTime: "2099-01-01" } })],
  ["F PARAM_ILLEGAL", "a product that does not exist", ({ desk }) => desk.send(desk.body("51051000101000000099", 5))],
  ["F PARAM_ILLEGAL", "a time to pay that is over", ({ desk }) =>
    desk.send(desk.body(ONLINE, 5, { paymentExpiryTime: "2020-01-01T00:00:00+03:00" }))],
  ["F INVALID_API", "a path that no API has", ({ desk }) => desk.merchant.call("/v1/payments/payNow", desk.body(ONLINE, 5))],
  ["F ACCESS_DENIED", "a token that may only read", async (town, { desk } = town) => {
    const { accessToken } = await town.token(desk.merchant, (await town.person()).userId, ["USER_NAME"]);
    return desk.merchant.pay(accessToken, 5);
  }],
  ["F ACCESS_DENIED", "a client that has not agreed with the wallet on agreement payment", async (town) => {
    const [desk, { userId }] = [await town.newDesk(), await town.person()];
    const { accessToken } = await town.sandbox.contract(desk.merchant, userId);
    await setClient(town, desk, { agreementPay: "NOT_AGREED" });
    return desk.merchant.pay(accessToken, 5);
  }],
  ["F PAYMENT_AMOUNT_EXCEED_LIMIT", "an order above what one may be about", ({ desk }) =>
    desk.send(desk.body(ONLINE, 100_000_001))],
  ["F PAYMENT_AMOUNT_EXCEED_LIMIT", "a charge above what was agreed", (town) =>
    charged(town, 6, { terms: { agreedAmount: dinars(5) } })],
  ["F PAYMENT_AMOUNT_EXCEED_LIMIT", "a shown code for more than one may take", async (town, { desk } = town) =>
    desk.send(await desk.scanned(1_000_001, (await town.person(1_100_000)).userId))],
  ["F USER_AMOUNT_EXCEED_LIMIT", "charges above what a user's day allows", async (town) => {
    const { desk, accessToken } = await agreed(town, { has: 60_000_000 });
    for (let count = 0; count < 5; count += 1) await desk.merchant.pay(accessToken, 10_000_000);
    return desk.merchant.pay(accessToken, 1);
  }],
  ["F USER_STATUS_ABNORMAL", "a user whom the operator has frozen", (town) =>
    charged(town, 5, { before: ({ person }) => setUser(town, person.userId, "FROZEN") })],
  ["F USER_BALANCE_NOT_ENOUGH", "a charge above the balance", (town) => charged(town, 6, { has: 5 })],
  ["F USER_BALANCE_NOT_ENOUGH", "a shown code whose user has less", async (town, { desk } = town) =>
    desk.send(await desk.scanned(6, (await town.person(5)).userId))],
  ["F PARTNER_STATUS_ABNORMAL", "a merchant whom the operator has suspended", async (town) => {
    const desk = await town.newDesk();
    await setClient(town, desk, { merchantStatus: "SUSPENDED" });
    return desk.send(desk.body(ONLINE, 5));
  }],
  ["F RISK_REJECT", "a user who may not pay for now", (town) =>
    charged(town, 5, { before: ({ person }) => setUser(town, person.userId, "RESTRICTED") })],
  ["F RISK_REJECT", "the code of a user who may not pay any more", async (town) => {
    const { userId } = await town.person();
    const body = await town.desk.scanned(5, userId);
    await setUser(town, userId, "RESTRICTED");
    return town.desk.send(body);
  }],
  ["F CURRENCY_NOT_SUPPORT", "a currency that the wallet does not take", ({ desk }) =>
    desk.send(desk.body(ONLINE, 5, { paymentAmount: dinars(5, "USD") }))],
  ["F ORDER_STATUS_INVALID", "an order repeated whose time is over", async (town, { desk } = town) => {
    const { body } = await desk.open(ONLINE, 5);
    await town.wait("PT31M");
    return desk.send(body);
  }],
  ["F ORDER_STATUS_INVALID", "an order repeated that was cancelled", async ({ desk }) => {
    const order = await desk.open(ONLINE, 5);
    await desk.cancel(order);
    return desk.send(order.body);
  }],
  ["F ORDER_IS_CANCELED", "an id that was cancelled before it came", async ({ desk }) => {
    const body = desk.body(ONLINE, 5);
    await desk.merchant.call("/v1/payments/cancel", { paymentRequestId: body.paymentRequestId });
    return desk.send(body);
  }],
  ["F INVALID_ACCESS_TOKEN", "a token that nobody has", ({ desk }) => desk.merchant.pay("AT0", 5)],
  ["F EXPIRED_ACCESS_TOKEN", "a contract that has ended", (town) =>
    charged(town, 5, { before: ({ desk, accessToken }) => desk.merchant.succeed("/v1/authorizations/cancelToken", { accessToken }) })],
  ["F AUTH_CODE_ALREADY_USED", "a shown code sent a second time", async (town, { desk } = town) => {
    const body = await desk.scanned(5, (await town.person()).userId);
    await desk.send(body);
    return desk.send({ ...body, paymentRequestId: `${body.paymentRequestId}-2` });
  }],
  ["F INVALID_CODE", "a code that nobody shows", async (town, { desk } = town) => {
    const body = await desk.scanned(5, (await town.person()).userId);
    return desk.send({ ...body, paymentAuthCode: "280000000000000000" });
  }],
  ["F INVALID_CODE", "a shown code that is older than a minute", async (town, { desk } = town) => {
    const body = await desk.scanned(5, (await town.person()).userId);
    await town.wait("PT61S");
    return desk.send(body);
  }],
];
