// A signStr opened (spec/alipay-agreement.md 1.7): the seed's own, and the five classic mistakes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { mistakesIn, paramsOf, readSignStr } from "../signstr.js";

const SEED = readFileSync(new URL("../../test/support/seed-sign-str.txt", import.meta.url), "utf8").trim();
const SIGN = `${"Ab+/".repeat(85)}Abc=`;
const once = (/** @type {Record<string, string>} */ params) =>
  Object.entries(params).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
const RIGHT = { method: "alipay.user.agreement.page.sign", sign_type: "RSA2", timestamp: "2026-01-05 10:00:00", biz_content: '{"a":"会员 01"}', sign: SIGN };

test("the seed's string holds ten parameters", () => {
  const read = readSignStr(SEED);
  const params = new Map(read?.params);
  assert.equal(params.size, 10);
  assert.equal(params.get("timestamp"), "2017-06-27 14:44:00");
  assert.equal(params.get("app_id"), "2017060101317939");
  assert.equal(params.get("notify_url"), "http://api.test.alipay.net/atinterface/receive_notify.htm");
  assert.equal(JSON.parse(params.get("biz_content") ?? "").sign_scene, "INDUSTRY|CARRENTAL");
  assert.equal(atob(params.get("sign") ?? "").length, 128);
  assert.deepEqual(read?.mistakes, ["returnUrl"]);
});

test("a right one has no mistakes, and its values are whole", () => {
  assert.deepEqual(readSignStr(encodeURIComponent(once(RIGHT))), { params: Object.entries(RIGHT), mistakes: [] });
});

test("encoded once only, or once too often, is seen, and what it holds is shown all the same", () => {
  for (const [text, mistake] of [
    [once(RIGHT), "encodedOnce"],
    [encodeURIComponent(encodeURIComponent(once(RIGHT))), "encodedThrice"],
  ]) assert.deepEqual(readSignStr(String(text)), { params: Object.entries(RIGHT), mistakes: [mistake] });
});

test("a plus that became a space, a key of another length, and return_url are seen in the parameters", () => {
  const of = (/** @type {Partial<typeof RIGHT> & {return_url?: string}} */ more) => readSignStr(encodeURIComponent(once({ ...RIGHT, ...more })))?.mistakes;
  assert.deepEqual(of({ sign: SIGN.replaceAll("+", " ") }), ["plusLost"]);
  assert.deepEqual(of({ sign: "A".repeat(171) + "=" }), ["otherKey"]);
  assert.deepEqual(of({ sign: "A".repeat(171) + "=", sign_type: "RSA" }), []);
  assert.deepEqual(of({ return_url: "https://shop.example/done" }), ["returnUrl"]);
});

test("a signature that fits in form and not in fact is another key's, if nothing else explains it", () => {
  const right = encodeURIComponent(once(RIGHT));
  const refused = { valid: false, status: "isv.invalid-signature" };
  assert.deepEqual(mistakesIn(right, refused), ["otherKey"]);
  assert.deepEqual(mistakesIn(right, { valid: true, status: "opened" }), []);
  assert.deepEqual(mistakesIn(right, null), []);
  assert.deepEqual(mistakesIn(right, { valid: false, status: "isv.invalid-app-id" }), []);
  assert.deepEqual(mistakesIn(once(RIGHT), refused), ["encodedOnce"]);
  assert.deepEqual(mistakesIn(SEED, refused), ["otherKey", "returnUrl"]);
});

test("what cannot be decoded is nothing, and nothing throws", () => {
  assert.equal(readSignStr("%zz"), null);
  assert.equal(readSignStr(encodeURIComponent("a=%zz&b=1")), null);
  assert.deepEqual(readSignStr(""), { params: [], mistakes: [] });
  assert.equal(paramsOf("a=%"), null);
  assert.deepEqual(paramsOf("a=b=c&d&e=x+y"), [["a", "b=c"], ["d", ""], ["e", "x y"]]);
});
