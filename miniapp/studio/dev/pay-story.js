// The other story of the pretended wallet: the twenty steps of a payment in the cashier, then a hold of which a part is
// captured, and a refund.

import { SHOP } from "./world.js";
import { answered, notification, page, pageAnswered, signed } from "./wire.js";

/** @typedef {import("./world.js").World} World */
/** @typedef {import("../types.js").Call} Call */
/** @typedef {import("../types.js").Operation} Operation */
/** @typedef {import("../types.js").PaymentStory} PaymentStory */
/** @typedef {(ms: number) => Promise<void>} Pause */

const SUCCESS = { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "Success." };
const NOTIFY = "http://127.0.0.1:7601/hooks/payment";
const ONLINE = "51051000101000000011";
const HOLD = "51051000101000000012";
/** @type {Partial<Call>} */
const PAY = { story: "pay" };

/** @param {number} dinars */
const amount = (dinars) => ({ currency: "IQD", value: String(dinars * 1000) });

/**
 * All twenty steps.
 * @param {World} world
 * @param {string} userId
 * @param {Pause} pause
 */
export async function buy(world, userId, pause) {
  const authCode = await signIn(world, pause);
  await pause(20);
  const six = world.begin({ ...page(6, null, "POST", "/api/login", "authCode", { authCode }), ...PAY });
  await pause(6);
  const seven = world.begin({
    ...signed(world, 7, 8, "authorizations/applyToken", { grantType: "AUTHORIZATION_CODE", authCode }),
    ...PAY,
  });
  await pause(10);
  world.end(seven, answered(world, { result: SUCCESS, accessToken: "0000000002202612", customerId: userId }));
  await pause(4);
  world.end(six, pageAnswered({ name: world.user(userId)?.name }));
  await pause(900);
  const story = await order(world, userId, ONLINE, 7_500, pause);
  await cashier(world, userId, story, "9000", pause);
}

/** Steps 1 to 5. @param {World} world @param {Pause} pause */
async function signIn(world, pause) {
  const authCode = "281010033AB2F588D14B43238637264F";
  const wallet = { from: /** @type {const} */ ("wallet"), to: /** @type {const} */ ("wallet"), kind: /** @type {const} */ ("page") };
  const one = world.begin({ ...call(1, 5, "my.getAuthCode", { scopes: ["USER_ID"] }) });
  await pause(4);
  const two = world.begin({ ...wallet, ...PAY, step: 2, replyStep: 4, title: "authorize" });
  await pause(2);
  const three = world.begin({ ...wallet, ...PAY, step: 3, title: "check the authorization" });
  world.end(three, { outcome: "good", status: "silent", ms: 1 });
  await pause(3);
  world.end(two, { outcome: "good", status: "authCode" });
  await pause(2);
  const ret = { authCode, authSuccessScopes: ["USER_ID"], authErrorScopes: {} };
  world.end(one, { outcome: "good", status: "authCode", response: { status: 200, body: JSON.stringify(ret) } });
  return authCode;
}

/**
 * Steps 9 to 12.
 * @param {World} world @param {string} userId @param {string} productCode @param {number} dinars @param {Pause} pause
 */
async function order(world, userId, productCode, dinars, pause) {
  const paymentId = `20261201111212800100166${world.id("82061")}`.padEnd(35, "2");
  const orderId = world.id("7f3ac0de").padEnd(32, "9");
  const paymentUrl = `http://localhost:7600/cashier?orderId=${orderId}`;
  const requestId = world.id("BUY-");
  const links = { paymentId, orderId };
  const path = productCode === HOLD ? "/api/hold" : "/api/buy";
  const nine = world.begin({ ...page(9, 12, "POST", path, "create the order", { item: "fresh-box" }), ...PAY });
  await pause(8);
  const request = {
    productCode,
    paymentRequestId: requestId,
    paymentAmount: amount(dinars),
    order: { orderDescription: "Fresh Box, once", buyer: { referenceBuyerId: userId } },
    paymentNotifyUrl: NOTIFY,
  };
  const ten = world.begin({ ...signed(world, 10, 11, "payments/pay", request), ...PAY, links });
  await pause(18);
  const result = { resultCode: "ACCEPT", resultStatus: "A", resultMessage: "Accepted." };
  const redirectActionForm = { method: "GET", redirectUrl: paymentUrl };
  world.end(ten, { ...answered(world, { result, paymentId, redirectActionForm }), status: "A ACCEPT" });
  await pause(4);
  world.end(nine, pageAnswered({ paymentUrl }));
  /** @type {PaymentStory} */
  const story = {
    payment: {
      paymentId,
      paymentRequestId: requestId,
      clientId: SHOP.clientId,
      userId: null,
      product: productCode === HOLD ? "AUTH_CAPTURE" : "ONLINE",
      amount: amount(dinars),
      status: "OPEN",
      createdAt: world.now(),
      dueAt: "2026-12-01T09:30:00+03:00",
      description: "Fresh Box, once",
    },
    postings: [],
    operations: [],
    outbox: [],
    messages: [],
  };
  world.payments.push(story);
  await pause(60);
  return Object.assign(story, { paymentUrl, orderId });
}

