// What makes the wallet answer `refund`, `cancel` and the inquiries with each code of their tables (spec: qicard 7.2, 7.4,
// 7.5, 7.9): `[answer, cause, act]`.

import { randomUUID } from "node:crypto";
import { CAPTURE, ESCROW, ONLINE, dinars } from "../support/orders.mjs";

const UNKNOWN = { paymentId: "20260101000000000000000000000000000" };

/** A payment of ten dinars by somebody new. */
const paid = async (town, desk = town.desk, product = ONLINE) => desk.paid(product, 10, (await town.person()).userId);

/** Does one thing, then the other. */
const then = (first, second) => async (town) => second(town, await first(town));

const freeze = ({ sandbox }, { paymentId }) => sandbox.post(`payments/${paymentId}/freeze`, { frozen: true });

export const REFUND_CODES = {
  refund: [
    ["S SUCCESS", "a payment", then(paid, ({ desk }, order) => desk.refund(order, 10))],
    ["F ORDER_NOT_EXIST", "a payment that does not exist", ({ desk }) => desk.refund(UNKNOWN, 1)],
    ["F ORDER_NOT_EXIST", "a payment of another merchant", then(paid, async (town, order) =>
      (await town.newDesk()).refund(order, 1))],
    ["F ORDER_STATUS_INVALID", "an order that nobody has paid", async ({ desk }) => desk.refund(await desk.open(ONLINE, 10), 1)],
    ["F ORDER_STATUS_INVALID", "money that is only held", async (town) =>
      town.desk.refund(await paid(town, town.desk, CAPTURE), 1)],
    ["F REFUND_AMOUNT_EXCEED", "more than was paid", then(paid, ({ desk }, order) => desk.refund(order, 11))],
    ["F REFUND_AMOUNT_EXCEED", "more than earlier refunds have left", then(paid, async ({ desk }, order) => {
      await desk.refund(order, 6);
      return desk.refund(order, 5);
    })],
    ["F REFUND_AMOUNT_EXCEED", "more than was captured", async (town) => {
      const order = await paid(town, town.desk, CAPTURE);
      await town.desk.capture(order, 4);
      return town.desk.refund(order, 5);
    }],
    ["F REFUND_WINDOW_EXCEED", "a payment that is older than a year", then(paid, async (town, order) => {
      await town.wait("P366D");
      return town.desk.refund(order, 1);
    })],
    ["F MERCHANT_BALANCE_NOT_ENOUGH", "more than the merchant has: the fee is not given back", async (town) => {
      const desk = await town.newDesk();
      return desk.refund(await paid(town, desk), 10);
    }],
    ["F REPEAT_REQ_INCONSISTENT", "the id of another amount", then(paid, async ({ desk }, order) => {
      const refundRequestId = randomUUID();
      await desk.refund(order, 1, { refundRequestId });
      return desk.refund(order, 2, { refundRequestId });
    })],
    ["F CURRENCY_NOT_SUPPORT", "another currency", then(paid, ({ desk }, order) =>
      desk.refund(order, 1, { refundAmount: dinars(1, "USD") }))],
    ["F ORDER_IS_FROZEN", "a payment in dispute", then(paid, async (town, order) => {
      await freeze(town, order);
      return town.desk.refund(order, 1);
    })],
    ["F PARTNER_STATUS_ABNORMAL", "a merchant who was suspended meanwhile", async (town) => {
      const desk = await town.newDesk();
      const order = await paid(town, desk);
      await town.sandbox.post(`clients/${desk.merchant.clientId}/status`, { merchantStatus: "SUSPENDED" });
      return desk.refund(order, 1);
    }],
  ],
  cancel: [
    ["S SUCCESS", "an order that nobody has paid", async ({ desk }) => desk.cancel(await desk.open(ONLINE, 10))],
    ["S SUCCESS", "a payment of the same day", then(paid, ({ desk }, order) => desk.cancel(order))],
    ["F ORDER_NOT_EXIST", "a payment that does not exist", ({ desk }) => desk.cancel(UNKNOWN)],
    ["F CANCEL_WINDOW_EXCEED", "a payment of another day", then(paid, async (town, order) => {
      await town.wait("P1D");
      return town.desk.cancel(order);
    })],
    ["F ORDER_STATUS_INVALID", "a payment of which something was refunded", then(paid, async ({ desk }, order) => {
      await desk.refund(order, 1);
      return desk.cancel(order);
    })],
    ["F ORDER_STATUS_INVALID", "a hold that was captured", async (town) => {
      const order = await paid(town, town.desk, CAPTURE);
      await town.desk.capture(order);
      return town.desk.cancel(order);
    }],
    ["F ORDER_STATUS_INVALID", "a hold of which something was given back", async (town) => {
      const order = await paid(town, town.desk, CAPTURE);
      await town.desk.void(order, 1);
      return town.desk.cancel(order);
    }],
    ["F ORDER_STATUS_INVALID", "an order of the escrow that was taken on", async (town) => {
      const order = await paid(town, town.desk, ESCROW);
      await town.desk.accept(order);
      return town.desk.cancel(order);
    }],
    ["F ORDER_IS_FROZEN", "a payment in dispute", then(paid, async (town, order) => {
      await freeze(town, order);
      return town.desk.cancel(order);
    })],
    ["F MERCHANT_BALANCE_NOT_ENOUGH", "more than the merchant has", async (town) => {
      const desk = await town.newDesk();
      const [first, second] = [await paid(town, desk), await paid(town, desk)];
      await desk.refund(first, 10); // the fee of it stays with the wallet
      return desk.cancel(second);
    }],
  ],
  inquiryPayment: [
    ["S SUCCESS", "an order", async ({ desk }) => desk.inquire(await desk.open(ONLINE, 10))],
    ["F ORDER_NOT_EXIST", "a payment that does not exist", ({ desk }) => desk.about("inquiryPayment", UNKNOWN)],
    ["F ORDER_NOT_EXIST", "a payment of another merchant", then(paid, async (town, order) =>
      (await town.newDesk()).about("inquiryPayment", order))],
  ],
  inquiryRefund: [
    ["S SUCCESS", "a refund", then(paid, async ({ desk }, order) => {
      const { refundId } = await desk.refund(order, 1);
      return desk.merchant.call("/v1/payments/inquiryRefund", { refundId });
    })],
    ["F REFUND_NOT_EXIST", "a refund that nobody asked for", ({ desk }) =>
      desk.merchant.call("/v1/payments/inquiryRefund", { refundRequestId: randomUUID() })],
    ["F REFUND_NOT_EXIST", "a refund of another merchant", then(paid, async (town, order) => {
      const { refundId } = await town.desk.refund(order, 1);
      return (await town.newDesk()).merchant.call("/v1/payments/inquiryRefund", { refundId });
    })],
  ],
};
