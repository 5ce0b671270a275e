// The shell's line to the server (JSON, same origin, session cookie): CSRF header on every change of state, and three
// kinds of outcome: an answer, a refusal (4xx), or nothing heard.

/** The server said no. */
export class Refused extends Error {
  /** @param {number} status @param {string} code @param {string} message */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** No usable answer: no connection, time ran out, or the server is in trouble (5xx). */
export class Unreachable extends Error {}

/**
 * @typedef {object} Session
 * @property {string} csrf
 * @property {null|{userId: string, name: string, nameAr?: string, language?: string}} user
 * @property {string} [walletOrigin]
 * @property {string} [tradePayRoute]  how the codes of my.tradePay reach pages, where that is set for all (tradepay.js)
 */

/** @param {typeof fetch} [fetcher] */
export function createClient(fetcher = fetch.bind(globalThis)) {
  let csrf = "";

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} body
   * @param {number} timeoutMs
   * @returns {Promise<any>}
   */
  async function once(method, path, body, timeoutMs) {
    /** @type {Record<string, string>} */
    const headers = { accept: "application/json" };
    if (method !== "GET") headers["x-csrf"] = csrf;
    if (body !== undefined) headers["content-type"] = "application/json";
    let response;
    let text;
    try {
      response = await fetcher(path, {
        method, headers, credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(timeoutMs),
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      text = await response.text();
    } catch (cause) {
      throw new Unreachable("no answer", { cause });
    }
    if (response.status >= 500) throw new Unreachable(`status ${response.status}`);
    const answer = parse(text);
    if (response.ok) return answer;
    throw new Refused(response.status, answer?.error?.code ?? "", answer?.error?.message ?? "");
  }

  /** @returns {Promise<Session>} */
  async function session() {
    const answer = await once("GET", "/app/v1/session", undefined, 8000);
    csrf = answer?.csrf ?? "";
    return answer;
  }

  return {
    session,
    /** @param {string} path @param {number} [timeoutMs] */
    get: (path, timeoutMs = 8000) => once("GET", path, undefined, timeoutMs),
    /**
     * Session and token change when the user signs in on a wallet page, or out: what is refused for that (401, 403) is
     * tried once more with fresh ones.
     * @param {string} path @param {unknown} [body] @param {number} [timeoutMs]
     */
    async post(path, body, timeoutMs = 15000) {
      if (csrf === "") await session();
      try {
        return await once("POST", path, body, timeoutMs);
      } catch (error) {
        if (!(error instanceof Refused) || (error.status !== 401 && error.status !== 403)) throw error;
        await session();
        return once("POST", path, body, timeoutMs);
      }
    },
  };
}

/** @typedef {ReturnType<typeof createClient>} Client */

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
