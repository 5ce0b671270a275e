// One operation on a payment, opened: a capture, a void, a refund, a cancellation.

import { code, h, num } from "../dom.js";
import { icon } from "../icons.js";
import { facts, pairs } from "../parts.js";
import { operationChip, storyOf, storyParts } from "./story.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../dom.js").Child} Child */

/**
 * @param {Studio} studio
 * @param {string} paymentId
 * @param {string} operationId
 * @returns {Promise<Child[]>}
 */
export async function operationDetail(studio, paymentId, operationId) {
  const { words, format } = studio;
  const story = await storyOf(studio, paymentId);
  const operation = story.operations?.find((one) => one.operationId === operationId);
  if (!operation) throw new Error(operationId);
  return [
    h("h2", { tabindex: "-1" }, words.known("operation", operation.kind), " · ", num(format.money(operation.amount))),
    facts(operationChip(studio, operation), num(format.dateTime(operation.at))),
    pairs([
      [words.t("operation.by"), operation.by && words.known("by", operation.by)],
      [words.t("operation.reason"), operation.reason && h("bdi", null, operation.reason)],
      [words.t("payment.why"), operation.status === "FAIL" && operation.code && code(operation.code)],
      [words.t("operation.request"), operation.requestId && code(operation.requestId)],
      [words.t("operation.id"), code(operation.operationId)],
    ]),
    ...storyParts(studio, story, operation),
    h(
      "div.chips",
      null,
      h(
        "button.chip-button",
        { type: "button", onclick: () => studio.show({ kind: "payment", paymentId }, { open: true }) },
        icon("receipt"),
        words.t("operation.payment"),
      ),
    ),
  ];
}
