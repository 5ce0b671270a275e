// In what order calls and their answers happened. Two clocks tell their times, the wallet's and (late) the phone's, and
// the wallet's can be moved; where times tell nothing, the numbers of calls and the seed's steps do.

import { isWaiting } from "./calls.js";
import { storyOfCall } from "./stories.js";

/** @typedef {import("./types.js").Call} Call */

/** Times closer than this do not tell what came first. */
const SAME_TIME_MS = 50;
/** The phone's times reach the wallet with a delay that varies: between them and others the seed's order decides. */
const PHONE_BLUR_MS = 1_000;
/** No call and no answer is noted later than this; times further apart mean that the clock was moved. */
const NOTED_LATE_MS = 60_000;
/** Kinds that the server knows from the phone only. */
const TOLD_BY_PHONE = new Set(["net", "jsapi", "log"]);
/** Kinds whose answer is a message of its own. A page or an SMS is not answered. */
const ANSWERED = new Set(["openapi", "notification", "jsapi", "net"]);

/**
 * In the order they began. That is the order of their numbers, except for calls that were noted late: what happens in
 * the phone is told by the phone, some only when it is over.
 * @param {Call[]} calls
 */
export function inOrder(calls) {
  /** @type {Call[]} */
  const ordered = [];
  for (const call of calls) {
    let index = ordered.length;
    const isAgain = ordered.some((other) => isSameStepNear(call, other));
    for (let next = placeBefore(call, ordered, index, isAgain); next !== index; next = placeBefore(call, ordered, index, isAgain)) {
      index = next;
    }
    ordered.splice(index, 0, call);
  }
  return ordered;
}

/**
 * One place further up if the call belongs there, else where it is. Calls without a step say nothing about the seed's order:
 * it is looked for behind them.
 * @param {Call} call
 * @param {Call[]} ordered
 * @param {number} index
 * @param {boolean} isAgain  the same step was there a moment ago: the story has begun anew, and its order tells nothing
 */
function placeBefore(call, ordered, index, isAgain) {
  const isBefore = (/** @type {number} */ place) => comesBefore(call, /** @type {Call} */ (ordered[place]), isAgain);
  if (index > 0 && isBefore(index - 1)) return index - 1;
  if (call.step === null) return index;
  const behind = ordered.slice(0, index).findLastIndex((other) => other.step !== null);
  return behind >= 0 && isOneStory(call, /** @type {Call} */ (ordered[behind])) && isBefore(behind) ? behind : index;
}

/**
 * Whether a call began before one that has a lower number. Where their times are too close to tell, it did if the seed
 * has it so, or if that one ran within it.
 * @param {Call} call
 * @param {Call} other
 * @param {boolean} isAgain
 */
function comesBefore(call, other, isAgain) {
  const lead = startOf(other) - startOf(call);
  if (!isAgain && isOneStory(call, other) && call.step !== null && other.step !== null && Math.abs(lead) <= blurOf(call, other)) {
    return call.step < other.step;
  }
  if (Math.abs(lead) > SAME_TIME_MS) return lead > 0 && lead < NOTED_LATE_MS;
  return lead > 0 && endOf(other) <= endOf(call) && !isWaiting(other);
}

/** Whether a page asked for the same a moment ago, as it does after a failure. @param {Call} call @param {Call} other */
function isSameStepNear(call, other) {
  const isSame = call.step !== null && call.step === other.step && call.title === other.title && isOneStory(call, other);
  return isSame && TOLD_BY_PHONE.has(call.kind) && Math.abs(startOf(call) - startOf(other)) <= PHONE_BLUR_MS;
}

/** Steps of different stories tell nothing about each other. @param {Call} call @param {Call} other */
function isOneStory(call, other) {
  return storyOfCall(call) === storyOfCall(other);
}

/**
 * How close the times of two calls must be for the seed's order to decide instead, in milliseconds.
 * @param {Call} call
 * @param {Call} other
 */
function blurOf(call, other) {
  if (TOLD_BY_PHONE.has(call.kind) || TOLD_BY_PHONE.has(other.kind)) return PHONE_BLUR_MS;
  const isOnePayment = call.links?.paymentId !== undefined && call.links.paymentId === other.links?.paymentId;
  return isOnePayment ? SAME_TIME_MS : 0;
}

/**
 * Which answers stand before which call (by its place; the number of calls = after all of them).
 * @param {Call[]} begun
 * @param {ReadonlyMap<number, number>} repliedAfter
 */
export function answersBySlot(begun, repliedAfter) {
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
  const isNear = fromEnd <= Math.max(SAME_TIME_MS, blurOf(next, call));
  const isAgain = next.step === call.step;
  if (!isAgain && isOneStory(next, call) && next.step !== null && call.replyStep !== null && isNear) return next.step < call.replyStep;
  return began < endOf(call);
}

/** @param {Call} call */
export function hasReply(call) {
  if (isWaiting(call)) return false;
  return call.replyStep !== null || (call.response !== null && ANSWERED.has(call.kind));
}

/** @param {Call} call */
export function startOf(call) {
  return Date.parse(call.at);
}

/** @param {Call} call */
function endOf(call) {
  return startOf(call) + (call.ms ?? 0);
}
