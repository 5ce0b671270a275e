// What makes the wallet answer any call with each of the codes that all calls share (spec: qicard 12): `[answer, cause,
// act]`. An answer to somebody unknown is signed all the same.

import { generateKeyPairSync } from "node:crypto";
import { ONLINE } from "../support/orders.mjs";
import { exchange, now } from "../support/openapi.mjs";

const PAY = "/v1/payments/pay";

/** Sends an order as the demo merchant with something wrong about headers or method. */
async function wrongly({ desk }, { path = PAY, method = "POST", body = JSON.stringify(desk.body(ONLINE, 5)), headers, ...options }) {
  const { merchant } = desk;
  const all = { ...merchant.headers(path, body, options), ...headers };
  const answer = await exchange(merchant.walletUrl, { path, method, body, headers: all });
  const clientId = options.clientId ?? merchant.clientId;
  return merchant.check(path, answer, { method, clientId }).json;
}

export const COMMON_CODES = [
  ["F PARAM_ILLEGAL", "a body without a product", ({ desk }) => desk.send({})],
  ["F INVALID_API", "a path that no API has", (town) => wrongly(town, { path: "/v1/payments/payNow" })],
  ["F METHOD_NOT_SUPPORTED", "another method than POST", (town) => wrongly(town, { method: "PUT" })],
  ["F MEDIA_TYPE_NOT_ACCEPTABLE", "a body that says it is no JSON", (town) =>
    wrongly(town, { headers: { "Content-Type": "text/xml" } })],
  ["F MSG_PARSE_ERROR", "a body that is no JSON", (town) => wrongly(town, { body: "{" })],
  ["F INVALID_SIGNATURE", "the signature of another key", (town) =>
    wrongly(town, { key: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey })],
  ["F INVALID_SIGNATURE", "the signature of another body", async (town) => {
    const { merchant } = town.desk;
    const { Signature } = merchant.headers(PAY, "{}");
    return wrongly(town, { headers: { Signature } });
  }],
  ["F KEY_NOT_FOUND", "a key version that was never registered", (town) => wrongly(town, { keyVersion: 9 })],
  ["F INVALID_CLIENT", "a client that nobody knows", (town) => wrongly(town, { clientId: "2188999999999999" })],
  ["F INVALID_CLIENT_STATUS", "a client whom the operator has suspended", async (town) => {
    const desk = await town.newDesk();
    await town.sandbox.post(`clients/${desk.merchant.clientId}/status`, { status: "SUSPENDED" });
    return desk.send(desk.body(ONLINE, 5));
  }],
  ["F TIMESTAMP_INVALID", "a request that was signed ten minutes ago", (town) =>
    wrongly(town, { time: now(-10 * 60_000) })],
  ["F INVALID_AGENT_TOKEN", "a token of another wallet's agents", (town) =>
    wrongly(town, { headers: { "Agent-Token": "x" } })],
];
