// A pretended wallet for looking at the Studio without the real one: its clock, people, money and live list, in memory.

const FILS = 1000;

/** @typedef {import("../types.js").Call} Call */
/** @typedef {import("../types.js").Message} Message */
/** @typedef {import("../types.js").OutboxRow} OutboxRow */

export const SHOP = {
  clientId: "2188000000000001",
  merchantId: "2166000000000001",
  merchantName: "Zaytoun Market",
  merchantNameAr: "سوق زيتون",
};

export class World {
  users = [
    person("u-sara", "Sara Ali Hasan", "سارة علي حسن", "9647700000001", "111111", 250_000),
    person("u-omar", "Omar Khalid", "عمر خالد", "9647700000002", "222222", 50_000),
    person("u-noor", "Noor Jabbar", "نور جبار", "9647700000003", "333333", 1_000),
  ];
  clients = [SHOP];
  /** @type {import("../types.js").Contract[]} */
  contracts = [];
  /** @type {import("../types.js").PaymentStory[]} */
  payments = [];
  /** @type {OutboxRow[]} */
  outbox = [];
  /** @type {Message[]} */
  messages = [];
  /** @type {Call[]} */
  calls = [];
  /** @type {string | null} */
  signedIn = null;
  shiftMs = 0;
  #listeners = new Set();
  #ids = 0;

  constructor(startsAt = "") {
    if (startsAt) this.shiftMs = Date.parse(startsAt) - Date.now();
  }

  nowMs() {
    return Date.now() + this.shiftMs;
  }

  now() {
    return stamp(this.nowMs());
  }

  clock() {
    return { now: this.now(), shifted: this.shiftMs !== 0, zone: "Asia/Baghdad" };
  }

  /** @param {{advance?: string, reset?: boolean}} change */
  moveClock({ advance, reset }) {
    if (reset) this.shiftMs = 0;
    const duration = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(advance ?? "");
    if (!duration) return;
    const [years, months, days, hours, minutes, seconds] = duration.slice(1).map((part) => Number(part ?? 0));
    const then = new Date(this.nowMs());
    then.setUTCFullYear(
      then.getUTCFullYear() + (years ?? 0),
      then.getUTCMonth() + (months ?? 0),
      then.getUTCDate() + (days ?? 0),
    );
    then.setUTCSeconds(then.getUTCSeconds() + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0));
    this.shiftMs = then.getTime() - Date.now();
  }

  /** @param {string} prefix */
  id(prefix) {
    this.#ids += 1;
    return `${prefix}${String(this.#ids).padStart(6, "0")}`;
  }

  /** @param {string | null} userId */
  user(userId) {
    return this.users.find((user) => user.userId === userId) ?? null;
  }

  /** @param {Partial<Call>} call */
  begin(call) {
    const whole = /** @type {Call} */ ({
      seq: this.calls.length + 1,
      at: this.now(),
      ms: null,
      step: null,
      replyStep: null,
      status: null,
      outcome: "wait",
      request: null,
      response: null,
      signature: null,
      links: null,
      ...call,
    });
    this.calls.push(whole);
    this.#tell(whole);
    return whole.seq;
  }

  /** @param {number} seq @param {Partial<Call>} end */
  end(seq, end) {
    const known = /** @type {Call} */ (this.calls[seq - 1]);
    const whole = { ...known, ms: this.nowMs() - Date.parse(known.at), ...end };
    this.calls[seq - 1] = whole;
    this.#tell(whole);
  }

  /** @param {(call: Call) => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {Call} call */
  #tell(call) {
    for (const listener of this.#listeners) listener(call);
  }

  accounts() {
    const people = this.users.map((user) =>
      account(`user:${user.userId}:IQD`, user.name, user.balances[0]?.value ?? "0"),
    );
    const paid = this.payments.filter(({ payment }) => payment.status === "SUCCESS").length;
    const merchant = account(`merchant:${SHOP.merchantId}:IQD`, SHOP.merchantName, String(paid * 4_950 * FILS));
    const fees = account("fees:IQD", "Fees", String(paid * 50 * FILS));
    const held = [...people, merchant, fees].reduce((sum, one) => sum + BigInt(one.balance), 0n);
    return [...people, merchant, fees, account("world:IQD", "Outside world", String(-held))];
  }

  verify() {
    const checked = [
      {
        name: "the postings of every currency sum to zero",
        count: this.payments.length * 3 + 6,
        ok: true,
        detail: null,
      },
      { name: "every balance equals the sum of its postings", count: this.accounts().length, ok: true, detail: null },
      { name: "every payment has exactly one idempotency row", count: this.payments.length, ok: true, detail: null },
      {
        name: "a contract's counters equal its successful payments",
        count: this.contracts.length,
        ok: true,
        detail: null,
      },
    ];
    return { ok: true, checked };
  }
}

/**
 * @param {string} userId @param {string} name @param {string} nameAr @param {string} phone @param {string} pin
 * @param {number} dinars
 */
function person(userId, name, nameAr, phone, pin, dinars) {
  const balances = [{ currency: "IQD", value: String(dinars * FILS), display: "" }];
  return { userId, name, nameAr, phone, pin, language: "en-US", balances };
}

/** @param {string} name @param {string} label @param {string} balance */
function account(name, label, balance) {
  return { account: name, label, currency: "IQD", balance };
}

/** Baghdad's offset, as the wallet writes times. @param {number} ms */
export function stamp(ms) {
  return new Date(ms + 3 * 3_600_000).toISOString().replace("Z", "+03:00");
}