/**
 * Steps 13 to 20; a hold is told to the merchant too.
 * @param {World} world
 * @param {string} userId
 * @param {PaymentStory & {paymentUrl: string, orderId: string}} story
 * @param {string} resultCode
 * @param {Pause} pause
 */
async function cashier(world, userId, story, resultCode, pause) {
  const { payment, paymentUrl, orderId } = story;
  const { paymentId } = payment;
  const ix = world.id("ix-");
  const links = { paymentId, orderId, ix };
  const thirteen = world.begin({ ...call(13, 18, "my.tradePay", { paymentUrl }), links });
  await pause(20);
  const user = { from: /** @type {const} */ ("user"), to: /** @type {const} */ ("wallet"), kind: /** @type {const} */ ("page") };
  const path = `/cashier?orderId=${orderId}&ix=${ix}`;
  const shown = world.begin({ ...user, from: "wallet", to: "user", ...PAY, step: 14, title: "cashier page", links, request: { method: "GET", path } });
  world.end(shown, { outcome: "plain", status: "shown" });
  await pause(2600);
  const confirm = `/app/v1/interactions/${ix}/confirm`;
  const request = { method: "POST", path: confirm, body: "csrf=…&pin=••••••&source=balance" };
  const fifteen = world.begin({ ...user, ...PAY, step: 15, title: "confirm, PIN", links, request });
  await pause(25);
  const sixteen = world.begin({ ...user, from: "wallet", ...PAY, step: 16, replyStep: 17, title: "execute the payment", links });
  await pause(7);
  const holds = payment.product === "AUTH_CAPTURE";
  const left = { userId, source: "balance" };
  const taken = holds ? { held: payment.amount, status: "AUTHORIZED", dueAt: "2026-12-08T09:00:00+03:00" } : { taken: payment.amount, fee: amount(75), status: "SUCCESS" };
  Object.assign(payment, left, taken);
  const whole = Number(payment.amount.value) / 1000;
  story.postings = holds
    ? [posting(`user:${userId}:IQD`, -whole), posting(`hold:${userId}:IQD`, whole)]
    : [posting(`user:${userId}:IQD`, -whole), posting(`merchant:${SHOP.merchantId}:IQD`, whole - 75), posting("fees:IQD", 75)];
  world.end(sixteen, { outcome: "good", status: payment.status });
  world.end(fifteen, { outcome: "good", status: "confirmed" });
  await pause(30);
  world.end(thirteen, {
    outcome: "good",
    status: resultCode,
    response: { status: 200, body: JSON.stringify({ resultCode }) },
  });
  await tell(world, story, { paymentResult: SUCCESS, ...(holds && { paymentStatus: "AUTH_SUCCESS" }) }, pause);
  const body = `You paid ${whole.toLocaleString("en")} IQD to Zaytoun Market.`;
  const inbox = { channel: /** @type {const} */ ("inbox"), to: world.user(userId)?.name ?? "", title: "Paid", body, at: world.now(), userId, paymentId };
  world.messages.push(inbox);
  story.messages.push(inbox);
  const twenty = world.begin({ ...user, from: "wallet", to: "user", kind: "message", ...PAY, step: 20, title: "SMS, e-mail, inbox", links, request: { body } });
  world.end(twenty, { outcome: "good", status: "told", ms: 2 });
}

