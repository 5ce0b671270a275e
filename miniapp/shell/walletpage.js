// A wallet page above the Mini Program: the wallet's own frame around it, which covers the whole screen, status bar
// included, where no Mini Program can ever draw. The page is an iframe of the wallet's origin; it says only that it is
// finished, never what came of it (jsapi.md 7.3 rule 8).

import { brand, el, freshId, icon } from "./dom.js";
import { holdInert } from "./inert.js";
import { watchConfirmation } from "./submission.js";

/**
 * How the user, or the connection, ended a page: it said it was finished; somebody closed it; its document is gone.
 * @typedef {"done"|"close"|"lost"} Ending
 * @typedef {object} WalletPage
 * @property {() => Promise<Ending>} ended  the next ending
 * @property {(why: Ending) => void} end
 * @property {() => void} showAsking
 * @property {() => void} showLost
 * @property {() => void} showPage
 * @property {() => boolean} wasConfirmed  whether a confirmation has left the page
 * @property {() => void} remove
 * @typedef {(page: {ix: string, url: string}) => WalletPage} WalletPageOpener
 */

/**
 * @param {object} parts
 * @param {HTMLElement} parts.layer     where the page is put
 * @param {HTMLElement} parts.beneath   what must not be reachable meanwhile
 * @param {string} parts.walletOrigin
 * @param {() => import("./texts.js").Texts} parts.texts
 * @param {(event: Record<string, unknown>) => void} parts.emit
 * @returns {WalletPageOpener}
 */
export function walletPages({ layer, beneath, walletOrigin, texts, emit }) {
  return ({ ix, url }) => {
    const t = texts();
    /** @type {((why: Ending) => void)|null} */
    let resolve = null;
    /** An ending nobody has asked for yet. @type {Ending|null} */
    let waiting = null;
    const before = /** @type {HTMLElement|null} */ (document.activeElement);

    const end = (/** @type {Ending} */ why) => {
      if (resolve) {
        const answer = resolve;
        resolve = null;
        answer(why);
      } else waiting ??= why;
    };

    const frame = el("iframe", { class: "mq-wallet-frame", src: url, title: t("walletPage"), referrerpolicy: "same-origin" });
    const cover = el("div", { class: "mq-cover", role: "status", hidden: true });
    const close = el("button", { class: "mq-wallet-close", type: "button", "aria-label": t("closeWalletPage"), onclick: () => end("close") }, icon("close"));
    const brandId = freshId("wallet");
    const section = el("section", { class: "mq-wallet", role: "dialog", "aria-modal": "true", "aria-labelledby": brandId, tabindex: "-1" },
      el("header", { class: "mq-wallet-bar" },
        el("span", { class: "mq-brand", id: brandId, "aria-label": `${t("wallet")}: ${t("walletPage")}` },
          ...brand(t("wallet"))),
        el("span", { class: "mq-origin", dir: "ltr" }, icon("lock"), el("span", { text: new URL(walletOrigin).host })),
        close),
      el("div", { class: "mq-wallet-body" }, frame, cover));

    /** @param {MessageEvent} event */
    const onMessage = (event) => {
      const data = event.data;
      if (typeof data !== "object" || data === null || (data.mp !== "done" && data.mp !== "close")) return;
      if (event.origin !== walletOrigin || event.source !== frame.contentWindow || data.ix !== ix) {
        emit({ type: "dropped", what: data.mp, why: "not from the open wallet page", origin: event.origin });
        return;
      }
      end(data.mp);
    };

    /** @param {KeyboardEvent} event */
    const onKey = (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) end("close");
    };

    const onLoad = () => {
      try {
        // Same origin while the page is ours; a browser's error page is not, and reading it throws.
        const inside = frame.contentDocument;
        if (!inside || inside.location.origin !== walletOrigin) return end("lost");
        inside.addEventListener("keydown", onKey);
        frame.contentWindow?.focus();
      } catch {
        end("lost");
      }
    };

    let watcher = closeWatcher(() => end("close"));
    window.addEventListener("message", onMessage);
    section.addEventListener("keydown", onKey);
    frame.addEventListener("load", onLoad);
    const confirmation = watchConfirmation(frame);
    const release = holdInert(beneath);
    layer.append(section);
    section.focus({ preventScroll: true });

    const showPage = () => {
      // The system's way to close works once; a page that stays gets another.
      watcher?.destroy();
      watcher = closeWatcher(() => end("close"));
      cover.hidden = true;
      frame.inert = false;
      close.disabled = false;
    };

    return {
      ended() {
        if (waiting === null) return new Promise((fulfil) => (resolve = fulfil));
        const why = waiting;
        waiting = null;
        return Promise.resolve(why);
      },
      end,
      showAsking() {
        cover.replaceChildren(el("span", { class: "mq-spinner", "aria-hidden": "true" }), el("b", { text: t("asking") }), el("p", { text: t("askingHint") }));
        cover.hidden = false;
        frame.inert = true;
        close.disabled = true;
      },
      showLost() {
        const again = el("button", { class: "mq-button", type: "button", text: t("tryAgain"), onclick: () => {
          showPage();
          frame.src = url;
        } });
        cover.replaceChildren(icon("offline"), el("b", { text: t("pageLost") }), el("p", { text: t("pageLostHint") }), again);
        cover.hidden = false;
        close.disabled = false;
        again.focus();
      },
      showPage,
      wasConfirmed: confirmation.sent,
      remove() {
        confirmation.stop();
        window.removeEventListener("message", onMessage);
        watcher?.destroy();
        section.remove();
        release();
        // A dialog of the Mini Program that came up beneath is next; else where the user was.
        const next = beneath.querySelector(".mq-modal") ?? before;
        /** @type {HTMLElement|null} */ (next)?.focus?.({ preventScroll: true });
      },
    };
  };
}

/**
 * The system's own way to say "close this" (the back gesture on Android, Esc), where the browser tells pages of it.
 * @param {() => void} onClose
 * @returns {{destroy(): void}|null}
 */
function closeWatcher(onClose) {
  const Watcher = /** @type {any} */ (window).CloseWatcher;
  if (typeof Watcher !== "function") return null;
  const watcher = new Watcher();
  watcher.onclose = onClose;
  return watcher;
}
