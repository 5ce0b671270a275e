// Raw messages: laid out without changing a token, split into what was signed, turned into a shell script.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createVerify, generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { canCurl, curlOf, quoted } from "../curl.js";
import { laidOut } from "../json.js";
import { headerOf, partsOf } from "../signed.js";
import { call } from "./make.js";

/** @param {string} text */
const printed = (text) => (laidOut(text) ?? []).map((token) => token.text).join("");

test("JSON is laid out with two blanks a level", () => {
  assert.equal(
    printed('{"a":[1,{"b":null}],"c":{}}'),
    '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": {}\n}',
  );
});

test("numbers, escapes and key order stay as they were sent", () => {
  const sent = '{"z":20260101111212800100166820603167424,"a":"\\u0026 \\/ صندوق","n":1e5}';
  assert.equal(printed(sent).replace(/\n */g, "").replaceAll(": ", ":"), sent);
});

test("keys and texts are told apart, also when a text looks like a key", () => {
  const kinds = (laidOut('{"a":"a:","b":true}') ?? [])
    .filter(({ kind }) => kind !== "space" && kind !== "mark")
    .map(({ text, kind }) => [text, kind]);
  assert.deepEqual(kinds, [
    ['"a"', "key"],
    ['"a:"', "string"],
    ['"b"', "key"],
    ["true", "word"],
  ]);
});

test("what is no JSON is not laid out", () => {
  for (const text of ["", "a=b&c=d", "<html>", '{"a":1', "{'a':1}"]) assert.equal(laidOut(text), null);
});

test("the signed text falls into method and path, client and time, and body, and is whole when joined", () => {
  const text = 'POST /v1/payments/pay\n2188.2026-12-01T09:00:00.123+03:00.{"a":"b.c"}';
  const { line, prefix, body } = partsOf(text);
  assert.deepEqual(
    [line, prefix, body],
    ["POST /v1/payments/pay", "2188.2026-12-01T09:00:00.123+03:00.", '{"a":"b.c"}'],
  );
  assert.equal(`${line}\n${prefix}${body}`, text);
});

test("a signed text without a readable time is shown whole", () => {
  assert.deepEqual(partsOf("POST /v1/x\n2188.yesterday.{}"), {
    line: "POST /v1/x",
    prefix: "",
    body: "2188.yesterday.{}",
  });
  assert.deepEqual(partsOf(""), { line: "", prefix: "", body: "" });
});

test("a header is found whatever the case of its name", () => {
  assert.equal(headerOf({ "client-id": "1" }, "Client-Id"), "1");
  assert.equal(headerOf(undefined, "Client-Id"), undefined);
});

test("only what the merchant signed can be sent again from a shell", () => {
  assert.equal(canCurl(call(1, 0)), true);
  assert.equal(canCurl(call(1, 0, { kind: "notification", from: "wallet", to: "merchant" })), false);
  assert.equal(canCurl(call(1, 0, { request: null })), false);
});

test("a quoted text is one shell word, whatever it holds", () => {
  for (const text of ["", "a b", "it's", '$(id) `id` \\ "x"', "سطر\nآخر"]) {
    assert.equal(execFileSync("sh", ["-c", `printf %s ${quoted(text)}`], { encoding: "utf8" }), text);
  }
});

test("the script sends the very body with a signature that verifies, at the sandbox's time", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "studio-curl-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(join(folder, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  // Instead of curl: answers the clock, and keeps what it was asked to send.
  writeFileSync(
    join(folder, "curl"),
    `#!/bin/sh\ncase "$2" in */sandbox/v1/clock) printf '%s' '{"now":"2027-01-01T09:00:00+03:00","shifted":true}';; *) for arg; do printf '%s\\n--\\n' "$arg"; done > "${folder}/sent";; esac\n`,
  );
  chmodSync(join(folder, "curl"), 0o755);
  const body = `{"order":"Fresh Box, it's صندوق","value":"$5 \\\\ 100%"}`;
  const pay = call(1, 0, {
    title: "payments/pay",
    request: { method: "POST", path: "/v1/payments/pay", headers: { "client-id": "2188" }, body },
  });
  execFileSync("sh", ["-c", curlOf(pay, "http://localhost:7600")], {
    env: { ...process.env, PATH: folder + delimiter + process.env.PATH, KEY: join(folder, "key.pem") },
  });
  const sent = readFileSync(join(folder, "sent"), "utf8").split("\n--\n");
  assert.ok(sent.includes("http://localhost:7600/v1/payments/pay"));
  assert.ok(sent.includes(body));
  assert.ok(sent.includes("Request-Time: 2027-01-01T09:00:00+03:00"));
  const signature = sent.find((arg) => arg.startsWith("Signature: "))?.split("signature=")[1] ?? "";
  const text = `POST /v1/payments/pay\n2188.2027-01-01T09:00:00+03:00.${body}`;
  assert.ok(createVerify("sha256").update(text).verify(publicKey, signature, "base64"));
});
