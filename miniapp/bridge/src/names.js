// Names that exist on `my` but are not supported by this wallet: each answers error 1 (jsapi.md 2, qicard.md 10).
// A page can test for them and go on; none of them is ever left unanswered.

const UNSUPPORTED = [
  "getNetworkType", "getSetting", "openSetting", "setNavigationBar", "navigateToMiniProgram", "navigateBackMiniProgram",
  "startPullDownRefresh", "stopPullDownRefresh", "pageScrollTo", "uploadFile", "downloadFile", "openInBrowser",
  "qicardShareAppMessage", "getDeviceInfo", "chooseImage", "previewImage", "saveImage", "getLocation", "openLocation",
  "chooseFileFromDisk", "getFacePhotoData", "beehiveGetPOI", "makePhoneCall", "vibrate", "getBatteryInfo",
  "setKeepScreenOn", "getScreenBrightness", "setScreenBrightness", "choosePhoneContact", "addPhoneContact",
  "saveFile", "getFileInfo", "getSavedFileInfo", "getSavedFileList", "removeSavedFile", "openDocument",
  "datePicker", "multiLevelSelect", "hideKeyboard",
];

/** The same for members that return a value at once: these throw. */
const UNSUPPORTED_SYNC = ["getLaunchOptionsSync", "getEnterOptionsSync", "createSelectorQuery", "createVideoContext"];
