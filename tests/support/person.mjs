// A person with a phone, without the phone: signs in on the wallet's pages and agrees, by the same requests that the
// shell and the pages make. For a wallet without a sandbox.

import assert from "node:assert/strict";
import { exchange } from "./openapi.mjs";

export class Person {
  constructor({ walletUrl, phone, pin }) {
    Object.assign(this, { walletUrl, phone, pin });
  }

  /** One request with the session's cookie; a new cookie is kept. Answers `{status, headers, text, json}`. */
  async ask(path, { method = "GET", json, form, headers = {} } = {}) {
    const type = form === undefined ? "application/json" : "application/x-www-form-urlencoded";
    const body = form === undefined ? (json === undefined ? "" : JSON.stringify(json)) : String(new URLSearchParams(form));
    const cookie = this.cookie === undefined ? {} : { Cookie: this.cookie };
    const answer = await exchange(this.walletUrl, {
      method,
      path,
      body,
      headers: { "Content-Type": type, "X-CSRF": this.csrf ?? "", ...cookie, ...headers },
    });
    for (const line of answer.headers["set-cookie"] ?? []) this.cookie = line.split(";")[0];
    const isJson = answer.headers["content-type"]?.startsWith("application/json");
    return { ...answer, json: isJson ? JSON.parse(answer.text) : undefined };
  }

  /** A request that has to succeed: answers its JSON. */
  async expect(path, options) {
    const { status, text, json } = await this.ask(path, options);
    assert.ok(status < 400, `${path}: HTTP ${status} ${text.slice(0, 300)}`);
    return json;
  }

  /** The session as the shell reads it. */
  async session() {
    const session = await this.expect("/app/v1/session");
    this.csrf = session.csrf;
    return session;
  }

  /** Signs in to the wallet app. */
  async enter() {
    await this.session();
    const form = { csrf: this.csrf, phone: this.phone, pin: this.pin, page: "/wallet" };
    const { status, headers } = await this.ask("/wallet/login", { method: "POST", form });
    assert.equal(`${status} ${headers.location}`, "303 /wallet");
    const { user } = await this.session();
    assert.ok(user, `${this.phone} could not sign in`);
    return this;
  }

  /** Opens the wallet page of an offer in the Mini Program `appId`, signs in if need be, and agrees: the authCode. */
  async sign(appId, authUrl) {
    const { user } = await this.session();
    const call = { appId, api: "qicardSignContract", args: { authUrl } };
    const { ix, ...rest } = await this.expect("/app/v1/interactions", { method: "POST", json: call });
    assert.ok(ix, `no page was opened: ${JSON.stringify(rest)}`);
    const page = `/app/v1/interactions/${ix}`;
    if (user === null) {
      await this.expect(`${page}/login`, { method: "POST", form: { csrf: this.csrf, phone: this.phone, pin: this.pin } });
      const session = await this.session();
      assert.ok(session.user, `${this.phone} could not sign in`);
    }
    await this.expect(`${page}/confirm`, { method: "POST", form: { csrf: this.csrf, pin: this.pin } });
    const { state, reply } = await this.expect(page);
    assert.equal(state, "FINAL", "the page is still open: the PIN was not taken");
    assert.equal(reply.ok, true, JSON.stringify(reply));
    return reply.ret.authCode;
  }

  /** Signs a signStr on the page that the Mini Program `appId` opens, having signed in before: what `my.paySignCenter` hears. */
  async signAgreement(appId, signStr) {
    await this.session();
    const call = { appId, api: "paySignCenter", args: { signStr } };
    const { ix, reply } = await this.expect("/app/v1/interactions", { method: "POST", json: call });
    if (ix === undefined) return reply;
    const page = `/app/v1/interactions/${ix}`;
    await this.expect(`${page}/confirm`, { method: "POST", form: { csrf: this.csrf, pin: this.pin } });
    const { state, reply: last } = await this.expect(page);
    assert.equal(state, "FINAL", "the page is still open: the PIN was not taken");
    return last;
  }

  /** Pays an order in the cashier that the Mini Program `appId` opens, having signed before: what `my.tradePay` hears. */
  async pay(appId, paymentUrl) {
    await this.session();
    const call = { appId, api: "tradePay", args: { paymentUrl } };
    const { ix, reply } = await this.expect("/app/v1/interactions", { method: "POST", json: call });
    if (ix === undefined) return reply;
    const page = `/app/v1/interactions/${ix}`;
    const form = { csrf: this.csrf, pin: this.pin, source: "balance" };
    await this.expect(`${page}/confirm`, { method: "POST", form });
    const { state, reply: last } = await this.expect(page);
    assert.equal(state, "FINAL", "the page is still open: the order was not paid");
    return last;
  }

  /** What this person has, in fils. */
  async balance() {
    const { user } = await this.session();
    return BigInt(user.balances.find(({ currency }) => currency === "IQD").value);
  }
}
