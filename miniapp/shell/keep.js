// Values that Mini Programs store with the shell because their browser denies them storage of their own (a framed page
// of another site, where third-party data is blocked). At most 1 MB per user and app, on this device.

const SPACE_CHARS_MAX = 1024 * 1024;

/** @param {string} space */
const prefixOf = (space) => `mithaq.kept:${space}:`;

/**
 * All of a space.
 * @param {string} space
 * @param {Storage} [store]
 */
export function keptFor(space, store = localStorage) {
  /** @type {Record<string, string>} */
  const values = {};
  const prefix = prefixOf(space);
  for (let i = 0; i < store.length; i += 1) {
    const key = store.key(i);
    if (key?.startsWith(prefix)) values[key.slice(prefix.length)] = store.getItem(key) ?? "";
  }
  return values;
}

/**
 * Remembers a value, or forgets it. What does not fit is not remembered: the page has it until it is left.
 * @param {string} space
 * @param {string} key
 * @param {string|null} value
 * @param {Storage} [store]
 */
export function keep(space, key, value, store = localStorage) {
  const name = prefixOf(space) + key;
  store.removeItem(name);
  if (value === null) return;
  const used = Object.entries(keptFor(space, store)).reduce((sum, [one, text]) => sum + one.length + text.length, 0);
  if (used + key.length + value.length > SPACE_CHARS_MAX) return;
  try {
    store.setItem(name, value);
  } catch {
    // The browser's own quota.
  }
}
