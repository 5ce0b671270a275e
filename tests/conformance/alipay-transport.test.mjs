// How calls of the Alipay surface travel: where parameters stand, what they are written and signed in, and what becomes of a call,
// an answer or a notification that somebody has touched (spec: alipay-agreement 1).

import assert from "node:assert/strict";
import { createSign, createVerify } from "node:crypto";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { after, before, test } from "node:test";
import { AlipayMerchant, atWill, day, monthly, monthsLater, periodic } from "../support/alipay.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";

const QUERY = "alipay.trade.query";

let wallet, sandbox, merchant, sara;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  merchant = await AlipayMerchant.fresh(sandbox);
  sara = sandbox.user("Sara").userId;
});
after(() => wallet?.stop());

/** The common parameters of a call, unsigned. */
const common = (more = {}) => ({
  app_id: merchant.appId,
  method: QUERY,
  charset: "utf-8",
  sign_type: "RSA2",
  timestamp: "2030-01-05 10:00:00",
  version: "1.0",
  biz_content: JSON.stringify({ out_trade_no: "NONE" }),
  ...more,
});

/** What the signature of parameters is over. */
function contentOf(params) {
  const names = Object.keys(params).filter((name) => params[name] !== "").sort();
  return names.map((name) => `${name}=${params[name]}`).join("&");
}

/** With the signature that the rules ask for. */
function signed(params, algorithm = "RSA-SHA256") {
  const sign = createSign(algorithm).update(contentOf(params), "utf8").sign(merchant.options.privateKey, "base64");
  return { ...params, sign };
}

const form = (params) => new URLSearchParams(params).toString();

/** Sends it; the answer's text, always with HTTP 200. */
async function send({ query = "", body, method = "POST", type = "application/x-www-form-urlencoded;charset=utf-8" }) {
  const url = `${merchant.app.gateway}${query === "" ? "" : `?${query}`}`;
  const headers = body === undefined ? {} : { "Content-Type": type };
  const answer = await fetch(url, { method, body, headers });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type"), /^text\/html; ?charset=utf-8$/i);
  return answer.text();
}

/** The business object of an answer whose signature holds. */
function opened(text, root = "alipay_trade_query_response") {
  const parts = new RegExp(`^\\{"${root}":(\\{.*\\}),"sign":"([^"]+)"\\}$`).exec(text);
  assert.ok(parts, `the envelope's shape: ${text}`);
  const valid = createVerify("RSA-SHA256").update(parts[1], "utf8").verify(merchant.app.walletPublicKey, parts[2], "base64");
  assert.ok(valid, "signed over the very bytes of the object");
  return JSON.parse(parts[1]);
}

test("parameters may stand in the query, in the form, or in both", async () => {
  const params = signed(common());
  const { biz_content: content, ...rest } = params;
  const ways = [
    { query: form(rest), body: form({ biz_content: content }) },
    { body: form(params) },
    { query: form(params), method: "GET" },
    { query: form(params), body: "" },
    { body: form(params), type: "application/x-www-form-urlencoded; charset=UTF-8" },
  ];
  for (const way of ways) {
    assert.equal(opened(await send(way)).sub_code, "ACQ.TRADE_NOT_EXIST", JSON.stringify(way));
  }
});

test("a request target in absolute form is read by its path", async () => {
  const { hostname, port } = new URL(merchant.app.gateway);
  const path = `${merchant.app.gateway}?${form(signed(common()))}`;
  const asked = request({ hostname, port, path, method: "GET" }).end();
  const [response] = await once(asked, "response");
  let text = "";
  for await (const chunk of response) text += chunk;
  assert.equal(opened(text).sub_code, "ACQ.TRADE_NOT_EXIST");
});

