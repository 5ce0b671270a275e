// A merchant's till under load, and its books: what was charged, what was acknowledged, what is not known. It behaves as
// the protocol wants it, repeating a request until its outcome is known, and proves at the end that the wallet's books
// say the same.

import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { eventually } from "./sandbox.mjs";

const PAY = "/v1/payments/pay";
const INQUIRY = "/v1/payments/inquiryPayment";
/** Merchants give up waiting after 25 s (spec: qicard). */
const GIVE_UP_MS = 25_000;
/** The pause before a request is repeated. */
const AGAIN_MS = 25;
/** What the network says when a process dies, is not there yet, or does not answer. */
const NETWORK = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"]);
const AT_ONCE = 16;

export class Till {
  /** What is wrong beyond repair: refusals, unsigned answers, second payments. */
  faults = [];
  /** By request id: `{charge, payer}`. */
  sent = new Map();
  /** By request id: the id of its payment, from an answer `S`. */
  acknowledged = new Map();
  /** How many answers there were of each kind: `S SUCCESS`, `U …`, `ECONNRESET`. */
  answers = {};
  /** The slowest answer of the wallet in ms. */
  slowest = 0;
  /** How long each worker rests between two charges, in ms. */
  restMs = 0;
  #number = 0;
  #workers = [];
  #isOpen = false;

  /**
   * `payers` are `{accessToken, had, balance()}`: the tokens of live contracts, what each payer had before the first
   * charge, and how to ask for what is left. `walletUrls()` answers where the wallet can be asked at this moment.
   */
  constructor({ merchant, payers, receiver, random, walletUrls = () => [merchant.walletUrl], name = "TILL" }) {
    Object.assign(this, { merchant, payers, receiver, random, walletUrls, name });
  }

  /** Charges with `atOnce` requests under way, until `close`; with so many more if it is open. */
  open(atOnce = AT_ONCE) {
    this.#isOpen = true;
    const workers = Array.from({ length: atOnce }, async () => {
      while (this.#isOpen) {
        await this.#charge();
        if (this.restMs > 0) await delay(this.restMs);
      }
    });
    this.#workers.push(...workers);
  }

  /** Sends no more; what is not known stays so until `settle`. */
  async close() {
    this.#isOpen = false;
    await Promise.all(this.#workers.splice(0));
  }

  /** Waits until `count` more payments have been acknowledged. */
  async more(count, { timeoutMs = 60_000 } = {}) {
    const target = this.acknowledged.size + count;
    await eventually(`${count} more payments`, () => this.acknowledged.size >= target, { everyMs: 1, timeoutMs }).catch((error) => {
      throw new Error(`${error.message}; answers so far: ${JSON.stringify(this.answers)}`);
    });
  }

  /** A new charge, repeated until its outcome is known or the till is closed. One in eight is sent twice at once. */
  async #charge() {
    const payer = this.payers[this.random(this.payers.length)];
    const paymentRequestId = `${this.name}-${String((this.#number += 1)).padStart(6, "0")}`;
    const notifyUrl = this.receiver === undefined ? {} : { paymentNotifyUrl: this.receiver.url };
    const charge = this.merchant.charge(payer.accessToken, 1 + this.random(9), { paymentRequestId, ...notifyUrl });
    this.sent.set(paymentRequestId, { charge, payer });
    const twice = this.random(8) === 0;
    do {
      const known = await Promise.all((twice ? [0, 1] : [0]).map(() => this.#ask(paymentRequestId)));
      if (known.every(Boolean)) return;
      await delay(AGAIN_MS);
    } while (this.#isOpen);
  }

  /** Sends a charge once. Answers whether its outcome is known. */
  async #ask(paymentRequestId) {
    const urls = this.walletUrls();
    if (urls.length === 0) return false;
    const walletUrl = urls[this.random(urls.length)];
    const begun = performance.now();
    let json;
    try {
      const { charge } = this.sent.get(paymentRequestId);
      json = await this.merchant.call(PAY, charge, { walletUrl, timeoutMs: GIVE_UP_MS });
    } catch (error) {
      this.#count(error.code);
      if (!NETWORK.has(error.code)) this.faults.push(`${paymentRequestId}: ${error.stack}`);
      return false;
    }
    const { resultStatus, resultCode } = json.result;
    this.slowest = Math.max(this.slowest, performance.now() - begun);
    this.#count(`${resultStatus} ${resultCode}`);
    if (resultStatus === "S") this.#acknowledge(paymentRequestId, json.paymentId);
    else if (resultStatus !== "U") this.faults.push(`${paymentRequestId}: refused, ${JSON.stringify(json)}`);
    return resultStatus !== "U";
  }

  #count(kind) {
    this.answers[kind] = (this.answers[kind] ?? 0) + 1;
  }

  #acknowledge(paymentRequestId, paymentId) {
    const first = this.acknowledged.get(paymentRequestId) ?? paymentId;
    if (first !== paymentId) this.faults.push(`${paymentRequestId} was paid twice: ${first}, ${paymentId}`);
    this.acknowledged.set(paymentRequestId, first);
  }

