// What a database does to a wallet that is there and does not work, and what is asked of the wallet meanwhile.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { startCluster } from "./cluster.mjs";
import { House, isReady } from "./house.mjs";
import { startProxy } from "./proxy.mjs";
import { numbers, seed } from "./random.mjs";
import { startReceiver } from "./receiver.mjs";
import { eventually } from "./sandbox.mjs";
import { Till } from "./till.mjs";

/** Merchants wait no longer (spec: qicard). */
export const GIVE_UP_MS = 25_000;

/** A server, one process that reaches it through a network that can be made bad, a merchant and payers. */
export async function installation(t, options) {
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
  return { cluster, proxy, house, wallet };
}

/** An installation that all tests of a file share: answers how to get at it once they run. */
export function sharedInstallation() {
  const ends = [];
  let all;
  before(async () => {
    all = await installation({ after: (end) => ends.unshift(end) });
  });
  after(async () => {
    for (const end of ends) await end();
  });
  return () => all;
}

let tills = 0;

/** A new till of the installation, with a receiver of its own. */
export async function openTill(t, { house }) {
  const { merchant } = house;
  const receiver = await startReceiver(t, merchant);
  const payers = [];
  for (const payer of house.payers) payers.push({ ...payer, had: await payer.balance() });
  const name = `OUT-${seed}-${(tills += 1)}`;
  return new Till({ merchant, payers, receiver, random: numbers(seed + tills), walletUrls: () => house.urls(), name });
}

const unknown = (till) => Object.entries(till.answers).reduce((sum, [kind, count]) => sum + (kind.startsWith("U ") ? count : 0), 0);

/** Lines of the log since `from` that are warnings or errors. */
const complaints = (wallet, from) => wallet.stderr().slice(from).split("\n").filter((line) => /"(WARN|ERROR)"/.test(line));

/**
 * The load goes on while `cause` sets in; merchants hear that the outcome is unknown, /ready turns off (unless some
 * changes are still possible: `isPartial`), and the log says `words`. After `remedy` payments go through and /ready is on
 * again.
 */
export async function survive(t, all, { cause, remedy, words, isPartial = false }) {
  const { house, wallet } = all;
  const till = await openTill(t, all);
  till.open(8);
  await till.more(30);
  const log = wallet.stderr().length;
  const [told, begun] = [unknown(till), performance.now()];
  till.slowest = 0;
  await cause();
  if (!isPartial) await isReady(wallet, false);
  const off = isPartial ? "not looked at" : `off after ${Math.round(performance.now() - begun)} ms`;
  await eventually("callers hear that the outcome is unknown", () => unknown(till) >= told + 8, { timeoutMs: 60_000 });
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
  t.diagnostic(`/ready ${off}; slowest answer ${ms(slowest)}; payments again after ${ms(again)}, /ready on after ${ms(on)}`);
  t.diagnostic(`${acknowledged} acknowledged before the remedy; ${said} warnings and errors in the log; ${JSON.stringify(till.answers)}`);
  assert.ok(till.slowest < GIVE_UP_MS, `merchants are answered before they give up: ${ms(till.slowest)}`);
  assert.deepEqual([till.answers.ETIMEDOUT, till.answers.ECONNRESET], [undefined, undefined], "every call is answered");
  t.diagnostic(`everybody told after ${await till.prove({ toldMs: 180_000 })} ms`);
  await house.verify();
}
