// Dialogs, toasts and the clipboard as a person meets them: by name, by keyboard, in order (jsapi.md 4.1).

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

test("an alert says who speaks, shows text and never markup, and answers after it was pressed", async () => {
  const shell = await openShell(browser, world);
  const { outcome } = await shell.begin("alert", { title: "Hello", content: "<img src=x onerror=alert(1)> <b>bold</b>" });
  const dialog = shell.page.getByRole("alertdialog", { name: "Zaytoun Market" });
  await dialog.waitFor();
  assert.ok((await dialog.innerText()).includes("<b>bold</b>"));
  assert.equal(await dialog.locator("img, b").count(), 0);
  const early = await Promise.race([outcome, pause(150).then(() => "waiting")]);
  assert.equal(early, "waiting");
  await dialog.getByRole("button", { name: "OK" }).click();
  assert.deepEqual(await outcome, { ok: true, ret: {} });
  await shell.close();
});

test("content that is no text is shown as JSON", async () => {
  const shell = await openShell(browser, world);
  await shell.begin("alert", { content: { authCode: "X" } });
  await shell.page.getByText('{"authCode":"X"}').waitFor();
  await shell.close();
});

test("dialogs come one after another in call order, and by keyboard alone", async () => {
  const shell = await openShell(browser, world);
  const one = await shell.begin("confirm", { title: "First?" });
  const two = await shell.begin("confirm", { title: "Second?", confirmButtonText: "Yes", cancelButtonText: "No" });
  const three = await shell.begin("alert", { title: "Third" });
  await shell.page.getByRole("heading", { name: "First?" }).waitFor();
  assert.equal(await shell.page.getByRole("alertdialog").count(), 1);
  await shell.page.keyboard.press("Enter");
  assert.deepEqual((await one.outcome).ret, { confirm: true });
  await shell.page.getByRole("heading", { name: "Second?" }).waitFor();
  await shell.page.keyboard.press("Escape");
  assert.deepEqual((await two.outcome).ret, { confirm: false });
  await shell.page.getByRole("heading", { name: "Third" }).waitFor();
  await shell.page.keyboard.press("Space");
  assert.deepEqual((await three.outcome).ret, {});
  await shell.close();
});

test("focus stays inside a dialog and goes back afterwards; the page beneath is out of reach", async () => {
  const shell = await openShell(browser, world);
  await shell.begin("confirm", { title: "Stay?" });
  await shell.page.getByRole("heading", { name: "Stay?" }).waitFor();
  const names = [];
  for (let i = 0; i < 3; i += 1) {
    names.push(await shell.page.evaluate(() => document.activeElement?.textContent));
    await shell.page.keyboard.press("Tab");
  }
  assert.deepEqual(names, ["OK", "Cancel", "OK"]);
  assert.equal(await shell.page.locator(".mq-page").evaluate((page) => /** @type {HTMLElement} */ (page).inert), true);
  await shell.page.keyboard.press("Escape");
  await shell.page.waitForFunction(() => !(/** @type {HTMLElement} */ (document.querySelector(".mq-page")).inert));
  await shell.close();
});

test("a prompt gives what was typed, and only that it was cancelled otherwise", async () => {
  const shell = await openShell(browser, world);
  const typed = await shell.begin("prompt", { title: "Coupon", message: "Your code", placeholder: "ABC", okButtonText: "Use" });
  await shell.page.getByRole("textbox", { name: "Your code" }).fill("FRESH-5");
  await shell.page.keyboard.press("Enter");
  assert.deepEqual((await typed.outcome).ret, { ok: true, inputValue: "FRESH-5" });
  const left = await shell.begin("prompt", { message: "Again" });
  await shell.page.getByRole("textbox").fill("secret");
  await shell.page.getByRole("button", { name: "Cancel" }).click();
  assert.deepEqual((await left.outcome).ret, { ok: false, inputValue: "" });
  await shell.close();
});

