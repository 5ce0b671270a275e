// A disk so small that a test can fill it. Only somebody who may mount file systems can have one.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

const GUARD = 'cat >/dev/null; umount -l "$1"; rmdir "$1"';

function mount(folder, options) {
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { stdio: "ignore" });
}

/** For a test's option `skip`: false where file systems can be mounted, else why the test is left out. */
export function withoutMounts() {
  const folder = mkdtempSync("/tmp/mithaq-disk-");
  try {
    mount(folder, "size=64k");
    execFileSync("umount", [folder]);
    return false;
  } catch {
    return "only somebody who may mount file systems can fill one: run the tests as root";
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A file system of `megabytes`, gone when the test `t` ends. */
export class SmallDisk {
  constructor(t, megabytes) {
    this.folder = mkdtempSync("/tmp/mithaq-disk-");
    mount(this.folder, `size=${megabytes}m,mode=777`);
    const guard = spawn("sh", ["-c", GUARD, "sh", this.folder], { stdio: ["pipe", "ignore", "ignore"], detached: true });
    t.after(async () => {
      guard.stdin.end();
      await once(guard, "close");
    });
  }

  /** Takes all space but `leave` bytes. */
  fill(leave = 0) {
    const zeros = Buffer.alloc(4096);
    const file = openSync(this.#ballast(), "a");
    try {
      for (;;) writeSync(file, zeros);
    } catch (error) {
      if (error.code !== "ENOSPC") throw error;
    } finally {
      closeSync(file);
    }
    if (leave > 0) execFileSync("truncate", ["--size", `-${leave}`, this.#ballast()]);
  }

  /** Gives it back. */
  free() {
    rmSync(this.#ballast(), { force: true });
  }

  /** From now on nobody can write; fails while somebody has a file open for it. */
  makeReadOnly() {
    execFileSync("mount", ["-o", "remount,ro", this.folder]);
  }

  /** And can again. */
  makeWritable() {
    execFileSync("mount", ["-o", "remount,rw", this.folder]);
  }

  #ballast() {
    return join(this.folder, "ballast");
  }
}
