// Mounts the shell as the Studio does, and keeps every event for the test to read.

// Found by its address on the stub wallet: no file stands there for the type checker.
const { mountShell } = await import(/** @type {string} */ ("/shell/shell.js"));

const page = /** @type {any} */ (window);
page.events = [];
const query = new URLSearchParams(location.search);
const app = await (await fetch("/app/v1/apps/app-1")).json();
if (query.get("start")) app.startUrl = query.get("start");
page.shell = mountShell(/** @type {HTMLElement} */ (document.getElementById("phone")), {
  walletOrigin: location.origin, app, sandbox: true, patienceMs: 1500, language: query.get("language") ?? "en-US",
  onEvent: (/** @type {any} */ event) => page.events.push(event),
});
