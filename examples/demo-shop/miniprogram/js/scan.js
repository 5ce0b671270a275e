// Reads the code that a customer shows with the camera, where the browser can. A hand scanner needs nothing of this: it
// types the digits and presses Enter.

const FORMATS = ["qr_code", "code_128"];
/** Nobody holds a telephone up for longer. */
const PATIENCE_MS = 30_000;

/** Whether this browser has both a camera to ask for and a reader of codes. */
export const canScan = () => "BarcodeDetector" in globalThis && Boolean(navigator.mediaDevices?.getUserMedia);

/** Shows the camera in `video` until it has seen a code, or for a while. Resolves with the code, or null. */
export async function scanOnce(video) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    return await firstCode(video, Date.now() + PATIENCE_MS);
  } catch {
    return null; // no camera, or nobody allowed it: the digits can be typed
  } finally {
    stream?.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
    video.hidden = true;
  }
}

async function firstCode(video, until) {
  const reader = new BarcodeDetector({ formats: FORMATS });
  while (Date.now() < until) {
    const [seen] = await reader.detect(video);
    if (seen) return seen.rawValue;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return null;
}
