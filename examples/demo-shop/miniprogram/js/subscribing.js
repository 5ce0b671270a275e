// The subscription's course of events. Read `subscribe` first: it is the protocol of seventeen steps, one by one.

import { day, explain, language, money, text } from "./language.js";
import * as shop from "./shop.js";
import { draw, during, say, show, state, withoutWallet } from "./state.js";
import * as wallet from "./wallet.js";

const KEY = "zaytoun.subscription";
let stopFollowing = () => {};

/** Steps 1 to 13: prepare, sign in the wallet, exchange. */
export async function subscribe() {
  stopFollowing();
  state.subscription = null;
  show("market");
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
    show("box");
    await remember();
  } catch (failure) {
    enter("none");
    say(failure.code === "6001" ? "plain" : "bad", failure.say ?? (() => explain(failure.code)));
    // A code that the wallet refused will not get better; one that met no answer may be handed over again.
    if (failure.code !== "WALLET_UNREACHABLE" && failure.code !== "SHOP_UNREACHABLE") state.authCode = null;
  } finally {
    draw();
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
export async function charge() {
  await during(async () => {
    adopt(await shop.charge(state.subscription.id));
    const [latest] = state.subscription.charges;
    if (latest.state === "SUCCESS") say("good", () => text("paid", { amount: money(latest.amount) }));
    else if (latest.state === "FAIL") say("bad", () => explain(latest.code));
    else say("plain", () => text("unknownResult"));
  });
}

/** Ends the contract after a question drawn by the wallet, which this page cannot answer for the user. */
export async function cancel() {
  await during(async () => {
    const sure = await wallet.confirm({
      title: text("confirmTitle"), content: text("confirmText"), yes: text("confirmYes"), no: text("confirmNo"),
    });
    if (!sure) return;
    adopt(await shop.cancel(state.subscription.id));
    say("good", () => text("cancelled"));
  });
}

/** Shows what the backend says about the subscription, and goes on listening. */
export function adopt(subscription) {
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
  draw();
}

function enter(phase) {
  Object.assign(state, { phase, message: null });
  draw();
}

/** Keeps the subscription's id in the wallet. Without it, signing in finds the subscription again. */
export const remember = () => wallet.keep(KEY, { id: state.subscription.id, began: state.began }).catch(() => {});

/** Finds the subscription of an earlier visit. The wallet keeps it for this user; the shop knows nobody without its id. */
export async function recall() {
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
