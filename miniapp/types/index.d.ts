// The globals of a page inside Mithaq: `my` and `AlipayJSBridge` (their types: my.d.ts). For a program in plain JavaScript:
//
//   // @ts-check
//   /// <reference path="…/miniapp/types/index.d.ts" />
//
// Not to be used beside `@mini-types/my`, which declares the same global.

/// <reference lib="dom" />

/** The wallet. Defined by the bridge script before the page's own scripts run. */
declare var my: import("./my.js").My;

/** The wallet's container, below `my`. `AlipayJSBridgeReady` is fired on `document` when the document has been read. */
declare var AlipayJSBridge: import("./my.js").Bridge;

interface DocumentEventMap {
  /** AlipayJSBridge may be used; it may be used before, too. */
  AlipayJSBridgeReady: Event;
  /** The Mini Program came to the front, by both its names. */
  appShow: Event & { data: unknown };
  resume: Event & { data: unknown };
  /** It went to the back. */
  appHide: Event & { data: unknown };
  pause: Event & { data: unknown };
}
