// Draws the list of orders, and one of them: how it stands, what came back, what happened.

import { $, art, element, put } from "./elements.js";
import { explain, language, moment, money, text } from "./language.js";
import { drawStep } from "./view-box.js";

/** Draws both views, and the actions of the order while it is shown. */
export function drawOrders(state) {
  const { orders, busy, view, chosen } = state;
  $("no-orders").hidden = orders?.length > 0;
  $("no-orders-words").textContent = text(orders === null ? "ordersUnknown" : "ordersNone");
  $("see-orders").textContent = text(orders === null ? "seeOrders" : "way.market");
  $("see-orders").disabled = busy;
  $("see-orders").setAttribute("aria-busy", String(busy));
  put($("order-list"), (orders ?? []).map(drawLine));

  const order = orders?.find(({ id }) => id === chosen);
  if (order) drawOrder(order, state.stories[order.id] ?? []);
  $("order-actions").hidden = view !== "order" || !order;
  const can = (action) => Boolean(order?.can.includes(action));
  drawAction("pay", can("pay"), busy);
  drawAction("received", can("received"), busy);
  drawAction("check", Boolean(order) && isWaiting(order), busy);
  drawAction("cancel-order", can("cancel"), busy);
  $("check").parentElement.hidden = $("check").hidden && $("cancel-order").hidden;
}

function drawAction(id, shown, busy) {
  $(id).hidden = !shown;
  $(id).disabled = busy;
  if ($(id).classList.contains("go")) $(id).setAttribute("aria-busy", String(busy));
}

/** Whether the wallet may know more than the shop. */
const isWaiting = ({ state, operations }) =>
  ["ASKED", "OPEN"].includes(state) || operations.some((one) => ["PENDING", "UNKNOWN"].includes(one.state));

function drawLine(order) {
  return element("li", {},
    element("button", { type: "button", dataset: { order: order.id, state: order.state, testid: `order-${order.goods}` } }, art(order.goods),
      element("span", { className: "what" }, order.name[language()]),
      element("span", { className: "sum num" }, money(order.state === "PAID" ? order.taken : order.amount)),
      element("time", { className: "when", dateTime: order.at }, moment(order.at)),
      chip(order)));
}

/** A refunded order is still paid, and says that it came back. */
function chip({ state, taken, refunded }) {
  const isBack = state === "PAID" && refunded.value !== "0" && refunded.value === taken.value;
  return element("span", { className: `chip ${isBack ? "CLOSED" : state}`, dataset: { testid: "order-state", state } },
    text(isBack ? "refunded" : `order.${state}`));
}

function drawOrder(order, began) {
  put($("slip"), [
    element("div", { className: "head" }, art(order.goods),
      element("div", { className: "facts" },
        element("h1", { id: "order-title" }, order.name[language()]),
        element("p", { className: "big num" }, money(order.amount)), chip(order))),
    ...says(order).map((words) => element("p", { className: "says" }, words)),
    element("dl", {}, ...facts(order).map(([name, value, id]) =>
      element("div", {}, element("dt", {}, text(name)), element("dd", { className: ["num", ...(id ?? [])].join(" "), dataset: { testid: name } }, value)))),
  ]);
  $("done").hidden = order.operations.length === 0;
  put($("operations"), order.operations.map(drawOperation));
  put($("order-timeline"), story(order, began).map((event) =>
    drawStep(event, {}, event.what === "PAY_ASKED" ? "PAY_ASKED.ORDER" : event.what)));
}

/** What the state means for the buyer, in a sentence or two. */
function says({ state, way, code, held, taken, refunded, amount }) {
  const values = { held: money(held), taken: money(taken), refunded: money(refunded) };
  if (state === "CLOSED") return [text("says.CLOSED", { why: explain(code) })];
  if (state === "HELD") return [text(`says.HELD.${way}`, values)];
  if (state !== "PAID") return [text(`says.${state}`, values)];
  const paid = taken.value === amount.value ? "says.PAID" : "says.PAID.LESS";
  if (refunded.value === "0") return [text(paid, values)];
  return [text(paid, values), text(refunded.value === taken.value ? "says.REFUNDED.ALL" : "says.REFUNDED", values)];
}

/** The lines of the table: name, value, and what kind of id it is, if it is one. Nothing that is nothing. */
function facts({ id, paymentId, held, taken, refunded }) {
  const sums = Object.entries({ held, taken, refunded }).filter(([, { value }]) => value !== "0");
  const ids = [["number", id, ["id"]], ["paymentId", paymentId, ["id", "long"]]].filter(([, value]) => value);
  return [...sums.map(([name, sum]) => [name, money(sum)]), ...ids];
}

function drawOperation({ kind, amount, state, code, at }) {
  return element("li", { dataset: { kind, state } },
    element("b", {}, text(`operation.${kind}`)),
    element("span", { className: `chip ${state}` }, amount && state === "DONE" ? money(amount) : text(`did.${state}`)),
    element("time", { dateTime: at }, moment(at)),
    code && element("p", { className: "why" }, explain(code)));
}

/** The page's own steps among the backend's: those before the order first, the cashier's after its address came. */
function story({ events }, began) {
  const before = began.filter(({ steps: [first] }) => first < 9);
  const after = began.filter(({ steps: [first] }) => first > 9);
  const place = events.findLastIndex(({ what }) => what === "CASHIER") + 1;
  return [...before, ...events.slice(0, place), ...after, ...events.slice(place)];
}
