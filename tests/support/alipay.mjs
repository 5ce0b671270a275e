// A merchant of the Alipay surface with the official SDK: what it asks, what it is told, what it makes users sign.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { AlipaySdk } from "alipay-sdk";
import { eventually } from "./sandbox.mjs";

const DAY_MS = 86_400_000;

/** A plan by the month: 9.90 yuan at most each time, 12 times, the first on `first` (yyyy-MM-dd). */
export const monthly = (first, more = {}) => ({
  period_type: "MONTH",
  period: 1,
  execute_time: first,
  single_amount: "9.90",
  total_amount: "118.80",
  total_payments: 12,
  ...more,
});

/** What a periodic agreement asks for: everything that is required, and the plan. */
export const periodic = (externalNo, plan, more = {}) => ({
  product_code: "CYCLE_PAY_AUTH",
  personal_product_code: "CYCLE_PAY_AUTH_P",
  sign_scene: "INDUSTRY|DIGITAL_MEDIA",
  external_agreement_no: externalNo,
  external_logon_id: "sara@reader.example",
  access_params: { channel: "ALIPAYAPP" },
  period_rule_params: plan,
  ...more,
});

/** What an agreement at will asks for. */
export const atWill = (externalNo, more = {}) => ({
  product_code: "GENERAL_WITHHOLDING",
  personal_product_code: "GENERAL_WITHHOLDING_P",
  sign_scene: "INDUSTRY|CARRENTAL",
  external_agreement_no: externalNo,
  access_params: { channel: "ALIPAYAPP" },
  ...more,
});

export class AlipayMerchant {
  /** `app` is what `POST gateway-apps` answered; `privateKeyPem` is PKCS #8. */
  constructor(sandbox, app, privateKeyPem, sdkOptions = {}) {
    this.sandbox = sandbox;
    this.app = app;
    this.appId = app.appId;
    this.options = {
      appId: app.appId,
      privateKey: privateKeyPem,
      keyType: "PKCS8",
      alipayPublicKey: app.walletPublicKey,
      gateway: app.gateway,
      ...sdkOptions,
    };
    this.sdk = new AlipaySdk(this.options);
  }

  /** The sandbox's own merchant and app. */
  static async ofWallet(sandbox, sdkOptions) {
    const { gatewayAppId, merchantPrivateKey } = sandbox.wallet;
    const app = (await sandbox.get("gateway-apps")).find(({ appId }) => appId === gatewayAppId);
    assert.ok(app, "the sandbox has an app of its own");
    return new AlipayMerchant(sandbox, app, readFileSync(merchantPrivateKey, "utf8"), sdkOptions);
  }

  /** An app that nobody knew before, of a merchant that nobody knew before, or of the client that `more` names. */
  static async fresh(sandbox, more = {}, sdkOptions) {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const publicKeyPem = publicKey.export({ type: "spki", format: "pem" });
    const { clientId } = more.clientId ? more : await sandbox.post("clients", { name: "Night Reader", publicKeyPem });
    const app = await sandbox.post("gateway-apps", { publicKey: publicKeyPem, ...more, clientId });
    return new AlipayMerchant(sandbox, app, privateKey.export({ type: "pkcs8", format: "pem" }), sdkOptions);
  }

  /** Another SDK of the same app: another charset, sign type, key. */
  sdkWith(options) {
    return new AlipaySdk({ ...this.options, ...options });
  }

  /** Calls a method, its answer's signature checked by the SDK. */
  call(method, bizContent, { notifyUrl, sdk = this.sdk } = {}) {
    return sdk.exec(method, { bizContent, ...(notifyUrl && { notifyUrl }) }, { validateSign: true });
  }

