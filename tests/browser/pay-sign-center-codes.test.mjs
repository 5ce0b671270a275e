// my.paySignCenter in the shell: each of its statuses from what it stands for. All reach `success`; `fail` hears only of calls that
// never started (seed alipay-pay-sign-center-jsapi; spec: alipay-agreement 1.7, 2.1.2, jsapi 3.4).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";
import { AlipayMerchant, atWill, day, monthly, monthsLater, periodic } from "../support/alipay.mjs";
import { frameGone, isWalletPage, launch } from "../support/browser.mjs";
import { enter } from "../support/cashier.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";
import { call, goBack, openShell, opened, paySignCenter, signAs, signingPage } from "../support/signing.mjs";
import { closeSheet, enterPin, form } from "../support/walk.mjs";

const QUERY = "alipay.user.agreement.query";
const SEED = new URL("../../crates/alipay/tests/data/seed-sign-str.txt", import.meta.url);

let browser, wallet, sandbox, merchant, sara, omar, first, number = 0;
before(async () => {
  browser = await launch();
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = await AlipayMerchant.ofWallet(sandbox);
  sara = sandbox.user("Sara");
  omar = sandbox.user("Omar");
  first = monthsLater(`${(await day(sandbox)).slice(0, 8)}05`, 1);
});
after(async () => {
  await browser?.close();
  await wallet?.stop();
});
afterEach(() => sandbox.verifyLedger());

/** A request to sign that nobody has made before, and its external number. */
function request(more = {}, plan = {}) {
  number += 1;
  const no = `CODE${String(number).padStart(4, "0")}`;
  return { no, content: periodic(no, monthly(first, plan), more) };
}

/** A shell, a Mini Program, and the signing page that it has asked for. */
async function stage(t, { more, plan, content = request(more, plan).content, options } = {}) {
  const { page, program } = await openShell(t, browser, wallet, options);
  const heard = await paySignCenter(program, merchant.signStr(content));
  const sheet = await signingPage(page, wallet);
  return { page, program, heard, sheet, no: content.external_agreement_no };
}

/** The call ends as 7002 with a signed answer that has this sub-code; the message. */
async function failed(heard, subCode) {
  const { status, object } = opened(merchant, await heard.answer());
  assert.deepEqual([status, object.sub_code], ["7002", subCode], JSON.stringify(object));
  assert.equal(object.code, subCode.startsWith("isv.") ? "40002" : "40004");
  assert.ok(object.sub_msg.length > 20, object.sub_msg);
  return object.sub_msg;
}

test("7000: signed; the same again by the same user is the same agreement", async (t) => {
  const { content, no } = request();
  const { page, program, heard, sheet } = await stage(t, { content });
  await signAs(sheet, sara);
  const answer = await heard.answer();
  assert.equal(answer.resultStatus, "7000");
  const agreementNo = merchant.agreementNo(answer.result);
  assert.equal(await merchant.standing(no), "NORMAL");
  assert.equal((await heard.heard()).at(-1)[0], "complete");

  const again = await paySignCenter(program, merchant.signStr(content));
  await enterPin(await signingPage(page, wallet), "confirm", sara.pin);
  const second = await again.answer();
  assert.equal(second.resultStatus, "7000");
  assert.equal(merchant.agreementNo(second.result), agreementNo);
});

test("7000: an agreement at will has no plan, and says so", async (t) => {
  number += 1;
  const { heard, sheet } = await stage(t, { content: atWill(`CODE${number}`) });
  await enter(sheet, sara);
  assert.match(await sheet.locator("main").innerText(), /no fixed day/);
  await enterPin(sheet, "confirm", sara.pin);
  assert.equal((await heard.answer()).resultStatus, "7000");
});

test("7001: the confirmation was sent and its answer got lost: it may be signed, and here it is", async (t) => {
  const { page, heard, sheet, no } = await stage(t, { options: { allowErrors: true } });
  await enter(sheet, sara);
  // The wallet hears it, nobody hears the wallet any more.
  await page.route("**/app/v1/**", async (route) => {
    const asked = route.request();
    const headers = { ...(await asked.allHeaders()), "sec-fetch-site": "same-origin" };
    if (asked.url().endsWith("/confirm")) await route.fetch({ headers, maxRedirects: 0 });
    await route.abort();
  });
  await enterPin(sheet, "confirm", sara.pin);
  await eventually("the wallet has it", async () => (await merchant.standing(no)) === "NORMAL");
  await closeSheet(page).catch(() => {});
  assert.deepEqual(await heard.answer(30_000), { resultStatus: "7001", result: "" });
});

