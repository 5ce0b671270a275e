// One function behind every way to write a call: my.NAME, my.call, AlipayJSBridge.call (jsapi.md 1.1), and the rules by
// which a call is settled (1.2).

/**
 * @typedef {object} Call
 * @property {string} name
 * @property {Record<string, unknown>} params as passed, without the three callbacks
 * @property {Function|null} success
 * @property {Function|null} fail
 * @property {Function|null} complete
 * @property {Function|null} cb   one function for success and failure alike
 * @property {"cb3"|"cb1"|"promise"} form
 */

/** APIs answered in this page at once; each also has a Sync form. @type {Record<string, (args: Record<string, any>) => any>} */
const SYNC_APIS = {
  ...storageApis,
  getSystemInfo: systemInfo,
  getAppId: () => ({ appId: session.appId }),
};

/** Other APIs answered in this page. @type {Record<string, (args: Record<string, any>, signal: AbortSignal) => any>} */
const PAGE_APIS = {
  ...SYNC_APIS,
  ...Object.fromEntries(Object.entries(storageApis).map(([name, work]) => [name, whenStored(work)])),
  // At once they say what is known so far; as calls they wait for the shell, which knows the language.
  getSystemInfo: () => connected.then(() => SYNC_APIS.getSystemInfo({})),
  getAppId: () => connected.then(() => SYNC_APIS.getAppId({})),
  ...navigationApis,
  request,
  httpRequest: request,
  getEnv: () => ({ miniprogram: hostWindow !== null }),
  postMessage: postMessageToProgram,
};

const SYNC_NAMES = new Set(Object.keys(SYNC_APIS).map((name) => `${name}Sync`));

/**
 * Runs a call. Settles exactly once and never before the current task has ended: success or fail, complete, cb, then
 * the promise. With any callback passed, a failure is no unhandled rejection.
 * @param {string} name
 * @param {unknown} [a] parameters, or the callback
 * @param {unknown} [b] the callback
 * @param {(call: Call, ret: any) => any} [reword] the reply as the caller reads it
 * @returns {Promise<any> & {abort(): void}}
 */
function invoke(name, a, b, reword = (_call, ret) => ret) {
  const call = readCall(name, a, b);
  const controller = new AbortController();
  const promise = new Promise((resolve, reject) => {
    let settled = false;
    run(call, controller.signal, (ok, reply) => {
      if (settled) return;
      settled = true;
      const ret = reword(call, reply);
      guarded(ok ? call.success : call.fail, ret);
      guarded(call.complete, ret);
      guarded(call.cb, ret);
      if (ok) resolve(ret);
      else reject(ret);
    });
  });
  if (call.form !== "promise") promise.catch(() => {});
  return Object.assign(promise, { abort: () => controller.abort() });
}

/**
 * @param {string} name
 * @param {unknown} a
 * @param {unknown} b
 * @returns {Call}
 */
function readCall(name, a, b) {
  const cb = typeof a === "function" ? a : typeof b === "function" ? b : null;
  const { success, fail, complete, ...params } = isObject(a) ? a : {};
  /** @param {unknown} value */
  const callable = (value) => (typeof value === "function" ? value : null);
  const three = [callable(success), callable(fail), callable(complete)];
  const [onSuccess, onFail, onComplete] = three;
  const form = three.some(Boolean) ? "cb3" : cb ? "cb1" : "promise";
  return { name, params, success: onSuccess, fail: onFail, complete: onComplete, cb, form };
}

/**
 * @param {Call} call
 * @param {AbortSignal} signal
 * @param {Settle} settle
 */
function run(call, signal, settle) {
  /** @type {Record<string, any>} */
  let args = {};
  const sync = SYNC_NAMES.has(call.name);
  const api = apiNamed(sync ? call.name.slice(0, -4) : call.name);
  /** @param {boolean} ok @param {any} ret */
  const answerHere = (ok, ret) => {
    reportLocal(call.name, args, call.form, ok, ret);
    setTimeout(() => settle(ok, ret), 0);
  };
  try {
    args = toPlain(call.params);
    if (!api) return answerHere(false, failure(1, "unsupported"));
    const wrong = checkParameters(api, args);
    if (wrong) return answerHere(false, wrong);
    if (api.at === "shell") {
      const bytes = byteLength(JSON.stringify({ k: "call", id: 1, api: call.name, args, form: call.form }));
      if (bytes > MESSAGE_BYTES_MAX) return answerHere(false, refusal(api, failure(2, "tooLarge")));
      return callShell(call.name, args, call.form, settle);
    }
    const work = PAGE_APIS[sync ? call.name.slice(0, -4) : call.name](args, signal);
    Promise.resolve(work).then(
      (ret) => answerHere(true, ret),
      (thrown) => answerHere(false, replyOf(thrown)),
    );
  } catch (thrown) {
    answerHere(false, refusal(api, replyOf(thrown)));
  }
}

/**
 * A Sync form: returns the reply, or throws it.
 * @param {string} name without "Sync"
 * @param {unknown} params
 */
function invokeSync(name, params) {
  const args = toPlain(readCall(name, params, null).params);
  const api = apiNamed(name);
  const wrong = api && checkParameters(api, args);
  if (wrong) throw new Failure(wrong);
  return SYNC_APIS[name](args);
}

/**
 * Calls the page's function. What it throws is a page error, and stops nothing else.
 * @param {Function|null} callback
 * @param {unknown} ret
 */
function guarded(callback, ret) {
  if (!callback) return;
  try {
    callback(ret);
  } catch (thrown) {
    setTimeout(() => {
      throw thrown;
    }, 0);
  }
}
