// A merchant's desk: orders of the cashier, what is done about them afterwards, and the user who pays, played by the
// sandbox. Answers are the wallet's JSON, whatever it says, unless a function promises success.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

/** Product codes of what is paid with the user's consent each time. */
export const ONLINE = "51051000101000000011";
export const CAPTURE = "51051000101000000012";
export const ESCROW = "51051000101000100008";
export const IN_STORE = "IN_STORE_PAYMENT";

/** Numbers of the simulated issuer's cards, by what it answers. */
export const CARDS = {
  good: "4242424242424242",
  notEnough: "4000000000009995",
  expired: "4000000000000069",
  blocked: "4000000000000002",
  overLimit: "4000000000009235",
  slow: "4000000000000259",
};

/** `S SUCCESS`, `F ORDER_NOT_EXIST`: how an answer is named in these tests. */
export const code = ({ result }) => `${result.resultStatus} ${result.resultCode}`;

/** An amount of whole dinars. */
export const dinars = (whole, currency = "IQD") => ({ currency, value: String(BigInt(whole) * 1000n) });

export class Desk {
  /** `sandbox` plays the user, `merchant` signs the calls. */
  constructor(sandbox, merchant) {
    Object.assign(this, { sandbox, merchant });
  }

  /** The body of an order of `whole` dinars that belongs to nobody in particular. */
  body(product, whole, more = {}) {
    return {
      productCode: product,
      paymentRequestId: randomUUID(),
      paymentAmount: dinars(whole),
      order: { orderDescription: "Olive oil, two bottles", buyer: { referenceBuyerId: "guest-7" } },
      ...more,
    };
  }

  /** Sends a body of `pay`. */
  send(body) {
    return this.merchant.call("/v1/payments/pay", body);
  }

  /** An order that waits for its payer: the answer, its `url` and the `body` it was asked for with. */
  async open(product, whole, more) {
    const body = this.body(product, whole, more);
    const answer = await this.send(body);
    assert.equal(code(answer), "A ACCEPT", JSON.stringify(answer));
    return { ...answer, body, url: answer.redirectActionForm.redirectUrl };
  }

  /** What `my.tradePay` hears when a user does something at an order's cashier. */
  async visit({ url }, userId, more = {}) {
    return (await this.sandbox.post("pay", { paymentUrl: url, userId, ...more })).resultCode;
  }

  /** An order that this user has paid, or whose money is held. */
  async paid(product, whole, userId, more) {
    const order = await this.open(product, whole, more);
    assert.equal(await this.visit(order, userId), "9000");
    return order;
  }

  /** A body of `pay` with the code that a user shows. */
  async scanned(whole, userId, more) {
    const { paymentCode } = await this.sandbox.post("payment-codes", { userId });
    return { productCode: IN_STORE, paymentRequestId: randomUUID(), paymentAuthCode: paymentCode,
      paymentAmount: dinars(whole), order: { orderDescription: "Tea and bread" }, ...more };
  }

  /** How a payment stands. */
  inquire({ paymentId }) {
    return this.merchant.succeed("/v1/payments/inquiryPayment", { paymentId });
  }

  /** The status that merchants poll for. */
  async status(order) {
    return (await this.inquire(order)).paymentStatus;
  }

  /** One of the calls about a payment, by the last part of its path. */
  about(name, { paymentId }, more = {}) {
    return this.merchant.call(`/v1/payments/${name}`, { paymentId, ...more });
  }

  /** Takes what is held, or so many dinars of it. */
  capture(order, whole, more) {
    const amount = whole === undefined ? {} : { captureAmount: dinars(whole) };
    return this.about("capture", order, { captureRequestId: randomUUID(), ...amount, ...more });
  }

  /** Gives back what is held, or so many dinars of it. */
  void(order, whole, more) {
    const amount = whole === undefined ? {} : { voidAmount: dinars(whole) };
    return this.about("void", order, { voidRequestId: randomUUID(), ...amount, ...more });
  }

  /** Gives back so many dinars of what was taken. */
  refund(order, whole, more) {
    return this.about("refund", order, { refundRequestId: randomUUID(), refundAmount: dinars(whole), ...more });
  }

  /** Takes what the escrow holds. */
  confirm(order, more) {
    return this.about("confirm", order, { confirmRequestId: randomUUID(), ...more });
  }

  /** Takes an order of the escrow on. */
  accept(order) {
    return this.about("merchantAccept", order);
  }

  /** Takes a payment back as a whole. */
  cancel(order) {
    return this.about("cancel", order);
  }

  /** What the merchant has, in fils. */
  async credit() {
    const clients = await this.sandbox.get("clients");
    const { merchantId } = clients.find(({ clientId }) => clientId === this.merchant.clientId);
    const accounts = await this.sandbox.get("ledger/accounts");
    return BigInt(accounts.find(({ account }) => account === `merchant:${merchantId}:IQD`)?.balance ?? 0);
  }
}

/** A wallet's sandbox with people and merchants that no other test knows. */
export class Town {
  #people = 0;

  /** `desk` is the demo merchant's. */
  constructor(sandbox, merchant) {
    Object.assign(this, { sandbox, desk: new Desk(sandbox, merchant) });
  }

  /** Somebody new with so many dinars, who speaks English unless told otherwise: `{userId, phone, pin}`. */
  async person(whole = 100_000, language = "en-US") {
    const phone = `96478${String((this.#people += 1)).padStart(8, "0")}`;
    const pin = "246813";
    const name = { name: `Person ${this.#people}`, nameAr: `شخص ${this.#people}` };
    const { userId } = await this.sandbox.post("users", { ...name, phone, pin, language });
    if (whole > 0) await this.sandbox.post(`users/${userId}/top-up`, { amount: dinars(whole) });
    return { userId, phone, pin };
  }

  /** The desk of a merchant that nobody knew before. */
  async newDesk(name) {
    return new Desk(this.sandbox, await this.sandbox.newMerchant(name));
  }

  /** Lets the wallet's time go on: `PT1H`, `P8D`. */
  wait(advance) {
    return this.sandbox.post("clock", { advance });
  }

  /** An access token of a user for reading, with these scopes. */
  async token(merchant, userId, scopes) {
    const { authCode } = await this.sandbox.post("auth-codes", { clientId: merchant.clientId, userId, scopes });
    return merchant.applyToken(authCode);
  }
}
