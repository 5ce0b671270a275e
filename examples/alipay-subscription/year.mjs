// A year of a monthly plan in seconds: a merchant with the official SDK signs a reader up and deducts every month; in May the
// money is missing, the deduction fails, and two days later it is repeated. Then the same year once more with the wallet making the
// deductions itself. `cargo xtask year` runs this; it ends with an error if anything is other than it should be.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { AlipaySdk } from "alipay-sdk";

const BINARY = process.env.MITHAQ_BIN ?? "mithaq";
/** What is printed is what the example is for. */
const say = (text) => void process.stdout.write(`${text}\n`);
const warn = (text) => void process.stderr.write(`${text}\n`);
const FIRST = "2030-01-05";
const PRICE = "9.90";
const MONTHS = 12;

/** Starts a sandbox of its own; what it says when it is ready. */
async function startWallet() {
  const child = spawn(BINARY, ["dev", "--ephemeral", "--port", "0", "--json"], { stdio: ["ignore", "pipe", "ignore"] });
  child.on("error", (error) => warn(`cannot start ${BINARY}: ${error.message}`));
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { ...JSON.parse(line), stop: () => child.kill("SIGINT") };
}

const wallet = await startWallet();

/** A call of the sandbox's control. */
async function sandbox(path, content) {
  const post = { method: "POST", body: JSON.stringify(content), headers: { "Content-Type": "application/json" } };
  const answer = await fetch(`${wallet.walletUrl}/sandbox/v1/${path}`, content && post);
  assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

/** A merchant and its app, with a key made here; and where it is notified. */
async function merchant(name, more = {}) {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicKeyPem = publicKey.export({ type: "spki", format: "pem" });
  const { clientId } = await sandbox("clients", { name, publicKeyPem });
  const told = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const fields = Object.fromEntries(new URLSearchParams(body));
    assert.ok(sdk.checkNotifySignV2(fields), "the wallet signed it");
    told.push(fields);
    response.end("success");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const notifyUrl = `http://127.0.0.1:${server.address().port}/`;
  const app = await sandbox("gateway-apps", { clientId, publicKey: publicKeyPem, gatewayUrl: notifyUrl, ...more });
  const sdk = new AlipaySdk({
    appId: app.appId,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }),
    keyType: "PKCS8",
    alipayPublicKey: app.walletPublicKey,
    gateway: app.gateway,
  });
  const call = (method, bizContent) => sdk.exec(method, { bizContent, notifyUrl }, { validateSign: true });
  return { sdk, call, told, notifyUrl, close: () => server.close() };
}

/** A reader with `yuan` in the wallet, who signs a plan of twelve months. */
async function reader(shop, phone, yuan) {
  const { userId } = await sandbox("users", { name: `Reader ${phone.slice(-1)}`, phone, pin: "135790" });
  await give(userId, yuan);
  const bizContent = {
    product_code: "CYCLE_PAY_AUTH",
    personal_product_code: "CYCLE_PAY_AUTH_P",
    sign_scene: "INDUSTRY|DIGITAL_MEDIA",
    external_agreement_no: `READER${phone.slice(-4)}`,
    access_params: { channel: "ALIPAYAPP" },
    period_rule_params: {
      period_type: "MONTH",
      period: 1,
      execute_time: FIRST,
      single_amount: PRICE,
      total_payments: MONTHS,
    },
  };
  // What a Mini Program gives to my.paySignCenter.
  const signStr = encodeURIComponent(
    shop.sdk.sdkExecute("alipay.user.agreement.page.sign", { bizContent, notifyUrl: shop.notifyUrl }),
  );
  const { resultStatus, agreementNo, result } = await sandbox("pay-sign-center", { signStr, userId });
  assert.equal(resultStatus, "7000", result);
  return { userId, agreementNo };
}

const give = (userId, yuan) =>
  sandbox(`users/${userId}/top-up`, { amount: { currency: "CNY", value: String(Math.round(yuan * 100)) } });

async function left(userId) {
  const user = (await sandbox("users")).find((candidate) => candidate.userId === userId);
  return user.balances.find(({ currency }) => currency === "CNY").display;
}

const dayOf = (month, days = 0) => {
  const date = new Date(Date.UTC(2030, month, 5 + days));
  return date.toISOString().slice(0, 10);
};
const goTo = (date, time = "12:00") => sandbox("clock", { set: `${date}T${time}:00+03:00` });

