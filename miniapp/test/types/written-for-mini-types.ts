// A program written against the published `@mini-types/my`. It is compiled twice: with those declarations, which proves that
// it is such a program, and with ours, which proves that it can be run here without a change.

/** Signs in. */
function signIn(): void {
  my.getAuthCode({
    scopes: ["auth_base"],
    success: (res) => {
      const code: string = res.authCode;
      const refused: Record<string, string> = res.authErrorScopes;
      my.setStorage({ key: "code", data: { code, refused } });
    },
    fail: (err) => {
      const { error, errorMessage }: { error?: number; errorMessage?: string } = err;
      my.alert({ title: String(error), content: errorMessage, buttonText: "OK" });
    },
    complete: () => my.hideLoading(),
  });
}

/** Pays, and reads the code as the documents say. */
async function pay(tradeNO: string): Promise<boolean> {
  const { resultCode } = await my.tradePay({ tradeNO });
  my.tradePay({
    orderStr: "app_id=1&sign=x",
    success: (res) => (res.resultCode === "9000" ? my.showToast({ content: "paid", type: "success", duration: 2000 }) : undefined),
    fail: (res) => my.alert({ content: JSON.stringify(res) }),
  });
  return resultCode === "9000";
}

/** Signs an agreement of periodic deduction, as the documents' sample does. */
async function agree(signStr: string): Promise<string> {
  my.paySignCenter({
    signStr,
    success: (res) => my.alert({ title: "success", content: JSON.stringify(res) }),
    fail: (res) => my.alert({ title: "fail", content: `${res.error} ${res.errorMessage}` }),
  });
  const { resultStatus, result } = await my.paySignCenter({ signStr });
  return resultStatus === "7000" ? JSON.parse(result).alipay_user_agreement_page_sign_response.agreement_no : "";
}

/** Talks to a backend. */
async function ask(): Promise<string> {
  const task = my.request({
    url: "https://shop.example/api/order",
    method: "POST",
    data: { item: "box" },
    headers: { "content-type": "application/json" },
    dataType: "json",
    timeout: 5000,
    success: ({ data, status, headers }) => void [data, status, headers],
    fail: ({ error, errorMessage }) => void [error, errorMessage],
  });
  task.abort({ requestTaskId: 1, operationType: "abort" });
  const { data, statusCode } = await task;
  return `${statusCode} ${JSON.stringify(data)}`;
}

/** Dialogs and the phone. */
async function talk(): Promise<void> {
  const { confirm } = await my.confirm({
    title: "Sure?", content: "It costs 5,000 IQD.", confirmButtonText: "Yes", cancelButtonText: "No", confirmColor: "#4a5726",
  });
  const { ok, inputValue } = await my.prompt({ title: "Coupon", message: "Your code", placeholder: "FRESH-5", align: "left" });
  const { index } = await my.showActionSheet({ items: ["a", "b"], destructiveBtnIndex: 1, cancelButtonText: "Cancel" });
  const { text } = await my.getClipboard();
  await my.setClipboard({ text: `${confirm} ${ok} ${inputValue} ${index} ${text}` });
  my.showLoading({ content: "One moment", delay: 100 });
  my.hideToast();
  const { code, result, scanType } = await my.scan({ scanType: ["qrCode", "barCode"], hideAlbum: true });
  my.alert({ content: `${code} ${result} ${scanType}` });
}

/** Storage, pages, the rest. */
async function remember(): Promise<void> {
  const { data } = await my.getStorage({ key: "cart" });
  my.setStorageSync({ key: "cart", data });
  const { data: again } = my.getStorageSync({ key: "cart" });
  const { keys, currentSize, limitSize } = my.getStorageInfoSync();
  await my.removeStorage({ key: "cart" });
  my.removeStorageSync({ key: "cart" });
  await my.clearStorage();
  my.clearStorageSync();
  const { platform, windowWidth, screen } = my.getSystemInfoSync();
  const { appId } = my.getAppIdSync();
  void [again, keys, currentSize, limitSize, platform, windowWidth, screen.width, appId, my.env.language, my.SDKVersion, my.isIDE];
  my.navigateTo({ url: "/order.html?id=1" });
  my.redirectTo({ url: "/done.html" });
  my.reLaunch({ url: "/" });
  my.switchTab({ url: "/" });
  my.navigateBack({ delta: 1 });
  if (my.canIUse("tradePay.object.tradeNO")) my.call("qicardSignContract", { authUrl: "" }, (res) => my.alert({ content: res }));
  my.call("getEnv", (res) => void res);
  await my.call("signContract", { signStr: "" });
  my.createWebViewContext("web").postMessage({ hello: 1 });
}

void [signIn, pay, agree, ask, talk, remember];
export {};
