// Building elements without HTML text: whatever a Mini Program says becomes text, never markup.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [attributes] `class`, `text`, `on…` functions, `hidden` and `inert` as properties, the
 *   rest as attributes; undefined and false are left out
 * @param {...(Node|null)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Strokes on a grid of 24, drawn for this shell. */
const ICONS = {
  // The wallet's mark, as in /static/mark.svg.
  mark: "M17.4 9.6a3.3 3.3 0 1 1-3.3-3.1 3.2 3.2 0 0 1 3.3 3.1c0 2-1.5 3.2-3.6 3.2h-2.3c-2.4 0-3.7 1.1-3.7 3.4v2.3",
  close: "M6 6 18 18 M18 6 6 18",
  more: "M5 12h.01 M12 12h.01 M19 12h.01",
  lock: "M6 11h12v9H6z M9 11V8a3 3 0 0 1 6 0v3",
  check: "M5 12.5 10 17.5 19 7",
  cross: "M7 7 17 17 M17 7 7 17",
  alert: "M12 6v8 M12 18h.01",
  window: "M4 6h16v13H4z M4 10h16",
  offline: "M4 9a12 12 0 0 1 16 0 M7.5 13a7 7 0 0 1 9 0 M12 17h.01 M4 4 20 20",
  signal: "M5 18v-3 M10 18v-6 M15 18V9 M20 18V5",
  battery: "M3 8h15v8H3z M21 11v2",
};

/** @typedef {keyof typeof ICONS} IconName */

/** @param {IconName} name @returns {SVGSVGElement} */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: `mq-icon mq-icon-${name}`, "aria-hidden": "true" })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** The wallet's mark and name. @param {string} name */
export function brand(name) {
  return [el("i", { class: "mq-mark", "aria-hidden": "true" }, icon("mark")), el("b", { text: name })];
}

let lastId = 0;

/** An id that no other element has, for aria references. @param {string} prefix */
export function freshId(prefix) {
  lastId += 1;
  return `mq-${prefix}-${lastId}`;
}

/** The first letter of a name, as a mark. @param {string} name */
export function initialOf(name) {
  return [...name.trim()][0]?.toUpperCase() ?? "•";
}
