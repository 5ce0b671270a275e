// my.scan (qicard.md 10): reads a QR or bar code with the camera where the browser can, else asks the user to type what the
// code says. Only the code's text reaches the Mini Program, never a picture.

import { camera } from "./camera.js";
import { el } from "./dom.js";
import { failing, succeeding } from "./replies.js";

/** What a QR code can hold at most, in characters. */
const CODE_LENGTH_MAX = 4296;
/** What pages ask for, and the browser's names of it. @type {Record<string, string[]>} */
const FORMATS = {
  qrCode: ["qr_code"],
  barCode: ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "code_93", "code_39", "itf", "codabar"],
  dmCode: ["data_matrix"],
  pdf417Code: ["pdf417"],
};

/** @typedef {import("./camera.js").Seen} Seen */
/** @typedef {import("./replies.js").Reply} Reply */

/**
 * @param {object} parts
 * @param {import("./modal.js").ModalQueue} parts.modals
 * @param {() => string} parts.appName
 * @param {() => import("./texts.js").Texts} parts.texts
 * @returns {{scan: (args: Record<string, any>) => Promise<Reply>}}
 */
export function createScan({ modals, appName, texts }) {
  /** @param {string} text @param {() => void} onclick @param {string} kind */
  const button = (text, onclick, kind) =>
    el("button", { class: `mq-button mq-button-${kind}`, type: "button", onclick }, el("span", { text }));

  /** @param {string[]} formats @returns {Promise<Seen|"type"|null>} "type": without the camera; null: cancelled */
  function look(formats) {
    const video = el("video", { class: "mq-scan-view", playsinline: true, muted: true, "aria-hidden": "true" });
    const stage = el("div", { class: "mq-scan" }, video, el("i", { class: "mq-scan-corners", "aria-hidden": "true" }));
    const hint = el("p", { class: "mq-modal-text", role: "status", text: texts()("scanHint") });
    return modals.show({
      role: "dialog", shape: "card", from: appName(), title: texts()("scanTitle"), body: [stage, hint],
      cancelled: /** @type {Seen|"type"|null} */ (null),
      buttons(answer) {
        // The camera is on only while this dialog is seen, and what comes later comes too late.
        camera(video, formats).then((seen) => seen && video.isConnected && answer(seen), () => video.isConnected && answer("type"));
        return [
          button(texts()("cancel"), () => answer(null), "plain"),
          button(texts()("scanTypeInstead"), () => answer("type"), "main"),
        ];
      },
    });
  }

  /** @returns {Promise<string|null>} null: cancelled */
  function askForText() {
    const label = texts()("scanLabel");
    const input = el("input", {
      class: "mq-input", type: "text", dir: "auto", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      maxlength: String(CODE_LENGTH_MAX), "aria-label": label,
    });
    return modals.show({
      role: "dialog", shape: "card", from: appName(), title: label, text: texts()("scanByHand"), body: [input],
      cancelled: /** @type {string|null} */ (null),
      buttons(answer) {
        const done = () => answer(input.value.trim());
        input.addEventListener("keydown", (event) => {
          if (event.key === "Enter" && !event.isComposing) done();
        });
        return [button(texts()("cancel"), () => answer(null), "plain"), button(texts()("ok"), done, "main")];
      },
    });
  }

  return {
    async scan({ scanType }) {
      const wanted = wantedFormats(scanType);
      let seen = camera.isThere() ? await look(wanted) : "type";
      if (seen === "type") {
        const typed = await askForText();
        seen = typed === null ? null : { text: typed, format: wanted[0] ?? "qr_code" };
      }
      if (seen === null) return failing(10, texts()("scanCancelled"));
      return seen.text === "" ? failing(11, texts()("scanFailed")) : succeeding(scanned(seen));
    },
  };
}

/**
 * The browser's names for what a page wants to read; everything it may want, if it does not say.
 * @param {unknown} scanType
 */
export function wantedFormats(scanType) {
  const kinds = [scanType].flat().map(String).filter((kind) => Object.hasOwn(FORMATS, kind));
  return (kinds.length > 0 ? kinds : ["qrCode", "barCode"]).flatMap((kind) => FORMATS[kind]);
}

/**
 * The reply, in the members of both generations of the API.
 * @param {Seen} seen
 */
export function scanned({ text, format }) {
  const isBar = FORMATS.barCode.includes(format);
  const bytes = new TextEncoder().encode(text);
  return {
    code: text,
    codeType: format.toUpperCase(),
    codeContent: text,
    qrCode: isBar ? "" : text,
    barCode: isBar ? text : "",
    scanType: format.toUpperCase(),
    result: text,
    imageChannel: "camera",
    rawData: btoa(String.fromCharCode(...bytes)),
  };
}
