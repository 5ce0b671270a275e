// The messages of the pretended wallet as they look on the wire: signed requests, answers, notifications, page calls.

import { SHOP } from "./world.js";

/** @typedef {import("./world.js").World} World */
/** @typedef {import("../types.js").Call} Call */

const SHOP_ORIGIN = "http://127.0.0.1:7601";
const A_SIGNATURE = "Qm90aCBzaWRlcyBjYW4gcmVhZCB0aGlzLCBub2JvZHkgY2FuIGNoYW5nZSBpdA+/8c7d==";

/**
 * @param {World} world
 * @param {number | null} step
 * @param {number | null} replyStep
 * @param {string} title
 * @param {unknown} content
 * @returns {Partial<Call>}
 */
export function signed(world, step, replyStep, title, content) {
  const path = `/v1/${title}`;
  const body = JSON.stringify(content);
  const time = world.now().replace(/\.\d+/, "");
  const headers = {
    "Client-Id": SHOP.clientId,
    "Request-Time": time,
    "Signature": `algorithm=RSA256, keyVersion=1, signature=${A_SIGNATURE}`,
    "Content-Type": "application/json; charset=UTF-8",
  };
  const signature = {
    valid: true,
    keyVersion: 1,
    clientName: SHOP.merchantName,
    text: `POST ${path}\n${SHOP.clientId}.${time}.${body}`,
    reason: null,
  };
  return {
    from: "merchant",
    to: "wallet",
    step,
    replyStep,
    kind: "openapi",
    title,
    request: { method: "POST", path, headers, body },
    signature,
  };
}

/** @param {World} world @param {unknown} content @returns {Partial<Call>} */
export function answered(world, content) {
  const headers = {
    "Client-Id": SHOP.clientId,
    "Response-Time": world.now(),
    "Signature": `algorithm=RSA256, keyVersion=1, signature=${A_SIGNATURE}`,
  };
  return { outcome: "good", status: "S SUCCESS", response: { status: 200, headers, body: JSON.stringify(content) } };
}

/** @param {World} world @param {string} body @returns {Partial<Call>} */
export function notification(world, body, path = "/hooks/payment") {
  const time = world.now().replace(/\.\d+/, "");
  const headers = {
    "Client-Id": SHOP.clientId,
    "Request-Time": time,
    "Signature": `algorithm=RSA256, keyVersion=1, signature=${A_SIGNATURE}`,
  };
  return {
    from: "wallet",
    to: "merchant",
    step: 16,
    kind: "notification",
    title: "paymentNotifyUrl",
    request: { method: "POST", path, headers, body },
    signature: {
      valid: true,
      keyVersion: 1,
      clientName: "Mithaq",
      text: `POST ${path}\n${SHOP.clientId}.${time}.${body}`,
      reason: null,
    },
  };
}

/**
 * @param {number} step
 * @param {number | null} replyStep
 * @param {string} method
 * @param {string} path
 * @param {string} title
 * @param {unknown} content
 * @returns {Partial<Call>}
 */
export function page(step, replyStep, method, path, title, content) {
  return {
    from: "miniProgram",
    to: "merchant",
    step,
    replyStep,
    kind: "net",
    title,
    request: {
      method,
      path: SHOP_ORIGIN + path,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(content),
    },
  };
}

/** @param {unknown} content @returns {Partial<Call>} */
export function pageAnswered(content) {
  return {
    outcome: "good",
    status: "HTTP 200",
    response: { status: 200, headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) },
  };
}

/** @param {string} ix @param {unknown} args @returns {Partial<Call>} */
export function jsapi(ix, args) {
  return {
    from: "miniProgram",
    to: "wallet",
    step: 5,
    replyStep: 10,
    kind: "jsapi",
    title: 'my.call("qicardSignContract")',
    links: { ix },
    request: { body: JSON.stringify(args) },
  };
}
