// The backend of a film club that is paid month by month: the official alipay-sdk, unchanged, against `mithaq dev`.
//
//   node server.mjs [--wallet http://localhost:7600] [--port 7610]
//
// A program that brings its own SDK or runs several calls `startShop` and uses what it gives back.

import { generateKeyPairSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

/** 9.90 yuan a month, twelve times. */
export const PRICE = "9.90";
const PLAN = { period_type: "MONTH", period: 1, single_amount: PRICE, total_amount: "118.80", total_payments: 12 };
const PRODUCT = { personal_product_code: "CYCLE_PAY_AUTH_P", sign_scene: "INDUSTRY|DIGITAL_MEDIA" };
const PAGE_SIGN = "alipay.user.agreement.page.sign";
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8" };

/**
 * Starts the shop. It registers an app of its own with the sandbox, with a key that it just made.
 * @param {{wallet: string, port?: number, clientId?: string, AlipaySdk?: any}} options port 0: any that is free
 */
export async function startShop({ wallet, port = 0, clientId = "2188000000000001", AlipaySdk }) {
  AlipaySdk ??= (await import("alipay-sdk")).AlipaySdk;
  const server = createServer((request, response) => void serve(request, response));
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const notifyUrl = `${origin}/notify`;

  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048, privateKeyEncoding: { type: "pkcs8", format: "pem" }, publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const app = await sandbox("gateway-apps", { clientId, publicKey, gatewayUrl: notifyUrl });
  const sdk = new AlipaySdk({
    appId: app.appId, privateKey, keyType: "PKCS8", alipayPublicKey: app.walletPublicKey, gateway: app.gateway, timeout: 30_000,
  });

  /** By external_agreement_no. @type {Map<string, {number: string, agreementNo: string | null, status: string, payments: any[]}>} */
  const members = new Map();
  /** Every notification whose signature holds, oldest first. @type {Record<string, string>[]} */
  const notifications = [];

  /** What the sandbox says. A shop in production has neither this nor the need for it: its app and its clock are real. */
  async function sandbox(path, body) {
    const init = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(`${wallet}/sandbox/v1/${path}`, init);
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${await response.text()}`);
    return response.json();
  }

  /** The agreement that a new member is to sign. MONTH plans take place on a day from 1 to 28; later ones wait for the 1st. */
  async function agreement() {
    const number = `FILM${Date.now()}${members.size}`;
    members.set(number, { number, agreementNo: null, status: "OFFERED", payments: [] });
    const [year, month, day] = (await sandbox("clock")).now.slice(0, 10).split("-").map(Number);
    const execute_time = new Date(Date.UTC(year, day > 28 ? month : month - 1, day > 28 ? 1 : day)).toISOString().slice(0, 10);
    return {
      ...PRODUCT, external_agreement_no: number, external_logon_id: "film-club", access_params: { channel: "ALIPAYAPP" },
      period_rule_params: { ...PLAN, execute_time },
    };
  }

  /** For my.paySignCenter: the string of sdkExecute, percent-encoded once more. No return_url in it. */
  async function signStr() {
    const terms = await agreement();
    const text = sdk.sdkExecute(PAGE_SIGN, { notify_url: notifyUrl, biz_content: { ...terms, product_code: "CYCLE_PAY_AUTH" } });
    return { number: terms.external_agreement_no, signStr: encodeURIComponent(text) };
  }

  /** For my.tradePay: pays the joining fee and signs, on one page. The string of sdkExecute as it is. */
  async function orderStr() {
    const agreement_sign_params = { ...(await agreement()), product_code: "GENERAL_WITHHOLDING", sign_notify_url: notifyUrl };
    const number = agreement_sign_params.external_agreement_no;
    const biz_content = {
      out_trade_no: `${number}JOIN`, subject: "Film club, joining", total_amount: PRICE, product_code: "CYCLE_PAY_AUTH", agreement_sign_params,
    };
    return { number, orderStr: sdk.sdkExecute("alipay.trade.app.pay", { notify_url: notifyUrl, biz_content }) };
  }

  /** A call of the gateway; its answer's signature is checked. */
  const call = (method, biz_content, notify_url) =>
    sdk.exec(method, { biz_content, ...(notify_url && { notify_url }) }, { validateSign: true });
  const agreementNo = (number) => members.get(number)?.agreementNo ?? "";
  const query = (number) => call("alipay.user.agreement.query", { external_agreement_no: number, ...PRODUCT });
  const unsign = (number) => call("alipay.user.agreement.unsign", { agreement_no: agreementNo(number) }, notifyUrl);
  const modify = (number, deduct_time) =>
    call("alipay.user.agreement.executionplan.modify", { agreement_no: agreementNo(number), deduct_time });
  const refund = (out_trade_no, refund_amount, out_request_no = `${out_trade_no}R`) =>
    call("alipay.trade.refund", { out_trade_no, refund_amount, out_request_no }, notifyUrl);

  /** Takes a month. Asked again with the same number it is the same month; too early or too late the wallet says so. */
  async function deduct(number, out_trade_no = `${number}T${Date.now()}`, total_amount = PRICE) {
    const biz_content = {
      out_trade_no, total_amount, subject: "Film club, one month", product_code: "CYCLE_PAY_AUTH",
      agreement_params: { agreement_no: agreementNo(number) },
    };
    const answer = await call("alipay.trade.pay", biz_content, notifyUrl);
    members.get(number)?.payments.push({ out_trade_no, total_amount, code: answer.code, subCode: answer.subCode, subMsg: answer.subMsg });
    return answer;
  }

  /** What the wallet tells by itself: this counts, not what the page was told. Believed with its signature only. */
  function heard(notice) {
    if (!sdk.checkNotifySignV2(notice) || notice.app_id !== app.appId) return "failure";
    notifications.push(notice);
    const member = members.get(notice.external_agreement_no);
    if (member && notice.notify_type === "dut_user_sign") Object.assign(member, { agreementNo: notice.agreement_no, status: "NORMAL" });
    if (member && notice.notify_type === "dut_user_unsign") member.status = "ENDED";
    return "success";
  }

  const API = { "/api/sign-str": signStr, "/api/order-str": orderStr, "/api/query": query, "/api/deduct": deduct, "/api/unsign": unsign };

  async function serve(request, response) {
    const { pathname } = new URL(request.url, origin);
    const send = (status, type, body) => response.writeHead(status, { "content-type": type }).end(body);
    try {
      let text = "";
      for await (const part of request) text += part;
      if (pathname === "/notify") return send(200, "text/plain", heard(Object.fromEntries(new URLSearchParams(text))));
      if (pathname.startsWith("/api/") && request.method === "POST") {
        const { number } = text ? JSON.parse(text) : {};
        if (pathname !== "/api/member" && !Object.hasOwn(API, pathname)) return send(404, "text/plain", "no such call");
        const answer = pathname === "/api/member" ? members.get(number) : await API[pathname](number);
        return send(200, "application/json", JSON.stringify(answer ?? null));
      }
      const name = pathname === "/" ? "index.html" : pathname.slice(1).replace(/[^\w.]/g, "");
      return send(200, TYPES[extname(name)] ?? "text/plain", await readFile(new URL(`public/${name}`, import.meta.url)));
    } catch (error) {
      return send(error.code === "ENOENT" ? 404 : 500, "application/json", JSON.stringify({ error: String(error.message) }));
    }
  }

  const stop = () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections()));
  return { origin, app, sdk, members, notifications, signStr, orderStr, query, deduct, modify, refund, unsign, stop };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = parseArgs({ options: { wallet: { type: "string", default: "http://localhost:7600" }, port: { type: "string", default: "7610" } } });
  const shop = await startShop({ wallet: values.wallet, port: Number(values.port) });
  process.stdout.write(`Film club on ${shop.origin}, app ${shop.app.appId}. Show it in the wallet: mithaq dev --app ${shop.origin}/\n`);
}
