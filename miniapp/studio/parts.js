// Pieces that several views share: headed sections, rows of name and value, state chips, copy buttons, empty lists.

import { append, h, num } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {import("./studio.js").Studio} Studio */
/** @typedef {import("./dom.js").Child} Child */
/** @typedef {import("./icons.js").IconName} IconName */

/** Which colour a state has; what is not listed is plain. */
/** @type {Record<string, import("./types.js").Outcome>} */
const TONES = {
  ACTIVE: "good",
  SIGNED: "wait",
  SUCCESS: "good",
  OPEN: "wait",
  PROCESSING: "wait",
  AUTHORIZED: "wait",
  DONE: "good",
  DELIVERED: "good",
  FAIL: "bad",
  DEAD: "bad",
  PENDING: "wait",
};

/**
 * An account of the ledger by its owner's name, in the Studio's language; else as the wallet labels it.
 * @param {Studio} studio
 * @param {{account: string, label: string}} account
 */
export function accountName({ words, people }, { account, label }) {
  const [kind = ""] = account.split(":");
  const name = people.ownerOf(account);
  if ((kind === "user" || kind === "hold" || kind === "merchant") && name) return words.t(`account.${kind}`, { name });
  return kind === "fees" || kind === "world" ? words.t(`account.${kind}`) : label;
}

/** @param {string} title @param {...(Child | Child[])} children */
export function section(title, ...children) {
  return h("section.part", null, h("h3", null, title), ...children);
}

/**
 * Short facts on one line.
 * @param {...Child} facts
 */
export function facts(...facts) {
  const told = facts.filter((fact) => fact !== null && fact !== undefined && fact !== false && fact !== "");
  return h(
    "p.facts",
    null,
    told.map((fact) => h("span", null, fact)),
  );
}

/**
 * Names on one side, values on the other. Pairs without a value are left out.
 * @param {[string, Child][]} pairs
 */
export function pairs(pairs) {
  const rows = pairs.filter(([, value]) => value !== null && value !== undefined && value !== false && value !== "");
  return h(
    "dl.pairs",
    null,
    rows.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))),
  );
}

/** @param {Studio} studio @param {string} state */
export function stateChip(studio, state) {
  return h(`span.state.${TONES[state] ?? "plain"}`, null, studio.words.known("state", state));
}

/**
 * How far a delivery has come, in words: `delivered, 1st attempt`, `waiting · 2 attempts`.
 * @param {Studio} studio
 * @param {import("./types.js").OutboxRow} row
 */
export function deliveryState({ words }, row) {
  const isFirst = row.state === "DELIVERED" && row.attempts === 1;
  const tries = isFirst ? words.t("notification.first") : words.t("notification.attempts", { n: row.attempts });
  return h(`span.outcome.${TONES[row.state] ?? "plain"}`, null, words.known("state", row.state), " · ", num(tries));
}

/**
 * @param {Studio} studio
 * @param {string} label
 * @param {string} text
 * @param {string} [style]
 */
export function copyButton(studio, label, text, style = "button.chip-button") {
  const { words, say } = studio;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => say(words.t("copied")),
      () => say(words.t("copy.failed"), "bad"),
    );
  return h(style, { type: "button", onclick: copy }, icon("copy"), label);
}

/**
 * Sends a notification again.
 * @param {Studio} studio
 * @param {string} outboxId
 */
export function resendButton(studio, outboxId) {
  const { words, api, say } = studio;
  const resend = async () => {
    try {
      await api.post(`/sandbox/v1/notifications/${encodeURIComponent(outboxId)}/resend`);
      say(words.t("detail.resent"));
      studio.changed();
    } catch (error) {
      studio.fail(error);
    }
  };
  return h("button.chip-button", { type: "button", onclick: resend }, icon("again"), words.t("detail.resend"));
}

/** @param {IconName} name @param {string} title @param {string} advice */
export function emptyState(name, title, advice) {
  return h("div.empty", null, icon(name), h("h2", null, title), h("p", null, advice));
}

/**
 * Two or more ways to look at one thing, chosen by buttons.
 * @param {{label: string, draw: () => Node}[]} views
 * @param {...Child} beside  what stands at the other end of the buttons
 */
export function switched(views, ...beside) {
  const body = h("div");
  const buttons = views.map((view, index) => h("button", { type: "button", onclick: () => choose(index) }, view.label));
  /** @param {number} index */
  function choose(index) {
    buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(place === index)));
    body.replaceChildren(/** @type {{draw: () => Node}} */ (views[index]).draw());
  }
  choose(0);
  const bar = h("div.switch-bar", null, h("div.choice.small", { role: "group" }, buttons));
  append(bar, ...beside);
  return h("div.switched", null, bar, body);
}
