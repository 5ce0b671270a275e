// `mithaq serve` as an operator runs it: what it prints, what it mounts, whom it refuses, how it waits for its database,
// and how it stops. What it tells about itself, and that no secret is in it, is telemetry.test.mjs; what it survives
// under load is tests/crash.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { startCluster, withoutPostgres } from "../support/cluster.mjs";
import { House, isReady } from "../support/house.mjs";
import { exchange } from "../support/openapi.mjs";
import { binary, runProgram, temporaryFolder } from "../support/program.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { assertRefused } from "../support/refused.mjs";
import { eventually } from "../support/sandbox.mjs";

const skip = withoutPostgres();
const get = (base, path) => exchange(base, { method: "GET", path, timeoutMs: 10_000 });

/** An address of loopback that nobody listens on. */
async function freeAddress() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

const freePorts = ["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"];
const origin = ["--public-url", "https://wallet.example"];

test("what a process shows and what it hides", { skip }, async (t) => {
  const cluster = await startCluster(t);
  const house = new House(t, await cluster.database());
  const wallet = await house.serve();

  await t.test("it prints one line when it is ready, with the addresses it listens on", () => {
    const { mithaq, wallet: address, admin, pid } = JSON.parse(wallet.stdoutLines[0]);
    assert.equal(mithaq, "ready");
    assert.equal(pid, wallet.pid);
    assert.ok(new URL(address).port > 0 && new URL(admin).port > 0 && address !== admin, wallet.stdoutLines[0]);
    assert.equal(wallet.stdoutLines.length, 1);
  });

  await t.test("nothing of the sandbox is mounted", async () => {
    const sandbox = ["users", "clock", "clients", "calls", "calls/stream", "session", "ledger/verify", "nothing"];
    for (const path of ["/studio", "/studio/studio.js", ...sandbox.map((name) => `/sandbox/v1/${name}`)]) {
      for (const method of ["GET", "POST"]) {
        const { status, text } = await exchange(wallet.wallet, { method, path, body: "" });
        assert.equal(status, 404, `${method} ${path}`);
        assert.doesNotMatch(text, /sandbox/i);
      }
    }
    for (const path of ["/", "/app?appId=shop"]) {
      const { status, text } = await get(wallet.wallet, path);
      assert.equal(status, 200, path);
      assert.doesNotMatch(text, /studio|sandbox/i, path);
    }
    assert.match((await get(wallet.wallet, "/bridge/v1.js")).text, /"https:\/\/wallet\.example"/);
  });

  await t.test("there are no demo users, clients and Mini Programs", async () => {
    assert.deepEqual(JSON.parse((await get(wallet.wallet, "/app/v1/apps")).text), []);
    assert.equal(await cluster.sql("SELECT count(*) FROM users"), "0");
    assert.equal(await cluster.sql("SELECT count(*) FROM clients"), "0");
  });

  await t.test("health and figures are on the operator's listener, and not on the wallet's", async () => {
    assert.equal((await get(wallet.admin, "/live")).status, 200);
    assert.equal((await get(wallet.admin, "/ready")).status, 200);
    const metrics = await get(wallet.admin, "/metrics");
    assert.equal(metrics.status, 200);
    assert.match(metrics.headers["content-type"], /^text\/plain; version=0\.0\.4/);
    assert.match(metrics.text, /^# TYPE mithaq_outbox_pending gauge$/m);
    for (const path of ["/live", "/ready", "/metrics"]) assert.equal((await get(wallet.wallet, path)).status, 404, path);
    assert.equal((await get(wallet.admin, "/v1/payments/pay")).status, 404);
  });

  await t.test("the session's cookie is for https where the wallet is", async () => {
    const { headers } = await get(wallet.wallet, "/app/v1/session");
    assert.match(headers["set-cookie"][0], /; HttpOnly; SameSite=Strict; Secure$/);
  });

  await t.test("a process with other keys is refused by the database of these", async () => {
    const keys = join(temporaryFolder(t), "other-keys");
    const words = ["serve", "--database-url", house.databaseUrl, "--keys", keys, ...freePorts, ...origin];
    assertRefused(await runProgram(words), ["master key", keys]);
  });

  await t.test("an address that somebody else has is one clear line that names the setting", async () => {
    const where = ["serve", "--database-url", house.databaseUrl, "--keys", house.keys, ...origin];
    const taken = [new URL(wallet.wallet).host, new URL(wallet.admin).host];
    const listen = await runProgram([...where, "--listen", taken[0], "--admin-listen", "127.0.0.1:0"]);
    assertRefused(listen, ["listen", taken[0], "taken"]);
    const admin = await runProgram([...where, "--listen", "127.0.0.1:0", "--admin-listen", taken[1]]);
    assertRefused(admin, ["admin_listen", taken[1], "taken"]);
  });

  await t.test("SIGTERM and Ctrl-C end it with success", async () => {
    const other = await house.serve();
    assert.deepEqual(await other.stop("SIGTERM"), { code: 0, signal: null });
    assert.deepEqual(await wallet.stop("SIGINT"), { code: 0, signal: null });
    assert.equal(await cluster.sql("SELECT count(*) FROM leases"), "0", "it gives back what it held");
  });
});

test("a database that is out of reach at the start is waited for", { skip }, async (t) => {
  const cluster = await startCluster(t);
  const databaseUrl = await cluster.database();
  await cluster.stop();
  const [listen, admin] = [await freeAddress(), await freeAddress()];
  const words = ["--database-url", databaseUrl, "--keys", join(temporaryFolder(t), "keys"), ...origin];
  const start = () => {
    const child = spawn(binary, ["serve", ...words, "--listen", listen, "--admin-listen", admin, "--json"], { stdio: "pipe" });
    t.after(() => child.kill("SIGKILL"));
    child.stderr.resume();
    return child;
  };
  const isUp = () => get(`http://${admin}`, "/live").then(({ status }) => status === 200, () => false);

  const impatient = start();
  await eventually("it lives", isUp);
  impatient.kill("SIGTERM");
  assert.deepEqual(await once(impatient, "close"), [0, null], "it can be stopped while it waits");

  const patient = start();
  const line = new Promise((resolve) => patient.stdout.once("data", (data) => resolve(String(data))));
  await eventually("it lives", isUp);
  const { status, text } = await get(`http://${admin}`, "/ready");
  assert.equal(status, 503);
  assert.match(JSON.parse(text).reason, /database is out of reach/);
  await assert.rejects(get(`http://${listen}`, "/"), /ECONNREFUSED/, "nobody is let in who could not be answered");
  await cluster.start();
  assert.equal(JSON.parse(await line).mithaq, "ready");
  assert.equal((await get(`http://${admin}`, "/ready")).status, 200);
  assert.equal((await get(`http://${listen}`, "/app?appId=shop")).status, 200);
});

test("a database that is not this program's is one clear line", { skip }, async (t) => {
  const cluster = await startCluster(t);
  const keys = join(temporaryFolder(t), "keys");
  const serve = (url) => runProgram(["serve", "--database-url", url, "--keys", keys, ...freePorts, ...origin]);
  const foreign = await cluster.database("somebody");
  await cluster.sql("CREATE TABLE letters (letter TEXT)", "somebody");
  assertRefused(await serve(foreign), ["tables that are not mithaq's"]);
  const newer = await cluster.database("newer");
  const { code, stderr } = await runProgram(["migrate", "--database-url", newer]);
  assert.equal(code, 0, stderr);
  await cluster.sql("UPDATE meta SET value = '9999' WHERE name = 'schema'", "newer");
  assertRefused(await serve(newer), ["newer version", "9999"]);
});

test("readiness follows the database, and merchants hear at once that an outcome is unknown", { skip }, async (t) => {
  const cluster = await startCluster(t);
  const house = new House(t, await cluster.database());
  const wallet = await house.serve();
  await house.furnish({ count: 1 });
  const [{ accessToken }] = house.payers;
  const timed = async (call) => {
    const begun = performance.now();
    return { answer: await call(), took: performance.now() - begun };
  };

  await t.test("a server that is gone", async () => {
    await cluster.stop("immediate");
    const { took } = await timed(() => isReady(wallet, false));
    assert.ok(took < 2_500, `/ready was off after ${took} ms`);
    const reason = JSON.parse((await wallet.ready()).text);
    assert.deepEqual(reason, { ready: false, reason: "the database is out of reach" });
    assert.equal((await get(wallet.admin, "/live")).status, 200, "it lives");
    const call = await timed(() => house.merchant.pay(accessToken, 1));
    assert.equal(`${call.answer.result.resultStatus} ${call.answer.result.resultCode}`, "U UNKNOWN_EXCEPTION");
    assert.ok(call.took < 5_000, `${call.took} ms`);
    assert.equal((await get(wallet.wallet, "/app/v1/session")).status, 503);
    await cluster.start();
    await isReady(wallet, true, { timeoutMs: 5_000 });
    assert.equal((await house.merchant.pay(accessToken, 1)).result.resultStatus, "S");
  });

  await t.test("a server that stands still", async () => {
    await cluster.pause();
    const { took } = await timed(() => isReady(wallet, false));
    assert.ok(took < 2_500, `/ready was off after ${took} ms`);
    const call = await timed(() => house.merchant.pay(accessToken, 1));
    assert.equal(call.answer.result.resultStatus, "U");
    assert.ok(call.took < 25_000, `${call.took} ms`);
    await cluster.resume();
    await isReady(wallet, true, { timeoutMs: 15_000 });
    await eventually("payments go on", async () => (await house.merchant.pay(accessToken, 1)).result.resultStatus === "S");
  });

  await t.test("a server that takes no changes", async () => {
    const set = async (value) => {
      cluster.configure({ default_transaction_read_only: value });
      await cluster.reload();
    };
    await set("on");
    const { took } = await timed(() => isReady(wallet, false));
    assert.ok(took < 2_500, `/ready was off after ${took} ms`);
    await set("off");
    await isReady(wallet, true, { timeoutMs: 5_000 });
  });
});

test("a stop finishes what was accepted", { skip }, async (t) => {
  const cluster = await startCluster(t);
  const house = new House(t, await cluster.database());
  const wallet = await house.serve();
  const receiver = await house.furnish({ count: 1 }).then(() => startReceiver(t, house.merchant));
  const [{ accessToken }] = house.payers;
  await cluster.pause();
  const charge = house.merchant.charge(accessToken, 5, { paymentNotifyUrl: receiver.url });
  const answer = house.merchant.call("/v1/payments/pay", charge);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const stopped = wallet.stop("SIGTERM");
  await eventually("it says that it stops", async () => /stopping/.test((await wallet.ready()).text));
  assert.equal((await wallet.ready()).status, 503);
  assert.equal((await get(wallet.admin, "/live")).status, 200);
  await assert.rejects(fetch(`${wallet.wallet}/app`), "nobody new is let in");
  await cluster.resume();
  assert.equal((await answer).result.resultStatus, "S");
  assert.deepEqual(await stopped, { code: 0, signal: null });

  await t.test("and what it could not deliver any more, the next process does", async () => {
    await house.serve();
    await eventually("the notification arrives", () => receiver.received.length > 0, { timeoutMs: 30_000 });
    assert.equal(receiver.received[0].json.paymentRequestId, charge.paymentRequestId);
    await house.verify();
  });
});

test("a stop ends also while the database stands still, and at once when it is asked for twice", { skip }, async (t) => {
  const cluster = await startCluster(t);
  const house = new House(t, await cluster.database());
  const [one, other] = [await house.serve(), await house.serve()];
  await cluster.pause();
  const asked = get(other.wallet, "/app/v1/session").catch(() => {});
  await isReady(other, false);
  assert.deepEqual(await one.stop("SIGTERM"), { code: 0, signal: null });
  const stopped = other.stop("SIGTERM");
  await eventually("it says that it stops", async () => /stopping/.test((await other.ready()).text));
  other.signal("SIGINT");
  assert.equal((await stopped).code, 1);
  await asked;
});

test("several processes are one wallet", { skip }, async (t) => {
  const cluster = await startCluster(t);
  const house = new House(t, await cluster.database());
  const [one, other] = await Promise.all([house.serve(), house.serve()]);
  await house.furnish({ count: 1 });
  const [{ accessToken }] = house.payers;
  const charge = house.merchant.charge(accessToken, 5);
  const first = await house.merchant.send("/v1/payments/pay", charge, { walletUrl: one.wallet });
  assert.equal(first.json.result.resultStatus, "S", first.text);
  const again = await house.merchant.send("/v1/payments/pay", charge, { walletUrl: other.wallet });
  assert.equal(again.text, first.text, "a request that comes to another process is the same request");
  const inquiry = { paymentRequestId: charge.paymentRequestId };
  const found = await house.merchant.send("/v1/payments/inquiryPayment", inquiry, { walletUrl: other.wallet });
  assert.equal(found.json.paymentStatus, "SUCCESS");
  await house.verify();
});
