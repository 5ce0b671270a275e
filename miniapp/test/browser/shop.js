// examples/h5-shop as `mithaq dev --app` shows it, and a backend with the JSON API of the demo shop, as far as the page sees
// it: two more servers on this machine.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const folder = new URL("../../../examples/h5-shop/", import.meta.url);
const TYPES = /** @type {Record<string, string>} */ ({ html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8" });

const both = (/** @type {string} */ en, /** @type {string} */ ar) => ({ "en-US": en, "ar-IQ": ar });
const iqd = (/** @type {number} */ dinars) => ({ currency: "IQD", value: String(dinars * 1000) });
const GOODS = [
  { id: "dates", way: "BUY", price: iqd(7500), name: both("Basra dates", "تمر البصرة"), note: both("A kilo, this year's", "كيلو، محصول هذا العام") },
  { id: "carp", way: "RESERVE", price: iqd(36000), name: both("River carp", "سمك كارب"), note: both("About two kilos; you pay what it weighs", "نحو كيلوين، وتدفع بحسب الوزن") },
  { id: "oven", way: "ESCROW", price: iqd(85000), name: both("Clay oven", "تنّور طين"), note: both("Paid to us when you have it", "يُدفع لنا حين يصلك") },
];
/** What a customer may do with an order. */
const CAN = { OPEN: ["pay", "cancel"], HELD: ["cancel"], PAID: [] };

/** @param {import("node:http").RequestListener} handle @returns {Promise<{origin: string, stop(): void}>} */
function listen(handle) {
  const server = createServer(handle);
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => {
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    resolve({ origin: `http://127.0.0.1:${port}`, stop: () => (server.close(), server.closeAllConnections()) });
  }));
}

/** @param {import("./stub.js").World} world */
export async function startShop(world) {
  const shop = {
    /** Requests, as `METHOD path`, with what they carried. @type {[string, any, string][]} */
    asked: [],
    /** Sessions that the backend still knows. */
    sessions: /** @type {Set<string>} */ (new Set()),
    orders: /** @type {any[]} */ ([]),
    subscription: /** @type {any} */ (null),
    dead: false,
    backend: "", site: "",
    reset: () => Object.assign(shop, { asked: [], sessions: new Set(), orders: [], subscription: null, dead: false }),
  };
  const backend = await listen((request, response) => void answer(shop, world, request, response));
  const site = await listen(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://x").pathname.slice(1) || "index.html";
    try {
      const text = await readFile(new URL(path, folder), "utf8");
      // What the preview proxy does: the well-known script address becomes the wallet's own bridge.
      const page = text.replace(/https:\/\/cdn\.marmot-cloud\.com[^"]*/, `${world.wallet}/bridge/v1.js`).replace("http://127.0.0.1:7601", backend.origin);
      response.writeHead(200, { "content-type": TYPES[path.split(".").pop() ?? ""] ?? "text/plain" }).end(page);
    } catch {
      response.writeHead(404).end();
    }
  });
  Object.assign(shop, { backend: backend.origin, site: site.origin });
  return Object.assign(shop, { stop: () => [backend, site].forEach((server) => server.stop()) });
}

/** @param {any} shop @param {any} world @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
async function answer(shop, world, request, response) {
  if (shop.dead) return void request.socket.destroy();
  let text = "";
  for await (const chunk of request) text += chunk;
  const open = { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization, content-type" };
  if (request.method === "OPTIONS") return void response.writeHead(204, open).end();
  const path = new URL(request.url ?? "/", "http://x").pathname;
  const session = (request.headers.authorization ?? "").replace("Bearer ", "");
  const body = text ? JSON.parse(text) : null;
  shop.asked.push([`${request.method} ${path}`, body, session]);
  const say = (/** @type {number} */ status, /** @type {unknown} */ value) =>
    response.writeHead(status, { "content-type": "application/json", ...open }).end(JSON.stringify(value));
  const refuse = (/** @type {number} */ status, /** @type {string} */ code) => say(status, { error: { code, message: code } });

  if (path === "/api/goods") return say(200, { goods: GOODS });
  if (path === "/api/login") {
    const key = `session-${shop.asked.length}`;
    shop.sessions.add(key);
    return say(200, { session: key, bell: "b1", customerId: "c1", name: "Sara Ali Hasan", nameAr: "سارة علي حسن", subscription: shop.subscription });
  }
  if (path === "/api/prepare") return say(200, { authUrl: world.authUrl() });
  if (path === "/api/subscribe") return say(200, (shop.subscription = { id: "s1", state: "ACTIVE" }));
  if (path === "/api/cancel") return say(200, (shop.subscription = { id: "s1", state: "ENDED" }));
  if (!shop.sessions.has(session)) return refuse(401, "SESSION_UNKNOWN");
  if (path === "/api/orders" && request.method === "GET") return say(200, { orders: shop.orders });
  if (path === "/api/orders") {
    const goods = GOODS.find(({ id }) => id === body.goods);
    if (!goods) return refuse(404, "GOODS_UNKNOWN");
    const order = {
      id: `Z-00${shop.orders.length + 1}`, way: goods.way, goods: goods.id, name: goods.name, amount: goods.price, taken: iqd(0), refunded: iqd(0),
      state: "OPEN", code: null, paymentUrl: world.paymentUrl(), operations: [], can: CAN.OPEN,
    };
    shop.orders.unshift(order);
    return say(200, order);
  }
  const [, id, action] = /^\/api\/orders\/([^/]+)\/(\w+)$/.exec(path) ?? [];
  const order = shop.orders.find((/** @type {any} */ one) => one.id === id);
  if (!order) return refuse(404, "ORDER_UNKNOWN");
  if (action === "check") settle(world, order);
  if (action === "cancel") Object.assign(order, { state: "CLOSED", code: "ORDER_IS_CANCELED", can: [], paymentUrl: null });
  return say(200, order);
}

/** The backend asks the wallet: what the cashier's last reply says is what the wallet knows. @param {any} world @param {any} order */
function settle(world, order) {
  const last = [...world.interactions.values()].at(-1);
  if (order.state !== "OPEN" || last?.reply?.ret.resultCode !== "9000") return;
  const state = order.way === "BUY" ? "PAID" : "HELD";
  Object.assign(order, { state, taken: state === "PAID" ? order.amount : iqd(0), can: CAN[state], paymentUrl: null });
}