test("7002: the seed's own signStr, word for word: its app is unknown here and its key is an old one, and both are said", async (t) => {
  const { page, program } = await openShell(t, browser, wallet);
  const heard = await paySignCenter(program, readFileSync(SEED, "utf8").trim());
  // Nobody's key: the answer is signed all the same.
  const message = await failed(heard, "isv.invalid-app-id");
  assert.match(message, /2017060101317939/);
  assert.match(message, /1024 bits/);
  assert.match(message, /return_url/);
  assert.ok(!page.frames().some((frame) => isWalletPage(wallet)(new URL(frame.url()))), "no page was opened");
});

test("7002: what the wallet does not take is said before a page is opened", async (t) => {
  const { page, program } = await openShell(t, browser, wallet);
  const stranger = await AlipayMerchant.fresh(sandbox);
  const cases = [
    ["PRODUCT_CODE_NOT_SUPPORTED_ERROR", request({ personal_product_code: "ONE_TIME_AUTH_P", period_rule_params: undefined })],
    ["INVALID_PARAMETER", request({ period_rule_params: undefined })],
    ["INVALID_PARAMETER", request({}, { execute_time: `${first.slice(0, 8)}29` })],
    ["INVALID_PARAMETER", request({}, { period_type: "DAY", period: 6 })],
    ["INVALID_PARAMETER", request({ access_params: undefined })],
    ["INVALID_PARAMETER", request({ identity_params: { cert_no: "330101199001011234" } })],
    ["NOT_SUPPORTED_BUSINESS", request({ agreement_effect_type: "NOTICE" })],
  ];
  for (const [subCode, { content }] of cases) {
    await failed(await paySignCenter(program, merchant.signStr(content)), subCode);
  }
  const foreign = await failed(await paySignCenter(program, stranger.signStr(request().content)), "isv.invalid-app-id");
  assert.match(foreign, /another merchant/);
  const query = merchant.signStr({ agreement_no: "1" }, { method: QUERY });
  assert.match(await failed(await paySignCenter(program, query), "isv.invalid-method"), /page\.sign/);
  assert.ok(!page.frames().some((frame) => isWalletPage(wallet)(new URL(frame.url()))), "no page was opened");
});

test("7002: the request was opened too late", async (t) => {
  const { program } = await openShell(t, browser, wallet);
  const { content } = request({ effect_time: 60 });
  const late = merchant.sdk.sdkExecute("alipay.user.agreement.page.sign", { bizContent: content, timestamp: "2020-01-05 10:00:00" });
  await failed(await paySignCenter(program, encodeURIComponent(late)), "INVALID_PARAMETER");
});

test("7002: somebody else than the merchant expects signs", async (t) => {
  const { heard, sheet, page, no } = await stage(t, { more: { identity_params: { user_name: "Omar Khalid" } } });
  await signAs(sheet, sara);
  await sheet.locator("section.end").waitFor();
  await goBack(sheet).catch(() => closeSheet(page));
  await failed(heard, "INVALID_PARAMETER");
  assert.equal(await merchant.standing(no), "USER_AGREEMENT_NOT_EXIST");
});

test("7002: the number stands for another user's agreement", async (t) => {
  const { content, no } = request();
  await merchant.signed(content, omar.userId);
  const { heard, sheet, page } = await stage(t, { content });
  await signAs(sheet, sara);
  await sheet.locator("section.end").waitFor();
  await goBack(sheet).catch(() => closeSheet(page));
  await failed(heard, "INVALID_PARAMETER");
  assert.equal(await merchant.standing(no), "NORMAL");
});

