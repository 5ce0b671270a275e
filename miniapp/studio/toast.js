// Short announcements at the foot of the page, read out by screen readers too.

import { h } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {"good" | "bad" | "simulated"} Tone */

/** How long one stays, in milliseconds; refusals stay longer, because they must be read. */
const STAYS_MS = { good: 3_000, simulated: 4_000, bad: 8_000 };
const ICONS = /** @type {const} */ ({ good: "check", simulated: "check", bad: "alert" });

/**
 * @param {HTMLElement} host  an `aria-live` region
 * @returns {(text: string, tone?: Tone) => void}
 */
export function createToasts(host) {
  return (text, tone = "good") => {
    const toast = h(`div.toast.${tone}`, null, icon(ICONS[tone]), h("span", null, text));
    host.append(toast);
    setTimeout(() => toast.remove(), STAYS_MS[tone]);
  };
}
