// Requests that no merchant should send, and what each must be told (spec: the order of checks, and the fields of
// each API). A case starts from a good request and spoils one thing. It is
// [what is spoiled, how, expected code, the word the message must contain].
// `how` may hold: api, method, path, headers (null removes one), set (fields of the body by dotted path, undefined
// removes one), body (bytes instead of the body), sign (what is changed in what is signed), time, value (rewrites
// the encoded signature), pairs (rewrites the whole Signature header).

const PARAM = "PARAM_ILLEGAL";
const long = (length) => "x".repeat(length);
const nested = (depth) => `{"scopes":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
const terms = (more) => JSON.stringify({ language: "en-US", contractDesc: "A box", ...more });

/** Checks 1 to 3: path, method, content type. */
const addressed = [
  ["an unknown API", { path: "/v1/payments/nothing" }, "INVALID_API"],
  ["another version of it", { path: "/v2/payments/pay" }, "INVALID_API"],
  ["half an API", { path: "/v1/payments" }, "INVALID_API"],
  ["an API and more", { path: "/v1/payments/pay/again" }, "INVALID_API"],
  ["a path in capitals", { path: "/v1/payments/PAY" }, "INVALID_API"],
  ["a path that goes up", { path: "/v1/payments/../payments/nothing" }, "INVALID_API"],
  ["GET", { method: "GET" }, "METHOD_NOT_SUPPORTED"],
  ["PUT", { method: "PUT" }, "METHOD_NOT_SUPPORTED"],
  ["PATCH", { method: "PATCH" }, "METHOD_NOT_SUPPORTED"],
  ["DELETE", { method: "DELETE" }, "METHOD_NOT_SUPPORTED"],
  ["text/plain", { headers: { "Content-Type": "text/plain" } }, "MEDIA_TYPE_NOT_ACCEPTABLE"],
  ["application/xml", { headers: { "Content-Type": "application/xml" } }, "MEDIA_TYPE_NOT_ACCEPTABLE"],
  ["a form", { headers: { "Content-Type": "application/x-www-form-urlencoded" } }, "MEDIA_TYPE_NOT_ACCEPTABLE"],
];

/** Checks 4 to 7: headers, client, key version, time. */
const headed = [
  ["no Client-Id", { headers: { "Client-Id": null } }, PARAM, "Client-Id"],
  ["an empty Client-Id", { headers: { "Client-Id": "" } }, PARAM, "Client-Id"],
  ["no Request-Time", { headers: { "Request-Time": null } }, PARAM, "Request-Time"],
  ["an empty Request-Time", { time: "" }, PARAM, "Request-Time"],
  ["Request-Time in words", { time: "yesterday" }, PARAM, "Request-Time"],
  ["Request-Time without an offset", { time: "2026-12-01T09:00:00" }, PARAM, "Request-Time"],
  ["Request-Time of an impossible day", { time: "2026-02-30T09:00:00+03:00" }, PARAM, "Request-Time"],
  ["Request-Time as a date", { time: "2026-12-01" }, PARAM, "Request-Time"],
  ["Request-Time in epoch seconds", { time: "1796115600" }, PARAM, "Request-Time"],
  ["no Signature", { headers: { Signature: null } }, PARAM, "Signature"],
  ["an empty Signature", { pairs: () => "" }, PARAM, "Signature"],
  ["a Signature without a signature", { pairs: () => "algorithm=RSA256, keyVersion=1" }, PARAM, "Signature"],
  ["a Signature that is no list of pairs", { pairs: () => "RSA256" }, PARAM, "Signature"],
  ["an empty signature value", { value: () => "" }, PARAM, "Signature"],
  ["a keyVersion in letters", { pairs: (v) => `algorithm=RSA256, keyVersion=one, signature=${v}` }, PARAM, "Signature"],
  ["an Encrypt header", { headers: { Encrypt: "algorithm=RSA_AES, keyVersion=1, symmetricKey=QQ==" } }, PARAM, "Encrypt"],
  ["an Agent-Token header", { headers: { "Agent-Token": "someone" } }, "INVALID_AGENT_TOKEN"],
  ["a stranger", { headers: { "Client-Id": "2188999999999999" } }, "INVALID_CLIENT"],
  ["a Client-Id with a quote", { headers: { "Client-Id": "2188'--" } }, "INVALID_CLIENT"],
  ["a key version that never was", { sign: { keyVersion: 99 } }, "KEY_NOT_FOUND"],
  ["key version nought", { sign: { keyVersion: 0 } }, "KEY_NOT_FOUND"],
  ["six minutes late", { time: -6 * 60_000 }, "TIMESTAMP_INVALID"],
  ["six minutes early", { time: 6 * 60_000 }, "TIMESTAMP_INVALID"],
  ["a Request-Time of long ago", { time: "2000-01-01T00:00:00+03:00" }, "TIMESTAMP_INVALID"],
  ["a Request-Time of long ago in milliseconds", { time: "0946684800000" }, "TIMESTAMP_INVALID"],
];

/** Check 8: the signature. The first five are the digest's own negative tests. */
const BAD = "INVALID_SIGNATURE";
const signed = [
  ["signed over another body", { sign: { body: '{"scopes":"OTHER"}' } }, BAD],
  ["signed with another key", { sign: { foreignKey: true } }, BAD],
  ["signed with CRLF", { sign: { newline: "\r\n" } }, BAD],
  ["signed with a newline after the body", { sign: { end: "\n" } }, BAD],
  ["signed with a lower-case method", { sign: { method: "post" } }, BAD],
  ["signed for another path", { sign: { path: "/v1/payments/pay" } }, BAD],
  ["signed for another client", { sign: { clientId: "2188000000000000" } }, BAD],
  ["signed at another time", { sign: { time: "2026-12-01T09:00:01+03:00" } }, BAD],
  ["signed without the dot", { sign: { dot: "" } }, BAD],
  ["signed with SHA-1", { sign: { hash: "sha1" } }, BAD],
  ["a signature cut short", { value: (v) => v.slice(0, -8) }, BAD],
  ["a signature with one letter changed", { value: (v) => (v[9] === "A" ? "B" : "A") + v.slice(1) }, BAD],
  ["a signature that is not base64", { value: () => "!!!!" }, BAD],
  ["a signature in hex", { value: (v) => Buffer.from(v, "base64").toString("hex") }, BAD],
  ["a signature of noughts", { value: () => Buffer.alloc(256).toString("base64") }, BAD],
  ["a signature percent-encoded twice", { value: (v) => encodeURIComponent(encodeURIComponent(v)) }, BAD],
  ["a signature with plus as space", { value: (v) => `${v.slice(0, 40)} ${v.slice(41)}` }, BAD],
  ["two signatures", { pairs: (v) => `algorithm=RSA256, signature=${v}, signature=${v}` }, BAD],
  ["ECC224", { pairs: (v) => `algorithm=ECC224, keyVersion=1, signature=${v}` }, BAD],
  ["a shared-secret algorithm", { pairs: (v) => `algorithm=HS256, keyVersion=1, signature=${v}` }, BAD],
  ["no algorithm at all", { pairs: (v) => `algorithm=none, keyVersion=1, signature=${v}` }, BAD],
];

/** Check 11: JSON. Each of these is well signed. */
const PARSE = "MSG_PARSE_ERROR";
const parsed = [
  ["no body", { body: "" }, PARSE],
  ["null", { body: "null" }, PARSE],
  ["a list", { body: "[]" }, PARSE],
  ["a text", { body: '"scopes"' }, PARSE],
  ["a number", { body: "7" }, PARSE],
  ["half an object", { body: '{"scopes":"AGREEMENT' }, PARSE],
  ["two objects", { body: "{}{}" }, PARSE],
  ["words after the object", { body: "{} and so on" }, PARSE],
  ["a comma too many", { body: '{"scopes":"AGREEMENT_PAY",}' }, PARSE],
  ["single quotes", { body: "{'scopes':'AGREEMENT_PAY'}" }, PARSE],
  ["a comment", { body: '{/* hi */"scopes":"AGREEMENT_PAY"}' }, PARSE],
  ["NaN", { body: '{"scopes":NaN}' }, PARSE],
  ["a number with a leading nought", { body: '{"scopes":007}' }, PARSE],
  ["a key twice", { body: '{"scopes":"AGREEMENT_PAY","scopes":"USER_ID"}' }, PARSE],
  ["a key twice further down", { body: '{"order":{"a":1,"a":2}}' }, PARSE],
  ["the same key written in two ways", { body: '{"scopes":"AGREEMENT_PAY","\\u0073copes":"X"}' }, PARSE],
  ["seventeen levels", { body: nested(17) }, PARSE],
  ["ten thousand levels", { body: nested(10_000) }, PARSE],
  ["bytes that are not UTF-8", { body: Buffer.from('{"scopes":"\xff\xfe"}', "latin1") }, PARSE],
  ["UTF-16", { body: Buffer.from('{"scopes":"AGREEMENT_PAY"}', "utf16le") }, PARSE],
  ["half a surrogate pair", { body: '{"scopes":"\\ud800"}' }, PARSE],
  ["a raw line break in a text", { body: '{"scopes":"AGREEMENT\nPAY"}' }, PARSE],
];

/** Check 12 and business codes of prepare. */
const prepare = [
  ["no scopes", { set: { scopes: undefined } }, PARAM, "scopes"],
  ["scopes null", { set: { scopes: null } }, PARAM, "scopes"],
  ["scopes as a number", { set: { scopes: 5 } }, PARAM, "scopes"],
  ["scopes as a list", { set: { scopes: ["AGREEMENT_PAY"] } }, PARAM, "scopes"],
  ["scopes far too long", { set: { scopes: long(1025) } }, PARAM, "scopes"],
  ["another scope", { set: { scopes: "USER_ID" } }, "INVALID_SCOPE"],
  ["the scope in small letters", { set: { scopes: "agreement_pay" } }, "INVALID_SCOPE"],
  ["no extendInfo", { set: { extendInfo: undefined } }, PARAM, "extendInfo"],
  ["extendInfo as a number", { set: { extendInfo: 1 } }, PARAM, "extendInfo"],
  ["extendInfo that is not JSON", { set: { extendInfo: "language=en-US" } }, PARAM, "extendInfo"],
  ["extendInfo as a JSON list", { set: { extendInfo: "[]" } }, PARAM, "extendInfo"],
  ["extendInfo too long", { set: { extendInfo: terms({ more: long(4096) }) } }, PARAM, "extendInfo"],
  ["no language", { set: { extendInfo: terms({ language: undefined }) } }, PARAM, "language"],
  ["a language nobody agreed on", { set: { extendInfo: terms({ language: "fr-FR" }) } }, PARAM, "language"],
  ["no contractDesc", { set: { extendInfo: terms({ contractDesc: undefined }) } }, PARAM, "contractDesc"],
  ["an empty contractDesc", { set: { extendInfo: terms({ contractDesc: "" }) } }, PARAM, "contractDesc"],
  ["a contractDesc too long", { set: { extendInfo: terms({ contractDesc: long(1025) }) } }, PARAM, "contractDesc"],
  ["a contractDesc that is a number", { set: { extendInfo: terms({ contractDesc: 5 }) } }, PARAM, "contractDesc"],
  ["an agreedAmount that is a text", { set: { extendInfo: terms({ agreedAmount: "5000" }) } }, PARAM, "agreedAmount"],
  [
    "a negative agreedAmount",
    { set: { extendInfo: terms({ agreedAmount: { currency: "IQD", value: "-1" } }) } },
    PARAM,
    "agreedAmount",
  ],
  ["a startTime in words", { set: { extendInfo: terms({ startTime: "tomorrow" }) } }, PARAM, "startTime"],
  ["a startTime of an impossible day", { set: { extendInfo: terms({ startTime: "2026-02-30" }) } }, PARAM, "startTime"],
  [
    "a status URL that is none",
    { set: { extendInfo: terms({ contractStatusNotifyUrl: "shop" }) } },
    PARAM,
    "contractStatusNotifyUrl",
  ],
  [
    "a status URL of another scheme",
    { set: { extendInfo: terms({ contractStatusNotifyUrl: "ftp://shop.example/x" }) } },
    PARAM,
    "contractStatusNotifyUrl",
  ],
];

const applyToken = [
  ["no grantType", { set: { grantType: undefined } }, PARAM, "grantType"],
  ["grantType as a number", { set: { grantType: 1 } }, PARAM, "grantType"],
  ["another grantType", { set: { grantType: "PASSWORD" } }, "AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE"],
  ["no authCode", { set: { authCode: undefined } }, PARAM, "authCode"],
  ["an empty authCode", { set: { authCode: "" } }, PARAM, "authCode"],
  ["authCode as a number", { set: { authCode: 5 } }, PARAM, "authCode"],
  ["an authCode too long", { set: { authCode: long(129) } }, PARAM, "authCode"],
  ["an unknown authCode", { set: { authCode: "F".repeat(32) } }, "INVALID_CODE"],
  ["no refreshToken", { set: { grantType: "REFRESH_TOKEN", authCode: undefined } }, PARAM, "refreshToken"],
  ["a refreshToken too long", { set: { grantType: "REFRESH_TOKEN", refreshToken: long(129) } }, PARAM, "refreshToken"],
  ["an unknown refreshToken", { set: { grantType: "REFRESH_TOKEN", refreshToken: "x" } }, "INVALID_REFRESH_TOKEN"],
  ["another client's name", { set: { authClientId: "2188000000000000" } }, "INVALID_AUTH_CLIENT"],
  ["extendInfo too long", { set: { extendInfo: long(4097) } }, PARAM, "extendInfo"],
];

const tokenOnly = [
  ["no accessToken", { set: { accessToken: undefined } }, PARAM, "accessToken"],
  ["an empty accessToken", { set: { accessToken: "" } }, PARAM, "accessToken"],
  ["accessToken as a number", { set: { accessToken: 5 } }, PARAM, "accessToken"],
  ["an accessToken too long", { set: { accessToken: long(129) } }, PARAM, "accessToken"],
  ["an unknown accessToken", { set: { accessToken: "AT0" } }, "INVALID_ACCESS_TOKEN"],
];

const value = (written) => ({ set: { "paymentAmount.value": written } });
const url = (written) => ({ set: { paymentNotifyUrl: written } });
const pay = [
  ["no productCode", { set: { productCode: undefined } }, PARAM, "productCode"],
  ["an unknown productCode", { set: { productCode: "51051000101000100099" } }, PARAM, "productCode"],
  ["productCode as a number", { set: { productCode: 5 } }, PARAM, "productCode"],
  ["no paymentRequestId", { set: { paymentRequestId: undefined } }, PARAM, "paymentRequestId"],
  ["an empty paymentRequestId", { set: { paymentRequestId: "" } }, PARAM, "paymentRequestId"],
  ["a paymentRequestId too long", { set: { paymentRequestId: long(65) } }, PARAM, "paymentRequestId"],
  ["a paymentRequestId with a space", { set: { paymentRequestId: "a b" } }, PARAM, "paymentRequestId"],
  ["a paymentRequestId with @", { set: { paymentRequestId: "a@b" } }, PARAM, "paymentRequestId"],
  ["a paymentRequestId in Arabic", { set: { paymentRequestId: "دفعة" } }, PARAM, "paymentRequestId"],
  ["paymentRequestId as a number", { set: { paymentRequestId: 12 } }, PARAM, "paymentRequestId"],
  ["no paymentAmount", { set: { paymentAmount: undefined } }, PARAM, "paymentAmount"],
  ["paymentAmount as a text", { set: { paymentAmount: "5000" } }, PARAM, "paymentAmount"],
  ["paymentAmount as a list", { set: { paymentAmount: ["IQD", "5"] } }, PARAM, "paymentAmount"],
  ["no value", value(undefined), PARAM, "paymentAmount.value"],
  ["an empty value", value(""), PARAM, "paymentAmount.value"],
  ["nothing", value("0"), PARAM, "paymentAmount.value"],
  ["a leading nought", value("01000"), PARAM, "paymentAmount.value"],
  ["less than nothing", value("-1000"), PARAM, "paymentAmount.value"],
  ["a plus sign", value("+1000"), PARAM, "paymentAmount.value"],
  ["a decimal point", value("10.00"), PARAM, "paymentAmount.value"],
  ["an exponent", value("1e3"), PARAM, "paymentAmount.value"],
  ["a thousands separator", value("1,000"), PARAM, "paymentAmount.value"],
  ["a space in front", value(" 1000"), PARAM, "paymentAmount.value"],
  ["Eastern digits", value("١٠٠٠"), PARAM, "paymentAmount.value"],
  ["hexadecimal", value("0x10"), PARAM, "paymentAmount.value"],
  ["seventeen digits", value("10000000000000000"), PARAM, "paymentAmount.value"],
  ["a fraction as a number", value(10.5), PARAM, "paymentAmount.value"],
  ["a negative number", value(-1000), PARAM, "paymentAmount.value"],
  ["nothing as a number", value(0), PARAM, "paymentAmount.value"],
  ["true", value(true), PARAM, "paymentAmount.value"],
  ["an object", value({}), PARAM, "paymentAmount.value"],
  ["no currency", { set: { "paymentAmount.currency": undefined } }, PARAM, "paymentAmount.currency"],
  ["a currency of four letters", { set: { "paymentAmount.currency": "IQDD" } }, PARAM, "paymentAmount.currency"],
  ["currency as a number", { set: { "paymentAmount.currency": 368 } }, PARAM, "paymentAmount.currency"],
  ["a currency nobody has", { set: { "paymentAmount.currency": "XYZ" } }, "CURRENCY_NOT_SUPPORT"],
  ["no order", { set: { order: undefined } }, PARAM, "order"],
  ["order as a text", { set: { order: "Fresh Box" } }, PARAM, "order"],
  ["no orderDescription", { set: { "order.orderDescription": undefined } }, PARAM, "order.orderDescription"],
  ["an orderDescription too long", { set: { "order.orderDescription": long(257) } }, PARAM, "order.orderDescription"],
  ["a buyer's id too long", { set: { "order.buyer": { referenceBuyerId: long(65) } } }, PARAM, "referenceBuyerId"],
  ["no paymentAuthCode", { set: { paymentAuthCode: undefined } }, PARAM, "paymentAuthCode"],
  ["a paymentAuthCode too long", { set: { paymentAuthCode: long(129) } }, PARAM, "paymentAuthCode"],
  ["paymentAuthCode as an object", { set: { paymentAuthCode: {} } }, PARAM, "paymentAuthCode"],
  ["a notify URL that is none", url("shop"), PARAM, "paymentNotifyUrl"],
  ["a notify URL of another scheme", url("ftp://shop.example/x"), PARAM, "paymentNotifyUrl"],
  ["a notify URL that is a script", url("javascript:alert(1)"), PARAM, "paymentNotifyUrl"],
  ["a notify URL of a file", url("file:///etc/passwd"), PARAM, "paymentNotifyUrl"],
  ["a notify URL too long", url(`https://shop.example/${long(1024)}`), PARAM, "paymentNotifyUrl"],
  ["a notify URL as a number", url(1), PARAM, "paymentNotifyUrl"],
  ["an expiry that is no time", { set: { paymentExpiryTime: "soon" } }, PARAM, "paymentExpiryTime"],
  ["a dry run", { set: { paymentFactor: { isPaymentEvaluation: true } } }, PARAM, "isPaymentEvaluation"],
  ["a cashier flag on an agreement", { set: { paymentFactor: { isCashierPayment: "true" } } }, PARAM, "isCashierPayment"],
  ["extendInfo too long", { set: { extendInfo: long(4097) } }, PARAM, "extendInfo"],
];

