// Observing in the sandbox: the page's fetch and XHR calls are shown to the shell and are not changed by it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectedPage, openPage, plain, sendPort, settled } from "../support/page.js";

const answer = () => new Response('{"authUrl":"u"}', { headers: { "content-type": "application/json" } });

test("a fetch is shown when it starts and when it ends, with the beginnings of both bodies", async () => {
  const promise = Promise.resolve(answer());
  const page = connectedPage({ fetch: () => promise }, {}, { observe: true });
  const returned = page.window.fetch("/api/prepare", { method: "post", body: '{"offer":1}' });
  assert.equal(returned, promise, "the page gets the very promise of the browser");
  assert.deepEqual(await (await returned).json(), { authUrl: "u" });
  await settled();
  const [start, end] = page.shell.received.filter((message) => message.k === "net");
  assert.deepEqual(plain(start), {
    k: "net", n: 1, method: "POST", url: "http://127.0.0.1:7601/api/prepare", requestBody: '{"offer":1}',
  });
  assert.deepEqual([end.n, end.status, end.responseBody, typeof end.ms], [1, 200, '{"authUrl":"u"}', "number"]);
});

test("a failed fetch is shown with status 0 and rejects as it would", async () => {
  const page = connectedPage({}, {}, { observe: true });
  await assert.rejects(page.window.fetch("/api/x"), /no network in this test/);
  await settled();
  assert.equal(page.shell.received.at(-1).status, 0);
});

test("bodies are cut at 16 KB", async () => {
  const page = connectedPage({ fetch: async () => new Response("ب".repeat(20000), { headers: { "content-type": "text/plain" } }) }, {}, { observe: true });
  const response = await page.window.fetch("/long", { method: "POST", body: "x".repeat(20000) });
  await settled();
  const end = page.shell.received.at(-1);
  assert.equal(end.requestBody.length, 16384);
  assert.equal(Buffer.byteLength(end.responseBody), 16384);
  assert.equal((await response.text()).length, 20000, "the page reads all of it");
});

test("what happens before the port arrives is shown afterwards", async () => {
  const page = openPage({ fetch: async () => answer() }, { observe: true });
  await page.window.fetch("/early");
  await settled();
  const shell = sendPort(page);
  await settled();
  assert.deepEqual(shell.received.map((message) => [message.k, message.status]), [["net", undefined], ["net", 200]]);
});

test("an XMLHttpRequest is shown too", async () => {
  class FakeXhr extends EventTarget {
    status = 200;
    responseType = "";
    responseText = "answer";
    open() {
      return "opened";
    }
    send() {
      setTimeout(() => this.dispatchEvent(new Event("loadend")), 1);
      return "sent";
    }
  }
  const page = connectedPage({ XMLHttpRequest: FakeXhr }, {}, { observe: true });
  const xhr = new page.window.XMLHttpRequest();
  assert.equal(xhr.open("get", "/x"), "opened");
  assert.equal(xhr.send("b"), "sent");
  await settled();
  const [start, end] = page.shell.received;
  assert.deepEqual([start.method, start.url, start.requestBody], ["GET", "http://127.0.0.1:7601/x", "b"]);
  assert.deepEqual([end.status, end.responseBody], [200, "answer"]);
});

test("calls answered inside the page are shown", async () => {
  const page = connectedPage({}, {}, { observe: true });
  await page.my.setStorage({ key: "k", data: 1 });
  await page.my.chooseImage({ count: 1 }).catch(() => {});
  await settled();
  assert.deepEqual(plain(page.shell.received.map(({ k, api, ok }) => [k, api, ok])), [["local", "setStorage", true], ["local", "chooseImage", false]]);
});

test("without the sandbox nothing is observed and fetch is the browser's own", async () => {
  const fetch = async () => answer();
  const page = connectedPage({ fetch });
  assert.equal(page.window.fetch, fetch);
  await page.my.setStorage({ key: "k", data: 1 });
  await settled();
  assert.deepEqual(page.shell.received, []);
});
