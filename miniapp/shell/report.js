// Sandbox only: tells the server what happens in the shell, shaped for the Studio's list of calls. A call is sent when it
// starts and again, with the same key, when its answer is there. In order, one at a time; when the server is away,
// what piled up is dropped: a list is not worth disturbing the wallet for.

import { networkSteps, pathOf, stepsOfCall } from "./steps.js";

const PATH = "/sandbox/v1/shell-events";
const WAITING_MAX = 200;

/**
 * @param {{client: import("./client.js").Client, appId: string, walletOrigin: string}} parts
 * @returns {(event: Record<string, any>) => void}
 */
export function createReporter({ client, appId, walletOrigin }) {
  const steps = networkSteps(walletOrigin);
  // Keys of two shells, or of one before and after a reload, must not meet.
  const launch = crypto.getRandomValues(new Uint32Array(2)).join("");
  /** @type {object[]} */
  const waiting = [];
  let sending = false;

  async function send() {
    if (sending) return;
    sending = true;
    for (let record = waiting.shift(); record; record = waiting.shift()) {
      await client.post(PATH, record, 5000).catch(() => {});
    }
    sending = false;
  }

  return (event) => {
    const record = recordOf(event, steps);
    if (!record || waiting.length >= WAITING_MAX) return;
    waiting.push({ appId, ...record, key: `${launch}-${record.key}` });
    void send();
  };
}

let lastKey = 0;

/**
 * @param {Record<string, any>} event
 * @param {ReturnType<typeof networkSteps>} steps
 * @returns {Record<string, any>|null}
 */
export function recordOf(event, steps) {
  if (event.type === "call") return callRecord(event, null);
  if (event.type === "reply") {
    if (event.ok) steps.remember(event.ret?.authCode);
    return callRecord(event, event.ret);
  }
  if (event.type === "net") return netRecord(event, steps);
  lastKey += 1;
  const plain = { key: `note-${lastKey}`, step: null, replyStep: null, ms: 0, request: null, response: null };
  if (event.type === "page") {
    const links = { ix: event.ix };
    return { ...plain, kind: "page", from: "wallet", to: "user", title: "wallet page", status: event.what, outcome: "plain", links };
  }
  if (event.type === "dropped" || event.type === "refused") {
    return { ...plain, kind: "log", from: "miniProgram", to: "wallet", title: `${event.what ?? "Mini Program"} refused`, status: event.why, outcome: "bad", links: {} };
  }
  return null;
}

/** @param {Record<string, any>} event @param {Record<string, any>|null} ret null while waiting */
function callRecord(event, ret) {
  const { api, args = {}, form = "", ok, ms = 0 } = event;
  const wallet = ["getAuthCode", "qicardSignContract", "signContract"].includes(api);
  const code = ret?.error ?? ret?.errorCode;
  const good = ret?.authCode ? "authCode" : "ok";
  return {
    kind: ret ? "reply" : "call",
    key: event.key ?? `resumed-${event.ix}`,
    from: "miniProgram",
    to: "wallet",
    ...stepsOfCall(api),
    title: api === "qicardSignContract" || api === "signContract" ? `my.call("${api}")` : `my.${api}`,
    status: ret ? (ok ? good : String(code)) + (event.dropped ? " (page gone)" : "") : "waiting",
    outcome: ret ? (ok ? (wallet ? "good" : "plain") : "bad") : "wait",
    ms,
    request: { method: "JSAPI", path: api, headers: form ? { form } : {}, body: JSON.stringify(args) },
    response: ret ? { status: ok ? 200 : 0, headers: {}, body: JSON.stringify(ret) } : null,
    links: event.ix ? { ix: event.ix } : {},
  };
}

/** @param {Record<string, any>} event @param {ReturnType<typeof networkSteps>} steps */
function netRecord(event, steps) {
  const { key, ended, method, url, status, ms, requestBody, responseBody } = event;
  const { answer, ...place } = steps.of({ url, requestBody, responseBody, ended });
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
