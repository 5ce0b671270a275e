// my.request (and its older name httpRequest) by the page's own fetch, its outcomes as jsapi.md 4.2 numbers them.
// The page's rules stay in force: CORS, its Content-Security-Policy, its cookies.

const REQUEST_TIMEOUT_MS = 30000;
const REQUEST_METHODS = ["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"];

/**
 * @param {Record<string, any>} args
 * @param {AbortSignal} signal aborted by the returned promise's abort()
 * @returns {Promise<Record<string, unknown>>}
 */
async function request(args, signal) {
  const { url, init } = requestOf(args);
  const controller = new AbortController();
  let timedOut = false;
  const stop = () => controller.abort();
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
  }, Number(args.timeout) > 0 ? Number(args.timeout) : REQUEST_TIMEOUT_MS);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  try {
    const response = await window.fetch(url, { ...init, signal: controller.signal });
    return await answerOf(response, args.dataType ?? "json");
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    if (signal.aborted) throw new Failure(failure(9, "aborted"));
    throw new Failure(timedOut ? failure(13, "timeout") : failure(12, "network"));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

/**
 * What fetch is asked to do. Throws a parameter failure for what a browser cannot send.
 * @param {Record<string, any>} args
 * @returns {{url: string, init: RequestInit}}
 */
function requestOf(args) {
  const method = String(args.method ?? "GET").toUpperCase();
  if (!REQUEST_METHODS.includes(method)) throw new Failure(failure(2, "parameter", "method"));
  const url = pageUrl(args.url);
  const headers = new Headers();
  for (const [name, value] of Object.entries(args.headers ?? args.header ?? {})) {
    try {
      headers.set(name, String(value));
    } catch {
      throw new Failure(failure(2, "parameter", "headers"));
    }
  }
  const data = args.data;
  if (method === "GET" || method === "HEAD") {
    if (isObject(data)) for (const [name, value] of formOf(data)) url.searchParams.append(name, value);
    return { url: url.href, init: { method, headers } };
  }
  if (data === undefined || data === null) return { url: url.href, init: { method, headers } };
  if (!headers.has("content-type")) headers.set("content-type", "application/json");
  const isForm = (headers.get("content-type") ?? "").includes("application/x-www-form-urlencoded");
  const body = typeof data === "string" ? data : isForm && isObject(data) ? formOf(data).toString() : JSON.stringify(data);
  return { url: url.href, init: { method, headers, body } };
}

/**
 * An address as the page would resolve it; only http and https.
 * @param {string} text
 */
function pageUrl(text) {
  let url;
  try {
    url = new URL(text, location.href);
  } catch {
    throw new Failure(failure(2, "parameter", "url"));
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new Failure(failure(2, "parameter", "url"));
  return url;
}

/** @param {Record<string, unknown>} data */
function formOf(data) {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(data)) {
    if (value === undefined || value === null) continue;
    form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  return form;
}

/**
 * @param {Response} response
 * @param {string} dataType
 */
async function answerOf(response, dataType) {
  const headers = Object.fromEntries(response.headers.entries());
  const common = { status: response.status, statusCode: response.status, headers, header: headers };
  if (!response.ok) {
    const text = await response.text();
    throw new Failure({ ...failure(19, "httpStatus"), ...common, data: jsonOr(text, text) });
  }
  if (dataType === "arraybuffer") return { ...common, data: await response.arrayBuffer() };
  if (dataType === "base64") return { ...common, data: base64Of(await response.arrayBuffer()) };
  const text = await response.text();
  if (dataType !== "json" || text === "") return { ...common, data: text };
  const data = jsonOr(text, undefined);
  if (data === undefined) throw new Failure({ ...failure(14, "parse"), ...common, data: text });
  return { ...common, data };
}

/** @param {string} text @param {unknown} otherwise @returns {any} */
function jsonOr(text, otherwise) {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}

/** @param {ArrayBuffer} buffer */
function base64Of(buffer) {
  let binary = "";
  for (const byte of new Uint8Array(buffer)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
