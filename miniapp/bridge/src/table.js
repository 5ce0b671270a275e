// Every API the bridge knows: where it is answered, its parameters, what it returns. One table for the parameter
// checks, for canIUse and for what stands on `my` (jsapi.md 1.4, 2, 4).

/**
 * @typedef {object} Api
 * @property {"shell"|"page"} at     who answers: the shell over the port, or this page by itself
 * @property {Record<string, string>} params  kind of each parameter: "text" (anything, shown as text), "string",
 *   "number", "boolean", "array", "object", "strings" (one or several), "any"; "!" if required; then the values
 *   canIUse knows, separated by "|"
 * @property {string[]} returns      members of a successful reply
 * @property {string[]} [oneOf]      exactly one of these parameters is given; an empty text is not given
 * @property {Record<string, string>} [refused]  what a reply about wrong parameters has besides
 * @property {string} [since]        lowest my.SDKVersion
 */

/** What a phone's owner can allow an app: members of getSystemInfo. */
const AUTHORIZATIONS = [
  "albumAuthorized", "bluetoothAuthorized", "bluetoothEnabled", "cameraAuthorized", "locationAuthorized",
  "locationEnabled", "microphoneAuthorized", "notificationAlertAuthorized", "notificationAuthorized",
  "notificationBadgeAuthorized", "notificationSoundAuthorized", "overlayAuthorized", "wifiEnabled",
];

/** @type {Record<string, Api>} */
const TABLE = {
  getAuthCode: {
    at: "shell",
    params: { scopes: "strings", scopeNicks: "strings" },
    returns: ["authCode", "authSuccessScopes", "authErrorScopes"],
  },
  qicardSignContract: {
    at: "shell", params: { authUrl: "string!", extParams: "object" }, returns: ["authCode"], since: "1.24.6",
  },
  signContract: { at: "shell", params: { signStr: "string!" }, returns: ["authState", "authCode"], since: "1.24.6" },
  tradePay: {
    at: "shell",
    params: { paymentUrl: "string", tradeNO: "string", orderStr: "string" },
    oneOf: ["paymentUrl", "tradeNO", "orderStr"],
    refused: { resultCode: "4000" },
    returns: ["resultCode", "callbackUrl", "memo", "result"],
  },
  paySignCenter: { at: "shell", params: { signStr: "string!" }, returns: ["resultStatus", "result"] },

  alert: { at: "shell", params: { title: "text", content: "text", buttonText: "text" }, returns: [] },
  confirm: {
    at: "shell",
    params: { title: "text", content: "text", confirmButtonText: "text", cancelButtonText: "text" },
    returns: ["confirm"],
  },
  prompt: {
    at: "shell",
    params: {
      title: "text", message: "text", placeholder: "text", align: "text left|center|right", okButtonText: "text",
      cancelButtonText: "text",
    },
    returns: ["ok", "inputValue"],
  },
  showActionSheet: {
    at: "shell",
    params: {
      title: "text", items: "array!", cancelButtonText: "text", destructiveBtnIndex: "number", badges: "array",
    },
    returns: ["index", "success"],
  },
  showToast: {
    at: "shell", params: { content: "text", type: "text none|success|fail|exception", duration: "number" }, returns: [],
  },
  hideToast: { at: "shell", params: {}, returns: [] },
  showLoading: { at: "shell", params: { content: "text", delay: "number", mask: "any" }, returns: [] },
  hideLoading: { at: "shell", params: { page: "any" }, returns: [] },
  setClipboard: { at: "shell", params: { text: "string!" }, returns: ["success"] },
  getClipboard: { at: "shell", params: {}, returns: ["text"] },
  scan: {
    at: "shell",
    params: { type: "string qr|bar", scanType: "strings qrCode|barCode", hideAlbum: "any" },
    returns: ["code", "codeType", "codeContent", "qrCode", "barCode", "scanType", "result", "imageChannel", "rawData"],
  },

  request: {
    at: "page",
    params: {
      url: "string!", method: "string GET|POST|PUT|DELETE|OPTIONS|HEAD", data: "any", headers: "object",
      header: "object", dataType: "string json|text|base64|arraybuffer", timeout: "number",
    },
    returns: ["data", "status", "statusCode", "headers", "header"],
  },
  setStorage: { at: "page", params: { key: "string!", data: "any" }, returns: ["success"] },
  getStorage: { at: "page", params: { key: "string!" }, returns: ["data"] },
  removeStorage: { at: "page", params: { key: "string!" }, returns: ["success"] },
  clearStorage: { at: "page", params: {}, returns: ["success"] },
  getStorageInfo: { at: "page", params: {}, returns: ["keys", "currentSize", "limitSize"] },

  navigateTo: { at: "page", params: { url: "string!", events: "any" }, returns: [] },
  redirectTo: { at: "page", params: { url: "string!" }, returns: [] },
  reLaunch: { at: "page", params: { url: "string!" }, returns: [] },
  switchTab: { at: "page", params: { url: "string!" }, returns: [] },
  navigateBack: { at: "page", params: { delta: "number" }, returns: [] },

  getSystemInfo: {
    at: "page",
    params: {},
    returns: [
      "app", "brand", "currentBattery", "fontSizeSetting", "isIphoneXSeries", "language", "model", "performance",
      "pixelRatio", "platform", "screen", "screenHeight", "screenWidth", "statusBarHeight", "storage", "system",
      "titleBarHeight", "transparentTitle", "version", "windowHeight", "windowWidth", ...AUTHORIZATIONS,
    ],
  },
  getAppId: { at: "page", params: {}, returns: ["appId"] },
  getEnv: { at: "page", params: {}, returns: ["miniprogram"] },
  postMessage: { at: "page", params: {}, returns: [] },
};

// httpRequest is the older name of request, with the same shape (4.2).
TABLE.httpRequest = TABLE.request;

/** Members of `my` that are no calls; canIUse knows them too. */
const MEMBERS = ["SDKVersion", "call", "canIUse", "createWebViewContext", "env", "isIDE", "onMessage"];

/** @param {string} name */
function apiNamed(name) {
  return Object.prototype.hasOwnProperty.call(TABLE, name) ? TABLE[name] : null;
}

/**
 * @param {string} kind an entry of `params`
 * @returns {{type: string, required: boolean, options: string[]}}
 */
function readKind(kind) {
  const [type, options] = kind.split(" ");
  return { type: type.replace("!", ""), required: type.endsWith("!"), options: options ? options.split("|") : [] };
}
