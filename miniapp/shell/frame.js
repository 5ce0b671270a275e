// The phone: a frame with status bar and title bar on a wide screen, nothing but the title bar on a phone. Inside a
// column that is too small for it, the phone is shown smaller; the page in it keeps a phone's width.

import { el, icon } from "./dom.js";

const DEVICE_WIDTH_PX = 414;
const DEVICE_HEIGHT_PX = 868;

/**
 * The time in the status bar: the wallet's, which in the sandbox may have been moved.
 * @typedef {object} Clock
 * @property {() => Date} now
 * @property {string} [zone]  an IANA name; else the browser's
 * @property {boolean} [shifted]  shown in the colour of simulated things
 */

/**
 * @param {object} parts
 * @param {HTMLElement} parts.host
 * @param {string} parts.language
 * @param {boolean} parts.rightToLeft
 * @param {string} parts.appName
 * @param {import("./texts.js").Texts} parts.texts
 * @param {Clock} parts.clock
 * @param {() => void} parts.onMore
 * @param {() => void} parts.onClose
 */
export function createFrame({ host, language, rightToLeft, appName, texts, clock, onMore, onClose }) {
  const time = el("span", { class: clock.shifted ? "mq-clock mq-shifted num" : "mq-clock num", dir: "ltr" });
  const title = el("h1", { class: "mq-title-text", dir: "auto", text: appName });
  const more = el("button", { class: "mq-capsule-button", type: "button", "aria-label": texts("more"), onclick: onMore }, icon("more"));
  const close = el("button", { class: "mq-capsule-button", type: "button", "aria-label": texts("closeApp"), onclick: onClose }, icon("close"));
  const titleBar = el("header", { class: "mq-title" }, title, el("div", { class: "mq-capsule", role: "group" }, more, close));
  const progress = el("div", { class: "mq-progress", hidden: true });
  const page = el("div", { class: "mq-page" });
  const dialogs = el("div", { class: "mq-dialogs" });
  const stage = el("main", { class: "mq-stage" }, progress, page, dialogs);
  const status = el("div", { class: "mq-status", "aria-hidden": "true" }, time, el("span", { class: "mq-signs" }, icon("signal"), icon("battery")));
  const app = el("div", { class: "mq-app" }, status, titleBar, stage);
  const walletLayer = el("div", { class: "mq-wallet-layer" });
  const screen = el("div", { class: "mq-screen" }, app, walletLayer);
  const device = el("div", { class: "mq-device" }, screen);
  const root = el("div", { class: "mq-shell", lang: language, dir: rightToLeft ? "rtl" : "ltr" }, device);
  host.replaceChildren(root);

  const tick = () => {
    time.textContent = clock.now().toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: clock.zone });
  };
  tick();
  const timer = setInterval(tick, 5000);

  const fit = () => {
    const { width, height } = root.getBoundingClientRect();
    const scale = Math.min(1, width / DEVICE_WIDTH_PX, height / DEVICE_HEIGHT_PX);
    root.style.setProperty("--mq-scale", String(scale > 0 ? scale : 1));
  };
  const observer = new ResizeObserver(fit);
  observer.observe(root);
  fit();

  return {
    root, app, page, dialogs, walletLayer,
    /** Shows that the Mini Program is on its way. @param {boolean} on */
    setLoading(on) {
      progress.hidden = !on;
    },
    remove() {
      clearInterval(timer);
      observer.disconnect();
      root.remove();
    },
  };
}

/**
 * A quiet page of the shell in place of the Mini Program: closed, refused, elsewhere, unreachable.
 * @param {import("./dom.js").IconName} sign
 * @param {string} heading
 * @param {string} hint
 * @param {...HTMLElement} actions
 */
export function panel(sign, heading, hint, ...actions) {
  return el("section", { class: "mq-panel", role: "status" },
    el("span", { class: "mq-panel-sign" }, icon(sign)), el("h2", { text: heading }), hint ? el("p", { text: hint }) : null, ...actions);
}