test("an action sheet gives the index, and -1 when it is cancelled", async () => {
  const shell = await openShell(browser, world);
  const items = ["Pause", "Skip", "End"];
  const chosen = await shell.begin("showActionSheet", { title: "Fresh Box", items, destructiveBtnIndex: 2, badges: [{ index: 1, type: "text", text: "new" }] });
  await shell.page.getByRole("button", { name: "Skip" }).click();
  assert.deepEqual((await chosen.outcome).ret, { index: 1, success: true });
  for (const leave of [() => shell.page.keyboard.press("Escape"), () => shell.page.getByRole("button", { name: "Cancel" }).click(),
    () => shell.page.locator(".mq-backdrop").click({ position: { x: 100, y: 100 } })]) {
    const left = await shell.begin("showActionSheet", { items });
    await shell.page.getByRole("dialog").waitFor();
    await leave();
    assert.deepEqual((await left.outcome).ret, { index: -1, success: true });
  }
  await shell.close();
});

test("a toast's success comes when it has gone, by itself, by hideToast or by the next toast", async () => {
  const shell = await openShell(browser, world);
  const began = Date.now();
  assert.deepEqual((await shell.ask("showToast", { content: "Saved", type: "success", duration: 300 })).ret, {});
  assert.ok(Date.now() - began >= 300);
  const long = await shell.begin("showToast", { content: "Long", duration: 60000 });
  await shell.page.getByText("Long").waitFor();
  const next = await shell.begin("showToast", { content: "Next", duration: 60000 });
  await long.outcome;
  await shell.ask("hideToast");
  await next.outcome;
  assert.equal(await shell.page.locator(".mq-toast").count(), 0);
  await shell.close();
});

test("loading covers the page until hideLoading, and never shows if that comes within its delay", async () => {
  const shell = await openShell(browser, world);
  await shell.ask("showLoading", { content: "One moment" });
  await shell.page.getByText("One moment").waitFor();
  assert.equal(await shell.page.locator(".mq-page").evaluate((page) => /** @type {HTMLElement} */ (page).inert), true);
  await shell.ask("hideLoading");
  assert.equal(await shell.page.locator(".mq-loading").count(), 0);
  await shell.ask("showLoading", { content: "Never", delay: 200 });
  await shell.ask("hideLoading");
  await pause(300);
  assert.equal(await shell.page.getByText("Never").count(), 0);
  assert.equal(await shell.page.locator(".mq-page").evaluate((page) => /** @type {HTMLElement} */ (page).inert), false);
  await shell.close();
});

test("the clipboard gives back what a Mini Program put there", async () => {
  const shell = await openShell(browser, world);
  await shell.ask("setClipboard", { text: "coupon FRESH-5" });
  assert.deepEqual((await shell.ask("getClipboard")).ret, { text: "coupon FRESH-5" });
  await shell.close();
});

test("a dialog goes with its page, and none covers a wallet page", async () => {
  const shell = await openShell(browser, world);
  await shell.begin("qicardSignContract", { authUrl: world.authUrl() });
  await shell.walletFrame().getByRole("button", { name: "Agree" }).waitFor();
  const { outcome } = await shell.begin("alert", { title: "Over you?" });
  await pause(200);
  const top = await shell.page.evaluate(() => {
    const { x, y, width, height } = /** @type {Element} */ (document.querySelector(".mq-screen")).getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height / 2)?.className;
  });
  assert.equal(top, "mq-wallet-frame");
  await shell.page.getByRole("button", { name: "Close this page and go back" }).click();
  await shell.page.getByRole("button", { name: "OK" }).click();
  await outcome;
  await shell.begin("alert", { title: "Left behind" });
  await shell.page.getByRole("heading", { name: "Left behind" }).waitFor();
  await shell.program().evaluate(() => location.reload());
  await shell.page.getByRole("heading", { name: "Left behind" }).waitFor({ state: "detached" });
  await shell.close();
});

test("in Arabic the shell is right to left and speaks Arabic", async () => {
  const shell = await openShell(browser, world, { language: "ar-IQ" });
  const { outcome } = await shell.begin("confirm", { content: "هل تريد المتابعة؟" });
  await shell.page.getByRole("button", { name: "إلغاء" }).click();
  assert.deepEqual((await outcome).ret, { confirm: false });
  assert.equal(await shell.page.locator(".mq-shell").getAttribute("dir"), "rtl");
  assert.equal(await shell.page.locator(".mq-title-text").innerText(), "سوق زيتون");
  assert.match((await shell.ask("chooseImage")).ret.errorMessage, /غير مدعوم/);
  await shell.close();
});
