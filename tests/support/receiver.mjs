// A merchant's notification endpoint: checks the wallet's signature, keeps what came, and acknowledges.

import { once } from "node:events";
import { createServer } from "node:http";
import { contentToSign, isSigned } from "./openapi.mjs";

const ACKNOWLEDGED = JSON.stringify({
  result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" },
});

/**
 * Listens on a free port of loopback until the test `t` ends. `reply(n)` may answer the n-th message (from 0) in
 * another way, also later: `{status, body}`. The answer holds `url` and `received`, each `{path, valid, json}`.
 */
export async function startReceiver(t, merchant, reply = () => ({})) {
  const received = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    const { "client-id": clientId, "request-time": time, signature } = request.headers;
    const content = contentToSign(request.url, clientId, time, body);
    const valid = clientId === merchant.clientId && isSigned(merchant.walletKey, signature, content);
    const index = received.push({ path: request.url, valid, json: JSON.parse(body) }) - 1;
    const { status = 200, body: answer = ACKNOWLEDGED } = await reply(index);
    response.writeHead(status, { "Content-Type": "application/json; charset=UTF-8" }).end(answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}/hooks/pay`, received };
}
