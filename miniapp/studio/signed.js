// The signed text in its parts, so that the eye finds what belongs to what (spec/qicard.md 1.2):
// METHOD PATH, line feed, Client-Id, dot, time, dot, body.

/** @typedef {{line: string, prefix: string, body: string}} SignedParts */

/**
 * @param {string} text
 * @returns {SignedParts} `line` is method and path, `prefix` is client and time with their dots, `body` the rest.
 *   Put together again (with the line feed after `line`) they are the text.
 */
export function partsOf(text) {
  const end = text.indexOf("\n");
  if (end < 0) return { line: text, prefix: "", body: "" };
  const rest = text.slice(end + 1);
  const prefix = PREFIX.exec(rest)?.[0] ?? "";
  return { line: text.slice(0, end), prefix, body: rest.slice(prefix.length) };
}

/** Client-Id, then an ISO 8601 time with or without a fraction, then the dot before the body. */
const PREFIX = /^[^.\n]*\.\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})\./;

/**
 * A header's value whatever the case of its name.
 * @param {Record<string, string> | undefined} headers
 * @param {string} name
 */
export function headerOf(headers, name) {
  const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return found?.[1];
}
