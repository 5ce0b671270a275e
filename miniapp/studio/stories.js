// The seeds' two stories and a third of our own, step by step: who speaks to whom. What each step says stands in the words, as
// `step.STORY.NUMBER`.
//
// The seed of the cashier lists eighteen sentences and calls the last ones by the numbers of its diagram (10, 18, 19, 20):
// the wallet's own work is two steps there where the sentence names one (3 and 4, 16 and 17).

/** @typedef {import("./types.js").Call} Call */
/** @typedef {import("./types.js").Lane} Lane */
/** `sign`: an agreement, seventeen steps. `pay`: a payment in the cashier, twenty. `deduct`: periodic deduction, sixteen (deduction.js). */
/** @typedef {"sign" | "pay" | "deduct"} StoryName */
/** @typedef {readonly [from: Lane, to: Lane]} Way */

/** @type {Record<StoryName, readonly Way[]>} */
export const STORIES = {
  sign: [
    ["miniProgram", "merchant"],
    ["merchant", "wallet"],
    ["wallet", "merchant"],
    ["merchant", "miniProgram"],
    ["miniProgram", "wallet"],
    ["wallet", "user"],
    ["user", "wallet"],
    ["wallet", "wallet"],
    ["wallet", "wallet"],
    ["wallet", "miniProgram"],
    ["miniProgram", "merchant"],
    ["merchant", "wallet"],
    ["wallet", "merchant"],
    ["merchant", "wallet"],
    ["wallet", "merchant"],
    ["wallet", "merchant"],
    ["wallet", "user"],
  ],
  pay: [
    ["miniProgram", "wallet"],
    ["wallet", "wallet"],
    ["wallet", "wallet"],
    ["wallet", "wallet"],
    ["wallet", "miniProgram"],
    ["miniProgram", "merchant"],
    ["merchant", "wallet"],
    ["wallet", "merchant"],
    ["miniProgram", "merchant"],
    ["merchant", "wallet"],
    ["wallet", "merchant"],
    ["merchant", "miniProgram"],
    ["miniProgram", "wallet"],
    ["wallet", "user"],
    ["user", "wallet"],
    ["wallet", "wallet"],
    ["wallet", "wallet"],
    ["wallet", "miniProgram"],
    ["wallet", "merchant"],
    ["wallet", "user"],
  ],
  deduct: [
    ["miniProgram", "merchant"],
    ["merchant", "miniProgram"],
    ["miniProgram", "wallet"],
    ["wallet", "wallet"],
    ["wallet", "user"],
    ["user", "wallet"],
    ["wallet", "user"],
    ["wallet", "miniProgram"],
    ["wallet", "merchant"],
    ["merchant", "wallet"],
    ["wallet", "merchant"],
    ["wallet", "merchant"],
    ["wallet", "user"],
    ["merchant", "wallet"],
    ["wallet", "merchant"],
    ["wallet", "merchant"],
  ],
};

/** @type {StoryName[]} */
export const STORY_NAMES = ["sign", "pay", "deduct"];

/** Whose steps a call has. @param {Call} call @returns {StoryName} */
export function storyOfCall(call) {
  return STORY_NAMES.find((name) => name === call.story) ?? "sign";
}

/**
 * Which story is told: the one that went on last. What was chosen by hand holds until the other one goes on.
 * @param {Call[]} calls  in the order of their numbers
 * @param {{story: StoryName, since: number}} told  `since`: the number of the call up to which this was settled
 * @returns {{story: StoryName, since: number}}
 */
export function storyNow(calls, told) {
  const newest = calls.findLast((call) => call.seq > told.since && (call.step !== null || call.replyStep !== null));
  return newest ? { story: storyOfCall(newest), since: newest.seq } : told;
}
