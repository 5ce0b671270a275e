// The wallet this page runs in: the `my` object that the bridge script defines, as promises.
// A failing call rejects with the wallet's reply, which carries `errorCode` (a string) among other spellings.

/** Steps 5 to 10: the wallet shows its own page for `authUrl`. Resolves with the authCode once the user has agreed. */
export function signContract(authUrl) {
  return asked((my, success, fail) => {
    my.call("qicardSignContract", { authUrl, extParams: {}, success, fail });
  }).then((reply) => reply.authCode);
}

/** Asks who the user is. `auth_user` is not silent: the wallet asks for consent once. Resolves with an authCode. */
export function signIn() {
  return asked((my, success, fail) => {
    my.getAuthCode({ scopes: ["auth_user"], success, fail });
  }).then((reply) => reply.authCode);
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
