// Who may call the gateway: a folded list below the contracts, read when it is opened.

import { code, fill, h } from "../dom.js";
import { copyButton, pairs } from "../parts.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../types.js").GatewayApp} GatewayApp */

const APPS = "/sandbox/v1/gateway-apps";

/** @param {Studio} studio */
export function gatewayApps(studio) {
  const { words, api } = studio;
  const body = h("div.cards");
  const list = h("details.apps", null, h("summary", null, words.t("apps")), h("p.soft", null, words.t("apps.why")), body);
  list.addEventListener("toggle", () => {
    if (!(/** @type {HTMLDetailsElement} */ (list).open)) return;
    api.get(APPS).then(
      (/** @type {GatewayApp[]} */ apps) => fill(body, ...(apps.length > 0 ? apps.map((app) => card(studio, app)) : [words.t("apps.none")])),
      (error) => fill(body, h("p.why", null, words.t("error.load", { message: String(error.message) }))),
    );
  });
  return list;
}

/** @param {Studio} studio @param {GatewayApp} app */
function card(studio, app) {
  const { words, people } = studio;
  const { mode, walletPublicKey } = app;
  return h(
    "article.card",
    null,
    h("header", null, h("div", null, h("h2", null, code(app.appId)), h("p.soft", null, people.merchantName(app.clientId)))),
    pairs([
      [words.t("apps.signs"), h("span", null, words.t(mode ? `apps.key.${mode}` : "apps.key.none"), app.mayUseSha1 && ` · ${words.t("apps.sha1")}`)],
      [words.t("apps.address"), app.gateway && code(app.gateway)],
      [words.t("apps.hears"), app.gatewayUrl && code(app.gatewayUrl)],
      [words.t("plan.by"), words.t(app.walletDeducts ? "plan.by.wallet" : "plan.by.merchant")],
    ]),
    walletPublicKey && h("div.chips", null, copyButton(studio, words.t("apps.copy"), walletPublicKey)),
  );
}
