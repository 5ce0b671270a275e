// @ts-check
// The merchant's backend, as this page sees it: every address it calls stands here and nowhere else. The backend is that of
// examples/demo-shop; another one needs the same addresses, or other ones here.
//
// Calls go through my.request. A refusal is thrown as `{code}`: the backend's own, or NO_ANSWER.

const BACKEND = document.querySelector("meta[name=backend]")?.getAttribute("content") ?? "";

/** @typedef {{currency: string, value: string}} Amount minor units as text: 1000 to the dinar */
/** @typedef {Record<string, string>} Words by language: `en-US`, `ar-IQ` */
/** @typedef {{id: string, way: "BUY" | "RESERVE" | "ESCROW", price: Amount, name: Words, note: Words}} Goods */
/** @typedef {{kind: string, amount: Amount, state: string, at: string}} Operation */
/**
 * @typedef {object} Order
 * @property {string} id
 * @property {"BUY" | "RESERVE" | "ESCROW"} way
 * @property {Words} name
 * @property {Amount} amount
 * @property {Amount} taken
 * @property {Amount} refunded
 * @property {"ASKED" | "OPEN" | "HELD" | "ACCEPTED" | "PAID" | "CLOSED"} state
 * @property {string | null} code  why nothing was paid
 * @property {string | null} paymentUrl  while it can be paid
 * @property {string[]} can  what the customer may do now
 * @property {Operation[]} operations
 */
/** @typedef {{id: string, state: "ACTIVE" | "ENDED", nextDelivery?: string}} Subscription */
/** @typedef {{session: string, name: string, nameAr: string, subscription: Subscription | null}} Visitor */
/** @typedef {{code: string}} Refusal */

/** The key that the backend gave at the last login. */
let session = "";

/** @param {string} key */
export function useSession(key) {
  session = key;
}

/** Step 6: the code of my.getAuthCode becomes a session. @param {string} authCode @returns {Promise<Visitor>} */
export const login = (authCode) => send("POST", "/api/login", { authCode });

/** What can be bought. @returns {Promise<{goods: Goods[]}>} */
export const goods = () => send("GET", "/api/goods");

/**
 * Steps 9 and 12: an order, with the address of the cashier. `once` is random: the same press sent twice makes one order.
 * @param {string} id  which goods
 * @param {string} once
 * @returns {Promise<Order>}
 */
export const order = (id, once) => send("POST", "/api/orders", { goods: id, once });

/** The customer's orders, newest first. @returns {Promise<{orders: Order[]}>} */
export const orders = () => send("GET", "/api/orders");

/**
 * Something done with an order: `pay` asks for the cashier's address again, `check` asks the wallet how the payment stands,
 * `cancel` takes the order back, `received` says that the goods are there.
 * @param {string} id
 * @param {"pay" | "check" | "cancel" | "received"} action
 * @returns {Promise<Order>}
 */
export const withOrder = (id, action) => send("POST", `/api/orders/${encodeURIComponent(id)}/${action}`);

/** Asks for a contract. @param {string} language @returns {Promise<{authUrl: string}>} */
export const prepare = (language) => send("POST", "/api/prepare", { language, plan: "fresh-box" });

/** The code of a signed contract becomes a subscription. @param {string} authCode @returns {Promise<Subscription>} */
export const subscribe = (authCode) => send("POST", "/api/subscribe", { authCode });

/** Ends it. @param {string} subscriptionId @returns {Promise<Subscription>} */
export const cancel = (subscriptionId) => send("POST", "/api/cancel", { subscriptionId });

/**
 * @param {"GET" | "POST"} method
 * @param {string} path
 * @param {object} [data]
 * @returns {Promise<any>}
 */
async function send(method, path, data) {
  /** @type {Record<string, string>} */
  const headers = session ? { authorization: `Bearer ${session}` } : {};
  try {
    const answer = await my.request({ url: BACKEND + path, method, headers, data: method === "POST" ? data ?? {} : undefined });
    return answer.data;
  } catch (failure) {
    // 19: an HTTP status that is no success, with what came; everything else is no answer.
    const { error, data: content } = /** @type {import("../../../miniapp/types/my.js").RequestFailure} */ (failure);
    throw { code: (error === 19 && content?.error?.code) || "NO_ANSWER" };
  }
}
