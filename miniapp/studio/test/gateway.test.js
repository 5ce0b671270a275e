// Calls of the second dialect: their parameters and sums, the signed text in its parts, and two texts compared.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrowsOf } from "../arrows.js";
import { differencesOf } from "../compare.js";
import { canCurl } from "../curl.js";
import { gatewayAmount, gatewayParams, isGatewayCall, signedParams } from "../gateway.js";
import { call } from "./make.js";

const pay = (/** @type {unknown} */ content) =>
  call(1, 0, {
    title: "alipay.trade.pay",
    request: { method: "POST", path: "/gateway.do?method=alipay.trade.pay&timestamp=2026-01-05%2010%3A00%3A00", body: `biz_content=${encodeURIComponent(JSON.stringify(content))}` },
  });
const TEXT = "app_id=2021000000000001&biz_content={\"a\":\"x & y\",\"b\":\"1+2\"}&notify_url=https://m.example/n?x=1&y=2&sign_type=RSA2";

test("parameters are those of the query and of the body, decoded", () => {
  assert.deepEqual(gatewayParams(pay({ total_amount: "9.90" })), [
    ["method", "alipay.trade.pay"], ["timestamp", "2026-01-05 10:00:00"], ["biz_content", '{"total_amount":"9.90"}'],
  ]);
  assert.equal(gatewayParams(call(1, 0, { request: { path: "/gateway.do", body: "" } })), null);
});

test("sums are yuan with two decimals, never a float", () => {
  for (const [content, value] of /** @type {[object, string | undefined][]} */ ([
    [{ total_amount: "9.90" }, "990"], [{ total_amount: 9.9 }, "990"], [{ total_amount: "0.01" }, "1"], [{ total_amount: "100000000" }, "10000000000"],
    [{ refund_amount: "3.5", total_amount: "9.90" }, "350"], [{ total_amount: "1.234" }, undefined], [{}, undefined], [{ total_amount: {} }, undefined],
  ])) {
    assert.equal(gatewayAmount(pay(content))?.value, value, JSON.stringify(content));
  }
  assert.equal(arrowsOf([pay({ total_amount: "9.90" })])[0]?.amount?.currency, "CNY");
  assert.equal(gatewayAmount(call(1, 0, { request: { body: "total_amount=9.90" } })), null);
});

test("the gateway's calls and notices are known, and none is offered as a curl of the first dialect", () => {
  for (const title of ["alipay.trade.pay", "dut_user_sign", "trade_status_sync", "dut_deduct_fail"]) assert.equal(isGatewayCall(call(1, 0, { title })), true, title);
  assert.equal(isGatewayCall(call(1, 0)), false);
  assert.equal(canCurl(pay({})), false);
});

test("the signed text falls into parameters, and is whole when joined", () => {
  assert.equal(signedParams(TEXT).join("&"), TEXT);
  assert.equal(signedParams(TEXT)[1], 'biz_content={"a":"x & y","b":"1+2"}');
});

test("what differs is named by its parameter, with its usual cause", () => {
  assert.deepEqual(differencesOf(TEXT, TEXT), []);
  const kinds = (/** @type {string} */ mine) => differencesOf(TEXT, mine).map(({ kind, name }) => [kind, name]);
  assert.deepEqual(kinds(TEXT.replace("&sign_type=RSA2", "")), [["missing", "sign_type"]]);
  assert.deepEqual(kinds(`${TEXT}&sign=x`), [["extra", "sign"]]);
  assert.deepEqual(kinds(TEXT.replace("https://m.example/n?x=1", encodeURIComponent("https://m.example/n?x=1"))), [["encoded", "notify_url"]]);
  assert.deepEqual(kinds(TEXT.split("&").reverse().join("&")), [["order", ""]]);
  const lost = "app_id=1&b=1 2";
  assert.deepEqual(differencesOf(lost, "app_id=1&b=1+2"), [{ kind: "plus", name: "b", mine: "1+2", arrived: "1 2" }]);
});

test("a long value is shown from where it differs", () => {
  const value = "x".repeat(100);
  const [found] = differencesOf(`a=${value}A${value}`, `a=${value}B${value}`);
  assert.deepEqual([found?.kind, found?.mine], ["differs", `…${"x".repeat(8)}B${"x".repeat(39)}…`]);
});
