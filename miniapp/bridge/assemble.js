// Puts the parts of the bridge script together, as the server does when it serves /bridge/v1.js: parts.json names the
// parts and what stands before and after them. For the tests.

import { readFileSync } from "node:fs";

/** @param {string} path from this folder */
const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");

/**
 * The whole classic script.
 * @param {{walletOrigin: string, observe?: boolean}} settings
 */
export function bridgeScript({ walletOrigin, observe = false }) {
  /** @type {{open: string, parts: string[], close: string}} */
  const { open, parts, close } = JSON.parse(read("parts.json"));
  const script = open + parts.map(read).join("\n") + close;
  return script
    .replace('"__MITHAQ_WALLET_ORIGIN__"', JSON.stringify(walletOrigin))
    .replace('"__MITHAQ_OBSERVE__"', JSON.stringify(String(observe)));
}
