// What the wallet's pages let nobody do, asked by plain requests: see what is another's, act without the page, act on what is
// another's, be sent elsewhere. What only a browser can try is tests/browser/page-safety.test.mjs.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Merchant } from "../support/openapi.mjs";
import { CARDS, ONLINE, Town } from "../support/orders.mjs";
import { Person } from "../support/person.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";

let wallet, sandbox, town, desk, sara, omar;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  town = new Town(sandbox, Merchant.ofWallet(wallet));
  desk = town.desk;
  const person = ({ phone, pin, userId }) => Object.assign(new Person({ walletUrl: wallet.walletUrl, phone, pin }), { userId });
  sara = await person(sandbox.user("Sara")).enter();
  omar = await person(sandbox.user("Omar")).enter();
});
after(() => wallet?.stop());

const DESCRIPTION = "Saffron for the feast";
const named = { order: { orderDescription: DESCRIPTION, buyer: { referenceBuyerId: "guest-7" } }, paymentOrderTitle: "Feast" };
const stranger = () => new Person({ walletUrl: wallet.walletUrl });
const pathOf = (url) => url.slice(new URL(url).origin.length);

/** Everything that must not change when something is refused. */
async function everything() {
  const lists = ["users", "payments", "operations", "transfers", "cards", "payment-codes", "contracts"];
  return JSON.stringify(await Promise.all(lists.map((list) => sandbox.get(list))));
}

/** Opens the cashier for an order as a Mini Program of its merchant does. Answers the page's id. */
async function openCashier(person, order) {
  await person.session();
  const call = { appId: "demo-shop", api: "tradePay", args: { paymentUrl: order.url } };
  return (await person.expect("/app/v1/interactions", { method: "POST", json: call })).ix;
}

test("whoever is signed out sees nothing of an order, however it stands", async () => {
  const orders = {
    open: await desk.open(ONLINE, 4321, named),
    paid: await desk.paid(ONLINE, 4321, sara.userId, named),
    cancelled: await desk.open(ONLINE, 4321, named),
  };
  await desk.cancel(orders.cancelled);
  for (const [state, order] of Object.entries(orders)) {
    const { status, text } = await stranger().ask(pathOf(order.url));
    assert.equal(status, 200, state);
    assert.doesNotMatch(text, /4,321|4321|Saffron|Feast|Zaytoun/, state);
    assert.doesNotMatch(text, /<form[^>]*method="post"/, state);
  }
});

test("whoever is signed out sees nothing of the wallet app, and its forms do nothing", async () => {
  const pages = ["", "/history", "/inbox", "/top-up", "/send", "/receive", "/code", "/scan", "/cards", "/security"];
  for (const page of pages) {
    const { status, text } = await stranger().ask(`/wallet${page}`);
    assert.ok(status === 200 || status === 401, `${page}: ${status}`);
    assert.doesNotMatch(text, /Sara|Omar|250,000|app-doors/, page);
  }
  const before = await everything();
  const nobody = stranger();
  await nobody.session();
  const forms = {
    "/wallet/send": { to: omar.phone, amount: "1", pin: "111111", once: "A".repeat(32) },
    "/wallet/top-up": { amount: "1", bank: "bank" },
    "/wallet/code": { pin: "111111" },
    "/wallet/cards": { number: CARDS.good, expiry: "12/30", name: "X" },
    "/wallet/scan": { text: "x" },
    "/wallet/security/pin": { old: "111111", new: "586203", again: "586203" },
  };
  for (const [path, form] of Object.entries(forms)) {
    await nobody.ask(path, { method: "POST", form: { ...form, csrf: nobody.csrf } });
  }
  assert.equal(await everything(), before);
});

test("an order that is bound to somebody else is not shown, neither in a page of one's own nor alone", async () => {
  const { customerId } = await town.token(desk.merchant, omar.userId, ["auth_base"]);
  const order = await desk.open(ONLINE, 4321, { order: { ...named.order, buyer: { referenceBuyerId: customerId } } });
  const ix = await openCashier(sara, order);
  for (const path of [pathOf(order.url), `${pathOf(order.url)}&ix=${ix}`]) {
    const { text } = await sara.ask(path);
    assert.doesNotMatch(text, /4,321|Saffron|Zaytoun/, path);
  }
  const before = await everything();
  await sara.ask(`/app/v1/interactions/${ix}/confirm`, { method: "POST", form: { csrf: sara.csrf, pin: sara.pin, source: "balance" } });
  assert.equal(await everything(), before);
  assert.ok((await omar.ask(pathOf(order.url))).text.includes(DESCRIPTION), "its buyer sees it");
});

