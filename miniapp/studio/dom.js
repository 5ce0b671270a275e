// Building elements. Whatever is put in as text becomes a text node: nothing here reads HTML.

/** @typedef {Node | string | number | null | undefined | false} Child */
/**
 * Attributes by name; `on…` members are listeners. `true` writes an empty attribute; false, null and undefined none.
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes
 */

/**
 * An element with its attributes and children. The first argument may name classes: `"span.chip.good"`.
 * @param {string} name
 * @param {Attributes | null} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(name, attributes, ...children) {
  const [tag = "div", ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value === true ? "" : String(value));
    }
  }
  append(element, ...children);
  return element;
}

/** @param {Element} element @param {...(Child | Child[])} children */
export function append(element, ...children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** @param {Element} element @param {...(Child | Child[])} children */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, ...children);
}

/**
 * Something that is read left to right in any language: an id, an address, code.
 * @param {Child} text
 */
export function code(text) {
  return h("bdi.code", { dir: "ltr" }, text);
}

/**
 * An amount or a date: figures of one width, kept together.
 * @param {Child} text
 */
export function num(text) {
  return h("bdi.num", null, text);
}

/**
 * The element of `index.html` with that id.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}
