// Puts AlipayJSBridge and my on the window, synchronously: pages call them without waiting. What is already on `my`
// stays; a second copy of this script does nothing.

const LOADED = "__mithaq_bridge__";

/** @type {any} */
const page = window;
/** @type {Record<string, any>} */
const my = isObject(page.my) || typeof page.my === "function" ? page.my : {};

/**
 * The container's own tradePay answers a trade number or an order string with three members more (jsapi.md 3.3); pages may
 * read them without asking whether they are there.
 * @param {Call} call
 * @param {Record<string, any>} ret
 */
function inContainersWords(call, ret) {
  const { tradeNO, orderStr } = call.params;
  if (call.name !== "tradePay" || !(tradeNO || orderStr) || !ret.resultCode) return ret;
  return { callbackUrl: "", memo: "", result: "", ...ret };
}

const AlipayJSBridge = {
  [LOADED]: 1,
  startupParams: session.startupParams,
  /**
   * A name that is no text is ignored. Nobody reads a promise from here, so a failure never is an unhandled rejection.
   * @param {unknown} name
   * @param {unknown} [params]
   * @param {unknown} [callback]
   */
  call(name, params, callback) {
    if (typeof name !== "string") return undefined;
    const promise = invoke(name, params, callback, inContainersWords);
    promise.catch(() => {});
    return promise;
  },
};

/** Adds what `my` does not have yet. @param {string} name @param {unknown} value */
function add(name, value) {
  if (!(name in my)) my[name] = value;
}

function extendMy() {
  for (const name of [...Object.keys(TABLE), ...UNSUPPORTED]) {
    add(name, (/** @type {unknown} */ a, /** @type {unknown} */ b) => invoke(name, a, b));
  }
  for (const name of Object.keys(SYNC_APIS)) {
    add(`${name}Sync`, (/** @type {unknown} */ params) => invokeSync(name, params));
  }
  for (const name of UNSUPPORTED_SYNC) {
    add(name, () => {
      throw new Failure(failure(1, "unsupported"));
    });
  }
  add("call", (/** @type {unknown} */ name, /** @type {unknown} */ a, /** @type {unknown} */ b) =>
    typeof name === "string" ? invoke(name, a, b) : undefined);
  add("canIUse", canIUse);
  add("createWebViewContext", createWebViewContext);
  add("onMessage", onMessage);
  add("isIDE", false);
  add("env", session.env);
  add("SDKVersion", session.sdkVersion);
  my.__hy_mounted__ = true;
}

/** The session came with the port: `my` now says which base library is simulated. */
function announceSession() {
  my.SDKVersion = session.sdkVersion;
}

/** AlipayJSBridgeReady on the document, exactly once, when the document has been read. */
function announceReady() {
  let announced = false;
  const announce = () => {
    if (announced) return;
    announced = true;
    document.dispatchEvent(new Event("AlipayJSBridgeReady"));
  };
  if (document.readyState === "complete") return announce();
  document.addEventListener("DOMContentLoaded", announce, { once: true });
  // A script that came late may have missed it.
  window.addEventListener("load", announce, { once: true });
}

if (!page.AlipayJSBridge?.[LOADED]) {
  page.AlipayJSBridge = AlipayJSBridge;
  page.my = my;
  extendMy();
  observeNetwork();
  greetShell();
  announceReady();
}
