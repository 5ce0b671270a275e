// What a merchant learns of its users by their tokens, and what it writes to them (spec: qicard 6.2 to 6.4, 7.11).

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { Merchant } from "../support/openapi.mjs";
import { CARDS, Town } from "../support/orders.mjs";
import { startWallet } from "../support/program.mjs";
import { Sandbox, eventually } from "../support/sandbox.mjs";

let wallet, sandbox, town, desk;
before(async () => {
  wallet = await startWallet();
  sandbox = new Sandbox(wallet);
  town = new Town(sandbox, Merchant.ofWallet(wallet));
  desk = town.desk;
});
after(() => wallet?.stop());

test("a message reaches the inbox once, in the user's language", async () => {
  const { userId } = await town.person(0);
  const { accessToken } = await town.token(desk.merchant, userId, ["NOTIFICATION_INBOX"]);
  const words = (Title, language) => ({ language, templateParameters: { Title, Content: "See you.", Url: "mini://platformapi/startapp?_ariver_appid=demo-shop" } });
  const body = {
    accessToken,
    requestId: randomUUID(),
    templateCode: "MINI_APP_COMMON_INBOX",
    templates: [words("طلبك في الطريق", "ar-IQ"), words("Your order is on its way", "en-US")],
  };
  const { messageId } = await desk.merchant.succeed("/v1/messages/sendInbox", body);
  assert.equal((await desk.merchant.succeed("/v1/messages/sendInbox", body)).messageId, messageId);
  const inbox = async () => (await sandbox.get("messages")).filter((one) => one.userId === userId && one.channel === "inbox");
  await eventually("it is there", async () => (await inbox()).length === 1);
  assert.equal((await inbox())[0].title, "Zaytoun Market: Your order is on its way");
});

test("cards and accounts are listed without what one could pay with", async () => {
  const { userId } = await town.person(0);
  const { accessToken, customerId } = await town.token(desk.merchant, userId, ["CARD_LIST"]);
  const ask = (name) => desk.merchant.succeed(`/v1/users/${name}`, { accessToken });
  assert.deepEqual((await ask("inquiryUserCardList")).cardList, [], "none is a normal answer");
  const { accountNumber, maskedNumber } = await sandbox.post("cards", { userId, number: CARDS.good });
  assert.match(maskedNumber, /^\D*4242$/);
  assert.deepEqual((await ask("inquiryUserCardList")).cardList, [{ maskedCardNo: maskedNumber, accountNumber }]);
  const { accountList } = await ask("inquiryUserAccountList");
  assert.deepEqual(accountList, [{ accountNumber: customerId }, { accountNumber }]);
  assert.ok(!JSON.stringify(await sandbox.get("cards")).includes(CARDS.good), "nobody has its number");
});

test("cards are listed in the order in which they were linked", async () => {
  const { userId } = await town.person(0);
  const { accessToken } = await town.token(desk.merchant, userId, ["CARD_LIST"]);
  const linked = [];
  for (const number of Object.values(CARDS)) linked.push((await sandbox.post("cards", { userId, number })).maskedNumber);
  const { cardList } = await desk.merchant.succeed("/v1/users/inquiryUserCardList", { accessToken });
  assert.deepEqual(cardList.map(({ maskedCardNo }) => maskedCardNo), linked);
});

test("a token with the merchant's scopes tells who the merchant is", async () => {
  const { userId } = await town.person(0);
  const { accessToken } = await town.token(desk.merchant, userId, ["MERCHANT_ID", "MERCHANT_NAME"]);
  const { merchantInfo } = await desk.merchant.succeed("/v1/merchants/inquiryMerchantInfo", { accessToken });
  assert.deepEqual(merchantInfo, { merchantId: "2166000000000001", merchantName: "Zaytoun Market" });
});
