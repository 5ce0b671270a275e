// Which addresses the shell opens for a Mini Program (jsapi.md 6.2). A wallet that opens any address it is handed is a
// phishing tool: anything that is not exactly an authorization page of this wallet is refused.

const URL_LENGTH_MAX = 256;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Whether `text` is an authorization page of this wallet.
 * @param {unknown} text
 * @param {{walletOrigin: string, sandbox: boolean}} wallet plain http is taken only in the sandbox and only on this machine
 */
export function isAuthorizationUrl(text, { walletOrigin, sandbox }) {
  if (typeof text !== "string" || text.length > URL_LENGTH_MAX) return false;
  let url;
  try {
    url = new URL(text);
  } catch {
    return false;
  }
  const secure = url.protocol === "https:" || (url.protocol === "http:" && sandbox && LOOPBACK.test(url.hostname));
  if (!secure || url.origin !== walletOrigin) return false;
  if (url.username !== "" || url.password !== "") return false;
  if (url.pathname !== "/authorize" && url.pathname !== "/") return false;
  const ids = url.searchParams.getAll("authId");
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
  return ["/authorize", "/", "/consent"].includes(url.pathname) ? url.href : null;
}