/** Step 19. @param {World} world @param {PaymentStory} story @param {Record<string, unknown>} content @param {Pause} pause */
async function tell(world, story, content, pause) {
  const { paymentId, paymentRequestId, amount: paymentAmount } = story.payment;
  const outboxId = world.id("o-");
  const body = JSON.stringify({ paymentId, paymentRequestId, paymentAmount, ...content });
  const nineteen = world.begin({ ...notification(world, body), ...PAY, step: 19, links: { paymentId, outboxId } });
  await pause(8);
  world.end(nineteen, { outcome: "good", status: "S SUCCESS", response: { status: 200, headers: {}, body: JSON.stringify({ result: SUCCESS }) } });
  const row = { outboxId, kind: "payment", target: NOTIFY, state: /** @type {const} */ ("DELIVERED"), attempts: 1, createdAt: world.now(), paymentId, body };
  world.outbox.push(row);
  story.outbox.push(row);
  await pause(4);
}

/** A hold of which a part is captured, and a refund of what was bought before. @param {World} world @param {string} userId @param {Pause} pause */
export async function afterwards(world, userId, pause) {
  const bought = /** @type {PaymentStory} */ (world.payments.at(-1));
  const story = await order(world, userId, HOLD, 20_000, pause);
  await cashier(world, userId, story, "9000", pause);
  await pause(5000);
  const capture = await operate(world, story, "CAPTURE", 15_000, pause);
  Object.assign(story.payment, { held: amount(0), taken: amount(15_000), voided: amount(5_000), fee: amount(150), status: "SUCCESS" });
  const by = (/** @type {string} */ account, /** @type {number} */ dinars) => ({ ...posting(account, dinars), operationId: capture.operationId });
  story.postings.push(by(`hold:${userId}:IQD`, -20_000), by(`user:${userId}:IQD`, 5_000), by(`merchant:${SHOP.merchantId}:IQD`, 14_850), by("fees:IQD", 150));
  await pause(9000);
  const refund = await operate(world, bought, "REFUND", 2_500, pause);
  bought.payment.refunded = amount(2_500);
  bought.postings.push(
    { ...posting(`merchant:${SHOP.merchantId}:IQD`, -2_500), operationId: refund.operationId },
    { ...posting(`user:${userId}:IQD`, 2_500), operationId: refund.operationId },
  );
  await pause(1200);
  await operate(world, bought, "REFUND", 9_000, pause, "REFUND_AMOUNT_EXCEED");
}

/**
 * @param {World} world @param {PaymentStory} story @param {"CAPTURE" | "REFUND"} kind @param {number} dinars @param {Pause} pause
 * @param {string | null} [code]  why it is refused
 */
async function operate(world, story, kind, dinars, pause, code = null) {
  const name = kind.toLowerCase();
  const { paymentId } = story.payment;
  const requestId = world.id(`${kind}-`);
  const operationId = `202612011112128001001${kind === "REFUND" ? "13" : "11"}${world.id("00166")}`.padEnd(35, "7");
  const content = { [`${name}RequestId`]: requestId, paymentId, [`${name}Amount`]: amount(dinars), ...(kind === "REFUND" && { refundReason: "Two tomatoes were soft" }) };
  const asked = world.begin({ ...signed(world, null, null, `payments/${name}`, content), links: { paymentId, operationId } });
  await pause(14);
  /** @type {Operation} */
  const operation = {
    operationId, kind, paymentId, requestId, amount: amount(dinars), status: code ? "FAIL" : "SUCCESS", code, by: "MERCHANT",
    reason: kind === "REFUND" ? "Two tomatoes were soft" : null, at: world.now(),
  };
  story.operations?.push(operation);
  const result = code ? { resultCode: code, resultStatus: "F", resultMessage: "More than what was paid and not given back." } : SUCCESS;
  world.end(asked, {
    ...answered(world, code ? { result } : { result, [`${name}Id`]: operationId, [`${name}Time`]: world.now() }),
    status: `${result.resultStatus} ${result.resultCode}`,
    outcome: code ? "bad" : "good",
  });
  return operation;
}

/** @param {string} account @param {number} dinars @returns {import("../types.js").Posting} */
function posting(account, dinars) {
  return { account, label: account, amount: amount(dinars) };
}

/** A call of the Mini Program. @param {number} step @param {number} replyStep @param {string} title @param {unknown} args @returns {Partial<Call>} */
function call(step, replyStep, title, args) {
  return { from: "miniProgram", to: "wallet", ...PAY, step, replyStep, kind: "jsapi", title, request: { body: JSON.stringify(args) } };
}
