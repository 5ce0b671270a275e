// The shell's HTTP client: CSRF header, one fresh try when the session changed, and three kinds of outcome.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, Refused, Unreachable } from "../../shell/client.js";

/** @param {(method: string, path: string, headers: any) => [number, unknown]} answer */
function clientOf(answer) {
  /** @type {any[]} */
  const sent = [];
  const client = createClient(/** @type {any} */ (async (/** @type {string} */ path, /** @type {any} */ init) => {
    sent.push([init.method, path, init.headers["x-csrf"], init.body]);
    const [status, body] = answer(init.method, path, init.headers);
    if (status === 0) throw new TypeError("no network");
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  }));
  return { client, sent };
}

test("a change of state carries the session's token, asked for when it is not known yet", async () => {
  const { client, sent } = clientOf((method) => method === "GET" ? [200, { csrf: "t1" }] : [201, { ix: "1" }]);
  assert.deepEqual(await client.post("/x", { a: 1 }), { ix: "1" });
  assert.deepEqual(sent, [["GET", "/app/v1/session", undefined, undefined], ["POST", "/x", "t1", '{"a":1}']]);
});

for (const status of [401, 403]) {
  test(`a ${status} is tried once more with a fresh token`, async () => {
    let token = "old";
    const { client, sent } = clientOf((method, _path, headers) => {
      if (method === "GET") return [200, { csrf: token }];
      return headers["x-csrf"] === "new" ? [200, {}] : [status, { error: { code: "STALE", message: "" } }];
    });
    await client.session();
    token = "new";
    await client.post("/x");
    assert.deepEqual(sent.map(([method]) => method), ["GET", "POST", "GET", "POST"]);
  });
}

test("a refusal that stays says its code, and is not tried for ever", async () => {
  const { client, sent } = clientOf((method) => method === "GET" ? [200, { csrf: "t" }] : [403, { error: { code: "NO", message: "not you" } }]);
  await assert.rejects(client.post("/x"), (error) => error instanceof Refused && error.status === 403 && error.code === "NO" && error.message === "not you");
  assert.equal(sent.filter(([method]) => method === "POST").length, 2);
});

test("no connection and a server in trouble are no answer", async () => {
  for (const status of [0, 500, 502, 503]) {
    const { client } = clientOf(() => [status, {}]);
    await assert.rejects(client.get("/x"), (error) => error instanceof Unreachable);
  }
});
