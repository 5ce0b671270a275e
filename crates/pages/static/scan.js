// Reads a QR code with the camera, where the browser has a reader of its own. Elsewhere the page offers the text field
// alone, which it has without this script too.

const view = document.querySelector("[data-scan]");
const start = document.querySelector("[data-scan-start]");
const denied = document.querySelector("[data-scan-denied]");
const field = document.getElementById("text");
const video = view.querySelector("video");

/** Milliseconds between two looks: quick enough for a hand, slow enough for a battery. */
const PAUSE = 200;

async function canRead() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

/** Looks until there is a code; then the form is sent as if it had been typed. */
async function look(detector, stream) {
  const [code] = await detector.detect(video).catch(() => []);
  if (!code?.rawValue) {
    if (stream.active) setTimeout(look, PAUSE, detector, stream);
    return;
  }
  close(stream);
  field.value = code.rawValue;
  field.form.requestSubmit();
}

function close(stream) {
  for (const track of stream.getTracks()) track.stop();
  view.hidden = true;
}

async function open() {
  start.hidden = true;
  denied.hidden = true;
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    video.srcObject = stream;
    view.hidden = false;
    await video.play();
    addEventListener("pagehide", () => close(stream), { once: true });
    look(new BarcodeDetector({ formats: ["qr_code"] }), stream);
  } catch {
    denied.hidden = false;
    start.hidden = false;
  }
}

if (await canRead()) {
  start.hidden = false;
  start.addEventListener("click", open);
}
