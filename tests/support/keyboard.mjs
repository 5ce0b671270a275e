// A browser without a mouse.

import assert from "node:assert/strict";

/** The most presses of Tab before something is taken to be out of reach. */
const TABS_MAX = 40;

/** Presses Tab until what has the focus in `place` (a page or a frame of it) fits `selector`. */
export async function tabTo(page, place, selector) {
  const path = [];
  for (let count = 0; count < TABS_MAX; count += 1) {
    const at = await place.evaluate((wanted) => {
      const { activeElement } = document;
      return activeElement.matches(wanted) || activeElement.outerHTML.slice(0, 80);
    }, selector);
    if (at === true) return;
    path.push(at);
    await page.keyboard.press("Tab");
  }
  assert.fail(`${selector} is out of reach: ${path.join("\n")}`);
}
