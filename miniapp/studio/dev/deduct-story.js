// The third story of the pretended wallet: an agreement of periodic deduction, signed, deducted under twice, ended; and a signStr
// that was encoded once only.

import { SHOP, stamp } from "./world.js";
import { page, pageAnswered } from "./wire.js";

/** @typedef {import("./world.js").World} World */
/** @typedef {import("../types.js").Call} Call */
/** @typedef {(ms: number) => Promise<void>} Pause */

const APP_ID = "2021000000000001";
const NOTIFY = "http://127.0.0.1:7610/notify";
const AGREEMENT = "20265305000000000001";
const EXTERNAL = "FILM20261201";
const SIGN = "rYUQHKkuP9rqZ4X63p+2CZiBeTd9fdSQfAP/S5KYMPz5HzDdf8Rb9urYwr/lrCuFgLbV62Wco5+Dc9sTWzO+99ueUh70xpDy5FVMyBhwvngrvQUz4O+XqAgdNYULCPIWdsr4BFbV3gQiLlIiyHNu9a+arTAdTOs0QRggzCzxaeRJPrURpJ8XyUJw0sfuhiZMf5ZvKJVLWHen8hdI60p5Bu2YPo0DX1ptwMNsJd7+O6bJMsUi6Ws+nGTMZLUb5FOt5RwgMBjZ6F7N6m8/nSHh4bvzwbH1ikUwbIMUestfl4apBxG4hCnem7hz2rHUYnm1okFj4znYmaEGKj8AszmaMw==";
/** @param {string} value */
const yuan = (value) => ({ currency: "CNY", value });

/** @param {World} world @param {string} userId @param {Pause} pause */
export async function deductions(world, userId, pause) {
  await sign(world, userId, pause);
  await deduct(world, userId, `${EXTERNAL}T1`, pause);
  world.moveClock({ advance: "P28D" });
  await deduct(world, userId, `${EXTERNAL}T2`, pause);
  await refused(world, pause);
  await end(world, pause);
}

/** Steps 1 to 9. @param {World} world @param {string} userId @param {Pause} pause */
export async function sign(world, userId, pause) {
  const text = paramsOf(world, "alipay.user.agreement.page.sign", { notify_url: NOTIFY }, {
    personal_product_code: "CYCLE_PAY_AUTH_P", product_code: "CYCLE_PAY_AUTH", sign_scene: "INDUSTRY|DIGITAL_MEDIA",
    external_agreement_no: EXTERNAL, access_params: { channel: "ALIPAYAPP" },
    period_rule_params: { period_type: "MONTH", period: 1, execute_time: "2026-12-01", single_amount: "9.90", total_payments: 12 },
  });
  const signStr = encodeURIComponent(formOf({ ...text, sign: SIGN }));
  const one = world.begin({ ...page(1, null, "POST", "/api/sign-str", "POST /api/sign-str", {}), step: null });
  await pause(20);
  world.end(one, pageAnswered({ number: EXTERNAL, signStr }));
  await pause(60);
  await broken(world, decodeURIComponent(signStr), pause);
  const three = world.begin({
    from: "miniProgram", to: "wallet", kind: "jsapi", title: "my.paySignCenter", status: "waiting",
    request: { method: "JSAPI", path: "paySignCenter", headers: { form: "cb3" }, body: JSON.stringify({ signStr }) },
  });
  await pause(12);
  read(world, signStr, contentOf(text), { outcome: "good", status: "opened" });
  await pause(20);
  const links = { authId: "2026120109000000A1", ix: "ix-d1" };
  world.end(world.begin({ from: "wallet", to: "user", kind: "page", title: "signing page", links }), { outcome: "plain", status: "shown" });
  await pause(2600);
  const six = world.begin({ from: "user", to: "wallet", kind: "page", title: "sign the agreement", links: { ...links, contractId: AGREEMENT } });
  await pause(5);
  world.end(six, { outcome: "good", status: "signed" });
  agree(world, userId);
  await pause(30);
  const response = '{"code":"10000","msg":"Success","status":"NORMAL","agreement_no":"20265305000000000001"}';
  const result = `{"alipay_user_agreement_page_sign_response":${response},"sign":"${SIGN}","sign_type":"RSA2"}`;
  world.end(three, { outcome: "good", status: "7000", response: { status: 200, headers: {}, body: JSON.stringify({ resultStatus: "7000", result }) } });
  await pause(300);
  await notice(world, "dut_user_sign", { agreement_no: AGREEMENT, external_agreement_no: EXTERNAL, status: "NORMAL" }, {}, pause);
}

