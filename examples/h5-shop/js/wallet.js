// @ts-check
// The wallet, as this page sees it. Everything here is `my.*`, and would run in any wallet that has it.

/** Whether there is a wallet around this page at all. */
export const isThere = () => typeof my === "object" && my.canIUse("tradePay");

/** The wallet's language: `en-US` or `ar-IQ`. Asked for, not read from my.env: that may be empty as long as the page loads. */
export async function language() {
  const wanted = isThere() ? (await my.getSystemInfo()).language : navigator.language;
  return wanted.startsWith("ar") ? "ar-IQ" : "en-US";
}

/**
 * Steps 1 to 5: a code by which the backend learns who this is. `USER_ID` never asks the user.
 * @returns {Promise<string>}
 */
export async function authCode() {
  const { authCode: code } = await my.getAuthCode({ scopes: ["USER_ID"] });
  return code;
}

/**
 * Steps 13 to 18: the cashier. Gives the code, whichever callback the wallet used for it: wallets disagree about that. None of
 * the codes is proof of payment, so the page asks its backend afterwards, whatever the code was.
 * @param {string} paymentUrl
 * @returns {Promise<string>} the resultCode, or the error of a call that could not be made
 */
export function pay(paymentUrl) {
  return new Promise((resolve) => {
    my.tradePay({ paymentUrl, complete: (res) => resolve(String(res.resultCode ?? ("error" in res ? res.error : ""))) });
  });
}

/**
 * Opens the authorization page of a contract.
 * @param {string} authUrl
 * @returns {Promise<{authCode: string} | {refused: string}>}
 */
export function sign(authUrl) {
  return new Promise((resolve) => {
    my.call("qicardSignContract", {
      authUrl,
      success: (/** @type {{authCode: string}} */ { authCode: code }) => resolve({ authCode: code }),
      fail: (/** @type {{errorCode: string}} */ { errorCode }) => resolve({ refused: errorCode }),
    });
  });
}

/** Reads a code with the camera. @returns {Promise<string | null>} null: the user did not want to */
export async function scan() {
  try {
    return (await my.scan({ scanType: ["qrCode", "barCode"] })).code;
  } catch {
    return null;
  }
}

/** A question that only the user can answer. @param {{title: string, text: string, yes: string, no: string}} words */
export async function ask({ title, text, yes, no }) {
  const { confirm } = await my.confirm({ title, content: text, confirmButtonText: yes, cancelButtonText: no });
  return confirm;
}

/** Keeps a text for the next visit of this user. @param {string} key @param {string | null} value */
export const keep = (key, value) => my.setStorage({ key, data: value }).catch(() => {});

/** What was kept. @param {string} key @returns {Promise<string>} */
export async function kept(key) {
  const { data } = await my.getStorage({ key }).catch(() => ({ data: null }));
  return typeof data === "string" ? data : "";
}

/** Runs something with the wallet's waiting sign over the page. @template T @param {string} words @param {() => Promise<T>} work */
export async function waiting(words, work) {
  my.showLoading({ content: words, delay: 300 });
  try {
    return await work();
  } finally {
    my.hideLoading();
  }
}
