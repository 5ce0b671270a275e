// One row of the diagram: the arrow's line, its step number and what is written on it.

import { code, h, num } from "./dom.js";
import { isWaiting } from "./calls.js";

/** @typedef {import("./arrows.js").Arrow} Arrow */
/** @typedef {import("./studio.js").Studio} Studio */

const PLACES = { miniProgram: 0, merchant: 1, wallet: 2, user: 3 };

/**
 * @param {Studio} studio
 * @param {Arrow} arrow
 * @param {boolean} isNew  it arrived just now, and may draw itself
 */
export function arrowRow(studio, arrow, isNew) {
  const { words, format } = studio;
  const from = PLACES[arrow.from];
  const to = PLACES[arrow.to];
  const direction = from === to ? "self" : to > from ? "onward" : "backward";
  const classes = ["arrow", `at-${Math.min(from, to)}`, `over-${Math.abs(from - to)}`, direction, arrow.outcome];
  if (isNew) classes.push("new");
  if (arrow.step !== null) classes.push(`story-${arrow.story}`);
  if (arrow.part === "request" && isWaiting(arrow.call)) classes.push("waiting");
  const label = words.known("title", arrow.label);
  const text = [
    arrow.step !== null && h("span.step", null, num(format.number(arrow.step))),
    h("bdi.what", null, label),
    arrow.amount && h("span.amount", null, num(format.money(arrow.amount))),
    note(studio, arrow),
    route(studio, arrow),
  ];
  return h(
    `div.${classes.join(".")}`,
    {
      role: "option",
      id: `arrow-${arrow.key}`,
      "data-key": arrow.key,
      "data-step": arrow.step,
      "data-story": arrow.step === null ? null : arrow.story,
      "aria-selected": "false",
    },
    h("span.line", null, h("i.head")),
    h("span.label", null, text),
  );
}

/**
 * What stands small behind the label: how long an answer took, that it is awaited, or why there will be none.
 * @param {Studio} studio
 * @param {Arrow} arrow
 */
function note(studio, arrow) {
  const { words, format } = studio;
  const { part, call, outcome, isAnswered } = arrow;
  if (part === "reply")
    return call.ms !== null && call.ms !== undefined && h("span.note", null, num(format.took(call.ms)));
  if (isWaiting(call)) return h("span.note", null, words.t("live.waiting"));
  return outcome === "bad" && !isAnswered && call.status && h("span.note", null, code(call.status));
}

/**
 * What the eye sees in the line: who speaks to whom.
 * @param {Studio} studio
 * @param {Arrow} arrow
 */
function route({ words }, { from, to }) {
  return h("span.unseen", null, words.t("live.arrow", { from: words.t(`lane.${from}`), to: words.t(`lane.${to}`) }));
}

/**
 * A line across all lanes where the clock made a leap. Saffron if it leads to a time that has not come yet.
 * @param {Studio} studio
 * @param {import("./arrows.js").Jump} jump
 */
export function jumpRow({ words, format }, jump) {
  const isBack = jump.toMs < jump.fromMs;
  const text = isBack ? words.t("live.back") : words.t("live.later", { span: format.span(jump.toMs - jump.fromMs) });
  const isSimulated = jump.toMs > Date.now();
  return h(
    `div.jump${isSimulated ? ".simulated" : ""}`,
    { "aria-hidden": "true" },
    h("span", null, text, " · ", num(format.dateTime(jump.toMs))),
  );
}
