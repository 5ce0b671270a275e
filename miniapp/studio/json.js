// Lays JSON out for reading without changing a single token: numbers, escapes and key order stay as they were sent.

/** @typedef {{text: string, kind: "key" | "string" | "number" | "word" | "mark" | "space"}} Token */

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[[\]{},:]|\s+/gy;

/**
 * The tokens of a JSON text with line breaks and two blanks per level, or null if it is not JSON.
 * @param {string} text
 * @returns {Token[] | null}
 */
export function laidOut(text) {
  const raw = tokensOf(text);
  if (!raw) return null;
  /** @type {Token[]} */
  const out = [];
  let depth = 0;
  const lineBreak = () => out.push({ text: `\n${"  ".repeat(depth)}`, kind: "space" });
  raw.forEach((token, index) => {
    const next = raw[index + 1];
    if (token === "{" || token === "[") {
      out.push({ text: token, kind: "mark" });
      depth += 1;
      if (next !== "}" && next !== "]") lineBreak();
    } else if (token === "}" || token === "]") {
      depth -= 1;
      const before = raw[index - 1];
      if (before !== "{" && before !== "[") lineBreak();
      out.push({ text: token, kind: "mark" });
    } else if (token === ",") {
      out.push({ text: token, kind: "mark" });
      lineBreak();
    } else if (token === ":") {
      out.push({ text: ": ", kind: "mark" });
    } else {
      out.push({ text: token, kind: kindOf(token, next) });
    }
  });
  return out;
}

/** @param {string} text */
function tokensOf(text) {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return (text.match(TOKEN) ?? []).filter((token) => token.trim() !== "");
}

/** @param {string} token @param {string | undefined} next @returns {Token["kind"]} */
function kindOf(token, next) {
  if (token.startsWith('"')) return next === ":" ? "key" : "string";
  return /^[tfn]/.test(token) ? "word" : "number";
}
