// An installation as an operator runs it: any number of `mithaq serve` on one database, a merchant and payers made by
// the operator's own commands, and contracts signed on the wallet's pages.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Merchant, exchange } from "./openapi.mjs";
import { Person } from "./person.mjs";
import { launch, runProgram, temporaryFolder } from "./program.mjs";
import { eventually } from "./sandbox.mjs";

const PUBLIC_URL = "https://wallet.example";
const PIN = "135790";
const DEPOSIT = 10_000_000_000n; // fils

export class House {
  /** The processes that run. */
  wallets = [];

  /**
   * `databaseUrl` is where the wallets find the database; the operator finds it there too unless told otherwise. `settings` is
   * the text of a configuration file for all of them.
   */
  constructor(t, databaseUrl, { operatorUrl = databaseUrl, settings } = {}) {
    this.databaseUrl = databaseUrl;
    this.operatorUrl = operatorUrl;
    this.folder = temporaryFolder(t);
    this.keys = join(this.folder, "keys");
    mkdirSync(this.keys);
    this.config = [];
    if (settings !== undefined) {
      this.config = ["--config", join(this.folder, "mithaq.toml")];
      writeFileSync(this.config[1], settings);
    }
    t.after(() => Promise.all(this.wallets.map((wallet) => wallet.kill())));
  }

  /** One of the operator's commands, such as `client list`: answers its JSON. */
  async operator(words, { input } = {}) {
    const where = ["--database-url", this.operatorUrl, "--keys", this.keys, ...this.config];
    const { code, stdout, stderr } = await runProgram([...words, ...where, "--json"], { input });
    assert.equal(code, 0, `mithaq ${words.join(" ")}: ${stdout}${stderr}`);
    return JSON.parse(stdout);
  }

  /** Fails unless `mithaq verify` finds that the ledger holds. */
  async verify() {
    const { code, stdout, stderr } = await runProgram(["verify", "--database-url", this.operatorUrl, "--json"]);
    assert.equal(code, 0, stdout + stderr);
    assert.equal(JSON.parse(stdout).ok, true, stdout);
  }

  /** Starts a process on free ports; it is among `wallets` until `gone`. */
  async serve({ databaseUrl = this.databaseUrl, readyMs, args = [] } = {}) {
    const words = ["serve", "--database-url", databaseUrl, "--keys", this.keys, "--public-url", PUBLIC_URL, ...this.config];
    const ports = ["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"];
    const wallet = await launch([...words, ...ports, "--notify-allow", "127.0.0.0/8", "--json", ...args], { readyMs });
    this.wallets.push(wallet);
    return Object.assign(wallet, { ready: () => readiness(wallet), metric: (line) => metric(wallet, line) });
  }

  /** kill -9 of a process. */
  async kill(wallet) {
    this.wallets = this.wallets.filter((other) => other !== wallet);
    await wallet.kill();
  }

  /** Where the wallet can be asked. */
  urls() {
    return this.wallets.map(({ wallet }) => wallet);
  }

  /** A merchant and `count` payers with a deposit and a contract each. A process must be running. */
  async furnish({ count = 4 } = {}) {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = join(this.folder, "merchant.pem");
    writeFileSync(pem, publicKey.export({ type: "spki", format: "pem" }));
    const app = ["--app-url", "https://shop.example/"];
    const client = await this.operator(["client", "add", "--name", "Zaytoun Market", "--public-key", pem, ...app]);
    this.merchant = new Merchant({
      walletUrl: this.urls()[0],
      clientId: client.clientId,
      privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }),
      walletPublicKeyPem: (await this.operator(["keys", "export"])).publicKeyPem,
    });
    const everyone = new Person({ walletUrl: this.urls()[0] });
    const { appId } = (await everyone.expect("/app/v1/apps")).find(({ clientId }) => clientId === client.clientId);
    this.appId = appId;
    this.payers = [];
    for (let number = 0; number < count; number += 1) {
      const phone = `96477100000${String(number).padStart(2, "0")}`;
      await this.operator(["user", "add", "--phone", phone, "--name", `Payer ${number + 1}`], { input: `${PIN}\n` });
      const deposit = ["--amount", String(DEPOSIT), "--currency", "IQD", "--reference", `deposit-${number}`];
      await this.operator(["user", "deposit", phone, ...deposit]);
      const person = new Person({ walletUrl: this.urls()[0], phone, pin: PIN });
      const authCode = await person.sign(appId, await this.merchant.prepare());
      const { accessToken } = await this.merchant.applyToken(authCode);
      const balance = () => {
        [person.walletUrl] = this.urls();
        return person.balance();
      };
      this.payers.push({ phone, accessToken, had: DEPOSIT, balance, person });
    }
  }
}

/** What the admin listener says to load balancers: `{status, text}`. */
const readiness = (wallet) => exchange(wallet.admin, { method: "GET", path: "/ready", timeoutMs: 10_000 });

/** The value of one line of /metrics, named as it stands there: `mithaq_lease_held{name="jobs"}`. */
async function metric(wallet, line) {
  const { text } = await exchange(wallet.admin, { method: "GET", path: "/metrics", timeoutMs: 10_000 });
  const found = text.split("\n").find((candidate) => candidate.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length));
}

/** Waits until a process says that it is ready, or not. */
export const isReady = (wallet, expected = true, options = {}) =>
  eventually(
    `/ready turns ${expected ? "on" : "off"}`,
    async () => ((await wallet.ready()).status === 200) === expected,
    { timeoutMs: 60_000, everyMs: 20, ...options },
  );
