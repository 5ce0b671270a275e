// Two processes on one database; the one that does the common work is stopped in the middle of it, and continued when
// nobody expects it any more: the other goes on, takes the work over, and nothing happens twice.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { startCluster, withoutPostgres } from "../support/cluster.mjs";
import { Figures } from "../support/figures.mjs";
import { House } from "../support/house.mjs";
import { isLong, numbers, seed } from "../support/random.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { eventually } from "../support/sandbox.mjs";
import { Till } from "../support/till.mjs";

const ROUNDS = isLong ? 12 : 1;
const LEASE = 'mithaq_lease_held{name="jobs"}';

test(`SIGSTOP in the middle of a batch, SIGCONT later (SEED=${seed})`, { skip: withoutPostgres(), timeout: 900_000 }, async (t) => {
  const random = numbers();
  const cluster = await startCluster(t);
  const url = await cluster.database();
  const house = new House(t, url);
  await house.operator(["migrate"]);
  const names = ["first", "second"];
  const wallets = [];
  for (const name of names) wallets.push(await house.serve({ databaseUrl: `${url}?application_name=${name}` }));
  await house.furnish();
  let hold = Promise.resolve();
  const receiver = await startReceiver(t, house.merchant, async () => {
    await hold;
    return {};
  });
  const { merchant, payers } = house;
  let urls = house.urls();
  const till = new Till({ merchant, payers, receiver, random, walletUrls: () => urls, name: `STOP-${seed}` });
  const holder = () => cluster.sql("SELECT holder FROM leases WHERE name = 'jobs'");
  const pending = (owner) => cluster.sql(`SELECT count(*) FROM outbox WHERE state = 'PENDING' AND owner = '${owner}'`);
  const holds = async (wallet) => (await wallet.metric(LEASE)) === 1;
  const figures = new Figures();

  /** Stops a process between the beginning and the end of a transaction of its engine. */
  async function stopInBatch(wallet, name) {
    const open = `SELECT count(*) FROM pg_stat_activity WHERE application_name = '${name}' AND state = 'idle in transaction'`;
    await eventually("it is stopped in the middle of a batch", async () => {
      await delay(random(10));
      wallet.signal("SIGSTOP");
      if ((await cluster.sql(open)) !== "0") return true;
      wallet.signal("SIGCONT");
      return false;
    }, { everyMs: 5, timeoutMs: 60_000 });
  }

  for (let round = 0; round < ROUNDS; round += 1) {
    till.open();
    // The merchant takes messages and does not answer: so there are some that the stopped process began and the other
    // has to take over.
    let letGo;
    hold = new Promise((resolve) => (letGo = resolve));
    const stopped = await eventually("one of the two holds the lease", async () => {
      const held = await Promise.all(wallets.map(holds));
      return held.filter(Boolean).length === 1 && wallets[held.indexOf(true)];
    }, { timeoutMs: 60_000 });
    const other = wallets.find((wallet) => wallet !== stopped);
    const process = await holder();
    const seen = receiver.received.length;
    await till.more(30 + random(60));
    await eventually("messages are under way", () => receiver.received.length > seen);
    assert.notEqual(await pending(process), "0");
    await stopInBatch(stopped, names[wallets.indexOf(stopped)]);
    const begun = performance.now();
    urls = [other.wallet];
    till.open(8); // those that asked the stopped process wait for it
    letGo();
    hold = Promise.resolve();
    await till.more(20);
    figures.add("the other process takes payments", begun);
    till.restMs = 100;
    await eventually("the lease moves", async () => (await holds(other)) && (await holder()) !== process, { timeoutMs: 60_000 });
    figures.add("the lease has moved", begun);
    await eventually("the other process adopts what the stopped one had to deliver", async () => (await pending(process)) === "0", {
      timeoutMs: 90_000,
    });
    figures.add("its deliveries are adopted", begun);
    till.restMs = 0;
    await till.more(50 + random(100));

    stopped.signal("SIGCONT");
    urls = house.urls();
    await eventually("the continued process takes payments too", async () => (await stopped.ready()).status === 200, { timeoutMs: 60_000 });
    await till.more(30);
    const held = await eventually("one holds the lease, and knows it", async () => {
      const now = await Promise.all(wallets.map(holds));
      return now.filter(Boolean).length === 1 && now;
    }, { timeoutMs: 60_000 });
    assert.equal(held.indexOf(true), wallets.indexOf(other), "a process that was stopped does not take the lease back");
    await till.close();
  }
  t.diagnostic(`${till.sent.size} charges; ${JSON.stringify(till.answers)}`);
  for (const line of figures.lines()) t.diagnostic(line);
  t.diagnostic(`everybody told after ${await till.prove({ toldMs: 180_000 })} ms`);
  await house.verify();
  const left = () => cluster.sql("SELECT count(*) FROM outbox WHERE state <> 'DELIVERED'");
  await eventually("every delivery is recorded", async () => (await left()) === "0", { timeoutMs: 150_000 });
});
