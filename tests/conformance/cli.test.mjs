// The program as a command: what it prints, how it stops, what it refuses, and what survives.

import assert from "node:assert/strict";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { test } from "node:test";
import { Merchant } from "../support/openapi.mjs";
import { runProgram, startWallet, temporaryFolder } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";

/** One line for people on standard error, a failure for scripts. */
function assertRefused({ code, stdout, stderr }, word) {
  assert.ok(code !== 0 && code !== null, `exit code ${code}`);
  assert.equal(stdout, "");
  const lines = stderr.trim().split("\n");
  assert.equal(lines.length, 1, `one clear line, not:\n${stderr}`);
  assert.match(lines[0], word);
}

/** The SQLite files of a data directory. */
const databases = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => /\.(db|sqlite3?)$/.test(path));

test("--json prints one line and nothing else, Ctrl-C ends it with success", async () => {
  const wallet = await startWallet();
  await new Sandbox(wallet).get("users");
  for (const url of [wallet.walletUrl, wallet.studioUrl, wallet.merchantUrl]) assert.ok(new URL(url).port > 0, url);
  assert.notEqual(new URL(wallet.walletUrl).host, new URL(wallet.merchantUrl).host, "the merchant is another origin");
  assert.match(readFileSync(wallet.merchantPrivateKey, "utf8"), /^-----BEGIN (RSA )?PRIVATE KEY-----/);
  assert.match(readFileSync(wallet.walletPublicKey, "utf8"), /^-----BEGIN PUBLIC KEY-----/);
  assert.deepEqual(
    wallet.users.map(({ phone, pin }) => [phone, pin]),
    [
      ["9647700000001", "111111"],
      ["9647700000002", "222222"],
      ["9647700000003", "333333"],
    ],
  );
  assert.deepEqual(await wallet.stop(), { code: 0, signal: null });
  assert.equal(wallet.stdoutLines.length, 1);
  assert.ok(!existsSync(wallet.merchantPrivateKey), "an ephemeral folder is gone afterwards");
});

test("it is ready in about a second", async () => {
  await (await startWallet()).stop();
  const begun = Date.now();
  const wallet = await startWallet();
  const took = Date.now() - begun;
  await wallet.stop();
  // An unoptimised build on a busy machine; the release build is measured in the README.
  assert.ok(took < 6000, `${took} ms`);
});

test("data survive a restart", async (t) => {
  const dataDir = temporaryFolder(t);
  const first = await startWallet({ dataDir });
  const merchant = Merchant.ofWallet(first);
  const { accessToken } = await new Sandbox(first).contract(merchant, first.users[0].userId);
  const { paymentId } = await merchant.pay(accessToken, 5000);
  const had = await new Sandbox(first).balance(first.users[0].userId);
  assert.equal((await first.stop()).code, 0);
  assert.deepEqual(readdirSync(dataDir).filter((name) => name.endsWith("-wal")), [], "all of it is in the database file");

  const second = await startWallet({ dataDir });
  t.after(() => second.stop());
  assert.equal(second.clientId, first.clientId);
  assert.deepEqual(second.users, first.users);
  const again = Merchant.ofWallet(second);
  const found = await again.succeed("/v1/payments/inquiryPayment", { paymentId });
  assert.equal(found.paymentStatus, "SUCCESS");
  assert.equal((await again.pay(accessToken, 1)).result.resultStatus, "S", "keys, tokens and contracts are the same");
  assert.equal(await new Sandbox(second).balance(first.users[0].userId), had - 1000n);
});

test("a taken port is one clear line", async (t) => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const { port } = server.address();
  assertRefused(await runProgram(["dev", "--ephemeral", "--port", String(port)]), new RegExp(`port ${port}`));
});

test("a data directory that is a file is one clear line", async (t) => {
  const file = join(temporaryFolder(t), "data");
  writeFileSync(file, "something else");
  assertRefused(await runProgram(["dev", "--port", "0", "--data-dir", file]), /data/);
  assert.equal(readFileSync(file, "utf8"), "something else", "nothing was damaged");
});

