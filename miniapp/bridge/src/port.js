// The line to the shell: hello, the port it answers with, calls and their replies, events (jsapi.md 7.3).
// Calls made before the port arrives wait in order. A nested frame or an ordinary browser tab never gets a port.

/**
 * @typedef {(ok: boolean, ret: Record<string, unknown>) => void} Settle
 * @typedef {{k: "call", id: number, api: string, args: object, form: string}} CallMessage
 */

/** The window that may be the shell: what frames this page, else what opened it. @type {Window|null} */
const hostWindow = window.parent !== window ? window.parent : window.opener;

/** @type {MessagePort|null} */
let port = null;
/** @type {CallMessage[]} */
const queued = [];
/** @type {Map<number, Settle>} */
const pending = new Map();
let lastId = 0;
/** What the shell is shown once there is a line to it; calls that need an answer wait in `queued`. @type {object[]} */
const untold = [];
const UNTOLD_MAX = 50;
/** True once waiting for a port has become pointless. */
let givenUp = hostWindow === null;

/** Fulfilled when a port is here, or when there is no hope of one. @type {() => void} */
let connectedNow = () => {};
/** @type {Promise<void>} */
const connected = new Promise((resolve) => {
  connectedNow = resolve;
});
if (givenUp) connectedNow();

/** Sends hello, once per document. */
function greetShell() {
  if (!hostWindow) return;
  window.addEventListener("message", takePort);
  // Only a window of the wallet's origin receives this; to any other parent nothing is told.
  hostWindow.postMessage({ mp: "hello", v: 1 }, WALLET_ORIGIN);
  setTimeout(giveUp, PORT_WAIT_MS);
}

/** @param {MessageEvent} event */
function takePort(event) {
  if (event.source !== hostWindow || event.origin !== WALLET_ORIGIN) return;
  const data = event.data;
  if (!isObject(data) || data.mp !== "port" || data.v !== 1 || !event.ports[0]) return;
  event.stopImmediatePropagation();
  // A second port means that this document's line was made anew: what was asked on the old one has no answer coming.
  if (port) {
    port.close();
    settleAll([...pending.keys()], "replaced");
  }
  if (isObject(data.session)) {
    takeSession(data.session);
    returnBorrowed(data.session.kept);
  }
  port = event.ports[0];
  port.onmessage = onPortMessage;
  announceSession();
  connectedNow();
  for (const message of untold.splice(0)) port.postMessage(message);
  for (const message of queued.splice(0)) sendCall(message);
}

function giveUp() {
  if (port) return;
  givenUp = true;
  connectedNow();
  queued.length = 0;
  untold.length = 0;
  settleAll([...pending.keys()], "outside");
}

/** @param {number[]} ids @param {"replaced"|"outside"} why */
function settleAll(ids, why) {
  for (const id of ids) settleCall(id, false, failure(3, why));
}

/**
 * Asks the shell. `settle` is called later, once.
 * @param {string} api
 * @param {object} args plain data
 * @param {string} form
 * @param {Settle} settle
 */
function callShell(api, args, form, settle) {
  lastId += 1;
  const id = lastId;
  pending.set(id, settle);
  /** @type {CallMessage} */
  const message = { k: "call", id, api, args, form };
  if (port) sendCall(message);
  else if (givenUp) setTimeout(() => settleCall(id, false, failure(3, "outside")), 0);
  else queued.push(message);
}

/** @param {CallMessage} message */
function sendCall(message) {
  const api = apiNamed(message.api);
  // Which version is simulated is known only now that the session is here.
  if (api && !isNewEnough(api)) {
    const reply = failure(1, "unsupported");
    reportLocal(message.api, message.args, message.form, false, reply);
    setTimeout(() => settleCall(message.id, false, reply), 0);
    return;
  }
  port?.postMessage(message);
}

/**
 * @param {number} id
 * @param {boolean} ok
 * @param {Record<string, unknown>} ret
 */
function settleCall(id, ok, ret) {
  const settle = pending.get(id);
  if (!settle) {
    console.debug("mithaq: an answer that nobody waits for was dropped", id);
    return;
  }
  pending.delete(id);
  settle(ok, ret);
}

/** @param {MessageEvent} event */
function onPortMessage(event) {
  const message = event.data;
  if (!isObject(message)) return;
  if (message.k === "res" && typeof message.id === "number") {
    settleCall(message.id, message.ok === true, isObject(message.ret) ? message.ret : {});
  } else if (message.k === "evt" && typeof message.name === "string") {
    dispatchShellEvent(message.name, message.data);
  }
}

/**
 * Tells the shell something that needs no answer.
 * @param {object} message plain data
 */
function tellShell(message) {
  if (port) port.postMessage(message);
  else if (!givenUp && untold.length < UNTOLD_MAX) untold.push(message);
}

/**
 * Shows the shell a call that was answered inside the page. Only when observing: the Studio lists every call.
 * @param {string} api
 * @param {object} args
 * @param {string} form
 * @param {boolean} ok
 * @param {object} ret
 */
function reportLocal(api, args, form, ok, ret) {
  if (!OBSERVE) return;
  const message = { k: "local", api, args, form, ok, ret };
  try {
    const text = JSON.stringify(message);
    tellShell(byteLength(text) <= MESSAGE_BYTES_MAX ? JSON.parse(text) : { ...message, args: {}, ret: {} });
  } catch {
    // What cannot be said in JSON cannot be listed; the call itself is not touched by that.
  }
}
