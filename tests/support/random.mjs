// Random choices that can be made again: `SEED=<number>` repeats those of an earlier run. MITHAQ_LONG=1 asks the tests
// that repeat something at random for their long form.

import { randomInt } from "node:crypto";

/** This run's seed. */
export const seed = Number(process.env.SEED ?? randomInt(2 ** 31));

/** Whether the long form is wanted. */
export const isLong = process.env.MITHAQ_LONG === "1";

/** Reproducible whole numbers below `limit` (mulberry32). */
export function numbers(state = seed) {
  let a = state;
  return (limit) => {
    a = (a + 0x6d2b79f5) | 0;
    let mixed = Math.imul(a ^ (a >>> 15), 1 | a);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
