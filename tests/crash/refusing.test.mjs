// A PostgreSQL that is there and refuses: no connection is free, it takes no changes, its disk is full. Merchants hear `U`
// in time, /ready turns off, the log says why, nothing is acknowledged that is not there, and once the cause is gone
// everything goes on by itself.

import { test } from "node:test";
import { withoutPostgres } from "../support/cluster.mjs";
import { SmallDisk, withoutMounts } from "../support/disk.mjs";
import { installation, sharedInstallation, survive } from "../support/outage.mjs";
import { seed } from "../support/random.mjs";

const named = (what) => `${what} (SEED=${seed})`;
const options = { skip: withoutPostgres(), timeout: 300_000 };

const shared = options.skip ? undefined : sharedInstallation();

test(named("no connection is free"), options, (t) => {
  const { cluster } = shared();
  const end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'wallet'";
  return survive(t, shared(), {
    cause: async () => {
      await cluster.sql("ALTER ROLE wallet CONNECTION LIMIT 0", "postgres");
      await cluster.sql(end, "postgres");
    },
    remedy: () => cluster.sql("ALTER ROLE wallet CONNECTION LIMIT -1", "postgres"),
    words: /too many connections/,
  });
});

test(named("the database takes no changes"), options, (t) => {
  const { cluster } = shared();
  const set = async (value) => {
    cluster.configure({ default_transaction_read_only: value });
    await cluster.reload();
  };
  return survive(t, shared(), { cause: () => set("on"), remedy: () => set("off"), words: /read-only/ });
});

test(named("the disk under PostgreSQL is full"), { ...options, skip: options.skip || withoutMounts() }, async (t) => {
  const disk = new SmallDisk(t, 128);
  // Small segments of the log, so that it needs new ones soon.
  const own = await installation(t, { folder: disk.folder, initdb: ["--wal-segsize=1"], settings: { min_wal_size: "2MB" } });
  await survive(t, own, {
    cause: () => disk.fill(),
    remedy: async () => {
      disk.free();
      // A server that could not write its log ends: its operator's supervisor starts it again.
      if (!own.cluster.isRunning()) await own.cluster.start();
    },
    words: /No space left|out of reach/,
    isPartial: true, // a change that fits into a page is possible for some time more
  });
});
