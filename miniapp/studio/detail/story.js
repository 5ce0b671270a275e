// What a payment changed and caused: its postings, what must leave the wallet because of it, and the user's messages. What
// was done to it afterwards has postings of its own.

import { code, h, num } from "../dom.js";
import { accountName, deliveryState, section, stateChip } from "../parts.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../types.js").Operation} Operation */
/** @typedef {import("../types.js").Posting} Posting */
/** @typedef {import("../types.js").PaymentStory} PaymentStory */
/** @typedef {import("../types.js").OutboxRow} OutboxRow */
/** @typedef {import("../types.js").Message} Message */

/** @param {Studio} studio @param {string} paymentId @returns {Promise<PaymentStory>} */
export function storyOf(studio, paymentId) {
  return studio.api.get(`/sandbox/v1/payments/${encodeURIComponent(paymentId)}`);
}

/** @param {Studio} studio @param {PaymentStory} story @param {Operation} [operation]  the one that is looked at */
export function storyParts(studio, story, operation) {
  const later = (story.operations ?? []).map(({ operationId }) => operationId);
  const own = story.postings.filter(({ operationId }) =>
    operation ? operationId === operation.operationId : !operationId || !later.includes(operationId),
  );
  const isItsOwn = operation ? madeBy(operation, story) : () => true;
  return [
    changedPart(studio, own),
    operation ? null : operationsPart(studio, story),
    causedPart(
      studio,
      story.outbox.filter((row) => isItsOwn(row.createdAt)),
      story.messages.filter((message) => isItsOwn(message.at)),
    ),
  ].filter((part) => part !== null);
}

/**
 * Whether something was written because of an operation: when it was done, and before the next one was.
 * @param {Operation} operation
 * @param {PaymentStory} story
 * @returns {(at: string | undefined) => boolean}
 */
function madeBy(operation, { operations = [] }) {
  const from = Date.parse(operation.at ?? "");
  const next = operations.map(({ at }) => Date.parse(at ?? "")).filter((at) => at > from);
  const until = Math.min(...next);
  return (at) => operation.status !== "FAIL" && Date.parse(at ?? "") >= from && Date.parse(at ?? "") < until;
}

/** What happened to it afterwards, each to be opened. @param {Studio} studio @param {PaymentStory} story */
function operationsPart(studio, { operations = [] }) {
  if (operations.length === 0) return null;
  const rows = operations.map((operation) => h("li", null, operationRow(studio, operation)));
  return section(studio.words.t("detail.operations"), h("ul.records.small", null, rows));
}

/** @param {Studio} studio @param {Operation} operation */
function operationRow(studio, operation) {
  const { words, format } = studio;
  const { paymentId, operationId } = operation;
  const open = () => studio.show({ kind: "operation", paymentId, operationId }, { open: true });
  return h(
    "button.record",
    { type: "button", onclick: open },
    h("span.record-main", null, h("b", null, words.known("operation", operation.kind)), operationChip(studio, operation)),
    h("span.record-who", null, num(format.money(operation.amount))),
    h("span.record-side", null, num(format.dateTime(operation.at))),
  );
}

/** @param {Studio} studio @param {Operation} operation */
export function operationChip(studio, { status }) {
  return stateChip(studio, status === "SUCCESS" ? "DONE" : status);
}

/** @param {Studio} studio @param {Posting[]} postings */
function changedPart(studio, postings) {
  const { words, format } = studio;
  if (postings.length === 0)
    return section(words.t("detail.changed"), h("p.soft", null, words.t("detail.nothing.changed")));
  const rows = postings.map((posting) =>
    h(
      "tr",
      { title: posting.account },
      h("th", { scope: "row" }, accountName(studio, posting)),
      h(`td${posting.amount.value.startsWith("-") ? "" : ".plus"}`, null, num(format.change(posting.amount))),
    ),
  );
  const isBalanced = postings.reduce((sum, { amount }) => sum + BigInt(amount.value), 0n) === 0n;
  return section(
    words.t("detail.changed"),
    h("table.changes", null, h("tbody", null, rows)),
    h(`p.hint${isBalanced ? "" : ".bad"}`, null, words.t(isBalanced ? "detail.balanced" : "detail.unbalanced")),
  );
}

/** @param {Studio} studio @param {OutboxRow[]} outbox @param {Message[]} messages */
function causedPart(studio, outbox, messages) {
  const { words } = studio;
  const title = words.t("detail.caused");
  // What went to the user is told by the messages themselves, once they went.
  const rows = outbox.filter((row) => row.kind !== "user" || row.state !== "DELIVERED");
  if (rows.length === 0 && messages.length === 0)
    return section(title, h("p.soft", null, words.t("detail.nothing.caused")));
  const sent = rows.map((row) =>
    h(
      "li",
      null,
      h("span", null, ...filled(words, "notification.about", { target: shortTarget(row.target) })),
      deliveryState(studio, row),
    ),
  );
  const told = messages.map((message) =>
    h(
      "li.told",
      null,
      h(
        "span",
        null,
        words.t("message.about", { channel: words.known("channel", message.channel), to: `\u2068${message.to}\u2069` }),
      ),
      h("q", null, message.body),
    ),
  );
  return section(title, h("ul.caused", null, sent, told));
}

/**
 * A sentence with one value that is shown as code.
 * @param {import("../words.js").Words} words
 * @param {import("../words.js").Key} key
 * @param {Record<string, string>} values
 */
function filled(words, key, values) {
  const [name, value] = /** @type {[string, string]} */ (Object.entries(values)[0]);
  const [before = "", after = ""] = words.t(key, { [name]: "\u0000" }).split("\u0000");
  return [before, code(value), after];
}

/**
 * The end of a URL that tells endpoints apart: its path.
 * @param {string} target
 */
export function shortTarget(target) {
  return URL.canParse(target) ? new URL(target).pathname : target;
}
