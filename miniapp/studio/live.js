// The Live tab: the diagram with its filter, its clear button and the state of the connection.

import { createDiagram } from "./diagram.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {import("./arrows.js").Filter} Filter */
/** @typedef {import("./stream.js").StreamState} StreamState */

/** @type {Filter[]} */
const FILTERS = ["all", "steps", "errors"];

/**
 * @param {import("./studio.js").Studio} studio
 * @param {{filter: Filter, selected: string | null, connection: StreamState}} state  kept over a change of language
 */
export function createLive(studio, state) {
  const { words, book } = studio;
  const diagram = createDiagram(studio, () => state.filter);
  const connection = h("span.connection", { role: "status" });
  const choices = FILTERS.map((filter) =>
    h(
      "button",
      { type: "button", "aria-pressed": String(filter === state.filter), onclick: () => choose(filter) },
      words.t(`live.${filter}`),
    ),
  );
  const clear = h(
    "button.button.quiet.small.clear",
    { type: "button", "aria-label": words.t("live.clear"), onclick: clearView },
    icon("clear"),
    h("span", null, words.t("live.clear")),
  );
  const bar = h(
    "div.live-bar",
    null,
    h("div.choice", { role: "group", "aria-label": words.t("live.filter") }, choices),
    connection,
    clear,
  );
  const node = h("div.live-tab", null, bar, diagram.node);
  let isDue = false;

  /** @param {Filter} filter */
  function choose(filter) {
    state.filter = filter;
    choices.forEach((choice, index) => choice.setAttribute("aria-pressed", String(FILTERS[index] === filter)));
    diagram.update();
  }

  function clearView() {
    book.clear();
    diagram.restore(null);
    studio.show(null);
    diagram.update();
  }

  /** Draws with the next frame, however many calls came in before it. */
  function update() {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      diagram.update();
    });
  }

  /** @param {StreamState} next */
  function connected(next) {
    state.connection = next;
    connection.className = `connection ${next}`;
    fill(connection, h("i"), words.t(`live.${next}`));
  }

  connected(state.connection);
  diagram.restore(state.selected);
  return {
    node,
    refresh: async () => diagram.update(),
    update,
    connected,
    selectCall: diagram.selectCall,
    remember: () => (state.selected = diagram.remembered()),
  };
}
