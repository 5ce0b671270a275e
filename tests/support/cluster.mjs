// PostgreSQL servers of our own: made for one test, reached on loopback or through a socket, gone with the test, also
// when the test itself is killed. They run as root's tests too: PostgreSQL is then given to another user.

import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { eventually } from "./sandbox.mjs";

const run = promisify(execFile);
const OWNER = "mithaq";
const START_MS = 60_000;

/** Ends the server whose data is in `$1` and removes the folders when its input ends, however the test ended. */
const GUARD = `
cat >/dev/null
read -r first <"$1/postmaster.pid" && grep -qs postgres "/proc/$first/cmdline" && kill -KILL "$first"
rm -rf "$@" || { sleep 1; rm -rf "$@"; }`;

/** The folder of the server's programs: the newest under /usr/lib/postgresql, else one of the path; else nothing. */
export function programs() {
  const packaged = "/usr/lib/postgresql";
  const versions = existsSync(packaged) ? readdirSync(packaged).sort((one, other) => other - one) : [];
  const folders = [...versions.map((version) => join(packaged, version, "bin")), ...(process.env.PATH ?? "").split(":")];
  const isComplete = (folder) => ["initdb", "postgres", "psql"].every((program) => existsSync(join(folder, program)));
  return folders.find(isComplete);
}

/**
 * For a test's option `skip`: false where there is PostgreSQL, else the line that says why the test is left out. With
 * MITHAQ_REQUIRE_POSTGRES=1 its absence is an error.
 */
export function withoutPostgres() {
  if (programs() !== undefined) return false;
  const line = "PostgreSQL is not installed (initdb, postgres and psql in /usr/lib/postgresql/*/bin or PATH)";
  assert.notEqual(process.env.MITHAQ_REQUIRE_POSTGRES, "1", line);
  return line;
}

