// What the page's Content-Security-Policy and the wish for plain text nodes ask of the Studio's own files.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { en } from "../words/en.js";

const STUDIO = fileURLToPath(new URL("..", import.meta.url));
const files = ["", "detail", "styles", "tabs", "words"].flatMap((folder) =>
  readdirSync(join(STUDIO, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: join(folder, entry.name), text: readFileSync(join(STUDIO, folder, entry.name), "utf8") })),
);
const scripts = files.filter(({ name }) => name.endsWith(".js"));
const styles = files.filter(({ name }) => name.endsWith(".css"));
const page = files.find(({ name }) => name === "index.html")?.text ?? "";

test("nothing is inserted as HTML, and no style or handler is written inline", () => {
  for (const { name, text } of scripts) {
    assert.doesNotMatch(
      text,
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|"style"|eval\(|new Function/,
      name,
    );
  }
  assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
});

test("styles know no left and right", () => {
  for (const { name, text } of styles) {
    const sided = text.match(/[\s;{](?:margin|padding|border|inset)?-?(?:left|right)\s*:/g) ?? [];
    assert.deepEqual(sided, [], name);
  }
});

test("every style sheet is linked, and everything linked exists", () => {
  const linked = [...page.matchAll(/(?:href|src)="\/studio\/([^"]+)"/g)].map(([, path]) => path);
  for (const path of linked)
    assert.ok(
      files.some(({ name }) => name === path),
      path,
    );
  assert.deepEqual(
    styles.map(({ name }) => name).filter((name) => !linked.includes(name)),
    [],
  );
});

test("every word is used", () => {
  const source = scripts
    .filter(({ name }) => !name.startsWith("words"))
    .map(({ text }) => text)
    .join("\n");
  // Families that are looked up by a word of the wallet's, or by a name of ours.
  const families = /^(state|reason|channel|kind|step|product|by|operation\.[A-Z]+|lane|tab|view|live\.(all|steps|story|empty\.steps|errors|live|connecting|lost)|account|mistake|compare|apps\.key)\b/;
  const unused = Object.keys(en).filter((key) => !families.test(key) && !source.includes(`"${key}"`));
  assert.deepEqual(unused, []);
});
