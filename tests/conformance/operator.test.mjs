// The operator's commands as an operator runs them: what they print, what they change, what they refuse, and that nothing
// secret gets out. Clients, and what a running wallet makes of changes, are in operator-clients.test.mjs.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startCluster, withoutPostgres } from "../support/cluster.mjs";
import { assertRefused, startOffice } from "../support/office.mjs";
import { runProgram, temporaryFolder } from "../support/program.mjs";

const skip = withoutPostgres();
const PHONE = "9647700000001";

const addUser = (office, phone, more = []) =>
  office.json(["user", "add", "--phone", phone, "--name", "Sara Ali Hasan", ...more], { input: "135790\n" });

const deposit = (phone, minor, reference) => {
  const amount = ["--amount", String(minor), "--currency", "IQD", "--reference", reference];
  return ["user", "deposit", phone, ...amount];
};

test("migrate makes the tables once, however many run it at once", { skip }, async (t) => {
  const cluster = await startCluster(t);
  const url = await cluster.database();
  for (const words of [["verify"], ["user", "list"], ["client", "list"]]) {
    assertRefused(await runProgram([...words, "--database-url", url]), "mithaq migrate");
  }
  assert.equal(await cluster.sql("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"), "0");
  const migrate = () => runProgram(["migrate", "--database-url", url, "--json"]);
  for (const { code, stderr } of await Promise.all([migrate(), migrate(), migrate()])) assert.equal(code, 0, stderr);
  const { schema, changed } = JSON.parse((await migrate()).stdout);
  assert.ok(schema > 0);
  assert.equal(changed, false);
  await cluster.sql("UPDATE meta SET value = '9999' WHERE name = 'schema'");
  for (const words of [["migrate"], ["verify"], ["user", "list"]]) {
    assertRefused(await runProgram([...words, "--database-url", url]), "newer version", "9999");
  }
});

test("users", { skip }, async (t) => {
  const office = await startOffice(t);

  await t.test("a user is added, listed, frozen, restricted and thawed, with a line of the audit trail each", async () => {
    const added = await addUser(office, PHONE, ["--name-ar", "سارة علي حسن", "--language", "en-US"]);
    const { userId, ...rest } = added;
    assert.deepEqual(rest, {
      phone: PHONE,
      name: "Sara Ali Hasan",
      nameAr: "سارة علي حسن",
      language: "en-US",
      status: "ACTIVE",
      pinLockedUntil: null,
      balances: [{ currency: "IQD", value: "0" }],
    });
    assert.deepEqual(await office.json(["user", "list"]), [added]);
    assert.deepEqual(await office.json(["user", "list", "--phone", PHONE]), [added]);
    assert.equal((await office.json(["user", "freeze", PHONE])).status, "FROZEN");
    assert.deepEqual(await office.json(["user", "thaw", PHONE]), added);
    assert.equal((await office.json(["user", "restrict", PHONE])).status, "RESTRICTED");
    assert.deepEqual(await office.json(["user", "thaw", PHONE]), added);
    assert.equal(await office.audit("user.added"), `operator|user:${userId}|`);
    const lines = ["Frozen", "Active", "Restricted", "Active"].map((word) => `operator|user:${userId}|${word}`);
    assert.equal(await office.audit("user.set"), lines.join("\n"));
  });

  await t.test("a phone number has one user", async () => {
    const again = office.run(["user", "add", "--phone", PHONE, "--name", "Other"], { input: "111111" });
    assertRefused(await again, PHONE, "already");
    for (const words of [["freeze"], ["thaw"], ["reset-pin"]]) {
      assertRefused(await office.run(["user", ...words, "9647700000099"], { input: "111111" }), "9647700000099");
    }
  });

  await t.test("a PIN comes from standard input or a file, never from an argument, and is never repeated", async () => {
    const words = ["user", "add", "--phone", "9647700000002", "--name", "Omar"];
    for (const input of ["", "12345", "1234567", "secret", "135790 135790"]) {
      const refused = await office.run(words, { input });
      assertRefused(refused, "6 digits");
      assert.ok(input === "" || !refused.stderr.includes(input));
    }
    assert.equal((await office.run([...words, "--pin", "135790"])).code, 2, "there is no such flag");
    const file = join(office.folder, "pin");
    writeFileSync(file, "246801\n", { mode: 0o600 });
    await office.json([...words, "--pin-file", file]);
    assertRefused(await office.run([...words, "--pin-file", join(office.folder, "none")]), "none");
    const stored = await office.cluster.sql("SELECT body FROM users UNION ALL SELECT coalesce(detail, '') FROM audit");
    assert.doesNotMatch(stored, /135790|246801/);
  });

  await t.test("a new PIN takes the lock away", async () => {
    const lock = `UPDATE users SET body = jsonb_set(body::jsonb, '{pin_locked_until}', '"2099-01-01T00:00:00Z"')::text
                  WHERE phone = '${PHONE}'`;
    await office.cluster.sql(lock);
    assert.equal((await office.json(["user", "list", "--phone", PHONE]))[0].pinLockedUntil, "2099-01-01T00:00:00Z");
    const reset = await office.json(["user", "reset-pin", PHONE], { input: "111111\n" });
    assert.equal(reset.pinLockedUntil, null);
    assert.match(await office.audit("user.pin-reset"), /^operator\|user:\d+\|$/);
  });
});