test("7002: the PIN is wrong five times, and locked", async (t) => {
  const person = await sandbox.post("users", { name: "Zaynab Locked", phone: "9647700000088", pin: "864209" });
  const { heard, sheet, page, no } = await stage(t);
  await enter(sheet, { ...person, phone: "9647700000088", pin: "864209" });
  for (let left = 4; left >= 0; left -= 1) {
    const answered = page.waitForResponse((answer) => answer.url().includes("/sign?"));
    await enterPin(sheet, "confirm", "999999");
    await (await answered).finished();
    await sheet.waitForLoadState("load");
  }
  await sheet.locator("section.end").waitFor();
  assert.equal(await form(sheet, "confirm").count(), 0, "no more trying");
  await closeSheet(page);
  assert.match(await failed(heard, "NOT_SUPPORTED_BUSINESS"), /locked/);
  assert.equal(await merchant.standing(no), "USER_AGREEMENT_NOT_EXIST");
});

test("7002: ten periodic agreements with one merchant are the most; the eleventh is refused", async (t) => {
  const { userId } = await sandbox.post("users", { name: "Hasan Eleven", phone: "9647700000077", pin: "864209" });
  for (let count = 0; count < 10; count += 1) await merchant.signed(request().content, userId);
  const { heard, sheet, page } = await stage(t);
  await signAs(sheet, { phone: "9647700000077", pin: "864209" });
  await sheet.locator("section.end").waitFor();
  await goBack(sheet).catch(() => closeSheet(page));
  assert.match(await failed(heard, "NOT_SUPPORTED_BUSINESS"), /as many periodic agreements/);
});

test("6001: the user says no, closes the page, or presses Escape; the request can be opened again", async (t) => {
  const { content, no } = request();
  const { page, program } = await openShell(t, browser, wallet);
  const ways = [
    (sheet) => form(sheet, "decline").locator("button").first().click(),
    () => closeSheet(page),
    () => page.keyboard.press("Escape"),
    async (sheet) => {
      await enter(sheet, sara);
      await form(sheet, "decline").locator("button").first().click();
    },
  ];
  for (const leave of ways) {
    const heard = await paySignCenter(program, merchant.signStr(content));
    await leave(await signingPage(page, wallet));
    assert.deepEqual(await heard.answer(), { resultStatus: "6001", result: "" });
    await frameGone(page, isWalletPage(wallet));
    assert.equal(await merchant.standing(no), "USER_AGREEMENT_NOT_EXIST");
  }
  const heard = await paySignCenter(program, merchant.signStr(content));
  await signAs(await signingPage(page, wallet), sara);
  assert.equal((await heard.answer()).resultStatus, "7000");
});

test("6002: the wallet cannot be reached, and nothing was sent", async (t) => {
  const { page, program } = await openShell(t, browser, wallet);
  const { content, no } = request();
  await page.route("**/app/v1/interactions**", (route) => route.abort());
  const heard = await paySignCenter(program, merchant.signStr(content));
  assert.deepEqual(await heard.answer(), { resultStatus: "6002", result: "" });
  assert.equal(await merchant.standing(no), "USER_AGREEMENT_NOT_EXIST");
});

test("6002: the network fails while the user reads", async (t) => {
  const { page, heard, sheet, no } = await stage(t, { options: { allowErrors: true } });
  await enter(sheet, sara);
  await page.route("**/app/v1/**", (route) => route.abort());
  await closeSheet(page);
  assert.deepEqual(await heard.answer(30_000), { resultStatus: "6002", result: "" });
  assert.equal(await merchant.standing(no), "USER_AGREEMENT_NOT_EXIST");
});

test("fail: without a signStr, and while another page is open", async (t) => {
  const { page, program } = await openShell(t, browser, wallet);
  for (const args of [{}, { signStr: "" }, { signStr: 7 }]) {
    const [[callback, res]] = await (await call(program, "paySignCenter", args)).heard();
    assert.deepEqual([callback, res.error], ["fail", 2], JSON.stringify(args));
    assert.ok(res.errorMessage.length > 0);
  }
  const heard = await paySignCenter(program, merchant.signStr(request().content));
  await signingPage(page, wallet);
  const [[callback, res]] = await (await paySignCenter(program, merchant.signStr(request().content))).heard();
  assert.deepEqual([callback, res.error], ["fail", 3]);
  await closeSheet(page);
  assert.equal((await heard.answer()).resultStatus, "6001");
});
