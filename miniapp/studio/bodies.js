// What can be read from the bodies of calls without knowing every message: amounts, and what an answer brings.

/** @typedef {import("./types.js").Call} Call */
/** @typedef {import("./types.js").Amount} Amount */

/** What an answer may bring, the most telling first; the seed names its arrows by these. */
const TELLING = [
  "authUrl", "authCode", "accessToken", "paymentUrl", "redirectActionForm", "signStr", "orderStr", "resultCode", "resultStatus",
];

/** Where a request names what it is about. */
const AMOUNTS = ["paymentAmount", "captureAmount", "refundAmount", "voidAmount"];

/**
 * The object in a text, or null if it is none.
 * @param {string | null | undefined} text
 * @returns {Record<string, unknown> | null}
 */
export function objectIn(text) {
  if (!text) return null;
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * The amount a request names: what is to be paid, taken, or given back.
 * @param {Call} call
 * @returns {Amount | null}
 */
export function amountOf(call) {
  const body = objectIn(call.request?.body);
  const amount = AMOUNTS.map((name) => asObject(body?.[name])).find((found) => found !== null);
  if (typeof amount?.currency !== "string") return null;
  const value = String(amount.value);
  return /^-?\d+$/.test(value) ? { currency: amount.currency, value } : null;
}

/**
 * The name of the most telling member of the answer (`authUrl`, `authCode`, `accessToken`), as the seed calls it; of a
 * payment's end, its code.
 * @param {Call} call
 * @returns {string | null}
 */
export function nameOfReply(call) {
  const body = objectIn(call.response?.body);
  const inner = asObject(body?.ret);
  const name = TELLING.find((telling) => body?.[telling] !== undefined || inner?.[telling] !== undefined) ?? null;
  if (name === "resultCode" || name === "resultStatus") return `${name} ${inner?.[name] ?? body?.[name]}`;
  return name === "redirectActionForm" ? "redirectUrl" : name;
}

/** @param {unknown} value @returns {Record<string, unknown> | null} */
function asObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? /** @type {Record<string, unknown>} */ (value)
    : null;
}
