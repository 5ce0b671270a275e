// Payments: charges and orders, the newest first; one opens on the right.

import { h, num } from "../dom.js";
import { emptyState, stateChip } from "../parts.js";
import { listTab } from "./list.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../types.js").Payment} Payment */

/** @param {Studio} studio */
export function paymentsTab(studio) {
  const { words } = studio;
  return listTab(studio, "/sandbox/v1/payments", (/** @type {Payment[]} */ payments) =>
    payments.length === 0
      ? [emptyState("receipt", words.t("payments.none"), words.t("payments.none.todo"))]
      : [
          h(
            "ul.records",
            null,
            payments.toReversed().map((payment) => h("li", null, row(studio, payment))),
          ),
        ],
  );
}

/** @param {Studio} studio @param {Payment} payment */
function row(studio, payment) {
  const { words, format, people } = studio;
  const open = () => studio.show({ kind: "payment", paymentId: payment.paymentId }, { open: true });
  const who = payment.userId ? people.userName(payment.userId) : words.t("payment.nobody");
  const merchant = people.merchantName(payment.clientId);
  return h(
    "button.record",
    { type: "button", onclick: open },
    h("span.record-main", null, h("b", null, num(format.money(payment.amount))), stateChip(studio, payment.status)),
    h(
      "span.record-who",
      null,
      h("span", null, who),
      h("i.route-arrow", { "aria-hidden": "true" }),
      h("span", null, merchant),
      given(studio, payment),
    ),
    h(
      "span.record-side",
      null,
      num(format.dateTime(payment.createdAt)),
      payment.description && h("bdi", null, payment.description),
    ),
  );
}

/** What went back of it, if something did. @param {Studio} studio @param {Payment} payment */
function given({ words, format }, { refunded }) {
  if (!refunded || refunded.value === "0") return null;
  return h("span.outcome.wait", null, words.t("payment.refunded"), " ", num(format.money(refunded)));
}
