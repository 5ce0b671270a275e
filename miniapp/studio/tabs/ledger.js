// The ledger: every account with its balance, the sum that must be zero, and a button that proves it.

import { code, fill, h, num } from "../dom.js";
import { icon } from "../icons.js";
import { accountName, emptyState } from "../parts.js";
import { listTab } from "./list.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../types.js").Account} Account */
/** @typedef {import("../types.js").Amount} Amount */
/** @typedef {import("../types.js").Verification} Verification */

/** @param {Studio} studio */
export function ledgerTab(studio) {
  const { words } = studio;
  const accounts = listTab(studio, "/sandbox/v1/ledger/accounts", (/** @type {Account[]} */ found) =>
    found.length === 0
      ? [emptyState("scale", words.t("ledger.none"), words.t("payments.none.todo"))]
      : [table(studio, found)],
  );
  const node = h("div.ledger", null, verifyPart(studio), accounts.node);
  return { node, refresh: accounts.refresh };
}

/** @param {Studio} studio */
function verifyPart({ words, format, api, ...studio }) {
  const result = h("div.verification", { role: "status" });
  const label = h("span", null, words.t("ledger.verify"));
  const button = /** @type {HTMLButtonElement} */ (
    h("button.button.big", { type: "button", onclick: verify }, icon("scale"), label)
  );

  async function verify() {
    button.disabled = true;
    label.textContent = words.t("ledger.verifying");
    try {
      draw(/** @type {Verification} */ (await api.post("/sandbox/v1/ledger/verify")));
    } catch (error) {
      studio.fail(error);
    } finally {
      button.disabled = false;
      label.textContent = words.t("ledger.verify");
    }
  }

  /** @param {Verification} verification */
  function draw({ ok, checked }) {
    const rows = checked.map((check) =>
      h(
        `li.${check.ok ? "good" : "bad"}`,
        null,
        icon(check.ok ? "check" : "cross"),
        h(
          "span",
          null,
          h("bdi", null, words.known("check", check.name)),
          check.detail && h("small", null, h("bdi", null, check.detail)),
        ),
        h("span.soft", null, num(words.t("ledger.check.n", { n: check.count }))),
      ),
    );
    fill(
      result,
      h(
        `p.verdict-big.${ok ? "good" : "bad"}`,
        null,
        icon(ok ? "shield" : "alert"),
        words.t(ok ? "ledger.ok" : "ledger.bad"),
      ),
      h("ul", null, rows),
    );
  }

  return h(
    "section.verify",
    null,
    h("div.verify-head", null, button, h("p.soft", null, words.t("ledger.why"))),
    result,
  );
}

/** @param {Studio} studio @param {Account[]} accounts */
function table(studio, accounts) {
  const { words, format } = studio;
  /** @type {Map<string, bigint>} */
  const sums = new Map();
  const rows = accounts.map((account) => {
    const amount = amountOf(account);
    if (/^-?\d+$/.test(amount.value))
      sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + BigInt(amount.value));
    return h(
      "tr",
      null,
      h("th", { scope: "row" }, accountName(studio, account), h("small", null, code(account.account))),
      h(`td${amount.value.startsWith("-") ? ".minus" : ""}`, null, num(format.money(amount))),
    );
  });
  const totals = [...sums].map(([currency, sum]) =>
    h(
      "tr",
      null,
      h("th", { scope: "row" }, words.t("ledger.sum")),
      h(`td${sum === 0n ? ".good" : ".bad"}`, null, num(format.money({ currency, value: String(sum) }))),
    ),
  );
  return h(
    "table.accounts",
    null,
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        h("th", { scope: "col" }, words.t("ledger.account")),
        h("th", { scope: "col" }, words.t("ledger.balance")),
      ),
    ),
    h("tbody", null, rows),
    h("tfoot", null, totals),
  );
}

/**
 * The balance as an amount: the wallet sends digits beside the currency, or both together.
 * @param {Account} account
 * @returns {Amount}
 */
function amountOf({ balance, currency }) {
  return typeof balance === "string" ? { currency, value: balance } : balance;
}
