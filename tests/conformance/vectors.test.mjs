// The protocol digest's worked signatures (spec/openapi.md 1.11), checked with the tests' own client: it can be trusted
// to judge the wallet. The keys are throw-away ones; only their public halves exist.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { contentToSign, isSigned } from "../support/openapi.mjs";

const MERCHANT = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvd/39VkQcSi45DXLFCgy
OjScSQY+cYRWeu7DM5L1D313Ez5IrykNtQpqZ+dwZmAyOXvtmrANjrqex5augF7f
dW9rXYp/p8T9C3s8o+2dQ5d4BhOq5TeEbtPqlob/ab+k9oj9Gex0J6rgsOvdkztK
Gqbwlm46IZl/cVP0+AplSqj2Ql/obEgpaJcX8/0caDDCYJuV2UfQJ9X+y94B/yTy
k20Eadzuv6ASwNKPKChBgcwhwn/Xf6Tk3I5tVo+Z74Q7/ew2LHcyupXaFtOQCu3Y
4hAjIzY1n43rhMXKKxlc67HjX5r6tlWx13snQIXW0wrLn4KKd1z1cSDSazQIiKIx
LwIDAQAB
-----END PUBLIC KEY-----`;
const WALLET = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlPXyQ6y11Z1c9FbBsvcn
oRtn7PgAEvInxqZtWpeMbM2Z2oWO2z8tmLJGl8bkKKow78NPTUkbLde7Ptoa3MNX
z1P4G8NNVjb9OlrqOkoIqQY0ER+eBjf5kuucEyTtcGq+NO16eX17LAyFv7EFv9Hp
pEIOdUNARgUMh0Wu2+VaYr37tBq4uxMlKBcKY04ZLVkdcY8RAzY7DBXV9rFIG6ui
JGLR60AK4azfj+aG9IFEd/yFiSjh/QVr2bI/ecilhPNmgud1EGSAXMTE5A8bqJ3S
flcbSA4GltN7UDFKPTBC/7EUNzBhKBlX+gThnRhngwmnwMK5K+4OnXyka7V31p3M
hwIDAQAB
-----END PUBLIC KEY-----`;
const CLIENT = "2099010100000000000001";
const PREPARE = "/v1/authorizations/prepare";
const SIGNED = {
  request: "bTDIrYu/1U/znhjbl4L02Fsc1905N6ygoR+x8yiUQ8ai6caVTqMSm9qeEEUxfQTQigUB2KMvbQpgGulEoBmaGBOthS2H1zhqY8xPhQrq5aVucpsRfsZPV1TtYBdESv16T9hou0MKknx/uPQR/mMW/otq3ePKgMxGSxo7AvHwCYbkGkRiYHy4mKJZLOxNFf58noBhC/2mp9BgGcBjk7/WsOPCRhg0MZkJfASWhoVEsVVKoeoay6lDKPolh1Mi5uxMcHver0+Te9DhKO0yiuFmsk4IRJtVvcJ+21p4tuxjdv4HJMrXK+hDFqrJaYTqgyOerulxMWMC72/4qHtFmOam6w==",
  response: "SqGwETLR3JjF0Y8GzVdPYckotaXyoXP55rhc4r/oK7SD5Atk6j2Pee05jb7RfzeUlzoP2MEAM2dCDfsz7QIW26PfGxDMFVqUgxIoZRR8iXWg0xo8tMmv9TIzwmUTKGl7lE9mPUpBXkFvoeQh4qZ8HmmxFQB9n1EzjhflLvj6Ggv6KWkqnct4TPVgjzEVPhMrjK2/ZY+OQb1OAoXryKLPs+HXtQ/i/mOvVfVXS85wo5NhvRnh0VmnTv1+K8KQYACddRJ5kyeUbB6lIGwIxNPFDn4Oic4LbmUXuMSMujX84p/cjQJ2jATXlz+YaPYjn8L4IlrRLg79uA2JrZlIUo+8mA==",
  notification: "RacAyz2HwTg7cinaHyr1PBpd2Ju4xFT07bX+0lyuWDlLwPgObqi7/a8DtosjH4nLQLbd5tEqvhZEBuQKnwwv9pjVWfQwTv1Gm9P7vsHBBwwCXqRIPLPpFOQeXMT7jbtZTr4/uVCyPakR6a3swqJraMNYg3B2oFr/85Xxv2FN01WzMpdxNzTCzxTKk5Krhv4ul3swvaGERHr06KIWPw1PRcX/Tk3zIwaPP7ZzPxUoGbXB8/CVGFHTT64IjhVJSywXnUdjYBXY137h6kx55g9qeXv6SiziMzssWX/fpBgDSrawxo5BNrpZnE8KKKx/xTU/XpCh9J9s1EMHWDGqON2AnQ==",
};
const BODY = Buffer.from(
  "eyJzY29wZXMiOiJBR1JFRU1FTlRfUEFZIiwiZXh0ZW5kSW5mbyI6IntcImxhbmd1YWdlXCI6XCJhci1JUVwiLFwiY29udHJhY3REZXNjXCI6XCLYp9i02KrYsdin2YMg2LTZh9ix2YogNTAwMCDYry7YuVwifSJ9",
  "base64",
);
const header = (value) => `algorithm=RSA256, keyVersion=1, signature=${value}`;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const request = contentToSign(PREPARE, CLIENT, "2026-01-15T10:20:30+03:00", BODY);

test("the request, in all three encodings", () => {
  assert.equal(sha256(request), "158f0952b3f66218c245046db88910ea08b6600ba95a9780b54194d1a3452b83");
  const value = SIGNED.request;
  const url = value.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  for (const encoded of [value, encodeURIComponent(value), url]) {
    assert.ok(isSigned(MERCHANT, header(encoded), request), encoded);
  }
});

test("the response and the notification", () => {
  const authUrl = "https://wallet.example.iq/auth?authId=9F2C7A1E5B8D4C60A3E17B94D2F80C55";
  const result = { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" };
  const answer = contentToSign(PREPARE, CLIENT, "2026-01-15T10:20:31+03:00", JSON.stringify({ result, authUrl }));
  assert.ok(isSigned(WALLET, header(SIGNED.response), answer));
  const notice = {
    paymentId: "20260115112128001001660009000001",
    paymentRequestId: "PAY-0001",
    paymentResult: result,
    paymentAmount: { currency: "IQD", value: "5000000" },
    paymentTime: "2026-01-15T10:25:00+03:00",
    paymentCreateTime: "2026-01-15T10:24:58+03:00",
  };
  const content = contentToSign("/hooks/paymentNotify", CLIENT, "2026-01-15T10:25:01+03:00", JSON.stringify(notice));
  assert.equal(sha256(content), "7ca9dd81b02b87690d79e90e5d32981eacd605c966a9483c5ba3fd13d5d01ec9");
  assert.ok(isSigned(WALLET, header(SIGNED.notification), content));
});

test("the five negative cases fail", () => {
  const text = request.toString("utf8");
  const wrong = [
    text.replace("ar-IQ", "en-US"),
    text.replace("\n", "\r\n"),
    `${text}\n`,
    text.replace("POST", "post"),
  ];
  for (const content of wrong) {
    assert.notEqual(content, text);
    assert.ok(!isSigned(MERCHANT, header(SIGNED.request), Buffer.from(content)), content);
  }
  assert.ok(!isSigned(WALLET, header(SIGNED.request), request), "the other party's key");
});
