// Forms of gateway.do made up at random: parameters left out, doubled, empty, huge, wrongly encoded, in any charset and place, most
// of them signed. Always HTTP 200 and one envelope that clients can read, never internal text; afterwards the wallet answers as
// before and the ledger holds (spec: alipay-agreement 1). The seed is printed: `SEED=<number>` makes the same again.

import assert from "node:assert/strict";
import { createSign, createVerify } from "node:crypto";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { AlipayMerchant, atWill, day, monthly, monthsLater, periodic } from "../support/alipay.mjs";
import { startWallet } from "../support/program.mjs";
import { isLong, numbers, seed } from "../support/random.mjs";
import { Sandbox } from "../support/sandbox.mjs";

const CALLS = isLong ? 20_000 : 1500;
const UNSIGN = "alipay.user.agreement.unsign";
const METHODS = [
  "alipay.user.agreement.query",
  UNSIGN,
  "alipay.user.agreement.executionplan.modify",
  "alipay.user.agreement.transfer",
  "alipay.trade.pay",
  "alipay.trade.create",
  "alipay.trade.query",
  "alipay.trade.refund",
  "alipay.trade.fastpay.refund.query",
  "alipay.trade.close",
  "alipay.trade.cancel",
  "alipay.trade.app.pay",
  "alipay.system.oauth.token",
  "alipay.user.agreement.page.sign",
  "alipay.trade.teleport",
];
/** Values that have broken somebody's server before. */
const NASTY = [
  "", " ", "0", "-1", "9.999", "1e308", "99999999999999999999", "NaN", "null", "true", "[]", "{}", "{", '{"a":', "}", "\u0000",
  "%", "%zz", "%00", "a=b&c=d", "\r\nX: y", "会员", "\ud83d\ude00", "\u202e", "' OR 1=1 --", "<script>", "../../etc/passwd",
  "2026-02-30", "2026-01-05 25:00:00", "0000-00-00", "9999-12-31", "A".repeat(300), "\\u0000", '{"__proto__":{}}', "http://",
  '[{"amount":1}]', "1,5", "٩٫٩", "1 ", "+1", "0x10", "001.10",
];
/** Pairs that are none, or that nothing should take. */
const BROKEN = ["&&", "=", "=x", "sign", "%ff=%fe", "biz_content=%c4%e3", "a=%", "\u00ff=1", `q=${"z".repeat(70_000)}`];
const FORM = "application/x-www-form-urlencoded";
const TYPES = ["text/plain", "application/json", "multipart/form-data; boundary=x", `${FORM}; charset=GBK`, ""];
/** What must not be seen outside. */
const INTERNAL = /panicked|\.rs:\d|SqlState|postgres|sqlite|Refusal|unwrap|backtrace|thread '|\bOption\b|\bSome\(/i;

let wallet, sandbox, merchant, sara, agreementNo, tradeNo;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = await AlipayMerchant.fresh(sandbox);
  sara = sandbox.user("Sara").userId;
  const first = await day(sandbox);
  agreementNo = await merchant.signed(atWill("FUZZ0001"), sara);
  await merchant.signed(periodic("FUZZ0002", monthly(monthsLater(`${first.slice(0, 8)}05`, 1))), sara);
  const product = { product_code: "GENERAL_WITHHOLDING" };
  ({ tradeNo } = await merchant.does("alipay.trade.pay", merchant.deduction(agreementNo, "FUZZ_0", "1.00", product)));
});
after(() => wallet?.stop());

/** What is made up, one after the other. */
class Inventor {
  constructor(state) {
    this.below = numbers(state);
  }

  one = (list) => list[this.below(list.length)];
  chance = (percent) => this.below(100) < percent;

  /** A value that is right more often than not. */
  value = (right) => (this.chance(95) ? right : this.one(NASTY));

  method() {
    const method = this.chance(95) ? this.one(METHODS) : this.one(NASTY);
    // The agreement shall outlive most of it.
    return method === UNSIGN && this.chance(98) ? "alipay.trade.pay" : method;
  }

