// A wallet, a merchant and a stranger, as far as the shell sees them: three HTTP servers on three origins in this
// process. Wallet on localhost, the others on 127.0.0.1: another site, as in `mithaq dev`.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { bridgeScript } from "../../bridge/assemble.js";

const TYPES = /** @type {Record<string, string>} */ ({
  html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8", woff2: "font/woff2",
});
const shellFile = new URL("../../shell/", import.meta.url);
const staticFile = new URL("../../../crates/pages/static/", import.meta.url);
const pageFile = new URL("./pages/", import.meta.url);

/**
 * @typedef {object} Interaction
 * @property {string} ix
 * @property {string} appId
 * @property {string} api
 * @property {any} args
 * @property {string} pageUrl
 * @property {"OPEN"|"CONFIRMING"|"FINAL"} state
 * @property {{ok: boolean, ret: any}} [reply]
 */

/** @param {import("node:http").RequestListener} handle @param {string} host @returns {Promise<{origin: string, close(): void}>} */
function listen(handle, host) {
  const server = createServer(handle);
  return new Promise((resolve) => server.listen(0, host, () => {
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    resolve({ origin: `http://${host}:${port}`, close: () => (server.close(), server.closeAllConnections()) });
  }));
}

/** Starts everything. */
export async function startWorld() {
  const world = {
    /** Requests get no answer at all: the connection is cut. */
    dead: false,
    /** What closing finds. @type {null|{ok: boolean, ret: any}} */
    finalOnCancel: null,
    /** What a confirmation leads to: its end, or work that goes on. @type {"FINAL"|"CONFIRMING"} */
    afterConfirm: "FINAL",
    /** The wallet's setting, told with the app or with the session. */
    appRoute: "", sessionRoute: "",
    user: /** @type {any} */ ({ userId: "u1", name: "Sara Ali Hasan", language: "en-US" }),
    interactions: /** @type {Map<string, Interaction>} */ (new Map()),
    posted: /** @type {any[]} */ ([]),
    events: /** @type {any[]} */ ([]),
    shop: "", evil: "", wallet: "",
    /** Further origins that the app may come from. @type {string[]} */
    more: [],
    app: () => ({
      appId: "app-1", name: "Zaytoun Market", nameAr: "سوق زيتون", startUrl: `${world.shop}/shop.html`, origins: [world.shop, ...world.more], clientId: "c1",
      ...(world.appRoute && { tradePayRoute: world.appRoute }),
    }),
    authUrl: (id = "A1") => `${world.wallet}/authorize?authId=${id}`,
    paymentUrl: (id = "O1") => `${world.wallet}/cashier?orderId=${id}`,
    reset() {
      Object.assign(world, { dead: false, finalOnCancel: null, afterConfirm: "FINAL", appRoute: "", sessionRoute: "", more: [], posted: [], events: [] });
      world.interactions.clear();
    },
  };
  const wallet = await listen((request, response) => void walletServer(world, request, response), "localhost");
  const shop = await listen((request, response) => void siteServer(world, request, response), "127.0.0.1");
  const evil = await listen((request, response) => void siteServer(world, request, response), "127.0.0.1");
  Object.assign(world, { wallet: wallet.origin, shop: shop.origin, evil: evil.origin });
  return Object.assign(world, { stop: () => [wallet, shop, evil].forEach((server) => server.close()) });
}

/** @typedef {Awaited<ReturnType<typeof startWorld>>} World */

