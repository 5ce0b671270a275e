// Notifications to merchants: how far each has come, what went wrong, and sending it again.

import { code, h, num } from "../dom.js";
import { shortTarget } from "../detail/story.js";
import { deliveryState, emptyState, resendButton } from "../parts.js";
import { listTab } from "./list.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../types.js").OutboxRow} OutboxRow */

/** @param {Studio} studio */
export function notificationsTab(studio) {
  const { words } = studio;
  return listTab(studio, "/sandbox/v1/notifications", (/** @type {OutboxRow[]} */ rows) =>
    rows.length === 0
      ? [emptyState("bell", words.t("notifications.none"), words.t("notifications.none.todo"))]
      : [
          h(
            "ul.records",
            null,
            rows
              .toReversed()
              .map((row) => h("li.with-action", null, record(studio, row), resendButton(studio, row.outboxId))),
          ),
        ],
  );
}

/** @param {Studio} studio @param {OutboxRow} row */
function record(studio, row) {
  const { words, format } = studio;
  const open = () => studio.show({ kind: "notification", row }, { open: true });
  const next = row.state === "PENDING" && row.nextAt;
  return h(
    "button.record",
    { type: "button", onclick: open },
    h("span.record-main", null, h("b", null, code(shortTarget(row.target))), deliveryState(studio, row)),
    h(
      "span.record-who",
      null,
      words.known("kind", row.kind),
      next && h("span.outcome.wait", null, words.t("notification.next", { at: format.dateTime(next) })),
    ),
    h("span.record-side", null, num(format.dateTime(row.createdAt))),
    row.lastError && h("span.record-error", null, h("bdi", { dir: "ltr" }, row.lastError)),
  );
}