  content() {
    const right = {
      out_trade_no: `FUZZ_${this.below(50)}`,
      trade_no: tradeNo,
      subject: "fuzz",
      total_amount: this.one(["0.01", "1.00", 0.02, "9.90"]),
      refund_amount: this.one(["0.01", "1.00"]),
      out_request_no: `R${this.below(5)}`,
      product_code: this.one(["GENERAL_WITHHOLDING", "CYCLE_PAY_AUTH", "JSAPI_PAY"]),
      personal_product_code: this.one(["GENERAL_WITHHOLDING_P", "CYCLE_PAY_AUTH_P"]),
      sign_scene: "INDUSTRY|CARRENTAL",
      external_agreement_no: this.one(["FUZZ0001", "FUZZ0002", "FUZZ0003"]),
      agreement_no: agreementNo,
      agreement_params: { agreement_no: agreementNo },
      agreement_sign_params: atWill("FUZZ0004"),
      access_params: { channel: "ALIPAYAPP" },
      period_rule_params: monthly("2030-01-05"),
      deduct_time: "2030-02-05",
      buyer_id: "2088000000000000",
      timeout_express: "15m",
    };
    const names = Object.keys(right).filter(() => this.chance(80));
    const made = Object.fromEntries(names.map((name) => [name, this.#wild(right[name])]));
    const text = JSON.stringify(made);
    if (this.chance(90)) return text;
    const cut = text.slice(0, this.below(text.length + 1));
    return this.one([cut, `[${text}]`, `${text}${text}`, text.replace(":", ":{"), "[".repeat(5000)]);
  }

  /** A member of the content, left as it is or spoilt. */
  #wild(right) {
    if (this.chance(95)) return right;
    return this.one([this.one(NASTY), null, [], [right], { a: right }, 1e21, -0.001, true, [[[[[]]]]]]);
  }

  params() {
    const params = {
      app_id: this.value(merchant.appId),
      method: this.method(),
      charset: this.value(this.one(["utf-8", "GBK", "gb2312", "UTF-8"])),
      sign_type: this.value("RSA2"),
      timestamp: this.value("2030-01-05 10:00:00"),
      version: this.value("1.0"),
      biz_content: this.content(),
    };
    if (this.chance(20)) params.format = this.value("JSON");
    if (this.chance(20)) params.notify_url = this.value("http://127.0.0.1:9/told");
    if (this.chance(10)) Object.assign(params, { grant_type: this.value("authorization_code"), code: this.one(NASTY) });
    if (this.chance(5)) params[this.one(["alipay_sdk", "app_auth_token", "x".repeat(80), "会员", "a b"])] = this.one(NASTY);
    for (const name of Object.keys(params)) if (this.chance(1)) delete params[name];
    return params;
  }

  /** Pairs as bytes on the wire: now and then doubled, broken or not UTF-8. */
  form(params) {
    const written = (text) => encodeURIComponent(text.toWellFormed());
    const pairs = Object.entries(params).map(([name, value]) => `${written(name)}=${written(value)}`);
    if (this.chance(2)) pairs.push(this.one(pairs.length ? pairs : [""]));
    if (this.chance(2)) pairs.push(this.one(BROKEN));
    return pairs.join("&");
  }

  /** A call: `{method, query, body, type}`. */
  call() {
    const params = this.params();
    if (this.chance(95)) params.sign = sign(params);
    else if (this.chance(50)) params.sign = this.one(NASTY);
    const all = Object.entries(params);
    const split = this.below(all.length + 1);
    const [query, body] = [all.slice(0, split), all.slice(split)].map((part) => this.form(Object.fromEntries(part)));
    const type = this.chance(95) ? `${FORM};charset=utf-8` : this.one(TYPES);
    const method = this.chance(95) ? "POST" : this.one(["GET", "PUT", "DELETE", "HEAD"]);
    return { method, query: query.slice(0, 6000), body, type };
  }
}

function sign(params) {
  const names = Object.keys(params).filter((name) => params[name] !== "").sort();
  const content = names.map((name) => `${name}=${params[name].toWellFormed()}`).join("&");
  return createSign("RSA-SHA256").update(content, "utf8").sign(merchant.options.privateKey, "base64");
}

/** Sends it as it is: `{status, type, text}`. */
function send({ method, query, body, type }) {
  const { hostname, port } = new URL(merchant.app.gateway);
  const hasBody = !["GET", "HEAD"].includes(method);
  const headers = hasBody ? { "Content-Type": type, "Content-Length": Buffer.byteLength(body) } : {};
  const path = `/gateway.do?${query.replace(/[^\x21-\x7e]/g, "?")}`;
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path, headers }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString("utf8") });
    });
    asked.on("error", reject);
    asked.end(hasBody ? body : undefined);
  });
}