const inquiryPayment = [
  ["no id", { set: { paymentId: undefined } }, PARAM, "paymentId"],
  ["two empty ids", { set: { paymentId: "", paymentRequestId: "" } }, PARAM, "paymentId"],
  ["an id too long", { set: { paymentId: long(65) } }, PARAM, "paymentId"],
  ["an id as a number", { set: { paymentId: 5 } }, PARAM, "paymentId"],
  ["an unknown id", { set: { paymentId: "2".repeat(35) } }, "ORDER_NOT_EXIST"],
];

const ids = (name) => [
  [`no ${name}`, { set: { [name]: undefined } }, PARAM, name],
  [`an empty ${name}`, { set: { [name]: "" } }, PARAM, name],
  [`a ${name} too long`, { set: { [name]: long(65) } }, PARAM, name],
  [`a ${name} with a space`, { set: { [name]: "a b" } }, PARAM, name],
  [`${name} as a number`, { set: { [name]: 12 } }, PARAM, name],
];
const amounts = (name, code) => [
  [`${name} as a text`, { set: { [name]: "5000" } }, PARAM, name],
  [`nothing as ${name}`, { set: { [name]: { currency: "IQD", value: "0" } } }, PARAM, `${name}.value`],
  [`less than nothing as ${name}`, { set: { [name]: { currency: "IQD", value: "-1" } } }, PARAM, `${name}.value`],
  [`a fraction as ${name}`, { set: { [name]: { currency: "IQD", value: 0.5 } } }, PARAM, `${name}.value`],
  [`${name} in no currency`, { set: { [name]: { value: "1000" } } }, PARAM, `${name}.currency`],
  [
    `${name} in a currency nobody has`,
    { set: { [name]: { currency: "XYZ", value: "1000" } } },
    "CURRENCY_NOT_SUPPORT",
  ],
  [`an unknown payment for ${name}`, {}, code],
];
const whichPayment = [
  ["no id of the payment", { set: { paymentId: undefined } }, PARAM, "paymentId"],
  ["two empty ids of it", { set: { paymentId: "", paymentRequestId: "" } }, PARAM, "paymentId"],
  ["an id of it too long", { set: { paymentId: long(65) } }, PARAM, "paymentId"],
  ["an id of it as a number", { set: { paymentId: 5 } }, PARAM, "paymentId"],
  ["extendInfo too long", { set: { extendInfo: long(4097) } }, PARAM, "extendInfo"],
];
const address = (name, most) => [
  [`${name} that is none`, { set: { [name]: "shop" } }, PARAM, name],
  [`${name} of another scheme`, { set: { [name]: "ftp://shop.example/x" } }, PARAM, name],
  [`${name} that is a script`, { set: { [name]: "javascript:alert(1)" } }, PARAM, name],
  [`${name} of a metadata service`, { set: { [name]: "http://169.254.169.254/x" } }, PARAM, name],
  [`${name} too long`, { set: { [name]: `https://shop.example/${long(most)}` } }, PARAM, name],
];

