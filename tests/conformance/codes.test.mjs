// Every code of the protocol's tables, each brought about by what it stands for. The tables are written down here, from
// the documents; what no test can bring about is named, with the reason.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Merchant } from "../support/openapi.mjs";
import { Town, code } from "../support/orders.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";
import { COMMON_CODES } from "./code-cases-common.mjs";
import { HOLD_CODES } from "./code-cases-holds.mjs";
import { PAY } from "./code-cases-pay.mjs";
import { PEOPLE_CODES } from "./code-cases-people.mjs";
import { REFUND_CODES } from "./code-cases-refunds.mjs";

/** The rows of each call. */
const CASES = { "every call": COMMON_CODES, "payments/pay": PAY, ...PEOPLE_CODES };
for (const [name, rows] of Object.entries({ ...HOLD_CODES, ...REFUND_CODES })) CASES[`payments/${name}`] = rows;

const TOKEN = "F INVALID_ACCESS_TOKEN, F EXPIRED_ACCESS_TOKEN, F USER_NOT_EXIST, F USER_STATUS_ABNORMAL, F INVALID_AUTH_CLIENT";
const MESSAGE =
  "F INVALID_ACCESS_TOKEN, F INVALID_AUTH_CLIENT, F USER_STATUS_ERROR, F VERIFY_REQUEST_ID_INVALID, F TEMPLATE_NOT_EXIST, " +
  "F USER_NOT_SUBSCRIBED, F MESSAGE_SEND_EXCEED_LIMIT";

/** The tables: qicard.md 5 to 7 and 12, for messages openapi.md 3.19. `SUCCESS` is every call's. */
const TABLES = {
  "every call":
    "F PROCESS_FAIL, F PARAM_ILLEGAL, F INVALID_API, F ACCESS_DENIED, U UNKNOWN_EXCEPTION, U REQUEST_TRAFFIC_EXCEED_LIMIT, " +
    "F INVALID_SIGNATURE, F KEY_NOT_FOUND, F INVALID_CLIENT, F INVALID_CLIENT_STATUS",
  "authorizations/prepare":
    "S SUCCESS, U UNKNOWN_EXCEPTION, F INVALID_SCOPE, F PARAM_ILLEGAL, F INVALID_AUTH_CLIENT, F INVALID_AUTH_CLIENT_STATUS",
  "authorizations/applyToken":
    "S SUCCESS, F INVALID_CODE, F USED_CODE, F EXPIRED_CODE, F INVALID_REFRESH_TOKEN, F USED_REFRESH_TOKEN, " +
    "F EXPIRED_REFRESH_TOKEN, F INVALID_AUTH_CLIENT, F INVALID_AUTH_CLIENT_STATUS, F AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE, " +
    "F REFERENCE_CLIENT_ID_NOT_MATCH",
  "users/inquiryUserInfo": `S SUCCESS, ${TOKEN}`,
  "users/inquiryUserCardList": `S SUCCESS, ${TOKEN}`,
  "users/inquiryUserAccountList": `S SUCCESS, ${TOKEN}`,
  "merchants/inquiryMerchantInfo": `S SUCCESS, ${TOKEN}`,
  "payments/pay":
    "S SUCCESS, U UNKNOWN_EXCEPTION, U REQUEST_TRAFFIC_EXCEED_LIMIT, U PAYMENT_IN_PROCESS, A ACCEPT, F REPEAT_REQ_INCONSISTENT, " +
    "F PROCESS_FAIL, F INVALID_API, F PARAM_ILLEGAL, F ACCESS_DENIED, F PAYMENT_AMOUNT_EXCEED_LIMIT, " +
    "F USER_AMOUNT_EXCEED_LIMIT, F USER_NOT_EXIST, F USER_STATUS_ABNORMAL, F USER_BALANCE_NOT_ENOUGH, F PARTNER_NOT_EXIST, " +
    "F PARTNER_STATUS_ABNORMAL, F RISK_REJECT, F CURRENCY_NOT_SUPPORT, F ORDER_STATUS_INVALID, F INVALID_ACCESS_TOKEN, " +
    "F EXPIRED_ACCESS_TOKEN, F AUTH_CODE_ALREADY_USED, F INVALID_CODE",
  "payments/inquiryPayment": "S SUCCESS, F ORDER_NOT_EXIST",
  "payments/refund":
    "S SUCCESS, F ORDER_NOT_EXIST, F ORDER_STATUS_INVALID, F REFUND_AMOUNT_EXCEED, F REFUND_WINDOW_EXCEED, " +
    "F MERCHANT_BALANCE_NOT_ENOUGH, F REPEAT_REQ_INCONSISTENT, F CURRENCY_NOT_SUPPORT, U REFUND_IN_PROCESS",
  "payments/inquiryRefund": "S SUCCESS, F REFUND_NOT_EXIST",
  "payments/capture":
    "S SUCCESS, F AUTH_NOT_FOUND, F AUTH_EXPIRED, F AUTH_CANCELLED, F CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT, " +
    "F REPEAT_REQ_INCONSISTENT, U CAPTURE_IN_PROCESS",
  "payments/void":
    "S SUCCESS, F ORDER_NOT_EXIST, F ORDER_STATUS_INVALID, F ORDER_IS_FROZEN, F ORDER_UNSUPPORTED_OPERATION, F CURRENCY_NOT_SAME, " +
    "F AMOUNT_EXCEEDS_LIMIT, U MUTEX_OPERATION_IN_PROCESSING, F REPEAT_REQ_INCONSISTENT",
  "payments/cancel":
    "S SUCCESS, F ORDER_NOT_EXIST, F CANCEL_WINDOW_EXCEED, F ORDER_STATUS_INVALID, F MERCHANT_BALANCE_NOT_ENOUGH",
  "payments/merchantAccept":
    "S SUCCESS, F ORDER_UNSUPPORTED_OPERATION, F ORDER_STATUS_INVALID, F ORDER_NOT_EXIST, F ORDER_IS_FROZEN, " +
    "F ORDER_IS_MERCHANT_ACCEPTED",
  "messages/sendInbox": `S SUCCESS, ${MESSAGE}`,
  "messages/sendPush": `S SUCCESS, ${MESSAGE}`,
  "my.tradePay": "9000, 8000, 4000, 6001, 6002, 6004", // seed trade-pay-jsapi
};

