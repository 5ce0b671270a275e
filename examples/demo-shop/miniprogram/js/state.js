// Everything the page shows, and the few ways to change it. `view.js` turns it into HTML; nothing else is remembered.

import { explain, text } from "./language.js";
import { codeOf, outside } from "./wallet.js";

export const state = {
  view: "market", // market | box | orders | order
  busy: false, // a call is under way: the buttons wait
  message: null, // {kind: "good" | "bad" | "plain", say: () => string}: made anew when the language changes
  user: null, // {name, nameAr} after signing in; the names are empty after a silent one

  // The subscription (subscribing.js).
  phase: "none", // none | preparing | signing | exchanging | active | ended
  subscription: null, // as the backend tells it
  began: [], // what happened before the backend knew the subscription (steps 1 to 10)
  authUrl: null, // an offer that may still be signed, after 6002
  authCode: null, // a code that could not be handed over yet

  // The market and its orders (buying.js).
  goods: [],
  buying: null, // the id of the goods whose button waits
  orders: null, // null while nobody is signed in
  chosen: null, // the id of the order that is shown
  stories: {}, // by order: what happened on this page
};

let redraw = () => {};

/** Sets what draws the state. */
export function drawWith(draw) {
  redraw = draw;
}

/** Draws the state. */
export const draw = () => redraw(state);

/** Goes to another view, and tells a screen reader so. */
export function show(view, chosen = null) {
  const isNew = state.view !== view || state.chosen !== chosen;
  Object.assign(state, { view, chosen });
  draw();
  if (!isNew) return;
  document.getElementById(view).focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** Leaves a message until the next thing is done. */
export function say(kind, words) {
  state.message = { kind, say: words };
}

/** Runs `action` with its button waiting, and puts a failure into words. */
export async function during(action) {
  if (state.busy) return;
  Object.assign(state, { busy: true, message: null });
  draw();
  try {
    await action();
  } catch (failure) {
    say("bad", failure.say ?? (() => explain(failure.code ?? codeOf(failure))));
  } finally {
    Object.assign(state, { busy: false, buying: null });
    draw();
    // The button that was pressed may be gone: the keyboard goes on from the view it was in.
    if (document.activeElement === document.body) document.getElementById(state.view).focus({ preventScroll: true });
  }
}

/** In a plain tab, or without the bridge script, every call fails, and there is one reason for it. */
export const withoutWallet = (code) => (code === "NO_WALLET" || outside() ? text("code.NO_WALLET") : undefined);
