// One payment, opened from the list: what it was, what it changed, what it caused.

import { code, h, num } from "../dom.js";
import { icon } from "../icons.js";
import { facts, pairs, stateChip } from "../parts.js";
import { storyOf, storyParts } from "./story.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../dom.js").Child} Child */

/** @param {Studio} studio @param {string} paymentId @returns {Promise<Child[]>} */
export async function paymentDetail(studio, paymentId) {
  const { words, format, people } = studio;
  const story = await storyOf(studio, paymentId);
  const { payment } = story;
  return [
    h("h2", { tabindex: "-1" }, num(format.money(payment.amount))),
    facts(stateChip(studio, payment.status), num(format.dateTime(payment.createdAt))),
    pairs([
      [words.t("payment.from"), people.userName(payment.userId)],
      [words.t("payment.to"), people.merchantName(payment.clientId)],
      [words.t("payment.what"), payment.description && h("bdi", null, payment.description)],
      [words.t("payment.fee"), payment.fee && num(format.money(payment.fee))],
      [words.t("payment.why"), payment.status === "FAIL" && payment.code && code(payment.code)],
      [words.t("payment.request"), payment.paymentRequestId && code(payment.paymentRequestId)],
      [words.t("payment.id"), code(payment.paymentId)],
      [words.t("detail.contract"), payment.contractId && code(payment.contractId)],
    ]),
    ...storyParts(studio, story),
    h(
      "div.chips",
      null,
      h(
        "button.chip-button",
        { type: "button", onclick: () => studio.showLive(paymentId) },
        icon("live"),
        words.t("detail.live"),
      ),
    ),
  ];
}
