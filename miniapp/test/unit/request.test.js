// my.request over the page's fetch (jsapi.md 4.2): what is sent, and each numbered failure.

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectedPage, plain } from "../support/page.js";

/** @param {(url: string, init: RequestInit) => Promise<Response>|Response} answer */
function pageFetching(answer) {
  /** @type {{url: string, init: any}[]} */
  const sent = [];
  const fetch = async (/** @type {string} */ url, /** @type {any} */ init) => {
    sent.push({ url, init });
    return answer(url, init);
  };
  return { ...connectedPage({ fetch }), sent };
}

const json = (/** @type {unknown} */ body, /** @type {ResponseInit} */ init = {}) =>
  new Response(JSON.stringify(body), { headers: { "content-type": "application/json" }, ...init });

/** @param {Promise<any>} promise */
const failed = (promise) => promise.then(() => assert.fail("did not fail"), (/** @type {any} */ reply) => plain(reply));

test("GET puts data into the query and reads JSON", async () => {
  const { my, sent } = pageFetching(() => json({ ok: true }));
  const ret = await my.request({ url: "/api/offers?x=1", data: { q: "زيتون", n: 2, f: { a: 1 } } });
  const url = new URL(sent[0].url);
  assert.equal(url.origin + url.pathname, "http://127.0.0.1:7601/api/offers");
  assert.deepEqual(Object.fromEntries(url.searchParams), { x: "1", q: "زيتون", n: "2", f: '{"a":1}' });
  assert.equal(sent[0].init.body, undefined);
  assert.deepEqual(plain([ret.data, ret.status, ret.statusCode, ret.headers["content-type"], ret.header["content-type"]]), [
    { ok: true }, 200, 200, "application/json", "application/json",
  ]);
});

test("POST sends JSON by default, a form when told so, and text as it is", async () => {
  const { my, sent } = pageFetching(() => json({}));
  await my.request({ url: "/a", method: "post", data: { a: [1] } });
  await my.request({ url: "/a", method: "POST", data: { a: "1 2" }, headers: { "Content-Type": "application/x-www-form-urlencoded" } });
  await my.httpRequest({ url: "/a", method: "PUT", data: "as it is", header: { "content-type": "text/plain" } });
  assert.deepEqual(sent.map(({ init }) => [init.method, init.body, init.headers.get("content-type")]), [
    ["POST", '{"a":[1]}', "application/json"],
    ["POST", "a=1+2", "application/x-www-form-urlencoded"],
    ["PUT", "as it is", "text/plain"],
  ]);
});

test("dataType chooses text, base64 or bytes", async () => {
  const { my } = pageFetching(() => new Response("ab"));
  assert.equal((await my.request({ url: "/a", dataType: "text" })).data, "ab");
  assert.equal((await my.request({ url: "/a", dataType: "base64" })).data, "YWI=");
  assert.equal((await my.request({ url: "/a", dataType: "arraybuffer" })).data.byteLength, 2);
});

test("a network failure is error 12", async () => {
  const { my } = connectedPage();
  assert.equal((await failed(my.request({ url: "/a" }))).error, 12);
});

test("no answer in time is error 13, and abort is error 9", async () => {
  const never = (/** @type {string} */ _url, /** @type {any} */ init) => new Promise((_resolve, reject) => {
    init.signal.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
  });
  const { my } = pageFetching(/** @type {any} */ (never));
  assert.equal((await failed(my.request({ url: "/a", timeout: 5 }))).error, 13);
  const call = my.request({ url: "/a" });
  call.abort();
  assert.equal((await failed(call)).error, 9);
});

test("a body that is not JSON is error 14", async () => {
  const { my } = pageFetching(() => new Response("<html>"));
  const reply = await failed(my.request({ url: "/a" }));
  assert.deepEqual([reply.error, reply.errorMessage, reply.data], [14, "JSON parse data error", "<html>"]);
});

test("an HTTP error status is error 19 with status, data and headers", async () => {
  const { my } = pageFetching(() => json({ code: "X" }, { status: 422 }));
  const reply = await failed(my.request({ url: "/a" }));
  assert.deepEqual([reply.error, reply.errorMessage, reply.status, reply.data], [19, "http status error", 422, { code: "X" }]);
});

test("addresses that are not http, and methods a browser cannot send, are error 2", async () => {
  const { my, sent } = pageFetching(() => json({}));
  for (const url of ["javascript:alert(1)", "data:text/plain,x", "file:///etc/passwd", "http://"]) {
    assert.equal((await failed(my.request({ url }))).error, 2, url);
  }
  assert.equal((await failed(my.request({ url: "/a", method: "TRACE" }))).error, 2);
  assert.equal((await failed(my.request({ url: "/a", headers: { "bad header": "x" } }))).error, 2);
  assert.equal(sent.length, 0);
});
