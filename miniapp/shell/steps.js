// Which step of the seeds' diagrams a message between Mini Program, merchant and wallet is. There are two: the seventeen
// steps of an agreement (no `story`), and the twenty of a payment in the cashier (`story: "pay"`). The page's own calls to
// its merchant say nothing about that, so they are told by content: an answer with an address of the wallet's is where a
// contract or an order was made, a request with the code that was just handed out is where that code is passed on.

/** @typedef {{story?: "pay", step: number|null, replyStep: number|null}} Steps */

/** @type {Record<string, Steps>} */
const CALLS = {
  qicardSignContract: { step: 5, replyStep: 10 },
  signContract: { step: 5, replyStep: 10 },
  getAuthCode: { story: "pay", step: 1, replyStep: 5 },
  tradePay: { story: "pay", step: 13, replyStep: 18 },
};
/** @type {Steps} */
const NONE = { step: null, replyStep: null };
/** Names merchants give to the call that prepares a contract: shown as its step until the answer proves it. */
const PREPARING = /prepare|subscribe|agreement|contract/i;
/** The same of an order; reading one, or doing something with it later, is none. */
const ORDERING = /\/(orders?|buy|checkout|hold|pay)(\?|$)/i;
/** A cashier's address, or a trade number, in an answer. */
const ORDERED = /\/cashier\?(?:orderId|tradeNo)=([^"&\\]+)|"tradeNO":"([^"]+)"/;

/** @param {string} api @returns {Steps} */
export function stepsOfCall(api) {
  return Object.hasOwn(CALLS, api) ? CALLS[api] : NONE;
}

/** @param {string} walletOrigin */
export function networkSteps(walletOrigin) {
  /** Codes handed to the Mini Program with the call that brought each, newest last. @type {{code: string, api: string}[]} */
  const codes = [];
  /** Orders that an answer has told of: the first answer made it. @type {Map<string, string>} */
  const orders = new Map();
  return {
    /** @param {unknown} code @param {string} api */
    remember(code, api) {
      if (typeof code !== "string" || code === "") return;
      codes.push({ code, api });
      if (codes.length > 20) codes.shift();
    },
    /**
     * @param {{key?: string, method?: string, url: string, requestBody: string, responseBody: string, ended: boolean}} call
     * @returns {Steps & {answer: string}} `answer`: what the reply brought
     */
    of({ key = "", method = "GET", url, requestBody, responseBody, ended }) {
      const known = codes.find(({ code }) => requestBody.includes(code) || url.includes(code));
      if (known) return { ...(known.api === "getAuthCode" ? { story: "pay", step: 6 } : { step: 11 }), replyStep: null, answer: "" };
      const body = responseBody.replaceAll("\\/", "/");
      const ofWallet = body.includes(walletOrigin);
      // A periodic deduction has no diagram in the seeds: the Studio counts its steps by what is in the messages.
      const text = /"(signStr|orderStr)":/.exec(body)?.[1];
      if (text) return { ...NONE, answer: text };
      if (body.includes('"authUrl"') || (ofWallet && body.includes("authId="))) return { step: 1, replyStep: 4, answer: "authUrl" };
      const [, address, number] = ORDERED.exec(body) ?? [];
      const made = (ofWallet && address) || number;
      if (made && (orders.get(made) ?? key) === key) {
        orders.set(made, key);
        return { story: "pay", step: 9, replyStep: 12, answer: number ? "tradeNO" : "paymentUrl" };
      }
      if (ended) return { ...NONE, answer: "" };
      const path = pathOf(url);
      if (PREPARING.test(path)) return { step: 1, replyStep: null, answer: "" };
      return method !== "GET" && ORDERING.test(path) ? { story: "pay", step: 9, replyStep: null, answer: "" } : { ...NONE, answer: "" };
    },
  };
}

/** @param {string} url */
export function pathOf(url) {
  try {
    const { pathname, search } = new URL(url);
    return pathname + search;
  } catch {
    return url;
  }
}
