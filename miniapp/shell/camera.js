// The phone's camera, as a reader of codes: where the browser has a detector for them. No picture is kept or sent.

/** @typedef {{text: string, format: string}} Seen what a code says, and its kind by the browser's name */
/** @typedef {{detect(source: CanvasImageSource): Promise<{rawValue: string, format: string}[]>}} Detector */

const LOOK_MS = 150;

/**
 * Shows the camera in `video` until it has read a code, or until the element is taken away: then nothing was seen. Rejects
 * where there is no camera, no leave to use it, or no detector for any of the formats.
 * @param {HTMLVideoElement} video
 * @param {string[]} formats
 * @returns {Promise<Seen|null>}
 */
export async function camera(video, formats) {
  const Detector = detectorClass();
  const known = await Detector.getSupportedFormats();
  const usable = formats.filter((format) => known.includes(format));
  if (usable.length === 0) throw new Error("no detector for these formats");
  /** @type {Detector} */
  const detector = new Detector({ formats: usable });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  try {
    video.srcObject = stream;
    await video.play();
    return await firstCode(video, detector);
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

/** Whether this browser has both, a detector of codes and a way to ask for a camera. */
camera.isThere = () => typeof detectorClass() === "function" && typeof navigator.mediaDevices?.getUserMedia === "function";

/** @param {HTMLVideoElement} video @param {Detector} detector @returns {Promise<Seen|null>} */
async function firstCode(video, detector) {
  while (video.isConnected) {
    const [code] = await detector.detect(video).catch(() => []);
    if (code?.rawValue) return { text: code.rawValue, format: code.format };
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return null;
}

/** @returns {any} */
function detectorClass() {
  return /** @type {any} */ (globalThis).BarcodeDetector;
}
