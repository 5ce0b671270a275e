// The shell: plays the phone app. It hosts one Mini Program, draws its dialogs, and opens wallet pages above it. Used by
// the page /app and by the Studio. See jsapi.md 7.2 for who is who:
//
//   shell (this page, the wallet's origin W)
//    ├─ the Mini Program's frame (the merchant's origin): only a MessagePort between it and us
//    └─ the wallet page's frame (W), above it, only while an interaction is open
//   server: keeps interactions and words every reply; we only ask it

import { createClient } from "./client.js";
import { clipboardApis } from "./clipboard.js";
import { createDialogs } from "./dialogs.js";
import { el } from "./dom.js";
import { createFrame, panel } from "./frame.js";
import { keep, keptFor } from "./keep.js";
import { createLink } from "./link.js";
import { modalQueue } from "./modal.js";
import { createProgram, refusalOf } from "./program.js";
import { failing } from "./replies.js";
import { createReporter } from "./report.js";
import { createScan } from "./scan.js";
import { storageSpace } from "./space.js";
import { isArabic, textsIn } from "./texts.js";
import { createToasts } from "./toast.js";
import { createWallet, isWalletApi } from "./wallet.js";
import { walletPages } from "./walletpage.js";

/**
 * @typedef {import("./program.js").App} App
 * @typedef {object} ShellOptions
 * @property {string} walletOrigin   W; this page must be of that origin
 * @property {App} app
 * @property {(event: Record<string, unknown>) => void} [onEvent]  everything that happens: `type` is connected, call,
 *   reply, net, page, dropped, refused or exit
 * @property {boolean} sandbox       report to the Studio, take the page's network calls, allow plain http on loopback
 * @property {string} [language]     en-US or ar-IQ; else the user's
 * @property {string} [sdkVersion]   the simulated base library
 * @property {import("./frame.js").Clock} [clock]  what the status bar shows; else the browser's time
 * @property {number} [patienceMs]   how long an unanswering server is asked again
 * @property {HTMLElement} [closedAction]  shown under "closed", beside "open again"
 */

/**
 * @param {HTMLElement} host filled with the phone
 * @param {ShellOptions} options
 */
