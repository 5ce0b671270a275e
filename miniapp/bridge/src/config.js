// What the server writes into this script when it serves it, and the limits both sides of the port keep (jsapi.md 7.3).
// Each placeholder occurs once, as a whole string literal.

/** The wallet's origin: the only one a port is taken from, and the only one that is greeted. */
const WALLET_ORIGIN = "__MITHAQ_WALLET_ORIGIN__";

/** Whether the page's own network calls are shown to the shell: sandbox only. */
const OBSERVE = /** @type {string} */ ("__MITHAQ_OBSERVE__") === "true";

/** Largest message on the port, in bytes of JSON. */
const MESSAGE_BYTES_MAX = 64 * 1024;

/** How much of a body is shown to the shell when observing, in bytes. */
const OBSERVED_BYTES_MAX = 16 * 1024;

/** How long calls wait for a shell that does not send a port, in ms. */
const PORT_WAIT_MS = 15000;
