// Wallet pages in a real browser: what opens one, what ends one, and which reply the Mini Program gets (jsapi.md 5, 6.2).

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { openShell, pause, startBrowser } from "./browser.js";
import { finish, startWorld } from "./stub.js";

/** @type {import("./stub.js").World} */
let world;
/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  [world, browser] = await Promise.all([startWorld(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  world?.stop();
});
beforeEach(() => world.reset());

const CODE = "663A8FA9D83648EE8AA11FF682989DC7";
/** @returns {[string, object]} */
const sign = (/** @type {string} */ authUrl) => ["qicardSignContract", { authUrl, extParams: { subClientId: "7" } }];

test("the user agrees: the authCode, exactly what the server replied, and the page is gone", async () => {
  const shell = await openShell(browser, world);
  const { outcome } = await shell.begin(...sign(world.authUrl()));
  await shell.walletFrame().getByRole("button", { name: "Agree" }).click();
  assert.deepEqual(await outcome, { ok: true, ret: { authCode: CODE } });
  assert.equal(await shell.page.locator(".mq-wallet").count(), 0);
  assert.deepEqual(world.posted, [{ appId: "app-1", api: "qicardSignContract", args: { authUrl: world.authUrl(), extParams: { subClientId: "7" } } }]);
  await shell.close();
});

for (const [how, leave] of /** @type {[string, (shell: import("./browser.js").Reach) => Promise<unknown>][]} */ ([
  ["the close button", (shell) => shell.page.getByRole("button", { name: "Close this page and go back" }).click()],
  ["Esc in the page", async (shell) => {
    await shell.walletFrame().getByRole("button", { name: "Agree" }).focus();
    await shell.page.keyboard.press("Escape");
  }],
  ["the page's own close message", (shell) => shell.walletFrame().locator("main").evaluate((_main, wallet) =>
    parent.postMessage({ mp: "close", ix: "ix-1" }, wallet), world.wallet)],
])) {
  test(`${how} cancels: 6001`, async () => {
    const shell = await openShell(browser, world);
    const { outcome } = await shell.begin(...sign(world.authUrl()));
    await shell.walletFrame().getByRole("button", { name: "Agree" }).waitFor();
    await leave(shell);
    const { ok, ret } = await outcome;
    assert.deepEqual([ok, ret.error, ret.errorCode], [false, "6001", "6001"]);
    await shell.close();
  });
}

test("closing asks the server, and an outcome that was final already counts", async () => {
  const shell = await openShell(browser, world);
  const { outcome } = await shell.begin(...sign(world.authUrl()));
  world.finalOnCancel = { ok: true, ret: { authCode: CODE } };
  await shell.page.getByRole("button", { name: "Close this page and go back" }).click();
  assert.deepEqual(await outcome, { ok: true, ret: { authCode: CODE } });
  await shell.close();
});

test("two wallet calls: one page, and error 3 for the second", async () => {
  const shell = await openShell(browser, world);
  const first = await shell.begin(...sign(world.authUrl()));
  const second = await shell.ask("getAuthCode", { scopes: ["auth_user"] });
  assert.deepEqual([second.ok, second.ret.error], [false, 3]);
  await shell.walletFrame().getByRole("button", { name: "Agree" }).waitFor();
  assert.equal(await shell.page.locator(".mq-wallet").count(), 1);
  await shell.page.getByRole("button", { name: "Close this page and go back" }).click();
  assert.equal((await first.outcome).ret.error, "6001");
  assert.equal(world.posted.length, 1);
  await shell.close();
});

test("a final answer at once opens no page", async () => {
  const shell = await openShell(browser, world);
  assert.deepEqual(await shell.ask("getAuthCode", { scopes: "auth_base" }), { ok: true, ret: { authCode: "SILENT1", authSuccessScopes: ["auth_base"] } });
  assert.deepEqual(await shell.events("page"), []);
  await shell.close();
});

test("addresses that are not this wallet's authorization pages are error 2, and nothing opens", async () => {
  const shell = await openShell(browser, world);
  const port = new URL(world.wallet).port;
  for (const url of [
    "javascript:alert(1)", "data:text/html,x", `${world.evil}/authorize?authId=A1`, `http://localhost:1/authorize?authId=A1`,
    `https://localhost:${port}/authorize?authId=A1`, `http://user:pw@localhost:${port}/authorize?authId=A1`,
    `${world.wallet}.evil.example/authorize?authId=A1`, `${world.wallet}/app?authId=A1`, `${world.wallet}/authorize`,
    `${world.authUrl()}&authId=A2`, "/authorize?authId=A1", `${world.authUrl()}&x=${"y".repeat(256)}`,
  ]) {
    const { ok, ret } = await shell.ask("qicardSignContract", { authUrl: url });
    assert.deepEqual([ok, ret.error], [false, 2], url);
    assert.equal((await shell.ask("signContract", { signStr: url })).ret.error, 2, url);
  }
  assert.equal(world.posted.length, 0);
  assert.equal(await shell.page.locator(".mq-wallet").count(), 0);
  await shell.close();
});

test("the server is gone before the page opens: 6002, and 12 for getAuthCode", async () => {
  const shell = await openShell(browser, world);
  world.dead = true;
  assert.equal((await shell.ask(...sign(world.authUrl()))).ret.error, "6002");
  const { ret } = await shell.ask("getAuthCode", { scopes: ["auth_user"] });
  assert.deepEqual([ret.error, ret.authErrorScopes], [12, { auth_user: "1002" }]);
  await shell.close();
});

test("the server dies while the page is open: closing asks again, then 6002", async () => {
  const shell = await openShell(browser, world);
  const { outcome } = await shell.begin(...sign(world.authUrl()));
  await shell.walletFrame().getByRole("button", { name: "Agree" }).waitFor();
  world.dead = true;
  await shell.page.getByRole("button", { name: "Close this page and go back" }).click();
  await shell.page.getByText("Asking the wallet what became of it").waitFor();
  assert.equal((await outcome).ret.error, "6002");
  await shell.close();
});

test("the server dies on the confirmation: the shell notices the lost page, asks, and says 6002", async () => {
  const shell = await openShell(browser, world);
  const { outcome } = await shell.begin(...sign(world.authUrl()));
  const agree = shell.walletFrame().getByRole("button", { name: "Agree" });
  await agree.waitFor();
  world.dead = true;
  await agree.click();
  assert.equal((await outcome).ret.error, "6002");
  await shell.close();
});

test("the answer to the confirmation is lost but the server lives: the true outcome is reported", async () => {
  const shell = await openShell(browser, world);
  const { outcome } = await shell.begin(...sign(world.authUrl()));
  const agree = shell.walletFrame().getByRole("button", { name: "Agree" });
  await agree.waitFor();
  world.dead = true;
  await agree.click();
  await pause(500);
  const [one] = world.interactions.values();
  finish(one, { ok: true, ret: { authCode: CODE } });
  world.dead = false;
  assert.deepEqual(await outcome, { ok: true, ret: { authCode: CODE } });
  await shell.close();
});

test("a lost page with nothing decided can be tried again", async () => {
  const shell = await openShell(browser, world);
  const { outcome } = await shell.begin(...sign(world.authUrl()));
  const agree = shell.walletFrame().getByRole("button", { name: "Agree" });
  await agree.waitFor();
  world.dead = true;
  await agree.click();
  await pause(300);
  world.dead = false;
  await shell.page.getByRole("button", { name: "Try again" }).click();
  await agree.click();
  assert.deepEqual(await outcome, { ok: true, ret: { authCode: CODE } });
  await shell.close();
});

test("the Mini Program goes to another page: the wallet page stays, its result is dropped, the new page has a line", async () => {
  const shell = await openShell(browser, world);
  await shell.begin(...sign(world.authUrl()));
  await shell.walletFrame().getByRole("button", { name: "Agree" }).waitFor();
  await shell.program().evaluate(() => location.assign("/shop.html?second"));
  await shell.page.waitForFunction(() => /** @type {any} */ (window).events.filter((/** @type {any} */ e) => e.type === "connected").length === 2);
  assert.equal(await shell.page.locator(".mq-wallet").count(), 1);
  assert.equal((await shell.ask("getAuthCode", { scopes: ["auth_user"] })).ret.error, 3);
  await shell.walletFrame().getByRole("button", { name: "Agree" }).click();
  await shell.page.locator(".mq-wallet").waitFor({ state: "detached" });
  const replies = await shell.events("reply");
  assert.deepEqual(replies.filter((reply) => reply.dropped).map((reply) => [reply.api, reply.ok]), [["qicardSignContract", true]]);
  assert.equal((await shell.ask("getAuthCode")).ok, true);
  await shell.close();
});

test("a reload of the shell finds the open page again; its result is dropped", async () => {
  const shell = await openShell(browser, world);
  await shell.begin(...sign(world.authUrl()));
  await shell.walletFrame().getByRole("button", { name: "Agree" }).waitFor();
  const other = await shell.context.newPage();
  await other.goto(`${world.wallet}/mount?appId=app-1`);
  await other.waitForFunction(() => /** @type {any} */ (window).events?.some((/** @type {any} */ event) => event.type === "connected"));
  assert.equal(await other.locator(".mq-wallet").count(), 0, "another tab leaves it alone");
  await other.close();
  await shell.page.reload();
  await shell.walletFrame().getByRole("button", { name: "Agree" }).click();
  await shell.page.locator(".mq-wallet").waitFor({ state: "detached" });
  assert.deepEqual((await shell.events("reply")).map((reply) => [reply.dropped, reply.ix, reply.ok]), [[true, "ix-1", true]]);
  assert.equal(world.posted.length, 1);
  await shell.close();
});

test("nothing beneath a wallet page can be reached, and the wallet's frame names its origin", async () => {
  const shell = await openShell(browser, world);
  await shell.begin(...sign(world.authUrl()));
  await shell.walletFrame().getByRole("button", { name: "Agree" }).waitFor();
  assert.equal(await shell.page.locator(".mq-app").evaluate((app) => /** @type {HTMLElement} */ (app).inert), true);
  assert.equal(await shell.page.locator(".mq-origin").innerText(), new URL(world.wallet).host);
  const dialog = shell.page.getByRole("dialog", { name: /Mithaq/ });
  assert.equal(await dialog.getAttribute("aria-modal"), "true");
  await shell.close();
});
