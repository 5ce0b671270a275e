// What the README tells a newcomer to paste works as it stands there.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";

/** The first bash block below a heading of a Markdown file. */
function script(file, heading) {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const section = text.split(`\n## ${heading}\n`)[1];
  assert.ok(section, `${file} has a section ${heading}`);
  return section.split("```bash\n")[1].split("```")[0];
}

/** Runs a script with bash, strictly. Answers its standard output. */
async function bash(text, env) {
  const child = spawn("bash", ["-euo", "pipefail"], { env: { ...process.env, ...env } });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  child.stdin.end(text);
  const [code] = await once(child, "close");
  assert.equal(code, 0, stderr + stdout);
  return stdout;
}

test("a first call: prepare, sign, applyToken, pay, inquiryPayment with openssl and curl", async (t) => {
  const wallet = await startWallet();
  t.after(() => wallet.stop());
  const sandbox = new Sandbox(wallet);
  const sara = sandbox.user("Sara").userId;
  const had = await sandbox.balance(sara);
  const printed = await bash(script("README.md", "A first call"), { WALLET: wallet.walletUrl });
  const [paid, found] = printed.trim().split("\n").map((line) => JSON.parse(line));
  assert.equal(paid.result.resultCode, "SUCCESS");
  assert.equal(found.result.resultCode, "SUCCESS");
  assert.equal(found.paymentStatus, "SUCCESS");
  assert.equal(found.paymentId, paid.paymentId);
  assert.equal(await sandbox.balance(sara), had - 5_000_000n);
});

test("the sandbox page's example works too", async (t) => {
  const wallet = await startWallet();
  t.after(() => wallet.stop());
  const example = script("docs/sandbox-api.md", "Example").replace(/^WALLET=.*$/m, "");
  const printed = await bash(example, { WALLET: wallet.walletUrl });
  assert.match(printed, /"ok":true/);
});

test("every endpoint that the sandbox page names is there", async (t) => {
  const wallet = await startWallet();
  t.after(() => wallet.stop());
  const page = readFileSync(new URL("../../docs/sandbox-api.md", import.meta.url), "utf8");
  const named = [...page.matchAll(/`(GET|POST) (\/sandbox\/v1\/[^\s`?]+)/g)].map(([, method, path]) => ({ method, path }));
  assert.ok(named.length >= 20, `${named.length} endpoints are named`);
  for (const { method, path } of named.filter(({ path }) => !path.includes("{") && !path.endsWith("/stream"))) {
    const body = method === "POST" ? "{}" : undefined;
    const { status } = await fetch(wallet.walletUrl + path, { method, body });
    assert.ok(method === "GET" ? status === 200 : status !== 404 && status < 500, `${method} ${path}: ${status}`);
  }
});
