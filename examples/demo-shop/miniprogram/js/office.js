// The office: takes payments at the till, and does with an order's payment what its state allows.

import { $, art, element } from "./elements.js";
import { addWords, explain, fils, language, moment, money, switchLanguage, text, translate } from "./language.js";
import { officeWords } from "./office-words.js";
import { canScan, scanOnce } from "./scan.js";
import { drawStep } from "./view-box.js";

addWords(officeWords);

const CODE = /^28\d{16}$/;
/** What takes a part, with a field for how much. */
const DIVISIBLE = ["capture", "void", "refund"];
const LOUD = ["capture", "accept", "refund", "pay"];

let orders = [];
/** By order: what was typed, what is under way, what to say, and whether its story is open. */
const notes = {};
const noteOf = (id) => (notes[id] ??= { typed: "", busy: false, say: null, open: false });
const till = { busy: false, once: null, message: null };

async function call(path, body) {
  const request = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, request).catch(() => {
    throw { code: "SHOP_UNREACHABLE" };
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw answer.error ?? { code: "SHOP_UNREACHABLE" };
  return answer;
}

async function refresh() {
  orders = (await call("/api/office/orders")).orders;
  draw();
}

/** The same press, sent again because its answer is missing, is the same payment. */
async function take() {
  const [amount, code] = [fils($("till-amount").value.trim()), $("till-code").value.replace(/\s/g, "")];
  $("till-amount").setAttribute("aria-invalid", String(amount === null));
  $("till-code").setAttribute("aria-invalid", String(amount !== null && !CODE.test(code)));
  if (amount === null) return complain("till-amount", "badAmount");
  if (!CODE.test(code)) return complain("till-code", "badCode");
  if (till.busy) return;
  Object.assign(till, { busy: true, message: null });
  till.once ??= Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  draw();
  try {
    const order = await call("/api/office/till", { amount, code, once: till.once });
    if (order.state === "ASKED") {
      tell("plain", () => text("noAnswer"));
    } else {
      till.once = null;
      $("till-code").value = "";
      if (order.state === "PAID") {
        $("till-amount").value = "";
        tell("good", () => text("taken_", { amount: money(order.amount), id: order.paymentId }));
      } else tell("bad", () => text("notTaken", { why: explain(order.code) }));
    }
    await refresh();
  } catch ({ code: failure }) {
    tell("bad", () => explain(failure));
  } finally {
    till.busy = false;
    draw();
  }
}

function complain(field, words) {
  tell("bad", () => text(words));
  draw();
  $(field).focus();
}

function tell(kind, say) {
  till.message = { kind, say };
}

/** Does `action` with an order. What is typed is dinars; nothing is all there is. */
async function act(order, action) {
  const note = noteOf(order.id);
  const typed = DIVISIBLE.includes(action) ? note.typed.trim() : "";
  const amount = typed === "" ? undefined : fils(typed);
  if (amount === null) note.say = { kind: "bad", say: () => text("badAmount") };
  if (amount === null || note.busy) return draw();
  Object.assign(note, { busy: true, say: null });
  draw();
  try {
    const now = await call(`/api/office/orders/${encodeURIComponent(order.id)}/${action}`, { amount });
    const [last] = now.operations.slice(-1);
    if (last?.state === "REFUSED" && last.kind === action.toUpperCase()) note.say = { kind: "bad", say: () => explain(last.code) };
    else note.typed = "";
    await refresh();
  } catch ({ code }) {
    note.say = { kind: "bad", say: () => explain(code) };
  } finally {
    note.busy = false;
    draw();
  }
}

function draw() {
  translate();
  document.title = text("office");
  $("language").textContent = text("otherLanguage");
  $("language").lang = language() === "en-US" ? "ar-IQ" : "en-US";
  $("scan").hidden = !canScan();
  $("take").disabled = till.busy;
  $("take").setAttribute("aria-busy", String(till.busy));
  $("till-message").hidden = !till.message;
  if (till.message) {
    $("till-message").textContent = till.message.say();
    $("till-message").dataset.kind = till.message.kind;
  }
  $("no-orders").hidden = orders.length > 0;
  // A redraw must not take the place away where somebody is typing.
  const focused = document.activeElement?.closest?.("#orders [data-key]")?.dataset.key;
  $("orders").replaceChildren(...orders.map(drawOrder));
  if (focused) $("orders").querySelector(`[data-key="${focused}"]`)?.focus();
}

function drawOrder(order) {
  const note = noteOf(order.id);
  const doubt = order.operations.some(({ state }) => state === "PENDING" || state === "UNKNOWN");
  const sums = ["held", "taken", "refunded"].filter((name) => order[name].value !== "0");
  const story = element("details", { open: note.open },
    element("summary", {}, text("event")),
    element("ol", { className: "steps" }, ...order.events.map((event) =>
      drawStep(event, {}, event.what === "PAY_ASKED" ? "PAY_ASKED.ORDER" : event.what))));
  story.addEventListener("toggle", () => (note.open = story.open));
  return element("li", { dataset: { order: order.id, state: order.state } },
    element("div", { className: "head" }, art(order.goods), element("div", {},
      element("h2", {}, order.name[language()]),
      element("p", { className: "sum" }, element("b", { className: "num" }, money(order.amount)),
        element("span", { className: `chip ${order.state}`, dataset: { testid: "order-state", state: order.state } }, text(`order.${order.state}`))),
      element("p", { className: "about" }, `\u2068${order.id}\u2069 · ${moment(order.at)}`))),
    sums.length > 0 && element("p", { className: "sums" }, ...sums.flatMap((name) => [
      element("span", { dataset: { testid: name } }, `${text(name)} `, element("b", { className: "num" }, money(order[name])))])),
    order.state === "CLOSED" && element("p", { className: "sums" }, explain(order.code)),
    drawTools(order, note, doubt),
    doubt && element("p", { className: "message" }, text("inDoubt")),
    note.say && element("p", { className: "message", role: "status", dataset: { kind: note.say.kind, testid: "order-message" } }, note.say.say()),
    story);
}

function drawTools(order, note, doubt) {
  const acts = order.can.filter((name) => name !== "received");
  if (doubt || order.state === "OPEN" || order.state === "ASKED") acts.push("check");
  if (acts.length === 0) return null;
  const tools = element("div", { className: "tools" });
  if (!doubt && acts.some((name) => DIVISIBLE.includes(name))) {
    const field = element("input", {
      inputMode: "decimal", autocomplete: "off", dir: "ltr", maxLength: 12, value: note.typed, dataset: { key: `${order.id}/part`, testid: "part" },
    });
    field.addEventListener("input", () => (note.typed = field.value));
    tools.append(element("label", {}, element("span", {}, text("part")), field));
  }
  for (const name of acts) {
    const isAgain = doubt && name !== "check";
    const button = element("button", {
      type: "button", className: LOUD.includes(name) ? "go" : "plain", disabled: note.busy, dataset: { key: `${order.id}/${name}`, testid: name },
    }, text(`${isAgain ? "again" : "act"}.${name}`));
    button.addEventListener("click", () => act(order, name));
    tools.append(button);
  }
  return tools;
}

$("language").addEventListener("click", () => {
  switchLanguage();
  draw();
});
$("till").addEventListener("submit", (event) => {
  event.preventDefault();
  take();
});
// Another amount or code is another payment.
for (const field of ["till-amount", "till-code"]) $(field).addEventListener("input", () => (till.once = null));
$("scan").addEventListener("click", async () => {
  tell("plain", () => text("scanning"));
  draw();
  const code = await scanOnce($("camera"));
  till.message = null;
  if (code) $("till-code").value = code;
  draw();
});

draw();
await refresh().catch(({ code }) => tell("bad", () => explain(code)));
new EventSource("/api/office/bell").onmessage = () => refresh().catch(() => {});
draw();
