// The book of calls: replaced when answered, capped, cleared, and able to tell another wallet from ours.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CallBook } from "../calls.js";
import { call, waiting } from "./make.js";

/** @param {import("../types.js").Call[]} calls */
function bookOf(...calls) {
  const book = new CallBook();
  for (const one of calls) book.put(one);
  return book;
}

test("a call that comes again with its answer replaces itself", () => {
  const book = bookOf(waiting(1, 0));
  assert.equal(book.put(call(1, 0, { ms: 9 })), true);
  assert.deepEqual(
    book.calls.map(({ seq, ms }) => [seq, ms]),
    [[1, 9]],
  );
});

test("an answered call does not become unanswered by a late repeat", () => {
  const book = bookOf(call(1, 0));
  assert.equal(book.put(waiting(1, 0)), false);
  assert.equal(book.calls[0]?.outcome, "good");
});

test("an answer that says unknown, ask again, is an answer", () => {
  const book = bookOf(call(1, 0, { outcome: "wait", status: "U UNKNOWN_EXCEPTION" }), call(2, 1));
  assert.equal(book.resumeAfter, 1);
});

test("a call began when we saw it begin, also when the clock was moved before its answer", () => {
  const book = bookOf(waiting(1, 0));
  book.put(call(1, 86_400_000, { ms: 20 }));
  assert.equal(book.calls[0]?.at, call(1, 0).at);
});

test("calls are listed by number, in whatever order they come", () => {
  assert.deepEqual(
    bookOf(call(3, 2), call(1, 0), call(2, 1)).calls.map(({ seq }) => seq),
    [1, 2, 3],
  );
});

test("after a break, what still waits is asked for again, and the newest call", () => {
  assert.equal(bookOf().resumeAfter, 0);
  assert.equal(bookOf(call(1, 0), call(2, 1), call(3, 2)).resumeAfter, 2);
  assert.equal(bookOf(call(1, 0), waiting(2, 1), call(3, 2)).resumeAfter, 1);
});

test("the newest five hundred are kept", () => {
  const book = new CallBook();
  for (let seq = 1; seq <= 502; seq += 1) book.put(call(seq, seq));
  assert.equal(book.calls.length, 500);
  assert.equal(book.calls[0]?.seq, 3);
});

test("clearing hides what was there and shows what comes", () => {
  const book = bookOf(call(1, 0), call(2, 1));
  book.clear();
  assert.deepEqual(book.calls, []);
  book.put(call(3, 2));
  assert.deepEqual(
    book.calls.map(({ seq }) => seq),
    [3],
  );
  assert.equal(book.last, 3);
});

test("a call with our number and another time is not ours", () => {
  const book = bookOf(call(1, 0));
  assert.equal(book.knows(call(1, 0)), true);
  assert.equal(book.knows(call(1, 5000)), false);
  assert.equal(book.knows(call(2, 0)), false);
});
