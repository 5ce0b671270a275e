// Parameters and results of the calls that open no page: dialogs, the phone, network, storage, navigation.

import type { Failure, Ignored } from "./common.js";

// Dialogs

export interface AlertOptions extends Ignored<"confirmColor"> {
  title?: unknown;
  /** Shown as text, never as markup; what is no text is shown as JSON. */
  content?: unknown;
  /** "OK" if not given. */
  buttonText?: unknown;
}

export interface ConfirmOptions extends Ignored<"confirmColor" | "cancelColor"> {
  title?: unknown;
  content?: unknown;
  /** "OK" if not given. */
  confirmButtonText?: unknown;
  /** "Cancel" if not given. */
  cancelButtonText?: unknown;
}

export interface PromptOptions extends Ignored<"confirmColor" | "cancelColor"> {
  title?: unknown;
  message?: unknown;
  placeholder?: unknown;
  align?: "left" | "center" | "right";
  okButtonText?: unknown;
  cancelButtonText?: unknown;
}

export interface ActionSheetOptions {
  title?: unknown;
  /** One row each. */
  items: unknown[];
  cancelButtonText?: unknown;
  /** The row that is drawn as a warning, from 0. */
  destructiveBtnIndex?: number;
  badges?: { index: number; type?: "none" | "point" | "num" | "text" | "more"; text?: unknown }[];
}

export interface ToastOptions extends Ignored<"delay" | "xOffset" | "yOffset"> {
  content?: unknown;
  type?: "none" | "success" | "fail" | "exception" | "loading";
  /** In ms; 3000 if not given, at most a minute. */
  duration?: number;
}

export interface LoadingOptions {
  content?: unknown;
  /** In ms: not shown at all if hideLoading comes sooner. */
  delay?: number;
  /** Whether the page is out of reach meanwhile; it is, unless false. */
  mask?: boolean;
}

// The phone

export interface ScanOptions extends Ignored<"onlyFromCamera" | "actionType" | "needPath"> {
  /** The look of the frame in old versions; ignored. */
  type?: "qr" | "bar";
  /** What is looked for; QR and bar codes if not given. */
  scanType?: ("qrCode" | "barCode" | "dmCode" | "pdf417Code" | "narrowCode" | "hmCode")[];
  /** There is no album to choose from anyway. */
  hideAlbum?: boolean;
}

export interface ScannedCode {
  /** What the code says. */
  code: string;
  /** The same, if it was no bar code. */
  qrCode: string;
  /** The same, if it was a bar code. */
  barCode: string;
  /** The kind of code, such as `QR_CODE` or `EAN_13`. */
  codeType: string;
  codeContent: string;
  scanType: string;
  result: string;
  imageChannel: string;
  /** The text's bytes in base64. */
  rawData: string;
}

export interface SystemInfo {
  /** The wallet's name. Never contains "web". */
  app: string;
  brand: string;
  model: string;
  /** `Android` or `iOS`. */
  platform: string;
  system: string;
  /** The wallet app's version. */
  version: string;
  /** `en-US` or `ar-IQ`. */
  language: string;
  pixelRatio: number;
  windowWidth: number;
  windowHeight: number;
  screenWidth: number;
  screenHeight: number;
  screen: { width: number; height: number };
  titleBarHeight: number;
  statusBarHeight: number;
  fontSizeSetting: number;
  storage: string;
  currentBattery: string;
  performance: "high" | "middle" | "low";
  transparentTitle: boolean;
  isIphoneXSeries: boolean;
  albumAuthorized: boolean;
  bluetoothAuthorized: boolean;
  bluetoothEnabled: boolean;
  cameraAuthorized: boolean;
  locationAuthorized: boolean;
  locationEnabled: boolean;
  microphoneAuthorized: boolean;
  notificationAlertAuthorized: boolean;
  notificationAuthorized: boolean;
  notificationBadgeAuthorized: boolean;
  notificationSoundAuthorized: boolean;
  overlayAuthorized: boolean;
  wifiEnabled: boolean;
}

// Network, storage, pages

export interface RequestOptions extends Ignored<"referrerStrategy"> {
  /** http or https; a relative address is the page's. */
  url: string;
  /** GET if not given. */
  method?: "GET" | "POST" | "PUT" | "DELETE" | "OPTIONS" | "HEAD" | "TRACE" | "CONNECT";
  /** An object goes into the address of a GET, into a form or JSON otherwise, as the content type says. */
  data?: unknown;
  /** `content-type` is `application/json` if not given. */
  headers?: Record<string, string>;
  /** The same by its older name. */
  header?: Record<string, string>;
  /** How the answer is read; `json` if not given. */
  dataType?: "json" | "text" | "base64" | "arraybuffer";
  /** In ms; 30000 if not given. */
  timeout?: number;
}

export interface Response {
  /** What came, as `dataType` says. */
  data: any;
  status: number;
  statusCode: number;
  headers: Record<string, string>;
  header: Record<string, string>;
}

/** 2 wrong parameter, 9 aborted, 12 network, 13 time is over, 14 the answer is not of this type, 19 HTTP status (with what came). */
export interface RequestFailure extends Failure, Partial<Response> {}

/** A request under way. */
export interface RequestTask {
  /** Stops it: fails with error 9. Needs no parameters, though other wallets do. */
  abort(options?: unknown): void;
}

export interface StorageInfo {
  keys: string[];
  /** In KB. */
  currentSize: number;
  /** In KB. */
  limitSize: number;
}

export interface UrlOptions extends Ignored<"resolvedPath"> {
  url: string;
}
