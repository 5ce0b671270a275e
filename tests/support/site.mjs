// A web site on loopback, of another origin and another site than the wallet, which is reached as localhost.

import { once } from "node:events";
import { createServer } from "node:http";

/** Serves `pages` (path to HTML) until the test `t` ends. Answers the origin. */
export async function serveSite(t, pages) {
  const server = createServer((request, response) => {
    const body = pages[new URL(request.url, "http://x").pathname];
    response.writeHead(body === undefined ? 404 : 200, { "Content-Type": "text/html; charset=utf-8" }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}
