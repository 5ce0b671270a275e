// Raw messages as code: JSON laid out with its tokens coloured, the exact text, the signed text with its parts marked.

import { h } from "../dom.js";
import { laidOut } from "../json.js";
import { copyButton, switched } from "../parts.js";
import { partsOf } from "../signed.js";

/** @typedef {import("../studio.js").Studio} Studio */

/** Raw text, left to right, that can be scrolled with the keyboard. @param {...import("../dom.js").Child} children */
export function block(...children) {
  return h("pre.code-block", { dir: "ltr", tabindex: "0" }, ...children);
}

/**
 * A body: laid out if it is JSON, and always as it was sent.
 * @param {Studio} studio
 * @param {string | null | undefined} body
 */
export function bodyView(studio, body) {
  const { words } = studio;
  if (!body) return h("p.soft", null, words.t("detail.nobody"));
  const size = words.t("detail.bytes", { n: new TextEncoder().encode(body).length });
  const exact = () => block(body);
  const tokens = laidOut(body);
  const copy = copyButton(studio, words.t("copy"), body, "button.link-button");
  if (!tokens) return switched([{ label: words.t("detail.exact"), draw: exact }], h("span.soft", null, size), copy);
  const pretty = () =>
    block(
      ...tokens.map((token) => (token.kind === "space" ? token.text : h(`span.j-${token.kind}`, null, token.text))),
    );
  const views = [
    { label: words.t("detail.pretty"), draw: pretty },
    { label: words.t("detail.exact"), draw: exact },
  ];
  return switched(views, h("span.soft", null, size), copy);
}

/**
 * The signed text: method and path, then client and time, then the body, each in its colour, not a byte changed.
 * @param {Studio} studio
 * @param {string} text
 */
export function signedView(studio, text) {
  const { line, prefix, body } = partsOf(text);
  const lineFeed = line.length < text.length ? "\n" : "";
  return h(
    "figure.signed",
    null,
    h(
      "figcaption",
      null,
      studio.words.t("signature.text"),
      copyButton(studio, studio.words.t("copy"), text, "button.link-button"),
    ),
    block(h("span.s-line", null, line), lineFeed, h("span.s-prefix", null, prefix), body),
  );
}

/**
 * Headers, folded away until wanted.
 * @param {Studio} studio
 * @param {Record<string, string> | undefined} headers
 */
export function headersView(studio, headers) {
  const all = Object.entries(headers ?? {});
  if (all.length === 0) return null;
  const rows = all.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value)));
  return h(
    "details.headers",
    null,
    h("summary", null, studio.words.t("detail.headers", { n: all.length })),
    h("dl", { dir: "ltr" }, rows),
  );
}
