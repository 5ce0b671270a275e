// The page GET /app?appId=…: one Mini Program in the shell, on a whole phone or in a phone's frame. Without an appId the
// server leads to the wallet's own pages, where all are listed. `sandbox` is on where the server serves the Studio's sandbox
// endpoints.

import { createClient, Refused } from "./client.js";
import { el } from "./dom.js";
import { panel } from "./frame.js";
import { mountShell } from "./shell.js";
import { isArabic, textsIn } from "./texts.js";

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
  const appId = query.get("appId") ?? "";
  const home = link("/wallet", texts("myWallet"));
  try {
    const app = await client.get(`/app/v1/apps/${encodeURIComponent(appId)}`);
    document.title = (arabic && app.nameAr) || app.name;
    const clock = await sandboxClock();
    mountShell(host, {
      walletOrigin: location.origin, app, language, sandbox: clock !== null, ...(clock && { clock }),
      closedAction: home,
    });
  } catch (error) {
    if (!(error instanceof Refused)) return showOffline();
    showPanel(panel("alert", texts("noSuchApp"), appId, home));
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
