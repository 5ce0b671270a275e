// Several things may keep a part of the screen out of reach at once (a dialog, a loading sign, a wallet page): it is
// reachable again when the last of them lets go.

/** @type {WeakMap<HTMLElement, number>} */
const holds = new WeakMap();

/**
 * Takes an element out of reach of pointer, keyboard and screen reader.
 * @param {HTMLElement} element
 * @returns {() => void} lets go; calling it again does nothing
 */
export function holdInert(element) {
  holds.set(element, (holds.get(element) ?? 0) + 1);
  element.inert = true;
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    const left = (holds.get(element) ?? 1) - 1;
    holds.set(element, left);
    if (left === 0) element.inert = false;
  };
}
