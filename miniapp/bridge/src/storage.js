// setStorage and its family, in the page's localStorage (jsapi.md 4.3): kept apart by user and app, 200 KB a key,
// 10 MB an app. Sizes are bytes of the stored JSON.

const KEY_BYTES_MAX = 200 * 1024;
const STORAGE_BYTES_MAX = 10 * 1024 * 1024;

function storagePrefix() {
  return `mithaq:${session.storageSpace}:`;
}

/**
 * The browser's storage. Browsers that block third-party data deny it to a framed page altogether: then the values are
 * in memory, and the shell keeps them from one page to the next.
 * @type {Pick<Storage, "length"|"key"|"getItem"|"setItem"|"removeItem">}
 */
const pageStorage = (() => {
  try {
    return window.localStorage;
  } catch {
    return borrowedStorage;
  }
})();

/**
 * Storage APIs as calls: where the values come with the port, they are waited for.
 * @param {(args: Record<string, any>) => Record<string, unknown>} work
 */
function whenStored(work) {
  return async (/** @type {Record<string, any>} */ args) => {
    if (pageStorage === borrowedStorage) await connected;
    return work(args);
  };
}

/** The keys of this space, as the page knows them. */
function storedKeys() {
  const store = pageStorage;
  const prefix = storagePrefix();
  const keys = [];
  for (let i = 0; i < store.length; i += 1) {
    const key = store.key(i);
    if (key !== null && key.startsWith(prefix)) keys.push(key.slice(prefix.length));
  }
  return keys.sort();
}

/** @param {string} key */
function storedBytes(key) {
  const text = pageStorage.getItem(storagePrefix() + key);
  return text === null ? 0 : byteLength(key) + byteLength(text);
}

/** @type {Record<string, (args: Record<string, any>) => Record<string, unknown>>} */
const storageApis = {
  setStorage({ key, data }) {
    const text = JSON.stringify(data ?? null);
    if (byteLength(text) > KEY_BYTES_MAX) throw new Failure(failure(14, "valueTooLong"));
    const others = storedKeys().filter((name) => name !== key);
    const total = others.reduce((sum, name) => sum + storedBytes(name), byteLength(key) + byteLength(text));
    if (total > STORAGE_BYTES_MAX) throw new Failure(failure(12, "storageFull"));
    try {
      pageStorage.setItem(storagePrefix() + key, text);
    } catch {
      // The browser's own quota may be smaller than ours.
      throw new Failure(failure(12, "storageFull"));
    }
    return { success: true };
  },

  getStorage({ key }) {
    const text = pageStorage.getItem(storagePrefix() + key);
    try {
      return { data: text === null ? null : JSON.parse(text) };
    } catch {
      return { data: text };
    }
  },

  removeStorage({ key }) {
    pageStorage.removeItem(storagePrefix() + key);
    return { success: true };
  },

  clearStorage() {
    for (const key of storedKeys()) pageStorage.removeItem(storagePrefix() + key);
    return { success: true };
  },

  getStorageInfo() {
    const keys = storedKeys();
    const bytes = keys.reduce((sum, key) => sum + storedBytes(key), 0);
    return { keys, currentSize: Math.ceil(bytes / 1024), limitSize: STORAGE_BYTES_MAX / 1024 };
  },
};
