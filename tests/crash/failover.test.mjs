// A primary with a synchronous standby; the primary is killed under load and the standby promoted. The wallet, which
// knows both, finds the new primary by itself, and nothing that was acknowledged is missing there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { startCluster, withoutPostgres } from "../support/cluster.mjs";
import { Figures } from "../support/figures.mjs";
import { House, isReady } from "../support/house.mjs";
import { isLong, numbers, seed } from "../support/random.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { Till } from "../support/till.mjs";

const ROUNDS = isLong ? 10 : 1;
const WAYS = isLong ? ["on", "remote_apply"] : ["on"];

for (const way of WAYS) {
  const name = `the primary dies under load, synchronous_commit=${way} (SEED=${seed})`;
  test(name, { skip: withoutPostgres(), timeout: 900_000 }, async (t) => {
    const figures = new Figures();
    let charges = 0;
    for (let round = 0; round < ROUNDS; round += 1) charges += await failOver(t, way, round, figures);
    t.diagnostic(`${ROUNDS} times, ${charges} charges`);
    for (const line of figures.lines()) t.diagnostic(line);
  });
}

/** A cluster, a failover, the proof. */
async function failOver(t, way, round, figures) {
  const random = numbers(seed + round);
  const primary = await startCluster(t, { settings: { synchronous_commit: way } });
  await primary.database();
  const standby = await primary.standby(t);
  primary.configure({ synchronous_standby_names: "standby" });
  await primary.reload();
  const hosts = `127.0.0.1:${primary.port},127.0.0.1:${standby.port}`;
  const house = new House(t, `postgres://mithaq@${hosts}/wallet?target_session_attrs=read-write`);
  await house.operator(["migrate"]);
  const wallets = [await house.serve(), await house.serve()];
  await house.furnish();
  const receiver = await startReceiver(t, house.merchant);
  const { merchant, payers } = house;
  const till = new Till({ merchant, payers, receiver, random, walletUrls: () => house.urls(), name: `OVER-${round}` });

  till.open();
  await till.more(100 + random(200));
  await delay(random(20)); // anywhere between two commits
  await primary.kill();
  const died = performance.now();
  await Promise.all(wallets.map((wallet) => isReady(wallet, false)));
  figures.add("/ready off after the primary's death", died);
  const promoted = performance.now();
  await standby.promote();
  await till.more(1);
  figures.add("payments again after the promotion began", promoted);
  await Promise.all(wallets.map((wallet) => isReady(wallet)));
  figures.add("/ready on in both processes after the promotion began", promoted);
  await till.more(100);
  await till.close();
  assert.ok(till.slowest < 25_000, "merchants are answered before they give up");
  await till.prove({ toldMs: 180_000 });
  await house.verify();
  await Promise.all(wallets.map((wallet) => house.kill(wallet)));
  return till.sent.size;
}
