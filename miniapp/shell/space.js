// Which storage a Mini Program gets for which user (jsapi.md 4.3): a random name per pair, remembered on this device.
// Random, so that it tells the merchant nothing about who the user is.
//
// People open a Mini Program first and sign in on a wallet page later. What it stored until then is theirs: a user without a
// space of their own takes over the one of nobody, and the next visitor who is not signed in gets a fresh one.

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
    const nobodys = JSON.stringify([appId, ""]);
    spaces[pair] = spaces[nobodys] ?? [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (userId !== "") delete spaces[nobodys];
    try {
      store.setItem(KEY, JSON.stringify(spaces));
    } catch {
      // Without room to remember it, the space lasts as long as this shell.
    }
  }
  return spaces[pair];
}
