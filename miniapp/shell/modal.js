// What alert, confirm, prompt and the action sheet share: one at a time in call order, above the Mini Program and below
// its title bar, with the Mini Program's name on it; focus stays inside until it is answered; Esc cancels (jsapi.md 4.1).

import { el, freshId, initialOf } from "./dom.js";
import { holdInert } from "./inert.js";

/**
 * @template T
 * @typedef {object} ModalSpec
 * @property {"alertdialog"|"dialog"} role
 * @property {"card"|"sheet"} shape
 * @property {string} from          who speaks: always shown
 * @property {string} [title]
 * @property {string} [text]
 * @property {HTMLElement[]} [body]
 * @property {(answer: (value: T) => void) => HTMLElement[]} buttons
 * @property {T} cancelled          the answer of Esc, and of a click beside it where that cancels
 * @property {boolean} [lightDismiss]
 */

/**
 * @param {HTMLElement} layer
 * @param {HTMLElement} beneath what must not be reachable while a dialog is open
 */
export function modalQueue(layer, beneath) {
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  let generation = 0;
  /** @type {(() => void)|null} */
  let dismiss = null;

  /**
   * @template T
   * @param {ModalSpec<T>} spec
   * @returns {Promise<T>} never settles for a dialog whose page is gone
   */
  function show(spec) {
    const mine = generation;
    /** @type {Promise<T>} */
    const shown = last.then(() => (mine === generation ? present(spec) : new Promise(() => {})));
    last = Promise.race([shown, whenCleared()]);
    return shown;
  }

  /** @type {(() => void)[]} */
  let clearing = [];
  /** @returns {Promise<void>} */
  const whenCleared = () => new Promise((resolve) => clearing.push(resolve));

  /**
   * @template T
   * @param {ModalSpec<T>} spec
   * @returns {Promise<T>}
   */
  function present(spec) {
    return new Promise((resolve) => {
      const before = /** @type {HTMLElement|null} */ (document.activeElement);
      const release = holdInert(beneath);
      const labelId = freshId("label");
      const textId = freshId("text");
      const close = () => {
        dismiss = null;
        backdrop.remove();
        release();
        before?.focus?.({ preventScroll: true });
      };
      const answer = (/** @type {T} */ value) => {
        close();
        resolve(value);
      };
      const card = el("div", {
        class: `mq-modal mq-modal-${spec.shape}`, role: spec.role, "aria-modal": "true", tabindex: "-1",
        "aria-labelledby": labelId, "aria-describedby": spec.text ? textId : undefined,
      },
        el("p", { class: "mq-from", id: labelId },
          el("i", { class: "mq-app-mark", "aria-hidden": "true", text: initialOf(spec.from) }), el("span", { dir: "auto", text: spec.from })),
        spec.title ? el("h2", { class: "mq-modal-title", dir: "auto", text: spec.title }) : null,
        spec.text ? el("p", { class: "mq-modal-text", id: textId, dir: "auto", text: spec.text }) : null,
        ...(spec.body ?? []),
        el("div", { class: "mq-modal-actions" }, ...spec.buttons(answer)));
      const backdrop = el("div", { class: `mq-backdrop mq-backdrop-${spec.shape}`, onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === "Escape") {
          event.stopPropagation();
          answer(spec.cancelled);
        } else if (event.key === "Tab") keepInside(card, event);
      }, onclick: (/** @type {MouseEvent} */ event) => {
        if (spec.lightDismiss && event.target === backdrop) answer(spec.cancelled);
      } }, card);
      dismiss = close;
      layer.append(backdrop);
      const first = /** @type {HTMLElement|null} */ (card.querySelector("input") ?? card.querySelector("[data-first]"));
      (first ?? card).focus({ preventScroll: true });
    });
  }

  return {
    show,
    /** The page is gone: nothing of it stays open, nothing is answered. */
    clear() {
      generation += 1;
      dismiss?.();
      for (const resolve of clearing.splice(0)) resolve();
      last = Promise.resolve();
    },
  };
}

/** @typedef {ReturnType<typeof modalQueue>} ModalQueue */

/** @param {HTMLElement} card @param {KeyboardEvent} event */
function keepInside(card, event) {
  const stops = [...card.querySelectorAll("button, input")];
  const inside = stops.indexOf(/** @type {Element} */ (card.ownerDocument.activeElement));
  const next = event.shiftKey ? (inside <= 0 ? stops.length : inside) - 1 : (inside + 1) % stops.length;
  /** @type {HTMLElement} */ (stops[next])?.focus();
  event.preventDefault();
}
