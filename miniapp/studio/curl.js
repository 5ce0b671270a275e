// A signed call as a shell script: openssl signs it with the merchant's own key, curl sends it.

import { headerOf } from "./signed.js";

import { isGatewayCall } from "./gateway.js";

/** @typedef {import("./types.js").Call} Call */

/**
 * Whether the call can be sent again from a shell: it came from the merchant, signed with the merchant's key, in the first dialect.
 * @param {Call} call
 */
export function canCurl(call) {
  return call.kind === "openapi" && call.from === "merchant" && Boolean(call.request?.path) && !isGatewayCall(call);
}

/**
 * The script. It takes the time from the sandbox's clock, so that it still works after the clock was moved, and the
 * private key from the file named in KEY. The body is the one that was sent, byte for byte.
 * @param {Call} call
 * @param {string} walletOrigin
 */
export function curlOf(call, walletOrigin) {
  const { method = "POST", path = "/", headers, body } = call.request ?? {};
  const clientId = headerOf(headers, "Client-Id") ?? "";
  const keyVersion = String(call.signature?.keyVersion ?? 1);
  return `# ${call.title.replace(/\s+/g, " ")}, signed again with the merchant's private key.
KEY="\${KEY:-merchant-private-key.pem}"
WALLET=${quoted(walletOrigin)}
METHOD=${quoted(method)}
URL_PATH=${quoted(path)}
CLIENT_ID=${quoted(clientId)}
BODY=${quoted(body ?? "")}
TIME=$(curl -sS "$WALLET/sandbox/v1/clock" | sed 's/.*"now" *: *"\\([^"]*\\)".*/\\1/')
SIGNATURE=$(printf '%s %s\\n%s.%s.%s' "$METHOD" "$URL_PATH" "$CLIENT_ID" "$TIME" "$BODY" |
  openssl dgst -sha256 -sign "$KEY" | openssl base64 -A)
curl -sS -X "$METHOD" "$WALLET$URL_PATH" \\
  -H "Content-Type: application/json; charset=UTF-8" \\
  -H "Client-Id: $CLIENT_ID" \\
  -H "Request-Time: $TIME" \\
  -H "Signature: algorithm=RSA256, keyVersion=${keyVersion.replace(/[^\w.-]/g, "")}, signature=$SIGNATURE" \\
  --data-binary "$BODY"
`;
}

/**
 * A text as one word of a POSIX shell, whatever it holds.
 * @param {string} text
 */
export function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
