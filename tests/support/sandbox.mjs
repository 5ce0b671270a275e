// The sandbox's control API (docs/sandbox-api.md), and what tests often want from it.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Merchant } from "./openapi.mjs";

export class Sandbox {
  constructor(wallet) {
    this.wallet = wallet;
    this.base = `${wallet.walletUrl}/sandbox/v1/`;
  }

  /** A call that may fail. Answers `{status, json}`. */
  async ask(path, content) {
    const options = content === undefined ? {} : { method: "POST", body: JSON.stringify(content) };
    const answer = await fetch(this.base + path, { ...options, headers: { "Content-Type": "application/json" } });
    const text = await answer.text();
    return { status: answer.status, json: text === "" ? null : JSON.parse(text) };
  }

  /** Reads. */
  async get(path) {
    const { status, json } = await this.ask(path);
    assert.ok(status >= 200 && status < 300, `GET ${path}: ${status} ${JSON.stringify(json)}`);
    return json;
  }

  /** Acts. */
  async post(path, content = {}) {
    const { status, json } = await this.ask(path, content);
    assert.ok(status >= 200 && status < 300, `POST ${path}: ${status} ${JSON.stringify(json)}`);
    return json;
  }

  /** The demo user of that first name. */
  user(name = "Sara") {
    const user = this.wallet.users.find((candidate) => candidate.name.startsWith(name));
    assert.ok(user, `no demo user is called ${name}`);
    return user;
  }

  /** A user's balance in fils. */
  async balance(userId) {
    const user = (await this.get("users")).find((candidate) => candidate.userId === userId);
    return BigInt(user.balances.find(({ currency }) => currency === "IQD").value);
  }

  /** Fails unless the ledger holds together. */
  async verifyLedger() {
    const report = await this.post("ledger/verify");
    assert.equal(report.ok, true, JSON.stringify(report));
    assert.ok(report.checked.length > 0, "nothing was checked");
    return report;
  }

  /** A merchant that nobody knew before, with keys of its own. */
  async newMerchant(name = "Test Shop") {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const publicKeyPem = publicKey.export({ type: "spki", format: "pem" });
    const { clientId, walletPublicKeyPem } = await this.post("clients", { name, publicKeyPem });
    const privateKeyPem = privateKey.export({ type: "pkcs8", format: "pem" });
    return new Merchant({ walletUrl: this.wallet.walletUrl, clientId, privateKeyPem, walletPublicKeyPem });
  }

  /** Signs an offer as a user and answers the authCode. */
  async sign(authUrl, userId) {
    const answer = await this.post("sign", { authUrl, userId });
    assert.match(answer.authCode, /^[0-9A-F]{32}$/, JSON.stringify(answer));
    return answer.authCode;
  }

  /** Prepare, sign, exchange: answers the tokens of a live contract. */
  async contract(merchant, userId, extendInfo) {
    return merchant.applyToken(await this.sign(await merchant.prepare(extendInfo), userId));
  }
}

/** Asks again until `probe` answers something true, and answers that. */
export async function eventually(what, probe, { timeoutMs = 10_000, everyMs = 50 } = {}) {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found) return found;
    assert.ok(Date.now() < until, `did not happen within ${timeoutMs} ms: ${what}`);
    await delay(everyMs);
  }
}