/** Whom the server runs as: `{uid, gid}`, nothing unless this is root, whom it refuses. */
function somebody() {
  if (process.getuid() !== 0) return {};
  const id = (...words) => Number(execFileSync("id", words, { stdio: ["ignore", "pipe", "ignore"] }).toString());
  for (const user of ["postgres", "nobody"]) {
    try {
      return { uid: id("-u", user), gid: id("-g", user) };
    } catch {
      // There is no such user: the next one.
    }
  }
  throw new Error("no user but root to run PostgreSQL as");
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * A new server that runs, removed when the test `t` ends. `settings` are those of postgresql.conf; `initdb` are further
 * words for that program. `folder` is where its data shall be, an existing folder; without it, a temporary one.
 */
export async function startCluster(t, { settings = {}, initdb = [], folder } = {}) {
  const server = await Server.at(t, folder);
  const words = ["-D", server.data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", ...initdb];
  await run(join(server.bin, "initdb"), words, server.user);
  server.configure({ shared_buffers: "64MB", max_connections: 60, ...settings });
  await server.start();
  return server;
}

/** One server: a primary, or a standby of another. */
export class Server {
  /** A place for a server, without one. */
  static async at(t, folder) {
    const server = new Server();
    server.bin = programs();
    server.user = somebody();
    server.port = await freePort();
    server.home = mkdtempSync("/tmp/mithaq-pg-");
    server.data = folder === undefined ? join(server.home, "data") : join(folder, "data");
    mkdirSync(server.data, { mode: 0o700 });
    if (server.user.uid !== undefined) {
      for (const place of [server.home, server.data]) chownSync(place, server.user.uid, server.user.gid);
    }
    const places = [server.data, server.home];
    const guard = spawn("sh", ["-c", GUARD, "sh", ...places], { stdio: ["pipe", "ignore", "ignore"], detached: true });
    t.after(async () => {
      if (server.isRunning()) {
        await server.resume();
        await server.stop("immediate");
      }
      guard.stdin.end();
      await once(guard, "close");
    });
    return server;
  }

  /** Settings of postgresql.conf; a later one of the same name counts. They hold from the next start or `reload`. */
  configure(settings) {
    const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
    appendFileSync(join(this.data, "postgresql.conf"), lines.join(""));
  }

  /** Starts it and waits until it answers. */
  async start() {
    this.begin();
    await eventually(
      "PostgreSQL starts",
      async () => {
        assert.ok(this.isRunning(), `PostgreSQL ended:\n${this.log}`);
        return this.sql("SELECT 1", "postgres").then(() => true, () => false);
      },
      { timeoutMs: START_MS, everyMs: 20 },
    );
  }

  /** Starts it and waits for nothing. */
  begin() {
    const socket = ["-k", this.home, "-p", String(this.port), "-c", "listen_addresses=127.0.0.1"];
    const child = spawn(join(this.bin, "postgres"), ["-D", this.data, ...socket], {
      ...this.user,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    this.closed = once(child, "exit");
    child.stdout.resume();
    child.stderr.on("data", (chunk) => (this.log = `${this.log ?? ""}${chunk}`.slice(-200_000)));
  }

  /** Stops it: `fast` ends what is under way, `immediate` leaves the rest to the next start. */
  async stop(how = "fast") {
    this.child.kill(how === "fast" ? "SIGINT" : "SIGQUIT");
    await this.#gone();
  }

  /** kill -9 of every process of it, at one moment. */
  async kill() {
    this.child.kill("SIGSTOP"); // or it might start another one between the look and the blow
    const all = [this.child.pid, ...this.processes().map(({ pid }) => pid)];
    for (const pid of all) signal(pid, "SIGKILL");
    await this.#gone();
    await eventually("its processes are gone", () => all.every((pid) => !isAlive(pid)), { everyMs: 2 });
  }

  /** Stops every process of it where it is: first the one that makes others, so that none escapes. */
  async pause() {
    signal(this.child.pid, "SIGSTOP");
    const state = () => readFileSync(`/proc/${this.child.pid}/stat`, "utf8").match(/.*\) (\S)/s)[1];
    await eventually("it stands still", () => state() === "T", { everyMs: 2 });
    for (const { pid } of this.processes()) signal(pid, "SIGSTOP");
  }

  /** Lets them go on. */
  async resume() {
    for (const pid of [...this.processes().map((process) => process.pid), this.child.pid]) signal(pid, "SIGCONT");
  }

  /** Whether its first process runs. */
  isRunning() {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Stops and starts it. */
  async restart() {
    await this.stop();
    await this.start();
  }

  async #gone() {
    await this.closed;
    this.child = undefined;
  }

  /** Reads postgresql.conf again. */
  reload() {
    return this.sql("SELECT pg_reload_conf()", "postgres");
  }

  /** Its processes but the first: `[{pid, title}]`, a title such as `mithaq wallet 127.0.0.1(5000) idle`. */
  processes() {
    const parent = this.child?.pid;
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((name) => {
      try {
        const [, ppid] = readFileSync(`/proc/${name}/stat`, "utf8").match(/.*\) \S (\d+)/s);
        if (Number(ppid) !== parent) return [];
        return [{ pid: Number(name), title: readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim() }];
      } catch {
        return []; // it ended while we looked
      }
    });
  }

  /** A new database, by its URL. */
  async database(name = "wallet") {
    await this.sql(`CREATE DATABASE ${name}`, "postgres");
    return this.url(name);
  }

  /** The URL of a database over TCP; through the socket with `socket`; as another `user`; at another `port`. */
  url(database = "wallet", { socket = false, user = OWNER, port = this.port } = {}) {
    if (socket) return `host=${this.home} port=${this.port} user=${user} dbname=${database}`;
    return `postgres://${user}@127.0.0.1:${port}/${database}`;
  }

  /** Runs statements as the owner and answers the rows' text: columns joined by `|`, rows by line. */
  async sql(text, database = "wallet") {
    const words = ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", this.url(database, { socket: true }), "-c", text];
    const { stdout } = await run(join(this.bin, "psql"), words, { timeout: 30_000 });
    return stdout.trim();
  }

  /**
   * A standby that follows this server, running and caught up. The name is that of `synchronous_standby_names`; `port` is
   * where it finds this server.
   */
  async standby(t, { name = "standby", port = this.port } = {}) {
    const standby = await Server.at(t);
    const from = `host=127.0.0.1 port=${port} user=${OWNER} application_name=${name}`;
    const words = ["-D", standby.data, "-d", from, "-R", "-X", "stream", "-c", "fast", "--no-sync"];
    await run(join(this.bin, "pg_basebackup"), words, standby.user);
    standby.configure({ wal_retrieve_retry_interval: "100ms" });
    await standby.start();
    const streams = "SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'";
    await eventually("the standby follows", async () => (await this.sql(streams, "postgres")) !== "", { timeoutMs: START_MS });
    return standby;
  }

  /** Makes a standby the primary, and waits until it is. */
  async promote() {
    assert.equal(await this.sql("SELECT pg_promote(true, 60)", "postgres"), "t", this.log);
  }
}

/** Sends a signal to a process that may be gone. */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** Whether a process runs; one that ended and waits for its parent does not. */
function isAlive(pid) {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
