// The page's calls, in the ways in which Mini Programs write them. Nothing here is particular to one wallet.

const $ = (id) => document.getElementById(id);

/** Writes an answer down, newest first. */
function write(kind, call, answer) {
  const item = document.createElement("li");
  item.className = kind;
  const title = document.createElement("b");
  title.textContent = `${call}: ${kind}`;
  const body = document.createElement("pre");
  body.textContent = JSON.stringify(answer, null, 2);
  item.append(title, body);
  $("answers").prepend(item);
}

function getAuthCode(scope) {
  my.getAuthCode({
    scopes: [scope],
    success: (res) => write("success", `getAuthCode ${scope}`, res),
    fail: (res) => write("fail", `getAuthCode ${scope}`, res),
  });
}

function sign() {
  const authUrl = $("auth-url").value.trim();
  // One callback for both cases: a truthy `error` tells them apart.
  AlipayJSBridge.call("qicardSignContract", { authUrl, extParams: {} }, (res) => {
    write(res.error || res.errorCode ? "fail" : "success", "qicardSignContract", res);
  });
}

function paySignCenter() {
  // Every status comes to success; fail is for a call that never started. What is in the text is told as it is.
  my.paySignCenter({
    signStr: $("sign-str").value.trim(),
    success: (res) => write("success", `paySignCenter ${res.resultStatus}`, res),
    fail: (res) => write("fail", "paySignCenter", res),
  });
}

function pay() {
  // The three codes after which money may have moved come to success, the three others to fail; some wallets call success for all.
  my.tradePay({
    paymentUrl: $("payment-url").value.trim(),
    success: (res) => write("success", "tradePay", res),
    fail: (res) => write("fail", "tradePay", res),
  });
}

/** A wallet may put AlipayJSBridge into the page late; then it says so with an event. */
function whenReady(start) {
  if (window.AlipayJSBridge) start();
  else document.addEventListener("AlipayJSBridgeReady", start, { once: true });
}

$("auth-base").addEventListener("click", () => getAuthCode("auth_base"));
$("auth-user").addEventListener("click", () => getAuthCode("auth_user"));
$("alert").addEventListener("click", () => {
  my.alert({ title: "Plain H5 app", content: "Drawn by the wallet, for this page.", success: (res) => write("success", "alert", res) });
});
$("sign").addEventListener("click", () => whenReady(sign));
$("pay-sign-center").addEventListener("click", paySignCenter);
$("pay").addEventListener("click", pay);
$("auth-url").value = new URLSearchParams(location.search).get("authUrl") ?? "";
// Decoded once, as a query is: the layer that signStr has of its own stays.
$("sign-str").value = new URLSearchParams(location.search).get("signStr") ?? "";
$("payment-url").value = new URLSearchParams(location.search).get("paymentUrl") ?? "";
