// Draws the state: the frame around the views, and the market. The other views are in view-box.js and view-orders.js.

import { $, art, element, put } from "./elements.js";
import { day, language, money, text, translate } from "./language.js";
import { drawBox } from "./view-box.js";
import { drawOrders } from "./view-orders.js";
import { outside } from "./wallet.js";

/** What the backend wrote into the page: the price in fils and the day of the first box. */
const OFFER = { price: { value: document.documentElement.dataset.price }, firstDelivery: document.documentElement.dataset.firstDelivery };
const WAITING = ["preparing", "signing", "exchanging"];
const VIEWS = ["market", "box", "orders", "order"];

/** Makes the page show `state` (see state.js). */
export function drawPage(state) {
  translate();
  document.body.dataset.screen = state.phase;
  $("language").textContent = text("otherLanguage");
  $("language").lang = language() === "en-US" ? "ar-IQ" : "en-US";
  $("outside").hidden = !outside();
  drawVisitor(state);
  drawMarket(state);
  drawBox(state, OFFER.price);
  drawOrders(state);
  drawWays(state);
  $("message").hidden = !state.message;
  if (state.message) {
    $("message").textContent = state.message.say();
    $("message").dataset.kind = state.message.kind;
  }
}

function drawVisitor({ user, busy }) {
  const name = user && ((language() === "ar-IQ" && user.nameAr) || user.name);
  $("greeting").textContent = name ? text("hello", { name }) : text(user ? "signedIn" : "guest");
  $("greeting").classList.toggle("known", Boolean(name));
  $("login").textContent = text(user ? "tellName" : "login");
  $("login").hidden = Boolean(name);
  $("login").disabled = busy;
}

function drawMarket({ phase, subscription, busy, buying, goods, authCode }) {
  const waiting = WAITING.includes(phase);
  const mine = subscription?.state === "ACTIVE" ? subscription : null;
  $("price").textContent = money(OFFER.price);
  $("hero-words").textContent = mine ? text("nextDelivery", { date: day(mine.nextDelivery) }) : text("lede");
  $("subscribe").hidden = mine !== null;
  $("subscribe").disabled = waiting || busy;
  $("subscribe").setAttribute("aria-busy", String(waiting));
  $("subscribe").textContent = text(authCode && !waiting ? "finishAgain" : subscription ? "subscribeAgain" : "subscribe");
  $("to-box").hidden = mine === null;
  $("promise").hidden = mine !== null;
  $("promise").textContent = text(waiting ? `state.${phase}` : "promise");
  put($("shelf"), goods.map((good) => drawGood(good, waiting || busy, buying)));
}

function drawGood({ id, way, price, name, note }, disabled, buying) {
  const title = element("h3", { id: `good-${id}` }, name[language()]);
  const button = element("button", { type: "button", className: "go small", disabled, dataset: { buy: id, testid: `buy-${id}` } }, text(`buy.${way}`));
  button.setAttribute("aria-describedby", title.id);
  if (buying === id) button.setAttribute("aria-busy", "true");
  return element("article", { className: "good" }, art(id),
    element("div", { className: "words" }, title,
      element("p", { className: "note" }, note[language()]),
      element("div", { className: "buy" },
        element("b", { className: "num" }, way === "RESERVE" && element("small", {}, text("upTo")), money(price)), button)));
}

function drawWays({ view, subscription, began }) {
  for (const name of VIEWS) $(name).hidden = name !== view;
  const current = view === "order" ? "orders" : view;
  for (const button of $("ways").children) {
    if (button.dataset.view === current) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
    if (button.dataset.view === "box") button.hidden = subscription === null && began.length === 0;
  }
  $("ways").setAttribute("aria-label", text("shop"));
}
