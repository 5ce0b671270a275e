// The Studio's words in the chosen language, with numbers and plurals in it.

import { ar } from "./words/ar.js";
import { en } from "./words/en.js";

/** @typedef {keyof typeof en} Key */
/** @typedef {Partial<Record<Intl.LDMLPluralRule, string>> & {other: string}} Forms */
/** @typedef {import("./format.js").Language} Language */

/** @type {Record<Language, {words: Record<Key, string | Forms>, locale: string, dir: "ltr" | "rtl"}>} */
const LANGUAGES = {
  en: { words: en, locale: "en-GB", dir: "ltr" },
  ar: { words: ar, locale: "ar-IQ", dir: "rtl" },
};

/** @typedef {ReturnType<typeof createWords>} Words */

/** @param {Language} language */
export function createWords(language) {
  const { words, locale, dir } = LANGUAGES[language];
  const plural = new Intl.PluralRules(locale);
  const digits = new Intl.NumberFormat(locale);

  /**
   * The text of a key. `{name}` in it is replaced by `values.name`; `values.n` chooses between plural forms.
   * @param {Key} key
   * @param {Record<string, string | number>} [values]
   */
  function t(key, values = {}) {
    const entry = words[key];
    const text = typeof entry === "string" ? entry : (entry[plural.select(Number(values.n ?? 0))] ?? entry.other);
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === "number" ? digits.format(value) : value;
    });
  }

  /**
   * A word the wallet sent (a state, a step's title): in our language if we know it, else as it came.
   * @param {"state" | "title" | "channel" | "check" | "reason" | "kind" | "step" | "product" | "operation" | "by"} family
   * @param {string} word
   */
  function known(family, word) {
    const key = `${family}.${word}`;
    return isKey(key) ? t(key) : word;
  }

  /** @param {string} key @returns {key is Key} */
  function isKey(key) {
    return Object.hasOwn(words, key);
  }

  /** @param {number} count */
  const number = (count) => digits.format(count);

  return { t, known, number, dir, language };
}

/**
 * The language to begin with: the one chosen last, else the browser's if we speak it, else English.
 * @param {string | null} chosen
 * @param {readonly string[]} preferred
 * @returns {Language}
 */
export function firstLanguage(chosen, preferred) {
  const wanted = [chosen ?? "", ...preferred].map((tag) => tag.slice(0, 2));
  return wanted.find((tag) => tag === "ar" || tag === "en") === "ar" ? "ar" : "en";
}
