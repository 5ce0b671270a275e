// The origin rules of jsapi.md 7.3 against pages that do not keep them: none opens a page or gets a reply.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { openShell, pause, startBrowser } from "./browser.js";
import { startWorld } from "./stub.js";

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

/** @param {import("playwright-core").Page} page @param {string} type @param {number} [count] */
const waitForEvents = (page, type, count = 1) => page.waitForFunction(([wanted, least]) =>
  /** @type {any} */ (window).events.filter((/** @type {any} */ event) => event.type === wanted).length >= least, /** @type {const} */ ([type, count]));

test("a registered page gets a port, an app id and no user", async () => {
  const shell = await openShell(browser, world);
  const seen = await shell.program().evaluate(() => {
    const page = /** @type {any} */ (window);
    return { params: page.AlipayJSBridge.startupParams, ready: page.ready, version: page.my.SDKVersion, env: page.my.env, app: page.my.getSystemInfoSync().app };
  });
  assert.equal(seen.params.appId, "app-1");
  assert.deepEqual([seen.ready, seen.version, seen.app, seen.env.language], [1, "2.8.5", "mithaq", "en-US"]);
  assert.ok(!JSON.stringify(seen).includes("u1"), "the user's id never reaches the page");
  const frame = shell.page.locator(".mq-frame");
  assert.equal(await frame.getAttribute("sandbox"), "allow-scripts allow-same-origin allow-forms allow-popups");
  assert.equal(await frame.getAttribute("allow"), "clipboard-write");
  await shell.close();
});

test("a hostile frame nested in the Mini Program gets nothing", async () => {
  const shell = await openShell(browser, world);
  await shell.program().evaluate((src) => {
    const frame = document.createElement("iframe");
    frame.src = src;
    document.body.append(frame);
  }, `${world.evil}/evil.html`);
  await waitForEvents(shell.page, "dropped");
  const nested = shell.page.frames().find((frame) => frame.url().includes("evil.html"));
  assert.equal(await nested?.evaluate(() => /** @type {any} */ (window).ask("alert", { content: "x" })), "silence");
  assert.equal(await nested?.evaluate(() => /** @type {any} */ (window).got), 0);
  assert.equal((await shell.events("connected")).length, 1);
  assert.equal((await shell.events("dropped"))[0].what, "hello");
  await shell.close();
});

test("the same-origin copy of the bridge in a nested frame gets nothing either", async () => {
  const shell = await openShell(browser, world);
  await shell.program().evaluate(() => {
    const frame = document.createElement("iframe");
    frame.src = "/evil.html";
    document.body.append(frame);
  });
  await waitForEvents(shell.page, "dropped");
  assert.equal((await shell.events("connected")).length, 1);
  await shell.close();
});

test("the frame on an origin that is not registered gets nothing", async () => {
  const shell = await openShell(browser, world);
  await shell.program().evaluate((url) => location.assign(url), `${world.evil}/evil.html`);
  await waitForEvents(shell.page, "dropped");
  const stranger = shell.page.frames().find((frame) => frame.url().includes("evil.html"));
  assert.equal(await stranger?.evaluate(() => /** @type {any} */ (window).ask("alert", { content: "x" })), "silence");
  assert.deepEqual((await shell.events("dropped"))[0].origin, world.evil);
  assert.equal(await shell.page.getByRole("alertdialog").count(), 0);
  await shell.close();
});

test("another tab that knows the shell's window gets nothing", async () => {
  const shell = await openShell(browser, world);
  const [tab] = await Promise.all([
    shell.context.waitForEvent("page"),
    shell.page.evaluate((url) => void window.open(url, "sibling"), `${world.evil}/evil.html`),
  ]);
  await tab.waitForLoadState();
  await tab.evaluate(() => window.opener.postMessage({ mp: "hello", v: 1 }, "*"));
  await waitForEvents(shell.page, "dropped");
  assert.equal(await tab.evaluate(() => /** @type {any} */ (window).got), 0);
  await shell.close();
});

test("a forged done is ignored, whoever sends it", async () => {
  const shell = await openShell(browser, world);
  await shell.begin("qicardSignContract", { authUrl: world.authUrl() });
  await shell.walletFrame().getByRole("button", { name: "Agree" }).waitFor();
  await shell.program().evaluate(() => {
    top?.postMessage({ mp: "done", ix: "ix-1" }, "*");
    top?.postMessage({ mp: "close", ix: "ix-1" }, "*");
  });
  await shell.page.evaluate(() => window.postMessage({ mp: "done", ix: "ix-1" }, "*"));
  // The right window with another interaction's id: a replayed ix.
  await shell.walletFrame().locator("main").evaluate((_main, wallet) => parent.postMessage({ mp: "done", ix: "ix-0" }, wallet), world.wallet);
  await waitForEvents(shell.page, "dropped", 4);
  assert.equal(await shell.page.locator(".mq-wallet").count(), 1);
  assert.deepEqual(await shell.events("reply"), []);
  await shell.close();
});