test("a parameter that comes twice is refused, and so is what cannot be decoded", async () => {
  const params = form(signed(common()));
  for (const query of [`${params}&app_id=${merchant.appId}`, `${params}&subject=%zz`, `${params}&subject=%`]) {
    const text = await send({ query, method: "GET" });
    assert.match(text, /"code":"40002"/, text);
    assert.match(text, /"sub_code":"isv\./, text);
  }
});

test("each common mistake has its code", async () => {
  const without = (name) => {
    const { [name]: _, ...rest } = common();
    return signed(rest);
  };
  const cases = [
    [signed(common({ app_id: "2021999999999999" })), "40002", "isv.invalid-app-id"],
    [without("app_id"), "40001", "isv.missing-app-id"],
    [common(), "40001", "isv.missing-signature"],
    [{ ...signed(common()), sign: "AAAA" }, "40002", "isv.invalid-signature"],
    [signed(common({ sign_type: "MD5" })), "40002", "isv.invalid-signature-type"],
    [without("method"), "40001", "isv.missing-method"],
    [signed(common({ method: "alipay.trade.teleport" })), "40002", "isv.invalid-method"],
    [without("timestamp"), "40001", "isv.missing-timestamp"],
    [signed(common({ timestamp: "yesterday" })), "40002", "isv.invalid-timestamp"],
    [without("version"), "40001", "isv.missing-version"],
    [signed(common({ format: "XML" })), "40002", "isv.invalid-format"],
    [signed(common({ charset: "latin-1" })), "40002", "isv.invalid-charset"],
    [signed(common({ biz_content: "{" })), "40002", "isv.illegal-json"],
  ];
  for (const [params, code, subCode] of cases) {
    const text = await send({ body: form(params) });
    const [answer] = Object.values(JSON.parse(text));
    assert.deepEqual([answer.code, answer.sub_code], [code, subCode], text);
    assert.ok(answer.sub_msg.length > 10, `a message that helps: ${text}`);
  }
});

test("a signature that does not fit is answered with the string that the wallet built", async () => {
  const params = { ...signed(common()), version: "1.1" };
  const answer = opened(await send({ body: form(params) }));
  assert.equal(answer.sub_code, "isv.invalid-signature");
  assert.ok(answer.sub_msg.includes("version=1.1"), answer.sub_msg);
  assert.ok(answer.sub_msg.includes(`app_id=${merchant.appId}&`), answer.sub_msg);
});

test("Chinese text in UTF-8 and in GBK is signed, read and answered", async () => {
  for (const charset of ["utf-8", "GBK"]) {
    const sdk = merchant.sdkWith({ charset });
    const no = await merchant.signed(atWill(`ZH${charset.length}`, { external_logon_id: "会员 01" }), sara);
    const answer = await merchant.does("alipay.user.agreement.query", { agreement_no: no }, { sdk });
    assert.equal(answer.externalLogonId, "会员 01");
  }
});

test("what old clients write in GBK, byte by byte, is verified as it came and told in UTF-8", async (t) => {
  const shop = await merchant.listen(t);
  const no = await merchant.signed(atWill("GBKBYTES"), sara);
  // 会员 in GBK.
  const subject = Buffer.from([0xbb, 0xe1, 0xd4, 0xb1]);
  const product = { product_code: "GENERAL_WITHHOLDING" };
  const content = JSON.stringify(merchant.deduction(no, "GBK_1", "1.00", { ...product, subject: "SUBJECT" }));
  const params = common({ method: "alipay.trade.pay", charset: "GBK", notify_url: shop.url, biz_content: content });
  const [head, tail] = contentOf(params).split("SUBJECT");
  const text = Buffer.concat([Buffer.from(head), subject, Buffer.from(tail)]);
  const sign = createSign("RSA-SHA256").update(text).sign(merchant.options.privateKey, "base64");
  const body = form({ ...params, sign }).replace("SUBJECT", "%BB%E1%D4%B1");
  const answer = opened(await send({ body }), "alipay_trade_pay_response");
  assert.equal(answer.code, "10000", JSON.stringify(answer));
  const told = await shop.told("trade_status_sync");
  assert.deepEqual([told.charset, told.subject], ["utf-8", "会员"]);
});

test("RSA with SHA-1 is taken from apps that may, and answered in kind", async () => {
  const sdk = merchant.sdkWith({ signType: "RSA" });
  await merchant.refuses("ACQ.TRADE_NOT_EXIST", QUERY, { out_trade_no: "NONE" }, { sdk });
});

test("RSA with SHA-1 is refused for apps that may not, and the wallet signs nothing with SHA-1 for them either", async () => {
  const strict = await AlipayMerchant.fresh(sandbox, { mayUseSha1: false });
  const sdk = strict.sdkWith({ signType: "RSA" });
  const refused = await sdk.exec(QUERY, { bizContent: { out_trade_no: "NONE" } });
  assert.equal(refused.subCode, "isv.invalid-signature-type", JSON.stringify(refused));
  // The SDK looks for a signature of the kind that it sent: its error shows the wallet's reason.
  await assert.rejects(strict.call(QUERY, { out_trade_no: "NONE" }, { sdk }), /isv\.invalid-signature-type/);
});

test("an answer that somebody has changed on its way is refused by the SDK", async (t) => {
  const proxy = await between(t, (text) => text.replace("ACQ.TRADE_NOT_EXIST", "ACQ.TRADE_WAS_EXIST"));
  const sdk = merchant.sdkWith({ gateway: proxy });
  await assert.rejects(sdk.exec(QUERY, { bizContent: { out_trade_no: "NONE" } }, { validateSign: true }), /验签失败|sign/i);
});

test("a call that somebody has changed on its way is refused by the wallet", async (t) => {
  const proxy = await between(t, (text) => text, (body) => body.replace("NONE", "SOME"));
  const answer = await merchant.call(QUERY, { out_trade_no: "NONE" }, { sdk: merchant.sdkWith({ gateway: proxy }) });
  assert.equal(answer.subCode, "isv.invalid-signature", JSON.stringify(answer));
});

test("a notification that somebody has changed is refused by the SDK", async (t) => {
  const shop = await merchant.listen(t);
  await merchant.signed(atWill("TOUCHED"), sara, { notifyUrl: shop.url });
  const fields = await shop.told("dut_user_sign");
  assert.equal(merchant.sdk.checkNotifySignV2({ ...fields, status: "UNSIGN" }), false);
  assert.equal(merchant.sdk.checkNotifySignV2({ ...fields, agreement_no: "20260000000000000000" }), false);
});

test("a notification is repeated, the same to the byte, until it is acknowledged with success and nothing else", async (t) => {
  const replies = [{ body: "SUCCESS" }, { body: "success\n" }, { status: 500 }, { status: 302, headers: { Location: "/x" } }];
  const shop = await merchant.listen(t, (index) => replies[index] ?? {});
  await merchant.signed(atWill("AGAIN"), sara, { notifyUrl: shop.url });
  for (const [count, wait] of [[1, "PT4M"], [2, "PT10M"], [3, "PT10M"], [4, "PT1H"]]) {
    await attempted(shop, count);
    await sandbox.post("clock", { advance: wait });
  }
  await attempted(shop, 5, "DELIVERED");
  assert.equal(new Set(shop.received.map(({ body }) => body)).size, 1, "every attempt is the same");
  await sandbox.post("clock", { advance: "P1D" });
  const rows = (await sandbox.get("notifications")).filter(({ target }) => target === shop.url);
  assert.deepEqual(rows.map(({ state }) => state), ["DELIVERED"]);
  assert.equal(shop.received.length, 5);
});

test("a page's request by a browser leads to the signing page", async () => {
  const today = await day(sandbox);
  const first = monthsLater(`${today.slice(0, 8)}01`, 1);
  const url = merchant.sdk.pageExecute("alipay.user.agreement.page.sign", "GET", {
    bizContent: periodic("PAGE0001", monthly(first)),
    returnUrl: "https://reader.example/back",
  });
  const answer = await fetch(url, { redirect: "manual" });
  assert.equal(answer.status, 303);
  assert.match(answer.headers.get("location"), /\/sign\?signId=[0-9A-Za-z]+/);
});

/** Waits until the wallet has noted what came of so many attempts: the next one counts from then. */
function attempted(shop, count, state = "PENDING") {
  return eventually(`attempt ${count}`, async () => {
    const row = (await sandbox.get("notifications")).find(({ target }) => target === shop.url);
    return row?.attempts === count && row.state === state;
  });
}

/** Somebody between merchant and wallet, who changes answers, and perhaps calls; the address. */
async function between(t, change, changeCall = (body) => body) {
  const server = createServer(async (incoming, response) => {
    let body = "";
    for await (const chunk of incoming) body += chunk;
    const { search } = new URL(incoming.url, "http://x");
    const headers = { "Content-Type": incoming.headers["content-type"] ?? "text/plain" };
    const answer = await fetch(merchant.app.gateway + search, { method: "POST", body: changeCall(body), headers });
    response.end(change(await answer.text()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}/gateway.do`;
}
