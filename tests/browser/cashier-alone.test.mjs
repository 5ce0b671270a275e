// The cashier where no Mini Program waits for it: opened in a plain browser it shows what it is and how to open it, never
// anything that pays; every end of an order says what happened; the merchant's own address is a link, nothing more. And
// what other sites may try with the wallet's pages.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { App } from "../support/app.mjs";
import { launch } from "../support/browser.mjs";
import { Merchant } from "../support/openapi.mjs";
import { CAPTURE, CARDS, ONLINE, Town } from "../support/orders.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";
import { serveSite } from "../support/site.mjs";

let browser, wallet, sandbox, town, desk;
before(async () => {
  browser = await launch();
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  town = new Town(sandbox, Merchant.ofWallet(wallet));
  desk = town.desk;
});
after(async () => {
  await browser?.close();
  await wallet?.stop();
});

/** Nothing on the page pays, asks for a PIN, or acts in any way. */
async function assertNothingPays(page) {
  assert.equal(await page.locator('form, input[name], button[type="submit"], [name="pin"]').count(), 0);
}

for (const [language, name] of [["en-US", "Sara"], ["ar-IQ", "Omar"]]) {
  test(`in a plain tab it says what it is and how to open it, and pays nothing, ${language}`, async (t) => {
    const user = sandbox.user(name);
    const app = await App.open(t, browser, wallet, { language, folder: "alone" });
    const order = await desk.open(ONLINE, 4321, { paymentOrderTitle: "Feast", order: { orderDescription: "Saffron", buyer: { referenceBuyerId: "guest-7" } } });
    await app.visit(order.url);
    await assertNothingPays(app.page);
    assert.doesNotMatch(await app.words(), /4,321|Saffron|Feast/);
    assert.equal(await app.page.locator("#link").inputValue(), order.url);
    await app.look("signed-out");

    await app.enter(user);
    await app.visit(order.url);
    await assertNothingPays(app.page);
    assert.match(await app.words(), /4,321[^]*Saffron/);
    await app.look("signed-in");
    assert.equal(await desk.status(order), "PROCESSING");
  });

  test(`every end of an order says what happened and whether money moved, ${language}`, async (t) => {
    const user = sandbox.user(name);
    const other = sandbox.user(name === "Sara" ? "Omar" : "Sara");
    const app = await App.open(t, browser, wallet, { language, folder: "ends" });
    await app.enter(user);
    const more = { paymentRedirectUrl: "https://shop.example/orders/7?done=1" };
    const open = (product = ONLINE) => desk.open(product, 25, more);
    const { customerId } = await town.token(desk.merchant, other.userId, ["auth_base"]);
    const ends = {
      paid: async () => desk.paid(ONLINE, 25, user.userId, more),
      held: async () => desk.paid(CAPTURE, 25, user.userId, more),
      "held-given-back": async () => {
        const order = await desk.paid(CAPTURE, 25, user.userId, more);
        await desk.void(order);
        return order;
      },
      refunded: async () => {
        const order = await desk.paid(ONLINE, 25, user.userId, more);
        await desk.refund(order, 10, { refundReason: "One bottle broke" });
        return order;
      },
      "paid-by-somebody-else": async () => desk.paid(ONLINE, 25, other.userId, more),
      "not-yours": () => desk.open(ONLINE, 25, { ...more, order: { orderDescription: "A ring", buyer: { referenceBuyerId: customerId } } }),
      cancelled: async () => {
        const order = await open();
        await desk.cancel(order);
        return order;
      },
      "being-asked": async () => {
        const order = await open();
        await desk.visit(order, user.userId, { fundingSource: CARDS.slow });
        return order;
      },
      "in-dispute": async () => {
        const order = await open();
        await sandbox.post(`payments/${order.paymentId}/freeze`, { frozen: true });
        return order;
      },
      unknown: async () => ({ url: `${wallet.walletUrl}/cashier?orderId=${"0".repeat(32)}` }),
      expired: async () => {
        const order = await open();
        await town.wait("PT31M");
        return order;
      },
    };
    const texts = new Map();
    for (const [end, make] of Object.entries(ends)) {
      const { url } = await make();
      await app.visit(url);
      await assertNothingPays(app.page);
      const heading = await app.page.locator("h1").first().innerText();
      assert.ok(!texts.has(heading) || end === "refunded", `${end} says the same as ${texts.get(heading)}: ${heading}`);
      texts.set(heading, end);
      await app.look(end);
    }
  });
}

test("after paying, the merchant's address is a link that names its host; nobody is sent there", async (t) => {
  const { userId, phone, pin } = sandbox.user("Sara");
  const app = await App.open(t, browser, wallet, { folder: "back" });
  const site = await serveSite(t, { "/done": "<!doctype html><title>done</title><p>done</p>" });
  const order = await desk.paid(ONLINE, 25, userId, { paymentRedirectUrl: `${site}/done` });
  await app.enter({ phone, pin });
  await app.visit(order.url);
  const link = app.page.locator(`a[href^="${site}/done"]`);
  assert.match(await link.getAttribute("rel"), /noreferrer/);
  assert.ok((await link.innerText()).includes(new URL(site).host), await link.innerText());
  await app.look("link");
  assert.ok(app.page.url().startsWith(wallet.walletUrl), "nothing has moved by itself");
  await link.click();
  await app.page.waitForURL(`${site}/done**`);
  assert.equal(await app.page.evaluate(() => document.referrer), "");
  const { searchParams } = new URL(app.page.url());
  for (const secret of [phone, pin, userId]) assert.ok(![...searchParams.values()].includes(secret));
});

