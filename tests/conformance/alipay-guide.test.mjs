// What docs/periodic-deduction.md tells developers to run works as it stands there, and prints what it says.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { binary, startWallet, temporaryFolder } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";

const GUIDE = readFileSync(new URL("../../docs/periodic-deduction.md", import.meta.url), "utf8");
const YEAR = fileURLToPath(new URL("../../examples/alipay-subscription/year.mjs", import.meta.url));
const SDK = new URL("../support/sdk-of-tests.mjs", import.meta.url).href;

let wallet, sandbox;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
});
after(() => wallet?.stop());

/** The first block of that language below a heading; without a heading, below the title. */
function block(heading, language) {
  const section = heading === undefined ? GUIDE : GUIDE.split(`\n## ${heading}\n`)[1];
  assert.ok(section, `the guide has a section ${heading}`);
  return section.split(`\`\`\`${language}\n`)[1].split("```")[0];
}

/** Runs a program to its end; what it printed. */
async function run(program, args, { input, env = {} } = {}) {
  const child = spawn(program, args, { env: { ...process.env, WALLET: wallet.walletUrl, ...env } });
  let printed = "";
  child.stdout.on("data", (chunk) => (printed += chunk));
  child.stderr.on("data", (chunk) => (printed += chunk));
  child.stdin.end(input ?? "");
  const [code] = await once(child, "close");
  assert.equal(code, 0, printed);
  return printed;
}

test("from a key to a deduction", async (t) => {
  const file = join(temporaryFolder(t), "first.mjs");
  writeFileSync(file, block("From a key to a deduction", "js"));
  const [signed, paid, early] = (await run(process.execPath, ["--import", SDK, file])).trim().split("\n");
  assert.match(signed, /^7000 \d{20}$/);
  assert.match(paid, /^10000 \d{30,}/);
  assert.match(early, /^40004 ACQ\.CYCLE_PAY_DATE_NOT_MATCH .*2030-01-31/);
  await sandbox.verifyLedger();
});

test("the sandbox's levers", async () => {
  const printed = await run("bash", ["-euo", "pipefail"], { input: block("In the sandbox", "bash") });
  assert.doesNotMatch(printed, /"error"/);
  assert.match(printed, /"walletDeducts":true/);
});

test("a year prints what the guide shows", { timeout: 120_000 }, async () => {
  const printed = await run(process.execPath, ["--import", SDK, YEAR], { env: { MITHAQ_BIN: binary } });
  // Trades have other numbers each time.
  const same = (text) => text.replaceAll(/trade \d+/g, "trade").trim();
  assert.equal(same(printed), same(GUIDE.split("```\n").find((part) => part.includes("The merchant deducts"))));
});
