// What our declarations say beyond the published ones, and what they refuse.

import type { AgreementStatus, Api, Failure, PayResultCode } from "../../types/my.js";

/** The twenty steps' three calls, as the seeds write them. */
async function pay(paymentUrl: string, authUrl: string): Promise<void> {
  my.getAuthCode({ scopes: ["USER_ID"], fail: ({ authErrorScopes }) => void authErrorScopes?.USER_ID });
  my.tradePay({
    paymentUrl,
    success: (res) => void my.alert({ content: JSON.stringify(res) }),
    fail: (res) => void my.alert({ content: JSON.stringify(res) }),
  });
  const { resultCode } = await my.tradePay({ paymentUrl });
  const code: PayResultCode = resultCode;
  const { authCode } = await my.qicardSignContract({ authUrl, extParams: { subClientId: "7" } });
  my.call("qicardSignContract", {
    authUrl,
    success: (res: { authCode: string }) => void [res.authCode, authCode, code],
    fail: (res: Failure<string>) => void res.errorCode,
  });
  const { authState } = await my.signContract({ signStr: authUrl });
  void authState;
}

/** Signs an agreement of periodic deduction, pays and signs in one, and reads what came of it. */
async function agree(signStr: string, orderStr: string): Promise<void> {
  my.paySignCenter({
    signStr,
    success: ({ resultStatus, result }) => void (resultStatus === "7000" && JSON.parse(result)),
    fail: ({ error, errorMessage }: { error: number; errorMessage: string }) => void [error, errorMessage],
  });
  const { resultStatus } = await my.paySignCenter({ signStr });
  const status: AgreementStatus = resultStatus;
  const { resultCode, result = "", memo } = await my.tradePay({ orderStr });
  void [status, resultCode, JSON.parse(result), memo];
}

/** The container's own way to call. */
function below(tradeNO: string): void {
  AlipayJSBridge.call("tradePay", { tradeNO }, ({ resultCode }) => void resultCode);
  AlipayJSBridge.call("getEnv", (res) => void res);
  AlipayJSBridge.call("anotherWalletsName", {}, (res) => void res);
  const known: Api = "scan";
  document.addEventListener("AlipayJSBridgeReady", () => void [known, AlipayJSBridge.startupParams.appId]);
  document.addEventListener("appHide", (event) => void event.data);
}

/** Mistakes are found. */
function mistakes(): void {
  // @ts-expect-error the address is needed
  my.qicardSignContract({});
  // @ts-expect-error exact letters: tradeNO
  my.tradePay({ tradeNo: "2026" });
  // @ts-expect-error the string is needed
  my.paySignCenter({});
  // @ts-expect-error no such name
  my.payNow({});
  // @ts-expect-error a text
  my.setClipboard({ text: 7 });
  // @ts-expect-error an Arabic page has no such member
  void my.env.dialect;
  // Names of other wallets are there, and give nothing back.
  const nothing: Promise<never> = my.chooseImage({ count: 1 });
  void nothing;
}

void [pay, agree, below, mistakes];
