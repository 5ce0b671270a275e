// What an agreement of the gateway says beside the terms of every contract: on which days how much, and how far that has come.

import { code, h, num } from "../dom.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../types.js").Contract} Contract */
/** @typedef {import("../types.js").Plan} Plan */
/** @typedef {[string, import("../dom.js").Child]} Pair */

/**
 * Rows for a contract's card; none for a contract of the first dialect.
 * @param {Studio} studio
 * @param {Contract} contract
 * @returns {Pair[]}
 */
export function agreementRows(studio, { agreement, plan, status }) {
  if (!agreement) return [];
  const { words, format } = studio;
  const { invalidTime } = agreement;
  return [
    ...(plan ? planRows(studio, plan, status) : [/** @type {Pair} */ ([words.t("plan.every"), words.t("agreement.will")])]),
    [words.t("plan.by"), plan && words.t(agreement.walletDeducts ? "plan.by.wallet" : "plan.by.merchant")],
    [words.t("agreement.ends"), endsSoon(invalidTime) && num(format.day(invalidTime))],
    ["personal_product_code", agreement.personalProductCode && code(agreement.personalProductCode)],
    ["sign_scene", agreement.signScene && code(agreement.signScene)],
    ["external_agreement_no", agreement.externalAgreementNo && code(agreement.externalAgreementNo)],
    ["external_logon_id", agreement.externalLogonId && code(agreement.externalLogonId)],
    ["app_id", agreement.appId && code(agreement.appId)],
  ];
}

/** @param {Studio} studio @param {Plan} plan @param {string} status @returns {Pair[]} */
function planRows({ words, format }, plan, status) {
  const { period: n, periodId, totalPayments: of, next, run } = plan;
  const isOver = status === "ENDED" || Boolean(of && plan.paid >= of);
  const which = of ? words.t("plan.number.of", { n: periodId, of }) : words.t("plan.number", { n: periodId });
  return [
    [words.t("plan.every"), words.t(plan.periodType === "DAY" ? "plan.days" : "plan.months", { n })],
    [words.t("plan.single"), num(format.money(plan.singleAmount))],
    [words.t("plan.total"), plan.totalAmount && num(format.money(plan.totalAmount))],
    [words.t("plan.payments"), of && words.t("plan.times", { n: of })],
    [words.t("plan.first"), num(format.day(plan.executeTime))],
    [words.t("plan.next"), !isOver && h("span", null, num(format.day(next)), " · ", which)],
    [words.t("plan.due"), !isOver && run?.dueAt && num(format.dateTime(run.dueAt))],
    [words.t("plan.failed"), !isOver && run?.failed && words.t("plan.times", { n: run.failed })],
    [words.t("plan.last"), plan.lastDeductAt && num(format.dateTime(plan.lastDeductAt))],
  ];
}

/** An agreement without an end has one that nobody will see. @param {string | undefined} endsAt */
function endsSoon(endsAt) {
  return endsAt !== undefined && new Date(endsAt).getUTCFullYear() < 2100;
}
