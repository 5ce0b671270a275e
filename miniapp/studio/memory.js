// What the Studio remembers in this browser from one visit to the next. Without storage it forgets, and still works.

const PREFIX = "mithaq.studio.";

/** @param {"language" | "app"} name */
export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** @param {"language" | "app"} name @param {string} value */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is off or full; the choice holds until the page is closed.
  }
}
