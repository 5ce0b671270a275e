// One payment, opened from the list: what it is and how it stands, what it changed, what happened to it since, what it caused.

import { code, h, num } from "../dom.js";
import { icon } from "../icons.js";
import { facts, pairs, stateChip } from "../parts.js";
import { storyOf, storyParts } from "./story.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../dom.js").Child} Child */
/** @typedef {import("../types.js").Amount} Amount */
/** @typedef {import("../types.js").Payment} Payment */

const UNPAID = ["FAIL", "CANCELLED"];
const UNDECIDED = ["OPEN", "PROCESSING", "AUTHORIZED"];

/** @param {Studio} studio @param {string} paymentId @returns {Promise<Child[]>} */
export async function paymentDetail(studio, paymentId) {
  const { words, format, people } = studio;
  const story = await storyOf(studio, paymentId);
  const { payment } = story;
  const money = (/** @type {Amount | null | undefined} */ amount) => !isNothing(amount) && num(format.money(amount));
  return [
    h("h2", { tabindex: "-1" }, num(format.money(payment.amount))),
    facts(
      stateChip(studio, payment.status),
      payment.frozen && h("span.state.bad", null, words.t("payment.frozen")),
      payment.product && words.known("product", payment.product),
      num(format.dateTime(payment.createdAt)),
    ),
    pairs([
      [words.t("payment.from"), payer(studio, payment)],
      [words.t("payment.to"), people.merchantName(payment.clientId)],
      [words.t("payment.what"), payment.description && h("bdi", null, payment.description)],
      [words.t("payment.source"), payment.source && source(studio, payment.source)],
      [words.t("payment.held"), money(payment.held)],
      [words.t("payment.taken"), payment.taken?.value !== payment.amount.value && money(payment.taken)],
      [words.t("payment.voided"), money(payment.voided)],
      [words.t("payment.refunded"), money(payment.refunded)],
      [words.t("payment.fee"), payment.fee && num(format.money(payment.fee))],
      [words.t("payment.why"), UNPAID.includes(payment.status) && payment.code && code(payment.code)],
      [
        words.t(payment.status === "AUTHORIZED" ? "payment.due.hold" : "payment.due.order"),
        UNDECIDED.includes(payment.status) && payment.dueAt && num(format.dateTime(payment.dueAt)),
      ],
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

/** Nobody, as long as nobody has paid an order that is open to anyone. @param {Studio} studio @param {Payment} payment */
function payer({ words, people }, { userId }) {
  return userId ? people.userName(userId) : h("span.soft", null, words.t("payment.nobody"));
}

/** @param {Studio} studio @param {string} from */
function source({ words }, from) {
  return from === "balance" ? words.t("payment.balance") : h("bdi", { dir: "ltr" }, from);
}

/** @param {Amount | null | undefined} amount */
function isNothing(amount) {
  return !amount || amount.value === "0";
}
