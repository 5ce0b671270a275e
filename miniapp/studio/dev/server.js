// A look at the Studio without the wallet: serves its files and answers its reads from a pretended wallet.
//
//   node miniapp/studio/dev/server.js [--port 7690] [--story empty|signed|full|pay|deduct] [--shell stub|real]
//
// `--story empty` begins with nothing (press Subscribe or Buy in the phone), `signed` with the seventeen steps, `full` with a
// refused charge a month later and other troubles too, `pay` with the twenty steps of the cashier, a capture and refunds, `deduct`
// with an agreement of periodic deduction from its first step to its last. `--shell real` mounts ../../shell instead of the stub phone.
// The same Content-Security-Policy as the wallet's is sent, so that what works here works there.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { answer } from "./answers.js";
import { deductions } from "./deduct-story.js";
import { afterwards, buy } from "./pay-story.js";
import { charge, subscribe, troubles } from "./story.js";
import { World } from "./world.js";

const STUDIO = fileURLToPath(new URL("..", import.meta.url));
const SHELL = { real: join(STUDIO, "../shell"), stub: join(STUDIO, "dev/phone") };
const STATIC = join(STUDIO, "../../crates/pages/static");
const TYPES = /** @type {Record<string, string>} */ ({
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
});
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; frame-src 'self' http://127.0.0.1:7601; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "7690" },
    story: { type: "string", default: "empty" },
    shell: { type: "string", default: "stub" },
  },
});
const world = new World(values.story === "empty" ? "" : "2026-12-01T08:59:56+03:00");
if (values.story !== "empty") await prepare();

/** Plays the story at once: waiting moves the pretended clock instead. */
async function prepare() {
  const skip = async (/** @type {number} */ ms) => void (world.shiftMs += ms);
  world.signedIn = "u-sara";
  if (values.story === "deduct") return deductions(world, "u-sara", skip);
  if (values.story === "pay") {
    await buy(world, "u-sara", skip);
    return afterwards(world, "u-sara", skip);
  }
  await subscribe(world, "u-sara", skip);
  if (values.story !== "full") return;
  world.moveClock({ advance: "P1M" });
  const contractId = world.contracts[0]?.contractId ?? "";
  await charge(world, "u-noor", contractId, "SUB-2", skip);
  await troubles(world, skip);
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
  try {
    if (url.pathname === "/sandbox/v1/calls/stream") return stream(response);
    const file = fileOf(url.pathname);
    if (file) {
      const bytes = await readFile(file);
      response.writeHead(200, {
        "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
      });
      response.end(bytes);
      return;
    }
    const body = await bodyOf(request);
    const [status, content] = answer(world, String(request.method), url, body);
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(content === undefined ? "" : JSON.stringify(content));
  } catch (error) {
    response.writeHead(404, { "Content-Type": "application/json" });
    response.end(
      JSON.stringify({
        error: { code: "NOT_FOUND", message: `${url.pathname}: ${error instanceof Error ? error.message : error}` },
      }),
    );
  }
});

/** @param {string} path */
function fileOf(path) {
  const clean = normalize(path);
  if (clean === "/" || clean === "/studio") return join(STUDIO, "index.html");
  if (clean.startsWith("/studio/")) return join(STUDIO, clean.slice("/studio/".length));
  if (clean.startsWith("/static/")) return join(STATIC, clean.slice("/static/".length));
  if (clean.startsWith("/shell/"))
    return join(values.shell === "real" ? SHELL.real : SHELL.stub, clean.slice("/shell/".length));
  return null;
}

/** @param {import("node:http").ServerResponse} response */
function stream(response) {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.write(": hello\n\n");
  const stop = world.listen((call) => response.write(`id: ${call.seq}\ndata: ${JSON.stringify(call)}\n\n`));
  response.on("close", stop);
}

/** @param {import("node:http").IncomingMessage} request */
async function bodyOf(request) {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text === "" ? {} : JSON.parse(text);
}

server.listen(Number(values.port), "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : values.port;
  process.stdout.write(`Studio on http://localhost:${port}/studio\n`);
});
