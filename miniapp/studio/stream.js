// The live list: server-sent events, joined again when the connection breaks, with what was missed filled in.

/** @typedef {import("./types.js").Call} Call */
/** @typedef {"connecting" | "live" | "lost"} StreamState */
/**
 * What is needed of an EventSource.
 * @typedef {{addEventListener: (type: string, listener: (event: Event) => void) => void, close: () => void}} Connection
 */

const STREAM = "/sandbox/v1/calls/stream";
const CALLS = "/sandbox/v1/calls";
/** Waits before joining again, in milliseconds; the last one repeats. */
const WAITS_MS = [500, 1_000, 2_000, 5_000];

/**
 * @typedef {object} StreamParts
 * @property {import("./calls.js").CallBook} book
 * @property {(path: string) => Promise<{calls: Call[]}>} get
 * @property {() => void} changed  called after calls came in
 * @property {(state: StreamState) => void} stateChanged
 * @property {(url: string) => Connection} [connect]
 * @property {(action: () => void, ms: number) => unknown} [later]
 */

/**
 * Keeps the book up to date until `stop` is called.
 * @param {StreamParts} parts
 */
export function followCalls(parts) {
  const { book, get, changed, stateChanged } = parts;
  const connect = parts.connect ?? ((url) => new EventSource(url));
  const later = parts.later ?? ((action, ms) => setTimeout(action, ms));
  let failures = 0;
  let stopped = false;
  /** @type {Connection | null} */
  let source = null;

  function join() {
    if (stopped) return;
    stateChanged(failures === 0 ? "connecting" : "lost");
    const joined = connect(STREAM);
    source = joined;
    joined.addEventListener("open", () => void fillGap());
    joined.addEventListener("message", (event) => hear(JSON.parse(/** @type {MessageEvent} */ (event).data)));
    joined.addEventListener("error", () => {
      if (source === joined) joinAgain();
    });
  }

  function joinAgain() {
    source?.close();
    source = null;
    if (stopped) return;
    stateChanged("lost");
    later(join, WAITS_MS[Math.min(failures, WAITS_MS.length - 1)] ?? 0);
    failures += 1;
  }

  async function fillGap(after = book.resumeAfter) {
    try {
      take(await missedCalls(book, get, after));
      failures = 0;
      stateChanged("live");
    } catch {
      joinAgain();
    }
  }

  /**
   * One call from the stream. A number left out was lost on the way (we were too slow): asked for.
   * @param {Call} call
   */
  function hear(call) {
    const after = book.resumeAfter;
    const isGap = call.seq > book.last + 1;
    take([call]);
    if (isGap) void fillGap(after);
  }

  /** @param {Call[]} calls */
  function take(calls) {
    const news = calls.filter((call) => book.put(call));
    if (news.length > 0) changed();
  }

  join();
  return {
    stop() {
      stopped = true;
      source?.close();
    },
  };
}

/**
 * What came while we were away. If our newest call is not among the answers, the wallet has begun anew (its list
 * counts from 1 again): then the book is emptied and filled from the beginning.
 * @param {import("./calls.js").CallBook} book
 * @param {StreamParts["get"]} get
 * @param {number} after
 */
async function missedCalls(book, get, after) {
  const newest = book.last;
  const { calls } = await get(`${CALLS}?after=${after}`);
  if (newest === 0 || calls.some((call) => call.seq === newest && book.knows(call))) return calls;
  book.forget();
  return (await get(`${CALLS}?after=0`)).calls;
}