test("a page belongs to the session that opened it: nobody else can read, pay or close it", async () => {
  const order = await desk.open(ONLINE, 7, named);
  const ix = await openCashier(sara, order);
  const before = await everything();
  await omar.session();
  const page = `/app/v1/interactions/${ix}`;
  const form = { csrf: omar.csrf, pin: omar.pin, source: "balance" };
  assert.equal((await omar.ask(page)).status, 404);
  assert.equal((await omar.ask(`${page}/cancel`, { method: "POST" })).status, 404);
  for (const action of ["confirm", "decline", "login"]) {
    const { status } = await omar.ask(`${page}/${action}`, { method: "POST", form: { ...form, phone: omar.phone } });
    assert.equal(status, 404, action);
  }
  assert.doesNotMatch((await omar.ask(`${pathOf(order.url)}&ix=${ix}`)).text, /name="pin"/);
  assert.equal(await everything(), before);
  assert.equal((await sara.expect(page)).state, "OPEN");
});

test("the page of one order pays no other", async () => {
  const [cheap, dear] = [await desk.open(ONLINE, 1), await desk.open(ONLINE, 1000)];
  const ix = await openCashier(sara, cheap);
  const { text } = await sara.ask(`${pathOf(dear.url)}&ix=${ix}`);
  assert.doesNotMatch(text, /name="pin"/);
});

test("a Mini Program learns nothing of another merchant's orders, by address or by number", async () => {
  const foreign = await (await town.newDesk("Gold Souk")).open(ONLINE, 7, named);
  await sara.session();
  const ask = async (args) => {
    const call = { appId: "demo-shop", api: "tradePay", args };
    const { status, json } = await sara.ask("/app/v1/interactions", { method: "POST", json: call });
    return JSON.stringify({ status, json });
  };
  const url = (id) => `${wallet.walletUrl}/cashier?orderId=${id}`;
  assert.equal(await ask({ paymentUrl: foreign.url }), await ask({ paymentUrl: url("0".repeat(32)) }));
  assert.equal(await ask({ tradeNO: foreign.paymentId }), await ask({ tradeNO: "2".repeat(35) }));
});

test("ids of orders and pages are random: no two are near each other", async () => {
  const ids = [];
  for (let count = 0; count < 8; count += 1) {
    const order = await desk.open(ONLINE, 7);
    ids.push(new URL(order.url).searchParams.get("orderId"), await openCashier(sara, order));
  }
  for (const id of ids) assert.match(id, /^[0-9A-F]{32}$/);
  for (const digits of [0, 8, 16, 24]) {
    const parts = new Set(ids.map((id) => id.slice(digits, digits + 8)));
    assert.equal(parts.size, ids.length, "no part of them repeats");
  }
});

test("no form of the wallet does anything without the session's token, or when it comes from elsewhere", async () => {
  const order = await desk.open(ONLINE, 7);
  const ix = await openCashier(sara, order);
  const { accessToken } = await sandbox.contract(desk.merchant, sara.userId);
  assert.ok(accessToken);
  const [{ contractId }] = (await sandbox.get("contracts")).slice(-1);
  const [{ cardId }] = (await sandbox.get("cards")).filter(({ userId }) => userId === sara.userId);
  const pin = sara.pin;
  const forms = {
    [`/app/v1/interactions/${ix}/confirm`]: { pin, source: "balance" },
    [`/app/v1/interactions/${ix}/decline`]: {},
    [`/agreements/${contractId}/end`]: { pin },
    "/wallet/send": { to: omar.phone, amount: "1", pin, once: "A".repeat(32) },
    "/wallet/top-up": { amount: "1", bank: "bank" },
    "/wallet/code": { pin },
    "/wallet/cards": { number: CARDS.good, expiry: "12/30", name: "X" },
    [`/wallet/cards/${cardId}/remove`]: {},
    "/wallet/security/pin": { old: pin, new: "586203", again: "586203" },
    "/wallet/language": { language: "ar-IQ" },
    "/wallet/sign-out": {},
  };
  const { csrf } = sara;
  const before = await everything();
  const ways = [
    ["no token", {}, {}],
    ["another's token", { csrf: omar.csrf }, {}],
    ["from another site", { csrf }, { "Sec-Fetch-Site": "cross-site" }],
    ["from a neighbour", { csrf }, { "Sec-Fetch-Site": "same-site" }],
    ["from another origin", { csrf }, { Origin: "https://evil.example" }],
  ];
  for (const [path, form] of Object.entries(forms)) {
    for (const [way, token, headers] of ways) {
      const { status } = await sara.ask(path, { method: "POST", form: { ...form, ...token }, headers: { "X-CSRF": "", ...headers } });
      assert.ok(status >= 400 && status < 500, `${path}, ${way}: ${status}`);
    }
  }
  assert.equal(await everything(), before);
  assert.ok((await sara.session()).user, "still signed in");
  assert.equal((await sara.expect(`/app/v1/interactions/${ix}`)).state, "OPEN");
});

test("looking changes nothing: what acts cannot be asked for with GET", async () => {
  const before = await everything();
  for (const path of ["/wallet/sign-out", "/wallet/language?language=ar-IQ", "/wallet/security/pin", "/wallet/login"]) {
    const { status } = await sara.ask(path);
    assert.ok(status === 404 || status === 405, `${path}: ${status}`);
  }
  assert.ok((await sara.session()).user);
  assert.equal(await everything(), before);
});

