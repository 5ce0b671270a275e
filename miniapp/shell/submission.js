// Whether a confirmation has left a wallet page. The page is of our origin, so its forms are watched from here: should the
// server then say nothing, the user may have paid (jsapi.md 5). Signing in, or refusing, is no confirmation.

/** While a document is on its way, how often to look whether it is there: before anybody can type a PIN into it. */
const LOOK_MS = 30;

/**
 * @param {HTMLIFrameElement} frame
 * @returns {{sent: () => boolean, stop: () => void}}
 */
export function watchConfirmation(frame) {
  let sent = false;
  /** @type {Document|null} */
  let watched = null;
  let timer = setInterval(look, LOOK_MS);

  function look() {
    let inside = null;
    try {
      inside = frame.contentDocument;
    } catch {
      // A browser's own error page: it has no forms.
    }
    if (!inside || inside === watched || inside.URL === "about:blank") return;
    clearInterval(timer);
    watched = inside;
    let last = "";
    inside.addEventListener("submit", (event) => {
      last = actionOf(event);
      if (!event.defaultPrevented && isConfirmation(last)) sent = true;
    });
    // The page's script may hold a form back while there is no connection, and send it later without an event.
    inside.defaultView?.addEventListener("pagehide", () => {
      if (isConfirmation(last)) sent = true;
      clearInterval(timer);
      timer = setInterval(look, LOOK_MS);
    });
  }

  frame.addEventListener("load", look);
  return {
    sent: () => sent,
    stop() {
      clearInterval(timer);
      frame.removeEventListener("load", look);
    },
  };
}

/** Where a form goes. @param {SubmitEvent} event */
function actionOf({ submitter, target }) {
  const form = /** @type {HTMLFormElement} */ (target);
  return (submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "").split(/[?#]/)[0];
}

/** @param {string} action */
function isConfirmation(action) {
  return action.endsWith("/confirm");
}
