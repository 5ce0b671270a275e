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
 * @property {Jump | null} jump  how the clock moved before this arrow, if it did
 */

/** @typedef {{fromMs: number, toMs: number}} Jump */
/** @typedef {"all" | "steps" | "errors"} Filter */

/** At most this many rows are drawn. */
const ROWS_MAX = 500;
/** Times closer than this are told apart by the step numbers. */
const SAME_TIME_MS = 1;
/** A pause this long, or a step back this far, is shown as time passing. */
const JUMP_FORWARD_MS = 30 * 60_000;
const JUMP_BACK_MS = 60_000;
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
 * In the order they began. That is the order of their numbers, except for a call that was noted only when it ended
 * (what a page fetched itself): it moves up before those that began while it ran.
 * @param {Call[]} calls
 */
function inOrder(calls) {
  /** @type {Call[]} */
  const ordered = [];
  for (const call of calls) {
    let index = ordered.length;
    while (index > 0 && beganDuring(/** @type {Call} */ (ordered[index - 1]), call)) index -= 1;
    ordered.splice(index, 0, call);
  }
  return ordered;
}

/** @param {Call} inner @param {Call} outer */
function beganDuring(inner, outer) {
  const began = startOf(inner);
  return began > startOf(outer) && began <= endOf(outer) + SAME_TIME_MS;
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
    begun.forEach((next, place) => {
      if (place >= slot && next.seq <= seenAfter) slot = place + 1;
    });
    while (slot < begun.length && beganBeforeAnswer(/** @type {Call} */ (begun[slot]), call)) slot += 1;
    slots.set(slot, [...(slots.get(slot) ?? []), call]);
  });
  for (const answers of slots.values()) answers.sort((one, other) => endOf(one) - endOf(other) || other.seq - one.seq);
  return slots;
}

/** @param {Call} next @param {Call} call */
function beganBeforeAnswer(next, call) {
  const began = startOf(next);
  if (began < startOf(call)) return false;
  const isClose = Math.abs(began - endOf(call)) <= SAME_TIME_MS;
  if (isClose && next.step !== null && call.replyStep !== null) return next.step < call.replyStep;
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
  const outcome = call.outcome === "good" && hasReply(call) ? "plain" : call.outcome;
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
    jump,
  };
}

/** @param {Call} call @returns {Arrow} */
function replyArrow(call) {
  const { from, to, outcome } = call;
  const status = call.status ?? (call.response?.status ? `HTTP ${call.response.status}` : "");
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