test("nobody touches or reads what is another's: movements, messages, cards, sessions", async () => {
  await desk.paid(ONLINE, 11, omar.userId);
  const link = async (page, pattern) => (await omar.ask(page)).text.replaceAll("&#x2f;", "/").match(pattern)[0];
  const movement = await link("/wallet/history", /\/wallet\/history\/[A-Za-z0-9]+/);
  const letter = await link("/wallet/inbox", /\/wallet\/inbox\/[A-Za-z0-9]+/);
  for (const path of [movement, letter]) {
    assert.equal((await omar.ask(path)).status, 200);
    assert.equal((await sara.ask(path)).status, 404, path);
  }
  const { cardId } = await sandbox.post("cards", { userId: omar.userId, number: CARDS.good });
  const before = await everything();
  await sara.ask(`/wallet/cards/${cardId}/remove`, { method: "POST", form: { csrf: sara.csrf } });
  assert.equal(await everything(), before);

  const second = await Object.assign(new Person({ ...omar, walletUrl: wallet.walletUrl, cookie: undefined })).enter();
  const end = await link("/wallet/security", /\/wallet\/security\/sessions\/[A-Za-z0-9]+\/end/);
  await sara.ask(end, { method: "POST", form: { csrf: sara.csrf } });
  assert.ok((await second.session()).user, "another user cannot end it");
  await omar.ask(end, { method: "POST", form: { csrf: omar.csrf } });
  assert.equal((await second.session()).user, null, "its owner can");
});

test("a payment from a card that is another's, or taken out, is refused", async () => {
  const foreign = await sandbox.post("cards", { userId: omar.userId, number: CARDS.good });
  const order = await desk.open(ONLINE, 7);
  const ix = await openCashier(sara, order);
  const form = { csrf: sara.csrf, pin: sara.pin, source: foreign.cardId };
  await sara.ask(`/app/v1/interactions/${ix}/confirm`, { method: "POST", form });
  assert.equal(await desk.status(order), "PROCESSING");
});

test("signing in leads to pages of the wallet only", async () => {
  const bad = [
    "https://evil.example/",
    "//evil.example/wallet",
    "/\\evil.example",
    "/wallet@evil.example",
    "/wallet/../../evil.example",
    "/wallet\n//evil.example",
    "\t//evil.example",
    "javascript:alert(1)",
    "/app/v1/session",
    "/sandbox/v1/clock",
    "/%2f%2fevil.example",
  ];
  for (const page of bad) {
    const person = new Person({ walletUrl: wallet.walletUrl });
    await person.session();
    const form = { csrf: person.csrf, phone: sara.phone, pin: sara.pin, page };
    const { status, headers } = await person.ask("/wallet/login", { method: "POST", form });
    assert.equal(status, 303, page);
    const target = new URL(headers.location, wallet.walletUrl);
    assert.equal(target.origin, new URL(wallet.walletUrl).origin, page);
    assert.match(target.pathname, /^\/(wallet|agreements|cashier)/, `${page}: ${headers.location}`);
  }
});

test("what was scanned leads to pages of the wallet only", async () => {
  const own = wallet.walletUrl;
  const bad = [
    "https://evil.example/cashier?orderId=" + "A".repeat(32),
    `${own}.evil.example/cashier?orderId=${"A".repeat(32)}`,
    `${own}@evil.example/cashier?orderId=${"A".repeat(32)}`,
    `https://user@${new URL(own).host}/pay-to?to=1`,
    "//evil.example/pay-to?to=1",
    "javascript:alert(document.cookie)",
    "data:text/html,<script>alert(1)</script>",
    `${own}/wallet/sign-out`,
    `${own}/app/v1/session`,
    "mini://evil.example/startapp?_ariver_appid=demo-shop",
    "alipays://platformapi/startapp?appId=demo-shop",
  ];
  await sara.session();
  for (const text of bad) {
    const { status, headers } = await sara.ask("/wallet/scan", { method: "POST", form: { csrf: sara.csrf, text } });
    assert.equal(status, 303, text);
    const target = new URL(headers.location, own);
    assert.equal(`${target.origin}${target.pathname}`, `${own}/wallet/scan`, `${text}: ${headers.location}`);
  }
});

test("the link that asks for money leads to the form, whatever it holds", async () => {
  for (const to of ["9647700000002", "//evil.example", "https://evil.example", "x&to=y", "%0d%0aLocation:%20https://evil.example"]) {
    const { status, headers } = await stranger().ask(`/pay-to?to=${to.includes("%0d") ? to : encodeURIComponent(to)}`);
    assert.equal(status, 303);
    assert.match(headers.location, /^\/wallet\/send(\?|$)/, to);
  }
});

test("an order's way back to the merchant is a web address, or the order is not accepted", async () => {
  for (const paymentRedirectUrl of ["javascript:alert(1)", "data:text/html,x", "ftp://shop.example/", "//evil.example", "mini://x", "x"]) {
    const { result } = await desk.send(desk.body(ONLINE, 1, { paymentRedirectUrl }));
    assert.equal(result.resultCode, "PARAM_ILLEGAL", paymentRedirectUrl);
  }
});

test("the ledger holds together after all of that", () => sandbox.verifyLedger());
