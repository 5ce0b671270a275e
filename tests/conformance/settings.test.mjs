// Settings of `mithaq serve`: where they come from, which one wins, and what is said of one that is wrong.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { startCluster, withoutPostgres } from "../support/cluster.mjs";
import { House } from "../support/house.mjs";
import { exchange } from "../support/openapi.mjs";
import { launch, runProgram, temporaryFolder } from "../support/program.mjs";
import { assertRefused } from "../support/refused.mjs";
import { eventually } from "../support/sandbox.mjs";

const skip = withoutPostgres();

test("a flag wins over the environment, and that over the file", { skip }, async (t) => {
  const cluster = await startCluster(t);
  const databaseUrl = await cluster.database();
  const folder = temporaryFolder(t);
  const config = join(folder, "mithaq.toml");
  writeFileSync(
    config,
    `database_url = "${databaseUrl}"
keys = "${join(folder, "keys")}"
listen = "127.0.0.1:0"
admin_listen = "127.0.0.1:0"
public_url = "https://file.example"
notify_allow = ["10.1.0.0/16", "fd00:1::/32"]

[policy]
zone = "Asia/Baghdad"
currencies = ["IQD", "USD"]
charge_ceiling = 1000000
day_ceiling = 5000000
`,
  );
  const originOf = async (args, env) => {
    const wallet = await launch(["serve", "--json", ...args], { env });
    t.after(() => wallet.kill());
    const { walletOrigin } = JSON.parse((await exchange(wallet.wallet, { method: "GET", path: "/app/v1/session" })).text);
    await wallet.stop();
    return walletOrigin;
  };
  const env = { MITHAQ_CONFIG: config };
  assert.equal(await originOf(["--config", config], {}), "https://file.example");
  assert.equal(await originOf([], { ...env, MITHAQ_PUBLIC_URL: "https://environment.example" }), "https://environment.example");
  const flag = ["--public-url", "https://flag.example/"];
  assert.equal(await originOf(flag, { ...env, MITHAQ_PUBLIC_URL: "https://environment.example" }), "https://flag.example");
});

test("the file's limits decide, and its gateway gets what users are told", { skip }, async (t) => {
  const cluster = await startCluster(t);
  const house = new House(t, await cluster.database());
  const told = [];
  const gateway = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    told.push({ authorization: request.headers.authorization, ...JSON.parse(Buffer.concat(chunks)) });
    response.end();
  }).listen(0, "127.0.0.1");
  await once(gateway, "listening");
  t.after(() => gateway.close().closeAllConnections());
  const [config, secret] = [join(house.folder, "mithaq.toml"), join(house.folder, "secret")];
  writeFileSync(secret, "word-of-the-gateway\n");
  writeFileSync(
    config,
    `messages_url = "http://127.0.0.1:${gateway.address().port}/messages"
messages_secret_file = "${secret}"
[policy]
charge_ceiling = 100
`,
  );
  const where = ["--config", config, "--database-url", house.databaseUrl, "--keys", house.keys];
  const ports = ["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--public-url", "https://wallet.example"];
  house.wallets.push(await launch(["serve", ...where, ...ports, "--json"]));
  await house.furnish({ count: 1 });
  const [{ phone, accessToken }] = house.payers;
  const tooMuch = await house.merchant.pay(accessToken, 101);
  assert.equal(`${tooMuch.result.resultStatus} ${tooMuch.result.resultCode}`, "F PAYMENT_AMOUNT_EXCEED_LIMIT");
  const { result, paymentId } = await house.merchant.pay(accessToken, 100);
  assert.equal(result.resultStatus, "S");
  await eventually("the user is told", () => told.some((message) => message.paymentId === paymentId));
  for (const { authorization, to } of told) assert.deepEqual([authorization, to], ["Bearer word-of-the-gateway", phone]);
});

test("what is wrong is one clear line that names it", async (t) => {
  const folder = temporaryFolder(t);
  const good = { "--database-url": "postgres://u:geheim@127.0.0.1/w", "--keys": folder, "--public-url": "https://a.example" };
  const refused = async (changed, words, { env, file } = {}) => {
    const config = join(folder, "mithaq.toml");
    const named = file === undefined ? {} : { "--config": config };
    if (file !== undefined) writeFileSync(config, file);
    const args = Object.entries({ ...good, ...named, ...changed }).flatMap(([flag, value]) => (value === null ? [] : [flag, value]));
    const outcome = await runProgram(["serve", ...args], { env, timeoutMs: 15_000 });
    assertRefused(outcome, words);
    assert.doesNotMatch(outcome.stderr, /geheim/, "the database's URL is never quoted");
  };
  await refused({ "--database-url": null }, ["database_url", "--database-url", "MITHAQ_DATABASE_URL"]);
  await refused({ "--keys": null }, ["keys", "--keys", "MITHAQ_KEYS"]);
  await refused({ "--public-url": null }, ["public_url", "--public-url", "MITHAQ_PUBLIC_URL"]);
  await refused({ "--listen": "here" }, ["--listen", '"here"']);
  await refused({ "--public-url": "https://a.example/wallet" }, ["--public-url", "without a path"]);
  await refused({ "--notify-allow": "10.0.0.0/33" }, ["--notify-allow", "10.0.0.0/33"]);
  await refused({ "--otlp-endpoint": "collector" }, ["--otlp-endpoint", "collector"]);
  await refused({ "--messages-url": "sms?key=geheim" }, ["--messages-url", "https://"]);
  const secret = { "--messages-secret-file": join(folder, "no-secret") };
  await refused({ "--messages-url": "https://sms.example", ...secret }, ["--messages-secret-file", "no-secret"]);
  await refused(secret, ["--messages-secret-file", "messages_url"]);
  await refused({}, ["MITHAQ_ADMIN_LISTEN", '"7690"'], { env: { MITHAQ_ADMIN_LISTEN: "7690" } });
  await refused({ "--config": join(folder, "nowhere.toml") }, ["nowhere.toml"]);
  await refused({}, ["mithaq.toml", "line 2", "databse_url"], { file: "\ndatabse_url = 'x'\n" });
  await refused({}, ["mithaq.toml", "line 1", "string"], { file: "listen = 7600\n" });
  await refused({}, ["listen in", "mithaq.toml", '"nowhere"'], { file: "listen = 'nowhere'\n" });
  await refused({}, ["mithaq.toml", "policy.zone", "Mars/Olympus"], { file: "[policy]\nzone = 'Mars/Olympus'\n" });
  await refused({}, ["mithaq.toml", "policy.currencies", "XYZ"], { file: "[policy]\ncurrencies = ['XYZ']\n" });
  await refused({}, ["mithaq.toml", "policy.day_ceiling", "0"], { file: "[policy]\nday_ceiling = 0\n" });
  const keys = join(folder, "broken");
  mkdirSync(keys);
  writeFileSync(join(keys, "wallet-key-1.pem"), "no key");
  await refused({ "--keys": keys, "--listen": "127.0.0.1:0", "--admin-listen": "127.0.0.1:0" }, ["wallet-key-1.pem"]);
});
