// The page GET /app?appId=…: one Mini Program in the shell, on a whole phone or in a phone's frame. Without an appId it
// lists the Mini Programs. `sandbox` is on where the server serves the Studio's sandbox endpoints.

import { createClient, Refused } from "./client.js";
import { brand, el, initialOf } from "./dom.js";
import { panel } from "./frame.js";
import { mountShell } from "./shell.js";
import { isArabic, textsIn } from "./texts.js";

/** @typedef {import("./program.js").App} App */

const host = /** @type {HTMLElement} */ (document.getElementById("phone"));
const query = new URLSearchParams(location.search);
const client = createClient();

async function start() {
  let session;
  try {
    session = await client.session();
  } catch {
    return showOffline();
  }
  // The bridge talks to the wallet's origin only; under another name of this machine nothing would ever answer.
  if (session.walletOrigin && session.walletOrigin !== location.origin) {
    return location.replace(session.walletOrigin + location.pathname + location.search);
  }
  const language = query.get("language") ?? session.user?.language ?? navigator.language;
  const texts = textsIn(language);
  const arabic = isArabic(language);
  document.documentElement.lang = language;
  document.documentElement.dir = arabic ? "rtl" : "ltr";
  const appId = query.get("appId");
  try {
    if (!appId) return showList(await client.get("/app/v1/apps"), texts, arabic);
    const app = await client.get(`/app/v1/apps/${encodeURIComponent(appId)}`);
    document.title = (arabic && app.nameAr) || app.name;
    const clock = await sandboxClock();
    mountShell(host, {
      walletOrigin: location.origin, app, language, sandbox: clock !== null, ...(clock && { clock }),
      closedAction: link("/app", texts("allApps")),
    });
  } catch (error) {
    if (!(error instanceof Refused)) return showOffline();
    showPanel(panel("alert", texts("noSuchApp"), appId ?? "", link("/app", texts("allApps"))));
  }
}

/**
 * The wallet's clock, or null outside the sandbox: in production its paths are not hidden but absent.
 * @returns {Promise<import("./frame.js").Clock|null>}
 */
async function sandboxClock() {
  try {
    const { now, zone, shifted } = await client.get("/sandbox/v1/clock");
    const ahead = Date.parse(now) - Date.now();
    return Number.isNaN(ahead) ? { now: () => new Date() } : { now: () => new Date(Date.now() + ahead), zone, shifted: shifted === true };
  } catch {
    return null;
  }
}

/** @param {string} href @param {string} text */
function link(href, text) {
  return el("a", { class: "mq-button mq-button-quiet", href, text });
}

/** @param {App[]} apps @param {import("./texts.js").Texts} texts @param {boolean} arabic */
function showList(apps, texts, arabic) {
  document.title = texts("choose");
  const items = apps.map((app) => {
    const name = (arabic && app.nameAr) || app.name;
    return el("li", {}, el("a", { href: `/app?appId=${encodeURIComponent(app.appId)}` },
      el("i", { class: "mq-app-mark", "aria-hidden": "true", text: initialOf(name) }),
      el("span", {}, el("b", { dir: "auto", text: name }), el("small", { class: "num", dir: "ltr", text: new URL(app.startUrl).host }))));
  });
  showPanel(el("main", { class: "mq-list" },
    el("header", { class: "mq-brand" }, ...brand(texts("wallet"))),
    el("h1", { text: texts("choose") }),
    items.length > 0 ? el("ul", {}, ...items) : el("p", { text: texts("noApps") })));
}

function showOffline() {
  const texts = textsIn(navigator.language);
  const again = el("button", { class: "mq-button mq-button-solid", type: "button", text: texts("tryAgain"), onclick: () => location.reload() });
  showPanel(panel("offline", texts("offline"), texts("offlineHint"), again));
}

/** @param {HTMLElement} content */
function showPanel(content) {
  host.replaceChildren(el("div", { class: "mq-alone" }, content));
}

void start();
