// The shell's end of the line to the Mini Program (jsapi.md 7.3): who gets a port, and what is taken from it. The app and
// the user are those of this shell, whatever a message says.

import { isPlainWithin, messageBytesMax, OPEN_CALLS_MAX, PER_SECOND_MAX, rateLimit } from "./limits.js";
import { failing } from "./replies.js";

/**
 * @typedef {object} Call a call as it came, checked
 * @property {number} id
 * @property {string} key   unique in this shell
 * @property {string} api
 * @property {Record<string, any>} args
 * @property {string} form
 * @typedef {object} Line   one document of the Mini Program
 * @property {MessagePort} port
 * @property {Set<number>} open  ids of calls without an answer
 * @property {boolean} alive
 */

/**
 * @param {object} parts
 * @param {() => Window|null} parts.target   the Mini Program's window: the frame's, or the one opened for it
 * @param {ReadonlySet<string>} parts.origins  H5 origins registered for the app
 * @param {() => Record<string, unknown>} parts.session  what goes with a port
 * @param {(call: Call) => Promise<import("./replies.js").Reply>} parts.onCall
 * @param {(key: string, value: string|null) => void} parts.onKeep  the page wants a stored value remembered, or forgotten
 * @param {() => void} parts.onDocument   a new document said hello; what belonged to the last one is over
 * @param {() => import("./texts.js").Texts} parts.texts
 * @param {(event: Record<string, unknown>) => void} parts.emit
 * @param {boolean} parts.sandbox
 */
export function createLink({ target, origins, session, onCall, onKeep, onDocument, texts, emit, sandbox }) {
  /** @type {Line|null} */
  let line = null;
  let calls = 0;
  let documents = 0;
  const now = () => performance.now();
  // Kept across documents: a page that reloads itself does not get a fresh allowance.
  const mayGreet = rateLimit(now, 10);
  const mayCall = rateLimit(now);
  const mayKeep = rateLimit(now);
  const mayObserve = rateLimit(now, 2 * PER_SECOND_MAX);
  const mayComplain = rateLimit(now, 20);

  /** @param {string} what @param {string} why @param {Record<string, unknown>} [more] */
  const drop = (what, why, more = {}) => {
    if (mayComplain()) emit({ type: "dropped", what, why, ...more });
  };

  /** @param {MessageEvent} event */
  const onWindowMessage = (event) => {
    const data = event.data;
    if (typeof data !== "object" || data === null || data.mp !== "hello") return;
    // A frame nested in the Mini Program, another tab, another site: none of them is the window we made.
    if (event.source === null || event.source !== target()) return drop("hello", "not the Mini Program's own window", { origin: event.origin });
    if (!origins.has(event.origin)) return drop("hello", "origin not registered for this Mini Program", { origin: event.origin });
    if (data.v !== 1) return drop("hello", "unknown version");
    if (!mayGreet()) return drop("hello", "too often");
    closeLine();
    onDocument();
    documents += 1;
    const channel = new MessageChannel();
    const opened = { port: channel.port1, open: new Set(), alive: true };
    line = opened;
    channel.port1.onmessage = (message) => onPortMessage(opened, message.data);
    // Where the browser tells when the other end is gone, the page's dialogs go with it.
    channel.port1.addEventListener("close", () => {
      if (line !== opened) return;
      closeLine();
      onDocument();
    });
    /** @type {Window} */ (event.source).postMessage({ mp: "port", v: 1, session: session() }, event.origin, [channel.port2]);
    emit({ type: "connected", origin: event.origin });
  };
  window.addEventListener("message", onWindowMessage);

  function closeLine() {
    if (!line) return;
    line.alive = false;
    line.port.close();
    line = null;
  }

  /** @param {Line} from @param {any} message */
  function onPortMessage(from, message) {
    if (!from.alive || typeof message !== "object" || message === null) return;
    if (message.k === "call") takeCall(from, message);
    else if (message.k === "keep") takeKeep(message);
    else if (sandbox && (message.k === "net" || message.k === "local")) takeObservation(message);
  }

  /** @param {Line} from @param {any} message */
  function takeCall(from, message) {
    const { id, api, args } = message;
    if (!Number.isSafeInteger(id) || id <= 0 || from.open.has(id)) return drop("call", "id is not a fresh positive integer");
    // No answer either: the bridge refuses such calls itself, so whoever sends one is not the bridge.
    if (!isPlainWithin(message, messageBytesMax(api))) return drop("call", "too large, or not plain data");
    if (typeof api !== "string" || typeof args !== "object" || args === null || Array.isArray(args)) return drop("call", "malformed");
    const answer = (/** @type {import("./replies.js").Reply} */ reply) => {
      if (from.alive) from.port.postMessage({ k: "res", id, ok: reply.ok, ret: reply.ret });
    };
    if (!mayCall() || from.open.size >= OPEN_CALLS_MAX) {
      drop("call", "too many calls", { api });
      return answer(failing(3, texts()("tooMany")));
    }
    from.open.add(id);
    calls += 1;
    const call = { id, key: `call-${calls}`, api, args, form: typeof message.form === "string" ? message.form : "cb3" };
    const began = now();
    emit({ type: "call", ...call });
    onCall(call).catch(() => failing(3, texts()("unknown"))).then((reply) => {
      from.open.delete(id);
      answer(reply);
      emit({ type: "reply", ...call, ok: reply.ok, ret: reply.ret, ms: Math.round(now() - began), dropped: !from.alive });
    });
  }

  /** A page whose browser denies it storage keeps its values with us. @param {any} message */
  function takeKeep(message) {
    const { key, value } = message;
    if (!mayKeep() || !isPlainWithin(message, messageBytesMax("setStorage"))) return drop("keep", "too much");
    if (typeof key === "string" && (typeof value === "string" || value === null)) onKeep(key, value);
  }

  /** Sandbox only: what the page did by itself, shown for the Studio's list. @param {any} message */
  function takeObservation(message) {
    if (!mayObserve() || !isPlainWithin(message, messageBytesMax(""))) return drop(message.k, "too much");
    if (message.k === "local") {
      calls += 1;
      const call = { key: `call-${calls}`, id: 0, api: String(message.api), args: message.args ?? {}, form: String(message.form) };
      emit({ type: "call", ...call });
      emit({ type: "reply", ...call, ok: message.ok === true, ret: message.ret ?? {}, ms: 0, dropped: false });
      return;
    }
    const { n, method, url, requestBody, status, ms, responseBody } = message;
    if (![method, url, requestBody].every((text) => typeof text === "string")) return drop("net", "malformed");
    const ended = typeof status === "number";
    emit({ type: "net", key: `net-${documents}-${Number(n)}`, ended, method, url, requestBody, status: ended ? status : null,
      ms: Number(ms) || 0, responseBody: typeof responseBody === "string" ? responseBody : "" });
  }

  return {
    /** @param {string} name @param {unknown} [data] */
    tell: (name, data = {}) => line?.port.postMessage({ k: "evt", name, data }),
    close() {
      closeLine();
      window.removeEventListener("message", onWindowMessage);
    },
  };
}
