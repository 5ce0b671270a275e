// From calls to the arrows of the sequence diagram: which, in what order, and what is written on them.

import { amountOf, nameOfReply } from "./bodies.js";
import { gatewayAmount } from "./gateway.js";
import { answersBySlot, hasReply, inOrder, startOf } from "./order.js";
import { storyOfCall } from "./stories.js";

/** @typedef {import("./types.js").Call} Call */
/** @typedef {import("./stories.js").StoryName} StoryName */

/**
 * One row of the diagram.
 * @typedef {object} Arrow
 * @property {string} key  stable: the call's number and `q` for the request, `r` for the reply
 * @property {"request" | "reply"} part
 * @property {Call} call
 * @property {import("./types.js").Lane} from
 * @property {import("./types.js").Lane} to
 * @property {StoryName} story  whose number the step is
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
/** A pause this long, or a step back this far, is shown as time passing. */
const JUMP_FORWARD_MS = 30 * 60_000;
const JUMP_BACK_MS = 60_000;

/**
 * All rows for the calls (given in the order of their numbers), oldest first.
 * @param {Call[]} calls
 * @param {{filter?: Filter, story?: StoryName, repliedAfter?: ReadonlyMap<number, number>}} [options]
 *   `story`: whose steps the filter of that name leaves
 * @returns {Arrow[]}
 */
export function arrowsOf(calls, { filter = "all", story = "sign", repliedAfter = new Map() } = {}) {
  const begun = inOrder(calls);
  const answers = answersBySlot(begun, repliedAfter);
  /** @type {Arrow[]} */
  const arrows = [];
  begun.forEach((call, index) => {
    arrows.push(...(answers.get(index) ?? []).map(replyArrow));
    arrows.push(requestArrow(call, jumpBetween(begun[index - 1], call)));
  });
  arrows.push(...(answers.get(begun.length) ?? []).map(replyArrow));
  return arrows.filter((arrow) => FILTERS[filter](arrow, story)).slice(-ROWS_MAX);
}

/** @type {Record<Filter, (arrow: Arrow, story: StoryName) => boolean>} */
const FILTERS = {
  all: () => true,
  steps: (arrow, story) => arrow.step !== null && arrow.story === story,
  errors: (arrow) => arrow.call.outcome === "bad",
};

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
    story: storyOfCall(call),
    step,
    label: title,
    amount: amountOf(call) ?? gatewayAmount(call),
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
    story: storyOfCall(call),
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
