// Every way a call can be written (jsapi.md 1.1) reaches the shell as the same call and is answered once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectedPage, plain, settled } from "../support/page.js";

const AUTH_URL = "http://localhost:7600/authorize?authId=A1";
const CODE = { authCode: "663A8FA9D83648EE8AA11FF682989DC7" };
const CANCELLED = { error: "6001", errorCode: "6001", errMessage: "cancelled" };

/**
 * A page whose shell answers every call alike, and a notebook of what was called back.
 * @param {{ok: boolean, ret: any}} reply
 */
function pageWith(reply) {
  const page = connectedPage();
  page.shell.answerWith(() => reply);
  /** @type {[string, any][]} */
  const notes = [];
  const note = (/** @type {string} */ name) => (/** @type {any} */ res) => void notes.push([name, plain(res)]);
  const three = { success: note("success"), fail: note("fail"), complete: note("complete") };
  return { ...page, notes, note, three };
}

/** @type {Record<string, {form: string, write: (page: ReturnType<typeof pageWith>) => unknown, ok: string[], bad: string[]}>} */
const FORMS = {
  "my.NAME with three callbacks": {
    form: "cb3",
    write: ({ my, three }) => my.qicardSignContract({ authUrl: AUTH_URL, ...three }),
    ok: ["success", "complete"], bad: ["fail", "complete"],
  },
  "my.call with params and one callback": {
    form: "cb1",
    write: ({ my, note }) => my.call("qicardSignContract", { authUrl: AUTH_URL }, note("cb")),
    ok: ["cb"], bad: ["cb"],
  },
  "my.call with the three callbacks inside the params": {
    form: "cb3",
    write: ({ my, three }) => my.call("qicardSignContract", { authUrl: AUTH_URL, ...three }),
    ok: ["success", "complete"], bad: ["fail", "complete"],
  },
  "AlipayJSBridge.call with params and one callback": {
    form: "cb1",
    write: ({ bridge, note }) => bridge.call("qicardSignContract", { authUrl: AUTH_URL }, note("cb")),
    ok: ["cb"], bad: ["cb"],
  },
  "AlipayJSBridge.call with callbacks inside and no third argument": {
    form: "cb3",
    write: ({ bridge, three }) => bridge.call("qicardSignContract", { authUrl: AUTH_URL, ...three }),
    ok: ["success", "complete"], bad: ["fail", "complete"],
  },
  "my.call with callbacks inside and one more outside": {
    form: "cb3",
    write: ({ my, note, three }) => my.call("qicardSignContract", { authUrl: AUTH_URL, ...three }, note("cb")),
    ok: ["success", "complete", "cb"], bad: ["fail", "complete", "cb"],
  },
};

for (const [title, { form, write, ok, bad }] of Object.entries(FORMS)) {
  test(`${title}: success`, async () => {
    const page = pageWith({ ok: true, ret: CODE });
    write(page);
    await settled();
    assert.deepEqual(page.notes, ok.map((name) => [name, CODE]));
    assert.equal(page.shell.calls().length, 1);
    const [{ api, args, form: sent }] = page.shell.calls();
    assert.deepEqual([api, args, sent], ["qicardSignContract", { authUrl: AUTH_URL }, form]);
  });

  test(`${title}: failure`, async () => {
    const page = pageWith({ ok: false, ret: CANCELLED });
    write(page);
    await settled();
    assert.deepEqual(page.notes, bad.map((name) => [name, CANCELLED]));
  });
}

test("my.NAME without a callback gives a promise", async () => {
  const page = pageWith({ ok: true, ret: CODE });
  assert.deepEqual(plain(await page.my.qicardSignContract({ authUrl: AUTH_URL })), CODE);
  assert.equal(page.shell.calls()[0].form, "promise");
});

test("my.call without a callback gives a promise that rejects with the reply", async () => {
  const page = pageWith({ ok: false, ret: CANCELLED });
  await assert.rejects(page.my.call("qicardSignContract", { authUrl: AUTH_URL }), (reply) => {
    assert.deepEqual(plain(reply), CANCELLED);
    return true;
  });
});

test("a function as second argument is the callback, with no parameters", async () => {
  const page = pageWith({ ok: true, ret: { text: "copied" } });
  page.my.call("getClipboard", page.note("my.call"));
  page.bridge.call("getClipboard", page.note("AlipayJSBridge.call"));
  await settled();
  assert.deepEqual(page.notes, [["my.call", { text: "copied" }], ["AlipayJSBridge.call", { text: "copied" }]]);
  assert.deepEqual(page.shell.calls().map((call) => call.args), [{}, {}]);
});

