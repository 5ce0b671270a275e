// Tests of the crash tests: a database that forgets what it acknowledged, a standby that lags behind, a record of a
// request that vanishes. The same till that proves the other tests has to notice each of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { signal, startCluster, withoutPostgres } from "../support/cluster.mjs";
import { House } from "../support/house.mjs";
import { numbers, seed } from "../support/random.mjs";
import { startProxy } from "../support/proxy.mjs";
import { Till } from "../support/till.mjs";

const options = { skip: withoutPostgres(), timeout: 120_000 };

/** A process on the database at `databaseUrl`, and a till that has taken some payments there. */
async function load(t, databaseUrl) {
  const house = new House(t, databaseUrl);
  await house.operator(["migrate"]);
  await house.serve();
  await house.furnish({ count: 1 });
  const { merchant, payers } = house;
  const till = new Till({ merchant, payers, random: numbers(), walletUrls: () => house.urls(), name: `LIE-${seed}` });
  till.open();
  await till.more(30);
  return { house, till };
}

/** The proof fails, and says `words`. */
const fails = (till, words) => assert.rejects(till.prove(), words);

test("a database that acknowledges before it writes is noticed", options, async (t) => {
  const settings = { synchronous_commit: "off", autovacuum: "off", bgwriter_lru_maxpages: 0 };
  const cluster = await startCluster(t, { settings });
  await cluster.database();
  // The wallet demands durable commits of each connection: on the way there that becomes the opposite.
  const [honest, lying] = ["('synchronous_commit', 'on'", "('synchronous_commit','off'"];
  let lies = 0;
  const edit = (bytes) => {
    const place = bytes.indexOf(honest);
    if (place < 0) return bytes;
    lies += 1;
    return Buffer.concat([bytes.subarray(0, place), Buffer.from(lying), bytes.subarray(place + honest.length)]);
  };
  const proxy = await startProxy(t, cluster.port, { edit });
  const { till } = await load(t, cluster.url("wallet", { port: proxy.port }));
  // The process that would write what was acknowledged, a moment too late.
  signal(cluster.processes().find(({ title }) => title.includes("walwriter")).pid, "SIGSTOP");
  await till.more(30);
  await cluster.kill();
  await till.close();
  await cluster.start();
  assert.ok(lies > 0, "the wallet demands durable commits");
  await fails(till, /acknowledged payments are lost/);
});

test("a standby that lags behind is noticed", options, async (t) => {
  const primary = await startCluster(t);
  await primary.database();
  const proxy = await startProxy(t, primary.port);
  const standby = await primary.standby(t, { port: proxy.port });
  const hosts = `127.0.0.1:${primary.port},127.0.0.1:${standby.port}`;
  const { till } = await load(t, `postgres://mithaq@${hosts}/wallet?target_session_attrs=read-write`);
  proxy.stall();
  await till.more(30);
  await primary.kill();
  proxy.cut();
  await till.close();
  await standby.promote();
  await fails(till, /acknowledged payments are lost/);
});

test("a second payment for one request is noticed", options, async (t) => {
  const cluster = await startCluster(t);
  const { house, till } = await load(t, await cluster.database());
  await till.close();
  await till.settle();
  await house.verify();
  const [request] = till.acknowledged.keys();
  await cluster.sql(`UPDATE payments SET request_id = 'another' WHERE request_id = '${request}'`);
  await fails(till, /acknowledged payments are lost/);
  await till.settle([request]);
  assert.match(till.faults.join("\n"), /was paid twice/);
  assert.notEqual(await till.missing(), 0n, "and the payer's balance shows it");
});
