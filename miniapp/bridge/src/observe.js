// Sandbox only: shows the shell the page's own network calls, so that the Studio can draw what passes between the Mini
// Program and its merchant. Two messages a call, joined by `n`: one when it starts, one when it ends. The calls
// themselves are not touched: the page gets the very promise and the very object it would get without this.

let observedCount = 0;

function observeNetwork() {
  if (!OBSERVE) return;
  observeFetch();
  observeXhr();
}

/**
 * Tells the shell that a call began, and returns what tells that it ended.
 * @param {string} method
 * @param {string} url
 * @param {string} body
 * @returns {(status: number, responseBody: string) => void}
 */
function observedCall(method, url, body) {
  const began = performance.now();
  observedCount += 1;
  const start = { k: "net", n: observedCount, method, url: absoluteUrl(url), requestBody: firstBytes(body, OBSERVED_BYTES_MAX) };
  tellShell(start);
  return (status, responseBody) => {
    const ms = Math.round((performance.now() - began) * 10) / 10;
    tellShell({ ...start, status, ms, responseBody: firstBytes(responseBody, OBSERVED_BYTES_MAX) });
  };
}

/** @param {string} url */
function absoluteUrl(url) {
  try {
    return new URL(url, document.baseURI).href;
  } catch {
    return url;
  }
}

function observeFetch() {
  const original = window.fetch;
  if (typeof original !== "function") return;
  window.fetch = function fetch(input, init) {
    /** @type {((status: number, body: string) => void)|null} */
    let ended = null;
    try {
      const isRequest = typeof Request === "function" && input instanceof Request;
      const method = String(init?.method ?? (isRequest ? input.method : "GET")).toUpperCase();
      ended = observedCall(method, isRequest ? input.url : String(input), bodyText(init?.body));
    } catch {
      // Odd arguments are fetch's to refuse.
    }
    const promise = original.call(/** @type {any} */ (this ?? window), input, init);
    promise.then(
      (response) => responseText(response).then((text) => ended?.(response.status, text)),
      () => ended?.(0, ""),
    );
    return promise;
  };
}

function observeXhr() {
  const methods = window.XMLHttpRequest?.prototype;
  if (!methods) return;
  /** @type {WeakMap<XMLHttpRequest, {method: string, url: string}>} */
  const opened = new WeakMap();
  const { open, send } = methods;
  methods.open = /** @this {XMLHttpRequest} @param {any[]} args */ function (...args) {
    opened.set(this, { method: String(args[0]).toUpperCase(), url: String(args[1]) });
    return open.apply(this, /** @type {any} */ (args));
  };
  methods.send = /** @this {XMLHttpRequest} */ function (body) {
    const call = opened.get(this);
    if (call) {
      const ended = observedCall(call.method, call.url, bodyText(body));
      this.addEventListener("loadend", () => ended(this.status, xhrText(this)), { once: true });
    }
    return send.call(this, body);
  };
}

/** @param {unknown} body */
function bodyText(body) {
  if (body === undefined || body === null) return "";
  if (typeof body === "string") return body;
  return body instanceof URLSearchParams ? body.toString() : `[${Object.prototype.toString.call(body).slice(8, -1)}]`;
}

/** @param {XMLHttpRequest} xhr */
function xhrText(xhr) {
  if (xhr.responseType === "" || xhr.responseType === "text") return xhr.responseText;
  return xhr.responseType === "json" ? JSON.stringify(xhr.response) : "";
}

/**
 * The beginning of a text answer, read from a copy that is dropped as soon as enough was read. Answers that are no text,
 * that never end, or that the browser hides are not read.
 * @param {Response} response
 * @returns {Promise<string>}
 */
async function responseText(response) {
  try {
    const type = response.headers.get("content-type") ?? "";
    const readable = /json|text\/|xml|javascript|urlencoded/.test(type) && !type.includes("event-stream");
    if (!readable || response.bodyUsed || !response.body) return "";
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.clone().body).getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
      if (text.length >= OBSERVED_BYTES_MAX) {
        reader.cancel().catch(() => {});
        return text;
      }
    }
  } catch {
    return "";
  }
}
