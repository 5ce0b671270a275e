// The five classic mistakes with a signStr: each has words of its own, in the page's `result`, in the Studio and in the log
// (spec: alipay-agreement 1.7).

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, test } from "node:test";
import { AlipayMerchant, day, monthly, monthsLater, periodic } from "../support/alipay.mjs";
import { DESK, Pictures, frameAt, isShop, isWalletPage, launch, newPage } from "../support/browser.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";
import { openShell, opened, paySignCenter, signAs, signingPage } from "../support/signing.mjs";

let browser, wallet, sandbox, merchant, content;
before(async () => {
  browser = await launch();
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = await AlipayMerchant.ofWallet(sandbox);
  content = periodic("MISTAKE1", monthly(monthsLater(`${(await day(sandbox)).slice(0, 8)}05`, 1)));
});
after(async () => {
  await browser?.close();
  await wallet?.stop();
});

/** A string of sdkExecute whose signature has a plus sign, as almost all have. */
function withPlus() {
  for (let time = 10; time < 60; time += 1) {
    const timestamp = `2026-01-05 10:00:${time}`;
    const text = merchant.sdk.sdkExecute("alipay.user.agreement.page.sign", { bizContent: content, timestamp });
    if (new URLSearchParams(text).get("sign").includes("+")) return text;
  }
  return assert.fail("fifty signatures without a plus sign");
}

/** The mistakes: what a developer does, and the words that must be found. */
const MISTAKES = {
  "encoded once": { make: () => merchant.sdkString(content), says: /encoded once only.*percent-encode it once more/s },
  "encoded three times": { make: () => encodeURIComponent(merchant.signStr(content)), says: /once too often/ },
  "a plus that became a space": {
    // The value of sign stands in the string as it is, and what reads the string as a form takes its plus for a space.
    make: () => {
      const text = withPlus();
      const sign = new URLSearchParams(text).get("sign");
      return encodeURIComponent(text.replace(encodeURIComponent(sign), sign));
    },
    says: /plus sign in signStr has become a space/,
  },
  "another key": {
    make: () => {
      const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const sdk = merchant.sdkWith({ privateKey: privateKey.export({ type: "pkcs8", format: "pem" }) });
      return encodeURIComponent(sdk.sdkExecute("alipay.user.agreement.page.sign", { bizContent: content }));
    },
    says: /another private key than the one whose public half is registered.*app_id=2021000000000001&biz_content=/s,
  },
};

/** The Studio's entry for the signStr that was sent last. */
const noted = (signStr) =>
  eventually("the Studio's list has it", async () => {
    const { calls } = await sandbox.get("calls");
    return calls.findLast(({ title, request }) => title === "signStr" && request.body === signStr);
  });

const said = new Set();

/** The log without colours. */
const plain = (log) => log.replace(/\u001b\[[0-9;]*m/g, "");

for (const [mistake, { make, says }] of Object.entries(MISTAKES)) {
  test(`${mistake}: 7002, and what to change is said in the result, in the Studio and in the log`, async (t) => {
    const { page, program } = await openShell(t, browser, wallet);
    const signStr = make();
    const { status, object } = opened(merchant, await (await paySignCenter(program, signStr)).answer());
    assert.deepEqual([status, object.code, object.sub_code], ["7002", "40002", "isv.invalid-signature"]);
    assert.match(object.sub_msg, says);
    assert.ok(!page.frames().some((frame) => isWalletPage(wallet)(new URL(frame.url()))), "no page was opened");
    const call = await noted(signStr);
    assert.equal(call.outcome, "bad");
    assert.match(call.signature?.reason ?? call.response.body, says);
    const advice = object.sub_msg.split(". ")[0];
    assert.ok(!said.has(advice), `said before: ${advice}`);
    said.add(advice);
    const logged = says.source.split(".*")[0];
    await eventually("the log has it", () => new RegExp(`signStr: a mistake in it.*${logged}`).test(plain(wallet.stderr())));
  });
}

test("a signStr that somebody has changed on its way is refused", async (t) => {
  const { page, program } = await openShell(t, browser, wallet);
  const dearer = merchant.signStr(content).replaceAll("9.90", "9.99");
  assert.notEqual(dearer, merchant.signStr(content));
  const { status, object } = opened(merchant, await (await paySignCenter(program, dearer)).answer());
  assert.deepEqual([status, object.sub_code], ["7002", "isv.invalid-signature"]);
  assert.match(object.sub_msg, /"single_amount":"9\.99"/, "the string that came");
  assert.ok(!page.frames().some((frame) => isWalletPage(wallet)(new URL(frame.url()))), "no page was opened");
});

test("return_url inside: the page opens and signs, and the Studio and the log say that it must be left out", async (t) => {
  const { page, program } = await openShell(t, browser, wallet);
  const signStr = merchant.signStr(content, { returnUrl: "https://reader.example/back" });
  const heard = await paySignCenter(program, signStr);
  await signAs(await signingPage(page, wallet), sandbox.user("Sara"));
  assert.equal((await heard.answer()).resultStatus, "7000");
  const call = await noted(signStr);
  assert.equal(call.outcome, "wait");
  assert.match(call.signature.reason, /return_url is in signStr.*left out/);
  await eventually("the log has it", () => wallet.stderr().includes("return_url is in signStr"));
});

test("the Studio shows a refused signStr with its reason", async (t) => {
  const page = await newPage(t, browser, { viewport: DESK });
  await page.goto(wallet.studioUrl);
  const program = await frameAt(page, isShop(wallet));
  await program.waitForFunction(() => typeof window.my?.paySignCenter === "function");
  await (await paySignCenter(program, merchant.sdkString(content))).answer();
  const row = page.getByText("signStr", { exact: true }).last();
  await row.waitFor();
  await row.click();
  await page.getByText(/encoded once only/).first().waitFor();
  await new Pictures(page, "en-US/pay-sign-center-studio").take("encoded-once");
});
