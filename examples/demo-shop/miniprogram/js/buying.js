// Orders: signing in, buying, and what a buyer does with an order afterwards. Read `buy` first: it is the protocol of twenty
// steps, one by one.

import { language, money, text } from "./language.js";
import * as shop from "./shop.js";
import { draw, during, say, show, state, withoutWallet } from "./state.js";
import { adopt as adoptSubscription, remember } from "./subscribing.js";
import * as wallet from "./wallet.js";

let stopListening = () => {};
/** By goods: the key of a press whose answer never came. Pressing again means the same order. */
const pressed = {};

/** Steps 1 to 20 of `id`, one of the goods on the shelf. */
export async function buy(id) {
  if (state.busy) return;
  state.buying = id;
  await during(async () => {
    const story = [{ steps: [1], what: "CHOSE" }];
    const order = await known(async () => {
      pressed[id] ??= key();
      return shop.order(id, pressed[id], language()); // 9 to 12
    }, story);
    delete pressed[id];
    state.stories[order.id] = story;
    adopt(order);
    show("order", order.id);
    await pay(order);
  });
}

/** Asks for the cashier of an order again, and opens it. */
export const payAgain = () =>
  during(async () => {
    const order = await known(() => shop.act(state.chosen, "pay"));
    adopt(order);
    await pay(order);
  });

/** Steps 13 to 18, and then the only question that counts: the backend asks the wallet how the payment stands. */
async function pay(order) {
  if (order.state !== "OPEN") return report(order);
  const story = (state.stories[order.id] ??= []);
  story.push({ steps: [13], what: "TRADE_PAY" });
  draw();
  const code = await wallet.pay(order.paymentUrl);
  story.push({ steps: [18], what: "TOLD", detail: code });
  const now = await known(() => shop.act(order.id, "check"));
  adopt(now);
  report(now, code);
}

/** Puts how an order stands into words; the code of `my.tradePay` only helps to explain why it is still open. */
function report(order, code) {
  const values = () => ({ held: money(order.held), amount: money(order.amount) });
  if (order.state === "PAID") say("good", () => text("paid", values()));
  else if (order.state === "HELD") say("good", () => text(order.way === "RESERVE" ? "reserved" : "ordered", values()));
  else if (order.state === "CLOSED") say("bad", () => text(`code.${order.code}`) ?? text("code.other", { code: order.code }));
  else if (order.state === "ASKED") say("plain", () => text("unknownResult"));
  else if (code === "6001") say("plain", () => text("pay.6001"));
  else if (code !== undefined) say("plain", () => text(`pay.${code}`) ?? withoutWallet(code) ?? text("pay.other", { code }));
}

/** Asks the wallet how the order stands. */
export const check = () => during(async () => report(adopt(await known(() => shop.act(state.chosen, "check"))), "8000"));

/** Cancels the order, after a question drawn by the wallet. */
export const cancelOrder = () =>
  during(async () => {
    if (await sure("confirmCancel")) adopt(await known(() => shop.act(state.chosen, "cancel")));
  });

/** Says that the goods are there, after a question drawn by the wallet: from then on the money is the shop's. */
export const received = () =>
  during(async () => {
    const order = state.orders.find(({ id }) => id === state.chosen);
    if (await sure("confirmReceived", { amount: money(order.held) })) adopt(await known(() => shop.act(order.id, "received")));
  });

const sure = (question, values) =>
  wallet.confirm({
    title: text(`${question}Title`), content: text(`${question}Text`, values),
    yes: text(`${question}Yes`), no: text(`${question}No`),
  });

/** Shows the orders of whoever is signed in; signs in silently if nobody is. */
export const seeOrders = () =>
  during(async () => {
    state.orders = await known(() => shop.orders());
  });

/** Greets the user by name, if the wallet may tell it. */
export const login = () => during(() => signIn("auth_user"));

/** Runs `action` as a customer that the backend knows: signs in silently first, and again if the backend has forgotten. */
async function known(action, story) {
  if (!shop.isSignedIn()) await signIn("USER_ID", story);
  try {
    return await action();
  } catch (failure) {
    if (failure.code !== "SESSION_UNKNOWN") throw failure;
    await signIn("USER_ID", story);
    return action();
  }
}

/** Steps 2 to 8. */
async function signIn(scope, story = []) {
  let authCode;
  try {
    authCode = await wallet.signIn(scope); // 2 to 5
  } catch (reply) {
    const code = wallet.codeOf(reply);
    const key = code === "11" || code === "10" ? "login.refused" : "login.other";
    throw { code, say: () => withoutWallet(code) ?? text(key, { code }) };
  }
  story.push({ steps: [2, 5], what: "ASKED_WHO" });
  const { subscription, bell, ...user } = await shop.login(authCode); // 6 to 8
  story.push({ steps: [6, 8], what: "KNOWN" });
  if (user.name || !state.user) state.user = user;
  stopListening();
  stopListening = shop.listen(bell, () => refresh().catch(() => {}));
  await refresh();
  if (subscription && state.phase !== "active") {
    state.began = [];
    adoptSubscription(subscription);
    await remember();
  }
}

/** Fetches all orders. What was said about the one that is shown is over when its state changes. */
async function refresh() {
  const standing = () => state.orders?.find(({ id }) => id === state.chosen)?.state;
  const [orders, before] = [await shop.orders(), standing()];
  state.orders ??= [];
  orders.forEach(keep);
  if (before !== undefined && standing() !== before && !state.busy) state.message = null;
  draw();
}

/** Takes an order over and draws it. Answers it. */
function adopt(order) {
  keep(order);
  draw();
  return state.orders.find(({ id }) => id === order.id);
}

/** An answer may be overtaken by what came after a notification: the higher revision stands. */
function keep(order) {
  const orders = (state.orders ??= []);
  const place = orders.findIndex(({ id }) => id === order.id);
  if (place === -1) orders.push(order);
  else if (order.revision >= orders[place].revision) orders[place] = order;
  orders.sort((one, other) => other.at.localeCompare(one.at));
}

/** What nobody can guess, once for each press of a button. */
const key = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
