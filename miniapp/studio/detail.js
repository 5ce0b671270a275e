// The right-hand panel: what is chosen, opened. A column where there is room, else a drawer over the diagram.

import { callDetail } from "./detail/call.js";
import { notificationDetail } from "./detail/notification.js";
import { operationDetail } from "./detail/operation.js";
import { paymentDetail } from "./detail/payment.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { emptyState } from "./parts.js";

/** @typedef {import("./studio.js").Studio} Studio */
/** @typedef {import("./studio.js").Subject} Subject */
/** @typedef {import("./dom.js").Child} Child */

/**
 * @param {HTMLElement} panel
 * @param {Studio} studio
 */
export function createDetail(panel, studio) {
  const { words } = studio;
  const body = h("div.detail-body");
  const close = h(
    "button.icon-button.detail-close",
    { type: "button", "aria-label": words.t("close"), onclick: shut },
    icon("cross"),
  );
  /** @type {Subject | null} */
  let shown = null;
  /** @type {Element | null} */
  let cameFrom = null;
  fill(panel, close, body);

  /** @param {Subject | null} subject @param {{open?: boolean, focus?: boolean}} [how] */
  function show(subject, how = {}) {
    shown = subject;
    if (how.focus) cameFrom = document.activeElement;
    if (how.open) panel.classList.add("open");
    panel.scrollTop = 0;
    draw(how.focus ?? false);
  }

  /** @param {boolean} takesFocus */
  function draw(takesFocus) {
    const subject = shown;
    const reading = read(subject);
    if (!reading) return place(drawn(subject), takesFocus);
    const ready = reading.catch((error) => [
      h("p.why", null, words.t("error.load", { message: String(error.message) })),
    ]);
    void ready.then((children) => shown === subject && place(children, takesFocus));
  }

  /** What the wallet has to be asked for first. @param {Subject | null} subject @returns {Promise<Child[]> | null} */
  function read(subject) {
    if (subject?.kind === "payment") return paymentDetail(studio, subject.paymentId);
    if (subject?.kind === "operation") return operationDetail(studio, subject.paymentId, subject.operationId);
    return null;
  }

  /** @param {Subject | null} subject @returns {Child[]} */
  function drawn(subject) {
    if (subject?.kind === "call") return callDetail(studio, subject.call);
    if (subject?.kind === "notification") return notificationDetail(studio, subject.row);
    return [
      emptyState("shield", words.t("detail.none"), words.t("detail.none.why")),
      h("p.hint.keys", null, words.t("detail.keys")),
    ];
  }

  /** @param {Child[]} children @param {boolean} takesFocus */
  function place(children, takesFocus) {
    fill(body, ...children);
    if (takesFocus) /** @type {HTMLElement | null} */ (body.querySelector("h2"))?.focus();
  }

  function shut() {
    panel.classList.remove("open");
    if (cameFrom instanceof HTMLElement) cameFrom.focus();
    cameFrom = null;
  }

  /**
   * The shown call got its answer: draw it again.
   * @param {(seq: number) => import("./types.js").Call | undefined} find
   */
  function refresh(find) {
    if (shown?.kind !== "call") return;
    const call = find(shown.call.seq);
    if (call && call !== shown.call) {
      shown = { kind: "call", call };
      draw(false);
    }
  }

  /** @param {KeyboardEvent} event */
  panel.onkeydown = (event) => {
    if (event.key === "Escape") shut();
  };
  return { show, refresh, shown: () => shown };
}
