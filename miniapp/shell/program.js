// The Mini Program's own window: an iframe in the phone, or a window beside it (jsapi.md 7.2, 7.3). Its name tells the
// bridge which storage is meant before the port arrives.

import { el } from "./dom.js";

/**
 * @typedef {object} App
 * @property {string} appId
 * @property {string} name
 * @property {string} [nameAr]
 * @property {string} startUrl
 * @property {string[]} origins  H5 origins: scheme, host and port
 * @property {string} [tradePayRoute]  how the codes of my.tradePay reach it, where that is set (tradepay.js)
 */

/**
 * Why a Mini Program cannot be opened here, or null. With the wallet's own origin its sandbox would be none.
 * @param {App} app
 * @param {string} walletOrigin
 * @returns {"refusedWallet"|"refusedOrigin"|null}
 */
export function refusalOf(app, walletOrigin) {
  let url;
  try {
    url = new URL(app.startUrl);
  } catch {
    return "refusedOrigin";
  }
  if (url.origin === walletOrigin || app.origins.includes(walletOrigin)) return "refusedWallet";
  return /^https?:$/.test(url.protocol) && app.origins.includes(url.origin) ? null : "refusedOrigin";
}

/**
 * @param {object} parts
 * @param {App} parts.app
 * @param {string} parts.space  the storage space
 * @param {string} parts.title
 * @param {() => void} parts.onLoad
 */
export function createProgram({ app, space, title, onLoad }) {
  const name = `mithaq/${encodeURIComponent(app.appId)}/${space}`;
  /** @type {HTMLIFrameElement|null} */
  let frame = null;
  /** @type {Window|null} */
  let opened = null;

  return {
    /** The one window that may say hello. */
    window: () => (opened && !opened.closed ? opened : frame?.contentWindow ?? null),
    /** A frame with the Mini Program, in place of what was there. */
    openFrame() {
      opened?.close();
      opened = null;
      frame = el("iframe", {
        class: "mq-frame", name, src: app.startUrl, title, allow: "clipboard-write",
        sandbox: "allow-scripts allow-same-origin allow-forms allow-popups", onload: onLoad,
      });
      return frame;
    },
    /** A window of its own, for sites that forbid framing. @returns {boolean} false if the browser blocked it */
    openWindow() {
      // The frame has to go first: it has the same name, and would be the window that is opened.
      frame?.remove();
      frame = null;
      opened = window.open(app.startUrl, name, "popup,width=390,height=780");
      return opened !== null;
    },
    close() {
      opened?.close();
      opened = null;
      frame?.remove();
      frame = null;
    },
  };
}
