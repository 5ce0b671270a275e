// The signing page without a Mini Program: pageExecute in a plain browser, by address and by form, signed and sent back to return_url
// with what came of it; and what other sites may try with it (spec: alipay-agreement 1.6, 2.1.2).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AlipayMerchant, day, monthly, monthsLater, periodic } from "../support/alipay.mjs";
import { App } from "../support/app.mjs";
import { launch } from "../support/browser.mjs";
import { tabTo } from "../support/keyboard.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";
import { serveSite } from "../support/site.mjs";

const PAGE_SIGN = "alipay.user.agreement.page.sign";
const CONFIRM = 'form[action="/sign/confirm"]';

let browser, wallet, sandbox, merchant, first, number = 0;
before(async () => {
  browser = await launch();
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = await AlipayMerchant.ofWallet(sandbox);
  first = monthsLater(`${(await day(sandbox)).slice(0, 8)}05`, 1);
});
after(async () => {
  await browser?.close();
  await wallet?.stop();
});

/** A request to sign that is opened by a browser: by its address, or with "POST" by the HTML of a form. */
function pageOf({ how = "GET", returnUrl, notifyUrl, more } = {}) {
  number += 1;
  const no = `ALONE${String(number).padStart(4, "0")}`;
  const bizContent = periodic(no, monthly(first), { access_params: { channel: "QRCODE" }, ...more });
  const options = { bizContent, ...(returnUrl && { returnUrl }), ...(notifyUrl && { notifyUrl }) };
  return { no, page: merchant.sdk.pageExecute(PAGE_SIGN, how, options) };
}

const site = (t) => serveSite(t, { "/back": "<!doctype html><title>back</title><p>Welcome back</p>" });

/** Signs in on the page that stands alone. */
async function signIn(app, { phone, pin }) {
  const go = app.page.locator('a.go[href*="go=1"]');
  if (await go.count()) await Promise.all([app.page.waitForEvent("load"), go.click()]);
  const part = app.page.locator('form[action="/sign/login"]');
  await part.locator('input[name="phone"]').fill(phone);
  await part.locator('input[name="pin"]').fill(pin);
  await app.submit("/sign/login");
  await app.page.locator(CONFIRM).waitFor();
}

/** Presses the button that leads back to the merchant; where one arrives. */
async function back(app, origin) {
  const link = app.page.locator(`a.go[href^="${origin}/back"]`);
  assert.match(await link.getAttribute("rel"), /noreferrer/);
  assert.ok((await link.innerText()).includes(new URL(origin).host), "it says where it leads");
  assert.ok(app.page.url().startsWith(wallet.walletUrl), "nothing has moved by itself");
  await link.click();
  await app.page.waitForURL(`${origin}/back**`);
  assert.equal(await app.page.evaluate(() => document.referrer), "");
  return Object.fromEntries(new URL(app.page.url()).searchParams);
}

for (const [language, name] of [["en-US", "Sara"], ["ar-IQ", "Omar"]]) {
  test(`by address: sign in, sign, and back with an answer that the SDK accepts, ${language}`, async (t) => {
    const user = sandbox.user(name);
    const origin = await site(t);
    const shop = await merchant.listen(t);
    const { page, no } = pageOf({ returnUrl: `${origin}/back?order=7`, notifyUrl: shop.url });
    const app = await App.open(t, browser, wallet, { language, folder: "sign-alone" });
    await app.page.goto(page);
    assert.match(app.page.url(), /\/sign\?signId=[0-9A-Za-z]+$/);
    await app.look("first");
    await signIn(app, user);
    await app.look("plan");
    await app.fill({ pin: "999999" });
    await app.submit("/sign/confirm");
    await app.page.locator('[role="alert"]').first().waitFor();
    await app.look("wrong-pin");
    await app.fill({ pin: user.pin });
    await app.submit("/sign/confirm");
    await app.look("signed");
    const told = await back(app, origin);
    assert.equal(told.order, "7", "the merchant's own query stays");
    const { order: _, ...signed } = told;
    assert.equal(merchant.sdk.checkNotifySignV2(signed), true, JSON.stringify(told));
    assert.deepEqual([signed.external_agreement_no, signed.status, signed.code], [no, "NORMAL", "10000"]);
    const notice = await shop.told("dut_user_sign");
    assert.equal(notice.agreement_no, signed.agreement_no);
    for (const secret of [user.phone, user.pin, user.userId]) assert.ok(!Object.values(signed).includes(secret));

    // Signed again it is the same agreement, and the page says that it was there before.
    await app.page.goto(page);
    await app.fill({ pin: user.pin });
    await app.submit("/sign/confirm");
    await app.look("signed-before");
    assert.equal((await back(app, origin)).agreement_no, signed.agreement_no);
  });
}

