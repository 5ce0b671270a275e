// Which addresses the shell opens (jsapi.md 6.2).

import assert from "node:assert/strict";
import { test } from "node:test";
import { isAuthorizationUrl, isCashierUrl, walletPageUrl } from "../../shell/addresses.js";

const dev = { walletOrigin: "http://localhost:7600", sandbox: true };
const live = { walletOrigin: "https://wallet.example.iq", sandbox: false };

test("the wallet's authorization page opens, at both its paths", () => {
  assert.equal(isAuthorizationUrl("https://wallet.example.iq/authorize?authId=A1", live), true);
  assert.equal(isAuthorizationUrl("https://wallet.example.iq?authId=A1", live), true);
  assert.equal(isAuthorizationUrl("https://wallet.example.iq:443/?authId=A1&other=2#x", live), true);
  assert.equal(isAuthorizationUrl("http://localhost:7600/authorize?authId=A1", dev), true);
});

test("plain http opens only in the sandbox and only on this machine", () => {
  assert.equal(isAuthorizationUrl("http://localhost:7600/authorize?authId=A1", { ...dev, sandbox: false }), false);
  const lan = { walletOrigin: "http://192.168.1.5:7600", sandbox: true };
  assert.equal(isAuthorizationUrl("http://192.168.1.5:7600/authorize?authId=A1", lan), false);
});

test("anything else does not", () => {
  for (const url of [
    undefined, null, 7, {}, "", "authorize?authId=A1", "//wallet.example.iq/authorize?authId=A1", "javascript:alert(1)",
    "http://wallet.example.iq/authorize?authId=A1", "https://wallet.example.iq.evil.example/authorize?authId=A1",
    "https://evil.example/https://wallet.example.iq/authorize?authId=A1", "https://wallet.example.iq:8443/authorize?authId=A1",
    "https://a@wallet.example.iq/authorize?authId=A1", "https://:b@wallet.example.iq/authorize?authId=A1",
    "https://wallet.example.iq/authorize/?authId=A1", "https://wallet.example.iq/consent?authId=A1", "https://wallet.example.iq/AUTHORIZE?authId=A1",
    "https://wallet.example.iq/authorize", "https://wallet.example.iq/authorize?authId=", "https://wallet.example.iq/authorize?authId=1&authId=2",
    "blob:https://wallet.example.iq/authorize?authId=A1", `https://wallet.example.iq/authorize?authId=${"x".repeat(256)}`,
  ]) assert.equal(isAuthorizationUrl(url, live), false, String(url));
});

test("the wallet's cashier opens by its order or by its trade number, and not by both", () => {
  const url = "https://wallet.example.iq/cashier";
  for (const query of ["?orderId=A1", "?tradeNo=2026", "?orderId=A1&more=1#x", `?orderId=A1&more=${"x".repeat(970)}`]) {
    assert.equal(isCashierUrl(url + query, live), true, query);
  }
  assert.equal(isCashierUrl("http://localhost:7600/cashier?orderId=A1", dev), true);
  for (const query of ["", "?orderId=", "?orderId=1&orderId=2", "?orderId=1&tradeNo=2", "?orderId=1&orderId=", "?authId=A1", "/?orderId=1",
    `?orderId=A1&more=${"x".repeat(1024)}`]) {
    assert.equal(isCashierUrl(url + query, live), false, query);
  }
});

test("a cashier of anybody else does not open, nor another page of ours", () => {
  for (const url of [
    undefined, 7, "", "cashier?orderId=A1", "/cashier?orderId=A1", "javascript:alert(1)", "http://wallet.example.iq/cashier?orderId=A1",
    "https://wallet.example.iq.evil.example/cashier?orderId=A1", "https://evil.example/cashier?orderId=A1",
    "https://wallet.example.iq:8443/cashier?orderId=A1", "https://a@wallet.example.iq/cashier?orderId=A1",
    "https://wallet.example.iq/authorize?orderId=A1", "https://wallet.example.iq/?orderId=A1", "https://wallet.example.iq/CASHIER?orderId=A1",
    "blob:https://wallet.example.iq/cashier?orderId=A1",
  ]) assert.equal(isCashierUrl(url, live), false, String(url));
  assert.equal(isCashierUrl("http://localhost:7600/cashier?orderId=A1", { ...dev, sandbox: false }), false);
  assert.equal(isAuthorizationUrl("https://wallet.example.iq/cashier?authId=A1", live), false);
});

test("the server's page address must be one of this wallet's pages", () => {
  const { walletOrigin } = live;
  assert.equal(walletPageUrl("/authorize?authId=A&ix=1", walletOrigin), "https://wallet.example.iq/authorize?authId=A&ix=1");
  assert.equal(walletPageUrl("/consent?ix=1", walletOrigin), "https://wallet.example.iq/consent?ix=1");
  assert.equal(walletPageUrl("/cashier?orderId=1&ix=1", walletOrigin), "https://wallet.example.iq/cashier?orderId=1&ix=1");
  for (const url of ["//evil.example/authorize", "https://evil.example/consent", "/app", "javascript:alert(1)", "http://[", null]) {
    assert.equal(walletPageUrl(url, walletOrigin), null, String(url));
  }
});
