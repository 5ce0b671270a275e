// kill -9 of a wallet process, of PostgreSQL, of everything, at random moments under load: nothing acknowledged is lost,
// nothing is done twice, everybody is told, the ledger holds. SEED=<number> repeats a run's choices, MITHAQ_LONG=1 makes
// it 210 kills.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { startCluster, withoutPostgres } from "../support/cluster.mjs";
import { Figures } from "../support/figures.mjs";
import { House, isReady } from "../support/house.mjs";
import { isLong, numbers, seed } from "../support/random.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { Till } from "../support/till.mjs";

const ROUNDS = isLong ? 70 : 3;
const TARGETS = ["a wallet", "PostgreSQL", "everything"];

test(`kill -9 anywhere, on PostgreSQL (SEED=${seed})`, { skip: withoutPostgres(), timeout: 1_800_000 }, async (t) => {
  const random = numbers();
  const cluster = await startCluster(t);
  const house = new House(t, await cluster.database());
  await house.operator(["migrate"]);
  await house.serve();
  await house.serve();
  await house.furnish();
  const receiver = await startReceiver(t, house.merchant);
  const { merchant, payers } = house;
  const till = new Till({ merchant, payers, receiver, random, walletUrls: () => house.urls(), name: `KILL-${seed}` });
  const figures = new Figures();
  let kills = 0;

  /** Starts what was killed; one time in four it is killed once more while it starts. */
  async function again(begin, kill, finish) {
    if (random(4) === 0) {
      begin();
      await delay(random(250));
      await kill();
      kills += 1;
    }
    await finish();
  }
  const serveAgain = () =>
    again(
      () => {},
      // It ends before it is ready, unless it is quicker.
      () => house.serve({ readyMs: 1 + random(250) }).then((wallet) => house.kill(wallet), () => {}),
      () => house.serve(),
    );

  async function strike(target) {
    const wallets = target === "PostgreSQL" ? [] : target === "everything" ? house.wallets : [house.wallets[random(2)]];
    const begun = performance.now();
    const blows = [...wallets.map((wallet) => () => house.kill(wallet)), ...(target === "a wallet" ? [] : [() => cluster.kill()])];
    if (random(2) === 0) blows.reverse();
    await Promise.all(blows.map((blow) => blow()));
    kills += 1;
    if (target === "a wallet") {
      await till.more(1);
      figures.add("the other process goes on after a wallet's death", begun);
    } else {
      await again(() => cluster.begin(), () => cluster.kill(), () => cluster.start());
    }
    const up = performance.now();
    for (const _ of wallets) await serveAgain();
    await till.more(1);
    if (target === "PostgreSQL") figures.add("payments again after PostgreSQL answers again", up);
    if (target === "everything") figures.add("payments again after PostgreSQL answers again, with new processes", up);
  }

  till.open();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const target of TARGETS) {
      await till.more(5 + random(60));
      await delay(random(30)); // anywhere between two commits
      await strike(target);
    }
  }
  await Promise.all(house.wallets.map((wallet) => isReady(wallet)));
  await till.more(20);
  await till.close();
  t.diagnostic(`${kills} kills; ${till.sent.size} charges; ${JSON.stringify(till.answers)}`);
  for (const line of figures.lines()) t.diagnostic(line);
  t.diagnostic(`slowest answer ${Math.round(till.slowest)} ms`);
  assert.ok(till.slowest < 25_000, "merchants are answered before they give up");
  const told = await till.prove({ toldMs: 180_000 });
  t.diagnostic(`everybody told after ${told} ms; ${receiver.received.length} notifications`);
  await house.verify();
});
