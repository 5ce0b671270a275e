// Amounts, times and words as people read them, in both languages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isDuration } from "../clock.js";
import { createFormat } from "../format.js";
import { createWords, firstLanguage } from "../words.js";
import { ar } from "../words/ar.js";
import { en } from "../words/en.js";

const english = createFormat("en", "Asia/Baghdad");
const arabic = createFormat("ar", "Asia/Baghdad");
/** Without the marks that keep figures together. @param {string} text */
const bare = (text) => text.replace(/[\u2066-\u2069]/g, "").replaceAll("\u00a0", " ");
/** @param {string} value @param {string} [currency] */
const amount = (value, currency = "IQD") => ({ currency, value });

test("fils are shown as dinars, with decimals only where there are some", () => {
  assert.equal(bare(english.money(amount("5000000"))), "5,000 IQD");
  assert.equal(bare(english.money(amount("1500"))), "1.500 IQD");
  assert.equal(bare(english.money(amount("5"))), "0.005 IQD");
  assert.equal(bare(english.money(amount("1050", "USD"))), "10.50 USD");
  assert.equal(bare(english.money(amount("1050", "JPY"))), "1,050 JPY");
});

test("amounts beyond a float's reach are exact", () => {
  assert.equal(bare(english.money(amount("9223372036854775807"))), "9,223,372,036,854,775.807 IQD");
});

test("a change carries its sign", () => {
  assert.equal(bare(english.change(amount("4950000"))), "+4,950 IQD");
  assert.equal(bare(english.change(amount("-5000000"))), "−5,000 IQD");
  assert.equal(bare(english.change(amount("0"))), "0 IQD");
});

test("what is no amount is a dash, not a guess", () => {
  assert.equal(english.money(null), "–");
  assert.equal(english.money(amount("5.0")), "–");
});

test("Arabic has Eastern digits, the dinar's name, Levantine months, and figures that stay left to right", () => {
  assert.equal(bare(arabic.money(amount("5000500"))), "٥٬٠٠٠٫٥٠٠ د.ع");
  assert.match(arabic.change(amount("-5000000")), /^\u2066−٥٬٠٠٠\u2069/);
  assert.match(arabic.day("2026-12-01T09:00:00+03:00"), /كانون الأول/);
});

test("times are the wallet's, wherever the browser is", () => {
  assert.equal(english.dateTime("2026-11-30T21:30:00Z"), "1 Dec 2026, 00:30");
  assert.equal(english.time("2026-12-01T09:00:07+03:00"), "09:00:07");
  assert.equal(english.dateTime("soon"), "–");
});

test("how long something took has the unit that fits", () => {
  assert.deepEqual(
    [0.4, 3.14, 31, 1234, 26_000, null].map((ms) => english.took(ms)),
    ["0.4 ms", "3.1 ms", "31 ms", "1.2 s", "26 s", "–"],
  );
});

test("a leap of the clock is told by its largest unit", () => {
  const day = 86_400_000;
  assert.deepEqual(
    [31 * day, 28 * day, 365 * day, 2 * day, 3_600_000, 1].map((ms) => english.span(ms)),
    ["1 month", "1 month", "1 year", "2 days", "1 hour", "1 minute"],
  );
  assert.equal(arabic.span(2 * day), "يومان");
});

test("durations to move by go forward and are not empty", () => {
  for (const good of ["P1D", "P1M", "PT20M", "P1Y2M3DT4H5M6S", "P2W"]) assert.ok(isDuration(good), good);
  for (const bad of ["", "P", "PT", "1D", "-P1D", "P1.5D", "P1H", "p1d", "P1D; rm"]) assert.ok(!isDuration(bad), bad);
});

test("Arabic has every English word, and no form is empty", () => {
  assert.deepEqual(
    Object.keys(en).filter((key) => !(key in ar)),
    [],
  );
  for (const words of [en, ar]) {
    for (const [key, entry] of Object.entries(words)) {
      for (const text of typeof entry === "string" ? [entry] : Object.values(entry)) assert.ok(text, key);
    }
  }
});

test("both languages name the same values in a text", () => {
  const values = (/** @type {unknown} */ entry) =>
    new Set((typeof entry === "string" ? entry : Object.values(entry ?? {}).join()).match(/\{\w+\}/g));
  for (const [key, entry] of Object.entries(en)) assert.deepEqual(values(ar[key]), values(entry), key);
});

test("Arabic counts in six forms", () => {
  const { t } = createWords("ar");
  const said = [0, 1, 2, 3, 11, 100].map((n) => t("notification.attempts", { n }));
  assert.deepEqual(said, ["بلا محاولات", "محاولة واحدة", "محاولتان", "٣ محاولات", "١١ محاولة", "١٠٠ محاولة"]);
});

test("a word of the wallet's that we do not know stays as it came", () => {
  const { known } = createWords("ar");
  assert.equal(known("state", "ACTIVE"), "سارٍ");
  assert.equal(known("state", "TELEPORTED"), "TELEPORTED");
  assert.equal(known("title", "toString"), "toString");
});

test("the language is the one chosen, else the browser's, else English", () => {
  assert.equal(firstLanguage("ar", ["en-US"]), "ar");
  assert.equal(firstLanguage(null, ["fr-FR", "ar-IQ", "en-US"]), "ar");
  assert.equal(firstLanguage(null, ["en-GB", "ar"]), "en");
  assert.equal(firstLanguage(null, ["ku"]), "en");
});
