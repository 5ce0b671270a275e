// Wallet calls of a Mini Program: interaction on the server, its page above the Mini Program, the reply (jsapi.md 3.1 to
// 3.4, 5, 7.4). One wallet page at a time. The reply comes from the server; the shell adds only what the server cannot
// say: that it did not answer.

import { isAuthorizationUrl, walletPageUrl } from "./addresses.js";
import { Refused } from "./client.js";
import { askOutcome } from "./outcome.js";
import { failing, unanswered } from "./replies.js";
import { payReply, REFUSED, routeOf, wrongWith } from "./tradepay.js";

/** @typedef {import("./replies.js").Reply} Reply */
/** @typedef {import("./texts.js").TextKey} TextKey */

/**
 * The wallet calls, and what is wrong with the parameters of each: its text, or null.
 * @type {Record<string, (args: Record<string, any>, wallet: import("./addresses.js").Wallet) => TextKey|null>}
 */
const CALLS = {
  qicardSignContract: ({ authUrl }, wallet) => (isAuthorizationUrl(authUrl, wallet) ? null : "notOurs"),
  signContract: ({ signStr }, wallet) => (isAuthorizationUrl(signStr, wallet) ? null : "notOurs"),
  getAuthCode: () => null,
  tradePay: wrongWith,
  // What is in it, the server reads: also what is wrong with it is an answer, 7002, and no failing call.
  paySignCenter: ({ signStr }) => (typeof signStr === "string" && signStr !== "" ? null : "parameter"),
};

/** Which interaction is open in this tab, over a reload: another tab of the same session has pages of its own. */
const openHere = {
  key: "mithaq.open-page",
  recall: () => sessionStorage.getItem(openHere.key),
  forget: () => sessionStorage.removeItem(openHere.key),
  /** @param {string} ix */
  remember: (ix) => sessionStorage.setItem(openHere.key, ix),
};

/** @param {string} api */
export function isWalletApi(api) {
  return Object.hasOwn(CALLS, api);
}

/**
 * @param {object} parts
 * @param {import("./client.js").Client} parts.client
 * @param {import("./walletpage.js").WalletPageOpener} parts.openPage
 * @param {string} parts.appId
 * @param {string} parts.walletOrigin
 * @param {boolean} parts.sandbox
 * @param {number} parts.patienceMs how long an unanswering server is asked again
 * @param {unknown} parts.tradePayRoute  the wallet's setting, if it has one: how the codes of my.tradePay reach the page
 * @param {() => import("./texts.js").Texts} parts.texts
 * @param {(event: Record<string, unknown>) => void} parts.emit
 */
export function createWallet({ client, openPage, appId, walletOrigin, sandbox, patienceMs, tradePayRoute, texts, emit }) {
  let busy = false;
  /** @type {{end(why: "close"): void}|null} */
  let page = null;
  const resumed = resume();

  /**
   * @param {string} api
   * @param {Record<string, any>} args
   * @returns {Promise<Reply>}
   */
  async function call(api, args) {
    await resumed;
    if (busy) return failing(3, texts()("busy"));
    const wrong = CALLS[api](args, { walletOrigin, sandbox });
    if (wrong) {
      const { ok, ret } = failing(2, texts()(wrong));
      return { ok, ret: api === "tradePay" ? { ...ret, ...REFUSED } : ret };
    }
    busy = true;
    try {
      const started = await client.post("/app/v1/interactions", { appId, api, args });
      if (started?.state === "FINAL") return started.reply;
      return await showPage(api, args, started);
    } catch (error) {
      // A refusal here is about the call itself; the server words the outcomes of interactions as replies.
      if (error instanceof Refused) return failing(error.status === 403 ? 4 : 3, error.message || texts()("unknown"));
      return silence(api, args, false);
    } finally {
      busy = false;
    }
  }

  /**
   * The server does not say what became of a call.
   * @param {string} api
   * @param {Record<string, any>} args
   * @param {boolean} maybeConfirmed
   */
  function silence(api, args, maybeConfirmed) {
    if (api !== "tradePay") return unanswered(api, args, maybeConfirmed, texts());
    const route = routeOf(args, tradePayRoute);
    return maybeConfirmed ? payReply("6004", route, texts()("noAnswer")) : payReply("6002", route, texts()("network"));
  }

  /**
   * @param {string} api
   * @param {Record<string, any>} args
   * @param {{ix: string, pageUrl: string}} interaction
   * @returns {Promise<Reply>}
   */
  async function showPage(api, args, { ix, pageUrl }) {
    const url = walletPageUrl(pageUrl, walletOrigin);
    if (!url) return failing(3, texts()("unknown"));
    const shown = openPage({ ix, url });
    page = shown;
    openHere.remember(ix);
    emit({ type: "page", what: "opened", ix, api, url });
    let why = "";
    try {
      for (;;) {
        why = await shown.ended();
        shown.showAsking();
        const outcome = await askOutcome(client, ix, { cancel: why === "close", patienceMs });
        if (outcome.state === "FINAL") return outcome.reply;
        if (outcome.state === "SILENT") return silence(api, args, outcome.confirming || shown.wasConfirmed());
        if (outcome.state === "CONFIRMING") {
          // The server is there and still at work: for a payment that is an answer.
          return api === "tradePay" ? payReply("8000", routeOf(args, tradePayRoute), "") : silence(api, args, true);
        }
        // The page said it was finished, or was lost, but nothing is decided: it stays until the user ends it.
        if (why === "lost") shown.showLost();
        else shown.showPage();
      }
    } finally {
      page = null;
      openHere.forget();
      shown.remove();
      emit({ type: "page", what: "closed", ix, api, why });
    }
  }

  /** An interaction that was open here when the shell was reloaded: its page comes back, its call is gone. */
  async function resume() {
    const ix = openHere.recall();
    if (!ix) return;
    let open;
    try {
      open = await client.get("/app/v1/interactions");
    } catch {
      return;
    }
    const mine = Array.isArray(open) ? open.find((one) => one.ix === ix && one.appId === appId) : null;
    if (!mine) return openHere.forget();
    busy = true;
    showPage(mine.api, {}, mine)
      .then((reply) => emit({ type: "reply", api: mine.api, ix: mine.ix, ok: reply.ok, ret: reply.ret, dropped: true }))
      .finally(() => {
        busy = false;
      });
  }

  return {
    call,
    /** The user wants to leave the wallet page, if one is open. */
    close: () => page?.end("close"),
    isOpen: () => page !== null,
  };
}
