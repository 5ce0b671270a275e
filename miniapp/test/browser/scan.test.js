// my.scan as a person meets it (qicard.md 10): by the camera where the browser can read codes, else by typing.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { openShell, pause, startBrowser } from "./browser.js";
import { startWorld } from "./stub.js";

/** @type {import("./stub.js").World} */
let world;
/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  [world, browser] = await Promise.all([startWorld(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  world?.stop();
});
beforeEach(() => world.reset());

/** A browser with a camera and a detector: the code comes into the picture when `page.code` is set. */
function withCamera() {
  const page = /** @type {any} */ (window);
  page.streams = [];
  page.BarcodeDetector = class {
    static getSupportedFormats = async () => ["qr_code", "ean_13"];
    constructor(/** @type {any} */ options) {
      page.formats = options.formats;
    }
    detect = async () => (page.code ? [page.code] : []);
  };
  const getUserMedia = async () => {
    if (page.denied) throw new DOMException("no", "NotAllowedError");
    const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 300 });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.fillStyle = "#567";
    context.fillRect(0, 0, 300, 300);
    const stream = canvas.captureStream(5);
    page.streams.push(stream);
    return stream;
  };
  Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia } });
}
const withoutCamera = () => void delete (/** @type {any} */ (window).BarcodeDetector);
/** @param {import("./browser.js").Reach} shell */
const tracks = (shell) => shell.page.evaluate(() => /** @type {any} */ (window).streams.flatMap((/** @type {any} */ one) => one.getTracks().map((/** @type {any} */ track) => track.readyState)));

test("the camera reads a code: only its text reaches the page, and the camera is off again", async () => {
  const shell = await openShell(browser, world, { init: withCamera });
  const { outcome } = await shell.begin("scan", { scanType: ["qrCode"] });
  await shell.page.getByRole("dialog", { name: "Zaytoun Market" }).waitFor();
  await pause(300);
  assert.deepEqual(await tracks(shell), ["live"]);
  await shell.page.evaluate(() => void (/** @type {any} */ (window).code = { rawValue: "FRESH-5", format: "qr_code" }));
  const { ok, ret } = await outcome;
  assert.deepEqual([ok, ret.code, ret.qrCode, ret.barCode, ret.scanType], [true, "FRESH-5", "FRESH-5", "", "QR_CODE"]);
  assert.deepEqual(await tracks(shell), ["ended"]);
  assert.deepEqual(await shell.page.evaluate(() => /** @type {any} */ (window).formats), ["qr_code"]);
  await shell.close();
});

test("cancelling is error 10, and the camera is off again", async () => {
  const shell = await openShell(browser, world, { init: withCamera });
  for (const leave of [() => shell.page.getByRole("button", { name: "Cancel" }).click(), () => shell.page.keyboard.press("Escape")]) {
    const { outcome } = await shell.begin("scan");
    await shell.page.getByText("Point the camera at a code").waitFor();
    await pause(200);
    await leave();
    const { ok, ret } = await outcome;
    assert.deepEqual([ok, ret.error, ret.errorCode], [false, 10, "10"]);
    await pause(250);
  }
  assert.deepEqual(await tracks(shell), ["ended", "ended"]);
  await shell.close();
});

test("a page that goes away takes its camera with it", async () => {
  const shell = await openShell(browser, world, { init: withCamera });
  await shell.begin("scan");
  await shell.page.getByText("Point the camera at a code").waitFor();
  await pause(200);
  await shell.program().evaluate(() => location.reload());
  await shell.page.getByText("Point the camera at a code").waitFor({ state: "detached" });
  await pause(300);
  assert.deepEqual(await tracks(shell), ["ended"]);
  await shell.close();
});

test("a camera that is not allowed, or not wanted, gives way to typing", async () => {
  const shell = await openShell(browser, world, { init: withCamera });
  await shell.page.evaluate(() => void (/** @type {any} */ (window).denied = true));
  const denied = await shell.begin("scan");
  await shell.page.getByRole("textbox", { name: "What does the code say?" }).fill("  6291041500213 ");
  await shell.page.keyboard.press("Enter");
  assert.deepEqual((await denied.outcome).ret.code, "6291041500213");
  await shell.page.evaluate(() => void (/** @type {any} */ (window).denied = false));
  const chosen = await shell.begin("scan");
  await shell.page.getByRole("button", { name: "Type it" }).click();
  await shell.page.getByRole("textbox", { name: "What does the code say?" }).waitFor();
  await pause(250);
  assert.deepEqual(await tracks(shell), ["ended"]);
  await shell.page.getByRole("button", { name: "Cancel" }).click();
  assert.equal((await chosen.outcome).ret.error, 10);
  await shell.close();
});

test("without a detector the shell asks at once; nothing typed is error 11", async () => {
  const shell = await openShell(browser, world, { init: withoutCamera });
  const { outcome } = await shell.begin("scan", { scanType: ["barCode"] });
  await shell.page.getByRole("textbox", { name: "What does the code say?" }).fill("   ");
  await shell.page.getByRole("button", { name: "OK" }).click();
  assert.deepEqual([(await outcome).ok, (await outcome).ret.error], [false, 11]);
  const typed = await shell.begin("scan", { scanType: ["barCode"] });
  await shell.page.getByRole("textbox").fill("6291041500213");
  await shell.page.getByRole("button", { name: "OK" }).click();
  assert.deepEqual((await typed.outcome).ret.barCode, "6291041500213");
  await shell.close();
});
