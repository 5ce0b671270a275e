// examples/h5-shop in the shell: a Mini Program that uses only `my.*`, through the twenty steps of a payment and through a
// contract, in both languages and in both readings of the codes.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { openShell, startBrowser } from "./browser.js";
import { startShop } from "./shop.js";
import { startWorld } from "./stub.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** @type {import("./stub.js").World} */
let world;
/** @type {Awaited<ReturnType<typeof startShop>>} */
let shop;
/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  [world, browser] = await Promise.all([startWorld(), startBrowser()]);
  shop = await startShop(world);
});
after(async () => {
  await browser?.close();
  shop?.stop();
  world?.stop();
});
beforeEach(() => {
  world.reset();
  shop.reset();
  world.more = [shop.site];
});

/** @param {Parameters<typeof openShell>[2]} [how] */
async function open(how) {
  const shell = await openShell(browser, world, { start: `${shop.site}/`, viewport: { width: 360, height: 740 }, ...how });
  const page = shell.page.frameLocator(".mq-frame");
  await page.getByTestId("buy-dates").waitFor();
  return { ...shell, page: shell.page, shop: page, pay: () => shell.walletFrame().getByRole("button", { name: "Pay" }) };
}
const asked = () => shop.asked.map(([what]) => what);

test("the twenty steps of the page: signed in silently, ordered, paid, and believed only when the backend says so", async () => {
  const shell = await open();
  await shell.shop.getByTestId("buy-dates").click();
  await shell.pay().click();
  await shell.shop.getByText(/Thank you\. .?Basra dates.?: .?paid/).waitFor();
  assert.equal(await shell.shop.getByTestId("greeting").innerText(), "Hello, \u2068Sara Ali Hasan\u2069");
  assert.equal(await shell.shop.locator("[data-order]").getAttribute("data-state"), "PAID");
  assert.deepEqual(asked(), ["GET /api/goods", "POST /api/login", "POST /api/orders", "POST /api/orders/Z-001/check"]);
  const [, login, order] = shop.asked.map(([, body]) => body);
  assert.deepEqual([login, order.goods], [{ authCode: "SILENT1" }, "dates"]);
  assert.match(order.once, /^[0-9a-f-]{36}$/);
  assert.deepEqual(world.posted.map(({ api, args }) => [api, args]), [["getAuthCode", { scopes: ["USER_ID"] }], ["tradePay", { paymentUrl: world.paymentUrl() }]]);
  await shell.close();
});

for (const route of ["split", "all-success"]) {
  test(`a page that is left pays nothing and can be opened again, whichever callback says so (${route})`, async () => {
    world.appRoute = route;
    const shell = await open();
    await shell.shop.getByTestId("buy-dates").click();
    await shell.pay().waitFor();
    await shell.page.getByRole("button", { name: "Close this page and go back" }).click();
    await shell.shop.getByText("You did not pay.").waitFor();
    assert.equal(await shell.shop.locator("[data-order]").getAttribute("data-state"), "OPEN");
    await shell.shop.getByTestId("pay").click();
    await shell.pay().click();
    await shell.shop.getByText(/Thank you\. .?Basra dates.?: .?paid/).waitFor();
    assert.equal(shop.orders.length, 1);
    await shell.close();
  });
}

test("an answer that stays away is not announced as paid, and shows when it is known", async () => {
  const shell = await open();
  await shell.shop.getByTestId("buy-dates").click();
  await shell.pay().waitFor();
  world.dead = true;
  await shell.pay().click();
  await shell.shop.getByText("Nobody knows yet whether this was paid.").waitFor({ timeout: 15000 });
  assert.equal(await shell.shop.locator("[data-order]").getAttribute("data-state"), "OPEN");
  world.dead = false;
  const [one] = world.interactions.values();
  Object.assign(one, { state: "FINAL", reply: { ok: true, ret: { resultCode: "9000" } } });
  await shell.shop.getByTestId("check").click();
  await shell.shop.locator('[data-state="PAID"]').waitFor();
  await shell.close();
});