/** Fails unless it is an envelope as clients want it, signed; its sub-code, or its code. */
function checked({ status, headers, text }, method) {
  assert.equal(status, 200);
  assert.match(headers["content-type"], /^text\/html; ?charset=utf-8$/i);
  if (method === "HEAD") return "HEAD";
  const parts = /^\{"([a-z_]+_response)":(\{.*\})(?:,"alipay_cert_sn":"[0-9a-f]+")?,"sign":"([A-Za-z0-9+/=]+)"\}$/su.exec(text);
  assert.ok(parts, `no envelope: ${text}`);
  const [, , object, signature] = parts;
  const fits = (algorithm) =>
    createVerify(algorithm).update(object, "utf8").verify(merchant.app.walletPublicKey, signature, "base64");
  // Who names no sign_type, or RSA, is answered with SHA-1.
  assert.ok(fits("RSA-SHA256") || fits("RSA-SHA1"), `no signature: ${text}`);
  assert.doesNotMatch(object, INTERNAL);
  const { code, sub_code: subCode, access_token: token } = JSON.parse(object);
  assert.ok(token !== undefined || /^(10000|10003|20000|20001|4000[1-6])$/.test(code), text);
  assert.notEqual(subCode, "isp.unknow-error", `an internal error: ${text}`);
  assert.notEqual(subCode, "aop.unknow-error", `an internal error: ${text}`);
  assert.ok(!/SYSTEM_ERROR$/.test(subCode ?? ""), `an internal error: ${text}`);
  return subCode ?? code ?? "token";
}

test(`forms made up at random, seed ${seed}`, { timeout: 600_000 }, async (t) => {
  const inventor = new Inventor(seed);
  const seen = new Map();
  for (let number = 0; number < CALLS; number += 1) {
    const call = inventor.call();
    const answer = await send(call);
    // Browsers are led on to a page by page methods: not a refusal, and no envelope.
    const isPage = answer.status === 303 && /^\/sign\?signId=/.test(answer.headers.location ?? "");
    try {
      const came = isPage ? "page" : checked(answer, call.method);
      seen.set(came, (seen.get(came) ?? 0) + 1);
    } catch (error) {
      error.message += `\nSEED=${seed}, call ${number}: ${JSON.stringify(call).slice(0, 3000)}`;
      throw error;
    }
  }
  for (const [came, times] of [...seen].sort(([, one], [, other]) => other - one)) t.diagnostic(`${times} × ${came}`);
  assert.ok(seen.get("10000") > CALLS / 100, "some of it went through");
  assert.ok(seen.size > 15, "it went in many directions");

  // Nothing is broken.
  await merchant.refuses("ACQ.TRADE_NOT_EXIST", "alipay.trade.query", { out_trade_no: "NONE" });
  await sandbox.verifyLedger();
  const log = wallet.stderr();
  assert.ok(!/panicked/.test(log), log.slice(-5000));
});

test(`signStrs made up at random, seed ${seed}`, async (t) => {
  const inventor = new Inventor(seed);
  const spoil = (text) => {
    const at = inventor.below(text.length + 1);
    const way = inventor.below(7);
    if (way < 2) return text;
    if (way === 2) return text.slice(0, at);
    if (way === 3) return text.slice(0, at) + inventor.one(NASTY) + text.slice(at);
    if (way === 4) return decodeURIComponent(text);
    return way === 5 ? encodeURIComponent(text) : text.replaceAll("%25", inventor.one(["%", "%%", "%2525", "+"]));
  };
  const seen = new Map();
  for (let number = 0; number < CALLS / 10; number += 1) {
    const params = { ...inventor.params(), method: "alipay.user.agreement.page.sign" };
    const signStr = spoil(encodeURIComponent(inventor.form({ ...params, sign: sign(params) })));
    const { status, json } = await sandbox.ask("pay-sign-center", { signStr, userId: sara });
    const place = `SEED=${seed}, signStr ${number}: ${JSON.stringify(signStr).slice(0, 3000)}`;
    if (signStr === "") continue;
    assert.equal(status, 200, `${JSON.stringify(json)} ${place}`);
    assert.match(json.resultStatus, /^700[02]$/, place);
    const { alipay_user_agreement_page_sign_response: object } = JSON.parse(json.result);
    assert.doesNotMatch(object.sub_msg ?? "", INTERNAL, place);
    assert.ok(!/SYSTEM_ERROR|unknow-error/.test(object.sub_code ?? ""), `${json.result} ${place}`);
    const came = object.sub_code ?? object.code;
    seen.set(came, (seen.get(came) ?? 0) + 1);
  }
  for (const [came, times] of seen) t.diagnostic(`${times} × ${came}`);
  await sandbox.verifyLedger();
});
