// How the program says that it cannot do what it is told: one line for people, an exit code for scripts.

import assert from "node:assert/strict";

/** Fails unless `outcome` (of `runProgram`) is exit code 1 and one line, beside those of the log, that holds `words`. */
export function assertRefused({ code, stdout, stderr }, words) {
  assert.equal(code, 1, stderr);
  assert.equal(stdout, "");
  const lines = stderr.trim().split("\n").filter((line) => !line.startsWith("{"));
  assert.equal(lines.length, 1, `one clear line, not:\n${stderr}`);
  for (const word of words) assert.ok(lines[0].includes(word), `${word} is missing in: ${lines[0]}`);
}