test("a hold is told as a hold, and what was taken and given back of it stands under the order", async () => {
  const shell = await open();
  await shell.shop.getByTestId("buy-carp").click();
  await shell.pay().click();
  await shell.shop.getByText(/River carp.?: .?on hold/).waitFor();
  const amount = (/** @type {number} */ dinars) => ({ currency: "IQD", value: String(dinars * 1000) });
  Object.assign(shop.orders[0], {
    state: "PAID", taken: amount(31500), refunded: amount(1500),
    operations: [{ kind: "CAPTURE", amount: amount(31500), state: "DONE", at: "" }, { kind: "REFUND", amount: amount(1500), state: "DONE", at: "" }, { kind: "REFUND", amount: amount(99000), state: "REFUSED", at: "" }],
  });
  await shell.shop.getByTestId("check").click();
  await shell.shop.getByText("Given back: ").waitFor();
  assert.deepEqual(await shell.shop.locator("[data-order] > small").allInnerTexts(), ["Taken: \u206831,500 IQD\u2069", "Given back: \u20681,500 IQD\u2069"]);
  await shell.close();
});

test("a contract: signed in the wallet, kept by the backend, ended after a question", async () => {
  const shell = await open();
  await shell.shop.getByTestId("subscribe").click();
  await shell.walletFrame().getByRole("button", { name: "Not now" }).click();
  await shell.shop.getByText("could not be signed").waitFor();
  await shell.shop.getByTestId("subscribe").click();
  await shell.walletFrame().getByRole("button", { name: "Agree" }).click();
  await shell.shop.getByTestId("message").getByText("You are subscribed.").waitFor();
  assert.deepEqual(shop.asked.find(([what]) => what === "POST /api/subscribe")?.[1], { authCode: "663A8FA9D83648EE8AA11FF682989DC7" });
  await shell.shop.getByTestId("end").click();
  await shell.page.getByRole("button", { name: "End it" }).click();
  await shell.shop.getByText("Your subscription has ended.").waitFor();
  await shell.close();
});

test("the session outlives a reload, and one that the backend forgot is made anew without a word", async () => {
  const shell = await open();
  await shell.shop.getByTestId("buy-dates").click();
  await shell.pay().click();
  await shell.shop.getByText("Thank you.").waitFor();
  await shell.program().evaluate(() => location.reload());
  await shell.shop.locator('[data-state="PAID"]').waitFor();
  shop.sessions.clear();
  const logins = () => asked().filter((what) => what === "POST /api/login").length;
  const answered = shell.page.waitForResponse((response) => response.url().includes("/api/orders") && response.ok());
  await shell.shop.getByTestId("check").click();
  await answered; // the second time of asking: the first met a backend that had forgotten the session
  assert.equal(logins(), 2);
  assert.equal(await shell.shop.getByTestId("message").isVisible(), false);
  await shell.close();
});

test("a shelf label is read by the wallet, and a shop that does not answer is said so", async () => {
  const shell = await open();
  const scan = async (/** @type {string} */ code) => {
    await shell.shop.getByTestId("scan").click();
    await shell.page.getByRole("textbox", { name: "What does the code say?" }).fill(code);
    await shell.page.getByRole("button", { name: "OK" }).click();
  };
  await scan("melon");
  await shell.shop.getByText("No goods here have the label").waitFor();
  await scan("dates");
  await shell.pay().click();
  await shell.shop.getByText("Thank you.").waitFor();
  shop.dead = true;
  await shell.shop.getByTestId("buy-dates").click();
  await shell.shop.getByText("The shop did not answer.").waitFor();
  await shell.close();
});

test("outside a wallet the page says where it belongs, and asks nobody for anything", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route(`${world.wallet}/**`, (route) => route.abort());
  await page.goto(`${shop.site}/`);
  await page.getByText("This is a Mini Program.").waitFor();
  assert.deepEqual(shop.asked, []);
  await context.close();
});

for (const [language, colorScheme] of /** @type {const} */ ([["en-US", "light"], ["ar-IQ", "dark"]])) {
  test(`360 px wide, ${language}, ${colorScheme}: axe finds nothing, and nothing stands out sideways`, async () => {
    const shell = await open({ language, colorScheme });
    await shell.shop.getByTestId("buy-carp").click();
    await shell.pay().click();
    await shell.shop.locator('[data-state="HELD"]').waitFor();
    const program = shell.program();
    await program.evaluate(axe);
    const problems = await program.evaluate(async () => {
      const { violations } = await /** @type {any} */ (window).axe.run();
      return violations.map((/** @type {any} */ one) => `${one.id}: ${one.nodes.map((/** @type {any} */ node) => node.html).join(" ")}`);
    });
    assert.deepEqual(problems, []);
    assert.equal(await program.evaluate(() => document.documentElement.scrollWidth), 360);
    assert.equal(await program.evaluate(() => document.documentElement.dir), language === "ar-IQ" ? "rtl" : "ltr");
    await shell.close();
  });
}
