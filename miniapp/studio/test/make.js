// Calls for the tests: whole, with only what matters in a test given.

/** @typedef {import("../types.js").Call} Call */

const NINE = Date.parse("2026-12-01T09:00:00+03:00");

/**
 * A call that began `atMs` after nine o'clock and took `ms`. Answered well unless said otherwise.
 * @param {number} seq
 * @param {number} atMs
 * @param {Partial<Call>} [more]
 * @returns {Call}
 */
export function call(seq, atMs, more = {}) {
  return {
    seq,
    at: new Date(NINE + atMs).toISOString(),
    ms: 0,
    from: "merchant",
    to: "wallet",
    step: null,
    replyStep: null,
    kind: "openapi",
    title: `call ${seq}`,
    status: "S SUCCESS",
    outcome: "good",
    request: { method: "POST", path: "/v1/x", headers: {}, body: "{}" },
    response: { status: 200, headers: {}, body: "{}" },
    signature: null,
    links: null,
    ...more,
  };
}

/** A call whose answer is still to come. @param {number} seq @param {number} atMs @param {Partial<Call>} [more] */
export function waiting(seq, atMs, more = {}) {
  return call(seq, atMs, { ms: null, outcome: "wait", status: null, response: null, ...more });
}

/**
 * A single arrow: a page shown, a message told.
 * @param {number} seq
 * @param {number} atMs
 * @param {Partial<Call>} [more]
 */
export function single(seq, atMs, more = {}) {
  return call(seq, atMs, { kind: "page", outcome: "plain", response: null, ...more });
}

/** The calls of the seed's diagram, as the wallet lists them when all is over. @returns {Call[]} */
export function seventeen() {
  return [
    call(1, 0, { ms: 40, from: "miniProgram", to: "merchant", kind: "net", step: 1, replyStep: 4 }),
    call(2, 10, {
      ms: 9,
      step: 2,
      replyStep: 3,
      response: { status: 200, body: '{"authUrl":"http://w/authorize?authId=1"}' },
    }),
    call(3, 200, { ms: 5000, from: "miniProgram", to: "wallet", kind: "jsapi", step: 5, replyStep: 10 }),
    single(4, 220, { from: "wallet", to: "user", step: 6 }),
    single(5, 4000, { from: "user", to: "wallet", step: 7, outcome: "good" }),
    single(6, 4010, { ms: 6, from: "wallet", to: "wallet", step: 8, replyStep: 9, outcome: "good" }),
    call(7, 5210, { ms: 90, from: "miniProgram", to: "merchant", kind: "net", step: 11 }),
    call(8, 5220, { ms: 11, step: 12, replyStep: 13 }),
    call(9, 5240, { ms: 31, step: 14, replyStep: 15 }),
    call(10, 5280, { ms: 8, from: "wallet", to: "merchant", kind: "notification", step: 16 }),
    single(11, 5289, { from: "wallet", to: "user", kind: "message", step: 17, outcome: "good" }),
  ];
}

/** The calls of the cashier's diagram, as the wallet lists them when all is over. @returns {Call[]} */
export function twenty() {
  /** @type {Partial<Call>} */
  const pay = { story: "pay" };
  const wallet = { from: /** @type {const} */ ("wallet"), to: /** @type {const} */ ("wallet"), outcome: /** @type {const} */ ("good"), ...pay };
  return [
    call(1, 0, { ms: 12, from: "miniProgram", to: "wallet", kind: "jsapi", step: 1, replyStep: 5, ...pay }),
    single(2, 3, { ...wallet, ms: null, step: 2, replyStep: 4 }),
    single(3, 3, { ...wallet, ms: null, step: 3 }),
    call(4, 40, { ms: 60, from: "miniProgram", to: "merchant", kind: "net", step: 6, ...pay }),
    call(5, 48, { ms: 10, step: 7, replyStep: 8, ...pay }),
    call(6, 2000, { ms: 50, from: "miniProgram", to: "merchant", kind: "net", step: 9, replyStep: 12, ...pay }),
    call(7, 2010, { ms: 18, step: 10, replyStep: 11, ...pay }),
    call(8, 2100, { ms: 3000, from: "miniProgram", to: "wallet", kind: "jsapi", step: 13, replyStep: 18, ...pay }),
    single(9, 2130, { from: "wallet", to: "user", step: 14, ...pay }),
    single(10, 4900, { from: "user", to: "wallet", step: 15, outcome: "good", ...pay }),
    single(11, 4910, { ...wallet, ms: 7, step: 16, replyStep: 17 }),
    call(12, 5140, { ms: 8, from: "wallet", to: "merchant", kind: "notification", step: 19, ...pay }),
    single(13, 5150, { from: "wallet", to: "user", kind: "message", step: 20, outcome: "good", ...pay }),
  ];
}
