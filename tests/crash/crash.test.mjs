// kill -9 in the middle of charges on SQLite, then a restart on the same folder: what was acknowledged is there once,
// what was not is not half there, everybody is told, and the ledger holds. The kills come at random; SEED=<number>
// repeats a run's choices, MITHAQ_LONG=1 makes it fifty kills.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Merchant } from "../support/openapi.mjs";
import { runProgram, startWallet, temporaryFolder } from "../support/program.mjs";
import { isLong, numbers, seed } from "../support/random.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { Sandbox } from "../support/sandbox.mjs";
import { Till } from "../support/till.mjs";

const KILLS = isLong ? 50 : 4;

test(`what was acknowledged survives kill -9 (SEED=${seed})`, { timeout: 600_000 }, async (t) => {
  const random = numbers();
  const dataDir = temporaryFolder(t);
  let wallet = await startWallet({ dataDir });
  t.after(() => wallet.kill());
  const merchant = Merchant.ofWallet(wallet);
  const receiver = await startReceiver(t, merchant);
  const sandbox = () => new Sandbox(wallet);
  const payers = [];
  for (const { userId } of wallet.users) {
    await sandbox().post(`users/${userId}/top-up`, { amount: { currency: "IQD", value: "10000000000" } });
    const { accessToken } = await sandbox().contract(merchant, userId);
    const balance = () => sandbox().balance(userId);
    payers.push({ accessToken, had: await balance(), balance });
  }
  const till = new Till({ merchant, payers, receiver, random, walletUrls: () => [wallet.walletUrl], name: `CRASH-${seed}` });

  till.open(40);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await till.more(20 + random(200));
    await delay(random(20)); // anywhere between two commits
    await wallet.kill();
    wallet = await startWallet({ dataDir });
  }
  await till.more(20);
  await till.close();
  t.diagnostic(`${KILLS} kills; ${till.sent.size} charges, ${till.acknowledged.size} acknowledged; ${JSON.stringify(till.answers)}`);
  assert.ok((till.answers.ECONNRESET ?? 0) > 0, "a kill hit charges in flight");

  // An attempt that a kill broke off is made again after two minutes.
  await sandbox().post("clock", { advance: "PT3M" });
  await till.prove();
  await sandbox().verifyLedger();
  await wallet.stop();
  const verified = await runProgram(["verify", "--data-dir", dataDir]);
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
});
