// Mini Programs that are not the demo: one written for the real wallet, unmodified behind the preview proxy, and
// hostile ones. And the headers that keep pages apart.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { frameAt, isWalletPage, launch, newPage } from "../support/browser.mjs";
import { Merchant } from "../support/openapi.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox } from "../support/sandbox.mjs";
import { enterPin, form, logIn } from "../support/walk.mjs";

const PLAIN = new URL("../../examples/h5-plain/", import.meta.url);
const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css" };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Serves `pages` (path to HTML) and else the plain example, forbidding to be framed as many sites do. */
async function serve(t, pages = {}) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    const name = path === "/" ? "index.html" : path.slice(1);
    try {
      const body = pages[path] ?? readFileSync(new URL(name, PLAIN));
      const type = pages[path] ? TYPES.html : (TYPES[name.split(".").at(-1)] ?? "application/octet-stream");
      response.writeHead(200, { "Content-Type": type, "X-Frame-Options": "DENY" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}/`;
}

/** The program with `--app`, its shell opened on that app, and the app's frame behind the preview proxy. */
async function openApp(t, url, options) {
  const wallet = await startWallet({ args: ["--app", url] });
  t.after(() => wallet.stop());
  const page = await newPage(t, browser, options);
  const outside = [];
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (/^http/.test(protocol) && !["localhost", "127.0.0.1"].includes(hostname)) outside.push(request.url());
  });
  const apps = await (await fetch(`${wallet.walletUrl}/app/v1/apps`)).json();
  const app = apps.find(({ appId }) => appId !== "demo-shop");
  await page.goto(`${wallet.walletUrl}/app?appId=${app.appId}`);
  const origin = new URL(app.startUrl).origin;
  const frame = await frameAt(page, (address) => address.origin === origin);
  // A frame has its address before its document has run any script, the bridge included.
  await frame.waitForLoadState("domcontentloaded");
  return { wallet, page, frame, outside, sandbox: new Sandbox(wallet), app };
}

test("an H5 app written for the real wallet runs unmodified behind --app", async (t) => {
  const { wallet, page, frame, outside, sandbox, app } = await openApp(t, await serve(t));
  const { phone, pin, userId } = sandbox.user("Sara");
  const answers = frame.getByTestId("answers");

  await frame.getByTestId("alert").click();
  const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
  await dialog.getByText("Drawn by the wallet").waitFor();
  await dialog.getByRole("button").first().click();
  await answers.getByText("alert: success").waitFor();

  await frame.getByTestId("auth-user").click();
  let sheet = await frameAt(page, isWalletPage(wallet));
  await logIn(sheet, phone, pin);
  sheet = await frameAt(page, (url) => url.pathname === "/consent");
  await form(sheet, "confirm").locator('button[type="submit"]').first().click();
  await answers.getByText("getAuthCode auth_user: success").waitFor();

  await frame.getByTestId("auth-base").click();
  await answers.getByText("getAuthCode auth_base: success").waitFor();

  // The app belongs to a client; its backend is played by this test.
  const owner = await merchantOf(wallet, app);
  const authUrl = await owner.prepare();
  await frame.getByTestId("auth-url").fill(authUrl);
  await frame.getByTestId("sign").click();
  sheet = await frameAt(page, isWalletPage(wallet));
  await enterPin(sheet, "confirm", pin);
  await answers.getByText("qicardSignContract: success").waitFor();
  const { authCode } = JSON.parse(await answers.locator("pre").first().innerText());
  const { accessToken } = await owner.applyToken(authCode);
  assert.equal((await owner.pay(accessToken, 1)).result.resultStatus, "S");
  assert.equal((await sandbox.get("contracts"))[0].userId, userId);
  assert.deepEqual(outside, [], "nothing was fetched from outside");
});

/** A client for the app: the demo merchant's, which `--app` lends it. */
async function merchantOf(wallet, app) {
  const merchant = Merchant.ofWallet(wallet);
  assert.equal(app.clientId, merchant.clientId);
  return merchant;
}

test("my.call works in all its forms, each settles once, success or fail before complete", async (t) => {
  const { frame } = await openApp(t, await serve(t));
  const results = await frame.evaluate(async () => {
    const order = [];
    const settled = (start) => new Promise((resolve) => start(resolve));
    await settled((done) => {
      my.call("noSuchApi", {
        success: () => order.push("success"),
        fail: (res) => order.push(`fail ${res.error}`),
        complete: (res) => done(order.push(`complete ${res.error}`)),
      });
    });
    const single = await settled((done) => my.call("noSuchApi", { a: 1 }, done));
    const short = await settled((done) => my.call("noSuchApi", done));
    const bridge = await settled((done) => AlipayJSBridge.call("noSuchApi", done));
    const promise = await my.call("noSuchApi", {}).then(() => "resolved", (res) => `rejected ${res.error}`);
    const stored = await my.setStorage({ key: "k", data: { x: [1] } }).then(() => my.getStorage({ key: "k" }));
    return { order, errors: [single, short, bridge].map(({ error }) => error), promise, stored: stored.data };
  });
  assert.deepEqual(results.order, ["fail 1", "complete 1"]);
  assert.deepEqual(results.errors, [1, 1, 1]);
  assert.equal(results.promise, "rejected 1");
  assert.deepEqual(results.stored, { x: [1] });
});

test("a hostile page nested in a Mini Program gets no bridge and opens nothing", async (t) => {
  const attack = (wallet) => `<!doctype html><title>x</title><script>
    window.got = [];
    addEventListener("message", (event) => got.push({ data: event.data, ports: event.ports.length }));
    for (const target of [top, parent, parent.parent]) {
      for (const message of [
        { mp: "hello", v: 1 }, { mp: "done", ix: "x" }, { mp: "close", ix: "x" }, { mp: "port", v: 1, session: {} },
      ]) target.postMessage(message, "*");
    }
    ${wallet}
  </script>`;
  const pages = { "/": `<!doctype html><title>outer</title><p>outer</p><iframe src="/inner"></iframe>`, "/inner": attack("") };
  const { wallet, page } = await openApp(t, await serve(t, pages));
  const inner = await frameAt(page, (url) => url.pathname === "/inner");
  await page.waitForTimeout(1000);
  const got = await inner.evaluate(() => window.got);
  assert.deepEqual(got.filter(({ ports }) => ports > 0), [], "no port for a nested frame");
  assert.ok(!page.frames().some((one) => isWalletPage(wallet)(new URL(one.url()))), "no wallet page opened");
});

test("a Mini Program can forge neither the end of a wallet page nor its result", async (t) => {
  const { wallet, page, frame } = await openApp(t, await serve(t));
  const authUrl = await Merchant.ofWallet(wallet).prepare();
  await frame.evaluate((address) => {
    window.settled = null;
    AlipayJSBridge.call("qicardSignContract", { authUrl: address }, (res) => (window.settled = res));
  }, authUrl);
  const sheet = await frameAt(page, isWalletPage(wallet));
  const ix = new URL(sheet.url()).searchParams.get("ix");
  await frame.evaluate((id) => {
    for (const kind of ["done", "close"]) parent.postMessage({ mp: kind, ix: id }, "*");
    parent.postMessage({ k: "res", id: 1, ok: true, ret: { authCode: "F".repeat(32) } }, "*");
    window.postMessage({ k: "res", id: 1, ok: true, ret: { authCode: "F".repeat(32) } }, "*");
  }, ix);
  await page.waitForTimeout(1000);
  assert.equal(await frame.evaluate(() => window.settled), null);
  assert.ok(page.frames().includes(sheet), "the wallet page is still open");
  const reach = await frame.evaluate(() => {
    try {
      return parent.document.title;
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(reach, "SecurityError", "the shell is another origin");
});

test("pages carry the headers that keep them apart", async (t) => {
  const wallet = await startWallet();
  t.after(() => wallet.stop());
  const authUrl = await Merchant.ofWallet(wallet).prepare();
  const page = await fetch(authUrl.replace(/\/\?/, "/authorize?"));
  const policy = page.headers.get("content-security-policy");
  for (const rule of [/frame-ancestors 'self'/, /form-action 'self'/, /base-uri 'none'/, /object-src 'none'/, /script-src '(self|nonce)/]) {
    assert.match(policy, rule);
  }
  assert.doesNotMatch(policy, /unsafe/);
  assert.equal(page.headers.get("x-frame-options"), "SAMEORIGIN");
  assert.equal(page.headers.get("referrer-policy"), "no-referrer");
  assert.match(page.headers.get("cache-control"), /no-store/);

  const shell = await fetch(`${wallet.walletUrl}/app?appId=demo-shop`);
  assert.match(shell.headers.get("content-security-policy"), /frame-ancestors 'none'/);
  const session = await fetch(`${wallet.walletUrl}/app/v1/session`);
  const cookie = session.headers.getSetCookie().find((line) => line.startsWith("mithaq_session="));
  assert.match(cookie, /HttpOnly/i);
  assert.match(cookie, /SameSite=Strict/i);
});

test("no state changes without the session's CSRF token", async (t) => {
  const wallet = await startWallet();
  t.after(() => wallet.stop());
  const session = await fetch(`${wallet.walletUrl}/app/v1/session`);
  const cookie = session.headers.getSetCookie()[0].split(";")[0];
  const authUrl = await Merchant.ofWallet(wallet).prepare();
  const body = JSON.stringify({ appId: "demo-shop", api: "qicardSignContract", args: { authUrl } });
  const ask = (headers) =>
    fetch(`${wallet.walletUrl}/app/v1/interactions`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body,
    });
  const { csrf } = await session.json();
  for (const headers of [{}, { Cookie: cookie }, { Cookie: cookie, "X-CSRF": "wrong" }, { "X-CSRF": csrf }]) {
    const { status } = await ask(headers);
    assert.ok(status >= 400 && status < 500, `${JSON.stringify(headers)}: ${status}`);
  }
  assert.equal((await ask({ Cookie: cookie, "X-CSRF": csrf })).status, 201);
});
