// From calls to the arrows of the sequence diagram: which, in what order, and what is written on them.

import { amountOf, nameOfReply } from "./bodies.js";
import { isWaiting } from "./calls.js";

/** @typedef {import("./types.js").Call} Call */

/**
 * One row of the diagram.
 * @typedef {object} Arrow
 * @property {string} key  stable: the call's number and `q` for the request, `r` for the reply
 * @property {"request" | "reply"} part
 * @property {Call} call
 * @property {import("./types.js").Lane} from
 * @property {import("./types.js").Lane} to
 * @property {number | null} step
 * @property {string} label
 * @property {import("./types.js").Amount | null} amount
 * @property {import("./types.js").Outcome} outcome
 * @property {boolean} isAnswered  a reply of its own stands below
 * @property {Jump | null} jump  how the clock moved before this arrow, if it did
 */

/** @typedef {{fromMs: number, toMs: number}} Jump */
/** @typedef {"all" | "steps" | "errors"} Filter */

/** At most this many rows are drawn. */
const ROWS_MAX = 500;
/** Two parties' times differ by a little: closer than this, the step numbers tell what came first. */
const SAME_TIME_MS = 50;
/** No call and no answer is noted later than this; times further apart mean that the clock was moved. */
const NOTED_LATE_MS = 60_000;
/** A pause this long, or a step back this far, is shown as time passing. */
const JUMP_FORWARD_MS = 30 * 60_000;
const JUMP_BACK_MS = 60_000;
/** Kinds that the server knows from the phone only. */
const TOLD_BY_PHONE = new Set(["net", "jsapi", "log"]);
/** Kinds whose answer is a message of its own. A page or an SMS is not answered. */
const ANSWERED = new Set(["openapi", "notification", "jsapi", "net"]);

/**
 * All rows for the calls (given in the order of their numbers), oldest first.
 * @param {Call[]} calls
 * @param {{filter?: Filter, repliedAfter?: ReadonlyMap<number, number>}} [options]
 * @returns {Arrow[]}
 */
export function arrowsOf(calls, { filter = "all", repliedAfter = new Map() } = {}) {
  const begun = inOrder(calls);
  const answers = answersBySlot(begun, repliedAfter);
  /** @type {Arrow[]} */
  const arrows = [];
  begun.forEach((call, index) => {
    arrows.push(...(answers.get(index) ?? []).map(replyArrow));
    arrows.push(requestArrow(call, jumpBetween(begun[index - 1], call)));
  });
  arrows.push(...(answers.get(begun.length) ?? []).map(replyArrow));
  return arrows.filter(FILTERS[filter]).slice(-ROWS_MAX);
}

/** @type {Record<Filter, (arrow: Arrow) => boolean>} */
const FILTERS = {
  all: () => true,
  steps: (arrow) => arrow.step !== null,
  errors: (arrow) => arrow.call.outcome === "bad",
};

/**
 * In the order they began. That is the order of their numbers, except for calls that were noted late: what happens in
 * the phone is told by the phone, some only when it is over.
 * @param {Call[]} calls
 */
function inOrder(calls) {
  /** @type {Call[]} */
  const ordered = [];
  for (const call of calls) {
    let index = ordered.length;
    while (index > 0 && comesBefore(call, /** @type {Call} */ (ordered[index - 1]))) index -= 1;
    ordered.splice(index, 0, call);
  }
  return ordered;
}

/**
 * Whether a call began before one that has a lower number. Where their times are too close to tell, it did if the seed
 * has it so, or if that one ran within it.
 * @param {Call} call
 * @param {Call} other
 */
function comesBefore(call, other) {
  const lead = startOf(other) - startOf(call);
  if (Math.abs(lead) > SAME_TIME_MS) return lead > 0 && lead < NOTED_LATE_MS;
  const isTold = TOLD_BY_PHONE.has(call.kind) || TOLD_BY_PHONE.has(other.kind);
  if (isTold && call.step !== null && other.step !== null) return call.step < other.step;
  return lead > 0 && endOf(other) <= endOf(call) && !isWaiting(other);
}

/**
 * Which answers stand before which call (by its place; the number of calls = after all of them).
 * @param {Call[]} begun
 * @param {ReadonlyMap<number, number>} repliedAfter
 */
function answersBySlot(begun, repliedAfter) {
  /** @type {Map<number, Call[]>} */
  const slots = new Map();
  begun.forEach((call, index) => {
    if (!hasReply(call)) return;
    const seenAfter = repliedAfter.get(call.seq) ?? 0;
    let slot = index + 1;
    while (slot < begun.length && beganBeforeAnswer(/** @type {Call} */ (begun[slot]), call, seenAfter)) slot += 1;
    slots.set(slot, [...(slots.get(slot) ?? []), call]);
  });
  for (const answers of slots.values()) answers.sort((one, other) => endOf(one) - endOf(other) || other.seq - one.seq);
  return slots;
}

/**
 * @param {Call} next
 * @param {Call} call
 * @param {number} seenAfter  the newest call there was when the answer was seen to come; 0: it was not seen
 */
function beganBeforeAnswer(next, call, seenAfter) {
  const began = startOf(next);
  const fromEnd = Math.abs(began - endOf(call));
  // Times far apart between calls that were there together: the clock was moved, times tell nothing.
  if (next.seq <= seenAfter && fromEnd > NOTED_LATE_MS) return true;
  if (began < startOf(call) - SAME_TIME_MS) return false;
  if (fromEnd <= SAME_TIME_MS && next.step !== null && call.replyStep !== null) return next.step < call.replyStep;
  return began < endOf(call);
}

/** @param {Call} call */
function hasReply(call) {
  if (isWaiting(call)) return false;
  return call.replyStep !== null || (call.response !== null && ANSWERED.has(call.kind));
}

/** @param {Call} call @param {Jump | null} jump @returns {Arrow} */
function requestArrow(call, jump) {
  const { from, to, step, title } = call;
  const isAnswered = hasReply(call);
  const outcome = call.outcome === "good" && isAnswered ? "plain" : call.outcome;
  return {
    key: `${call.seq}q`,
    part: "request",
    call,
    from,
    to,
    step,
    label: title,
    amount: amountOf(call),
    outcome,
    isAnswered,
    jump,
  };
}

/** @param {Call} call @returns {Arrow} */
function replyArrow(call) {
  const { from, to, outcome } = call;
  const http = call.response?.status ? `HTTP ${call.response.status}` : "";
  const status = call.kind === "net" ? http || call.status || "" : call.status || http;
  const label = (outcome === "bad" ? null : nameOfReply(call)) ?? status;
  return {
    key: `${call.seq}r`,
    part: "reply",
    call,
    from: to,
    to: from,
    step: call.replyStep,
    label,
    amount: null,
    outcome,
    isAnswered: false,
    jump: null,
  };
}

/** @param {Call | undefined} before @param {Call} call @returns {Jump | null} */
function jumpBetween(before, call) {
  if (!before) return null;
  const fromMs = startOf(before);
  const toMs = startOf(call);
  const moved = toMs - fromMs >= JUMP_FORWARD_MS || fromMs - toMs >= JUMP_BACK_MS;
  return moved ? { fromMs, toMs } : null;
}

/** @param {Call} call */
function startOf(call) {
  return Date.parse(call.at);
}

/** @param {Call} call */
function endOf(call) {
  return startOf(call) + (call.ms ?? 0);
}
