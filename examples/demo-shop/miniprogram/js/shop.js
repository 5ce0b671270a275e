// The shop's backend, as the page sees it. Failures are `{code, message}`: the backend's own, or SHOP_UNREACHABLE.

/** Steps 1 and 4: asks for a contract in `language`. Resolves with `{authUrl}`. */
export const prepare = (language) => post("/api/prepare", { language, plan: "fresh-box" });

/** Step 11: hands over the code. Resolves with the subscription; its id is the only key to it, so keep it. */
export const subscribe = (authCode) => post("/api/subscribe", { authCode });

/** Lets the backend charge (steps 14 and 15). Resolves with the subscription and its charges. */
export const charge = (subscriptionId) => post("/api/charge", { subscriptionId });

/** Ends the contract. Resolves with the ended subscription. */
export const cancel = (subscriptionId) => post("/api/cancel", { subscriptionId });

let session = null;

/** Whether the backend knows who this is. */
export const isSignedIn = () => session !== null;

/**
 * Signs in with a code of `my.getAuthCode`. Resolves with `{bell, customerId, name, nameAr, subscription}`; the names may be
 * empty, the last may be null. The session stays in this module, for the calls below.
 */
export async function login(authCode) {
  const { session: given, ...visitor } = await post("/api/login", { authCode });
  session = given;
  return visitor;
}

/** What is on the shelf. */
export const goods = () => answer(fetch("/api/goods")).then((shelf) => shelf.goods);

/** Steps 9 to 12: makes an order. `once` makes it one order, however often it is sent. Resolves with the order. */
export const order = (goods, once, language) => post("/api/orders", { goods, once, language });

/** All orders of whoever is signed in, newest first. */
export const orders = () => answer(fetch("/api/orders", { headers: known() })).then((list) => list.orders);

/** Does `action` with an order: `pay`, `check`, `cancel` or `received`. Resolves with the order. */
export const act = (id, action) => post(`/api/orders/${encodeURIComponent(id)}/${action}`, {});

/** Calls `changed` each time an order of this customer changes. Returns a way to stop. */
export function listen(bell, changed) {
  const source = new EventSource(`/api/bell/${encodeURIComponent(bell)}`);
  source.onmessage = () => changed();
  return () => source.close();
}

/** The subscription as it is now. */
export const show = (subscriptionId) => answer(fetch(`/api/subscriptions/${encodeURIComponent(subscriptionId)}`));

/** Calls `changed` with the subscription each time something happens to it, such as a notification. Returns a way to stop. */
export function follow(subscriptionId, changed) {
  const source = new EventSource(`/api/subscriptions/${encodeURIComponent(subscriptionId)}/events`);
  source.onmessage = (event) => changed(JSON.parse(event.data));
  return () => source.close();
}

const post = (path, body) =>
  answer(fetch(path, { method: "POST", headers: { "Content-Type": "application/json", ...known() }, body: JSON.stringify(body) }));

const known = () => (session ? { Authorization: `Bearer ${session}` } : {});

async function answer(pending) {
  let response, body;
  try {
    response = await pending;
    body = await response.json();
  } catch {
    throw { code: "SHOP_UNREACHABLE", message: "no answer" };
  }
  if (response.status === 401) session = null;
  if (!response.ok) throw body.error ?? { code: "SHOP_UNREACHABLE", message: `HTTP ${response.status}` };
  return body;
}
