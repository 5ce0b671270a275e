// One notification, opened from the list: where to, how often tried, what went wrong, what is sent.

import { code, h, num } from "../dom.js";
import { icon } from "../icons.js";
import { deliveryState, facts, pairs, resendButton, section } from "../parts.js";
import { bodyView } from "./code.js";
import { paramsView } from "./gateway.js";

/** @typedef {import("../studio.js").Studio} Studio */

/** @param {Studio} studio @param {import("../types.js").OutboxRow} row */
export function notificationDetail(studio, row) {
  const { words, format } = studio;
  const { paymentId, body } = row;
  // The gateway's are forms, the others JSON.
  const sent = body && (row.kind === "gateway" ? paramsView(studio, { request: { body } }) : bodyView(studio, body));
  return [
    h("h2", { tabindex: "-1" }, words.known("kind", row.kind)),
    facts(deliveryState(studio, row)),
    pairs([
      [words.t("payment.to"), code(row.target)],
      [words.t("notification.created"), num(format.dateTime(row.createdAt))],
      [
        words.t("state.PENDING"),
        row.state === "PENDING" && words.t("notification.next", { at: format.dateTime(row.nextAt) }),
      ],
      [words.t("payment.id"), paymentId && code(paymentId)],
    ]),
    row.lastError && section(words.t("notification.last"), h("p.why", null, row.lastError)),
    sent && section(words.t("detail.request"), sent),
    section(
      words.t("detail.again"),
      h(
        "div.chips",
        null,
        resendButton(studio, row.outboxId),
        paymentId &&
          h(
            "button.chip-button",
            { type: "button", onclick: () => studio.showLive(paymentId) },
            icon("live"),
            words.t("detail.live"),
          ),
      ),
    ),
  ];
}
