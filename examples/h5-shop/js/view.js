// @ts-check
// Draws what the page knows. Words of the backend are set as text, never as HTML.

import { inLanguage, money, text } from "./words.js";

/** @typedef {import("./api.js").Goods} Goods */
/** @typedef {import("./api.js").Order} Order */
/** @typedef {import("./api.js").Subscription} Subscription */
/**
 * @typedef {object} State
 * @property {boolean} isIn  signed in
 * @property {string} name
 * @property {Goods[]} goods
 * @property {Order[]} orders
 * @property {Subscription | null} subscription
 * @property {boolean} busy  a call is under way: nothing can be pressed
 * @property {{kind: "good" | "bad" | "plain", words: string} | null} message
 */

/** @param {string} id */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * @param {State} state
 * @param {{buy: (goods: Goods) => void, act: (order: Order, action: string) => void}} doing
 */
export function draw(state, { buy, act }) {
  byId("greeting").textContent = !state.isIn ? text("guest") : state.name ? text("hello", { name: state.name }) : text("customer");
  byId("login").hidden = state.isIn;
  byId("goods").replaceChildren(...state.goods.map((one) => goodsItem(one, buy)));
  byId("orders").replaceChildren(...state.orders.map((one) => orderItem(one, act)));
  byId("no-orders").hidden = state.orders.length > 0;

  const isActive = state.subscription?.state === "ACTIVE";
  byId("subscription").textContent = text(isActive ? "subscribed" : "notSubscribed");
  byId("subscribe").hidden = isActive;
  byId("end").hidden = !isActive;

  byId("message").hidden = state.message === null;
  byId("message").textContent = state.message?.words ?? "";
  byId("message").className = `note ${state.message?.kind ?? ""}`;
  for (const button of document.querySelectorAll("button")) button.disabled = state.busy;
}

/** @param {Goods} goods @param {(goods: Goods) => void} buy */
function goodsItem(goods, buy) {
  return made("li", {},
    made("div", {}, made("b", { text: inLanguage(goods.name) }), made("small", { text: inLanguage(goods.note) })),
    made("span", { class: "price", text: money(goods.price) }),
    made("button", { "type": "button", "data-testid": `buy-${goods.id}`, "text": text(`way.${goods.way}`), "onclick": () => buy(goods) }));
}

/** @param {Order} order @param {(order: Order, action: string) => void} act */
function orderItem(order, act) {
  // A payment on hold that the shop takes only a part of is worth saying; what is simply paid is not.
  const isPart = order.taken.value !== "0" && order.taken.value !== order.amount.value;
  const done = order.operations.filter(({ state }) => state === "DONE");
  // Asking the wallet again is always allowed, and makes sense as long as something can still happen.
  const asking = order.state === "CLOSED" ? [] : ["check"];
  const actions = [...order.can.filter((action) => ["pay", "cancel", "received"].includes(action)), ...asking];
  return made("li", { "data-order": order.id, "data-state": order.state },
    made("div", {}, made("b", { text: inLanguage(order.name) }), made("small", { class: "num", dir: "ltr", text: order.id })),
    made("span", { class: "price", text: money(order.amount) }),
    made("span", { class: `chip ${order.state}`, text: text(`state.${order.state}`) }),
    isPart && done.length === 0 ? made("small", { text: text("taken", { amount: money(order.taken) }) }) : null,
    ...done.map(({ kind, amount }) => made("small", { text: text(`op.${kind}`, { amount: money(amount) }) })),
    actions.length === 0 ? null : made("div", { class: "actions" },
      ...actions.map((action) => made("button", { "type": "button", "class": action === "pay" ? "" : "plain", "data-testid": action, "text": text(`can.${action}`), "onclick": () => act(order, action) }))));
}

/**
 * @param {string} name
 * @param {Record<string, any>} attributes  `text`, `on…`, and attributes
 * @param {...(Node | null)} children
 */
function made(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") element.textContent = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}