test("done without an outcome on the server does not settle the call", async () => {
  const shell = await openShell(browser, world);
  await shell.begin("qicardSignContract", { authUrl: world.authUrl() });
  await shell.walletFrame().locator("main").evaluate((_main, wallet) => parent.postMessage({ mp: "done", ix: "ix-1" }, wallet), world.wallet);
  await pause(400);
  assert.equal(await shell.page.locator(".mq-wallet").count(), 1);
  assert.deepEqual(await shell.events("reply"), []);
  await shell.close();
});

test("a second hello closes the first line: what was asked on it gets no answer", async () => {
  const shell = await openShell(browser, world, { start: `${world.shop}/raw.html` });
  const program = shell.program();
  await program.evaluate(() => {
    const page = /** @type {any} */ (window);
    page.port.postMessage({ k: "call", id: 1, api: "showToast", args: { content: "old", duration: 300 }, form: "promise" });
    page.hello();
  });
  await waitForEvents(shell.page, "connected", 2);
  await program.evaluate(() => /** @type {any} */ (window).port.postMessage({ k: "call", id: 1, api: "getClipboard", args: {}, form: "promise" }));
  await pause(600);
  assert.deepEqual(await program.evaluate(() => /** @type {any} */ (window).replies), [{ k: "res", id: 1, ok: true, ret: { text: "" } }]);
  await shell.close();
});

test("an unknown version of hello is not answered", async () => {
  const shell = await openShell(browser, world, { start: `${world.shop}/raw.html` });
  await shell.program().evaluate(() => /** @type {any} */ (window).hello(2));
  await waitForEvents(shell.page, "dropped");
  assert.equal((await shell.events("connected")).length, 1);
  await shell.close();
});

test("a 1 MB argument is error 2 from the bridge, and silence from the shell", async () => {
  const honest = await openShell(browser, world);
  assert.equal((await honest.ask("alert", { content: "x".repeat(1024 * 1024) })).ret.error, 2);
  await honest.close();
  const shell = await openShell(browser, world, { start: `${world.shop}/raw.html` });
  const replies = await shell.program().evaluate(async () => {
    const page = /** @type {any} */ (window);
    const call = (/** @type {any} */ over) => page.port.postMessage({ k: "call", api: "alert", args: {}, form: "cb3", ...over });
    call({ id: 1, args: { content: "x".repeat(1024 * 1024) } });
    call({ id: 2, args: { content: new Map([["not", "plain"]]) } });
    call({ id: -3 });
    call({ id: 1.5 });
    call({ id: "4" });
    call({ id: 5, args: [] });
    call({ id: 6, api: "qicardSignContract", args: { authUrl: new ArrayBuffer(8) } });
    page.port.postMessage("nonsense");
    page.port.postMessage({ k: "unheard of" });
    call({ id: 7, api: "noSuchApi" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    return page.replies;
  });
  assert.deepEqual(replies.map((/** @type {any} */ reply) => [reply.id, reply.ok, reply.ret.error]), [[7, false, 1]]);
  assert.equal(await shell.page.getByRole("alertdialog").count(), 0);
  assert.equal((await shell.events("dropped")).length, 7);
  await shell.close();
});

test("more than 32 open calls and more than 50 a second are error 3", async () => {
  const shell = await openShell(browser, world, { start: `${world.shop}/raw.html` });
  const errors = await shell.program().evaluate(async () => {
    const page = /** @type {any} */ (window);
    for (let id = 1; id <= 60; id += 1) page.port.postMessage({ k: "call", id, api: "alert", args: { content: id }, form: "cb3" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    return page.replies.map((/** @type {any} */ reply) => [reply.id, reply.ret.error]);
  });
  assert.deepEqual(errors, Array.from({ length: 28 }, (_, i) => [33 + i, 3]));
  await shell.close();
});

test("a Mini Program on the wallet's own origin is not opened", async () => {
  const shell = await openShell(browser, world, { start: `${world.wallet}/app`, connected: false });
  await shell.page.getByText("This Mini Program cannot be opened here").waitFor();
  assert.equal(await shell.page.locator(".mq-frame").count(), 0);
  await shell.close();
});

test("a window of its own speaks to the shell that opened it", async () => {
  const shell = await openShell(browser, world);
  await shell.page.getByRole("button", { name: "More" }).click();
  const [window] = await Promise.all([
    shell.context.waitForEvent("page"),
    shell.page.getByRole("button", { name: "Open in a window of its own" }).click(),
  ]);
  await waitForEvents(shell.page, "connected", 2);
  const { ok, ret } = await window.evaluate(() => /** @type {any} */ (globalThis).ask("getAuthCode", { scopes: "auth_base" }));
  assert.deepEqual([ok, ret.authCode], [true, "SILENT1"]);
  await shell.close();
});
