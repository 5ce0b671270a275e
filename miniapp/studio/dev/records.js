// What the pretended wallet writes down: contracts, payments with their postings, messages to users.

import { SHOP } from "./world.js";

/** @typedef {import("./world.js").World} World */

/** What the user accepts. */
export const TERMS = "Fresh Box, delivered on the first Saturday of each month. Pause or skip a box in the shop.";

/** @param {World} world @param {string} contractId @param {string} userId */
export function addContract(world, contractId, userId) {
  world.contracts.push({
    contractId,
    status: "ACTIVE",
    clientId: SHOP.clientId,
    userId,
    title: "Fresh Box · صندوق طازج",
    description: TERMS,
    pageText: `Zaytoun Market may take up to 5,000 IQD each month from your wallet.\n${TERMS}\nYou can end this at any time in Agreements.`,
    acceptedAt: world.now(),
    agreedAmount: { currency: "IQD", value: "5000000" },
    monthlyCeiling: null,
    charges: 0,
    charged: { currency: "IQD", value: "0" },
  });
}

/**
 * @param {World} world
 * @param {{paymentId: string, requestId: string, contractId: string, userId: string, isPaid: boolean, code: string}} what
 */
export function recordPayment(world, { paymentId, requestId, contractId, userId, isPaid, code }) {
  const amount = (/** @type {number} */ dinars) => ({ currency: "IQD", value: String(dinars * 1000) });
  const payment = {
    paymentId,
    paymentRequestId: requestId,
    clientId: SHOP.clientId,
    userId,
    contractId,
    amount: amount(5_000),
    fee: amount(50),
    status: isPaid ? "SUCCESS" : "FAIL",
    code,
    createdAt: world.now(),
    description: "Fresh Box, صندوق طازج",
  };
  const postings = [
    { account: `user:${userId}:IQD`, label: `${world.user(userId)?.name}, balance`, amount: amount(-5_000) },
    { account: `merchant:${SHOP.merchantId}:IQD`, label: "Zaytoun Market, credit", amount: amount(4_950) },
    { account: "fees:IQD", label: "Fees", amount: amount(50) },
  ];
  const contract = world.contracts.find((candidate) => candidate.contractId === contractId);
  if (isPaid && contract) {
    contract.charges = (contract.charges ?? 0) + 1;
    contract.charged = amount(5_000 * contract.charges);
  }
  /** @type {import("../types.js").PaymentStory} */
  const story = { payment, postings: isPaid ? postings : [], outbox: [], messages: [] };
  world.payments.push(story);
  return story;
}

/**
 * @param {World} world
 * @param {string} userId
 * @param {string} paymentId
 * @param {boolean} isPaid
 * @param {bigint} left
 * @returns {import("../types.js").Message[]}
 */
export function messagesOf(world, userId, paymentId, isPaid, left) {
  const user = world.user(userId);
  const body = isPaid
    ? `Zaytoun Market took 5,000 IQD for Fresh Box. Your balance is ${(left / 1000n).toLocaleString("en")} IQD.`
    : "Zaytoun Market could not take 5,000 IQD for Fresh Box: your balance does not cover it.";
  const bodyAr = isPaid
    ? "خصم سوق زيتون ٥٬٠٠٠ د.ع عن صندوق طازج. كل خصم تجده في الاتفاقيات."
    : "لم يستطع سوق زيتون خصم ٥٬٠٠٠ د.ع: رصيدك لا يكفي.";
  const common = { userId, paymentId, at: world.now() };
  return [
    {
      ...common,
      channel: "inbox",
      to: user?.name ?? "",
      title: isPaid ? "5,000 IQD to Zaytoun Market" : "A charge was refused",
      body,
    },
    { ...common, channel: "sms", to: `+${user?.phone}`, title: null, body: bodyAr },
    {
      ...common,
      channel: "email",
      to: "sara@example.iq",
      title: isPaid ? "Receipt: Fresh Box" : "A charge was refused",
      body: `Dear ${user?.name},\n\n${body}\n\nYou can see every charge, and end this, under Agreements.`,
    },
  ];
}
