// The simulated phone's clipboard: what Mini Programs put there they can read back. It is written through to the
// browser's clipboard where that is allowed, but never read from it: a page must not see what the user copied elsewhere.

import { succeeding } from "./replies.js";

let text = "";

/** @type {Record<string, (args: Record<string, any>) => Promise<import("./replies.js").Reply>>} */
export const clipboardApis = {
  async setClipboard({ text: given }) {
    text = String(given ?? "");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // No permission, or no secure context: the phone's own clipboard still has it.
    }
    return succeeding({ success: true });
  },
  async getClipboard() {
    return succeeding({ text });
  },
};
