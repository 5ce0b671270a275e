// The third story: an agreement of periodic deduction, signed, deducted under, ended (spec/alipay-agreement.md). No seed draws
// it as a diagram, so the wallet's calls carry no numbers of it: their places are told by what they are.

import { objectIn } from "./bodies.js";

/** @typedef {import("./types.js").Call} Call */
/** @typedef {{step: number | null, replyStep: number | null}} Place */
/** Ids of payments and pages that belong here, told by other calls. @typedef {{trades: Set<string>, pages: Set<string>}} Context */

/** What merchants and the wallet say to each other, by its name. @type {Record<string, Place>} */
const NAMED = {
  "my.paySignCenter": { step: 3, replyStep: 8 },
  "signStr": { step: 4, replyStep: null },
  "signing page": { step: 5, replyStep: null },
  "sign the agreement": { step: 6, replyStep: 7 },
  "dut_user_sign": { step: 9, replyStep: null },
  "alipay.trade.pay": { step: 10, replyStep: 11 },
  "alipay.user.agreement.unsign": { step: 14, replyStep: 15 },
  "dut_user_unsign": { step: 16, replyStep: null },
};
const DEDUCTED = { step: 12, replyStep: null };
const TOLD = { step: 13, replyStep: null };
/** The user's no, on any page. */
const REFUSAL = "not now";

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
  const context = { trades: new Set(), pages: new Set() };
  for (const call of calls) {
    const { paymentId, ix } = call.links ?? {};
    if (paymentId && (call.title === "alipay.trade.pay" || isDeduction(call))) context.trades.add(paymentId);
    if (ix && call.title === "signing page") context.pages.add(ix);
  }
  return context;
}

/** @param {Call} call @param {Context} context @returns {Place | null} */
function placeOf(call, { trades, pages }) {
  if (call.kind === "net") return bringsString(call) ? { step: 1, replyStep: 2 } : null;
  const { paymentId = "", ix = "" } = call.links ?? {};
  if (Object.hasOwn(NAMED, call.title)) {
    const { step, replyStep } = /** @type {Place} */ (NAMED[call.title]);
    // Only a page that says yes has an agreement to tell of.
    return { step, replyStep: call.kind === "page" && call.outcome === "bad" ? null : replyStep };
  }
  if (isDeduction(call)) return DEDUCTED;
  if (call.kind === "message") return trades.has(paymentId) && call.step !== null ? TOLD : null;
  return call.title === REFUSAL && pages.has(ix) ? { step: 6, replyStep: null } : null;
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
