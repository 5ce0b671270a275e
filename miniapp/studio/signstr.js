// The argument of my.paySignCenter, opened as the wallet opens it (spec/alipay-agreement.md 1.7), and the mistakes that
// developers make with it. The wallet says the same in `sub_msg`; here it stands in the reader's language.

/** @typedef {"encodedOnce" | "encodedThrice" | "plusLost" | "otherKey" | "returnUrl"} Mistake */
/** @typedef {[name: string, value: string]} Param */

/** A signature of RSA2 has the 344 characters of 256 bytes; an old key's is half as long. */
const LONG_SIGN = 200;

/**
 * What a signStr holds and what is wrong with it, as far as that can be seen without a key. Nothing if it cannot be decoded.
 * @param {string} text
 * @returns {{params: Param[], mistakes: Mistake[]} | null}
 */
export function readSignStr(text) {
  if (text.includes("&")) return { params: paramsOf(text) ?? [], mistakes: ["encodedOnce"] };
  // The outer layer writes a space as %20, so a plus in it is a plus.
  const once = decoded(text);
  if (once === null) return null;
  const twice = once.includes("&") ? null : decoded(once);
  if (twice?.includes("&")) return { params: paramsOf(twice) ?? [], mistakes: ["encodedThrice"] };
  const params = paramsOf(once);
  return params && { params, mistakes: mistakesOf(params) };
}

/**
 * The mistakes of a call, with the wallet's word on its signature: one that fits in form and yet does not fit was made with
 * another key, or over another text.
 * @param {string} text
 * @param {{valid: boolean, status?: string | null} | null} verdict  nothing if the wallet has not said
 * @returns {Mistake[]}
 */
export function mistakesIn(text, verdict) {
  const mistakes = readSignStr(text)?.mistakes ?? [];
  const explains = mistakes.some((mistake) => mistake !== "returnUrl");
  const isRefused = verdict?.valid === false && verdict.status === "isv.invalid-signature";
  return isRefused && !explains ? ["otherKey", ...mistakes] : mistakes;
}

/** @param {Param[]} params @returns {Mistake[]} */
function mistakesOf(params) {
  const of = (/** @type {string} */ name) => params.find(([key]) => key === name)?.[1];
  const sign = of("sign") ?? "";
  /** @type {Mistake[]} */
  const mistakes = [];
  if (sign.includes(" ")) mistakes.push("plusLost");
  if (of("sign_type") === "RSA2" && sign !== "" && sign.replace(/=+$/, "").length <= LONG_SIGN) mistakes.push("otherKey");
  if (of("return_url")) mistakes.push("returnUrl");
  return mistakes;
}

/**
 * Pairs of a query or a form, in their order; nothing if they cannot be decoded.
 * @param {string} text
 * @returns {Param[] | null}
 */
export function paramsOf(text) {
  /** @type {Param[]} */
  const params = [];
  for (const pair of text.split("&").filter((one) => one !== "")) {
    const [name = "", ...rest] = pair.split("=");
    const value = decoded(rest.join("=").replaceAll("+", "%20"));
    if (value === null) return null;
    params.push([name, value]);
  }
  return params;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
