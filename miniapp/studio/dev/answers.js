// What the pretended wallet answers to the Studio's reads and acts, in the shapes of docs/sandbox-api.md.

import { sign } from "./deduct-story.js";
import { afterwards, buy } from "./pay-story.js";
import { charge, subscribe } from "./story.js";

/** @typedef {import("./world.js").World} World */

/** Steps that take real time, when they are played live. @param {number} ms */
const live = (ms) =>
  new Promise((/** @type {(nothing: void) => void} */ done) => setTimeout(done, Math.min(1500, Math.max(120, ms))));

/** @type {Record<string, (world: World, url: URL, body: any) => unknown>} */
const READS = {
  "/app/v1/session": (world, url) => ({ csrf: "c5", user: world.user(world.signedIn), walletOrigin: url.origin }),
  "/app/v1/apps": () => [
    {
      appId: "demo-shop",
      name: "Zaytoun Market",
      nameAr: "سوق زيتون",
      startUrl: "http://127.0.0.1:7601/",
      origins: ["http://127.0.0.1:7601"],
      clientId: "2188000000000001",
    },
    {
      appId: "preview",
      name: "Preview",
      startUrl: "http://127.0.0.1:7602/",
      origins: ["http://127.0.0.1:7602"],
      clientId: "2188000000000001",
    },
  ],
  "/sandbox/v1/users": (world) => world.users,
  "/sandbox/v1/clients": (world) => world.clients,
  "/sandbox/v1/clock": (world) => world.clock(),
  "/sandbox/v1/contracts": (world) => world.contracts,
  "/sandbox/v1/gateway-apps": (_, url) => [
    {
      appId: "2021000000000001",
      clientId: "2188000000000001",
      mode: "PUBLIC_KEY",
      mayUseSha1: true,
      gatewayUrl: null,
      walletDeducts: false,
      gateway: `${url.origin}/gateway.do`,
      walletPublicKey: "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
    },
    { appId: "2021000000000002", clientId: "2188000000000001", mode: null, gatewayUrl: "http://127.0.0.1:7610/notify", walletDeducts: true },
  ],
  "/sandbox/v1/payments": (world) => world.payments.map(({ payment }) => payment),
  "/sandbox/v1/operations": (world) => world.payments.flatMap(({ operations = [] }) => operations),
  "/sandbox/v1/notifications": (world) => world.outbox,
  "/sandbox/v1/messages": (world) => world.messages,
  "/sandbox/v1/ledger/accounts": (world) => world.accounts(),
  "/sandbox/v1/calls": (world, url) => ({
    calls: world.calls.filter((call) => call.seq > Number(url.searchParams.get("after"))),
  }),
};

/** @type {typeof READS} */
const ACTS = {
  "/sandbox/v1/session": (world, _, body) => void (world.signedIn = body.userId),
  "/sandbox/v1/clock": (world, _, body) => {
    world.moveClock(body);
    return { now: world.now() };
  },
  "/sandbox/v1/ledger/verify": (world) => world.verify(),
  "/dev/subscribe": (world) => void subscribe(world, world.signedIn ?? "u-sara", live),
  "/dev/buy": (world) => void buy(world, world.signedIn ?? "u-sara", live),
  "/dev/afterwards": (world) => void afterwards(world, world.signedIn ?? "u-sara", live),
  "/dev/sign": (world) => void sign(world, world.signedIn ?? "u-sara", live),
  "/dev/charge": (world) =>
    void charge(world, world.signedIn ?? "u-sara", world.contracts.at(-1)?.contractId ?? "", world.id("SUB-"), live),
};

/**
 * @param {World} world @param {string} method @param {URL} url @param {any} body
 * @returns {[number, unknown]}
 */
export function answer(world, method, url, body) {
  const payment = /^\/sandbox\/v1\/payments\/(\w+)$/.exec(url.pathname)?.[1];
  if (payment) {
    const story = world.payments.find((candidate) => candidate.payment.paymentId === payment);
    return story ? [200, story] : [404, { error: { code: "NOT_FOUND", message: "no such payment" } }];
  }
  const resent = /^\/sandbox\/v1\/notifications\/([\w-]+)\/resend$/.exec(url.pathname)?.[1];
  if (resent) {
    const row = world.outbox.find((candidate) => candidate.outboxId === resent);
    if (row) Object.assign(row, { state: "DELIVERED", attempts: row.attempts + 1, lastError: null, nextAt: null });
    return [200, row];
  }
  const found = (method === "POST" ? ACTS : READS)[url.pathname];
  if (!found) return [404, { error: { code: "NOT_FOUND", message: `no ${method} ${url.pathname}` } }];
  const content = found(world, url, body);
  return [content === undefined ? 204 : 200, content];
}
