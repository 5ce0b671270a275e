// Which addresses the shell opens for a Mini Program (jsapi.md 6.1, 6.2). A wallet that opens any address it is handed is
// a phishing tool: anything that is not exactly an authorization page or a cashier of this wallet is refused.

/** The longest address of each page, in characters. */
const AUTHORIZATION_LENGTH_MAX = 256;
const CASHIER_LENGTH_MAX = 1024;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** @typedef {{walletOrigin: string, sandbox: boolean}} Wallet plain http is taken only in the sandbox and only on this machine */

/**
 * Whether `text` is an authorization page of this wallet.
 * @param {unknown} text
 * @param {Wallet} wallet
 */
export function isAuthorizationUrl(text, wallet) {
  const url = ownAddress(text, AUTHORIZATION_LENGTH_MAX, wallet);
  return url !== null && ["/authorize", "/"].includes(url.pathname) && namesOne(url, ["authId"]);
}

/**
 * Whether `text` is a cashier of this wallet: that of an order, or that of a trade number.
 * @param {unknown} text
 * @param {Wallet} wallet
 */
export function isCashierUrl(text, wallet) {
  const url = ownAddress(text, CASHIER_LENGTH_MAX, wallet);
  return url !== null && url.pathname === "/cashier" && namesOne(url, ["orderId", "tradeNo"]);
}

/**
 * The address, if it is one of this wallet's own origin, without a user in it.
 * @param {unknown} text
 * @param {number} lengthMax
 * @param {Wallet} wallet
 * @returns {URL|null}
 */
function ownAddress(text, lengthMax, { walletOrigin, sandbox }) {
  if (typeof text !== "string" || text.length > lengthMax) return null;
  let url;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  const secure = url.protocol === "https:" || (url.protocol === "http:" && sandbox && LOOPBACK.test(url.hostname));
  return secure && url.origin === walletOrigin && url.username === "" && url.password === "" ? url : null;
}

/** Whether the address has exactly one of these members, once. @param {URL} url @param {string[]} members */
function namesOne(url, members) {
  const ids = members.flatMap((member) => url.searchParams.getAll(member));
  return ids.length === 1 && ids[0] !== "";
}

/**
 * The address of the page the server wants shown, or null if it is none of this wallet's pages.
 * @param {unknown} pageUrl as the server gave it: relative or absolute
 * @param {string} walletOrigin
 */
export function walletPageUrl(pageUrl, walletOrigin) {
  if (typeof pageUrl !== "string") return null;
  const url = URL.parse ? URL.parse(pageUrl, walletOrigin) : new URL(pageUrl, walletOrigin);
  if (!url || url.origin !== walletOrigin) return null;
  return ["/authorize", "/", "/consent", "/cashier", "/sign"].includes(url.pathname) ? url.href : null;
}
