// The middle: six tabs, of which one is shown. Live is kept, the others are read anew whenever they are opened.

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { contractsTab } from "./tabs/contracts.js";
import { ledgerTab } from "./tabs/ledger.js";
import { messagesTab } from "./tabs/messages.js";
import { notificationsTab } from "./tabs/notifications.js";
import { paymentsTab } from "./tabs/payments.js";

/** @typedef {"live" | "contracts" | "payments" | "notifications" | "messages" | "ledger"} TabName */
/** @typedef {import("./tabs/list.js").Tab} Tab */

const ICONS = /** @type {const} */ ({
  live: "live",
  contracts: "contract",
  payments: "receipt",
  notifications: "bell",
  messages: "message",
  ledger: "scale",
});
const NAMES = /** @type {TabName[]} */ (Object.keys(ICONS));

/**
 * @param {HTMLElement} place
 * @param {import("./studio.js").Studio} studio
 * @param {Tab} live
 * @param {TabName} first
 */
export function createTabs(place, studio, live, first) {
  const { words } = studio;
  /** @type {Record<TabName, Tab>} */
  const tabs = {
    live,
    contracts: contractsTab(studio),
    payments: paymentsTab(studio),
    notifications: notificationsTab(studio),
    messages: messagesTab(studio),
    ledger: ledgerTab(studio),
  };
  let current = first;
  const buttons = NAMES.map((name) =>
    h(
      "button.tab",
      { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "tab-panel", onclick: () => open(name) },
      icon(ICONS[name]),
      h("span", null, words.t(`tab.${name}`)),
    ),
  );
  const panel = h("div.tab-panel", { role: "tabpanel", id: "tab-panel" });
  fill(place, h("div.tabs", { role: "tablist", "aria-label": words.t("tabs"), onkeydown: onKey }, buttons), panel);

  /** @param {TabName} name */
  function open(name) {
    current = name;
    NAMES.forEach((candidate, index) => {
      const button = buttons[index];
      button?.setAttribute("aria-selected", String(candidate === name));
      button?.setAttribute("tabindex", candidate === name ? "0" : "-1");
    });
    buttons[NAMES.indexOf(name)]?.scrollIntoView({ block: "nearest", inline: "nearest" });
    panel.setAttribute("aria-labelledby", `tab-${name}`);
    if (name === "live") panel.removeAttribute("tabindex");
    else panel.setAttribute("tabindex", "0");
    panel.className = `tab-panel ${name}`;
    fill(panel, tabs[name].node);
    void tabs[name].refresh();
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const onward = words.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = words.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const by = event.key === onward ? 1 : event.key === back ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const place = (NAMES.indexOf(current) + by + NAMES.length) % NAMES.length;
    open(/** @type {TabName} */ (NAMES[place]));
    buttons[place]?.focus();
  }

  open(first);
  return {
    open,
    current: () => current,
    /** Something happened: a list that is looked at is read again. Live is told by the stream. */
    refresh: () => (current === "live" ? undefined : void tabs[current].refresh()),
  };
}
