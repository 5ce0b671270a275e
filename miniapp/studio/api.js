// Talking to the wallet: JSON over the Studio's own origin, with the session's CSRF token on whatever changes state.

/** @typedef {ReturnType<typeof createApi>} Api */
/** @typedef {import("./types.js").Session} Session */

/** An answer that is not a success, or none at all (`status` 0, `code` NETWORK). */
export class ApiError extends Error {
  /** @param {string} message @param {string} code @param {number} status */
  constructor(message, code, status) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** @param {typeof fetch} [fetching] */
export function createApi(fetching = (input, init) => fetch(input, init)) {
  let csrf = "";

  /** @param {string} path @param {RequestInit} init */
  async function ask(path, init) {
    const response = await fetching(path, { credentials: "same-origin", ...init }).catch(() => {
      throw new ApiError("the wallet does not answer", "NETWORK", 0);
    });
    const text = await response.text();
    if (!response.ok) throw errorFrom(text, response.status);
    return text === "" ? null : JSON.parse(text);
  }

  /**
   * Reads. The caller says what it expects by assigning the answer.
   * @param {string} path
   * @returns {Promise<any>}
   */
  function get(path) {
    return ask(path, { headers: { Accept: "application/json" } });
  }

  /**
   * Changes something.
   * @param {string} path
   * @param {unknown} [content]
   * @returns {Promise<any>}
   */
  function post(path, content = {}) {
    const headers = { "Accept": "application/json", "Content-Type": "application/json", "X-CSRF": csrf };
    return ask(path, { method: "POST", headers, body: JSON.stringify(content) });
  }

  /**
   * The browser's session with the wallet app, made if there was none. Later posts carry its token.
   * @returns {Promise<Session>}
   */
  async function session() {
    const found = /** @type {Session} */ (await get("/app/v1/session"));
    csrf = found.csrf;
    return found;
  }

  /**
   * Signs this browser in as a demo user and takes over the new session's token.
   * @param {string} userId
   */
  async function signInAs(userId) {
    await post("/sandbox/v1/session", { userId });
    return session();
  }

  return { get, post, session, signInAs };
}

/** @param {string} text @param {number} status */
function errorFrom(text, status) {
  try {
    const { error } = JSON.parse(text);
    return new ApiError(String(error.message), String(error.code), status);
  } catch {
    return new ApiError(`HTTP ${status}`, "HTTP", status);
  }
}
