// The signing page of the Alipay surface in a real browser: how a Mini Program calls it, what a person does there.

import assert from "node:assert/strict";
import { frameAt, isShop, isWalletPage, newPage } from "./browser.mjs";
import { enter } from "./cashier.mjs";
import { enterPin } from "./walk.mjs";

/** The shell with the demo Mini Program, on a fresh page. */
export async function openShell(t, browser, wallet, options) {
  const page = await newPage(t, browser, options);
  await page.goto(`${wallet.walletUrl}/app?appId=demo-shop`);
  const program = await frameAt(page, isShop(wallet));
  await program.waitForFunction(() => typeof window.my?.paySignCenter === "function");
  return { page, program };
}

/**
 * Calls `my[api]` as pages do. Answers a handle on what was heard: `heard()` answers `[["success", res], …]`, in the order
 * of the callbacks; `answer()` what `success` got, and fails if anything else was called.
 */
export async function call(program, api, args) {
  const key = await program.evaluate(([name, given]) => {
    window.calls ??= [];
    const heard = [];
    const note = (callback) => (res) => heard.push([callback, structuredClone(res)]);
    my[name]({ ...given, success: note("success"), fail: note("fail"), complete: note("complete") });
    return window.calls.push(heard) - 1;
  }, [api, args]);
  const heard = async (timeout = 10_000) => {
    await program.waitForFunction((index) => window.calls[index].some(([name]) => name === "complete"), key, { timeout });
    return program.evaluate((index) => window.calls[index], key);
  };
  const answer = async (timeout) => {
    const all = await heard(timeout);
    assert.deepEqual(all.map(([name]) => name), ["success", "complete"], JSON.stringify(all));
    return all[0][1];
  };
  return { heard, answer };
}

/** Calls `my.paySignCenter`. */
export const paySignCenter = (program, signStr) => call(program, "paySignCenter", { signStr });

/** The signing page above the Mini Program, once its main part is there. */
export async function signingPage(page, wallet) {
  const sheet = await frameAt(page, isWalletPage(wallet));
  await sheet.locator("main").waitFor();
  return sheet;
}

/** Signs in if need be, and signs with the PIN. */
export async function signAs(sheet, person) {
  await enter(sheet, person);
  await enterPin(sheet, "confirm", person.pin);
}

/** Presses the button that leads back to the Mini Program, if the page waits for that. */
export const goBack = (sheet) => sheet.locator("[data-tell]").first().click();

/**
 * What a page answers of a request that came to nothing: `{status, object}`, where `object` is the signed answer, whose
 * signature the SDK has checked.
 */
export function opened(merchant, { resultStatus, result }) {
  const root = "alipay_user_agreement_page_sign_response";
  const parsed = JSON.parse(result);
  assert.deepEqual(Object.keys(parsed), [root, "sign", "sign_type"]);
  merchant.sdkWith({ signType: parsed.sign_type }).checkResponseSign(result, root, parsed.sign, "");
  return { status: resultStatus, object: parsed[root] };
}
