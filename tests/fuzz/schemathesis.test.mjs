// A fuzz run of the wallet's own OpenAPI document by schemathesis: no crash, no answer that the document does not
// describe, none without a valid signature, and the ledger still holds together. What schemathesis makes up is signed,
// and led to things that exist, by hooks.py.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { startWallet, temporaryFolder } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";

/** The program that `cargo xtask test schemathesis` has installed. */
const SCHEMATHESIS = process.env.SCHEMATHESIS;
const EXAMPLES = process.env.MITHAQ_LONG ? 1000 : 60;
const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
  "answer_is_signed",
];
const HERE = fileURLToPath(new URL(".", import.meta.url));

/** Runs it to its end in `folder`, where it may leave things. Answers its exit code and what it printed. */
async function run(walletUrl, folder, more = []) {
  const args = ["run", `${walletUrl}/openapi.json`, "--checks", CHECKS.join(",")];
  args.push("--phases", "examples,coverage,fuzzing", "--max-examples", String(EXAMPLES), "--continue-on-failure");
  args.push("--suppress-health-check", "all", "--generation-database", "none", "--warnings", "off", "--no-color");
  const env = { ...process.env, MITHAQ_WALLET: walletUrl, SCHEMATHESIS_HOOKS: "hooks", PYTHONPATH: HERE };
  const options = { env: { ...env, PYTHONDONTWRITEBYTECODE: "1", PYTHONIOENCODING: "utf-8" }, cwd: folder };
  const child = spawn(SCHEMATHESIS, [...args, ...more], { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  child.stdout.on("data", (chunk) => (printed += chunk));
  child.stderr.on("data", (chunk) => (printed += chunk));
  const [code] = await once(child, "close");
  return { code, printed };
}

/** Which codes each endpoint answered, from the lines that hooks.py prints: `answered PATH CODE COUNT`. */
function answered(printed) {
  const codes = new Map();
  for (const [, path, code] of printed.matchAll(/^answered (\S+) (\S+) \d+$/gm)) {
    codes.set(path, (codes.get(path) ?? new Set()).add(code));
  }
  return codes;
}

test("nothing that schemathesis makes up finds a crash or an undocumented answer", { timeout: 3_600_000 }, async (t) => {
  assert.ok(SCHEMATHESIS, "SCHEMATHESIS names no program: run this with `cargo xtask test schemathesis`");
  const wallet = await startWallet();
  t.after(() => wallet.stop());
  const document = await (await fetch(`${wallet.walletUrl}/openapi.json`)).json();
  const seed = process.env.SEED;
  const more = seed === undefined ? [] : ["--seed", seed];
  const { code, printed } = await run(wallet.walletUrl, temporaryFolder(t), more);
  assert.equal(code, 0, printed.slice(-20_000));

  const codes = answered(printed);
  for (const path of Object.keys(document.paths)) {
    const seen = [...(codes.get(path) ?? [])];
    t.diagnostic(`${path}: ${seen.join(" ")}`);
    assert.ok(seen.includes("SUCCESS"), `${path} never succeeded, so nothing behind its checks was tried: ${seen}`);
  }
  await new Sandbox(wallet).verifyLedger();
  assert.ok(!/panicked/.test(wallet.stderr()), wallet.stderr().slice(-5000));
});
