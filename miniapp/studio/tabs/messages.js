// Messages to users as they would be sent: SMS as bubbles, e-mail and inbox as cards. Nothing leaves the machine.

import { code, h, num } from "../dom.js";
import { icon } from "../icons.js";
import { emptyState } from "../parts.js";
import { listTab } from "./list.js";

/** @typedef {import("../studio.js").Studio} Studio */
/** @typedef {import("../types.js").Message} Message */

const ICONS = /** @type {const} */ ({ sms: "message", email: "mail", inbox: "inbox" });

/** @param {Studio} studio */
export function messagesTab(studio) {
  const { words } = studio;
  const note = () => h("p.saffron-banner", null, icon("alert"), words.t("messages.simulated"));
  return listTab(studio, "/sandbox/v1/messages", (/** @type {Message[]} */ messages) =>
    messages.length === 0
      ? [emptyState("message", words.t("messages.none"), words.t("messages.none.todo"))]
      : [
          note(),
          h(
            "div.messages",
            null,
            messages.toReversed().map((message) => one(studio, message)),
          ),
        ],
  );
}

/** @param {Studio} studio @param {Message} message */
function one({ words, format, people }, message) {
  const to = message.channel === "inbox" ? h("bdi", null, people.userName(message.userId)) : code(message.to);
  return h(
    `article.message.${message.channel}`,
    null,
    h(
      "header",
      null,
      icon(ICONS[message.channel]),
      h("b", null, words.known("channel", message.channel)),
      h("span", null, ...toWhom(words.t("message.to", { to: "\u0000" }), to)),
      h("time", { datetime: message.at }, num(format.dateTime(message.at))),
    ),
    message.title && message.channel !== "sms" && h("h2", { dir: "auto" }, message.title),
    h("p", { dir: "auto" }, message.body),
  );
}

/** @param {string} sentence @param {Node} to */
function toWhom(sentence, to) {
  const [before = "", after = ""] = sentence.split("\u0000");
  return [before, to, after];
}
