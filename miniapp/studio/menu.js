// A button that opens a small panel below itself; Escape and a press elsewhere close it.

import { h } from "./dom.js";

/**
 * @param {HTMLElement} button
 * @param {HTMLElement} panel
 * @returns {{node: HTMLElement, close: () => void}}
 */
export function createMenu(button, panel) {
  const node = h("div.menu", null, button, panel);
  panel.hidden = true;
  panel.classList.add("menu-panel");
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-haspopup", "true");

  /** @param {boolean} isOpen */
  function show(isOpen) {
    panel.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) {
      document.addEventListener("pointerdown", closeFromOutside, true);
      firstIn(panel)?.focus();
    } else {
      document.removeEventListener("pointerdown", closeFromOutside, true);
    }
  }

  /** @param {Event} event */
  function closeFromOutside(event) {
    if (!node.contains(/** @type {Node} */ (event.target))) show(false);
  }

  button.addEventListener("click", () => show(panel.hidden !== false));
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) {
      event.stopPropagation();
      show(false);
      button.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!panel.hidden && moveFocus(panel, event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    }
  });
  node.addEventListener("focusout", (event) => {
    const next = /** @type {Node | null} */ (event.relatedTarget);
    if (next && !node.contains(next)) show(false);
  });
  return { node, close: () => show(false) };
}

/** @param {HTMLElement} panel */
function firstIn(panel) {
  const items = itemsIn(panel);
  return items.find((item) => item.getAttribute("aria-checked") === "true") ?? items[0];
}

/** @param {HTMLElement} panel @param {number} by */
function moveFocus(panel, by) {
  const items = itemsIn(panel);
  const place = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = items[(place + by + items.length) % items.length];
  next?.focus();
  return next !== undefined;
}

/** @param {HTMLElement} panel @returns {HTMLElement[]} */
function itemsIn(panel) {
  return [...panel.querySelectorAll(/** @type {"button"} */ ("button:not([disabled]), input"))];
}
