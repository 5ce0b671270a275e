// my.tradePay in the shell (jsapi.md 3.3): what may be asked, and the replies that only the shell can word, since only it
// knows that the server did not answer. The server words all others.

import { isCashierUrl } from "./addresses.js";
import { failing, succeeding } from "./replies.js";

/** @typedef {import("./replies.js").Reply} Reply */
/**
 * Which codes a page finds in `success`. The sources disagree: some print all of them there, others only those after which
 * money may have moved.
 * @typedef {"split"|"all-success"} Route
 */

const TRADE_NUMBER_LENGTH_MAX = 64;
/** After these nothing was paid: in the split reading they are failures. */
const UNPAID = ["4000", "6001", "6002"];

/** What a reply about the call itself has besides: pages that look at nothing else read it as not paid. */
export const REFUSED = { resultCode: "4000" };

/**
 * What is wrong with the parameters, or null. The bridge looks too, but a page may speak to the shell without it.
 * @param {Record<string, any>} args
 * @param {import("./addresses.js").Wallet} wallet
 * @returns {"exactlyOne"|"notCashier"|"parameter"|null}
 */
export function wrongWith(args, wallet) {
  const given = ["paymentUrl", "tradeNO", "orderStr"].filter((name) => ![undefined, null, ""].includes(args[name]));
  if (given.length !== 1) return "exactlyOne";
  const [name] = given;
  const value = args[name];
  if (typeof value !== "string") return "parameter";
  if (name === "paymentUrl") return isCashierUrl(value, wallet) ? null : "notCashier";
  return name === "tradeNO" && value.length > TRADE_NUMBER_LENGTH_MAX ? "parameter" : null;
}

/**
 * How the codes reach the page: as the wallet is set, else by the form of the call. Pages that pass an address are
 * careless about codes more often, those with a trade number follow the documents to the letter.
 * @param {Record<string, any>} args
 * @param {unknown} [setting] what the server says
 * @returns {Route}
 */
export function routeOf(args, setting) {
  if (setting === "split" || setting === "all-success") return setting;
  return args.paymentUrl ? "split" : "all-success";
}

/**
 * The reply for a code. In the split reading a failure says the code as a number too: other people's bridges tell success
 * from failure by a truthy `error` (jsapi.md 1.2).
 * @param {"8000"|"6002"|"6004"} code
 * @param {Route} route
 * @param {string} text
 * @returns {Reply}
 */
export function payReply(code, route, text) {
  if (route === "all-success" || !UNPAID.includes(code)) return succeeding({ resultCode: code });
  return { ok: false, ret: { resultCode: code, ...failing(Number(code), text).ret } };
}
