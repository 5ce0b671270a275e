// The dialogs a Mini Program can ask for (jsapi.md 4.1). All its texts are shown as text; anything that is no text is
// shown as JSON, since pages pass whole replies.

import { el } from "./dom.js";
import { succeeding } from "./replies.js";

/**
 * @param {unknown} value
 * @param {string} [otherwise]
 * @returns {string}
 */
export function shownText(value, otherwise = "") {
  if (value === undefined || value === null || value === "") return otherwise;
  if (typeof value === "string") return value;
  return (typeof value === "object" ? JSON.stringify(value) : String(value)) ?? otherwise;
}

/**
 * @param {object} parts
 * @param {import("./modal.js").ModalQueue} parts.modals
 * @param {() => string} parts.appName
 * @param {() => import("./texts.js").Texts} parts.texts
 * @returns {Record<string, (args: Record<string, any>) => Promise<import("./replies.js").Reply>>}
 */
export function createDialogs({ modals, appName, texts }) {
  /** @param {string} text @param {() => void} onclick @param {string} [kind] @param {boolean} [first] */
  const button = (text, onclick, kind = "plain", first = false) =>
    el("button", { class: `mq-button mq-button-${kind}`, type: "button", "data-first": first, onclick }, el("span", { dir: "auto", text }));

  return {
    async alert({ title, content, buttonText }) {
      await modals.show({
        role: "alertdialog", shape: "card", from: appName(), title: shownText(title), text: shownText(content), cancelled: true,
        buttons: (answer) => [button(shownText(buttonText, texts()("ok")), () => answer(true), "main", true)],
      });
      return succeeding({});
    },

    async confirm({ title, content, confirmButtonText, cancelButtonText }) {
      const confirm = await modals.show({
        role: "alertdialog", shape: "card", from: appName(), title: shownText(title), text: shownText(content), cancelled: false,
        buttons: (answer) => [
          button(shownText(cancelButtonText, texts()("cancel")), () => answer(false)),
          button(shownText(confirmButtonText, texts()("ok")), () => answer(true), "main", true),
        ],
      });
      return succeeding({ confirm });
    },

    async prompt({ title, message, placeholder, align, okButtonText, cancelButtonText }) {
      const input = el("input", {
        class: "mq-input", type: "text", dir: "auto", placeholder: shownText(placeholder), maxlength: "1000",
        "aria-label": shownText(message) || shownText(title) || appName(),
      });
      if (["left", "center", "right"].includes(align)) input.style.textAlign = align;
      const ok = await modals.show({
        role: "dialog", shape: "card", from: appName(), title: shownText(title), text: shownText(message), body: [input], cancelled: false,
        buttons(answer) {
          input.addEventListener("keydown", (event) => {
            if (event.key === "Enter" && !event.isComposing) answer(true);
          });
          return [
            button(shownText(cancelButtonText, texts()("cancel")), () => answer(false)),
            button(shownText(okButtonText, texts()("ok")), () => answer(true), "main"),
          ];
        },
      });
      // What was typed and then not sent stays with the user.
      return succeeding({ ok, inputValue: ok ? input.value : "" });
    },

    async showActionSheet({ title, items, cancelButtonText, destructiveBtnIndex, badges }) {
      const marks = Array.isArray(badges) ? badges : [];
      const index = await modals.show({
        role: "dialog", shape: "sheet", from: appName(), title: shownText(title), cancelled: -1, lightDismiss: true,
        buttons: (answer) => [
          ...(Array.isArray(items) ? items : []).map((item, i) => {
            const row = button(shownText(item), () => answer(i), i === Number(destructiveBtnIndex ?? -1) ? "bad" : "row");
            const mark = marks.find((badge) => Number(badge?.index) === i && badge?.type !== "none");
            if (mark) row.append(el("i", { class: "mq-badge", text: shownText(mark.text, mark.type === "point" ? "" : "•") }));
            return row;
          }),
          button(shownText(cancelButtonText, texts()("cancel")), () => answer(-1), "cancel"),
        ],
      });
      return succeeding({ index, success: true });
    },
  };
}
