// Messages between a web page and "its Mini Program" (jsapi.md 7.5), and the protocol that bundled copies of
// hylid-bridge speak over them (qicard.md 11.2, 11.3 point 4): a message with a serialId is a call; the answer carries
// the same serialId. An H5 Mini Program is both sides at once, so other messages have no receiver.

/** Listeners registered by calling my.onMessage(fn). @type {Function[]} */
const messageListeners = [];

/** What my.onMessage is until the page assigns its own. @param {unknown} listener */
function onMessage(listener) {
  if (typeof listener === "function") messageListeners.push(listener);
}

/** @param {unknown} data */
function deliverMessage(data) {
  const assigned = my.onMessage;
  if (typeof assigned === "function" && assigned !== onMessage) guarded(assigned, data);
  for (const listener of messageListeners) guarded(listener, data);
}

/** @param {Record<string, any>} message */
function postMessageToProgram(message) {
  if (message.serialId !== undefined && message.serialId !== null) answerWrapped(message);
  return {};
}

/**
 * Runs a call that came as a message. The members that name the call differ between versions of the script; those seen
 * in its relatives are all read. The result serves both readings of the answer: newer ones look at `_type_` and
 * `_data_`, older ones take the bare reply and its `error`.
 * @param {Record<string, any>} message
 */
function answerWrapped(message) {
  const name = [message.api, message.apiName, message.name, message.method, message.func].find((n) => typeof n === "string");
  const params = [message.params, message.param, message.args, message.options, message.data].find(isObject) ?? {};
  /** @param {Record<string, unknown>} ret @param {"success"|"fail"} type */
  const answer = (ret, type) => {
    const result = { ...ret, _type_: type, _data_: ret };
    deliverMessage({ serialId: message.serialId, result, config: message.config ?? {} });
  };
  if (name === "postMessage") return answer(failure(2, "parameter", "api"), "fail");
  invoke(name ?? "", {
    ...params,
    success: (/** @type {any} */ ret) => answer(ret, "success"),
    fail: (/** @type {any} */ ret) => answer(ret, "fail"),
  });
}

/** An H5 page holds no web-view component, so what is posted to one arrives nowhere; said once, in the console. */
function createWebViewContext() {
  return {
    postMessage() {
      console.warn("mithaq: this page has no web-view component; the message was dropped");
    },
  };
}

/**
 * An event of the shell reaches the page as a document event of that name with `data` (qicard.md 11.1); going to the
 * back and to the front also under the names the container uses for them.
 * @param {string} name
 * @param {unknown} data
 */
function dispatchShellEvent(name, data) {
  const aliases = { appShow: "resume", appHide: "pause" };
  const alias = aliases[/** @type {keyof typeof aliases} */ (name)];
  for (const type of alias ? [name, alias] : [name]) {
    document.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), { data }));
  }
  if (name === "message") deliverMessage(data);
}
