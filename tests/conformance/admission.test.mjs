// More calls than the wallet has room for: those that are refused hear so in the protocol's words, signed, and may be
// repeated. Room is kept small here, so that a few calls at once are already a flood.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Merchant, exchange } from "../support/openapi.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";

const PREPARE = "/v1/authorizations/prepare";
const PAY = "/v1/payments/pay";
const SUCCESS = "S SUCCESS";
const BUSY = "U REQUEST_TRAFFIC_EXCEED_LIMIT";
const TERMS = JSON.stringify({ language: "en-US", contractDesc: "A box of vegetables every month" });
/** Calls under way at the same time. */
const AT_ONCE = 100;
/** Waves until a flood must have met the limit. */
const WAVES_MAX = 100;

/** A wallet with room for so few calls at once. */
async function crowded(t, inFlight) {
  const wallet = await startWallet({ args: ["--signers", "1", "--in-flight", String(inFlight)] });
  t.after(() => wallet.kill());
  return { merchant: Merchant.ofWallet(wallet), sandbox: new Sandbox(wallet) };
}

const outcome = ({ json }) => `${json.result.resultStatus} ${json.result.resultCode}`;

/** Sends one call `AT_ONCE` times at once, signed once. Answers all answers, each of them signed by the wallet. */
async function wave(merchant, path, content) {
  const body = JSON.stringify(content);
  const headers = merchant.headers(path, body);
  const calls = Array.from({ length: AT_ONCE }, () => exchange(merchant.walletUrl, { path, body, headers }));
  return (await Promise.all(calls)).map((answer) => merchant.check(path, answer));
}

/** Waves until some calls were refused and some were not: all answers. */
async function flood(merchant, path, content) {
  const answers = [];
  for (let number = 0; number < WAVES_MAX; number += 1) {
    answers.push(...(await wave(merchant, path, content)));
    if (new Set(answers.map(outcome)).size > 1) return answers;
  }
  assert.fail(`${answers.length} calls, all of them ${outcome(answers[0])}`);
}

test("every call of a flood is answered and signed, also where it is refused", async (t) => {
  const { merchant } = await crowded(t, 2);
  const answers = await flood(merchant, PREPARE, { scopes: "AGREEMENT_PAY", extendInfo: TERMS });
  for (const answer of answers) assert.ok([SUCCESS, BUSY].includes(outcome(answer)), outcome(answer));

  const refused = answers.filter((answer) => outcome(answer) === BUSY);
  for (const { json } of refused) {
    assert.deepEqual(Object.keys(json), ["result"]);
    assert.match(json.result.resultMessage, /repeat the same request/);
  }
  const distinct = (name) => new Set(refused.map(({ headers }) => headers[name])).size;
  assert.equal(distinct("signature"), distinct("response-time"), "those of one second share a signature");
  assert.equal(distinct("trace-id"), refused.length);

  await merchant.prepare();
});

test("a payment that is repeated through a flood is made once", async (t) => {
  const { merchant, sandbox } = await crowded(t, 2);
  const { userId } = sandbox.user();
  const { accessToken } = await sandbox.contract(merchant, userId);
  const before = await sandbox.balance(userId);
  const charge = merchant.charge(accessToken, 5_000, { paymentRequestId: "FLOOD-1" });
  const answers = await flood(merchant, PAY, charge);
  assert.equal(outcome(await merchant.send(PAY, charge)), SUCCESS);
  const paid = new Set(answers.filter((answer) => outcome(answer) === SUCCESS).map(({ json }) => json.paymentId));
  assert.equal(paid.size, 1);
  assert.equal(before - (await sandbox.balance(userId)), 5_000_000n);
  await sandbox.verifyLedger();
});

test("a merchant that floods leaves room to the others", async (t) => {
  const { merchant, sandbox } = await crowded(t, 2);
  const other = await sandbox.newMerchant();
  // Both have been here before: those that have not share what is kept for strangers.
  for (const known of [merchant, other]) await known.prepare();
  let isOver = false;
  const flooding = flood(merchant, PREPARE, { scopes: "AGREEMENT_PAY", extendInfo: TERMS }).finally(() => (isOver = true));
  do {
    await other.prepare();
  } while (!isOver);
  await flooding;
});