test("my.NAMESync returns its value, and throws the failing reply", () => {
  const { my } = pageWith({ ok: true, ret: {} });
  assert.deepEqual(plain(my.setStorageSync({ key: "cart", data: [1] })), { success: true });
  assert.deepEqual(plain(my.getStorageSync({ key: "cart" })), { data: [1] });
  assert.throws(() => my.getStorageSync({}), (/** @type {any} */ thrown) => thrown.error === 2 && /key/.test(thrown.errorMessage));
});

test("seed 1's call, as it stands there, gets the authCode", async () => {
  const page = pageWith({ ok: true, ret: CODE });
  page.window.heard = page.note("success");
  page.window.failed = page.note("fail");
  page.run(`const data = { subClientId: "2022091495540562874792" };
    my.call("qicardSignContract",{
      authUrl: '${AUTH_URL}',
        extParams: {
        subClientId: data.subClientId
      },
      success: (res) => { heard(res); my.alert({ content: JSON.stringify(res), }); },
      fail: (res) => { failed(res); my.alert({ content: JSON.stringify(res), }); }
    });`);
  await settled();
  assert.deepEqual(page.notes, [["success", CODE]]);
  const [sign, alert] = page.shell.calls();
  assert.deepEqual(sign.args, { authUrl: AUTH_URL, extParams: { subClientId: "2022091495540562874792" } });
  assert.deepEqual([alert.api, alert.args], ["alert", { content: JSON.stringify(CODE) }]);
});

/** Seed 3's call, as it stands there. @param {{ok: boolean, ret: any}} reply */
async function seedPays(reply) {
  const page = pageWith(reply);
  page.shell.answerWith(({ api }) => (api === "tradePay" ? reply : { ok: true, ret: {} }));
  page.window.heard = page.note("success");
  page.window.failed = page.note("fail");
  page.run(`my.tradePay({
    paymentUrl: "https://www.wallet.com/cashier?orderId=xxxxxxx", // get the redirectUrl from the server first
    success: (res) => {
      heard(res);
      my.alert({
        content: JSON.stringify(res),
      });
    },
    fail: (res) => {
      failed(res);
      my.alert({
        content: JSON.stringify(res),
      });
    }
    });`);
  await settled();
  const [pay, alert] = page.shell.calls();
  assert.deepEqual([pay.api, pay.args], ["tradePay", { paymentUrl: "https://www.wallet.com/cashier?orderId=xxxxxxx" }]);
  assert.deepEqual([alert.api, alert.args], ["alert", { content: JSON.stringify(reply.ret) }]);
  return page.notes;
}

for (const code of ["9000", "8000", "4000", "6001", "6002", "6004"]) {
  test(`seed 3's call, as it stands there, gets ${code} in both readings`, async () => {
    const ret = { resultCode: code };
    assert.deepEqual(await seedPays({ ok: true, ret }), [["success", ret]]);
    const failed = { ...ret, error: Number(code) };
    assert.deepEqual(await seedPays({ ok: false, ret: failed }), [["fail", failed]]);
  });
}

test("signContract is known under my and under my.call", async () => {
  const page = pageWith({ ok: true, ret: CODE });
  await page.my.signContract({ signStr: AUTH_URL });
  await page.my.call("signContract", { signStr: AUTH_URL });
  assert.deepEqual(page.shell.calls().map((call) => call.api), ["signContract", "signContract"]);
});

test("a name that is no text is ignored", async () => {
  const page = pageWith({ ok: true, ret: {} });
  assert.equal(page.bridge.call(undefined, {}, page.note("cb")), undefined);
  assert.equal(page.my.call(7), undefined);
  await settled();
  assert.deepEqual(page.notes, []);
});

test("parameters that are no object count as none", async () => {
  const page = pageWith({ ok: true, ret: {} });
  page.my.call("alert", "text", page.note("cb"));
  page.my.alert(["list"]);
  page.bridge.call("alert", null, page.note("cb"));
  await settled();
  assert.deepEqual(page.shell.calls().map((call) => call.args), [{}, {}, {}]);
  assert.equal(page.notes.length, 2);
});