/** An order of the cashier: what it has besides a deduction. */
const order = [
  ["no buyer", { set: { "order.buyer": undefined } }, PARAM, "referenceBuyerId"],
  ["a buyer without a name", { set: { "order.buyer": {} } }, PARAM, "referenceBuyerId"],
  ["a time that is over", { set: { paymentExpiryTime: "2020-01-01T00:00:00+03:00" } }, PARAM, "paymentExpiryTime"],
  ["a time without offset", { set: { paymentExpiryTime: "2039-01-01T00:00:00" } }, PARAM, "paymentExpiryTime"],
  ["a title too long", { set: { paymentOrderTitle: long(257) } }, PARAM, "paymentOrderTitle"],
  [
    "a hold by a flag that contradicts",
    { set: { paymentFactor: { isAuthorizationPayment: true } } },
    PARAM,
    "isAuthorizationPayment",
  ],
  ["more than the wallet lets through", value("9999999999999999"), "PAYMENT_AMOUNT_EXCEED_LIMIT"],
  ...address("voidNotifyUrl", 2048),
  ["a redirect that is a script", { set: { paymentRedirectUrl: "javascript:alert(1)" } }, PARAM, "paymentRedirectUrl"],
  [
    "a redirect too long",
    { set: { paymentRedirectUrl: `https://shop.example/${long(1024)}` } },
    PARAM,
    "paymentRedirectUrl",
  ],
];