/** @param {any} world @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
async function walletServer(world, request, response) {
  if (world.dead) return void request.socket.destroy();
  const url = new URL(request.url ?? "/", world.wallet);
  const body = await bodyOf(request);
  const json = (/** @type {number} */ status, /** @type {unknown} */ value) => {
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify(value));
  };
  const path = url.pathname;
  const form = /^\/app\/v1\/interactions\/([^/]+)\/(login|confirm|decline)$/.exec(path);
  if (form) return walletForm(world, form[1], form[2], response);
  if (path.startsWith("/app/v1/") || path.startsWith("/sandbox/")) {
    if (request.method === "POST" && request.headers["x-csrf"] !== "csrf-1") {
      return json(403, { error: { code: "CSRF", message: "wrong token" } });
    }
    return api(world, request.method ?? "GET", path, body, json);
  }
  if (path === "/bridge/v1.js") {
    return void response.writeHead(200, { "content-type": TYPES.js }).end(bridgeScript({ walletOrigin: world.wallet, observe: true }));
  }
  if (["/authorize", "/consent", "/cashier", "/sign"].includes(path)) return walletPage(world, url, response);
  const csp = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; ` +
    `frame-src 'self' ${[world.shop, world.evil, ...world.more].join(" ")}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const headers = { "content-security-policy": csp };
  if (path === "/app") return file(response, new URL("index.html", shellFile), headers);
  if (path === "/mount") return file(response, new URL("mount.html", pageFile), headers);
  if (path === "/mount.js") return file(response, new URL("mount.js", pageFile));
  if (path.startsWith("/shell/")) return file(response, new URL(path.slice(7), shellFile));
  if (path.startsWith("/static/")) return file(response, new URL(path.slice(8), staticFile));
  response.writeHead(404).end();
}

/** @param {any} world @param {string} method @param {string} path @param {string} body @param {(status: number, value: unknown) => void} json */
function api(world, method, path, body, json) {
  if (path === "/app/v1/session") {
    const route = world.sessionRoute && { tradePayRoute: world.sessionRoute };
    return json(200, { csrf: "csrf-1", user: world.user, walletOrigin: world.wallet, ...route });
  }
  if (path === "/app/v1/apps/app-1") return json(200, world.app());
  if (path === "/sandbox/v1/clock") return json(200, { now: "2027-01-01T09:41:00+03:00", zone: "Asia/Baghdad", shifted: true });
  if (path === "/sandbox/v1/shell-events") {
    const report = JSON.parse(body);
    if (!report.seq) report.seq = 1 + Math.max(0, ...world.events.map((/** @type {any} */ one) => one.seq));
    world.events.push(report);
    return json(200, { seq: report.seq });
  }
  if (path === "/app/v1/interactions" && method === "GET") {
    return json(200, [...world.interactions.values()].filter((one) => one.state !== "FINAL"));
  }
  if (path === "/app/v1/interactions") {
    const { appId, api: name, args } = JSON.parse(body);
    world.posted.push({ appId, api: name, args });
    // What is wrong with a signStr is an answer, and no page is opened for it.
    if (name === "paySignCenter" && args.signStr.includes("&")) return json(200, { state: "FINAL", reply: UNREADABLE });
    if (name === "getAuthCode" && !String(args.scopes).includes("auth_user")) {
      return json(200, { state: "FINAL", reply: { ok: true, ret: { authCode: "SILENT1", authSuccessScopes: ["auth_base"] } } });
    }
    const ix = `ix-${world.posted.length}`;
    const pages = { getAuthCode: `/consent?ix=${ix}`, tradePay: `/cashier?orderId=O1&ix=${ix}`, paySignCenter: `/sign?signId=S1&ix=${ix}` };
    const pageUrl = /** @type {Record<string, string>} */ (pages)[String(name)] ?? `/authorize?authId=A1&ix=${ix}`;
    world.interactions.set(ix, { ix, appId, api: name, args, pageUrl, state: "OPEN" });
    return json(201, { ix, state: "OPEN", pageUrl });
  }
  const [, ix, verb] = /^\/app\/v1\/interactions\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  const one = world.interactions.get(ix);
  if (!one) return json(404, { error: { code: "NOT_FOUND", message: "no such interaction" } });
  if (verb === "cancel" && one.state === "OPEN") finish(one, world.finalOnCancel ?? cancelled(one));
  return json(200, { state: one.state, reply: one.reply });
}

/** @param {Interaction} one @param {{ok: boolean, ret: any}} reply */
export function finish(one, reply) {
  Object.assign(one, { state: "FINAL", reply });
}

/** The server's words for a page that was left. @param {Interaction} one */
function cancelled({ api: name, args }) {
  const text = "The user cancelled.";
  const words = { errorCode: "6001", errMessage: text, errorMessage: text, message: text };
  if (name === "paySignCenter") return { ok: true, ret: { resultStatus: "6001", result: "" } };
  if (name !== "tradePay") return { ok: false, ret: { error: "6001", ...words } };
  // The split reading for an address, all codes as a success for a number.
  return args.paymentUrl ? { ok: false, ret: { resultCode: "6001", error: 6001, ...words } } : { ok: true, ret: { resultCode: "6001" } };
}