test("deposits", { skip }, async (t) => {
  const office = await startOffice(t);
  const { userId } = await addUser(office, PHONE);
  const balance = async () => (await office.json(["user", "list", "--phone", PHONE]))[0].balances[0].value;

  await t.test("a deposit is booked, told to the user, and on the record", async () => {
    const { at, transactionId, ...made } = await office.json(deposit(PHONE, 5_000_000, "bank 17"));
    const amount = { currency: "IQD", value: "5000000" };
    const expected = { reference: "bank 17", userId, phone: PHONE, amount, balance: amount, repeated: false };
    assert.deepEqual(made, expected);
    assert.ok(Math.abs(Date.parse(at) - Date.now()) < 60_000, at);
    const booked = `SELECT account, minor FROM postings WHERE transaction_id = '${transactionId}' ORDER BY minor`;
    assert.equal(await office.cluster.sql(booked), `world:IQD|-5000000\nuser:${userId}:IQD|5000000`);
    assert.equal(await office.cluster.sql(`SELECT count(*) FROM inbox WHERE user_id = '${userId}'`), "1");
    assert.equal(await office.audit("user.deposited"), `operator|user:${userId}|5,000 IQD, reference bank 17`);
  });

  await t.test("a reference is one deposit, however often and however many at once", async () => {
    const again = await office.json(deposit(PHONE, 5_000_000, "bank 17"));
    assert.deepEqual([again.repeated, again.balance.value], [true, "5000000"]);
    const many = Array.from({ length: 6 }, () => office.json(deposit(PHONE, 1_000, "bank 18")));
    const answers = await Promise.all(many);
    assert.equal(answers.filter(({ repeated }) => !repeated).length, 1);
    assert.deepEqual(new Set(answers.map(({ transactionId }) => transactionId)).size, 1);
    assert.equal(await balance(), "5001000");
  });

  await t.test("what is no deposit is refused and moves nothing", async () => {
    assertRefused(await office.run(deposit(PHONE, 5_000_001, "bank 17")), "bank 17", "another deposit");
    assertRefused(await office.run(deposit("9647700000099", 5, "bank 19")), "9647700000099");
    const dollars = ["user", "deposit", PHONE, "--amount", "5", "--currency", "USD", "--reference", "bank 19"];
    assertRefused(await office.run(dollars), "USD", "IQD");
    for (const [minor, reference] of [["0", "x"], ["-5", "x"], ["1.5", "x"], ["5", ""], ["5", "a\nb"]]) {
      const { code, stdout } = await office.run(deposit(PHONE, minor, reference));
      assert.deepEqual([code, stdout], [2, ""], `${minor} ${JSON.stringify(reference)}`);
    }
    assert.equal(await balance(), "5001000");
    assert.equal(await office.cluster.sql("SELECT count(*) FROM deposits"), "2");
  });

  await t.test("verify proves the books and finds a deposit that was tampered with", async () => {
    const report = await office.json(["verify"]);
    assert.equal(report.ok, true);
    await office.cluster.sql("UPDATE deposits SET minor = minor + 1 WHERE reference = 'bank 17'");
    const { code, stdout } = await office.run(["verify", "--json"]);
    assert.equal(code, 1);
    const broken = JSON.parse(stdout).checked.filter(({ ok }) => !ok);
    assert.deepEqual(broken.map(({ detail }) => detail), ["bank 17"]);
  });
});

