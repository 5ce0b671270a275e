// The calls the Studio knows: kept by their number, newest 500, whatever order they come in.

import { withDeductions } from "./deduction.js";

/** @typedef {import("./types.js").Call} Call */

/** How many calls are kept; older ones stay with the wallet. */
const LIMIT = 500;

/** A call that is told of again may be dated this much otherwise, in milliseconds. */
const SAME_CALL_MS = 2_000;

/** The live list as this page knows it. A call may come again with its answer and then replaces itself. */
export class CallBook {
  /** @type {Map<number, Call>} */
  #calls = new Map();
  /** @type {Map<number, number>} */
  #repliedAfter = new Map();
  /** What was made of calls that have a place in the third story. @type {WeakMap<Call, Call>} */
  #placed = new WeakMap();
  #last = 0;
  #clearedUpTo = 0;

  /** The highest number seen. */
  get last() {
    return this.#last;
  }

  /** Calls to show, in the order of their numbers. */
  get calls() {
    const known = [...this.#calls.values()].sort((one, other) => one.seq - other.seq);
    return withDeductions(known, this.#placed).filter((call) => call.seq > this.#clearedUpTo);
  }

  /**
   * For calls that were seen without their answer first: the newest call there was when the answer came. This
   * tells where the answer belongs even if the clock was moved in between.
   * @returns {ReadonlyMap<number, number>}
   */
  get repliedAfter() {
    return this.#repliedAfter;
  }

  /** @param {number} seq */
  get(seq) {
    const call = this.#calls.get(seq);
    return call && (this.#placed.get(call) ?? call);
  }

  /**
   * Takes a call in. Answers whether anything changed: an answered call does not become unanswered again.
   * @param {Call} call
   */
  put(call) {
    const known = this.#calls.get(call.seq);
    if (known && (!isWaiting(known) || isWaiting(call))) return false;
    if (known) this.#repliedAfter.set(call.seq, this.#last);
    // It began when we saw it begin, whatever the clock says now.
    this.#calls.set(call.seq, known ? { ...call, at: known.at } : call);
    this.#last = Math.max(this.#last, call.seq);
    this.#forgetOldest();
    return true;
  }

  /**
   * After which number to ask the wallet, so that nothing is missed: answers to calls that still wait, and the newest
   * known call itself, by which {@link knows} tells whether it is still the same wallet.
   */
  get resumeAfter() {
    const waiting = [...this.#calls.values()].filter(isWaiting).map((call) => call.seq);
    return Math.max(0, Math.min(this.#last, ...waiting) - 1);
  }

  /**
   * Whether this very call is in the book: same number, same time, give or take. A wallet that began anew counts from 1 again.
   * @param {Call} call
   */
  knows(call) {
    const known = this.#calls.get(call.seq);
    return known !== undefined && Math.abs(Date.parse(known.at) - Date.parse(call.at)) <= SAME_CALL_MS;
  }

  /** Hides everything so far; what comes later is shown. */
  clear() {
    this.#clearedUpTo = this.#last;
  }

  /** Begins anew, as the wallet did. */
  forget() {
    this.#calls.clear();
    this.#repliedAfter.clear();
    this.#last = 0;
    this.#clearedUpTo = 0;
  }

  #forgetOldest() {
    if (this.#calls.size <= LIMIT) return;
    const oldest = Math.min(...this.#calls.keys());
    this.#calls.delete(oldest);
    this.#repliedAfter.delete(oldest);
  }
}

/**
 * Whether the answer is still to come. An answer that says "unknown, ask again" waits too, but it is there.
 * @param {Call} call
 */
export function isWaiting(call) {
  return call.outcome === "wait" && call.response === null;
}