const CODE = { authCode: "663A8FA9D83648EE8AA11FF682989DC7" };
const RESPONSE = '{"code":"10000","msg":"Success","status":"NORMAL","agreement_no":"20265305000000000001"}';
export const SIGNED = {
  resultStatus: "7000", result: `{"alipay_user_agreement_page_sign_response":${RESPONSE},"sign":"KgeHoSYP","sign_type":"RSA2"}`,
};
export const PAID_AND_SIGNED = {
  resultCode: "9000", result: '{"alipay_trade_app_pay_response":{"code":"10000"},"sign":"KgeHoSYP","sign_type":"RSA2"}', memo: "",
};
const UNREADABLE = {
  ok: true,
  ret: {
    resultStatus: "7002",
    result: '{"alipay_user_agreement_page_sign_response":{"code":"40002","sub_code":"isv.invalid-signature","sub_msg":"signStr is encoded once only."}}',
  },
};

/** The server's words for a page that the user agreed to. @param {Interaction} one */
function agreed({ api: name, args }) {
  if (name === "paySignCenter") return { ok: true, ret: SIGNED };
  if (name !== "tradePay") return { ok: true, ret: CODE };
  return { ok: true, ret: args.orderStr ? PAID_AND_SIGNED : { resultCode: "9000" } };
}

/** A form of a wallet page: something happens, and the browser is sent back to the page. */
function walletForm(/** @type {any} */ world, /** @type {string} */ ix, /** @type {string} */ verb, /** @type {any} */ response) {
  const one = world.interactions.get(ix);
  if (!one) return void response.writeHead(404).end();
  if (verb === "decline") finish(one, one.api === "tradePay" || one.api === "paySignCenter" ? cancelled(one) : { ok: false, ret: { error: "6003" } });
  if (verb === "confirm" && world.afterConfirm === "CONFIRMING") one.state = "CONFIRMING";
  else if (verb === "confirm") finish(one, agreed(one));
  response.writeHead(303, { location: one.pageUrl }).end();
}

/** A wallet page: agree by a form, be sent back, say that it is done. */
async function walletPage(/** @type {any} */ world, /** @type {URL} */ url, /** @type {any} */ response) {
  const ix = url.searchParams.get("ix") ?? "";
  const one = world.interactions.get(ix);
  const name = url.pathname === "/cashier" ? "cashier-page.html" : "wallet-page.html";
  const text = await readFile(new URL(name, pageFile), "utf8");
  response.writeHead(200, { "content-type": TYPES.html }).end(text.replaceAll("IX", ix).replaceAll("STATE", one?.state ?? "GONE").replaceAll("WALLET", world.wallet));
}

/** The merchant's site and the stranger's: pages and two API answers. */
async function siteServer(/** @type {any} */ world, /** @type {any} */ request, /** @type {any} */ response) {
  const url = new URL(request.url ?? "/", "http://site");
  await bodyOf(request);
  if (url.pathname.startsWith("/api/")) {
    const answer = { "/api/subscribe": { authUrl: world.authUrl() }, "/api/buy": { paymentUrl: world.paymentUrl() } }[url.pathname] ?? { ok: true };
    return void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  }
  const name = url.pathname.slice(1).replace(/[^a-z.-]/g, "");
  try {
    const text = await readFile(new URL(name, pageFile), "utf8");
    response.writeHead(200, { "content-type": TYPES.html }).end(text.replaceAll("WALLET", world.wallet).replaceAll("EVIL", world.evil));
  } catch {
    response.writeHead(404).end();
  }
}

/** @param {any} response @param {URL} path @param {Record<string, string>} [headers] */
async function file(response, path, headers = {}) {
  try {
    const content = await readFile(path);
    response.writeHead(200, { "content-type": TYPES[path.pathname.split(".").pop() ?? ""] ?? "text/plain", ...headers }).end(content);
  } catch {
    response.writeHead(404).end();
  }
}

/** @param {import("node:http").IncomingMessage} request @returns {Promise<string>} */
async function bodyOf(request) {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}
