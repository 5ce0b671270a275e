// A wallet that takes two currencies, as operators run it, without a sandbox: its cashier is the pages.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startCluster, withoutPostgres } from "../support/cluster.mjs";
import { House, isReady } from "../support/house.mjs";
import { CAPTURE, Desk, ONLINE, code, dinars } from "../support/orders.mjs";

test("what is held, captured or refunded is in the payment's own currency", { skip: withoutPostgres() }, async (t) => {
  const cluster = await startCluster(t);
  const house = new House(t, await cluster.database());
  const config = join(house.folder, "mithaq.toml");
  writeFileSync(config, "[policy]\ncurrencies = ['IQD', 'USD']\ntrade_pay_route = 'all-success'\n");
  await isReady(await house.serve({ args: ["--config", config] }));
  await house.furnish({ count: 1 });
  const desk = new Desk(null, house.merchant);
  const [{ person }] = house.payers;
  const pay = async (product) => {
    const order = await desk.open(product, 10);
    assert.deepEqual(await person.pay(house.appId, order.url), { ok: true, ret: { resultCode: "9000" } });
    return order;
  };

  const held = await pay(CAPTURE);
  assert.equal(code(await desk.void(held, 1, { voidAmount: dinars(1, "USD") })), "F CURRENCY_NOT_SAME");
  assert.equal(code(await desk.capture(held, 1, { captureAmount: dinars(1, "USD") })), "F CURRENCY_NOT_SUPPORT");
  assert.equal(code(await desk.capture(held, 4)), "S SUCCESS");
  const paid = await pay(ONLINE);
  assert.equal(code(await desk.refund(paid, 1, { refundAmount: dinars(1, "USD") })), "F CURRENCY_NOT_SUPPORT");
  assert.equal(code(await desk.refund(held, 4)), "S SUCCESS");

  await t.test("an order is in either, and a payer without that currency cannot pay it", async () => {
    const order = await desk.open(ONLINE, 1, { paymentAmount: dinars(1, "USD") });
    await assert.rejects(() => person.pay(house.appId, order.url), /not paid/);
    assert.equal(await desk.status(order), "PROCESSING");
  });

  await t.test("and with the setting all-success, an order that is over is no failure of the call", async () => {
    const order = await desk.open(ONLINE, 1, { paymentRequestId: randomUUID() });
    await desk.cancel(order);
    assert.deepEqual(await person.pay(house.appId, order.url), { ok: true, ret: { resultCode: "4000" } });
  });
  await house.verify();
});
