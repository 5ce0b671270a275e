// A merchant's signed client in plain Node. Written from the protocol alone, it shares no code with the wallet:
// where both agree, the bytes on the wire are right. Every answer's signature is checked.

import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, randomUUID, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: 128 });

/** Products by their number on the wire. */
export const AGREEMENT = "51051000101000100031";

/** The bytes that are signed: `time` is Request-Time or Response-Time. */
export const contentToSign = (path, clientId, time, body, method = "POST") =>
  Buffer.concat([Buffer.from(`${method} ${path}\n${clientId}.${time}.`), Buffer.from(body)]);

/** RSASSA-PKCS1-v1_5 with SHA-256 in standard base64. */
export const signature = (privateKey, content) => sign("sha256", content, privateKey).toString("base64");

/** The members of a Signature header. Each pair ends its key at the first `=`. */
export function parseSignature(header) {
  const pairs = header.split(",").map((pair) => pair.trim().split(/=(.*)/s).slice(0, 2));
  return Object.fromEntries(pairs);
}

/** Whether a message's Signature header fits its content. */
export function isSigned(publicKey, header, content) {
  const { algorithm, signature: value } = parseSignature(header);
  const bytes = Buffer.from(value.includes("%") ? decodeURIComponent(value) : value, "base64");
  return algorithm === "RSA256" && verify("sha256", content, publicKey, bytes);
}

/** This machine's time as merchants send it. */
export const now = (offsetMs = 0) => new Date(Date.now() + offsetMs).toISOString().replace("Z", "+00:00");

/**
 * One HTTP exchange with any headers. Answers `{status, headers, text}`; fails with the code `ETIMEDOUT` when that takes
 * longer than `timeoutMs`.
 */
export function exchange(base, { method = "POST", path, headers = {}, body = "", timeoutMs }) {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const all = { "Content-Length": bytes.length, ...headers };
    const sent = request(new URL(base), { method, path, headers: all, agent }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString("utf8") });
      });
    });
    sent.on("error", reject);
    if (timeoutMs !== undefined) {
      const late = () => sent.destroy(Object.assign(new Error(`no answer within ${timeoutMs} ms`), { code: "ETIMEDOUT" }));
      const timer = setTimeout(late, timeoutMs);
      sent.on("close", () => clearTimeout(timer));
    }
    sent.end(bytes);
  });
}

export class Merchant {
  /** Keys are PEM texts. */
  constructor({ walletUrl, clientId, privateKeyPem, walletPublicKeyPem }) {
    this.walletUrl = walletUrl;
    this.clientId = clientId;
    this.privateKey = createPrivateKey(privateKeyPem);
    this.walletKey = createPublicKey(walletPublicKeyPem);
  }

  /** The demo merchant that a started wallet brings along. */
  static ofWallet(wallet) {
    return new Merchant({
      walletUrl: wallet.walletUrl,
      clientId: wallet.clientId,
      privateKeyPem: readFileSync(wallet.merchantPrivateKey, "utf8"),
      walletPublicKeyPem: readFileSync(wallet.walletPublicKey, "utf8"),
    });
  }

  /** The headers of a request, signed over exactly these bytes. */
  headers(path, body, { time = now(), clientId = this.clientId, key = this.privateKey, keyVersion = 1 } = {}) {
    const value = signature(key, contentToSign(path, clientId, time, body));
    return {
      "Client-Id": clientId,
      "Request-Time": time,
      "Content-Type": "application/json; charset=UTF-8",
      Signature: `algorithm=RSA256, keyVersion=${keyVersion}, signature=${value}`,
    };
  }

  /**
   * Sends a body (an object, or bytes to be sent as they are) and answers `{status, headers, text, json}`. A wallet of
   * several processes is asked at `walletUrl`, and may be given `timeoutMs` to answer in.
   */
  async send(path, content, { walletUrl = this.walletUrl, timeoutMs, ...options } = {}) {
    const body = typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content);
    const headers = this.headers(path, body, options);
    return this.check(path, await exchange(walletUrl, { path, body, headers, timeoutMs }));
  }

  /** Fails unless the answer is the wallet's: HTTP 200, signed over its exact bytes, with a whole result. */
  check(path, answer, { method = "POST", clientId = this.clientId } = {}) {
    assert.equal(answer.status, 200, `HTTP ${answer.status} from ${path}: ${answer.text}`);
    assert.match(answer.headers["content-type"], /^application\/json/);
    assert.match(answer.headers["trace-id"], /^[A-Za-z0-9]{1,64}$/);
    assert.equal(answer.headers["client-id"] ?? "", clientId);
    const content = contentToSign(path, clientId, answer.headers["response-time"], answer.text, method);
    assert.ok(isSigned(this.walletKey, answer.headers.signature, content), `the answer of ${path} is not signed`);
    const json = JSON.parse(answer.text);
    const { resultStatus, resultCode, resultMessage } = json.result;
    assert.match(resultStatus, /^[SAFU]$/);
    assert.ok(resultCode.length <= 64 && resultMessage.length >= 1 && resultMessage.length <= 256);
    return { ...answer, json };
  }

  /** Calls an API and answers its JSON. */
  async call(path, content, options) {
    return (await this.send(path, content, options)).json;
  }

  /** Calls an API that has to succeed. */
  async succeed(path, content) {
    const json = await this.call(path, content);
    assert.equal(`${json.result.resultStatus} ${json.result.resultCode}`, "S SUCCESS", JSON.stringify(json));
    return json;
  }

  /** An offer: answers its authUrl. */
  async prepare(extendInfo = {}) {
    const terms = { language: "en-US", contractDesc: "A box of vegetables every month", ...extendInfo };
    const content = { scopes: "AGREEMENT_PAY", extendInfo: JSON.stringify(terms) };
    return (await this.succeed("/v1/authorizations/prepare", content)).authUrl;
  }

  /** Exchanges a code: answers the tokens and the customer's id. */
  applyToken(authCode) {
    return this.succeed("/v1/authorizations/applyToken", { grantType: "AUTHORIZATION_CODE", authCode });
  }

  /** The body of an agreement payment of `dinars`. */
  charge(accessToken, dinars, more = {}) {
    return {
      productCode: AGREEMENT,
      paymentRequestId: randomUUID(),
      paymentAuthCode: accessToken,
      paymentAmount: { currency: "IQD", value: String(dinars * 1000) },
      order: { orderDescription: "Fresh Box" },
      ...more,
    };
  }

  /** Charges `dinars` and answers the wallet's JSON, whatever it says. */
  pay(accessToken, dinars, more) {
    return this.call("/v1/payments/pay", this.charge(accessToken, dinars, more));
  }
}