test("by form: a merchant's page posts it", async (t) => {
  const { page: html } = pageOf({ how: "POST" });
  const origin = await serveSite(t, { "/": `<!doctype html><title>shop</title>${html}` });
  const app = await App.open(t, browser, wallet, { folder: "sign-form" });
  await app.page.goto(`${origin}/`);
  await app.page.waitForURL(/\/sign\?signId=/);
  await app.look("first");
  const sara = sandbox.user("Sara");
  await signIn(app, sara);
  await app.fill({ pin: sara.pin });
  await app.submit("/sign/confirm");
  await app.page.locator("section.end.good").waitFor();
  assert.equal(await app.page.locator("a.go").count(), 0, "without return_url there is nowhere to go");
});

test("by a scanned code: the address alone, on a phone that is signed in", async (t) => {
  const sara = sandbox.user("Sara");
  const app = await App.open(t, browser, wallet);
  await app.enter(sara);
  const { page } = pageOf();
  await app.page.goto(page);
  await app.page.locator(CONFIRM).waitFor();
  await app.fill({ pin: sara.pin });
  await app.submit("/sign/confirm");
  await app.page.locator("section.end.good").waitFor();
});

test("refused: nothing is signed, and the way back tells of nothing", async (t) => {
  const origin = await site(t);
  const { page, no } = pageOf({ returnUrl: `${origin}/back` });
  const app = await App.open(t, browser, wallet, { folder: "sign-refused" });
  await app.page.goto(page);
  await signIn(app, sandbox.user("Sara"));
  await app.submit("/sign/decline");
  await app.look("refused");
  assert.equal((await back(app, origin)).agreement_no, undefined);
  assert.equal(await merchant.standing(no), "USER_AGREEMENT_NOT_EXIST");
});

test("with the keyboard alone", async (t) => {
  const sara = sandbox.user("Sara");
  const { page } = pageOf();
  const app = await App.open(t, browser, wallet);
  await app.page.goto(page);
  if (await app.page.locator('a.go[href*="go=1"]').count()) {
    await tabTo(app.page, app.page, "a.go");
    await Promise.all([app.page.waitForEvent("load"), app.page.keyboard.press("Enter")]);
  }
  await tabTo(app.page, app.page, 'input[name="phone"]');
  await app.page.keyboard.type(sara.phone);
  await tabTo(app.page, app.page, 'input[name="pin"]');
  await app.page.keyboard.type(sara.pin);
  await app.page.keyboard.press("Enter");
  await app.page.locator(CONFIRM).waitFor();
  await tabTo(app.page, app.page, `${CONFIRM} input[name="pin"]`);
  await app.page.keyboard.type(sara.pin);
  await app.page.keyboard.press("Enter");
  await app.page.locator("section.end.good").waitFor();
});

for (const language of ["en-US", "ar-IQ"]) {
  test(`a request that is wrong is a page with the code, the sub-code and what to do, ${language}`, async (t) => {
    const app = await App.open(t, browser, wallet, { language, folder: "sign-wrong" });
    const wrong = {
      "another-signature": pageOf().page.replace("INDUSTRY", "INDUSTRIE"),
      "another-app": pageOf().page.replace(merchant.appId, "2021999999999999"),
      "no-plan": pageOf({ more: { period_rule_params: undefined } }).page,
    };
    const codes = { "another-signature": "isv.invalid-signature", "another-app": "isv.invalid-app-id", "no-plan": "INVALID_PARAMETER" };
    for (const [name, page] of Object.entries(wrong)) {
      await app.page.goto(page);
      assert.ok((await app.words()).includes(codes[name]), `${name}: ${await app.words()}`);
      assert.equal(await app.page.locator("form").count(), 0);
      await app.look(name);
    }
    await app.visit("/sign?signId=0123456789ABCDEF0123456789ABCDEF");
    assert.equal(await app.page.locator("form").count(), 0);
    await app.look("unknown");
  });
}

test("no other site can show it in a frame, or post its forms", async (t) => {
  const sara = sandbox.user("Sara");
  const app = await App.open(t, browser, wallet);
  await app.enter(sara);
  const { page, no } = pageOf();
  await app.page.goto(page);
  const url = app.page.url();
  const fields = { signId: new URL(url).searchParams.get("signId"), pin: sara.pin };
  const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`).join("");
  const origin = await serveSite(t, {
    "/frame": `<!doctype html><title>x</title><iframe src="${url}"></iframe>`,
    "/form": `<!doctype html><title>x</title><form method="post" action="${wallet.walletUrl}/sign/confirm">${inputs}</form>
      <script>document.forms[0].submit()</script>`,
  });
  await app.page.goto(`${origin}/frame`);
  const shown = () => app.page.frames()[1]?.url() ?? "";
  assert.match(await eventually("the frame has ended somewhere", shown), /^chrome-error:/);
  const answered = app.page.waitForResponse((answer) => answer.request().method() === "POST");
  await app.page.goto(`${origin}/form`).catch(() => {});
  const status = (await answered).status();
  assert.ok(status >= 400 && status < 500, String(status));
  assert.equal(await merchant.standing(no), "USER_AGREEMENT_NOT_EXIST");
});