const inStore = [["no code", { set: { paymentAuthCode: undefined } }, PARAM, "paymentAuthCode"]];

const capture = [
  ...ids("captureRequestId"),
  ...whichPayment,
  ...amounts("captureAmount", "AUTH_NOT_FOUND"),
  ["one capture of several", { set: { isLastCapture: false } }, PARAM, "isLastCapture"],
];
const voiding = [
  ...ids("voidRequestId"),
  ...whichPayment,
  ...amounts("voidAmount", "ORDER_NOT_EXIST"),
  [
    "a part and all of it",
    { set: { voidRemainingAmount: true, voidAmount: { currency: "IQD", value: "1000" } } },
    PARAM,
    "voidAmount",
  ],
  ["neither a part nor all of it", { set: { voidRemainingAmount: false } }, PARAM, "voidAmount"],
];
const confirm = [
  ...ids("confirmRequestId"),
  ...whichPayment,
  ["two different ids", { set: { confrimRequestId: "OTHER" } }, PARAM, "confrimRequestId"],
  ["an unknown payment", {}, "ORDER_NOT_EXIST"],
];
const refund = [
  ...ids("refundRequestId"),
  ...whichPayment,
  ...amounts("refundAmount", "ORDER_NOT_EXIST"),
  ["no refundAmount", { set: { refundAmount: undefined } }, PARAM, "refundAmount"],
  ["a reason too long", { set: { refundReason: long(257) } }, PARAM, "refundReason"],
  ["a captureId too long", { set: { captureId: long(65) } }, PARAM, "captureId"],
  ...address("refundNotifyUrl", 1024),
];
const inquiryRefund = [
  ["no id", { set: { refundId: undefined } }, PARAM, "refundId"],
  ["two empty ids", { set: { refundId: "", refundRequestId: "" } }, PARAM, "refundId"],
  ["an id too long", { set: { refundId: long(65) } }, PARAM, "refundId"],
  ["an id as a number", { set: { refundId: 5 } }, PARAM, "refundId"],
  ["an unknown id", {}, "REFUND_NOT_EXIST"],
];
const unknownPayment = [...whichPayment, ["an unknown payment", {}, "ORDER_NOT_EXIST"]];

