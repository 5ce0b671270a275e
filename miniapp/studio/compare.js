// Two texts that ought to be one: the text whose signature the wallet checked, and the one that the merchant's server signed.
// What differs is said parameter by parameter, with the causes that are usual.

/**
 * `order` the parameters are the same, in another order · `missing` the server did not sign it · `extra` the server signed it, and it
 * did not arrive · `encoded` signed percent-encoded · `plus` a plus became a space · `differs` anything else.
 * @typedef {object} Difference
 * @property {"order" | "missing" | "extra" | "encoded" | "plus" | "differs"} kind
 * @property {string} name  the parameter's; of `order` none
 * @property {string} [mine]  what the server signed, from the first place that differs on
 * @property {string} [arrived]  what the wallet has there
 */

/** How much of a value is shown from where it differs, in characters; and how much before. */
const SHOWN = 40;
const BEFORE = 8;

/**
 * @param {string} arrived  the wallet's text
 * @param {string} mine  the server's
 * @returns {Difference[]} nothing if they are the same
 */
export function differencesOf(arrived, mine) {
  if (arrived === mine) return [];
  const theirs = membersOf(arrived);
  const ours = membersOf(mine);
  /** @type {Difference[]} */
  const found = [];
  for (const [name, value] of theirs) {
    const other = ours.get(name);
    if (other === undefined) found.push({ kind: "missing", name, arrived: cut(value, 0) });
    else if (other !== value) found.push(differing(name, value, other));
  }
  for (const [name, value] of ours) if (!theirs.has(name)) found.push({ kind: "extra", name, mine: cut(value, 0) });
  return found.length > 0 ? found : [{ kind: "order", name: "" }];
}

/** @param {string} name @param {string} arrived @param {string} mine @returns {Difference} */
function differing(name, arrived, mine) {
  const length = Math.max(arrived.length, mine.length);
  let place = 0;
  while (place < length && arrived[place] === mine[place]) place += 1;
  const kind = mine.replaceAll("+", " ") === arrived ? "plus" : decodesTo(mine, arrived) ? "encoded" : "differs";
  return { kind, name, mine: cut(mine, place), arrived: cut(arrived, place) };
}

/**
 * A value may hold an `&` of its own; then its rest counts as a parameter, on both sides alike.
 * @param {string} text
 */
function membersOf(text) {
  /** @type {Map<string, string>} */
  const members = new Map();
  for (const pair of text.trim().split("&")) {
    const end = pair.indexOf("=");
    members.set(end < 0 ? pair : pair.slice(0, end), end < 0 ? "" : pair.slice(end + 1));
  }
  return members;
}

/** @param {string} value @param {number} place */
function cut(value, place) {
  const start = Math.max(0, place - BEFORE);
  const end = place + SHOWN;
  return (start > 0 ? "…" : "") + value.slice(start, end) + (end < value.length ? "…" : "");
}

/** @param {string} encoded @param {string} plain */
function decodesTo(encoded, plain) {
  try {
    return decodeURIComponent(encoded.replaceAll("+", "%20")) === plain;
  } catch {
    return false;
  }
}
