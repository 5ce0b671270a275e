// What the page knows about where it runs. The shell sends it with the port (jsapi.md 7.3); until then the frame's name,
// "mithaq/APPID/SPACE", which the shell gives to every frame it makes, serves the calls that cannot wait.

const NAME_PATTERN = /^mithaq\/([^/]+)\/([^/]+)$/;

const session = (() => {
  const named = NAME_PATTERN.exec(window.name);
  return {
    appId: named ? decodeURIComponent(named[1]) : "",
    /** Storage is kept apart by user and app (4.3): this is the part of the key that says which. */
    storageSpace: named ? named[2] : "local",
    sdkVersion: "2.8.5",
    // Pages ask for 10.0.18 at least before they call paySignCenter, as its document says.
    env: { clientName: "mithaq", clientVersion: "10.1.0", language: "", platform: platformOfAgent() },
    /** @type {Record<string, unknown>} */
    startupParams: { url: location.href },
  };
})();

/**
 * Takes over what came with the port. The objects stay the same ones: pages may hold on to them.
 * @param {Record<string, any>} given
 */
function takeSession(given) {
  for (const key of /** @type {const} */ (["appId", "sdkVersion", "storageSpace"])) {
    if (typeof given[key] === "string" && given[key] !== "") session[key] = given[key];
  }
  if (isObject(given.env)) Object.assign(session.env, given.env);
  if (isObject(given.startupParams)) Object.assign(session.startupParams, given.startupParams);
}

/** Pages ask for one of the phones' two systems; a browser on a computer is taken for the more common one. */
function platformOfAgent() {
  return /iPhone|iPad|iPod/.test(navigator.userAgent) ? "iOS" : "Android";
}

function pageLanguage() {
  return session.env.language || document.documentElement?.lang || navigator.language || "en-US";
}
