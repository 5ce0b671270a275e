// Sandbox only: tells the server what happens in the shell, shaped for the Studio's list of calls. A call is sent when it
// starts, and again, under the number the server gave it, when its answer is there. `agoMs` says how long ago it began:
// the wallet's clock may be a simulated one, so times are the server's to write. Reports go in order, one at a time; when
// the server is away, what piled up is dropped: a list is not worth disturbing the wallet for.

import { networkSteps, pathOf, stepsOfCall } from "./steps.js";

const PATH = "/sandbox/v1/shell-events";
const WAITING_MAX = 200;

/**
 * One line of the list. `key` joins the two reports of one call.
 * @typedef {{key: string, kind: string, outcome: string, ms: number} & Record<string, unknown>} Report
 */

/**
 * @param {{client: import("./client.js").Client, appId: string, walletOrigin: string}} parts
 * @returns {(event: Record<string, any>) => void}
 */
export function createReporter({ client, appId, walletOrigin }) {
  const steps = networkSteps(walletOrigin);
  /** Calls whose answer is still to come, by key. @type {Map<string, {beganMs: number, seq: number}>} */
  const open = new Map();
  /** @type {{report: Report, beganMs: number}[]} */
  const waiting = [];
  let sending = false;

  async function send() {
    if (sending) return;
    sending = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { key, ...call } = next.report;
      const begun = open.get(key);
      const body = { appId, ...call, agoMs: Math.round(performance.now() - next.beganMs), ...(begun?.seq && { seq: begun.seq }) };
      const answer = await client.post(PATH, body, 5000).catch(() => null);
      if (call.outcome !== "wait" || call.response) open.delete(key);
      else if (begun && typeof answer?.seq === "number") begun.seq = answer.seq;
    }
    sending = false;
  }

  return (event) => {
    const report = recordOf(event, steps);
    if (!report || waiting.length >= WAITING_MAX) return;
    const beganMs = open.get(report.key)?.beganMs ?? performance.now() - Number(report.ms);
    if (report.outcome === "wait" && !report.response) open.set(report.key, { beganMs, seq: 0 });
    waiting.push({ report, beganMs });
    void send();
  };
}

let lastKey = 0;

/**
 * @param {Record<string, any>} event
 * @param {ReturnType<typeof networkSteps>} steps
 * @returns {Report|null}
 */
export function recordOf(event, steps) {
  if (event.type === "call") return callRecord(event, null);
  if (event.type === "reply") {
    if (event.ok) steps.remember(event.ret?.authCode, event.api);
    return callRecord(event, event.ret);
  }
  if (event.type === "net") return netRecord(event, steps);
  // Wallet pages are the server's to list: it sees them asked for and answered.
  if (event.type === "dropped" || event.type === "refused") {
    lastKey += 1;
    const title = `${event.what ?? "Mini Program"} refused`;
    return {
      key: `note-${lastKey}`, kind: "log", from: "miniProgram", to: "wallet", step: null, replyStep: null, title,
      status: event.why, outcome: "bad", ms: 0, request: null, response: null, links: {},
    };
  }
  return null;
}

/**
 * @param {Record<string, any>} event
 * @param {Record<string, any>|null} ret null while waiting
 * @returns {Report}
 */
function callRecord(event, ret) {
  const { api, args = {}, form = "", ms = 0 } = event;
  const { status, outcome } = ret ? endOf(event, ret) : { status: "waiting", outcome: "wait" };
  return {
    kind: "jsapi",
    key: event.key ?? `resumed-${event.ix}`,
    from: "miniProgram",
    to: "wallet",
    ...stepsOfCall(api),
    title: api === "qicardSignContract" || api === "signContract" ? `my.call("${api}")` : `my.${api}`,
    status: status + (ret && event.dropped ? " (page gone)" : ""),
    outcome,
    ms,
    request: { method: "JSAPI", path: api, headers: form ? { form } : {}, body: JSON.stringify(args) },
    response: ret ? { status: event.ok ? 200 : 0, headers: {}, body: JSON.stringify(ret) } : null,
    links: { ...(event.ix && { ix: event.ix }), ...linksOf(args) },
  };
}

/** Codes of payments and agreements that are no failure; after some of them one has to ask. @type {Record<string, string>} */
const TOLD = { 9000: "good", 8000: "wait", 6004: "wait", 7000: "good", 7001: "wait" };

/**
 * How a call ended, in a word and in a colour. A payment, or an agreement, is told by its code, whichever callback that went to.
 * @param {Record<string, any>} event
 * @param {Record<string, any>} ret
 */
function endOf({ api, ok }, ret) {
  const code = { tradePay: ret.resultCode, paySignCenter: ret.resultStatus }[String(api)];
  if (code) return { status: String(code), outcome: TOLD[String(code)] ?? "bad" };
  if (!ok) return { status: String(ret.error ?? ret.errorCode), outcome: "bad" };
  const isWallet = ["getAuthCode", "qicardSignContract", "signContract"].includes(api);
  return { status: ret.authCode ? "authCode" : "ok", outcome: isWallet ? "good" : "plain" };
}

/** What a wallet call is about, as far as its parameters tell. @param {Record<string, any>} args */
function linksOf({ authUrl, signStr, paymentUrl, tradeNO }) {
  const authId = memberOf(authUrl ?? signStr, "authId");
  const orderId = memberOf(paymentUrl, "orderId");
  const paymentId = typeof tradeNO === "string" ? tradeNO : memberOf(paymentUrl, "tradeNo");
  return { ...(authId && { authId }), ...(orderId && { orderId }), ...(paymentId && { paymentId }) };
}

/** @param {unknown} address @param {string} member */
function memberOf(address, member) {
  const url = typeof address === "string" && URL.canParse(address) ? new URL(address) : null;
  return url?.searchParams.get(member) ?? "";
}

/**
 * @param {Record<string, any>} event
 * @param {ReturnType<typeof networkSteps>} steps
 * @returns {Report}
 */
function netRecord(event, steps) {
  const { key, ended, method, url, status, ms, requestBody, responseBody } = event;
  const { answer, ...place } = steps.of({ key, method, url, requestBody, responseBody, ended });
  const reached = ended && status > 0;
  return {
    kind: "net",
    key,
    from: "miniProgram",
    to: "merchant",
    ...place,
    title: `${method} ${pathOf(url).split("?")[0]}`,
    status: ended ? (reached ? [status, answer].filter(Boolean).join(" ") : "no answer") : "waiting",
    outcome: ended ? (reached && status < 400 ? "plain" : "bad") : "wait",
    ms,
    request: { method, path: pathOf(url), headers: {}, body: requestBody },
    response: ended ? { status, headers: {}, body: responseBody } : null,
    links: {},
  };
}
