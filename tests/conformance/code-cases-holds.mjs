// What makes the wallet answer `capture`, `void`, `merchantAccept` and `confirm` with each code of their tables
// (spec: qicard 7.6, 7.7, 7.10): `[answer, cause, act]`.

import { randomUUID } from "node:crypto";
import { CAPTURE, CARDS, ESCROW, ONLINE, dinars } from "../support/orders.mjs";

const UNKNOWN = { paymentId: "20260101000000000000000000000000000" };

/** An order whose money is held, of somebody new. */
const held = async (town, product = CAPTURE, desk = town.desk) => desk.paid(product, 10, (await town.person()).userId);

/** An order of the escrow that the merchant has taken on. */
async function accepted(town) {
  const order = await held(town, ESCROW);
  await town.desk.accept(order);
  return order;
}

/** An order whose payer's card has not been answered for. */
async function asking(town, product) {
  const order = await town.desk.open(product, 10);
  await town.desk.visit(order, (await town.person()).userId, { fundingSource: CARDS.slow });
  return order;
}

const freeze = ({ sandbox }, { paymentId }) => sandbox.post(`payments/${paymentId}/freeze`, { frozen: true });

/** Does one thing, then the other. */
const then = (first, second) => async (town) => second(town, await first(town));

export const HOLD_CODES = {
  capture: [
    ["S SUCCESS", "money that is held", then(held, ({ desk }, order) => desk.capture(order, 10))],
    ["F AUTH_NOT_FOUND", "a payment that does not exist", ({ desk }) => desk.capture(UNKNOWN)],
    ["F AUTH_NOT_FOUND", "an order that nobody has paid", async ({ desk }) => desk.capture(await desk.open(CAPTURE, 10))],
    ["F AUTH_EXPIRED", "a hold that ran out", then(held, async (town, order) => {
      await town.wait("P8D");
      return town.desk.capture(order);
    })],
    ["F AUTH_CANCELLED", "a hold that was given back", then(held, async ({ desk }, order) => {
      await desk.void(order);
      return desk.capture(order);
    })],
    ["F CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT", "more than is held", then(held, ({ desk }, order) => desk.capture(order, 11))],
    ["F REPEAT_REQ_INCONSISTENT", "the id of another amount", then(held, async ({ desk }, order) => {
      const captureRequestId = randomUUID();
      await desk.capture(order, 9, { captureRequestId });
      return desk.capture(order, 8, { captureRequestId });
    })],
    ["U CAPTURE_IN_PROCESS", "an order whose payer's card is being asked",
      then((town) => asking(town, CAPTURE), ({ desk }, order) => desk.capture(order))],
    ["F ORDER_STATUS_INVALID", "a second capture", then(held, async ({ desk }, order) => {
      await desk.capture(order, 4);
      return desk.capture(order, 4);
    })],
    ["F ORDER_IS_FROZEN", "an order in dispute", then(held, async (town, order) => {
      await freeze(town, order);
      return town.desk.capture(order);
    })],
    ["F ORDER_UNSUPPORTED_OPERATION", "an order of the escrow", then((town) => held(town, ESCROW), ({ desk }, order) =>
      desk.capture(order))],
    ["F CURRENCY_NOT_SUPPORT", "a currency that the wallet does not take", then(held, ({ desk }, order) =>
      desk.capture(order, 1, { captureAmount: dinars(1, "USD") }))],
    ["F PARTNER_STATUS_ABNORMAL", "a merchant who was suspended meanwhile", async (town) => {
      const desk = await town.newDesk();
      const order = await held(town, CAPTURE, desk);
      await town.sandbox.post(`clients/${desk.merchant.clientId}/status`, { merchantStatus: "SUSPENDED" });
      return desk.capture(order);
    }],
    ["F PARAM_ILLEGAL", "a capture that shall not be the last", then(held, ({ desk }, order) =>
      desk.capture(order, 1, { isLastCapture: false }))],
  ],
  void: [
    ["S SUCCESS", "money that is held", then(held, ({ desk }, order) => desk.void(order))],
    ["F ORDER_NOT_EXIST", "a payment that does not exist", ({ desk }) => desk.void(UNKNOWN)],
    ["F ORDER_STATUS_INVALID", "an order that nobody has paid", async ({ desk }) => desk.void(await desk.open(CAPTURE, 10))],
    ["F ORDER_STATUS_INVALID", "a hold that was captured", then(held, async ({ desk }, order) => {
      await desk.capture(order);
      return desk.void(order);
    })],
    ["F ORDER_STATUS_INVALID", "an order of the escrow before the merchant takes it on",
      then((town) => held(town, ESCROW), ({ desk }, order) => desk.void(order))],
    ["F ORDER_IS_FROZEN", "an order in dispute", then(held, async (town, order) => {
      await freeze(town, order);
      return town.desk.void(order);
    })],
    ["F ORDER_UNSUPPORTED_OPERATION", "a payment that never was a hold", async (town) =>
      town.desk.void(await held(town, ONLINE))],
    ["F CURRENCY_NOT_SUPPORT", "a currency that the wallet does not take", then(held, ({ desk }, order) =>
      desk.void(order, 1, { voidAmount: dinars(1, "USD") }))],
    ["F AMOUNT_EXCEEDS_LIMIT", "more than is held", then(held, ({ desk }, order) => desk.void(order, 11))],
    ["U MUTEX_OPERATION_IN_PROCESSING", "an order whose payer's card is being asked",
      then((town) => asking(town, CAPTURE), ({ desk }, order) => desk.void(order))],
    ["F REPEAT_REQ_INCONSISTENT", "the id of another amount", then(held, async ({ desk }, order) => {
      const voidRequestId = randomUUID();
      await desk.void(order, 3, { voidRequestId });
      return desk.void(order, 4, { voidRequestId });
    })],
  ],
  merchantAccept: [
    ["S SUCCESS", "an order of the escrow that is paid", then((town) => held(town, ESCROW), ({ desk }, order) =>
      desk.accept(order))],
    ["F ORDER_UNSUPPORTED_OPERATION", "an order that is no escrow", then(held, ({ desk }, order) => desk.accept(order))],
    ["F ORDER_STATUS_INVALID", "an order that nobody has paid", async ({ desk }) => desk.accept(await desk.open(ESCROW, 10))],
    ["F ORDER_STATUS_INVALID", "an order that was cancelled", then((town) => held(town, ESCROW), async ({ desk }, order) => {
      await desk.cancel(order);
      return desk.accept(order);
    })],
    ["F ORDER_NOT_EXIST", "a payment that does not exist", ({ desk }) => desk.accept(UNKNOWN)],
    ["F ORDER_IS_FROZEN", "an order in dispute", then((town) => held(town, ESCROW), async (town, order) => {
      await freeze(town, order);
      return town.desk.accept(order);
    })],
    ["F ORDER_IS_MERCHANT_ACCEPTED", "an order that was taken on before", then(accepted, ({ desk }, order) =>
      desk.accept(order))],
  ],
  confirm: [
    ["S SUCCESS", "an order that was taken on", then(accepted, ({ desk }, order) => desk.confirm(order))],
    ["F ORDER_NOT_EXIST", "a payment that does not exist", ({ desk }) => desk.confirm(UNKNOWN)],
    ["F ORDER_STATUS_INVALID", "an order that was not taken on", then((town) => held(town, ESCROW), ({ desk }, order) =>
      desk.confirm(order))],
    ["F ORDER_STATUS_INVALID", "a hold that ran out", then(accepted, async (town, order) => {
      await town.wait("P31D");
      return town.desk.confirm(order);
    })],
    ["F ORDER_IS_FROZEN", "an order in dispute", then(accepted, async (town, order) => {
      await freeze(town, order);
      return town.desk.confirm(order);
    })],
    ["F ORDER_UNSUPPORTED_OPERATION", "an order that is no escrow", then(held, ({ desk }, order) => desk.confirm(order))],
    ["U MUTEX_OPERATION_IN_PROCESSING", "an order whose payer's card is being asked",
      then((town) => asking(town, ESCROW), ({ desk }, order) => desk.confirm(order))],
    ["F REPEAT_REQ_INCONSISTENT", "the id of another order", then(accepted, async (town, order) => {
      const confirmRequestId = randomUUID();
      await town.desk.confirm(order, { confirmRequestId });
      return town.desk.confirm(await accepted(town), { confirmRequestId });
    })],
  ],
};