test("a database that is none is one clear line", async (t) => {
  const other = temporaryFolder(t);
  await (await startWallet({ dataDir: other })).stop();
  const dataDir = temporaryFolder(t);
  const database = join(dataDir, basename(databases(other)[0]));
  const rubbish = Buffer.alloc(8192, "not a database ");
  writeFileSync(database, rubbish);
  assertRefused(await runProgram(["dev", "--port", "0", "--data-dir", dataDir]), /database/i);
  assert.deepEqual(readFileSync(database), rubbish, "nothing was damaged");
});

test("a database made by a newer version is one clear line, and stays as it is", async (t) => {
  const dataDir = temporaryFolder(t);
  await (await startWallet({ dataDir })).stop();
  const file = openSync(databases(dataDir)[0], "r+");
  t.after(() => closeSync(file));
  const AT = 60; // user_version: a big-endian number of the file's header
  const own = Buffer.alloc(4);
  readSync(file, own, 0, 4, AT);
  const newer = Buffer.alloc(4);
  newer.writeUInt32BE(9999);
  writeSync(file, newer, 0, 4, AT);
  for (const command of [["dev", "--port", "0"], ["verify"]]) {
    assertRefused(await runProgram([...command, "--data-dir", dataDir]), /newer/);
  }
  const found = Buffer.alloc(4);
  readSync(file, found, 0, 4, AT);
  assert.deepEqual(found, newer, "it is still the newer version's");
  writeSync(file, own, 0, 4, AT);
  const report = await runProgram(["verify", "--data-dir", dataDir]);
  assert.equal(report.code, 0, `nothing was damaged: ${report.stdout}${report.stderr}`);
});

test("a data directory that cannot be made is one clear line", async () => {
  const nowhere = "/proc/mithaq-data"; // not even root can make folders there
  assertRefused(await runProgram(["dev", "--port", "0", "--data-dir", nowhere]), /mithaq-data/);
});

const asRoot = process.getuid() === 0 ? "root may read everything" : false;
test("an unreadable data directory is one clear line", { skip: asRoot }, async (t) => {
  const dataDir = join(temporaryFolder(t), "locked");
  mkdirSync(dataDir, { mode: 0o000 });
  assertRefused(await runProgram(["dev", "--port", "0", "--data-dir", dataDir]), /locked/);
});

test("two programs on one data directory: the second is refused with one clear line", async (t) => {
  const dataDir = temporaryFolder(t);
  const wallet = await startWallet({ dataDir });
  t.after(() => wallet.stop());
  assertRefused(await runProgram(["dev", "--port", "0", "--data-dir", dataDir], { timeoutMs: 15_000 }), /in use|running/);
});

test("verify prints what it checked", async (t) => {
  const dataDir = temporaryFolder(t);
  const wallet = await startWallet({ dataDir });
  const merchant = Merchant.ofWallet(wallet);
  const { accessToken } = await new Sandbox(wallet).contract(merchant, wallet.users[0].userId);
  await merchant.pay(accessToken, 5000);
  await wallet.stop();
  const good = await runProgram(["verify", "--data-dir", dataDir]);
  assert.equal(good.code, 0, good.stdout + good.stderr);
  assert.ok(good.stdout.trim().split("\n").length >= 4, good.stdout);
});

test("verify of a folder without a database is one clear line and makes none", async (t) => {
  const dataDir = temporaryFolder(t);
  assertRefused(await runProgram(["verify", "--data-dir", dataDir]), /database|no data/i);
  assert.deepEqual(readdirSync(dataDir), []);
});

test("--help and --version work, an unknown flag does not", async () => {
  assert.equal((await runProgram(["--help"])).code, 0);
  assert.match((await runProgram(["--version"])).stdout, /^mithaq \d+\.\d+\.\d+/);
  assert.notEqual((await runProgram(["dev", "--no-such-flag"])).code, 0);
});
