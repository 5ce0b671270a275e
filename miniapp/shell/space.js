// Which storage a Mini Program gets for which user (jsapi.md 4.3): a random name per pair, remembered on this device.
// Random, so that it tells the merchant nothing about who the user is.

const KEY = "mithaq.storage-spaces";

/**
 * @param {string} appId
 * @param {string} userId empty when nobody is signed in
 * @param {Storage} [store]
 */
export function storageSpace(appId, userId, store = localStorage) {
  const pair = JSON.stringify([appId, userId]);
  /** @type {Record<string, string>} */
  let spaces = {};
  try {
    spaces = JSON.parse(store.getItem(KEY) ?? "{}");
  } catch {
    // Spoiled by hand: start over.
  }
  if (typeof spaces[pair] !== "string") {
    spaces[pair] = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    try {
      store.setItem(KEY, JSON.stringify(spaces));
    } catch {
      // Without room to remember it, the space lasts as long as this shell.
    }
  }
  return spaces[pair];
}
