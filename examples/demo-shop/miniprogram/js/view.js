// Draws the state. Words of the wallet and of users are set as text, never as HTML.

import { explain, day, language, moment, money, steps, text, translate } from "./language.js";
import { outside } from "./wallet.js";

const $ = (id) => document.getElementById(id);
/** What the backend wrote into the page: the price in fils and the day of the first box. */
const OFFER = { price: { value: document.documentElement.dataset.price }, firstDelivery: document.documentElement.dataset.firstDelivery };
const WAITING = ["preparing", "signing", "exchanging"];

/** Makes the page show `state` (see main.js). */
export function draw(state) {
  const { phase, subscription } = state;
  const active = phase === "active";
  translate();
  document.body.dataset.screen = phase;
  $("language").textContent = text("otherLanguage");
  $("language").lang = language() === "en-US" ? "ar-IQ" : "en-US";
  $("outside").hidden = !outside();
  drawVisitor(state);

  $("offer").hidden = subscription !== null;
  $("price").textContent = $("mine-price").textContent = money(OFFER.price);
  $("first-delivery").textContent = text("firstDelivery", { date: day(OFFER.firstDelivery) });

  $("mine").hidden = subscription === null;
  $("mine").classList.toggle("ended", subscription?.state === "ENDED");
  if (subscription) drawSubscription(subscription);

  const happened = [...state.began, ...(subscription?.events ?? [])];
  $("story").hidden = happened.length === 0;
  $("timeline").replaceChildren(...happened.map(drawStep));

  drawActions(state, active);
  $("state").textContent = text(`state.${phase}`);
  $("state").dataset.state = phase;
  $("message").hidden = !state.message;
  if (state.message) {
    $("message").textContent = state.message.say();
    $("message").dataset.kind = state.message.kind;
  }
}

function drawVisitor({ user, busy }) {
  const arabic = language() === "ar-IQ";
  $("greeting").textContent = user ? text("hello", { name: (arabic ? user.nameAr : user.name) || user.name }) : text("guest");
  $("greeting").classList.toggle("known", user !== null);
  $("login").hidden = user !== null;
  $("login").disabled = busy;
}

function drawActions({ phase, busy, subscription, authCode }, active) {
  const waiting = WAITING.includes(phase);
  $("subscribe").hidden = active;
  $("subscribe").disabled = waiting;
  $("subscribe").setAttribute("aria-busy", String(waiting));
  const again = subscription ? "subscribeAgain" : "subscribe";
  $("subscribe").textContent = text(authCode && !waiting ? "finishAgain" : again);

  const unanswered = subscription?.charges.some((charge) => charge.state === "UNKNOWN" || charge.state === "PENDING");
  $("charge").hidden = !active;
  $("charge").disabled = busy;
  $("charge").setAttribute("aria-busy", String(busy));
  $("charge").textContent = text(unanswered ? "chargeAgain" : "charge");
  $("cancel").hidden = !active;
  $("cancel").disabled = busy;
  $("promise").hidden = active;
}

function drawSubscription({ state, charges, nextDelivery }) {
  $("next-delivery").textContent = state === "ACTIVE" ? text("nextDelivery", { date: day(nextDelivery) }) : text("noDelivery");
  $("no-charges").hidden = charges.length > 0;
  $("charges").replaceChildren(...charges.map(drawCharge));
}

function drawCharge(charge) {
  const item = element("li", { dataset: { state: charge.state, requestId: charge.paymentRequestId } },
    element("b", {}, money(charge.amount)),
    element("span", { className: `chip ${charge.state}` }, text(`charge.${charge.state}`)),
    element("time", { dateTime: charge.at }, moment(charge.at)));
  if (charge.state === "FAIL") item.append(element("p", { className: "why" }, explain(charge.code)));
  if (charge.state === "UNKNOWN") item.append(element("p", { className: "why" }, text("unknownCharge")));
  if (charge.notified) item.append(element("p", { className: "told", dataset: { testid: "notified" } }, icon("icon-tick"), text("told")));
  return item;
}

function drawStep({ steps: numbers, what, at, detail }) {
  const number = numbers?.length ? element("span", { className: "no" }, steps(numbers)) : element("span", { className: "no dot" }, "•");
  const words = text(`step.${what}`, { detail, amount: money(OFFER.price) });
  const line = element("div", {}, words);
  if (at) line.append(element("time", { dateTime: at }, moment(at)));
  return element("li", { dataset: { what } }, number, line);
}

function element(name, { dataset = {}, ...properties }, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  Object.assign(node.dataset, dataset);
  node.append(...children);
  return node;
}

function icon(id) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(svg.namespaceURI, "use"));
  svg.firstChild.setAttribute("href", `#${id}`);
  return svg;
}
