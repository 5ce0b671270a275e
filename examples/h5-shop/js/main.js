// @ts-check
// The shop's course of events. Read `signIn` and `pay` first: they are the twenty steps of a payment in the cashier.

import * as api from "./api.js";
import { byId, draw } from "./view.js";
import * as wallet from "./wallet.js";
import { inLanguage, tag, text, translate } from "./words.js";

const KEY = "zaytoun.session";

/** Everything the page shows. @type {import("./view.js").State} */
const state = { isIn: false, name: "", goods: [], orders: [], subscription: null, busy: false, message: null };

/** Steps 1 to 8: the wallet gives a code, the backend exchanges it and knows its customer. No page opens for this. */
async function signIn() {
  const visitor = await api.login(await wallet.authCode());
  api.useSession(visitor.session);
  wallet.keep(KEY, visitor.session);
  state.isIn = true;
  state.name = (tag === "ar-IQ" && visitor.nameAr) || visitor.name;
  state.subscription = visitor.subscription;
}

/** Steps 9 to 12. @param {import("./api.js").Goods} goods */
function buy(goods) {
  void during(async () => {
    // Made once for this press: should the answer be lost and the order sent again, it is the same order.
    const once = crypto.randomUUID();
    await pay(await asCustomer(() => api.order(goods.id, once)));
  });
}

/** Steps 13 to 18, and the question to the backend that decides. @param {import("./api.js").Order} order */
async function pay(order) {
  if (!order.paymentUrl) return adopt(order);
  const code = await wallet.pay(order.paymentUrl);
  // The code is for words only. What was paid, the backend knows: it was notified, or asks the wallet now.
  const checked = await wallet.waiting(text("working"), () => api.withOrder(order.id, "check")).catch(() => order);
  adopt(checked);
  const kind = code === "9000" ? "good" : ["8000", "6001", "6004"].includes(code) ? "plain" : "bad";
  say(kind, text(`pay.${code}`, { code: checked.code ?? code, goods: inLanguage(checked.name), state: text(`state.${checked.state}`) }));
}

/** @param {import("./api.js").Order} order @param {string} action */
function act(order, action) {
  void during(async () => {
    if (action === "pay") return pay(await asCustomer(() => api.withOrder(order.id, "pay")));
    adopt(await asCustomer(() => api.withOrder(order.id, /** @type {"check"} */ (action))));
  });
}

/** The seventeen steps of an agreement: the contract's address, the wallet's page, the code to the backend. */
async function subscribe() {
  const { authUrl } = await asCustomer(() => api.prepare(tag));
  const signed = await wallet.sign(authUrl);
  if ("refused" in signed) return say(signed.refused === "6001" ? "plain" : "bad", text(`sign.${signed.refused}`, { code: signed.refused }));
  state.subscription = await api.subscribe(signed.authCode);
  say("good", text("subscribed"));
}

async function end() {
  const words = { title: text("endTitle"), text: text("endText"), yes: text("endYes"), no: text("endNo") };
  if (!state.subscription || !(await wallet.ask(words))) return;
  state.subscription = await api.cancel(state.subscription.id);
  say("plain", text("ended"));
}

/** A label holds the id of some goods. */
async function scan() {
  const code = await wallet.scan();
  if (code === null) return;
  const goods = state.goods.find(({ id }) => id === code.trim());
  if (!goods) return say("bad", text("noSuchGoods", { code }));
  const once = crypto.randomUUID();
  await pay(await asCustomer(() => api.order(goods.id, once)));
}

/**
 * Does something that needs a session: signs in first if there is none, and once more if the backend has forgotten it.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function asCustomer(work) {
  if (!state.isIn) await signIn();
  try {
    return await work();
  } catch (refusal) {
    if (/** @type {import("./api.js").Refusal} */ (refusal).code !== "SESSION_UNKNOWN") throw refusal;
    await signIn();
    return work();
  }
}

/** Shows what the backend says about an order. @param {import("./api.js").Order} order */
function adopt(order) {
  const others = state.orders.filter(({ id }) => id !== order.id);
  state.orders = others.length === state.orders.length ? [order, ...others] : state.orders.map((one) => (one.id === order.id ? order : one));
}

/** @param {"good" | "bad" | "plain"} kind @param {string} words */
function say(kind, words) {
  state.message = { kind, words };
}

/** Runs something with all buttons waiting, and puts a refusal into words. @param {() => Promise<unknown>} work */
async function during(work) {
  if (state.busy) return;
  Object.assign(state, { busy: true, message: null });
  show();
  try {
    await work();
  } catch (refusal) {
    const { code, error } = /** @type {{code?: string, error?: number}} */ (refusal);
    say("bad", text(`code.${code ?? error}`, { code: String(code ?? error) }));
  } finally {
    state.busy = false;
    show();
    byId("message").scrollIntoView({ block: "nearest" });
  }
}

function show() {
  draw(state, { buy, act });
}

/** What there is to see before anything is pressed: the goods, and the orders of an earlier visit. */
async function open() {
  state.goods = (await api.goods()).goods;
  const session = await wallet.kept(KEY);
  if (!session) return;
  api.useSession(session);
  try {
    state.orders = (await api.orders()).orders;
    state.isIn = true;
  } catch {
    // The backend has forgotten this session: the next press signs in anew.
    api.useSession("");
  }
}

translate();
byId("outside").hidden = wallet.isThere();
byId("login").addEventListener("click", () => void during(async () => {
  await signIn();
  state.orders = (await api.orders()).orders;
}));
byId("subscribe").addEventListener("click", () => void during(subscribe));
byId("end").addEventListener("click", () => void during(end));
byId("scan").addEventListener("click", () => void during(scan));
if (wallet.isThere()) void during(open);
else show();