export function mountShell(host, options) {
  const { walletOrigin, app, sandbox, clock = { now: () => new Date() }, patienceMs = 10000 } = options;
  const client = createClient();
  const report = sandbox ? createReporter({ client, appId: app.appId, walletOrigin }) : null;
  const emit = (/** @type {Record<string, unknown>} */ event) => {
    report?.(event);
    options.onEvent?.(event);
  };
  let removed = false;
  /** @type {() => void} */
  let removeParts = () => {};

  /** Builds the phone anew: at the start, and when the user behind it changed. */
  async function start() {
    removeParts();
    /** @type {import("./client.js").Session|null} */
    let session = null;
    try {
      session = await client.session();
    } catch {
      // Shown below: without the server there is nobody to be.
    }
    if (removed) return;
    removeParts = build(session);
  }

  /** @param {import("./client.js").Session|null} session @returns {() => void} */
  function build(session) {
    const language = options.language ?? session?.user?.language ?? navigator.language;
    const arabic = isArabic(language);
    const texts = textsIn(language);
    const getTexts = () => texts;
    const appName = (arabic && app.nameAr) || app.name;
    const frame = createFrame({
      host, language, rightToLeft: arabic, appName, texts, clock, onMore: showMenu, onClose: exit,
    });
    const modals = modalQueue(frame.dialogs, frame.page);
    const toasts = createToasts({ layer: frame.dialogs, beneath: frame.page, texts: getTexts });
    const dialogs = createDialogs({ modals, appName: () => appName, texts: getTexts });
    const space = storageSpace(app.appId, session?.user?.userId ?? "");
    const program = createProgram({ app, space, title: appName, onLoad: () => frame.setLoading(false) });
    const openPage = walletPages({ layer: frame.walletLayer, beneath: frame.app, walletOrigin, texts: getTexts, emit });
    const wallet = createWallet({
      client, openPage, appId: app.appId, walletOrigin, sandbox, patienceMs, texts: getTexts, emit,
      tradePayRoute: app.tradePayRoute ?? session?.tradePayRoute,
    });
    const scan = createScan({ modals, appName: () => appName, texts: getTexts });
    const local = { ...dialogs, ...toasts.apis, ...clipboardApis, ...scan };
    const launchId = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);

    const clearDialogs = () => {
      modals.clear();
      toasts.clear();
    };
    const link = createLink({
      target: program.window,
      origins: new Set(app.origins),
      session: () => ({
        appId: app.appId,
        storageSpace: space,
        kept: keptFor(space),
        sdkVersion: options.sdkVersion ?? "2.8.5",
        // Pages ask for 10.0.18 at least before they call paySignCenter, as its document says.
        env: { clientName: "mithaq", clientVersion: "10.1.0", language: arabic ? "ar-IQ" : "en-US" },
        startupParams: { appId: app.appId, url: app.startUrl, launchId },
      }),
      async onCall({ api, args }) {
        if (isWalletApi(api)) return wallet.call(api, args);
        return Object.hasOwn(local, api) ? local[/** @type {keyof typeof local} */ (api)](args) : failing(1, texts("unsupported"));
      },
      onDocument: clearDialogs,
      onKeep: (key, value) => keep(space, key, value),
      texts: getTexts,
      emit,
      sandbox,
    });

    const onVisibility = () => link.tell(document.visibilityState === "hidden" ? "appHide" : "appShow");
    document.addEventListener("visibilitychange", onVisibility);

    const action = (/** @type {string} */ text, /** @type {() => void} */ onclick) =>
      el("button", { class: "mq-button mq-button-solid", type: "button", text, onclick });

    function openProgram() {
      frame.setLoading(true);
      frame.page.replaceChildren(program.openFrame());
    }

    function openBeside() {
      clearDialogs();
      if (!program.openWindow()) {
        toasts.say(texts("blocked"));
        return openProgram();
      }
      frame.setLoading(false);
      frame.page.replaceChildren(panel("window", texts("inWindow", { name: appName }), "", action(texts("bringBack"), openProgram)));
    }

    async function showMenu() {
      const { ret } = await dialogs.showActionSheet({ items: [texts("reload"), texts("popOut")] });
      if (ret.index === 0) {
        clearDialogs();
        openProgram();
      } else if (ret.index === 1) openBeside();
    }

    function exit() {
      clearDialogs();
      program.close();
      frame.setLoading(false);
      frame.page.replaceChildren(
        panel("close", texts("closed", { name: appName }), "", action(texts("openAgain"), openProgram), ...(options.closedAction ? [options.closedAction] : [])));
      emit({ type: "exit" });
    }

    const refusal = refusalOf(app, walletOrigin);
    if (!session) {
      frame.page.replaceChildren(panel("offline", texts("offline"), texts("offlineHint"), action(texts("tryAgain"), start)));
    } else if (refusal) {
      frame.page.replaceChildren(panel("lock", texts("refused"), texts(refusal, { origin: app.startUrl })));
      emit({ type: "refused", why: refusal, startUrl: app.startUrl });
    } else openProgram();

    current = { reload: openProgram, popOut: openBeside, closePage: wallet.close, isPageOpen: wallet.isOpen };
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      link.close();
      wallet.close();
      program.close();
      frame.remove();
    };
  }

  /** @type {null|{reload(): void, popOut(): void, closePage(): void, isPageOpen(): boolean}} */
  let current = null;
  const ready = start();

  return {
    /** Fulfilled when the phone is drawn. */
    ready,
    /** Loads the Mini Program anew, from its start address. */
    reload: () => current?.reload(),
    /** Opens the Mini Program in a window of its own. Needs a click of the user. */
    popOut: () => current?.popOut(),
    /** What the close button of an open wallet page does. */
    closePage: () => current?.closePage(),
    isPageOpen: () => current?.isPageOpen() ?? false,
    /** The browser was signed in as somebody else: everything starts over for that user. */
    userChanged: start,
    destroy() {
      removed = true;
      removeParts();
    },
  };
}
