// The declarations in types/ say what the bridge offers, no more and no less: names, parameters and results are held against
// `my` itself and against the table that drives its checks.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { connectedPage, plain } from "../support/page.js";

const miniapp = fileURLToPath(new URL("../../", import.meta.url));
const declared = readFileSync(join(miniapp, "types/my.d.ts"), "utf8");
const body = /export interface My \{\n([\s\S]*?)\n\}/.exec(declared)?.[1] ?? "";
const members = [...body.matchAll(/^ {2}(\w+)[(:<]/gm)].map(([, name]) => name);
const page = connectedPage();
/** @type {Record<string, {params: Record<string, string>, returns: string[]}>} */
const TABLE = new Function(`${readFileSync(join(miniapp, "bridge/src/table.js"), "utf8")}\nreturn TABLE;`)();

test("every name on my is declared, and every declared name is on my", () => {
  const offered = Object.keys(page.my).filter((name) => name !== "__hy_mounted__");
  assert.deepEqual([...new Set(members)].sort(), offered.sort());
  assert.ok(members.length > 90, String(members.length));
});

test("what is declared as not supported is what the bridge does not support", async () => {
  const refused = [...body.matchAll(/^ {2}(\w+): Unsupported;$/gm)].map(([, name]) => name);
  for (const name of members.filter((one) => typeof page.my[one] === "function" && !one.endsWith("Sync"))) {
    assert.equal(refused.includes(name), !page.my.canIUse(name) && !/^create/.test(name), name);
  }
  for (const name of refused) assert.equal((await page.my[name]({}).catch(plain)).error, 1, name);
  for (const [, name] of body.matchAll(/^ {2}(\w+): UnsupportedSync;$/gm)) assert.throws(() => page.my[name](), { error: 1 }, name);
});

test("every supported name says what it does", () => {
  const lines = body.split("\n");
  lines.forEach((line, index) => {
    const name = /^ {2}(\w+)[(:<]/.exec(line)?.[1];
    const isFirst = name && !lines.slice(0, index).some((other) => new RegExp(`^ {2}${name}[(:<]`).test(other));
    if (isFirst && !/: Unsupported/.test(line) && name !== "env") assert.match(lines[index - 1], /\*\/$/, name);
  });
});

test("parameters and results are those of the table", () => {
  const quoted = (/** @type {string[]} */ names) => names.map((name) => JSON.stringify(name)).join(" | ") || "never";
  const checks = Object.entries(TABLE).filter(([name]) => name !== "postMessage").map(([name, { params, returns }]) => `
    has<${quoted(Object.keys(params))}, keyof Options<"${name}">>();
    has<Read<"${name}">, ${quoted(Object.keys(params))}>();
    has<${quoted(returns)}, keyof Result<"${name}">>();
    has<keyof Result<"${name}">, ${quoted(returns)}>();`);
  const program = `
    import type { Callbacks, My } from ${JSON.stringify(join(miniapp, "types/my.js"))};
    declare function has<Part extends Whole, Whole>(): void;
    type Known = { [Name in keyof My]: My[Name] extends (options: infer Given, ...rest: any) => any ? NonNullable<Given> : never };
    type Options<Name extends keyof My> = Omit<Known[Name], keyof Callbacks<unknown>>;
    type Ignorable<Given> = { [Name in keyof Given]-?: unknown extends Given[Name] ? Name : never }[keyof Given];
    type Read<Name extends keyof My> = Exclude<keyof Options<Name>, Ignorable<Options<Name>>>;
    type Result<Name extends keyof My> = Known[Name] extends { success?(result: infer Given): void } ? Given : never;
    ${checks.join("")}`;
  const folder = mkdtempSync(join(tmpdir(), "mithaq-types-"));
  try {
    writeFileSync(join(folder, "table.ts"), program);
    const tsc = join(miniapp, "node_modules/typescript/bin/tsc");
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--types", "", "--ignoreConfig"];
    const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, join(folder, "table.ts")], { encoding: "utf8" });
    const wrong = stdout.split("\n").map((line) => /table\.ts\((\d+)/.exec(line)?.[1]).filter(Boolean);
    const lines = program.split("\n");
    assert.equal(status, 0, wrong.map((line) => lines[Number(line) - 1].trim()).join("\n") + "\n" + stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