test("the wallet's keys", async (t) => {
  const folder = join(temporaryFolder(t), "keys");
  const run = (words) => runProgram(["keys", ...words, "--keys", folder]);
  const json = async (words) => JSON.parse((await run([...words, "--json"])).stdout);
  for (const words of [["list"], ["export"], ["rotate", "--prepare"]]) assertRefused(await run(words), folder, "rotate");

  assert.equal((await json(["rotate"])).version, 1);
  assert.deepEqual(readdirSync(folder).sort(), ["master.key", "wallet-key-1.pem"]);
  for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name);
  const master = readFileSync(join(folder, "master.key"), "utf8");

  const prepared = await json(["rotate", "--prepare"]);
  assert.deepEqual([prepared.version, prepared.state], [2, "PREPARED"]);
  assert.deepEqual(await json(["rotate", "--prepare"]), prepared, "what was handed out stays");
  assert.deepEqual((await json(["list"])).map(({ state }) => state), ["SIGNING", "PREPARED"]);
  const { publicKeyPem } = await json(["export", "--key-version", "2"]);
  assert.equal((await run(["export", "--key-version", "2"])).stdout.trim(), publicKeyPem.trim());

  assert.equal((await json(["rotate"])).fingerprint, prepared.fingerprint, "the prepared key is the one that signs");
  assert.deepEqual((await json(["list"])).map(({ state }) => state), ["KEPT", "SIGNING"]);
  assert.equal((await json(["export"])).publicKeyPem, publicKeyPem);
  assert.equal(readFileSync(join(folder, "master.key"), "utf8"), master, "the master key stays");
  assertRefused(await run(["export", "--key-version", "9"]), "keys list");
  for (const { stdout } of await Promise.all([run(["list"]), run(["export"]), run(["list", "--json"])])) {
    assert.doesNotMatch(stdout, /PRIVATE/);
  }
});

test("a database that cannot be used is one line that quotes no password", async (t) => {
  const url = "postgres://wallet:pa55word@127.0.0.1:1/wallet";
  for (const words of [["migrate"], ["user", "list"], ["verify"], ["client", "list"]]) {
    const refused = await runProgram([...words, "--database-url", url]);
    assertRefused(refused, "out of reach", "refused");
    assert.doesNotMatch(refused.stderr, /pa55word/);
  }
  for (const wrong of [`${url}?sslmode=sometimes`, `${url}?sslmode=verify-full&sslrootcert=/nowhere`, "pa55word"]) {
    const refused = await runProgram(["user", "list", "--database-url", wrong]);
    assertRefused(refused);
    assert.doesNotMatch(refused.stderr, /pa55word/);
  }
  assertRefused(await runProgram(["user", "list"], { env: { MITHAQ_DATABASE_URL: "" } }), "--database-url");
  const file = join(temporaryFolder(t), "mithaq.toml");
  writeFileSync(file, `database_url = "${url}"\n`);
  assertRefused(await runProgram(["user", "list", "--config", file]), "out of reach");
});
