// The sequence diagram, alive: four lanes, one row per arrow, the newest at the bottom.

import { arrowsOf } from "./arrows.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { arrowRow, jumpRow } from "./rows.js";

/** @typedef {import("./arrows.js").Arrow} Arrow */
/** @typedef {import("./arrows.js").Filter} Filter */
/** @typedef {import("./stories.js").StoryName} StoryName */
/** @typedef {import("./types.js").Lane} Lane */

/** @type {Lane[]} */
const LANES = ["miniProgram", "merchant", "wallet", "user"];
const LANE_ICONS = /** @type {const} */ ({
  miniProgram: "smartphone",
  merchant: "store",
  wallet: "wallet",
  user: "user",
});
/** This close to the end counts as being there, in pixels. */
const NEAR_END_PX = 60;

/**
 * @param {import("./studio.js").Studio} studio
 * @param {() => {filter: Filter, story: StoryName}} view
 */
export function createDiagram(studio, view) {
  const { words, book } = studio;
  /** @type {Arrow[]} */
  let arrows = [];
  /** @type {Map<string, {row: HTMLElement, arrow: Arrow}>} */
  let rows = new Map();
  /** @type {string | null} */
  let selected = null;
  let follows = true;
  let wasDrawn = false;

  const list = h("div.arrows", {
    role: "listbox",
    tabindex: "0",
    "aria-label": words.t("live.list"),
    onkeydown: onKey,
    onclick: onClick,
  });
  const empty = h("div.empty");
  const scroller = h("div.diagram-scroll", { onscroll: onScroll }, laneHeads(), list, empty);
  const newest = h(
    "button.newest",
    { type: "button", hidden: true, onclick: () => follow() },
    icon("down"),
    words.t("live.newest"),
  );
  const node = h("div.diagram", null, scroller, newest);

  function laneHeads() {
    const heads = LANES.map((lane) =>
      h(`div.lane.${lane}`, null, icon(LANE_ICONS[lane]), h("span", null, words.t(`lane.${lane}`))),
    );
    return h("div.lanes", { "aria-hidden": "true" }, heads);
  }

  /** Draws what the book holds now; rows that are already there stay. */
  function update() {
    const { filter, story } = view();
    arrows = arrowsOf(book.calls, { filter, story, repliedAfter: book.repliedAfter });
    list.setAttribute("data-told", story);
    /** @type {typeof rows} */
    const next = new Map();
    /** @type {HTMLElement[]} */
    const order = [];
    for (const arrow of arrows) {
      const known = rows.get(arrow.key);
      const row = known && isSame(known.arrow, arrow) ? known.row : arrowRow(studio, arrow, wasDrawn && !known);
      next.set(arrow.key, { row, arrow });
      if (arrow.jump) order.push(jumpRow(studio, arrow.jump));
      order.push(row);
    }
    rows = next;
    wasDrawn = true;
    arrange(list, order);
    list.hidden = arrows.length === 0;
    empty.hidden = arrows.length > 0;
    if (arrows.length === 0) drawEmpty();
    mark();
    if (follows) scroller.scrollTop = scroller.scrollHeight;
    showNewest();
  }

  function drawEmpty() {
    const { filter, story } = view();
    const chosen = book.calls.length === 0 ? "all" : filter;
    /** @type {import("./words.js").Key} */
    const title =
      chosen === "errors" ? "live.empty.errors" : chosen === "steps" ? `live.empty.steps.${story}` : "live.empty";
    const advice =
      chosen === "errors" ? "live.empty.errors.todo" : studio.hasUser() ? "live.empty.todo" : "live.empty.user";
    fill(
      empty,
      icon(chosen === "errors" ? "check" : "live"),
      h("h2", null, words.t(title)),
      h("p", null, words.t(advice)),
    );
  }

  /** Marks the selected row, and its other half. */
  function mark() {
    const call = selected === null ? undefined : rows.get(selected)?.arrow.call;
    for (const [key, { row, arrow }] of rows) {
      row.setAttribute("aria-selected", String(key === selected));
      row.classList.toggle("partner", key !== selected && call !== undefined && arrow.call.seq === call.seq);
    }
    const row = selected === null ? undefined : rows.get(selected)?.row;
    if (row) list.setAttribute("aria-activedescendant", row.id);
    else list.removeAttribute("aria-activedescendant");
  }

  /** @param {string} key @param {{open?: boolean, focus?: boolean}} how */
  function select(key, how) {
    const found = rows.get(key);
    if (!found) return;
    selected = key;
    mark();
    found.row.scrollIntoView({ block: "nearest" });
    studio.show({ kind: "call", call: found.arrow.call }, how);
  }

  /** @param {MouseEvent} event */
  function onClick(event) {
    const row = /** @type {Element} */ (event.target).closest("[data-key]");
    const key = row?.getAttribute("data-key");
    if (key) select(key, { open: true });
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const place = arrows.findIndex((arrow) => arrow.key === selected);
    const target = KEYS[event.key]?.(place, arrows.length);
    if (target === undefined && event.key !== "Enter") return;
    event.preventDefault();
    const arrow = arrows[Math.max(0, Math.min(target ?? Math.max(place, 0), arrows.length - 1))];
    if (arrow) select(arrow.key, event.key === "Enter" ? { open: true, focus: true } : {});
  }

  function onScroll() {
    follows = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END_PX;
    showNewest();
  }

  function showNewest() {
    newest.hidden = follows || arrows.length === 0;
  }

  function follow() {
    follows = true;
    scroller.scrollTop = scroller.scrollHeight;
    showNewest();
  }

  /** Selects the first arrow of a call. @param {number} seq */
  function selectCall(seq) {
    const arrow = arrows.find((candidate) => candidate.call.seq === seq);
    if (arrow) select(arrow.key, { open: true });
  }

  /** The selected arrow's key, to be restored after drawing anew. */
  const remembered = () => selected;
  /** @param {string | null} key */
  function restore(key) {
    selected = key;
    mark();
  }

  return { node, update, selectCall, remembered, restore };
}

/** Where each key leads, from the place of the selected arrow (−1: none) and the number of arrows. */
/** @type {Record<string, (place: number, count: number) => number>} */
const KEYS = {
  ArrowDown: (place) => place + 1,
  ArrowUp: (place, count) => (place < 0 ? count - 1 : place - 1),
  PageDown: (place) => place + 10,
  PageUp: (place) => place - 10,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Whether a row drawn for one arrow still says what the other says. @param {Arrow} one @param {Arrow} other */
function isSame(one, other) {
  return one.call === other.call && one.outcome === other.outcome;
}

/**
 * Puts exactly these rows into the list, in this order, touching only what is not in its place.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} order
 */
function arrange(list, order) {
  order.forEach((row, index) => {
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  });
  while (list.children.length > order.length) list.lastElementChild?.remove();
}
