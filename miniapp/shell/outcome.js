// Finding out what became of an interaction (jsapi.md 7.4, 5): the server is asked until it says something final, for at
// most ten seconds. Closing asks it to cancel first; if the outcome was final already, that outcome counts.

import { Refused } from "./client.js";

/**
 * @typedef {{state: "FINAL", reply: import("./replies.js").Reply}|{state: "OPEN"}|{state: "CONFIRMING"}
 *   |{state: "SILENT", confirming: boolean}} Outcome
 */

const PAUSE_MS = 400;
const TRY_MS = 4000;

/**
 * @param {import("./client.js").Client} client
 * @param {string} ix
 * @param {{cancel: boolean, patienceMs: number, now?: () => number, sleep?: (ms: number) => Promise<void>}} how
 * @returns {Promise<Outcome>} OPEN: the user has decided nothing yet. CONFIRMING: the server answers, and is still at
 *   work when the time is over. SILENT: it does not answer; `confirming` if it was last seen at work.
 */
export async function askOutcome(client, ix, { cancel, patienceMs, now = () => performance.now(), sleep = pause }) {
  const path = `/app/v1/interactions/${encodeURIComponent(ix)}`;
  const deadline = now() + patienceMs;
  let confirming = false;
  for (;;) {
    let heard = false;
    try {
      const timeout = Math.max(1, Math.min(TRY_MS, deadline - now()));
      const answer = await (cancel ? client.post(`${path}/cancel`, undefined, timeout) : client.get(path, timeout));
      if (answer?.state === "FINAL" && isReply(answer.reply)) return { state: "FINAL", reply: answer.reply };
      if (answer?.state === "OPEN" && !cancel) return { state: "OPEN" };
      heard = true;
      confirming = answer?.state === "CONFIRMING";
    } catch (error) {
      // Known to be gone: asking again cannot help.
      if (error instanceof Refused && (error.status === 404 || error.status === 410)) return { state: "SILENT", confirming };
    }
    if (now() + PAUSE_MS >= deadline) return heard && confirming ? { state: "CONFIRMING" } : { state: "SILENT", confirming };
    await sleep(PAUSE_MS);
  }
}

/** @param {any} reply */
function isReply(reply) {
  return typeof reply === "object" && reply !== null && typeof reply.ok === "boolean" && typeof reply.ret === "object";
}

/** @param {number} ms @returns {Promise<void>} */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
