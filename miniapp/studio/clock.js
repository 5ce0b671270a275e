// The wallet's clock: what it says, and the levers that move it. Always saffron, because it can be simulated.

import { append, fill, h, num } from "./dom.js";
import { icon } from "./icons.js";
import { createMenu } from "./menu.js";

/** @typedef {import("./types.js").Clock} Clock */
/** @typedef {Clock & {nowMs: () => number}} RunningClock  goes on from when it was read */

const CLOCK = "/sandbox/v1/clock";
/** How often the shown time is brought up to date, in milliseconds. */
const TICK_MS = 5_000;
/** ISO 8601 durations that only go forward and are not empty. */
const DURATION = /^P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/;

/**
 * Whether the wallet would understand the text as a duration to move forward by.
 * @param {string} text
 */
export function isDuration(text) {
  return DURATION.test(text);
}

/**
 * Reads the wallet's clock.
 * @param {import("./api.js").Api} api
 * @returns {Promise<RunningClock>}
 */
export async function readClock(api) {
  const clock = /** @type {Clock} */ (await api.get(CLOCK));
  const readAt = performance.now();
  return { ...clock, nowMs: () => Date.parse(clock.now) + performance.now() - readAt };
}

/**
 * @param {import("./studio.js").Studio} studio
 * @param {RunningClock} clock
 * @param {(clock: RunningClock) => void} moved
 */
export function createClock(studio, clock, moved) {
  const { words, format, api, say } = studio;
  const face = h("span.clock-face");
  const pill = h("div.clock", { role: "group", "aria-label": words.t("clock") });
  const menu = createMenu(
    h("button.clock-open", { type: "button", title: words.t("clock.about") }, icon("clock"), face, icon("chevron")),
    levers(),
  );
  if (clock.shifted) pill.classList.add("shifted");
  append(pill, menu.node, ...steps());
  tick();
  const timer = setInterval(tick, TICK_MS);

  function tick() {
    fill(
      face,
      num(format.dateTime(clock.nowMs())),
      clock.shifted && h("span.clock-mark", null, words.t("clock.shifted")),
    );
  }

  /** A day, a month, a year: what plans and agreements are counted in. */
  function steps() {
    return [lever("clock.day", "P1D"), lever("clock.month", "P1M"), lever("clock.year", "P1Y")];
  }

  /** @param {"clock.day" | "clock.month" | "clock.year"} key @param {string} duration */
  function lever(key, duration) {
    return h("button.clock-lever", { type: "button", onclick: () => move({ advance: duration }) }, words.t(key));
  }

  function levers() {
    const input = /** @type {HTMLInputElement} */ (
      h("input", {
        type: "text",
        name: "duration",
        dir: "ltr",
        value: "PT20M",
        spellcheck: "false",
        autocomplete: "off",
        "aria-describedby": "clock-hint",
      })
    );
    const form = h(
      "form.clock-form",
      { onsubmit: (/** @type {Event} */ event) => submit(event, input) },
      h("label", null, words.t("clock.custom"), input),
      h("button.button", { type: "submit" }, words.t("clock.move")),
    );
    return h(
      "div.clock-panel",
      null,
      h("p.soft", null, words.t("clock.about")),
      h("div.clock-quick", null, steps()),
      form,
      h("p.hint", { id: "clock-hint" }, words.t("clock.hint")),
      h(
        "button.button.quiet",
        { type: "button", disabled: !clock.shifted, onclick: () => move({ reset: true }) },
        icon("back"),
        words.t("clock.reset"),
      ),
    );
  }

  /** @param {Event} event @param {HTMLInputElement} input */
  function submit(event, input) {
    event.preventDefault();
    const duration = input.value.trim().toUpperCase();
    input.setCustomValidity(isDuration(duration) ? "" : words.t("clock.bad"));
    if (input.reportValidity()) void move({ advance: duration });
    else input.addEventListener("input", () => input.setCustomValidity(""), { once: true });
  }

  /** @param {{advance: string} | {reset: true}} change */
  async function move(change) {
    try {
      await api.post(CLOCK, change);
      const next = await readClock(api);
      menu.close();
      say(words.t("clock.moved", { at: format.dateTime(next.now) }), "simulated");
      moved(next);
    } catch (error) {
      studio.fail(error);
    }
  }

  return { node: pill, stop: () => clearInterval(timer) };
}
