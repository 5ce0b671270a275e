// The wallet this page runs in: the `my` object that the bridge script defines, as promises.
// A failing call rejects with the wallet's reply, which carries `errorCode` (a string) among other spellings.

/** Steps 5 to 10: the wallet shows its own page for `authUrl`. Resolves with the authCode once the user has agreed. */
export function signContract(authUrl) {
  return asked((my, success, fail) => {
    my.call("qicardSignContract", { authUrl, extParams: {}, success, fail });
  }).then((reply) => reply.authCode);
}

/**
 * Asks who the user is (steps 2 to 5 of an order). `USER_ID` is silent and enough to order; `auth_user` tells the name, and
 * the wallet asks for consent once. Resolves with an authCode.
 */
export function signIn(scope) {
  return asked((my, success, fail) => {
    my.getAuthCode({ scopes: [scope], success, fail });
  }).then((reply) => reply.authCode);
}

/**
 * Steps 13 to 18: the wallet's cashier opens over this page. Resolves with the result code, of a success and of a failure
 * alike: it tells what to say to the user, never whether the order is paid.
 */
export function pay(paymentUrl) {
  const code = (reply) => String(reply?.resultCode ?? codeOf(reply));
  return asked((my, success, fail) => {
    my.tradePay({ paymentUrl, success, fail });
  }).then(code, code);
}

/** A question drawn by the wallet over this page. Resolves with true or false. */
export function confirm({ title, content, yes, no }) {
  return asked((my, success, fail) => {
    my.confirm({ title, content, confirmButtonText: yes, cancelButtonText: no, success, fail });
  }).then((reply) => reply.confirm === true);
}

/** Keeps `data` in the wallet, for this user and this Mini Program. Null removes it. */
export function keep(key, data) {
  return asked((my, success, fail) => {
    if (data === null) my.removeStorage({ key, success, fail });
    else my.setStorage({ key, data, success, fail });
  });
}

/** What was kept under `key`, or null. */
export function kept(key) {
  return asked((my, success, fail) => {
    my.getStorage({ key, success, fail });
  }).then((reply) => reply.data ?? null);
}

/** The code of a failed call, whichever way the wallet spells it. */
export const codeOf = (reply) => String(reply?.errorCode ?? reply?.error ?? reply?.code ?? "UNKNOWN");

/** True in a plain browser tab: the bridge is there, but nobody answers it. */
export const outside = () => window.parent === window && !window.opener && !/miniprogram|griver/i.test(navigator.userAgent);

function asked(start) {
  return new Promise((resolve, reject) => {
    if (globalThis.my) start(globalThis.my, resolve, reject);
    else reject({ errorCode: "NO_WALLET" });
  });
}
