// A tab that shows what the wallet answers to one read: loading, empty, failed and filled, without flicker.

import { fill, h } from "../dom.js";
import { icon } from "../icons.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {{node: HTMLElement, refresh: () => Promise<void>}} Tab */

/**
 * @template T
 * @param {Studio} studio
 * @param {string} path
 * @param {(answer: T) => import("../dom.js").Child[]} draw
 * @returns {Tab}
 */
export function listTab(studio, path, draw) {
  const { words, api } = studio;
  const node = h("div.tab-body", { "aria-busy": "true" }, h("p.soft", null, words.t("loading")));
  let drawnFrom = "";

  async function refresh() {
    try {
      const answer = /** @type {T} */ (await api.get(path));
      const text = JSON.stringify(answer);
      if (text !== drawnFrom) fill(node, ...draw(answer));
      drawnFrom = text;
    } catch (error) {
      drawnFrom = "";
      const message = error instanceof Error ? error.message : String(error);
      fill(
        node,
        h("p.why", null, words.t("error.load", { message })),
        h("button.button.quiet", { type: "button", onclick: refresh }, icon("again"), words.t("again")),
      );
    } finally {
      node.removeAttribute("aria-busy");
    }
  }

  return { node, refresh };
}
