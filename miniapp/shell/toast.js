// Toasts and the loading sign (jsapi.md 4.1): said by the Mini Program, drawn by the shell, read aloud politely.

import { shownText } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { holdInert } from "./inert.js";
import { succeeding } from "./replies.js";

const TOAST_MS = 3000;
/** A page may ask for any duration; a screen it cannot free again would be a trap. */
const TOAST_MS_MAX = 60000;

/** @type {Record<string, import("./dom.js").IconName>} */
const TOAST_ICONS = { success: "check", fail: "cross", exception: "alert" };

/**
 * @param {object} parts
 * @param {HTMLElement} parts.layer
 * @param {HTMLElement} parts.beneath  what a loading sign with a mask covers
 * @param {() => import("./texts.js").Texts} parts.texts
 */
export function createToasts({ layer, beneath, texts }) {
  const toastBox = el("div", { class: "mq-toast-box", role: "status", "aria-live": "polite" });
  const loadingBox = el("div", { class: "mq-loading-box", role: "status", "aria-live": "polite" });
  layer.append(loadingBox, toastBox);
  /** @type {(() => void)|null} */
  let toastGone = null;
  let toastTimer = 0;
  let loadingTimer = 0;
  /** @type {(() => void)|null} */
  let unmask = null;

  function endToast() {
    clearTimeout(toastTimer);
    toastBox.replaceChildren();
    const gone = toastGone;
    toastGone = null;
    gone?.();
  }

  function endLoading() {
    clearTimeout(loadingTimer);
    loadingBox.replaceChildren();
    loadingBox.classList.remove("mq-masked");
    unmask?.();
    unmask = null;
  }

  /** @param {string} content @param {string} type @param {number} ms @returns {Promise<void>} when it has gone */
  function toast(content, type, ms) {
    endToast();
    const sign = Object.hasOwn(TOAST_ICONS, type) ? icon(TOAST_ICONS[type]) : null;
    toastBox.append(el("div", { class: sign ? `mq-toast mq-toast-${type}` : "mq-toast" }, sign, el("span", { dir: "auto", text: content })));
    return new Promise((resolve) => {
      toastGone = resolve;
      toastTimer = window.setTimeout(endToast, ms);
    });
  }

  return {
    /** For the shell's own short words. @param {string} content */
    say: (content) => toast(content, "none", TOAST_MS),
    clear() {
      toastGone = null;
      endToast();
      endLoading();
    },
    apis: {
      async showToast(/** @type {Record<string, any>} */ { content, type, duration }) {
        const ms = Number(duration ?? TOAST_MS);
        await toast(shownText(content), String(type), Math.min(Math.max(ms || 0, 1), TOAST_MS_MAX));
        return succeeding({});
      },
      async hideToast() {
        endToast();
        return succeeding({});
      },
      async showLoading(/** @type {Record<string, any>} */ { content, delay, mask }) {
        endLoading();
        loadingTimer = window.setTimeout(() => {
          const masked = mask !== false && mask !== "false";
          loadingBox.append(el("div", { class: "mq-loading" },
            el("span", { class: "mq-spinner", "aria-hidden": "true" }), el("span", { dir: "auto", text: shownText(content, texts()("loading")) })));
          loadingBox.classList.toggle("mq-masked", masked);
          if (masked) unmask = holdInert(beneath);
        }, Math.max(Number(delay) || 0, 0));
        return succeeding({});
      },
      async hideLoading() {
        endLoading();
        return succeeding({});
      },
    },
  };
}