  /** Does `act` for many requests, a few at a time. */
  async #each(ids, act) {
    const rest = [...ids];
    const worker = async () => {
      for (let id = rest.pop(); id !== undefined; id = rest.pop()) await act(id);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  /** Repeats requests until their outcome is known: those of which it is not, unless `ids` says which. */
  async settle(ids = [...this.sent.keys()].filter((id) => !this.acknowledged.has(id)), { timeoutMs = 60_000 } = {}) {
    const until = performance.now() + timeoutMs;
    await this.#each(ids, async (id) => {
      while (!(await this.#ask(id))) {
        assert.ok(performance.now() < until, `${id} is still unknown: ${JSON.stringify(this.answers)}`);
        await delay(AGAIN_MS);
      }
    });
  }

  /** Acknowledged payments that are not there under the id that was told, each with what is there instead. */
  async lost() {
    const lost = [];
    await this.#each(this.acknowledged.keys(), async (paymentRequestId) => {
      const paymentId = this.acknowledged.get(paymentRequestId);
      const [walletUrl] = this.walletUrls();
      const found = await this.merchant.call(INQUIRY, { paymentRequestId }, { walletUrl, timeoutMs: GIVE_UP_MS });
      const isThere = found.paymentId === paymentId && found.paymentStatus === "SUCCESS";
      if (!isThere) lost.push(`${paymentRequestId}: told ${paymentId}, found ${JSON.stringify(found)}`);
    });
    return lost;
  }

  /** What the payers' balances are off by, in fils: nothing was taken twice, nothing of an acknowledged charge is left. */
  async missing() {
    let off = 0n;
    for (const payer of this.payers) {
      const charges = [...this.sent.values()].filter((one) => one.payer === payer);
      const taken = charges.reduce((sum, { charge }) => sum + BigInt(charge.paymentAmount.value), 0n);
      off += payer.had - taken - (await payer.balance());
    }
    return off;
  }

  /** Payments of which the merchant was not told rightly. */
  untold() {
    const told = new Map(this.receiver.received.map(({ json }) => [json.paymentId, json]));
    return [...this.acknowledged].filter(([paymentRequestId, paymentId]) => {
      const { paymentAmount } = this.sent.get(paymentRequestId).charge;
      const json = told.get(paymentId);
      return (
        json?.paymentRequestId !== paymentRequestId ||
        json.paymentResult.resultStatus !== "S" ||
        json.paymentAmount.value !== paymentAmount.value
      );
    });
  }

  /**
   * The proof, once the load is over: nothing acknowledged is lost, each request has one payment however often it is
   * repeated, each payer has paid each once, and the merchant is told of every payment within `toldMs`. Answers in how
   * many ms that was.
   */
  async prove({ toldMs = 60_000 } = {}) {
    assert.deepEqual(await this.lost(), [], "acknowledged payments are lost");
    await this.settle();
    await this.settle(this.sent.keys());
    assert.deepEqual(this.faults, []);
    assert.equal(this.acknowledged.size, this.sent.size);
    assert.equal(new Set(this.acknowledged.values()).size, this.sent.size, "one payment for each request");
    assert.equal(await this.missing(), 0n, "the payers' balances are off");
    if (this.receiver === undefined) return 0;
    const begun = performance.now();
    await eventually("the merchant is told of every payment", () => this.untold().length === 0, { timeoutMs: toldMs }).catch((error) => {
      throw new Error(`${error.message}: ${this.untold().length} of ${this.sent.size} are missing, such as ${this.untold()[0]}`);
    });
    const told = Math.round(performance.now() - begun);
    assert.ok(this.receiver.received.every(({ valid }) => valid), "a notification is not signed by the wallet");
    const ours = new Set(this.acknowledged.values());
    const strange = this.receiver.received.filter(({ json }) => !ours.has(json.paymentId));
    assert.deepEqual(strange, [], "the merchant is told of payments that do not exist");
    return told;
  }
}
