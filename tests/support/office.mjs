// The operator's side of an installation: a database with tables and nothing in them, the commands run against it, and
// what a refusal must look like.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startCluster } from "./cluster.mjs";
import { runProgram, temporaryFolder } from "./program.mjs";

/** Refused for what it would do: one line on standard error, which says `words`; exit code 1. */
export function assertRefused({ code, stdout, stderr }, ...words) {
  assert.equal(code, 1, stderr + stdout);
  assert.equal(stdout, "");
  assert.equal(stderr.trim().split("\n").length, 1, `one clear line, not:\n${stderr}`);
  for (const word of words) assert.ok(stderr.includes(word), `${word} is missing in: ${stderr}`);
}

/** A key pair, its public half in a file of `folder`. */
export function keyPair(folder, name) {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const file = join(folder, name);
  writeFileSync(file, publicKey.export({ type: "spki", format: "pem" }));
  return { file, privateKey };
}

/** A database with tables and nothing in them, and its operator: `run` answers all, `json` the document it prints. */
export async function startOffice(t) {
  const cluster = await startCluster(t);
  const url = await cluster.database();
  const folder = temporaryFolder(t);
  const where = ["--database-url", url, "--keys", join(folder, "keys")];
  const run = (words, options) => runProgram([...words, ...where], options);
  const json = async (words, options) => {
    const { code, stdout, stderr } = await run([...words, "--json"], options);
    assert.equal(code, 0, `mithaq ${words.join(" ")}: ${stderr}`);
    assert.equal(stderr, "");
    assert.equal(stdout.trim().split("\n").length, 1, "one document");
    return JSON.parse(stdout);
  };
  const audit = (action) => cluster.sql(`SELECT actor, subject, detail FROM audit WHERE action = '${action}' ORDER BY id`);
  await json(["migrate"]);
  return { cluster, url, folder, run, json, audit };
}
