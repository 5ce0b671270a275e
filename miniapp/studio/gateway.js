// Calls of the wallet's second dialect (`gateway.do`, its notifications, a signStr): parameters in a query and a form body, one of
// them a JSON text.

import { objectIn } from "./bodies.js";
import { paramsOf } from "./signstr.js";

/** @typedef {import("./types.js").Call} Call */
/** @typedef {import("./types.js").Amount} Amount */

/** Its sums are in this currency, with two decimals. */
const CURRENCY = "CNY";
const NOTICES = ["dut_user_sign", "dut_user_unsign", "dut_deduct_fail", "trade_status_sync"];

/** @param {Call} call */
export function isGatewayCall(call) {
  const path = call.request?.path ?? "";
  return call.title.startsWith("alipay.") || NOTICES.includes(call.title) || path.startsWith("/gateway.do");
}

/**
 * Its parameters, decoded: those of the query, then those of the body. Nothing if there are none.
 * @param {{request: import("./types.js").CallRequest | null}} call
 */
export function gatewayParams({ request }) {
  const [, query = ""] = (request?.path ?? "").split(/\?(.*)/s);
  const params = [query, request?.body ?? ""].flatMap((text) => paramsOf(text) ?? []);
  return params.length > 0 ? params : null;
}

/**
 * The sum a call of the gateway names.
 * @param {Call} call
 * @returns {Amount | null}
 */
export function gatewayAmount(call) {
  if (!isGatewayCall(call)) return null;
  const params = new Map(gatewayParams(call) ?? []);
  const content = objectIn(params.get("biz_content")) ?? {};
  const yuan = content.refund_amount ?? content.total_amount ?? params.get("refund_fee") ?? params.get("total_amount");
  const [, whole, rest = ""] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(String(yuan ?? "")) ?? [];
  return whole === undefined ? null : { currency: CURRENCY, value: String(BigInt(whole + rest.padEnd(2, "0"))) };
}

/** The text that was signed, one parameter after another: put together again with `&` between them it is that text. @param {string} text */
export function signedParams(text) {
  return text.split(/&(?=[a-z][a-z0-9_]*=)/);
}