  /** The same, which must succeed. */
  async does(method, bizContent, options) {
    const answer = await this.call(method, bizContent, options);
    assert.equal(answer.code, "10000", `${method}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The same, which must be refused with `subCode`; the message must say what to do. */
  async refuses(subCode, method, bizContent, options) {
    const answer = await this.call(method, bizContent, options);
    assert.equal(answer.subCode, subCode, `${method}: ${JSON.stringify(answer)}`);
    assert.equal(answer.code, "40004", JSON.stringify(answer));
    assert.ok(answer.subMsg.length > 10, `a message that helps: ${answer.subMsg}`);
    return answer;
  }

  /** `sdkExecute` of page.sign: the string that has no host. */
  sdkString(bizContent, { notifyUrl, returnUrl, method = "alipay.user.agreement.page.sign" } = {}) {
    const more = { ...(notifyUrl && { notifyUrl }), ...(returnUrl && { returnUrl }) };
    return this.sdk.sdkExecute(method, { bizContent, ...more });
  }

  /** The argument of my.paySignCenter: percent-encoded once more. */
  signStr(bizContent, options) {
    return encodeURIComponent(this.sdkString(bizContent, options));
  }

  /** Signs as a user without a browser; the agreement's number. */
  async signed(bizContent, userId, options) {
    const signStr = this.signStr(bizContent, options);
    const answer = await this.sandbox.post("pay-sign-center", { signStr, userId });
    assert.equal(answer.resultStatus, "7000", JSON.stringify(answer));
    return this.agreementNo(answer.result);
  }

  /** The number out of a page's `result`, whose signature the SDK checks. */
  agreementNo(result) {
    const parsed = JSON.parse(result);
    this.sdk.checkResponseSign(result, "alipay_user_agreement_page_sign_response", parsed.sign, "");
    assert.equal(parsed.sign_type, "RSA2");
    const answer = parsed.alipay_user_agreement_page_sign_response;
    assert.equal(answer.status, "NORMAL", result);
    assert.match(answer.agreement_no, /^\d{20}$/);
    return answer.agreement_no;
  }

  /** What the query of the periodic agreement with the merchant's number answers. */
  agreement(externalNo) {
    const { personal_product_code, sign_scene } = periodic(externalNo, {});
    const content = { external_agreement_no: externalNo, personal_product_code, sign_scene };
    return this.call("alipay.user.agreement.query", content);
  }

  /** Its status, or the sub-code that says why there is none. */
  async standing(externalNo) {
    const { status, subCode } = await this.agreement(externalNo);
    return status ?? subCode;
  }

  /** What `alipay.trade.pay` takes for a deduction under an agreement. */
  deduction(agreementNo, outTradeNo, totalAmount = "9.90", more = {}) {
    return {
      out_trade_no: outTradeNo,
      subject: "Night Reader",
      total_amount: totalAmount,
      product_code: "CYCLE_PAY_AUTH",
      agreement_params: { agreement_no: agreementNo },
      ...more,
    };
  }

  /**
   * Listens for notifications on a free port of loopback until the test `t` ends. Every one is checked by the SDK.
   * `reply(n)` may answer the n-th (from 0) otherwise: `{status, body, headers}`.
   */
  async listen(t, reply = () => ({})) {
    const received = [];
    const server = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString("utf8");
      const fields = Object.fromEntries(new URLSearchParams(body));
      const valid = this.sdk.checkNotifySignV2(fields) && this.sdk.checkNotifySign(fields);
      const index = received.push({ path: request.url, body, fields, valid }) - 1;
      const { status = 200, body: answer = "success", headers = {} } = await reply(index);
      response.writeHead(status, { "Content-Type": "text/plain", ...headers }).end(answer);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${server.address().port}/alipay`;
    /** Waits for the first notification of that type that `fits`. */
    const told = (notifyType, fits = () => true) =>
      eventually(`a notification ${notifyType}`, () => {
        assert.ok(received.every(({ valid }) => valid), "the SDK accepts every notification");
        return received.find(({ fields }) => fields.notify_type === notifyType && fits(fields))?.fields;
      });
    return { url, received, told };
  }
}

/** The wallet's calendar day of the sandbox's clock, so many days later: yyyy-MM-dd. */
export async function day(sandbox, later = 0) {
  const { now } = await sandbox.get("clock");
  // The clock is written in the wallet's own offset.
  const [year, month, date] = now.slice(0, 10).split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, date) + later * DAY_MS).toISOString().slice(0, 10);
}

/** Moves the sandbox's clock to noon of a day of the wallet's zone. */
export async function goTo(sandbox, date) {
  const { now } = await sandbox.get("clock");
  const offset = /([+-]\d{2}:\d{2}|Z)$/.exec(now)[1];
  await sandbox.post("clock", { set: `${date}T12:00:00${offset}` });
}

/** A date so many months later; days 1 to 28 only. */
export function monthsLater(date, months) {
  const [year, month, dayOfMonth] = date.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + months, dayOfMonth)).toISOString().slice(0, 10);
}

/** A user's yuan in minor units. */
export async function yuan(sandbox, userId) {
  const user = (await sandbox.get("users")).find((candidate) => candidate.userId === userId);
  return Number(user.balances.find(({ currency }) => currency === "CNY")?.value ?? 0);
}
