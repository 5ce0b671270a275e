// What a page can learn about the phone it runs on (jsapi.md 4.5). `app` must not contain "web": real pages decide by it
// whether they are inside a wallet (qicard.md 11.3).

const TITLE_BAR_HEIGHT_PX = 52;
const STATUS_BAR_HEIGHT_PX = 44;

function systemInfo() {
  const { clientVersion, platform } = session.env;
  return {
    app: session.env.clientName,
    brand: "Mithaq",
    model: "Mithaq Phone",
    platform,
    system: platform === "iOS" ? "17.0" : "14",
    version: clientVersion,
    language: pageLanguage(),
    pixelRatio: window.devicePixelRatio || 1,
    windowWidth: window.innerWidth,
    windowHeight: window.innerHeight,
    screenWidth: window.innerWidth,
    screenHeight: window.innerHeight + TITLE_BAR_HEIGHT_PX + STATUS_BAR_HEIGHT_PX,
    screen: { width: window.innerWidth, height: window.innerHeight + TITLE_BAR_HEIGHT_PX + STATUS_BAR_HEIGHT_PX },
    titleBarHeight: TITLE_BAR_HEIGHT_PX,
    statusBarHeight: STATUS_BAR_HEIGHT_PX,
    fontSizeSetting: 16,
    storage: "64 GB",
    currentBattery: "100%",
    performance: "high",
    transparentTitle: false,
    isIphoneXSeries: false,
    // A page has no leave of its own for anything on the phone; it asks the wallet by calls.
    ...Object.fromEntries(AUTHORIZATIONS.map((name) => [name, false])),
  };
}
