// The network in front of a server, as bad as a test wants it: slow, silent, cut, or dishonest.

import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Passes bytes on to `port` of loopback until the test `t` ends. Each piece is delayed by `delayMs`; between `stall()`
 * and `flow()` nothing passes, not even the end of a connection; `cut()` ends all connections, and what is held up is lost. `edit(bytes)` may change
 * what clients send.
 */
export async function startProxy(t, port, { edit = (bytes) => bytes } = {}) {
  const sockets = new Set();
  const lost = new WeakSet();
  let open = () => {};
  let gate = Promise.resolve();
  const proxy = {
    delayMs: 0,
    stall() {
      gate = new Promise((resolve) => (open = resolve));
    },
    flow() {
      open();
    },
    cut() {
      for (const socket of sockets) {
        lost.add(socket);
        socket.destroy();
      }
    },
  };

  function pass(from, to, change) {
    from.on("data", async (chunk) => {
      from.pause(); // one piece at a time, in order
      if (proxy.delayMs > 0) await delay(proxy.delayMs);
      await gate;
      if (lost.has(from)) return;
      to.write(change(chunk));
      from.resume();
    });
    from.on("error", () => {}); // "close" follows
    from.on("close", async () => {
      sockets.delete(from);
      await gate;
      to.destroy();
    });
    sockets.add(from);
  }

  const server = createServer(async (client) => {
    client.on("error", () => {});
    await gate;
    const upstream = connect(port, "127.0.0.1");
    pass(client, upstream, edit);
    pass(upstream, client, (bytes) => bytes);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    proxy.flow();
    proxy.cut();
    server.close();
  });
  proxy.port = server.address().port;
  return proxy;
}
