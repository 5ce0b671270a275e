// What makes the wallet answer the calls about contracts, tokens, users and messages with each code of their tables
// (spec: qicard 5, 6, 7.11; openapi 3.19): `[answer, cause, act]`.

import { randomUUID } from "node:crypto";

const PREPARE = "/v1/authorizations/prepare";
const APPLY = "/v1/authorizations/applyToken";

const setUser = (town, userId, status) => town.sandbox.post(`users/${userId}/status`, { status });
const setClient = ({ sandbox }, { merchant }, standing) => sandbox.post(`clients/${merchant.clientId}/status`, standing);

/** Prepares a contract with other members than usual. */
const prepare = ({ merchant }, more = {}) => {
  const extendInfo = JSON.stringify({ language: "en-US", contractDesc: "Bread every week" });
  return merchant.call(PREPARE, { scopes: "AGREEMENT_PAY", extendInfo, ...more });
};

const apply = ({ merchant }, authCode, more) =>
  merchant.call(APPLY, { grantType: "AUTHORIZATION_CODE", authCode, ...more });
const refresh = ({ merchant }, refreshToken) => merchant.call(APPLY, { grantType: "REFRESH_TOKEN", refreshToken });

/** The code of a contract that somebody new has signed. */
async function signed(town, desk = town.desk, terms) {
  const authUrl = await desk.merchant.prepare(terms);
  return town.sandbox.sign(authUrl, (await town.person()).userId);
}

/** A contract's tokens, an hour and the given time ago. */
async function contract(town, desk = town.desk) {
  return desk.merchant.applyToken(await signed(town, desk));
}

/** A token of somebody new that may read: `{desk, userId, accessToken}`. */
async function reader(town, scopes, desk = town.desk) {
  const { userId } = await town.person();
  return { desk, userId, ...(await town.token(desk.merchant, userId, scopes)) };
}

export const PEOPLE_CODES = {
  "authorizations/prepare": [
    ["S SUCCESS", "an offer", ({ desk }) => prepare(desk)],
    ["F INVALID_SCOPE", "a scope that no contract has", ({ desk }) => prepare(desk, { scopes: "USER_NAME" })],
    ["F PARAM_ILLEGAL", "an offer without words", ({ desk }) => prepare(desk, { extendInfo: "{}" })],
    ["F INVALID_AUTH_CLIENT", "a client that has not agreed with the wallet on agreement payment", async (town) => {
      const desk = await town.newDesk();
      await setClient(town, desk, { agreementPay: "NOT_AGREED" });
      return prepare(desk);
    }],
    ["F INVALID_AUTH_CLIENT_STATUS", "a client whose agreement payment is suspended", async (town) => {
      const desk = await town.newDesk();
      await setClient(town, desk, { agreementPay: "SUSPENDED" });
      return prepare(desk);
    }],
  ],
  "authorizations/applyToken": [
    ["S SUCCESS", "a code", async (town) => apply(town.desk, await signed(town))],
    ["F INVALID_CODE", "a code that nobody was given", ({ desk }) => apply(desk, "0".repeat(32))],
    ["F INVALID_CODE", "the code of another merchant", async (town) => apply(await town.newDesk(), await signed(town))],
    ["F USED_CODE", "a code that was exchanged before", async (town) => {
      const authCode = await signed(town);
      await apply(town.desk, authCode);
      await town.wait("PT2M"); // sooner it is taken for a lost answer
      return apply(town.desk, authCode);
    }],
    ["F EXPIRED_CODE", "a code that is older than ten minutes", async (town) => {
      const authCode = await signed(town);
      await town.wait("PT11M");
      return apply(town.desk, authCode);
    }],
    ["F INVALID_REFRESH_TOKEN", "a refresh token that nobody was given", ({ desk }) => refresh(desk, "RT0")],
    ["F USED_REFRESH_TOKEN", "a refresh token that was exchanged before", async (town) => {
      const { refreshToken } = await contract(town);
      await refresh(town.desk, refreshToken);
      await town.wait("PT2M");
      return refresh(town.desk, refreshToken);
    }],
    ["F EXPIRED_REFRESH_TOKEN", "a refresh token that is older than ten years", async (town) => {
      const { refreshToken } = await contract(town);
      await town.wait("P11Y");
      return refresh(town.desk, refreshToken);
    }],
    ["F AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE", "a grant that is not offered", ({ desk }) =>
      apply(desk, "0".repeat(32), { grantType: "PASSWORD" })],
    ["F REFERENCE_CLIENT_ID_NOT_MATCH", "another sub-merchant than the contract was prepared for", async (town) => {
      const { merchant } = town.desk;
      const extendInfo = JSON.stringify({ language: "en-US", contractDesc: "Bread every week" });
      const offer = { scopes: "AGREEMENT_PAY", referenceClientId: "branch-1", extendInfo };
      const { authUrl } = await merchant.succeed(PREPARE, offer);
      const authCode = await town.sandbox.sign(authUrl, (await town.person()).userId);
      return apply(town.desk, authCode, { referenceClientId: "branch-2" });
    }],
    ["F INVALID_AUTH_CLIENT", "a client whose permission for agreement payment was taken back", async (town) => {
      const desk = await town.newDesk();
      const authCode = await signed(town, desk);
      await setClient(town, desk, { agreementPay: "NOT_AGREED" });
      return apply(desk, authCode);
    }],
    ["F INVALID_AUTH_CLIENT_STATUS", "a client whose agreement payment was suspended", async (town) => {
      const desk = await town.newDesk();
      const authCode = await signed(town, desk);
      await setClient(town, desk, { agreementPay: "SUSPENDED" });
      return apply(desk, authCode);
    }],
  ],
  "authorizations/cancelToken": [
    ["S SUCCESS", "a contract", async (town) => {
      const { accessToken } = await contract(town);
      return town.desk.merchant.call("/v1/authorizations/cancelToken", { accessToken });
    }],
    ["F INVALID_ACCESS_TOKEN", "a token that nobody was given", ({ desk }) =>
      desk.merchant.call("/v1/authorizations/cancelToken", { accessToken: "AT0" })],
  ],
  ...inquiries("users/inquiryUserInfo", "USER_NAME"),
  ...inquiries("users/inquiryUserCardList", "CARD_LIST", "USER_NAME"),
  ...inquiries("users/inquiryUserAccountList", "CARD_LIST", "USER_NAME"),
  ...inquiries("merchants/inquiryMerchantInfo", "MERCHANT_NAME", "USER_NAME"),
  ...messages("sendInbox", "INBOX"),
  ...messages("sendPush", "PUSH"),
};

