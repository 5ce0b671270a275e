// The cashier in a real browser: how a Mini Program calls it, what a person does there, and what nobody may find wrong
// with its pages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { frameAt, isWalletPage } from "./browser.mjs";
import { enterPin, form, logIn } from "./walk.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * Calls `my.tradePay` as pages do. Answers a handle on what was heard: `heard()` answers `[["success", res], …]`, in the
 * order of the callbacks.
 */
export async function tradePay(program, args) {
  const key = await program.evaluate((given) => {
    window.calls ??= [];
    const heard = [];
    const note = (name) => (res) => heard.push([name, structuredClone(res)]);
    my.tradePay({ ...given, success: note("success"), fail: note("fail"), complete: note("complete") });
    return window.calls.push(heard) - 1;
  }, args);
  return {
    async heard(timeout = 10_000) {
      await program.waitForFunction((index) => window.calls[index].some(([name]) => name === "complete"), key, { timeout });
      return program.evaluate((index) => window.calls[index], key);
    },
    isOpen: () => program.evaluate((index) => window.calls[index].length === 0, key),
  };
}

/** Fails unless a call was heard of once, in that callback, with that code. */
export async function assertHeard(call, callback, resultCode) {
  const heard = await call.heard();
  const text = JSON.stringify(heard);
  assert.deepEqual(heard.map(([name]) => name), [callback, "complete"], text);
  const [[, res]] = heard;
  assert.equal(res.resultCode, resultCode, text);
  if (callback === "success") return assert.deepEqual(res, { resultCode }, "nothing else");
  assert.equal(res.error, Number(resultCode), text);
  for (const member of ["errMessage", "errorMessage", "message"]) assert.ok(res[member].length > 0, text);
}

/** The cashier's sheet, once its main part is there. */
export async function cashier(page, wallet) {
  const sheet = await frameAt(page, isWalletPage(wallet));
  await sheet.locator("main").waitFor();
  return sheet;
}

/** Signs in at the cashier, if it asks. */
export async function enter(sheet, { phone, pin }) {
  await form(sheet, "login").or(form(sheet, "confirm")).first().waitFor();
  if ((await form(sheet, "login").count()) > 0) await logIn(sheet, phone, pin);
  await form(sheet, "confirm").waitFor();
}

/** Chooses a source by its place in the list: 0 is the balance. */
export const choose = (sheet, index) => form(sheet, "confirm").locator('input[name="source"]').nth(index).check({ force: true });

/** Signs in if need be, and pays. */
export async function payAs(sheet, person, source) {
  await enter(sheet, person);
  if (source !== undefined) await choose(sheet, source);
  await enterPin(sheet, "confirm", person.pin);
}

/** Fails if axe finds anything serious in a document (a page or a frame). */
export async function assertAccessible(place, name) {
  await place.evaluate(AXE);
  const violations = await place.evaluate(async (runOnly) => {
    const found = await axe.run(document, { iframes: false, runOnly });
    return found.violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, where: nodes.map(({ html }) => html.slice(0, 200)) }));
  }, TAGS);
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(serious, [], `axe on ${name}`);
}

/** Fails if a document is wider than its window. */
export async function assertFits(place, name) {
  const { wide, room } = await place.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    room: document.documentElement.clientWidth,
  }));
  assert.ok(wide <= room, `${name} is ${wide} px wide in ${room} px`);
}
