// What an agreement of the gateway says beside the terms of every contract: on which days how much, and how far that has come.

import { code, h, num } from "../dom.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../types.js").Contract} Contract */
/** @typedef {import("../types.js").Plan} Plan */
/** @typedef {import("../types.js").PlanState} PlanState */
/** @typedef {[string, import("../dom.js").Child]} Pair */

/**
 * Rows for a contract's card; none for a contract of the first dialect.
 * @param {Studio} studio
 * @param {Contract} contract
 * @returns {Pair[]}
 */
export function agreementRows(studio, contract) {
  const { agreement, plan: state } = contract;
  if (!agreement) return [];
  const { words, format } = studio;
  const { plan } = agreement;
  return [
    ...(plan ? planRows(studio, plan, state) : [/** @type {Pair} */ ([words.t("plan.every"), words.t("agreement.will")])]),
    [words.t("plan.by"), plan && words.t(agreement.walletDeducts ? "plan.by.wallet" : "plan.by.merchant")],
    [words.t("agreement.ends"), endsSoon(agreement.endsAt) && num(format.day(agreement.endsAt))],
    ["personal_product_code", agreement.personalProduct && code(agreement.personalProduct)],
    ["sign_scene", agreement.scene && code(agreement.scene)],
    ["external_agreement_no", agreement.externalNo && code(agreement.externalNo)],
    ["external_logon_id", agreement.logonId && code(agreement.logonId)],
    ["app_id", agreement.appId && code(agreement.appId)],
  ];
}

/** @param {Studio} studio @param {Plan} plan @param {PlanState | null | undefined} state @returns {Pair[]} */
function planRows({ words, format }, plan, state) {
  const isDone = Boolean(plan.payments && state && state.paid >= plan.payments);
  const next = (/** @type {PlanState} */ { next, number }) =>
    h("span", null, num(format.day(next)), " · ", plan.payments ? words.t("plan.number.of", { n: number, of: plan.payments }) : words.t("plan.number", { n: number }));
  return [
    [words.t("plan.every"), rhythm(words, plan)],
    [words.t("plan.single"), num(format.money(plan.single))],
    [words.t("plan.total"), plan.total && num(format.money(plan.total))],
    [words.t("plan.payments"), plan.payments && words.t("plan.times", { n: plan.payments })],
    [words.t("plan.first"), num(format.day(plan.first))],
    [words.t("plan.next"), state && !isDone && next(state)],
    [words.t("plan.last"), state?.lastAt && num(format.dateTime(state.lastAt))],
  ];
}

/** @param {import("../words.js").Words} words @param {Plan} plan */
function rhythm(words, { every }) {
  const [unit = "", n = 1] = Object.entries(every)[0] ?? [];
  return words.t(unit.toLowerCase() === "days" ? "plan.days" : "plan.months", { n });
}

/** An agreement without an end has one that nobody will see. @param {string | undefined} endsAt */
function endsSoon(endsAt) {
  return endsAt !== undefined && new Date(endsAt).getUTCFullYear() < 2100;
}
