// Making elements. Words of the wallet and of users are set as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** The element with this id. */
export const $ = (id) => document.getElementById(id);

/** A new element with properties, `dataset` among them, and children; empty ones are left out. */
export function element(name, { dataset = {}, ...properties } = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  Object.assign(node.dataset, dataset);
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** One of the icons in the page. */
export const icon = (id) => drawing(`#${id}`, "0 0 24 24");

/** The picture of goods; of the till, without them. */
export function art(goods) {
  const svg = drawing(`/style/goods.svg#${goods ?? "till"}`, "0 0 120 120");
  svg.setAttribute("class", "art");
  svg.setAttribute("preserveAspectRatio", "xMidYMid slice");
  return svg;
}

/** Puts `children` into `parent` unless they would look the same: a redraw must not take the focus away. */
export function put(parent, children) {
  const shadow = element(parent.tagName);
  shadow.append(...children);
  if (shadow.innerHTML !== parent.innerHTML) parent.replaceChildren(...shadow.childNodes);
}

function drawing(href, viewBox) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", viewBox);
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  svg.firstChild.setAttribute("href", href);
  return svg;
}
