// Draws the subscription: its charges, what happened, and what can be done.

import { $, element, icon } from "./elements.js";
import { day, explain, moment, money, steps, text } from "./language.js";

/** Draws the box's view, and its actions while it is the one that is shown. */
export function drawBox(state, price) {
  const { view, phase, busy, subscription } = state;
  const active = phase === "active";
  $("mine-price").textContent = money(price);
  $("box").classList.toggle("ended", subscription?.state === "ENDED");
  if (subscription) drawSubscription(subscription);
  const happened = [...state.began, ...(subscription?.events ?? [])];
  $("timeline").replaceChildren(...happened.map((event) => drawStep(event, { amount: money(price) })));

  const unanswered = subscription?.charges.some((charge) => charge.state === "UNKNOWN" || charge.state === "PENDING");
  $("box-actions").hidden = view !== "box";
  $("state").textContent = text(`state.${phase}`);
  $("state").dataset.state = phase;
  $("charge").hidden = !active;
  $("charge").disabled = busy;
  $("charge").setAttribute("aria-busy", String(busy));
  $("charge").textContent = text(unanswered ? "chargeAgain" : "charge");
  $("cancel").hidden = !active;
  $("cancel").disabled = busy;
  $("again").hidden = phase !== "ended";
  $("again").disabled = busy;
}

function drawSubscription({ state, charges, nextDelivery }) {
  $("next-delivery").textContent = state === "ACTIVE" ? text("nextDelivery", { date: day(nextDelivery) }) : text("noDelivery");
  $("no-charges").hidden = charges.length > 0;
  $("charges").replaceChildren(...charges.map(drawCharge));
}

function drawCharge(charge) {
  return element("li", { dataset: { state: charge.state, requestId: charge.paymentRequestId } },
    element("b", {}, money(charge.amount)),
    element("span", { className: `chip ${charge.state}` }, text(`charge.${charge.state}`)),
    element("time", { dateTime: charge.at }, moment(charge.at)),
    charge.state === "FAIL" && element("p", { className: "why" }, explain(charge.code)),
    charge.state === "UNKNOWN" && element("p", { className: "why" }, text("unknownCharge")),
    charge.notified && element("p", { className: "told", dataset: { testid: "notified" } }, icon("icon-tick"), text("told")));
}

/** One line of "What happened". `values` fill in what its words name, unless the event has its own amount. */
export function drawStep({ steps: numbers, what, at, detail, amount }, values = {}, key = what) {
  const number = numbers?.length ? element("span", { className: "no" }, steps(numbers)) : element("span", { className: "no dot" }, "•");
  const words = text(`step.${key}`, { detail, ...values, ...(amount && { amount: money(amount) }) });
  return element("li", { dataset: { what } }, number,
    element("div", {}, words, at && element("time", { dateTime: at }, moment(at))));
}
