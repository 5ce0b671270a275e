// The Live tab: the diagram with its filter, the story whose steps are counted, its clear button and the state of the
// connection.

import { createDiagram } from "./diagram.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { STORY_NAMES, storyNow } from "./stories.js";

/** @typedef {import("./arrows.js").Filter} Filter */
/** @typedef {import("./stories.js").StoryName} StoryName */
/** @typedef {import("./stream.js").StreamState} StreamState */
/**
 * Kept over a change of language. `since`: see {@link storyNow}.
 * @typedef {{filter: Filter, story: StoryName, since: number, selected: string | null, connection: StreamState}} LiveState
 */

/** @type {Filter[]} */
const FILTERS = ["all", "steps", "errors"];
const STORY_ICONS = /** @type {const} */ ({ sign: "contract", pay: "receipt", deduct: "again" });

/**
 * @param {import("./studio.js").Studio} studio
 * @param {LiveState} state
 */
export function createLive(studio, state) {
  const { words, book } = studio;
  const diagram = createDiagram(studio, () => state);
  const connection = h("span.connection", { role: "status" });
  const choices = FILTERS.map((filter) =>
    h(
      "button",
      { type: "button", "aria-pressed": String(filter === state.filter), onclick: () => choose(filter) },
      filterName(filter),
    ),
  );
  const stories = STORY_NAMES.map((story) =>
    h(
      "button",
      { type: "button", "aria-pressed": String(story === state.story), onclick: () => tell(story) },
      icon(STORY_ICONS[story]),
      words.t(`live.story.${story}`),
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
    h("div.choice.stories", { role: "group", "aria-label": words.t("live.story") }, stories),
    connection,
    clear,
  );
  const node = h("div.live-tab", null, bar, diagram.node);
  let isDue = false;

  /** @param {Filter} filter */
  function filterName(filter) {
    return words.t(filter === "steps" ? `live.steps.${state.story}` : `live.${filter}`);
  }

  /** By hand, until another story goes on. @param {StoryName} story */
  function tell(story) {
    Object.assign(state, { story, since: book.last });
    update();
  }

  function followStory() {
    Object.assign(state, storyNow(book.calls, state));
    stories.forEach((choice, index) => choice.setAttribute("aria-pressed", String(STORY_NAMES[index] === state.story)));
    fill(/** @type {HTMLElement} */ (choices[FILTERS.indexOf("steps")]), filterName("steps"));
  }

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
      draw();
    });
  }

  function draw() {
    followStory();
    diagram.update();
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
    refresh: async () => draw(),
    update,
    connected,
    selectCall: diagram.selectCall,
    remember: () => (state.selected = diagram.remembered()),
  };
}
