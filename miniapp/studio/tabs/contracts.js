// Contracts: who agreed to what with whom, within which limits, and what was charged so far.

import { code, h, num } from "../dom.js";
import { emptyState, pairs, stateChip } from "../parts.js";
import { gatewayApps } from "./apps.js";
import { listTab } from "./list.js";
import { agreementRows } from "./plan.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../types.js").Contract} Contract */

/** @param {Studio} studio */
export function contractsTab(studio) {
  const { words } = studio;
  const apps = gatewayApps(studio);
  return listTab(studio, "/sandbox/v1/contracts", (/** @type {Contract[]} */ contracts) => [
    contracts.length === 0
      ? emptyState("contract", words.t("contracts.none"), words.t("contracts.none.todo"))
      : h(
          "div.cards",
          null,
          contracts.toReversed().map((contract) => card(studio, contract)),
        ),
    apps,
  ]);
}

/** @param {Studio} studio @param {Contract} contract */
function card(studio, contract) {
  const { words, format } = studio;
  const user = studio.people.userName(contract.userId);
  const none = h("span.soft", null, words.t("contract.limit.none"));
  const hasPlan = Boolean(contract.plan);
  return h(
    "article.card",
    null,
    h(
      "header",
      null,
      h(
        "div",
        null,
        h("h2", null, h("bdi", null, studio.people.merchantName(contract.clientId, contract.merchantName))),
        h("p.soft", null, user),
      ),
      stateChip(studio, contract.status),
    ),
    contract.title && h("p.card-title", null, h("bdi", null, contract.title)),
    pairs([
      // A plan has limits of its own.
      [words.t("contract.limit.charge"), !hasPlan && (contract.agreedAmount ? num(format.money(contract.agreedAmount)) : none)],
      [words.t("contract.limit.month"), !hasPlan && (contract.monthlyCeiling ? num(format.money(contract.monthlyCeiling)) : none)],
      ...agreementRows(studio, contract),
      [words.t("contract.charges"), charges(studio, contract)],
      [words.t("contract.starts"), contract.startTime && num(format.day(contract.startTime))],
      [words.t("contract.since"), contract.acceptedAt && num(format.dateTime(contract.acceptedAt))],
      [words.t("contract.ended"), contract.endedAt && ended(studio, contract)],
      ["contractId", code(contract.contractId)],
    ]),
    contract.pageText &&
      h(
        "details.accepted",
        null,
        h("summary", null, words.t("contract.accepted", { name: user })),
        h("p", { dir: "auto" }, contract.pageText),
      ),
  );
}

/** @param {Studio} studio @param {Contract} contract */
function charges({ words, format }, { charges, charged }) {
  if (charges === undefined) return null;
  return h(
    "span",
    null,
    words.t("contract.charges.n", { n: charges }),
    charged && " · ",
    charged && num(format.money(charged)),
  );
}

/** @param {Studio} studio @param {Contract} contract */
function ended({ words, format }, contract) {
  const reason = contract.reason ? [" · ", words.known("reason", contract.reason)] : [];
  return h("span", null, num(format.dateTime(contract.endedAt)), ...reason);
}
