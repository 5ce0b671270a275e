// Failing replies that the shell makes itself (jsapi.md 1.3): the server makes all others.

/**
 * @typedef {{ok: boolean, ret: Record<string, unknown>}} Reply
 * @typedef {import("./texts.js").Texts} Texts
 */

/**
 * The code in every spelling in use, and the text too.
 * @param {number|string} code
 * @param {string} text
 * @returns {Reply}
 */
export function failing(code, text) {
  return { ok: false, ret: { error: code, errorCode: String(code), errMessage: text, errorMessage: text, message: text } };
}

/** @param {Record<string, unknown>} [ret] @returns {Reply} */
export function succeeding(ret = {}) {
  return { ok: true, ret };
}

/**
 * The server did not say what became of a wallet call (jsapi.md 5, the two last rows). `my.tradePay` has words of its own
 * (tradepay.js); `my.paySignCenter` has a status for it, and nothing signed to show.
 * @param {string} api
 * @param {Record<string, any>} args
 * @param {boolean} maybeConfirmed whether the user may have confirmed already
 * @param {Texts} texts
 * @returns {Reply}
 */
export function unanswered(api, args, maybeConfirmed, texts) {
  const text = texts(maybeConfirmed ? "noAnswer" : "network");
  if (api === "getAuthCode") {
    const { ok, ret } = failing(12, text);
    const scopes = [args.scopes ?? args.scopeNicks ?? []].flat().filter((scope) => typeof scope === "string");
    const codes = (scopes.length > 0 ? scopes : ["auth_base"]).map((scope) => [scope, "1002"]);
    return { ok, ret: { ...ret, authErrorScopes: Object.fromEntries(codes) } };
  }
  if (api === "paySignCenter") return succeeding({ resultStatus: maybeConfirmed ? "7001" : "6002", result: "" });
  if (api === "signContract" && maybeConfirmed) return failing("7001", text);
  return failing("6002", text);
}
