// The phone: the wallet's shell, mounted here as it is in the wallet app.

import { mountShell } from "../shell/shell.js";
import { fill, h } from "./dom.js";

/** @typedef {import("./studio.js").Studio} Studio */
/** @typedef {import("./types.js").App} App */

/**
 * @param {HTMLElement} place  where the shell may draw its phone
 * @param {() => void} happened  called for everything the shell tells
 */
export function createPhone(place, happened) {
  /** @type {{destroy: () => void} | null} */
  let shell = null;

  /** Starts the Mini Program afresh. @param {Studio} studio @param {App | null} app */
  function start(studio, app) {
    shell?.destroy();
    shell = null;
    const host = h("div");
    fill(place, host);
    if (!app) {
      fill(host, h("p.phone-note", null, studio.words.t("phone.none")));
      return;
    }
    const language = studio.words.language === "ar" ? "ar-IQ" : "en-US";
    try {
      shell = mountShell(host, {
        walletOrigin: studio.walletOrigin,
        app,
        onEvent: happened,
        sandbox: true,
        language,
        clock: studio.clock,
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      fill(host, h("p.phone-note.why", null, studio.words.t("phone.failed", { message })));
    }
  }

  return { start };
}
