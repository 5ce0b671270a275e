// Which of the seed's seventeen steps a message between Mini Program, merchant and wallet is. The page's own calls to its
// merchant say nothing about that, so they are told by content: an answer with an address of the wallet's is steps 1 and
// 4, a request with the code that was just handed out is step 11.

const SIGNING = ["qicardSignContract", "signContract"];
/** Names merchants give to the call that prepares a contract: shown as step 1 until the answer proves it. */
const PREPARING = /prepare|subscribe|agreement|contract/i;

/** @param {string} api @returns {{step: number|null, replyStep: number|null}} */
export function stepsOfCall(api) {
  return SIGNING.includes(api) ? { step: 5, replyStep: 10 } : { step: null, replyStep: null };
}

/** @param {string} walletOrigin */
export function networkSteps(walletOrigin) {
  /** Codes handed to the Mini Program, newest last. @type {string[]} */
  const codes = [];
  return {
    /** @param {unknown} code */
    remember(code) {
      if (typeof code !== "string" || code === "") return;
      codes.push(code);
      if (codes.length > 20) codes.shift();
    },
    /**
     * @param {{url: string, requestBody: string, responseBody: string, ended: boolean}} call
     * @returns {{step: number|null, replyStep: number|null, answer: string}} `answer`: what the reply brought
     */
    of({ url, requestBody, responseBody, ended }) {
      if (codes.some((code) => requestBody.includes(code) || url.includes(code))) return { step: 11, replyStep: null, answer: "" };
      const body = responseBody.replaceAll("\\/", "/");
      if (body.includes('"authUrl"') || (body.includes(walletOrigin) && body.includes("authId="))) return { step: 1, replyStep: 4, answer: "authUrl" };
      return { step: !ended && PREPARING.test(pathOf(url)) ? 1 : null, replyStep: null, answer: "" };
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