/** What is brought about by another test, because it needs a wallet of its own: the file, which names the code. */
const ELSEWHERE = {
  "every call U REQUEST_TRAFFIC_EXCEED_LIMIT": "admission.test.mjs",
  "payments/pay U REQUEST_TRAFFIC_EXCEED_LIMIT": "admission.test.mjs",
  "every call U UNKNOWN_EXCEPTION": "serve.test.mjs",
  "authorizations/prepare U UNKNOWN_EXCEPTION": "serve.test.mjs",
  "payments/pay U UNKNOWN_EXCEPTION": "../crash/sqlite-disk.test.mjs",
  "payments/void F CURRENCY_NOT_SAME": "currencies.test.mjs",
};
for (const number of TABLES["my.tradePay"].split(", ")) ELSEWHERE[`my.tradePay ${number}`] = "../browser/trade-pay.test.mjs";

const NO_DELETION = "users are frozen, never deleted: whoever has a token exists";

/** What nothing brings about in this wallet, and why. */
const NEVER = {
  "payments/pay F USER_NOT_EXIST": `${NO_DELETION}; a buyer who is nobody here leaves the order to whoever pays it`,
  "users/inquiryUserInfo F USER_NOT_EXIST": NO_DELETION,
  "users/inquiryUserCardList F USER_NOT_EXIST": NO_DELETION,
  "users/inquiryUserAccountList F USER_NOT_EXIST": NO_DELETION,
  "merchants/inquiryMerchantInfo F USER_NOT_EXIST": NO_DELETION,
  "payments/pay F PARTNER_NOT_EXIST": "a client always has a merchant: who is unknown hears INVALID_CLIENT",
  "payments/refund U REFUND_IN_PROCESS": "a refund to a balance is done in the transaction that takes it from the merchant",
};

let wallet, town;
before(async () => {
  wallet = await startWallet();
  town = new Town(new Sandbox(wallet), Merchant.ofWallet(wallet));
});
after(() => wallet?.stop());

for (const [call, rows] of Object.entries(CASES)) {
  for (const [answer, cause, act] of rows) {
    test(`${call} answers ${answer}: ${cause}`, async () => {
      const json = await act(town);
      assert.equal(code(json), answer, JSON.stringify(json));
    });
  }
}

test("every code of the tables is brought about by a test, or it is said why not", () => {
  const produced = new Set(Object.entries(CASES).flatMap(([call, rows]) => rows.map(([answer]) => `${call} ${answer}`)));
  // What any call answers is every call's.
  for (const name of [...produced]) {
    if (/ F (PROCESS_FAIL|ACCESS_DENIED)$/.test(name)) produced.add(`every call ${name.split(" ").slice(-2).join(" ")}`);
  }
  const listed = Object.entries(TABLES).flatMap(([call, table]) => table.split(", ").map((answer) => `${call} ${answer}`));
  const missing = listed.filter((name) => !produced.has(name) && !(name in ELSEWHERE) && !(name in NEVER));
  assert.deepEqual(missing, [], "no test brings these about");
  const known = Object.keys(NEVER).filter((name) => produced.has(name) || !listed.includes(name));
  assert.deepEqual(known, [], "these are said to be impossible");
  for (const [name, file] of Object.entries(ELSEWHERE)) {
    const text = readFileSync(new URL(file, import.meta.url), "utf8");
    assert.ok(text.includes(name.split(" ").at(-1)), `${file} does not speak of ${name}`);
  }
});

test("the ledger holds together after all of that", () => town.sandbox.verifyLedger());
