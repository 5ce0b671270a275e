// What a process in production tells about itself: metrics, traces and logs say what happened, and none of them holds
// anything that must stay secret, at the lowest level of logging.

import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { AlipaySdk } from "alipay-sdk";
import { startCluster, withoutPostgres } from "../support/cluster.mjs";
import { House } from "../support/house.mjs";
import { exchange } from "../support/openapi.mjs";
import { Person } from "../support/person.mjs";
import { temporaryFolder } from "../support/program.mjs";
import { startReceiver } from "../support/receiver.mjs";
import { eventually } from "../support/sandbox.mjs";

const skip = withoutPostgres();
const PAY = "/v1/payments/pay";
const WRONG_PIN = "975312";

/** A server that keeps what it is sent and gives one answer: an OTLP collector, a gateway for messages. */
async function startKeeper(t, { status = 200, answer = "" } = {}) {
  const received = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ path: request.url, type: request.headers["content-type"], body: Buffer.concat(chunks).toString("latin1") });
    response.writeHead(status).end(answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, received };
}

test("metrics, traces and logs say what happened and hold no secret", { skip }, async (t) => {
  const cluster = await startCluster(t);
  const collector = await startKeeper(t);
  const gateway = await startKeeper(t, { status: 500, answer: "ANSWER-OF-GATEWAY" });
  const secretFile = join(temporaryFolder(t), "gateway-secret");
  writeFileSync(secretFile, "SECRET-OF-GATEWAY");
  await cluster.database();
  const databaseUrl = cluster.url().replace("@", ":PASSWORD-OF-DATABASE@");
  // Everything that can be logged is.
  Object.assign(process.env, {
    MITHAQ_LOG: "trace",
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: "100",
    MITHAQ_MESSAGES_URL: `${gateway.url}/?key=QUERY-OF-GATEWAY`,
    MITHAQ_MESSAGES_SECRET_FILE: secretFile,
  });
  const house = new House(t, databaseUrl);
  const wallet = await house.serve();
  await house.furnish({ count: 1 });
  const { merchant, payers: [payer] } = house;

  // A payment that is told to its merchant, who takes it the second time; and much that is refused.
  const receiver = await startReceiver(t, merchant, (n) => (n === 0 ? { status: 500, body: "ANSWER-OF-MERCHANT" } : {}));
  const charge = merchant.charge(payer.accessToken, 5, {
    paymentRequestId: "TOLD-1",
    paymentNotifyUrl: `${receiver.url}?key=QUERY-OF-NOTIFY-URL`,
    order: { orderDescription: "DESCRIPTION-OF-ORDER" },
  });
  await merchant.succeed(PAY, charge);
  await merchant.call(PAY, '{"note":"BODY-THAT-IS-REFUSED"}');
  await merchant.call(PAY, "BODY-THAT-IS-NO-JSON");
  await merchant.call(PAY, merchant.charge("TOKEN-THAT-IS-UNKNOWN", 5));
  await merchant.call("/v1/PATH-THAT-IS-UNKNOWN?x=QUERY-OF-CALL", "{}");
  await merchant.call("/v1/authorizations/applyToken", { grantType: "AUTHORIZATION_CODE", authCode: "CODE-THAT-IS-UNKNOWN" });
  await merchant.call("/v1/users/inquiryUserInfo", { accessToken: payer.accessToken });
  const app = ["--client", merchant.clientId, "--public-key", join(house.folder, "merchant.pem")];
  const alipay = new AlipaySdk({
    appId: (await house.operator(["gateway-app", "add", ...app])).appId,
    privateKey: merchant.privateKey.export({ type: "pkcs8", format: "pem" }),
    keyType: "PKCS8",
    gateway: `${wallet.wallet}/gateway.do`,
  });
  const code = { grantType: "authorization_code", code: "CODE-OF-GATEWAY-CALL" };
  assert.equal((await alipay.exec("alipay.system.oauth.token", code)).subCode, "isv.code-invalid");
  const query = "app_id=1&method=alipay.trade.pay&biz_content=CONTENT-OF-GATEWAY-CALL&sign=SIGN-OF-GATEWAY-CALL";
  await fetch(`${wallet.wallet}/gateway.do?${query}`);
  const person = new Person({ walletUrl: wallet.wallet, phone: payer.phone, pin: WRONG_PIN });
  await person.ask("/agreements/login", { method: "POST", form: { phone: person.phone, pin: person.pin } });
  await person.session();
  const { appId } = (await person.expect("/app/v1/apps"))[0];
  await assert.rejects(person.sign(appId, await merchant.prepare()));
  await eventually("the merchant is told", () => receiver.received.length > 0);
  const count = (line) => wallet.metric(line);
  await eventually("the gateway is told", () => gateway.received.length > 0);
  const failed = 'mithaq_deliveries_total{outcome="failed"}';
  await eventually("the attempt is counted", async () => (await wallet.metric(failed)) >= 1);
  await eventually("it has the lease", async () => (await wallet.metric('mithaq_lease_held{name="jobs"}')) === 1);
  const { text: metrics } = await exchange(wallet.admin, { method: "GET", path: "/metrics" });
  await wallet.stop();

  const logs = wallet.stderr();
  const traces = collector.received.map(({ body }) => body).join("\n");

  await t.test("logs are lines of JSON", () => {
    const lines = logs.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.ok(lines.every(({ timestamp, level, target, message }) => timestamp && level && target && message));
    const answered = lines.filter(({ message, endpoint }) => message === "openapi: answered" && endpoint === "payments/pay");
    assert.equal(answered[0]["client.id"], merchant.clientId);
    assert.equal(answered[0]["result.code"], "SUCCESS");
    assert.match(answered[0]["trace.id"], /^[0-9A-F]{16}$/);
  });

  await t.test("traces name every step of a payment", () => {
    assert.ok(collector.received.every(({ path, type }) => path === "/v1/traces" && type === "application/x-protobuf"));
    for (const word of ["mithaq", "payments/pay", merchant.clientId, "SUCCESS", "INVALID_ACCESS_TOKEN", "batch", "commit", "delivery"]) {
      assert.ok(traces.includes(word), `no span says ${word}`);
    }
  });

  await t.test("metrics count every call, every batch and every delivery", () => {
    const value = (line) => Number(metrics.split("\n").find((text) => text.startsWith(`${line} `))?.slice(line.length));
    assert.equal(value('mithaq_requests_total{endpoint="payments/pay",code="SUCCESS"}'), 1);
    assert.equal(value('mithaq_requests_total{endpoint="payments/pay",code="INVALID_ACCESS_TOKEN"}'), 1);
    assert.equal(value('mithaq_requests_total{endpoint="other",code="INVALID_API"}'), 1);
    assert.equal(value('mithaq_request_seconds_count{endpoint="payments/pay"}'), 4);
    assert.equal(value('mithaq_requests_total{endpoint="alipay.system.oauth.token",code="isv.code-invalid"}'), 1);
    assert.equal(value('mithaq_requests_total{endpoint="alipay.trade.pay",code="isv.invalid-app-id"}'), 1);
    assert.equal(value("mithaq_requests_in_flight"), 0);
    assert.equal(value("mithaq_signature_queue"), 0);
    assert.ok(value("mithaq_signature_seconds_count") >= 4);
    assert.ok(value("mithaq_commit_seconds_count") >= 1);
    assert.equal(value("mithaq_batch_commands_count"), value('mithaq_batches_total{outcome="committed"}'));
    for (const name of ["outbox_pending", "outbox_lag_seconds", "fold_pending", "fold_lag_seconds"]) {
      assert.ok(value(`mithaq_${name}`) >= 0, name);
    }
  });

  await t.test("none of them holds a secret", () => {
    const secrets = {
      "a phone number": payer.phone,
      "a PIN": "135790",
      "a wrong PIN": WRONG_PIN,
      "an access token": payer.accessToken,
      "a session": person.cookie.split("=")[1],
      "a form's token": person.csrf,
      "a signature": "algorithm=RSA256",
      "the database's password": "PASSWORD-OF-DATABASE",
      "what was bought": "DESCRIPTION-OF-ORDER",
      "a merchant's answer": "ANSWER-OF-MERCHANT",
      "a merchant's address": "QUERY-OF-NOTIFY-URL",
      "a refused body": "BODY-THAT-IS",
      "an unknown token": "TOKEN-THAT-IS-UNKNOWN",
      "an unknown code": "CODE-THAT-IS-UNKNOWN",
      "what a call of the gateway holds": "OF-GATEWAY-CALL",
      "an unknown path": "PATH-THAT-IS-UNKNOWN",
      "a query": "QUERY-OF-CALL",
      "a person's name": "Payer 1",
      "the gateway's secret": "SECRET-OF-GATEWAY",
      "the gateway's address": "QUERY-OF-GATEWAY",
      "the gateway's answer": "ANSWER-OF-GATEWAY",
    };
    for (const [where, text] of Object.entries({ logs, traces, metrics })) {
      for (const [what, secret] of Object.entries(secrets)) assert.ok(!text.includes(secret), `the ${where} hold ${what}`);
    }
  });
});
