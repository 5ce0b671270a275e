// Talking to the wallet: the session's token goes with every change, and refusals arrive in words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, createApi } from "../api.js";

/** @param {(path: string, init: any) => [number, unknown]} answer */
function apiOver(answer) {
  return createApi(
    /** @type {typeof fetch} */ (
      async (path, init) => {
        const [status, content] = answer(String(path), init);
        return new Response(status === 204 ? null : JSON.stringify(content), { status });
      }
    ),
  );
}

test("a post carries the session's token, and the new one after signing in as somebody else", async () => {
  /** @type {string[]} */
  const tokens = [];
  let csrf = "first";
  const api = apiOver((path, init) => {
    if (init.method === "POST") tokens.push(init.headers["X-CSRF"]);
    if (path === "/sandbox/v1/session") csrf = "second";
    return [200, { csrf, user: null, walletOrigin: "http://localhost:7600" }];
  });
  await api.session();
  await api.signInAs("u-sara");
  await api.post("/sandbox/v1/clock", { reset: true });
  assert.deepEqual(tokens, ["first", "second"]);
});

test("a refusal is thrown with its code and its words", async () => {
  const api = apiOver(() => [404, { error: { code: "NOT_FOUND", message: "There is no such payment." } }]);
  await assert.rejects(
    api.get("/x"),
    (error) =>
      error instanceof ApiError && error.code === "NOT_FOUND" && error.status === 404 && /no such/.test(error.message),
  );
});

test("a refusal without words is told by its status, and silence by its own code", async () => {
  await assert.rejects(apiOver(() => [502, "bad"]).get("/x"), /HTTP 502/);
  const silent = createApi(async () => Promise.reject(new TypeError("refused")));
  await assert.rejects(silent.get("/x"), (error) => error instanceof ApiError && error.code === "NETWORK");
});

test("an empty answer is nothing", async () => {
  assert.equal(await apiOver(() => [204, null]).post("/x"), null);
});
