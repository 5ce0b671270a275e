// Following the live list: joined again when it breaks, nothing missed, nothing kept of a wallet that began anew.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CallBook } from "../calls.js";
import { followCalls } from "../stream.js";
import { call, waiting } from "./make.js";

/** @typedef {import("../types.js").Call} Call */

/** A wallet's list, and the connections to it that were opened. */
class Wallet {
  /** @type {Call[]} */
  calls = [];
  /** @type {EventTarget[]} */
  connections = [];
  /** @type {string[]} */
  asked = [];
  isDown = false;

  get = async (/** @type {string} */ path) => {
    this.asked.push(path);
    if (this.isDown) throw new Error("down");
    const after = Number(path.split("after=")[1]);
    return { calls: this.calls.filter(({ seq }) => seq > after) };
  };

  connect = () => {
    const connection = Object.assign(new EventTarget(), { close() {} });
    this.connections.push(connection);
    return connection;
  };

  /** @param {Call} one */
  say(one) {
    this.calls = [...this.calls.filter(({ seq }) => seq !== one.seq), one];
    this.connections.at(-1)?.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(one) }));
  }

  /** @param {"open" | "error"} what */
  async happen(what) {
    this.connections.at(-1)?.dispatchEvent(new Event(what));
    await new Promise((done) => setImmediate(done));
  }
}

function follow() {
  const wallet = new Wallet();
  const book = new CallBook();
  /** @type {string[]} */
  const states = [];
  /** @type {{action: () => void, ms: number}[]} */
  const later = [];
  const following = followCalls({
    book,
    get: wallet.get,
    connect: wallet.connect,
    changed() {},
    stateChanged: (state) => states.push(state),
    later: (action, ms) => later.push({ action, ms }),
  });
  return { wallet, book, states, later, following };
}

/** @param {CallBook} book */
const seqs = (book) => book.calls.map(({ seq }) => seq);

test("what was there before is read when the stream is open", async () => {
  const { wallet, book, states } = follow();
  wallet.calls = [call(1, 0), call(2, 1)];
  await wallet.happen("open");
  assert.deepEqual(seqs(book), [1, 2]);
  assert.deepEqual(states, ["connecting", "live"]);
});

test("a broken stream is joined again, and the answer that came meanwhile is not missed", async () => {
  const { wallet, book, states, later } = follow();
  await wallet.happen("open");
  wallet.say(waiting(1, 0));
  wallet.say(call(2, 1));
  await wallet.happen("error");
  assert.equal(states.at(-1), "lost");
  wallet.calls = [call(1, 0, { ms: 5 }), call(2, 1), call(3, 9)];
  later[0]?.action();
  await wallet.happen("open");
  assert.deepEqual(
    book.calls.map(({ seq, ms }) => [seq, ms]),
    [
      [1, 5],
      [2, 0],
      [3, 0],
    ],
  );
  assert.equal(states.at(-1), "live");
});

test("it waits longer each time the wallet does not answer, and not for ever longer", async () => {
  const { wallet, later } = follow();
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await wallet.happen("error");
    later[attempt]?.action();
  }
  assert.deepEqual(
    later.map(({ ms }) => ms),
    [500, 1000, 2000, 5000, 5000, 5000],
  );
});

test("a stream that opens while reads fail counts as broken", async () => {
  const { wallet, states, later } = follow();
  wallet.isDown = true;
  await wallet.happen("open");
  assert.equal(states.at(-1), "lost");
  assert.equal(later.length, 1);
});

test("a number left out by the stream is asked for", async () => {
  const { wallet, book } = follow();
  await wallet.happen("open");
  wallet.say(call(1, 0));
  wallet.calls.push(call(2, 1));
  wallet.say(call(3, 2));
  await wallet.happen("open");
  assert.deepEqual(seqs(book), [1, 2, 3]);
  assert.equal(wallet.asked[1], "/sandbox/v1/calls?after=0");
});

test("a wallet that began anew is shown from its beginning, and nothing of the old one", async () => {
  const { wallet, book, later } = follow();
  wallet.calls = [call(1, 0), call(2, 1), call(3, 2)];
  await wallet.happen("open");
  book.clear();
  await wallet.happen("error");
  wallet.calls = [call(1, 700_000)];
  later[0]?.action();
  await wallet.happen("open");
  assert.deepEqual(
    book.calls.map(({ at }) => at),
    [call(1, 700_000).at],
  );
});

test("stopped, it does not join again", async () => {
  const { wallet, later, following } = follow();
  following.stop();
  await wallet.happen("error");
  assert.equal(later.length, 0);
  assert.equal(wallet.connections.length, 1);
});