/** A signStr that was encoded once only, as the wallet sees and answers it. @param {World} world @param {string} signStr @param {Pause} pause */
async function broken(world, signStr, pause) {
  const call = world.begin({
    from: "miniProgram", to: "wallet", kind: "jsapi", title: "my.paySignCenter",
    request: { method: "JSAPI", path: "paySignCenter", headers: {}, body: JSON.stringify({ signStr }) },
  });
  await pause(9);
  const sub = { code: "40002", msg: "Invalid Arguments", sub_code: "isv.invalid-signature", sub_msg: "signStr is encoded once only." };
  read(world, signStr, "", { outcome: "bad", status: sub.sub_code, reason: sub.sub_msg });
  const result = JSON.stringify({ alipay_user_agreement_page_sign_response: sub, sign: SIGN, sign_type: "RSA2" });
  world.end(call, { outcome: "bad", status: "7002", response: { status: 200, headers: {}, body: JSON.stringify({ resultStatus: "7002", result }) } });
  await pause(1500);
}

/**
 * The wallet reads the string.
 * @param {World} world @param {string} signStr @param {string} text
 * @param {{outcome: import("../types.js").Outcome, status: string, reason?: string}} verdict
 */
function read(world, signStr, text, { outcome, status, reason }) {
  const call = world.begin({
    from: "miniProgram", to: "wallet", kind: "page", title: "signStr", request: { path: "paySignCenter", body: signStr },
    signature: { valid: outcome === "good", keyVersion: null, clientName: text ? APP_ID : null, text, reason: reason ?? null },
  });
  world.end(call, { outcome, status });
}

/** Steps 10 to 13. @param {World} world @param {string} userId @param {string} number @param {Pause} pause */
async function deduct(world, userId, number, pause) {
  const paymentId = `20261201111212800100166${world.id("84060")}`.padEnd(35, "4");
  const content = { out_trade_no: number, subject: "Film club, one month", total_amount: "9.90", product_code: "CYCLE_PAY_AUTH", agreement_params: { agreement_no: AGREEMENT } };
  const answer = { trade_no: paymentId, out_trade_no: number, total_amount: "9.90", receipt_amount: "9.90" };
  await pause(400);
  await call(world, "alipay.trade.pay", content, { code: "10000", msg: "Success", ...answer }, pause, { paymentId });
  const contract = world.contracts.find(({ contractId }) => contractId === AGREEMENT);
  if (contract) Object.assign(contract, { charges: (contract.charges ?? 0) + 1, charged: yuan(String(990 * ((contract.charges ?? 0) + 1))) });
  if (contract?.plan) Object.assign(contract.plan, { periodId: contract.plan.periodId + 1, paid: contract.plan.paid + 1, next: "2027-02-01", lastDeductAt: world.now() });
  world.payments.push({
    payment: {
      paymentId, paymentRequestId: number, status: "SUCCESS", amount: yuan("990"), fee: yuan("10"), product: "AGREEMENT", contractId: AGREEMENT,
      createdAt: world.now(), clientId: SHOP.clientId, userId, description: content.subject,
    },
    postings: [
      { account: `user:${userId}:CNY`, label: "Sara Ali Hasan, balance", amount: yuan("-990") },
      { account: `merchant:${SHOP.merchantId}:CNY`, label: "Zaytoun Market, credit", amount: yuan("980") },
      { account: "fees:CNY", label: "Fees", amount: yuan("10") },
    ],
    outbox: [],
    messages: [],
  });
  await pause(30);
  await notice(world, "trade_status_sync", { agreement_no: AGREEMENT, ...answer, trade_status: "TRADE_SUCCESS" }, { paymentId }, pause);
  await pause(6);
  world.end(
    world.begin({ from: "wallet", to: "user", step: 17, kind: "message", title: "SMS, e-mail, inbox", links: { paymentId }, request: { body: "Zaytoun Market took 9.90 CNY." } }),
    { outcome: "good", status: "told", ms: 2 },
  );
}

/** A second deduction in one period, and one whose text is not the one that was signed. @param {World} world @param {Pause} pause */
async function refused(world, pause) {
  await pause(700);
  const content = { out_trade_no: `${EXTERNAL}T3`, subject: "Film club, one month", total_amount: "9.90", agreement_params: { agreement_no: AGREEMENT } };
  const early = { code: "40004", msg: "Business Failed", sub_code: "ACQ.CYCLE_PAY_DATE_NOT_MATCH", sub_msg: "The next deduction is due on 2027-02-01." };
  await call(world, "alipay.trade.pay", content, early, pause, {});
  await pause(900);
  const forged = { code: "40002", msg: "Invalid Arguments", sub_code: "isv.invalid-signature", sub_msg: "The signature does not fit." };
  await call(world, "alipay.user.agreement.query", { agreement_no: AGREEMENT }, forged, pause, {});
}

/** Steps 14 to 16. @param {World} world @param {Pause} pause */
async function end(world, pause) {
  await pause(900);
  await call(world, "alipay.user.agreement.unsign", { agreement_no: AGREEMENT }, { code: "10000", msg: "Success" }, pause, { contractId: AGREEMENT });
  const contract = world.contracts.find(({ contractId }) => contractId === AGREEMENT);
  if (contract) Object.assign(contract, { status: "ENDED", reason: "MERCHANT", endedAt: world.now() });
  await pause(20);
  await notice(world, "dut_user_unsign", { agreement_no: AGREEMENT, status: "UNSIGN" }, {}, pause);
}

