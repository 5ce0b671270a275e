// Wires the page: which button does what. What happens then is in subscribing.js (the contract) and buying.js (orders).

import { cancelOrder, check, buy, login, payAgain, received, seeOrders } from "./buying.js";
import { switchLanguage } from "./language.js";
import { goods } from "./shop.js";
import { draw, drawWith, show, state } from "./state.js";
import { cancel, charge, recall, subscribe } from "./subscribing.js";
import { drawPage } from "./view.js";

const on = (id, action) => document.getElementById(id).addEventListener("click", () => action());

drawWith(drawPage);
on("subscribe", subscribe);
on("again", subscribe);
on("charge", charge);
on("cancel", cancel);
on("login", login);
on("see-orders", () => (state.orders === null ? seeOrders() : show("market")));
on("pay", payAgain);
on("check", check);
on("received", received);
on("cancel-order", cancelOrder);
on("to-box", () => go("box"));
on("back", () => go("orders"));
on("language", () => {
  switchLanguage();
  state.authUrl = null; // the offer was prepared in the other language
  draw();
});
document.getElementById("ways").addEventListener("click", (event) => {
  const button = event.target.closest("[data-view]");
  if (button) go(button.dataset.view);
});
document.getElementById("shelf").addEventListener("click", (event) => {
  const button = event.target.closest("[data-buy]");
  if (button) buy(button.dataset.buy);
});
document.getElementById("order-list").addEventListener("click", (event) => {
  const button = event.target.closest("[data-order]");
  if (button) go("order", button.dataset.order);
});

/** Going somewhere else leaves the message behind. */
function go(view, chosen) {
  if (!state.busy) state.message = null;
  show(view, chosen);
}

// What the keyboard reaches must not end up beneath the bar of actions, which is as high as what it holds.
const bar = document.querySelector(".bar");
new ResizeObserver(() => document.documentElement.style.setProperty("scroll-padding-block-end", `${bar.offsetHeight + 12}px`)).observe(bar);

// The first paint does not wait longer than a moment for the shop's shelf and the wallet's memory.
const shelf = goods().then((list) => (state.goods = list), () => {});
await Promise.race([Promise.all([recall(), shelf]), new Promise((resolve) => setTimeout(resolve, 800))]);
draw();
shelf.then(draw);
