// The stories: their tables, their words, which of them is told, and that their numbers do not mix.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrowsOf } from "../arrows.js";
import { STORIES, STORY_NAMES, storyNow, storyOfCall } from "../stories.js";
import { ar } from "../words/ar.js";
import { en } from "../words/en.js";
import { call, seventeen, single, twenty, waiting } from "./make.js";

/** @param {import("../types.js").Call[]} calls @param {number} by */
const later = (calls, by) =>
  calls.map((one) => ({ ...one, seq: one.seq + 100, at: new Date(Date.parse(one.at) + by).toISOString() }));

test("every step of every story has its words in both languages, and no more", () => {
  const steps = STORY_NAMES.flatMap((story) => STORIES[story].map((_, index) => `step.${story}.${index + 1}`));
  assert.equal(steps.length, 17 + 20 + 16);
  for (const words of [en, ar]) {
    assert.deepEqual(
      Object.keys(words).filter((key) => key.startsWith("step.")),
      steps,
    );
  }
});

for (const [story, calls] of /** @type {const} */ ([
  ["sign", seventeen()],
  ["pay", twenty()],
])) {
  test(`the steps of ${story} stand in the seed's order, each once, and go the way of the table`, () => {
    const arrows = arrowsOf(calls, { filter: "steps", story });
    assert.deepEqual(
      arrows.map(({ step }) => step),
      STORIES[story].map((_, index) => index + 1),
    );
    for (const { step, from, to } of arrows) assert.deepEqual([from, to], STORIES[story][Number(step) - 1], String(step));
  });
}

test("the filter of the steps leaves those of the story that is told", () => {
  const calls = [...seventeen(), ...later(twenty(), 60_000)];
  assert.equal(arrowsOf(calls, { filter: "steps", story: "sign" }).length, 17);
  assert.equal(arrowsOf(calls, { filter: "steps", story: "pay" }).length, 20);
  assert.equal(arrowsOf(calls, { filter: "all", story: "pay" }).length, arrowsOf(calls).length);
});

test("numbers of different stories do not decide an order", () => {
  // At one moment: the agreement's sixteenth, then the payment's tenth.
  const calls = [
    call(1, 0, { ms: 4, kind: "notification", step: 16, links: { paymentId: "1" } }),
    call(2, 1, { ms: 4, step: 10, replyStep: 11, story: "pay", links: { paymentId: "1" } }),
  ];
  assert.deepEqual(
    arrowsOf(calls).map(({ key }) => key),
    ["1q", "2q", "1r", "2r"],
  );
});

test("the seed's order holds past calls that have no step", () => {
  const pay = { story: /** @type {const} */ ("pay") };
  const calls = [
    call(1, 4, { ms: 18, step: 10, replyStep: 11, ...pay }),
    call(2, 6, { ms: 0, kind: "jsapi", title: "my.setStorage" }),
    call(3, 6, { ms: 40, kind: "net", step: 9, replyStep: 12, ...pay }),
  ];
  assert.deepEqual(
    arrowsOf(calls, { filter: "steps", story: "pay" }).map(({ step }) => step),
    [9, 10, 11, 12],
  );
});

test("a call that says nothing belongs to the agreement", () => {
  assert.equal(storyOfCall(call(1, 0)), "sign");
  assert.equal(storyOfCall(call(1, 0, { story: "pay" })), "pay");
});

test("the story that went on last is told, and a choice holds until the other one goes on", () => {
  /** @type {{story: import("../stories.js").StoryName, since: number}} */
  let told = { story: "sign", since: 0 };
  told = storyNow([], told);
  assert.equal(told.story, "sign");
  const login = waiting(1, 0, { step: 1, replyStep: 5, story: "pay" });
  told = storyNow([login], told);
  assert.deepEqual(told, { story: "pay", since: 1 });
  // Chosen by hand: what was there stays behind, what has no step tells nothing.
  told = { story: "sign", since: 1 };
  told = storyNow([login, single(2, 5)], told);
  assert.equal(told.story, "sign");
  told = storyNow([login, single(2, 5), call(3, 9, { step: 9, story: "pay" })], told);
  assert.deepEqual(told, { story: "pay", since: 3 });
  told = storyNow([login, call(3, 9, { step: 9, story: "pay" }), call(4, 20, { step: 14, replyStep: 15 })], told);
  assert.deepEqual(told, { story: "sign", since: 4 });
});

test("what a payment's messages bring is written on their arrows", () => {
  /** @param {string} body */
  const labelOf = (body) => arrowsOf([call(1, 0, { response: { status: 200, body } })])[1]?.label;
  assert.equal(labelOf('{"resultCode":"9000"}'), "resultCode 9000");
  assert.equal(labelOf('{"result":{},"paymentId":"1","redirectActionForm":{"redirectUrl":"http://w/cashier"}}'), "redirectUrl");
  assert.equal(labelOf('{"paymentUrl":"http://w/cashier"}'), "paymentUrl");
  const refund = call(1, 0, { request: { body: '{"refundAmount":{"currency":"IQD","value":"2500000"}}' } });
  assert.equal(arrowsOf([refund])[0]?.amount?.value, "2500000");
});
