// kill -9 in the middle of a thousand charges, then a restart on the same folder: what was acknowledged is there
// once, what was not is not half there, everybody is told, and the ledger holds. The kill comes at random;
// SEED=<number> repeats a run's choices.

import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { test } from "node:test";
import { Merchant } from "../support/openapi.mjs";
import { runProgram, startWallet, temporaryFolder } from "../support/program.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";

const CHARGES = 1000;
const AT_ONCE = 40;
const KILLS = 3;
const seed = Number(process.env.SEED ?? randomInt(2 ** 31));

/** Reproducible numbers below `limit` (mulberry32). */
function numbers(state) {
  let a = state;
  return (limit) => {
    a = (a + 0x6d2b79f5) | 0;
    let mixed = Math.imul(a ^ (a >>> 15), 1 | a);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

test(`what was acknowledged survives kill -9 (SEED=${seed})`, { timeout: 240_000 }, async (t) => {
  const random = numbers(seed);
  const dataDir = temporaryFolder(t);
  let wallet = await startWallet({ dataDir });
  t.after(() => wallet.kill());
  const sara = wallet.users[0].userId;
  const merchant = Merchant.ofWallet(wallet);
  const receiver = await startReceiver(t, merchant);
  const sandbox = () => new Sandbox(wallet);
  await sandbox().post(`users/${sara}/top-up`, { amount: { currency: "IQD", value: "10000000000" } });
  const { accessToken } = await sandbox().contract(merchant, sara);
  const had = await sandbox().balance(sara);

  const charges = Array.from({ length: CHARGES }, (_, index) =>
    merchant.charge(accessToken, 1 + random(50), {
      paymentRequestId: `CRASH-${seed}-${String(index).padStart(4, "0")}`,
      paymentNotifyUrl: receiver.url,
    }),
  );
  const acknowledged = new Map();
  let killed = false;

  /** Sends charges until they are through or the wallet is gone. */
  async function send(from, until) {
    let next = from;
    const worker = async () => {
      while (next < until && !killed) {
        const charge = charges[next++];
        const answer = await merchant.call("/v1/payments/pay", charge).catch(() => null);
        if (answer) acknowledged.set(charge.paymentRequestId, answer.paymentId);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return Math.min(next, until);
  }

  let sent = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const share = Math.ceil((CHARGES * (kill + 1)) / KILLS);
    const target = acknowledged.size + 20 + random(Math.max(1, share - sent - 60));
    killed = false;
    const sending = send(sent, share);
    await eventually("enough charges are through", () => acknowledged.size >= target, { everyMs: 1, timeoutMs: 60_000 });
    await wallet.kill();
    killed = true;
    sent = await sending;
    wallet = await startWallet({ dataDir });
    merchant.walletUrl = wallet.walletUrl;
  }
  killed = false;
  const beforeRepeat = new Map(acknowledged);
  t.diagnostic(`${beforeRepeat.size} of ${CHARGES} charges acknowledged, ${KILLS} kills`);
  assert.ok(beforeRepeat.size < CHARGES, "a kill hit charges in flight");

  // Acknowledged: there, under the id that was told.
  for (const [paymentRequestId, paymentId] of beforeRepeat) {
    const found = await merchant.succeed("/v1/payments/inquiryPayment", { paymentRequestId });
    assert.equal(found.paymentId, paymentId, paymentRequestId);
    assert.equal(found.paymentStatus, "SUCCESS");
  }

  // Not acknowledged: whole or not at all; and repeating everything leads to one outcome each.
  await send(0, CHARGES);
  assert.equal(acknowledged.size, CHARGES);
  for (const [paymentRequestId, paymentId] of beforeRepeat) {
    assert.equal(acknowledged.get(paymentRequestId), paymentId, "a repeat is no second charge");
  }
  assert.equal(new Set(acknowledged.values()).size, CHARGES);
  const sum = charges.reduce((total, { paymentAmount }) => total + BigInt(paymentAmount.value), 0n);
  assert.equal(await sandbox().balance(sara), had - sum, "each was taken once");

  // Everybody is told, those of before the kills too.
  const told = () => new Set(receiver.received.map(({ json }) => json.paymentId));
  await sandbox().post("clock", { advance: "PT3M" });
  await eventually("every notification arrives", () => told().size === CHARGES, { timeoutMs: 60_000 });
  assert.deepEqual(told(), new Set(acknowledged.values()));
  assert.ok(receiver.received.every(({ valid }) => valid));

  await sandbox().verifyLedger();
  await wallet.stop();
  const verified = await runProgram(["verify", "--data-dir", dataDir]);
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
});
