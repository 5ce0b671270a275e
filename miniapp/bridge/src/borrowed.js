// Storage for a page whose browser denies it its own (see storage.js): values in memory, told to the shell as they change
// and given back by it with the port of the next page.

/** @type {Map<string, string>} */
const borrowedValues = new Map();

const borrowedStorage = {
  get length() {
    return borrowedValues.size;
  },
  /** @param {number} index */
  key: (index) => [...borrowedValues.keys()][index] ?? null,
  /** @param {string} key */
  getItem: (key) => borrowedValues.get(key) ?? null,
  /** @param {string} key @param {string} value */
  setItem(key, value) {
    borrowedValues.set(key, value);
    tellShell({ k: "keep", key: key.slice(storagePrefix().length), value });
  },
  /** @param {string} key */
  removeItem(key) {
    borrowedValues.delete(key);
    tellShell({ k: "keep", key: key.slice(storagePrefix().length), value: null });
  },
};

/**
 * What the shell kept for this space. What the page has set meanwhile is newer.
 * @param {unknown} kept
 */
function returnBorrowed(kept) {
  if (!isObject(kept)) return;
  for (const [key, value] of Object.entries(kept)) {
    const name = storagePrefix() + key;
    if (typeof value === "string" && !borrowedValues.has(name)) borrowedValues.set(name, value);
  }
}
