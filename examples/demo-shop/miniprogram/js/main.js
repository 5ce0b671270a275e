// The Mini Program's course of events. Read `subscribe` first: it is the protocol, step by step.

import { explain, language, money, day, switchLanguage, text } from "./language.js";
import * as shop from "./shop.js";
import * as wallet from "./wallet.js";
import { draw } from "./view.js";

const KEY = "zaytoun.subscription";

/** Everything the page shows. `draw` turns it into HTML; nothing else is remembered. */
const state = {
  phase: "none", // none | preparing | signing | exchanging | active | ended
  busy: false, // a call is under way: its button waits
  message: null, // {kind: "good" | "bad" | "plain", say: () => string}: made anew when the language changes
  user: null, // {name, nameAr} after signing in
  subscription: null, // as the backend tells it
  began: [], // what happened before the backend knew the subscription (steps 1 to 10)
  authUrl: null, // an offer that may still be signed, after 6002
  authCode: null, // a code that could not be handed over yet
};
let stopFollowing = () => {};

/** Steps 1 to 13: prepare, sign in the wallet, exchange. */
async function subscribe() {
  stopFollowing();
  state.subscription = null;
  try {
    if (!state.authCode) {
      if (!state.authUrl) {
        enter("preparing");
        state.began = [];
        state.authUrl = (await shop.prepare(language())).authUrl; // 1 to 4
        state.began.push({ steps: [1, 4], what: "PREPARED" });
      }
      state.began.push({ steps: [5], what: "SIGNING" });
      enter("signing");
      state.authCode = await sign(state.authUrl); // 5 to 10
      state.authUrl = null;
      state.began.push({ steps: [10], what: "SIGNED" });
    }
    enter("exchanging");
    const subscription = await shop.subscribe(state.authCode); // 11 to 13
    state.authCode = null;
    adopt(subscription);
    say("good", () => text("subscribed", { date: day(subscription.nextDelivery) }));
    await remember();
  } catch (failure) {
    enter("none");
    say(failure.code === "6001" ? "plain" : "bad", failure.say ?? (() => explain(failure.code)));
    // A code that the wallet refused will not get better; one that met no answer may be handed over again.
    if (failure.code !== "WALLET_UNREACHABLE" && failure.code !== "SHOP_UNREACHABLE") state.authCode = null;
  } finally {
    draw(state);
  }
}

/** Step 5 with the three answers of the protocol that are not a code. */
async function sign(authUrl) {
  try {
    return await wallet.signContract(authUrl);
  } catch (reply) {
    const code = wallet.codeOf(reply);
    // After 6002 the contract may have been signed: the same offer is shown again, never a second one.
    if (code !== "6002") state.authUrl = null;
    throw { code, say: () => text(`sign.${code}`) ?? withoutWallet(code) ?? text("sign.other", { code }) };
  }
}

/** Steps 14 and 15, asked for by a person here; a real shop's monthly job would do it. */
async function charge() {
  await during(async () => {
    adopt(await shop.charge(state.subscription.id));
    const [latest] = state.subscription.charges;
    if (latest.state === "SUCCESS") say("good", () => text("paid", { amount: money(latest.amount) }));
    else if (latest.state === "FAIL") say("bad", () => explain(latest.code));
    else say("plain", () => text("unknownResult"));
  });
}

/** Ends the contract after a question drawn by the wallet, which this page cannot answer for the user. */
async function cancel() {
  await during(async () => {
    const sure = await wallet.confirm({
      title: text("confirmTitle"), content: text("confirmText"), yes: text("confirmYes"), no: text("confirmNo"),
    });
    if (!sure) return;
    adopt(await shop.cancel(state.subscription.id));
    say("good", () => text("cancelled"));
  });
}

/** Greets the user by name, if the wallet may tell it, and finds a subscription of an earlier visit. */
async function login() {
  await during(async () => {
    let authCode;
    try {
      authCode = await wallet.signIn();
    } catch (reply) {
      const code = wallet.codeOf(reply);
      const key = code === "11" || code === "10" ? "login.refused" : "login.other";
      throw { code, say: () => withoutWallet(code) ?? text(key, { code }) };
    }
    const { subscription, ...user } = await shop.login(authCode);
    state.user = user;
    if (subscription && state.phase !== "active") {
      state.began = [];
      adopt(subscription);
      await remember();
    }
  });
}

/** In a plain tab, or without the bridge script, every call fails, and there is one reason for it. */
const withoutWallet = (code) => (code === "NO_WALLET" || wallet.outside() ? text("code.NO_WALLET") : undefined);

/** Shows what the backend says about the subscription, and goes on listening. */
function adopt(subscription) {
  const before = state.subscription;
  // The answer to a call may be overtaken by the event of a notification.
  if (before?.id === subscription.id && subscription.revision < before.revision) return;
  state.subscription = subscription;
  state.phase = subscription.state === "ACTIVE" ? "active" : "ended";
  if (before?.id !== subscription.id) {
    stopFollowing();
    stopFollowing = shop.follow(subscription.id, adopt);
  }
  const over = before?.state === "ACTIVE" && state.phase === "ended";
  if (over && subscription.endedBy === "USER") say("plain", () => text("endedByUser"));
  if (over && subscription.endedBy === "WALLET") say("plain", () => text("endedByWallet"));
  draw(state);
}

function enter(phase) {
  Object.assign(state, { phase, message: null });
  draw(state);
}

function say(kind, words) {
  state.message = { kind, say: words };
}

/** Runs `action` with its button waiting, and puts a failure into words. */
async function during(action) {
  if (state.busy) return;
  Object.assign(state, { busy: true, message: null });
  draw(state);
  try {
    await action();
  } catch (failure) {
    say("bad", failure.say ?? (() => explain(failure.code ?? wallet.codeOf(failure))));
  } finally {
    state.busy = false;
    draw(state);
  }
}

/** Keeps the subscription's id in the wallet. Without it, signing in finds the subscription again. */
const remember = () => wallet.keep(KEY, { id: state.subscription.id, began: state.began }).catch(() => {});

/** Finds the subscription of an earlier visit. The wallet keeps it for this user; the shop knows nobody without its id. */
async function recall() {
  const note = await wallet.kept(KEY).catch(() => null);
  if (!note?.id) return;
  try {
    state.began = note.began ?? [];
    adopt(await shop.show(note.id));
  } catch (failure) {
    state.began = [];
    if (failure.code === "SUBSCRIPTION_UNKNOWN") await wallet.keep(KEY, null).catch(() => {});
    say("bad", () => explain(failure.code));
  }
}

const on = (id, action) => document.getElementById(id).addEventListener("click", action);
on("subscribe", subscribe);
on("charge", charge);
on("cancel", cancel);
on("login", login);
on("language", () => {
  switchLanguage();
  state.authUrl = null; // the offer was prepared in the other language
  draw(state);
});

// The first paint does not wait longer than a moment for the wallet's answer.
await Promise.race([recall(), new Promise((resolve) => setTimeout(resolve, 800))]);
draw(state);