/**
 * A call of the gateway as the official SDK for Node.js makes it: common parameters in the query, the content in the body.
 * @param {World} world @param {string} method @param {Record<string, unknown>} content @param {Record<string, string>} answer
 * @param {Pause} pause @param {import("../types.js").Links} links
 */
async function call(world, method, content, answer, pause, links) {
  const { biz_content = "", ...common } = paramsOf(world, method, {}, content);
  const isGood = answer.code === "10000";
  const isSigned = answer.sub_code !== "isv.invalid-signature";
  const seq = world.begin({
    from: "merchant", to: "wallet", kind: "openapi", title: method, links,
    request: {
      method: "POST", path: `/gateway.do?${formOf({ ...common, sign: SIGN })}`,
      headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: formOf({ biz_content }),
    },
    signature: {
      valid: isSigned, keyVersion: null, clientName: SHOP.merchantName, text: contentOf({ ...common, biz_content }), reason: isSigned ? null : "isv.invalid-signature",
    },
  });
  await pause(12);
  const body = `{"${method.replaceAll(".", "_")}_response":${JSON.stringify(answer)},"sign":"${SIGN}"}`;
  world.end(seq, {
    outcome: isGood ? "good" : "bad", status: [answer.code, answer.sub_code].filter(Boolean).join(" "),
    response: { status: 200, headers: { "Content-Type": "text/html;charset=utf-8" }, body },
  });
}

/** @param {World} world @param {string} title @param {Record<string, string>} fields @param {import("../types.js").Links} links @param {Pause} pause */
async function notice(world, title, fields, links, pause) {
  const outboxId = world.id("o-");
  const params = { notify_type: title, notify_id: outboxId, app_id: APP_ID, charset: "utf-8", version: "1.0", ...fields };
  const body = formOf({ ...params, sign: SIGN, sign_type: "RSA2" });
  const seq = world.begin({
    from: "wallet", to: "merchant", kind: "notification", title, links: { ...links, outboxId },
    request: { method: "POST", path: "/notify", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body },
    signature: { valid: true, keyVersion: 1, clientName: "Mithaq", text: contentOf(params), reason: null },
  });
  await pause(7);
  world.end(seq, { outcome: "good", status: "delivered", response: { status: 200, headers: {}, body: "success" } });
  world.outbox.push({ outboxId, kind: "gateway", target: NOTIFY, state: "DELIVERED", attempts: 1, createdAt: world.now(), body });
}

/** The agreement that was signed, and an older one whose deductions the wallet makes. @param {World} world @param {string} userId */
function agree(world, userId) {
  const shared = { clientId: SHOP.clientId, userId, status: "ACTIVE", acceptedAt: world.now(), charges: 0, charged: yuan("0") };
  const agreement = {
    appId: APP_ID, personalProductCode: "CYCLE_PAY_AUTH_P", productCode: "CYCLE_PAY_AUTH", signScene: "INDUSTRY|DIGITAL_MEDIA",
    externalAgreementNo: EXTERNAL, externalLogonId: null, invalidTime: "2115-01-31T19:00:00+03:00", walletDeducts: false,
  };
  world.contracts.push({
    ...shared,
    contractId: "20265305000000000000",
    title: "Weekly magazine",
    agreement: { ...agreement, externalAgreementNo: "WEEKLY7", externalLogonId: "sara", invalidTime: "2027-11-01T00:00:00+03:00", walletDeducts: true },
    plan: {
      periodType: "DAY", period: 7, executeTime: "2026-11-05", singleAmount: yuan("350"), totalAmount: yuan("18200"), totalPayments: null,
      next: "2026-12-03", periodId: 5, paid: 4, lastDeductAt: "2026-11-26T09:00:00+03:00", run: { failed: 1, dueAt: "2026-12-04T09:00:00+03:00" },
    },
  });
  world.contracts.push({
    ...shared,
    contractId: AGREEMENT,
    title: "Film club",
    pageText: "Zaytoun Market may take up to 9.90 CNY each month from your wallet, 12 times.",
    agreement,
    plan: {
      periodType: "MONTH", period: 1, executeTime: "2026-12-01", singleAmount: yuan("990"), totalAmount: null, totalPayments: 12,
      next: "2026-12-01", periodId: 1, paid: 0, lastDeductAt: null,
    },
  });
}

/** @param {World} world @param {string} method @param {Record<string, string>} more @param {unknown} content @returns {Record<string, string>} */
function paramsOf(world, method, more, content) {
  const timestamp = stamp(world.nowMs() + 5 * 3_600_000).slice(0, 19).replace("T", " ");
  return { app_id: APP_ID, method, charset: "utf-8", sign_type: "RSA2", timestamp, version: "1.0", ...more, biz_content: JSON.stringify(content) };
}

/** @param {Record<string, string>} params */
function formOf(params) {
  return Object.entries(params).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
}

/** What the signature is over. @param {Record<string, string>} params */
function contentOf(params) {
  return Object.keys(params).sort().map((name) => `${name}=${params[name]}`).join("&");
}
