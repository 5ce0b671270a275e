// How a call is settled (jsapi.md 1.2): always later, success or fail, complete, cb, promise, exactly once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectedPage, openPage, plain, sendPort, settled } from "../support/page.js";

test("the order is success, complete, cb, promise, all with the same object", async () => {
  const { my, shell } = connectedPage();
  shell.answerWith(() => ({ ok: true, ret: { confirm: true } }));
  /** @type {string[]} */
  const order = [];
  /** @type {Set<unknown>} */
  const objects = new Set();
  const note = (/** @type {string} */ name) => (/** @type {unknown} */ ret) => {
    order.push(name);
    objects.add(ret);
  };
  await my.call("confirm", { success: note("success"), fail: note("fail"), complete: note("complete") }, note("cb"))
    .then(note("promise"));
  assert.deepEqual(order, ["success", "complete", "cb", "promise"]);
  assert.equal(objects.size, 1);
});

test("a failure goes to fail, complete, cb, and the promise rejects with the same object", async () => {
  const { my, shell } = connectedPage();
  shell.answerWith(() => ({ ok: false, ret: { error: 3 } }));
  /** @type {unknown[]} */
  const seen = [];
  const note = (/** @type {unknown} */ ret) => void seen.push(ret);
  const promise = my.call("confirm", { success: () => assert.fail("not a success"), fail: note, complete: note }, note);
  await promise.catch(note);
  assert.equal(seen.length, 4);
  assert.equal(new Set(seen).size, 1);
});

test("nothing is called before the current task has ended, wherever the answer comes from", async () => {
  const { my } = connectedPage();
  /** @type {string[]} */
  const order = [];
  my.getSystemInfo({ success: () => order.push("in the page") });
  my.chooseImage({ fail: () => order.push("unsupported") });
  my.setStorage({ fail: () => order.push("wrong parameter") });
  await Promise.resolve().then(() => order.push("microtask"));
  order.push("end of task");
  await settled();
  assert.deepEqual(order.slice(0, 2), ["microtask", "end of task"]);
  assert.deepEqual(order.slice(2).sort(), ["in the page", "unsupported", "wrong parameter"]);
});

test("a throw in a callback is a page error and does not stop the rest", async () => {
  const { my, shell, pageErrors } = connectedPage();
  shell.answerWith(() => ({ ok: true, ret: { confirm: false } }));
  /** @type {string[]} */
  const order = [];
  const ret = await my.confirm({
    success() {
      order.push("success");
      throw new Error("a mistake of the page");
    },
    complete() {
      order.push("complete");
      throw new Error("and another");
    },
  });
  await settled();
  assert.deepEqual(order, ["success", "complete"]);
  assert.deepEqual(plain(ret), { confirm: false });
  assert.deepEqual(pageErrors.map((error) => /** @type {Error} */ (error).message), ["a mistake of the page", "and another"]);
});

test("a second answer for the same id is dropped", async () => {
  const { my, shell } = connectedPage();
  shell.answerWith(() => null);
  let count = 0;
  my.alert({ content: "hello", complete: () => (count += 1) });
  await settled();
  const [{ id }] = shell.calls();
  shell.post({ k: "res", id, ok: true, ret: {} });
  shell.post({ k: "res", id, ok: false, ret: { error: 3 } });
  shell.post({ k: "res", id: 999, ok: true, ret: {} });
  await settled();
  assert.equal(count, 1);
});

test("with any callback passed, a failure is no unhandled rejection", async () => {
  const { my, bridge } = connectedPage();
  my.chooseImage({ count: 1, success() {} });
  my.chooseImage({ count: 1, complete() {} });
  my.call("chooseImage", {}, () => {});
  bridge.call("chooseImage", {});
  await settled(); // node's test runner fails this test on an unhandled rejection
});

test("without a callback the rejection is left to the page", async () => {
  const { my } = connectedPage();
  await assert.rejects(my.chooseImage({ count: 1 }), (/** @type {any} */ ret) => ret.error === 1);
});

test("calls made before the port arrives wait in order", async () => {
  const page = openPage();
  page.my.alert({ content: "first" });
  page.my.call("alert", { content: "second" });
  page.bridge.call("alert", { content: "third" });
  const shell = sendPort(page);
  await settled();
  assert.deepEqual(shell.calls().map((call) => call.args.content), ["first", "second", "third"]);
  assert.deepEqual(shell.calls().map((call) => call.id), [1, 2, 3]);
});

test("outside a wallet a call fails instead of waiting for ever", async () => {
  const { my } = openPage({}, { alone: true });
  const ret = await my.alert({ content: "anyone?" }).catch((/** @type {any} */ reply) => reply);
  assert.equal(ret.error, 3);
  assert.match(ret.errorMessage, /not open inside the wallet/);
});

test("a line made anew answers what was asked on the old one", async () => {
  const page = openPage();
  const first = sendPort(page);
  first.answerWith(() => null);
  const waiting = page.my.alert({ content: "old" }).catch((/** @type {any} */ reply) => reply);
  await settled();
  const second = sendPort(page);
  assert.equal((await waiting).error, 3);
  await page.my.alert({ content: "new" });
  assert.deepEqual(second.calls().map((call) => call.args.content), ["new"]);
});