/** The calls that read what a token allows. `lacking` is a scope that does not. */
function inquiries(path, scope, lacking) {
  const ask = ({ desk, accessToken }, more) => desk.merchant.call(`/v1/${path}`, { accessToken, ...more });
  const rows = [
    ["S SUCCESS", "a token with the scope", async (town) => ask(await reader(town, [scope]))],
    ["F INVALID_ACCESS_TOKEN", "a token that nobody was given", ({ desk }) => ask({ desk, accessToken: "AT0" })],
    ["F INVALID_ACCESS_TOKEN", "the token of another merchant", async (town) =>
      ask({ ...(await reader(town, [scope])), desk: await town.newDesk() })],
    ["F EXPIRED_ACCESS_TOKEN", "a token that was taken back", async (town) => {
      const token = await reader(town, [scope]);
      await town.desk.merchant.succeed("/v1/authorizations/cancelToken", { accessToken: token.accessToken });
      return ask(token);
    }],
    ["F USER_STATUS_ABNORMAL", "a user whom the operator has frozen", async (town) => {
      const token = await reader(town, [scope]);
      await setUser(town, token.userId, "FROZEN");
      return ask(token);
    }],
    ["F INVALID_AUTH_CLIENT", "a caller who says that it is another client", async (town) =>
      ask(await reader(town, [scope]), { authClientId: "somebody-else" })],
  ];
  const without = ["F ACCESS_DENIED", "a token without the scope", async (town) => ask(await reader(town, [lacking]))];
  return { [path]: lacking === undefined ? rows : [...rows, without] };
}

/** The calls that write to users. */
function messages(name, kind) {
  const send = ({ desk, accessToken }, more = {}) => {
    const templates = [{ templateParameters: { Title: "Your order", Content: "It is on its way.", Url: "mini://x" } }];
    const templateCode = `MINI_APP_COMMON_${kind}`;
    return desk.merchant.call(`/v1/messages/${name}`, { accessToken, requestId: randomUUID(), templateCode, templates, ...more });
  };
  const scope = `NOTIFICATION_${kind}`;
  return {
    [`messages/${name}`]: [
      ["S SUCCESS", "a user who agreed to messages", async (town) => send(await reader(town, [scope]))],
      ["F INVALID_ACCESS_TOKEN", "a token that nobody was given", ({ desk }) => send({ desk, accessToken: "AT0" })],
      ["F EXPIRED_ACCESS_TOKEN", "a token that was taken back", async (town) => {
        const token = await reader(town, [scope]);
        await town.desk.merchant.succeed("/v1/authorizations/cancelToken", { accessToken: token.accessToken });
        return send(token);
      }],
      ["F INVALID_AUTH_CLIENT", "a caller who says that it is another client", async (town) =>
        send(await reader(town, [scope]), { authClientId: "somebody-else" })],
      ["F USER_STATUS_ERROR", "a user whom the operator has frozen", async (town) => {
        const token = await reader(town, [scope]);
        await setUser(town, token.userId, "FROZEN");
        return send(token);
      }],
      ["F VERIFY_REQUEST_ID_INVALID", "the id of other words", async (town) => {
        const [token, requestId] = [await reader(town, [scope]), randomUUID()];
        await send(token, { requestId });
        return send(token, { requestId, templates: [{ templateParameters: { Title: "Another", Content: "It is late." } }] });
      }],
      ["F TEMPLATE_NOT_EXIST", "a template that the wallet does not have", async (town) =>
        send(await reader(town, [scope]), { templateCode: "MINI_APP_BIRTHDAY" })],
      ["F MESSAGE_SEND_EXCEED_LIMIT", "the twenty-first message of a day", async (town) => {
        const token = await reader(town, [scope]);
        for (let sent = 0; sent < 20; sent += 1) await send(token);
        return send(token);
      }],
      ["F USER_NOT_SUBSCRIBED", "a user who did not agree to messages", async (town) =>
        send(await reader(town, ["USER_NAME"]))],
    ],
  };
}
