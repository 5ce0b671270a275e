// What the shell takes from a Mini Program's port at most (jsapi.md 7.3). A page is a stranger: everything is measured
// before it is looked at.

/** Calls without an answer, per document. */
export const OPEN_CALLS_MAX = 32;
/** Messages of one kind within any second, per frame: loading a new document does not start afresh. */
export const PER_SECOND_MAX = 50;
/** Bytes of one message. */
const MESSAGE_BYTES_MAX = 64 * 1024;
/** The same for stored values, which may be longer. */
const STORAGE_MESSAGE_BYTES_MAX = 256 * 1024;
const DEPTH_MAX = 70;

/** @param {unknown} api */
export function messageBytesMax(api) {
  return api === "setStorage" ? STORAGE_MESSAGE_BYTES_MAX : MESSAGE_BYTES_MAX;
}

/**
 * Whether a value is plain data (what JSON can say) of at most `bytesMax` bytes of UTF-8. Stops at the first byte too
 * many, so a huge message costs no more than a large one. Maps, buffers, circles and the like are not plain.
 * @param {unknown} value
 * @param {number} bytesMax
 */
export function isPlainWithin(value, bytesMax) {
  const encoder = new TextEncoder();
  let left = bytesMax;
  /** @param {string} text */
  const takeText = (text) => {
    // One UTF-16 unit is at least one byte: the long ones need no encoding to be refused.
    left -= text.length > left ? text.length : encoder.encode(text).length;
  };
  /** @param {unknown} item @param {number} depth @returns {boolean} */
  const take = (item, depth) => {
    left -= 2;
    if (left < 0 || depth > DEPTH_MAX) return false;
    if (typeof item === "string") takeText(item);
    else if (typeof item === "object" && item !== null) {
      if (Array.isArray(item)) return item.every((member) => take(member, depth + 1)) && left >= 0;
      if (Object.getPrototypeOf(item) !== Object.prototype) return false;
      for (const key in item) {
        takeText(key);
        if (left < 0 || !take(/** @type {Record<string, unknown>} */ (item)[key], depth + 1)) return false;
      }
    } else if (item !== null && !["number", "boolean", "undefined"].includes(typeof item)) return false;
    return left >= 0;
  };
  return take(value, 0);
}

/**
 * Counts events within the last second.
 * @param {() => number} now in ms, never going back
 * @param {number} [max]
 * @returns {() => boolean} whether one more is allowed
 */
export function rateLimit(now, max = PER_SECOND_MAX) {
  /** @type {number[]} */
  let times = [];
  return () => {
    const at = now();
    times = times.filter((time) => at - time < 1000);
    if (times.length >= max) return false;
    times.push(at);
    return true;
  };
}
