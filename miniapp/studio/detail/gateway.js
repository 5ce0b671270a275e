// A call of the second dialect, opened: its parameters, the text that was signed, a signStr with the mistakes in it, and a place
// to compare that text with the one that the merchant's server signed.

import { differencesOf } from "../compare.js";
import { objectIn } from "../bodies.js";
import { code, fill, h } from "../dom.js";
import { gatewayParams, signedParams } from "../gateway.js";
import { icon } from "../icons.js";
import { laidOut } from "../json.js";
import { copyButton, section, switched } from "../parts.js";
import { mistakesIn, readSignStr } from "../signstr.js";
import { block } from "./code.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../types.js").Call} Call */
/** @typedef {import("../signstr.js").Param} Param */

/**
 * What was sent, decoded, and as it was sent.
 * @param {Studio} studio
 * @param {{request: import("../types.js").CallRequest | null}} call
 */
export function paramsView(studio, call) {
  const { words } = studio;
  const params = gatewayParams(call);
  const { path = "", body } = call.request ?? {};
  const exact = [path.includes("?") ? path : "", body ?? ""].filter((part) => part !== "").join("\n\n");
  if (!params) return h("p.soft", null, words.t("detail.nobody"));
  const views = [
    { label: words.t("detail.pretty"), draw: () => laidOutParams(params) },
    { label: words.t("detail.exact"), draw: () => block(exact) },
  ];
  return switched(views, copyButton(studio, words.t("copy"), exact, "button.link-button"));
}

/** One parameter after another; what is JSON is laid out. @param {Param[]} params */
function laidOutParams(params) {
  const lines = params.flatMap(([name, value]) => [h("span.s-line", null, name), " = ", ...pretty(value), "\n"]);
  return block(...lines.slice(0, -1));
}

/** @param {string} value @returns {import("../dom.js").Child[]} */
function pretty(value) {
  const tokens = value.startsWith("{") ? laidOut(value) : null;
  if (!tokens) return [value];
  return tokens.map((token) => (token.kind === "space" ? token.text : h(`span.j-${token.kind}`, null, token.text)));
}

/**
 * The text that was signed, or that its signature ought to be over, a parameter a line; copied, it is one line again.
 * @param {Studio} studio
 * @param {import("../types.js").Signature & {text: string}} signature
 */
export function signedParamsView(studio, { text, valid }) {
  const { words } = studio;
  const rows = signedParams(text).map((pair, index, all) => {
    const end = pair.indexOf("=") + 1;
    return h("span.s-param", null, h("span.s-prefix", null, pair.slice(0, end)), pair.slice(end), index + 1 < all.length && "&");
  });
  const copy = copyButton(studio, words.t("copy"), text, "button.link-button");
  return h("figure.signed", null, h("figcaption", null, words.t(valid ? "signature.text" : "signature.checked"), copy), block(...rows));
}

/**
 * Where a developer puts the text that the server signed, and reads what is different.
 * @param {Studio} studio
 * @param {string} arrived  the wallet's text
 */
export function compareView(studio, arrived) {
  const { words } = studio;
  const told = h("ul.differences", { "aria-live": "polite" });
  const compare = (/** @type {{currentTarget: EventTarget | null}} */ { currentTarget }) => {
    const mine = /** @type {HTMLTextAreaElement} */ (currentTarget).value.trim();
    fill(told, ...(mine === "" ? [] : differences(studio, arrived, mine)));
  };
  return h(
    "details.compare",
    null,
    h("summary", null, words.t("compare.title")),
    h("label", null, h("span", null, words.t("compare.why")), h("textarea", { rows: "4", dir: "ltr", spellcheck: "false", oninput: compare })),
    told,
  );
}

/** @param {Studio} studio @param {string} arrived @param {string} mine */
function differences({ words }, arrived, mine) {
  const found = differencesOf(arrived, mine);
  if (found.length === 0) return [h("li.outcome.good", null, icon("check"), h("span", null, words.t("compare.same")))];
  return found.map(({ kind, name, mine: signed, arrived: here }) =>
    h(
      "li",
      null,
      h("b", null, name && code(name), name && " ", words.t(`compare.${kind}`)),
      signed !== undefined && h("p", null, words.t("compare.mine"), " ", code(signed)),
      here !== undefined && h("p", null, words.t("compare.arrived"), " ", code(here)),
    ),
  );
}

/**
 * What `my.paySignCenter` was given, and what its developer should change. Nothing for other calls.
 * @param {Studio} studio
 * @param {Call} call
 */
export function signStrPart(studio, call) {
  const { words } = studio;
  const text = signStrOf(call);
  if (text === null) return null;
  const verdict = call.signature ? { valid: call.signature.valid, status: call.status } : null;
  const params = readSignStr(text)?.params;
  const mistakes = mistakesIn(text, verdict ?? verdictIn(call));
  return section(
    words.t("signstr"),
    mistakes.length > 0 &&
      h(
        "ul.mistakes",
        null,
        mistakes.map((mistake) =>
          h("li", null, icon("alert"), h("div", null, h("b", null, words.t(`mistake.${mistake}`)), h("p", null, words.t(`mistake.${mistake}.todo`)))),
        ),
      ),
    params && params.length > 0 ? laidOutParams(params) : h("p.why", null, words.t("signstr.unreadable")),
  );
}

/** @param {Call} call @returns {string | null} */
function signStrOf(call) {
  if (call.title === "signStr") return call.request?.body ?? null;
  if (call.title !== "my.paySignCenter") return null;
  const { signStr } = objectIn(call.request?.body) ?? {};
  return typeof signStr === "string" ? signStr : null;
}

/** What the page was told about the signature, if it was refused for that. @param {Call} call */
function verdictIn(call) {
  const result = objectIn(/** @type {string | undefined} */ (objectIn(call.response?.body)?.result));
  const answer = /** @type {Record<string, unknown> | undefined} */ (result?.alipay_user_agreement_page_sign_response);
  return typeof answer?.sub_code === "string" ? { valid: false, status: answer.sub_code } : null;
}
