// What my.scan asks the browser for, and what it says of a code (qicard.md 10). The dialogs are seen in the browser tests.

import assert from "node:assert/strict";
import { test } from "node:test";
import { scanned, wantedFormats } from "../../shell/scan.js";

test("a page that does not say what it wants gets QR and bar codes", () => {
  for (const wish of [undefined, null, [], "none", ["noSuchCode", 7, "toString"]]) {
    assert.deepEqual(wantedFormats(wish), wantedFormats(["qrCode", "barCode"]), String(wish));
  }
  assert.deepEqual(wantedFormats("qrCode"), ["qr_code"]);
  assert.ok(wantedFormats(["barCode"]).includes("ean_13") && !wantedFormats(["barCode"]).includes("qr_code"));
});

test("a code is told in the members of both generations of the API", () => {
  const text = "http://localhost:7600/cashier?orderId=1 · صندوق";
  const qr = scanned({ text, format: "qr_code" });
  assert.deepEqual([qr.code, qr.qrCode, qr.barCode, qr.result, qr.codeContent], [text, text, "", text, text]);
  assert.deepEqual([qr.scanType, qr.codeType], ["QR_CODE", "QR_CODE"]);
  assert.equal(Buffer.from(qr.rawData, "base64").toString(), text);
  const bar = scanned({ text: "6291041500213", format: "ean_13" });
  assert.deepEqual([bar.qrCode, bar.barCode], ["", "6291041500213"]);
});
