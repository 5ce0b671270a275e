// Amounts, times and durations as people read them, in the Studio's language. No floats for money.

/** @typedef {import("./types.js").Amount} Amount */
/** @typedef {"en" | "ar"} Language */

/** Decimals of the currencies the wallet knows, where they are not two (as `mithaq-types` has them). */
/** @type {Record<string, number>} */
const DECIMALS = { IQD: 3, BHD: 3, JOD: 3, KWD: 3, OMR: 3, TND: 3, JPY: 0 };
const LOCALES = { en: "en-GB", ar: "ar-IQ" };
/** Keeps a figure in one left-to-right piece inside right-to-left text. */
const ISOLATE = "\u2066";
const END_ISOLATE = "\u2069";

// The largest unit of which at least one has passed is the one to say. Months and years are rounded. */
const UNITS = /** @type {const} */ ([
  ["year", 364 * 86_400_000],
  ["month", 28 * 86_400_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
]);
const SHORT_UNITS = { en: ["ms", "s"], ar: ["م.ث", "ث"] };
const DAYS_OF = { year: 365.25, month: 30.44 };

/** @typedef {ReturnType<typeof createFormat>} Format */

/**
 * @param {Language} language
 * @param {string} zone  IANA name of the time zone the wallet keeps its days in
 */
export function createFormat(language, zone) {
  const locale = LOCALES[language];
  const digits = new Intl.NumberFormat(locale);
  const point = new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === "decimal")?.value ?? ".";
  const plainDigits = new Intl.NumberFormat(locale, { useGrouping: false });
  /** @param {Intl.DateTimeFormatOptions} options */
  const dates = (options) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  const dateTimes = dates({
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
  const days = dates({ day: "numeric", month: "long", year: "numeric" });
  const times = dates({ hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

  /** @param {bigint} minor @param {string} currency */
  function figure(minor, currency) {
    const decimals = DECIMALS[currency] ?? 2;
    const scale = 10n ** BigInt(decimals);
    const size = minor < 0n ? -minor : minor;
    const rest = size % scale;
    const whole = digits.format(size / scale);
    if (rest === 0n) return whole;
    const zero = plainDigits.format(0);
    return `${whole}${point}${plainDigits.format(rest).padStart(decimals, zero)}`;
  }

  /** @param {Amount | null | undefined} amount @param {"minus" | "always"} sign */
  function money(amount, sign = "minus") {
    if (!amount || !/^-?\d+$/.test(amount.value)) return "–";
    const minor = BigInt(amount.value);
    const before = minor < 0n ? "−" : sign === "always" && minor > 0n ? "+" : "";
    return `${ISOLATE}${before}${figure(minor, amount.currency)}${END_ISOLATE}\u00a0${currencyName(amount.currency)}`;
  }

  /** @param {string} currency */
  function currencyName(currency) {
    return language === "ar" && currency === "IQD" ? "د.ع" : currency;
  }

  /** @param {Intl.DateTimeFormat} format @param {string | number | null | undefined} at */
  function stamp(format, at) {
    const time = typeof at === "string" ? Date.parse(at) : at;
    return time === null || time === undefined || Number.isNaN(time) ? "–" : format.format(time);
  }

  return {
    language,
    locale,
    /** @param {number} count */
    number: (count) => digits.format(count),
    /** `5,000 IQD`, with a minus if it is one. @param {Amount | null | undefined} amount */
    money: (amount) => money(amount),
    /** `+4,950 IQD`. @param {Amount | null | undefined} amount */
    change: (amount) => money(amount, "always"),
    /** `1 Dec 2026, 09:00`. @param {string | number | null | undefined} at */
    dateTime: (at) => stamp(dateTimes, at),
    /** `1 December 2026`. @param {string | number | null | undefined} at */
    day: (at) => stamp(days, at),
    /** `09:00:00`. @param {string | number | null | undefined} at */
    time: (at) => stamp(times, at),
    /** `31 ms`, `1.2 s`. @param {number | null | undefined} ms */
    took(ms) {
      if (ms === null || ms === undefined) return "–";
      const isShort = ms < 1000;
      const size = isShort ? ms : ms / 1000;
      const maximumFractionDigits = size < 10 ? 1 : 0;
      const count = new Intl.NumberFormat(locale, { maximumFractionDigits }).format(size);
      return `${count} ${SHORT_UNITS[language][isShort ? 0 : 1]}`;
    },
    /** `1 month`: the largest unit only. @param {number} ms */
    span(ms) {
      const [unit, size] = UNITS.find(([, least]) => ms >= least) ?? UNITS[4];
      const length = unit === "year" || unit === "month" ? DAYS_OF[unit] * 86_400_000 : size;
      const count = Math.max(1, Math.round(ms / length));
      return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
    },
  };
}
