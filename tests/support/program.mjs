// Starts and stops the real program, as a developer would from a terminal.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const BUILT = fileURLToPath(new URL("../../target/debug/mithaq", import.meta.url));
const READY_MS = 20_000;
const STOP_MS = 10_000;

/** Path of the program under test: what xtask built, or what a developer built by hand. */
export const binary = process.env.MITHAQ_BIN ?? BUILT;

/** Kills the processes whose ids it is told when its input ends, however the tests ended. */
const GUARD = `
while read -r id; do ids="$ids $id"; done
for id in $ids; do grep -qs mithaq "/proc/$id/cmdline" && kill -KILL "$id"; done`;
let guard;

/** A process that shall not outlive this one, even if this one is killed. */
function guarded(child) {
  if (guard === undefined) {
    guard = spawn("sh", ["-c", GUARD], { stdio: ["pipe", "ignore", "ignore"], detached: true });
    guard.unref();
    guard.stdin.unref();
  }
  guard.stdin.write(`${child.pid}\n`);
  return child;
}

/** A fresh folder that is removed when the test `t` ends. */
export function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), "mithaq-test-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the program to its end, with `input` to read. Answers `{code, signal, stdout, stderr}`. */
export async function runProgram(args, { timeoutMs = 60_000, env = {}, input = "", ...options } = {}) {
  const child = spawn(binary, args, { stdio: "pipe", env: { ...process.env, ...env }, ...options });
  const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  child.stdin.on("error", () => {}); // a program that does not read it may be gone
  child.stdin.end(input);
  const [code, signal] = await once(child, "close");
  clearTimeout(timer);
  return { code, signal, stdout, stderr };
}

/**
 * Starts the program and waits for its one line of JSON on standard output.
 * The answer holds that line's members, `stop()`, `kill()`, and everything printed so far.
 */
export async function launch(args, { env = {}, readyMs = READY_MS } = {}) {
  const child = guarded(spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } }));
  const lines = [];
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const closed = once(child, "close").then(([code, signal]) => ({ code, signal }));
  const reader = createInterface({ input: child.stdout });
  const first = new Promise((resolve) => reader.on("line", (line) => lines.push(line) === 1 && resolve(line)));

  const timer = setTimeout(() => child.kill("SIGKILL"), readyMs);
  const ended = closed.then(({ code, signal }) => {
    throw new Error(`the program ended before it was ready (${signal ?? `exit ${code}`}): ${stderr.slice(-2000)}`);
  });
  ended.catch(() => {});
  const line = await Promise.race([first, ended]);
  clearTimeout(timer);

  const end = async (signal) => {
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    child.kill(signal);
    const result = await closed;
    clearTimeout(late);
    return result;
  };
  return {
    ...JSON.parse(line),
    pid: child.pid,
    stdoutLines: lines,
    stderr: () => stderr,
    /** As Ctrl-C does. Answers `{code, signal}`; a program that does not stop in time is killed. */
    stop: (signal = "SIGINT") => end(signal),
    /** As a power cut does. */
    kill: () => end("SIGKILL"),
    /** Sends a signal and waits for nothing: SIGSTOP, SIGCONT. */
    signal: (signal) => child.kill(signal),
  };
}

/** Starts `mithaq dev` on free ports: with `dataDir` on that folder, else on a temporary one of the program's own. */
export function startWallet({ dataDir, args = [], env = {} } = {}) {
  const where = dataDir ? ["--data-dir", dataDir] : ["--ephemeral"];
  return launch(["dev", "--port", "0", "--json", ...where, ...args], { env });
}
