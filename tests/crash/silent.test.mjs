// A PostgreSQL that is there and does not answer, or late: a silent network, processes that stand still, a slow network.
// Merchants hear `U` before they give up, /ready turns off, the log says why, nothing is acknowledged that is not there,
// and once the cause is gone everything goes on by itself.

import assert from "node:assert/strict";
import { test } from "node:test";
import { signal, withoutPostgres } from "../support/cluster.mjs";
import { GIVE_UP_MS, openTill, sharedInstallation, survive } from "../support/outage.mjs";
import { seed } from "../support/random.mjs";

const named = (what) => `${what} (SEED=${seed})`;
const options = { skip: withoutPostgres(), timeout: 300_000 };
const words = /takes too long|does not answer|out of reach/;

const shared = options.skip ? undefined : sharedInstallation();

test(named("the network to the database is silent"), options, (t) => {
  const { proxy } = shared();
  return survive(t, shared(), { cause: () => proxy.stall(), remedy: () => proxy.flow(), words });
});

test(named("every process of the database stands still"), options, (t) => {
  const { cluster } = shared();
  return survive(t, shared(), { cause: () => cluster.pause(), remedy: () => cluster.resume(), words });
});

test(named("the processes behind the wallet's connections stand still"), options, (t) => {
  const { cluster } = shared();
  const stopped = [];
  const stop = () => {
    for (const { pid } of cluster.processes().filter(({ title }) => title.includes("wallet wallet"))) {
      signal(pid, "SIGSTOP");
      stopped.push(pid);
    }
  };
  const goOn = () => stopped.forEach((pid) => signal(pid, "SIGCONT"));
  // New connections are possible, but what the stopped ones have locked stays so.
  return survive(t, shared(), { cause: stop, remedy: goOn, words: /takes too long|timeout/, isPartial: true });
});

test(named("the network to the database is slow"), options, async (t) => {
  const { house, proxy } = shared();
  const till = await openTill(t, shared());
  till.open(8);
  await till.more(30);
  proxy.delayMs = 100;
  const slow = till.acknowledged.size;
  await till.more(20);
  proxy.delayMs = 0;
  t.diagnostic(`${till.acknowledged.size - slow} payments at 100 ms each way, slowest answer ${Math.round(till.slowest)} ms`);
  await till.more(30);
  await till.close();
  assert.ok(till.slowest < GIVE_UP_MS);
  t.diagnostic(`everybody told after ${await till.prove({ toldMs: 180_000 })} ms`);
  await house.verify();
});
