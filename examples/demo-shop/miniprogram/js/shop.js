// The shop's backend, as the page sees it. Failures are `{code, message}`: the backend's own, or SHOP_UNREACHABLE.

/** Steps 1 and 4: asks for a contract in `language`. Resolves with `{authUrl}`. */
export const prepare = (language) => post("/api/prepare", { language, plan: "fresh-box" });

/** Step 11: hands over the code. Resolves with the subscription; its id is the only key to it, so keep it. */
export const subscribe = (authCode) => post("/api/subscribe", { authCode });

/** Lets the backend charge (steps 14 and 15). Resolves with the subscription and its charges. */
export const charge = (subscriptionId) => post("/api/charge", { subscriptionId });

/** Ends the contract. Resolves with the ended subscription. */
export const cancel = (subscriptionId) => post("/api/cancel", { subscriptionId });

/** Signs in with a code of `my.getAuthCode`. Resolves with `{name, nameAr, subscription}`; the last may be null. */
export const login = (authCode) => post("/api/login", { authCode });

/** The subscription as it is now. */
export const show = (subscriptionId) => answer(fetch(`/api/subscriptions/${encodeURIComponent(subscriptionId)}`));

/** Calls `changed` with the subscription each time something happens to it, such as a notification. Returns a way to stop. */
export function follow(subscriptionId, changed) {
  const source = new EventSource(`/api/subscriptions/${encodeURIComponent(subscriptionId)}/events`);
  source.onmessage = (event) => changed(JSON.parse(event.data));
  return () => source.close();
}

const post = (path, body) =>
  answer(fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }));

async function answer(pending) {
  let response, body;
  try {
    response = await pending;
    body = await response.json();
  } catch {
    throw { code: "SHOP_UNREACHABLE", message: "no answer" };
  }
  if (!response.ok) throw body.error ?? { code: "SHOP_UNREACHABLE", message: `HTTP ${response.status}` };
  return body;
}
