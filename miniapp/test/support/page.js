// A page for unit tests: the bridge script in a node:vm context with the little of a browser that it uses, and a shell
// at the other end of a real MessageChannel.

import { afterEach } from "node:test";
import { MessageChannel } from "node:worker_threads";
import vm from "node:vm";
import { bridgeScript } from "../../bridge/assemble.js";

export const WALLET = "http://localhost:7600";
export const PAGE = "http://127.0.0.1:7601/shop/index.html?from=test";

/** Ports that would keep the test process alive. @type {Set<import("node:worker_threads").MessagePort>} */
const openPorts = new Set();
afterEach(() => {
  for (const port of openPorts) port.close();
  openPorts.clear();
});

/** A replacement for the browser's Storage. `quota` is in characters. */
export function fakeStorage(quota = Infinity) {
  const map = new Map();
  return {
    get length() {
      return map.size;
    },
    key: (/** @type {number} */ i) => [...map.keys()][i] ?? null,
    getItem: (/** @type {string} */ key) => map.get(key) ?? null,
    removeItem: (/** @type {string} */ key) => void map.delete(key),
    setItem(/** @type {string} */ key, /** @type {string} */ value) {
      if (key.length + value.length > quota) throw new DOMException("full", "QuotaExceededError");
      map.set(key, value);
    },
  };
}

/**
 * Loads the bridge. `over` replaces members of the window before the script runs.
 * @param {Record<string, any>} [over]
 * @param {{observe?: boolean, readyState?: string, alone?: boolean}} [settings] alone: an ordinary tab
 */
export function openPage(over = {}, settings = {}) {
  /** @type {unknown[]} */
  const pageErrors = [];
  /** @type {any[]} */
  const hellos = [];
  /** @type {string[]} */
  const visited = [];
  const parent = { postMessage: (/** @type {any} */ data, /** @type {string} */ origin) => hellos.push({ data, origin }) };
  const windowEvents = new EventTarget();
  const document = Object.assign(new EventTarget(), {
    readyState: settings.readyState ?? "loading",
    documentElement: { lang: "en" },
    baseURI: PAGE,
  });
  /** @type {Record<string, any>} */
  const window = {
    parent, opener: null, document, name: "", innerWidth: 390, innerHeight: 700, devicePixelRatio: 2,
    location: {
      href: PAGE,
      assign: (/** @type {string} */ url) => visited.push(`assign ${url}`),
      replace: (/** @type {string} */ url) => visited.push(`replace ${url}`),
    },
    history: { go: (/** @type {number} */ n) => visited.push(`go ${n}`) },
    navigator: { userAgent: "Mozilla/5.0 (Linux; Android 14)", language: "en-US" },
    localStorage: fakeStorage(),
    sessionStorage: fakeStorage(),
    addEventListener: windowEvents.addEventListener.bind(windowEvents),
    removeEventListener: windowEvents.removeEventListener.bind(windowEvents),
    dispatchEvent: windowEvents.dispatchEvent.bind(windowEvents),
    fetch: () => Promise.reject(new TypeError("no network in this test")),
    console: { debug() {}, warn() {} },
    performance, TextEncoder, TextDecoder, URL, URLSearchParams, AbortController, Headers, Request, Response, Event,
    DOMException, btoa, clearTimeout,
    setTimeout(/** @type {() => void} */ task, /** @type {number} */ ms) {
      const timer = setTimeout(() => {
        try {
          task();
        } catch (thrown) {
          pageErrors.push(thrown);
        }
      }, ms);
      if (ms > 1000) timer.unref();
      return timer;
    },
  };
  // With their getters, should they have any.
  Object.defineProperties(window, Object.getOwnPropertyDescriptors(over));
  window.window = window;
  if (settings.alone) window.parent = window;
  vm.createContext(window);
  const script = bridgeScript({ walletOrigin: WALLET, observe: settings.observe });
  const load = () => vm.runInContext(script, window);
  load();
  const run = (/** @type {string} */ code) => vm.runInContext(code, window);
  const host = over.parent ?? (over.opener || parent);
  return { window, document, my: window.my, bridge: window.AlipayJSBridge, hellos, visited, pageErrors, load, run, host };
}

/** @typedef {ReturnType<typeof openPage>} Page */

/**
 * What the shell does with a hello: sends a port. Returns the shell's end.
 * @param {Page} page
 * @param {Record<string, any>} [session]
 * @param {{origin?: string, source?: any, data?: any}} [forged]
 */
export function sendPort(page, session = {}, forged = {}) {
  const { port1, port2 } = new MessageChannel();
  const data = forged.data ?? { mp: "port", v: 1, session: { appId: "app-1", storageSpace: "space-1", ...session } };
  const event = Object.assign(new Event("message"), {
    data, origin: forged.origin ?? WALLET, source: forged.source ?? page.host, ports: [port2],
  });
  page.window.dispatchEvent(event);
  return shellAt(port1);
}

/** @typedef {(call: {id: number, api: string, args: any, form: string}) => {ok: boolean, ret: any}|null} Answer */

/** @param {import("node:worker_threads").MessagePort} port */
function shellAt(port) {
  /** @type {any[]} */
  const received = [];
  /** @type {Answer} */
  let answer = () => ({ ok: true, ret: {} });
  port.on("message", (message) => {
    received.push(message);
    if (message.k !== "call") return;
    const reply = answer(message);
    if (reply) port.postMessage({ k: "res", id: message.id, ...reply });
  });
  openPorts.add(port);
  return {
    received,
    calls: () => received.filter((message) => message.k === "call"),
    answerWith: (/** @type {Answer} */ given) => void (answer = given),
    post: (/** @type {any} */ message) => port.postMessage(message),
    close: () => port.close(),
  };
}

/**
 * A page that already has its port.
 * @param {Record<string, any>} [over]
 * @param {Record<string, any>} [session]
 * @param {{observe?: boolean}} [settings]
 */
export function connectedPage(over = {}, session = {}, settings = {}) {
  const page = openPage(over, settings);
  return { ...page, shell: sendPort(page, session) };
}

/**
 * Waits until messages and timers that are due have run: some time, and then some turns of the event loop, since on a busy
 * machine time passes without a turn.
 * @param {number} [ms]
 */
export async function settled(ms = 20) {
  await new Promise((resolve) => setTimeout(resolve, ms));
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(() => setTimeout(resolve, 0)));
}

/** Plain data of this realm, so that deepEqual compares content. @param {any} value */
export const plain = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
