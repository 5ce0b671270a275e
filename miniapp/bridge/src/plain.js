// Parameters before they leave the page: a plain copy without functions, and its size.

const DEPTH_MAX = 64;

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A copy that is plain JSON data. Functions, symbols and undefined are left out, as JSON leaves them out; dates become
 * text. Throws a parameter failure for what has no end (cycles) and for what no JSON can say.
 * @param {unknown} value
 * @param {number} [depth]
 * @returns {any}
 */
function toPlain(value, depth = 0) {
  if (depth > DEPTH_MAX) throw new Failure(failure(2, "parameter", "nested too deeply"));
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") throw new Failure(failure(2, "parameter", "BigInt"));
  if (typeof value !== "object") return undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map((item) => toPlain(item, depth + 1) ?? null);
  /** @type {Record<string, unknown>} */
  const copy = {};
  for (const [key, member] of Object.entries(value)) {
    const plain = toPlain(member, depth + 1);
    // Object.defineProperty, so that a key named __proto__ stays a key.
    if (plain !== undefined) Object.defineProperty(copy, key, { value: plain, enumerable: true, writable: true, configurable: true });
  }
  return copy;
}

/** Length of a text in UTF-8 bytes. @param {string} text */
function byteLength(text) {
  return new TextEncoder().encode(text).length;
}

/**
 * The beginning of a text, at most `bytesMax` UTF-8 bytes, never half a character.
 * @param {string} text
 * @param {number} bytesMax
 */
function firstBytes(text, bytesMax) {
  const bytes = new TextEncoder().encode(text.slice(0, bytesMax));
  if (bytes.length <= bytesMax) return text.slice(0, bytesMax);
  let end = bytesMax;
  while (end > 0 && (bytes[end] & 0xc0) === 0x80) end -= 1;
  return new TextDecoder().decode(bytes.subarray(0, end));
}
