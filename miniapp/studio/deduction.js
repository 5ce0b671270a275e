// The third story: an agreement of periodic deduction, signed, deducted under, ended (spec/alipay-agreement.md). No seed draws
// it as a diagram, so the wallet's calls carry no numbers of it: their places are told by what they are.

import { objectIn } from "./bodies.js";

/** @typedef {import("./types.js").Call} Call */
/** @typedef {{step: number | null, replyStep: number | null}} Place */
/** What other calls tell about one. @typedef {{trades: Set<string>, signing: Set<number>}} Context */

/** What merchants and the wallet say to each other, by its name. @type {Record<string, Place>} */
const NAMED = {
  "my.paySignCenter": { step: 3, replyStep: 8 },
  "signStr": { step: 4, replyStep: null },
  "dut_user_sign": { step: 9, replyStep: null },
  "alipay.trade.pay": { step: 10, replyStep: 11 },
  "alipay.user.agreement.unsign": { step: 14, replyStep: 15 },
  "dut_user_unsign": { step: 16, replyStep: null },
};
/** The signing's places that stand for something else here: its page, the user's yes, the contract made. @type {Record<number, number>} */
const OF_SIGNING = { 6: 5, 7: 6, 8: 7 };
const DEDUCTED = { step: 12, replyStep: null };
const TOLD = { step: 13, replyStep: null };
/** What opens a page of the wallet: what happens on the page belongs to that. */
const OPENING = /^my\.call\("(qicardSignContract|signContract)"\)$|^my\.(getAuthCode|tradePay)$|^authorizations\/prepare$/;

/**
 * The calls with the places they have in this story; those of other stories as they are, and the same objects as long as
 * nothing about them changes.
 * @param {Call[]} calls  in the order of their numbers
 * @param {WeakMap<Call, Call>} [known]  what was made of calls before
 * @returns {Call[]}
 */
export function withDeductions(calls, known = new WeakMap()) {
  const context = contextOf(calls);
  return calls.map((call) => {
    const place = placeOf(call, context);
    if (!place) return (known.delete(call), call);
    const before = known.get(call);
    if (before && before.step === place.step && before.replyStep === place.replyStep) return before;
    /** @type {Call} */
    const placed = { ...call, ...place, ...(call.title === "signStr" && readByWallet(call)), story: "deduct" };
    known.set(call, placed);
    return placed;
  });
}

/**
 * That the phone handed the string over is the call before; and nothing is to come, even where there is something to say.
 * @param {Call} call
 * @returns {Partial<Call>}
 */
const readByWallet = ({ response }) => ({ from: "wallet", response: response ?? {} });

/** @param {Call[]} calls @returns {Context} */
function contextOf(calls) {
  /** @type {Context} */
  const context = { trades: new Set(), signing: new Set() };
  let isSigning = false;
  for (const call of calls) {
    const paymentId = call.links?.paymentId;
    if (paymentId && (call.title === "alipay.trade.pay" || isDeduction(call))) context.trades.add(paymentId);
    if (call.title === "signStr" || call.title === "alipay.user.agreement.page.sign") isSigning = true;
    else if (OPENING.test(call.title)) isSigning = false;
    if (isSigning) context.signing.add(call.seq);
  }
  return context;
}

/** @param {Call} call @param {Context} context @returns {Place | null} */
function placeOf(call, { trades, signing }) {
  if (call.kind === "net") return bringsString(call) ? { step: 1, replyStep: 2 } : null;
  const named = Object.hasOwn(NAMED, call.title) ? NAMED[call.title] : undefined;
  if (named) return named;
  if (isDeduction(call)) return DEDUCTED;
  const paymentId = call.links?.paymentId;
  if (call.kind === "message") return paymentId && trades.has(paymentId) && call.step !== null ? TOLD : null;
  const step = call.kind === "page" && call.story === undefined && call.step !== null ? OF_SIGNING[call.step] : undefined;
  return step !== undefined && signing.has(call.seq) ? { step, replyStep: null } : null;
}

/** The merchant's answer holds what `my.paySignCenter` takes. @param {Call} call */
function bringsString(call) {
  return typeof objectIn(call.response?.body)?.signStr === "string";
}

/** The notice of a deduction that went well: not that of a refund, nor that of a trade paid by hand. @param {Call} call */
function isDeduction(call) {
  if (call.title !== "trade_status_sync") return false;
  const fields = new URLSearchParams(call.request?.body ?? "");
  return fields.has("agreement_no") && !fields.has("refund_fee") && fields.get("trade_status") === "TRADE_SUCCESS";
}
