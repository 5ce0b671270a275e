// Asking what became of an interaction (jsapi.md 5, 7.4), without a browser and without waiting.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, Unreachable } from "../../shell/client.js";
import { askOutcome } from "../../shell/outcome.js";
import { unanswered } from "../../shell/replies.js";
import { textsIn } from "../../shell/texts.js";

const reply = { ok: false, ret: { error: "6001" } };

/** @param {(any|Error)[]} answers one after another, the last one for ever @param {boolean} [cancel] */
async function ask(answers, cancel = false) {
  let now = 0;
  /** @type {string[]} */
  const asked = [];
  const answer = async (/** @type {string} */ path) => {
    asked.push(path);
    const next = answers.length > 1 ? answers.shift() : answers[0];
    if (next instanceof Error) throw next;
    return next;
  };
  const client = /** @type {any} */ ({ get: (/** @type {string} */ path) => answer(`GET ${path}`), post: (/** @type {string} */ path) => answer(`POST ${path}`) });
  const outcome = await askOutcome(client, "ix/1", { cancel, patienceMs: 10000, now: () => now, sleep: async (ms) => void (now += ms) });
  return { outcome, asked, now };
}

test("a final answer ends it at once", async () => {
  const { outcome, asked } = await ask([{ state: "FINAL", reply }]);
  assert.deepEqual(outcome, { state: "FINAL", reply });
  assert.deepEqual(asked, ["GET /app/v1/interactions/ix%2F1"]);
});

test("closing asks the server to cancel", async () => {
  assert.deepEqual((await ask([{ state: "FINAL", reply }], true)).asked, ["POST /app/v1/interactions/ix%2F1/cancel"]);
});

test("a server that is away, at work, or in trouble is asked again", async () => {
  const { outcome, asked } = await ask([new Unreachable("away"), { state: "CONFIRMING" }, null, { state: "FINAL", reply }]);
  assert.equal(outcome.state, "FINAL");
  assert.equal(asked.length, 4);
});

test("after ten seconds without a final word it is silent, and says whether a confirmation was under way", async () => {
  const away = await ask([new Unreachable("away")]);
  assert.deepEqual(away.outcome, { state: "SILENT", confirming: false });
  assert.ok(away.now > 9000 && away.now <= 10000, String(away.now));
  assert.deepEqual((await ask([{ state: "CONFIRMING" }, new Unreachable("away")])).outcome, { state: "SILENT", confirming: true });
});

test("a server that answers to the end, and is still at work, is not silent", async () => {
  const { outcome, now } = await ask([{ state: "CONFIRMING" }]);
  assert.deepEqual(outcome, { state: "CONFIRMING" });
  assert.ok(now > 9000, String(now));
});

test("an open interaction is open, unless it was to be cancelled", async () => {
  assert.deepEqual((await ask([{ state: "OPEN" }])).outcome, { state: "OPEN" });
  assert.deepEqual((await ask([{ state: "OPEN" }, { state: "FINAL", reply }], true)).outcome, { state: "FINAL", reply });
});

test("an interaction the server does not know ends the asking", async () => {
  const { outcome, asked } = await ask([new Refused(404, "NOT_FOUND", "")]);
  assert.deepEqual([outcome.state, asked.length], ["SILENT", 1]);
});

test("a final answer without a reply in it is no final answer", async () => {
  assert.equal((await ask([{ state: "FINAL" }])).outcome.state, "SILENT");
});

test("no answer to paySignCenter: a status in success, 6002 while nothing was confirmed, 7001 once it may be signed", () => {
  const texts = textsIn("ar-IQ");
  assert.deepEqual(unanswered("paySignCenter", {}, false, texts), { ok: true, ret: { resultStatus: "6002", result: "" } });
  assert.deepEqual(unanswered("paySignCenter", {}, true, texts), { ok: true, ret: { resultStatus: "7001", result: "" } });
});

test("no answer: 6002 for signing, 7001 for signContract once it may be signed, 12 with its scopes for getAuthCode", () => {
  const texts = textsIn("en-US");
  /** @param {string} api @param {boolean} maybe */
  const code = (api, maybe) => unanswered(api, {}, maybe, texts).ret.error;
  assert.deepEqual([code("qicardSignContract", false), code("qicardSignContract", true)], ["6002", "6002"]);
  assert.deepEqual([code("signContract", false), code("signContract", true)], ["6002", "7001"]);
  const { ret } = unanswered("getAuthCode", { scopes: ["auth_user", "USER_NAME"] }, true, texts);
  assert.deepEqual([ret.error, ret.authErrorScopes], [12, { auth_user: "1002", USER_NAME: "1002" }]);
  assert.deepEqual(unanswered("getAuthCode", {}, false, texts).ret.authErrorScopes, { auth_base: "1002" });
});
