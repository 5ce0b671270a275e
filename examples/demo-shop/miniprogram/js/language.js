// The language of the page: which one, its words, its numbers and dates, its direction of writing.

import { arabic } from "./words-ar.js";
import { english } from "./words-en.js";

const words = { "en-US": english, "ar-IQ": arabic };

const KEY = "zaytoun.language";
let current = initial();

/** The code that goes into `extendInfo.language`: `en-US` or `ar-IQ`. */
export const language = () => current;

/** Changes to the other of the two languages and remembers it. */
export function switchLanguage() {
  current = current === "en-US" ? "ar-IQ" : "en-US";
  try {
    localStorage.setItem(KEY, current);
  } catch {
    // A browser that keeps no data for framed pages still shows the language until the page is left.
  }
}

/** Adds a page's own words: the office's, which no customer needs to load. */
export function addWords(more) {
  for (const [tag, added] of Object.entries(more)) Object.assign(words[tag], added);
}

/** The text of `key` with its `{names}` filled in. Undefined if there is none, so that callers can fall back. */
export function text(key, values = {}) {
  return words[current][key]?.replace(/\{(\w+)\}/g, (_, name) => isolated(String(values[name] ?? "")));
}

/** What a code of the wallet or of the shop means, in words. */
export const explain = (code) => text(`code.${code}`) ?? text("code.other", { code });

/** An amount as a person reads it. `value` is a string of fils, 1000 to the dinar; BigInt, for money is never a float. */
export function money({ value }) {
  const fils = BigInt(value);
  const format = new Intl.NumberFormat(current);
  const rest = fils % 1000n;
  const decimals = rest ? `.${String(rest).padStart(3, "0")}` : "";
  return `${format.format(fils / 1000n)}${decimals} ${text("currency")}`;
}

/** What a person typed as dinars, as a string of fils; null if it is no amount. Eastern digits and separators will do. */
export function fils(typed) {
  const latin = typed.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660)).replace(/[\s,٬]/g, "").replace("٫", ".");
  const [, dinars, rest = ""] = /^(\d{1,8})(?:\.(\d{1,3}))?$/.exec(latin) ?? [];
  if (dinars === undefined) return null;
  const value = BigInt(dinars) * 1000n + BigInt(rest.padEnd(3, "0"));
  return value > 0n ? String(value) : null;
}

/** A day like `2026-12-05` in words. Noon UTC is the same day in Baghdad. */
export function day(date) {
  const options = { weekday: "long", day: "numeric", month: "long", timeZone: "Asia/Baghdad" };
  return new Intl.DateTimeFormat(current, options).format(new Date(`${date}T12:00:00Z`));
}

/** An instant, as day and time of day in Baghdad. */
export function moment(instant) {
  const options = { day: "numeric", month: "long", hour: "numeric", minute: "2-digit", timeZone: "Asia/Baghdad" };
  return new Intl.DateTimeFormat(current, options).format(new Date(instant));
}

/** A step number, or a range of them, in the digits of the language. */
export function steps([first, last]) {
  const format = new Intl.NumberFormat(current);
  return last === undefined ? format.format(first) : `${format.format(first)}–${format.format(last)}`;
}

/** Puts the words into everything that names them with `data-t`, and turns the page the right way round. */
export function translate(root = document) {
  root.documentElement.lang = current;
  root.documentElement.dir = current === "ar-IQ" ? "rtl" : "ltr";
  root.title = text("shop");
  for (const element of root.querySelectorAll("[data-t]")) element.textContent = text(element.dataset.t);
  for (const element of root.querySelectorAll("[data-placeholder]")) element.placeholder = text(element.dataset.placeholder);
}

/** Latin codes inside an Arabic sentence keep their own direction (Unicode isolates). */
const isolated = (value) => (current === "ar-IQ" && /[A-Za-z]/.test(value) ? `\u2068${value}\u2069` : value);

function initial() {
  let remembered = null;
  try {
    remembered = localStorage.getItem(KEY);
  } catch {
    // As above: then the browser's language decides.
  }
  const wish = new URLSearchParams(location.search).get("language") || remembered || navigator.language;
  return wish.startsWith("ar") ? "ar-IQ" : "en-US";
}
