// A database that is there and does not work: full, read-only, without a free connection, slow, silent, its processes
// stopped. Merchants hear `U` in time, /ready turns off, the log says why, nothing is acknowledged that is not there, and
// once the cause is gone everything goes on by itself.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startCluster, withoutPostgres } from "../support/cluster.mjs";
import { SmallDisk, withoutMounts } from "../support/disk.mjs";
import { House, isReady } from "../support/house.mjs";
import { numbers, seed } from "../support/random.mjs";
import { startProxy } from "../support/proxy.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { eventually } from "../support/sandbox.mjs";
import { Till } from "../support/till.mjs";

const skip = withoutPostgres();
const GIVE_UP_MS = 25_000;

/** A server, one process that reaches it through a bad network, a merchant and payers. */
async function installation(t, options) {
  const cluster = await startCluster(t, options);
  // The owner may do everything; the wallet is an ordinary role, whose connections can be limited.
  await cluster.sql("CREATE ROLE wallet LOGIN", "postgres");
  await cluster.sql("CREATE DATABASE wallet OWNER wallet", "postgres");
  const proxy = await startProxy(t, cluster.port);
  const as = { user: "wallet" };
  const operatorUrl = cluster.url("wallet", as);
  const house = new House(t, cluster.url("wallet", { ...as, port: proxy.port }), { operatorUrl });
  await house.operator(["migrate"]);
  const wallet = await house.serve();
  await house.furnish();
  const receiver = await startReceiver(t, house.merchant);
  const { merchant, payers } = house;
  const till = new Till({ merchant, payers, receiver, random: numbers(), walletUrls: () => house.urls(), name: `OUT-${seed}` });
  return { cluster, proxy, house, wallet, till };
}

const unknown = (till) => Object.entries(till.answers).reduce((sum, [kind, count]) => sum + (kind.startsWith("U ") ? count : 0), 0);

/** Lines of the log since `from` that are warnings or errors. */
const complaints = (wallet, from) => wallet.stderr().slice(from).split("\n").filter((line) => /"(WARN|ERROR)"/.test(line));

/**
 * The load goes on while `cause` sets in; merchants hear that the outcome is unknown, /ready turns off, and the log says
 * `words`. After `remedy` payments go through and /ready is on again.
 */
async function survive(t, { house, wallet, till }, { cause, remedy, words }) {
  till.open(8);
  await till.more(30);
  const log = wallet.stderr().length;
  const [told, begun] = [unknown(till), performance.now()];
  till.slowest = 0;
  await cause();
  await isReady(wallet, false);
  const off = performance.now() - begun;
  await eventually("callers hear that the outcome is unknown", () => unknown(till) >= told + 16, { timeoutMs: 60_000 });
  const slowest = till.slowest;
  const acknowledged = till.acknowledged.size;
  await eventually("the log says why", () => complaints(wallet, log).some((line) => words.test(line)));
  const said = complaints(wallet, log).length;
  await remedy();
  const gone = performance.now();
  await till.more(1);
  const again = performance.now() - gone;
  await isReady(wallet);
  const on = performance.now() - gone;
  await till.more(30);
  await till.close();
  const ms = (time) => `${Math.round(time)} ms`;
  t.diagnostic(`/ready off after ${ms(off)}; slowest answer ${ms(slowest)}; payments again after ${ms(again)}, /ready on after ${ms(on)}`);
  t.diagnostic(`${acknowledged} acknowledged before the remedy; ${said} warnings and errors in the log; ${JSON.stringify(till.answers)}`);
  assert.ok(till.slowest < GIVE_UP_MS, `merchants are answered before they give up: ${ms(till.slowest)}`);
  assert.deepEqual([till.answers.ETIMEDOUT, till.answers.ECONNRESET], [undefined, undefined], "every call is answered");
  await till.prove({ toldMs: 180_000 });
  await house.verify();
}

const named = (what) => `${what} (SEED=${seed})`;
const options = { skip, timeout: 300_000 };

test(named("no connection is free"), options, async (t) => {
  const all = await installation(t);
  const { cluster } = all;
  const end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'wallet'";
  await survive(t, all, {
    cause: async () => {
      await cluster.sql("ALTER ROLE wallet CONNECTION LIMIT 0", "postgres");
      await cluster.sql(end, "postgres");
    },
    remedy: () => cluster.sql("ALTER ROLE wallet CONNECTION LIMIT -1", "postgres"),
    words: /too many connections/,
  });
});

test(named("the database takes no changes"), options, async (t) => {
  const all = await installation(t);
  const { cluster } = all;
  const set = async (value) => {
    cluster.configure({ default_transaction_read_only: value });
    await cluster.reload();
  };
  await survive(t, all, { cause: () => set("on"), remedy: () => set("off"), words: /read-only/ });
});

test(named("the network to the database is silent"), options, async (t) => {
  const all = await installation(t);
  const { proxy } = all;
  await survive(t, all, {
    cause: () => proxy.stall(),
    remedy: () => proxy.flow(),
    words: /takes too long|does not answer|out of reach/,
  });
});

test(named("every process of the database stands still"), options, async (t) => {
  const all = await installation(t);
  const { cluster } = all;
  await survive(t, all, {
    cause: () => cluster.pause(),
    remedy: () => cluster.resume(),
    words: /takes too long|does not answer|out of reach/,
  });
});

test(named("the network to the database is slow"), options, async (t) => {
  const { house, proxy, till } = await installation(t);
  till.open(8);
  await till.more(30);
  proxy.delayMs = 150;
  const slow = till.acknowledged.size;
  await till.more(40);
  proxy.delayMs = 0;
  t.diagnostic(`${till.acknowledged.size - slow} payments at 150 ms each way, slowest answer ${Math.round(till.slowest)} ms`);
  await till.more(30);
  await till.close();
  assert.ok(till.slowest < GIVE_UP_MS);
  await till.prove({ toldMs: 180_000 });
  await house.verify();
});

test(named("the disk under PostgreSQL is full"), { ...options, skip: skip || withoutMounts() }, async (t) => {
  const disk = new SmallDisk(t, 128);
  // Small segments of the log, so that it needs new ones soon.
  const all = await installation(t, { folder: disk.folder, initdb: ["--wal-segsize=1"], settings: { min_wal_size: "2MB" } });
  const { cluster } = all;
  await survive(t, all, {
    cause: () => disk.fill(),
    remedy: async () => {
      disk.free();
      // A server that could not write its log ends: its operator's supervisor starts it again.
      if (!cluster.isRunning()) await cluster.start();
    },
    words: /No space left|out of reach/,
  });
});
