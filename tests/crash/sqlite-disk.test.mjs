// The disk under SQLite: full, and one that cannot be written to. Nothing is acknowledged that is not there, callers are
// told quickly, and once there is room again everything goes on by itself.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SmallDisk, withoutMounts } from "../support/disk.mjs";
import { Merchant } from "../support/openapi.mjs";
import { runProgram, startWallet } from "../support/program.mjs";
import { numbers, seed } from "../support/random.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";
import { Till } from "../support/till.mjs";

const MEGABYTES = 24;
const skip = withoutMounts();

test(`a full disk under SQLite (SEED=${seed})`, { skip, timeout: 180_000 }, async (t) => {
  const disk = new SmallDisk(t, MEGABYTES);
  const dataDir = join(disk.folder, "data");
  mkdirSync(dataDir);
  const wallet = await startWallet({ dataDir });
  t.after(() => wallet.kill());
  const merchant = Merchant.ofWallet(wallet);
  const receiver = await startReceiver(t, merchant);
  const sandbox = new Sandbox(wallet);
  const { userId } = sandbox.user("Sara");
  const { accessToken } = await sandbox.contract(merchant, userId);
  const balance = () => sandbox.balance(userId);
  const payers = [{ accessToken, had: await balance(), balance }];
  const till = new Till({ merchant, payers, receiver, random: numbers(), name: `DISK-${seed}` });

  till.open(8);
  await till.more(50);
  disk.fill();
  const unknown = () => till.answers["U UNKNOWN_EXCEPTION"] ?? 0;
  await eventually("callers hear that the outcome is unknown", () => unknown() >= 30, { timeoutMs: 60_000 });
  assert.match(wallet.stderr(), /ERROR.*disk is full/, "the log says why");
  const slowest = Math.round(till.slowest);
  disk.free();
  const freed = performance.now();
  await till.more(1);
  t.diagnostic(`slowest answer ${slowest} ms; paying again ${Math.round(performance.now() - freed)} ms after there was room`);
  await till.more(50);
  await till.close();
  t.diagnostic(JSON.stringify(till.answers));
  assert.ok(till.slowest < 25_000, "merchants are answered before they give up");
  await sandbox.post("clock", { advance: "PT3M" });
  await till.prove();
  await sandbox.verifyLedger();
  await wallet.stop();
  const verified = await runProgram(["verify", "--data-dir", dataDir]);
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
});

test("a data directory that cannot be written to is said in one line", { skip }, async (t) => {
  const disk = new SmallDisk(t, MEGABYTES);
  const dataDir = join(disk.folder, "data");
  mkdirSync(dataDir);
  const wallet = await startWallet({ dataDir });
  await wallet.stop();
  disk.makeReadOnly();
  const refused = await runProgram(["dev", "--port", "0", "--data-dir", dataDir]);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^mithaq: .*\n$/, "one line");
  disk.makeWritable();
  const again = await startWallet({ dataDir });
  await again.stop();
});
