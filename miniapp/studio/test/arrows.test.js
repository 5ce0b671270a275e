// The diagram's rows: the seed's order, whatever order calls were noted in, and what is written on them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrowsOf } from "../arrows.js";
import { call, seventeen, single, waiting } from "./make.js";

/** @param {import("../arrows.js").Arrow[]} arrows */
const steps = (arrows) => arrows.map(({ step }) => step);
/** @param {import("../arrows.js").Arrow[]} arrows */
const keys = (arrows) => arrows.map(({ key }) => key);

test("the seventeen steps stand in the seed's order, each once", () => {
  assert.deepEqual(
    steps(arrowsOf(seventeen(), { filter: "steps" })),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
  );
});

test("an arrow goes from who speaks to who hears, and its reply back", () => {
  const [ask, answer] = arrowsOf([call(1, 0, { step: 14, replyStep: 15 })]);
  assert.deepEqual([ask?.from, ask?.to, answer?.from, answer?.to], ["merchant", "wallet", "wallet", "merchant"]);
});

test("a page call that was noted only at its end moves up to where it began", () => {
  const noted = [call(1, 10, { ms: 9 }), call(2, 0, { ms: 40, kind: "net" })];
  assert.deepEqual(keys(arrowsOf(noted)), ["2q", "1q", "1r", "2r"]);
});

test("a call that goes on after another began keeps its place, though their times differ by a little", () => {
  const calls = [call(1, 3, { ms: 45, kind: "net", step: 11 }), call(2, 0, { ms: 9, step: 12, replyStep: 13 })];
  assert.deepEqual(keys(arrowsOf(calls)), ["1q", "2q", "2r", "1r"]);
});

test("an answer that is dated a little late still stands before what it led to", () => {
  const calls = [
    call(1, 0, { ms: 2240, kind: "jsapi", step: 5, replyStep: 10 }),
    call(2, 2238, { ms: 45, kind: "net", step: 11 }),
    call(3, 2235, { ms: 9, step: 12, replyStep: 13 }),
  ];
  assert.deepEqual(steps(arrowsOf(calls, { filter: "steps" })), [5, 10, 11, 12, 13]);
});

test("a page call that was noted late, at about the same time, stands where the seed has it", () => {
  const calls = [call(1, 0, { ms: 4, step: 12, replyStep: 13 }), call(2, 2, { ms: 20, kind: "net", step: 11 })];
  assert.deepEqual(keys(arrowsOf(calls)), ["2q", "1q", "1r", "2r"]);
});

test("what one payment caused at one moment stands in the seed's order", () => {
  const links = { paymentId: "2026" };
  const calls = [single(1, 0, { step: 17, links }), call(2, 0, { ms: 4, kind: "notification", step: 16, links })];
  assert.deepEqual(keys(arrowsOf(calls)), ["2q", "1q", "2r"]);
});

test("charges in quick succession keep the order of their numbers", () => {
  const calls = [
    call(1, 0, { ms: 4, step: 14, replyStep: 15 }),
    single(2, 5, { step: 17 }),
    call(3, 6, { ms: 4, step: 14, replyStep: 15 }),
  ];
  assert.deepEqual(keys(arrowsOf(calls)), ["1q", "1r", "2q", "3q", "3r"]);
});

test("moving the clock back does not move new calls up", () => {
  const calls = [call(1, 86_400_000), call(2, 0, { ms: 5 })];
  assert.deepEqual(keys(arrowsOf(calls)), ["1q", "1r", "2q", "2r"]);
});

test("an answer stands where it was seen to come, also when the clock moved meanwhile", () => {
  const month = 31 * 86_400_000;
  const calls = [call(1, 0, { ms: 20_000, kind: "jsapi" }), single(2, 10), single(3, month)];
  assert.deepEqual(keys(arrowsOf(calls)), ["1q", "2q", "1r", "3q"]);
  assert.deepEqual(keys(arrowsOf(calls, { repliedAfter: new Map([[1, 3]]) })), ["1q", "2q", "3q", "1r"]);
});

test("in the same millisecond the step numbers decide", () => {
  const calls = [call(1, 0, { step: 12, replyStep: 13 }), call(2, 0, { step: 14, replyStep: 15 })];
  assert.deepEqual(steps(arrowsOf(calls)), [12, 13, 14, 15]);
});

test("a call that waits has no reply, and is drawn as waiting", () => {
  const [only, ...more] = arrowsOf([waiting(1, 0, { replyStep: 10 })]);
  assert.equal(only?.outcome, "wait");
  assert.deepEqual(more, []);
});

test("a page and a message are one arrow, without an answer", () => {
  const arrows = arrowsOf([single(1, 0), single(2, 1, { kind: "message" })]);
  assert.deepEqual(
    arrows.map(({ isAnswered }) => isAnswered),
    [false, false],
  );
});

test("green is for outcomes: the question of a good answer stays plain, that of a bad one is red", () => {
  const outcomes = arrowsOf([call(1, 0), call(2, 1, { outcome: "bad" })]).map(({ outcome }) => outcome);
  assert.deepEqual(outcomes, ["plain", "good", "bad", "bad"]);
});

test("a reply is named by what it brings, a refusal by its code", () => {
  const brought = call(1, 0, { response: { status: 200, body: '{"result":{},"accessToken":"t"}' } });
  const refused = call(2, 1, {
    outcome: "bad",
    status: "F INVALID_CODE",
    response: { status: 200, body: '{"accessToken":""}' },
  });
  const bare = call(3, 2, { status: null });
  const inner = call(4, 3, { kind: "jsapi", response: { body: '{"ok":true,"ret":{"authCode":"A"}}' } });
  const labels = arrowsOf([brought, refused, bare, inner])
    .filter(({ part }) => part === "reply")
    .map(({ label }) => label);
  assert.deepEqual(labels, ["accessToken", "F INVALID_CODE", "HTTP 200", "authCode"]);
});

test("a payment's arrow names its amount, given as text or as a number", () => {
  const amounts = [
    '{"paymentAmount":{"currency":"IQD","value":"5000000"}}',
    '{"paymentAmount":{"currency":"IQD","value":5000000}}',
    '{"paymentAmount":{"currency":"IQD","value":"5,0"}}',
    "not json",
  ];
  const found = amounts.map(
    (body, index) => arrowsOf([call(index + 1, 0, { request: { body } })])[0]?.amount?.value ?? null,
  );
  assert.deepEqual(found, ["5000000", "5000000", null, null]);
});

test("errors only shows both arrows of what went wrong", () => {
  const calls = [call(1, 0), call(2, 100, { outcome: "bad" })];
  assert.deepEqual(keys(arrowsOf(calls, { filter: "errors" })), ["2q", "2r"]);
});

test("a leap of the clock is marked before the arrow that follows it, forward and back", () => {
  const day = 86_400_000;
  const jumps = arrowsOf([call(1, 0), call(2, day), call(3, day + 1000), call(4, 2000)]).map(
    ({ jump }) => jump && jump.toMs - jump.fromMs,
  );
  assert.deepEqual(jumps, [null, null, day, null, null, null, 2000 - day - 1000, null]);
});

test("at most five hundred rows are drawn, the newest", () => {
  const calls = Array.from({ length: 400 }, (_, index) => call(index + 1, index * 10));
  const arrows = arrowsOf(calls);
  assert.equal(arrows.length, 500);
  assert.equal(arrows.at(-1)?.key, "400r");
});