async function eventually(what, probe) {
  for (const until = Date.now() + 20_000; Date.now() < until; await new Promise((done) => setTimeout(done, 25))) {
    const found = await probe();
    if (found) return found;
  }
  throw new Error(`did not happen: ${what}`);
}

const line = (...cells) => say(`  ${cells[0].padEnd(12)}${cells[1].padEnd(46)}${cells[2] ?? ""}`);

/** The merchant deducts: each month two days before the planned one. */
async function merchantsYear() {
  say(`\nThe merchant deducts ${PRICE} yuan a month, twelve times, planned for the 5th:\n`);
  const shop = await merchant("Night Reader");
  await goTo(dayOf(-1));
  // Enough for four months.
  const { userId, agreementNo } = await reader(shop, "9647800000001", 4 * 9.9);
  for (let month = 0; month < MONTHS; month += 1) {
    const deduct = () =>
      shop.call("alipay.trade.pay", {
        out_trade_no: `M${month + 1}`,
        subject: "Night Reader",
        total_amount: PRICE,
        product_code: "CYCLE_PAY_AUTH",
        agreement_params: { agreement_no: agreementNo },
      });
    await goTo(dayOf(month, -2));
    let answer = await deduct();
    if (month === 4) {
      assert.equal(answer.subCode, "ACQ.BUYER_BALANCE_NOT_ENOUGH", JSON.stringify(answer));
      line(dayOf(month, -2), `failed: ${answer.subCode}`, await left(userId));
      await give(userId, 100);
      await goTo(dayOf(month));
      line(dayOf(month), "the reader has topped up 100 yuan", await left(userId));
      answer = await deduct();
    }
    assert.equal(answer.code, "10000", JSON.stringify(answer));
    line(month === 4 ? dayOf(month) : dayOf(month, -2), `paid ${answer.totalAmount}, trade ${answer.tradeNo.slice(0, 14)}…`, await left(userId));
  }
  const { subCode } = await shop.call("alipay.trade.pay", {
    out_trade_no: "M13",
    subject: "Night Reader",
    total_amount: PRICE,
    product_code: "CYCLE_PAY_AUTH",
    agreement_params: { agreement_no: agreementNo },
  });
  assert.equal(subCode, "ACQ.CYCLE_PAY_TOTAL_TIMES_EXCEED");
  line(dayOf(MONTHS - 1, -2), `a thirteenth: ${subCode}`);
  await eventually("every notification", () => shop.told.filter(({ trade_status: it }) => it === "TRADE_SUCCESS").length === MONTHS);
  say(`\n  notified: ${shop.told.length} times, every signature checked by the SDK`);
  shop.close();
}

/** The wallet deducts: tells the reader before, and tries again by itself. */
async function walletsYear() {
  say(`\nThe same year, with the wallet making the deductions for the merchant:\n`);
  const shop = await merchant("Day Reader", { walletDeducts: true });
  await sandbox("clock", { reset: true });
  await goTo(dayOf(-1));
  const { userId, agreementNo } = await reader(shop, "9647800000002", 4 * 9.9);
  const paid = () => shop.told.filter(({ notify_type: it }) => it === "trade_status_sync");
  const failed = () => shop.told.filter(({ notify_type: it }) => it === "dut_deduct_fail");
  for (let month = 0; month < MONTHS; month += 1) {
    await goTo(dayOf(month, -3));
    const announced = (title) => title.includes(PRICE.replace(/0$/, "")) && /will charge/.test(title);
    await eventually("the reader is told", async () =>
      (await sandbox("messages")).filter((it) => it.userId === userId && it.channel === "inbox" && announced(it.title)).length > month);
    await goTo(dayOf(month));
    if (month === 4) {
      const [notice] = await eventually("the failure is reported", () => failed().length === 1 && failed());
      line(dayOf(month), `failed, reported as ${notice.notify_type}`, await left(userId));
      await give(userId, 100);
      await goTo(dayOf(month, 1));
    }
    const trade = await eventually("the deduction", () => paid().length === month + 1 && paid().at(-1));
    assert.equal(trade.agreement_no, agreementNo);
    line(month === 4 ? dayOf(month, 1) : dayOf(month), `told on ${dayOf(month, -3)}, paid ${trade.total_amount}`, await left(userId));
  }
  shop.close();
}

try {
  await merchantsYear();
  await walletsYear();
  const { ok } = await sandbox("ledger/verify", {});
  assert.equal(ok, true);
  say("\nThe ledger holds.\n");
} finally {
  wallet.stop();
}