test("no other site can put the wallet's pages into a frame", async (t) => {
  const { phone, pin, userId } = sandbox.user("Sara");
  const app = await App.open(t, browser, wallet);
  await app.enter({ phone, pin });
  const order = await desk.open(ONLINE, 25);
  const paid = await desk.paid(ONLINE, 25, userId);
  const paths = ["/", "/wallet", "/wallet/send", "/wallet/security", "/wallet/code", "/wallet/top-up", "/agreements", "/app?appId=demo-shop", "/studio"];
  const urls = [...paths.map((path) => wallet.walletUrl + path), order.url, paid.url];
  const frames = urls.map((url) => `<iframe src="${url.replaceAll("&", "&amp;")}"></iframe>`).join("");
  const site = await serveSite(t, { "/": `<!doctype html><title>x</title>${frames}` });
  await app.page.goto(`${site}/`);
  await app.page.waitForLoadState("load");
  const shown = app.page.frames().slice(1).map((frame) => frame.url());
  assert.equal(shown.length, urls.length);
  for (const [index, url] of shown.entries()) assert.match(url, /^chrome-error:/, `${urls[index]} is shown in a foreign frame`);
});

test("forms of other sites do nothing, though the browser knows the user", async (t) => {
  const sara = sandbox.user("Sara");
  const omar = sandbox.user("Omar");
  const app = await App.open(t, browser, wallet);
  await app.enter(sara);
  const before = JSON.stringify([await sandbox.get("users"), await sandbox.get("transfers"), await sandbox.get("cards")]);
  const forms = {
    "/wallet/send": { to: omar.phone, amount: "1000", pin: sara.pin, once: "A".repeat(32) },
    "/wallet/top-up": { amount: "1000", bank: "bank" },
    "/wallet/cards": { number: CARDS.good, expiry: "12/30", name: "X" },
    "/wallet/security/pin": { old: sara.pin, new: "586203", again: "586203" },
    "/wallet/sign-out": {},
  };
  const inputs = (fields) => Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`).join("");
  const pages = Object.fromEntries(Object.entries(forms).map(([path, fields], index) => [
    `/${index}`,
    `<!doctype html><form method="post" action="${wallet.walletUrl}${path}">${inputs(fields)}</form><script>document.forms[0].submit()</script>`,
  ]));
  const site = await serveSite(t, pages);
  for (const path of Object.keys(pages)) {
    const answered = app.page.waitForResponse((answer) => answer.request().method() === "POST");
    await app.page.goto(site + path).catch(() => {});
    const status = (await answered).status();
    assert.ok(status >= 400 && status < 500, `${path}: ${status}`);
  }
  const now = JSON.stringify([await sandbox.get("users"), await sandbox.get("transfers"), await sandbox.get("cards")]);
  assert.equal(now, before);
  await app.visit("/wallet");
  await app.page.locator(".app-doors").waitFor();
});

test("what merchants and users write is text, never HTML", async (t) => {
  const sara = sandbox.user("Sara");
  const app = await App.open(t, browser, wallet);
  await app.enter(sara);
  const attack = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>&amp; <b>bold</b>';
  const order = await desk.open(ONLINE, 25, {
    paymentOrderTitle: attack,
    order: { orderDescription: attack, referenceOrderId: "<b>7</b>", buyer: { referenceBuyerId: "guest-7" } },
  });
  const read = async (url) => {
    await app.visit(url);
    assert.ok((await app.page.locator("body").textContent()).includes(attack), url);
    assert.equal(await app.page.evaluate(() => window.pwned), undefined, url);
    assert.equal(await app.page.locator("main b", { hasText: "bold" }).count(), 0, url);
  };
  await read(order.url);
  await desk.visit(order, sara.userId);
  await desk.refund(order, 5, { refundReason: attack });
  await read(order.url);
  await app.visit("/wallet/history");
  const link = await app.page.locator("a.move").first().getAttribute("href");
  await read(link);
  const { accessToken } = await town.token(desk.merchant, sara.userId, ["NOTIFICATION_INBOX"]);
  await desk.merchant.succeed("/v1/messages/sendInbox", {
    accessToken,
    requestId: "attack-1",
    templateCode: "MINI_APP_COMMON_INBOX",
    templates: [{ templateParameters: { Title: attack, Content: attack, Url: "javascript:alert(1)" } }],
  });
  await app.visit("/wallet/inbox");
  await app.page.locator(".letter").first().click();
  await app.page.locator(".message-text").waitFor();
  await read(app.page.url());
  assert.equal(await app.page.locator('a[href^="javascript:"]').count(), 0);
});
