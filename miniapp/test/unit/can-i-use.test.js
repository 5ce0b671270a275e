// my.canIUse (jsapi.md 1.4): answered from the table that drives the parameter checks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectedPage } from "../support/page.js";

const YES = [
  "getAuthCode", "qicardSignContract", "signContract", "call", "SDKVersion", "canIUse", "getEnv",
  "getStorageSync", "getSystemInfoSync", "getAppIdSync", "httpRequest",
  "getAuthCode.return.authCode", "qicardSignContract.return.authCode", "getSystemInfo.return.brand",
  "confirm.callback.confirm", "alert.object.buttonText", "alert.object.success", "showToast.object.type.success",
  "request.object.dataType.base64", "request.return.statusCode", "tradePay", "tradePay.object.paymentUrl",
  "tradePay.object.tradeNO", "tradePay.return.resultCode", "paySignCenter", "paySignCenter.object.signStr",
  "paySignCenter.return.resultStatus", "scan.object.scanType.qrCode",
];

const NO = [
  "paysigncenter", "paySignCenter.object.signstr", "chooseImage", "noSuchApi", "my.alert", "getAuthCodeSync", "toString", "constructor", "",
  "getAuthCode.return.accessToken", "tradePay.object.tradeNo", "alert.object.icon", "showToast.object.type.party", "alert.object.buttonText.x.y",
  "button.open-type.share", "lifestyle", "call.object.x", "alert.other", "alert.return.x",
];

for (const schema of YES) test(`canIUse("${schema}") is true`, () => assert.equal(connectedPage().my.canIUse(schema), true));
for (const schema of NO) test(`canIUse("${schema}") is false`, () => assert.equal(connectedPage().my.canIUse(schema), false));

test("canIUse of something that is no text is false", () => {
  const { my } = connectedPage();
  for (const value of [undefined, null, 7, {}, ["alert"]]) assert.equal(my.canIUse(value), false);
});

test("canIUse follows the simulated base library", () => {
  const { my } = connectedPage({}, { sdkVersion: "1.24.5" });
  assert.equal(my.canIUse("qicardSignContract"), false);
  assert.equal(my.canIUse("qicardSignContract.object.authUrl"), false);
  assert.equal(my.canIUse("alert"), true);
});