const words = (name, written) => ({ set: { [`templates.0.templateParameters.${name}`]: written } });
const message = [
  ...tokenOnly,
  ["no requestId", { set: { requestId: undefined } }, PARAM, "requestId"],
  ["a requestId too long", { set: { requestId: long(129) } }, PARAM, "requestId"],
  ["no templateCode", { set: { templateCode: undefined } }, PARAM, "templateCode"],
  ["another template", { set: { templateCode: "OTHER" } }, "TEMPLATE_NOT_EXIST"],
  ["no templates", { set: { templates: undefined } }, PARAM, "templates"],
  ["an empty list of templates", { set: { templates: [] } }, PARAM, "templates"],
  ["templates as an object", { set: { templates: {} } }, PARAM, "templates"],
  ["a template without words", { set: { "templates.0": {} } }, PARAM, "templateParameters"],
  ["no Title", words("Title", undefined), PARAM, "Title"],
  ["a Title too long", words("Title", long(129)), PARAM, "Title"],
  ["no Content", words("Content", undefined), PARAM, "Content"],
  ["a Content too long", words("Content", long(1025)), PARAM, "Content"],
  ["a Url too long", words("Url", long(1025)), PARAM, "Url"],
  ["another client's name", { set: { authClientId: "2188000000000000" } }, "INVALID_AUTH_CLIENT"],
];

const of = (api, cases) => cases.map(([what, how, code, word]) => ({ api, what, how, code, word }));

/** All cases. */
export const cases = [
  ...of("prepare", [...addressed, ...headed, ...signed, ...parsed, ...prepare]),
  ...of("applyToken", applyToken),
  ...of("cancelToken", tokenOnly),
  ...of("inquiryUserInfo", tokenOnly),
  ...of("pay", pay),
  ...of("inquiryPayment", inquiryPayment),
  ...of("order", order),
  ...of("inStore", inStore),
  ...of("cancel", unknownPayment),
  ...of("capture", capture),
  ...of("void", voiding),
  ...of("merchantAccept", unknownPayment),
  ...of("confirm", confirm),
  ...of("refund", refund),
  ...of("inquiryRefund", inquiryRefund),
  ...of("inquiryUserCardList", tokenOnly),
  ...of("inquiryUserAccountList", tokenOnly),
  ...of("inquiryMerchantInfo", tokenOnly),
  ...of("sendInbox", message),
  ...of("sendPush", message),
];
