// What Mithaq's bridge puts on `my` and `AlipayJSBridge`, as types. index.d.ts makes them global; a program that wants the
// types alone imports this file. Compatible with the published `@mini-types/my`: see test/types.
//
// Every call can be written in three ways: with `success`, `fail` and `complete` among its parameters, with one callback
// through `my.call`, or without any, awaiting the promise. Exactly one of success and fail is called, then complete.

import type { Callbacks, Failure, Ignored, Nothing } from "./common.js";
import type {
  ActionSheetOptions, AlertOptions, ConfirmOptions, LoadingOptions, PromptOptions, RequestFailure, RequestOptions, RequestTask,
  Response, ScannedCode, ScanOptions, StorageInfo, SystemInfo, ToastOptions, UrlOptions,
} from "./page.js";
import type {
  AgreementResult, AuthCode, AuthCodeFailure, AuthCodeOptions, PayFailure, PayResult, PaySignCenterOptions, SignContractOptions,
  SignedContract, SignedStr, SignStrOptions, TradePayOptions,
} from "./wallet.js";

export type * from "./common.js";
export type * from "./page.js";
export type * from "./wallet.js";

/** A name that other wallets know and this one does not support: fails with error 1. */
export type Unsupported = (options?: any, callback?: (reply: Failure) => void) => Promise<never>;
/** The same for a member that returns something at once: throws an Error with error 1. */
export type UnsupportedSync = (...options: any[]) => never;

/** `my`: the wallet, as a Mini Program sees it. */
export interface My {
  // The wallet

  /** Asks for a code by which the merchant's backend learns who the user is. Opens a page only if the user has to be asked. */
  getAuthCode(options?: AuthCodeOptions & Callbacks<AuthCode, AuthCodeFailure>): Promise<AuthCode>;
  /**
   * Opens the cashier for an order. What it answers is never proof of payment: wait for the notification, or query.
   * @example my.tradePay({ paymentUrl, success: ({ resultCode }) => show(resultCode), fail: ({ resultCode }) => show(resultCode) })
   */
  tradePay(options?: TradePayOptions & Callbacks<PayResult, PayFailure>): Promise<PayResult>;
  /** Opens the authorization page of a contract: `6001` not agreed, `6002` network, `6003` cannot be signed. */
  qicardSignContract(options: SignContractOptions & Callbacks<SignedContract, Failure<string | number>>): Promise<SignedContract>;
  /** The same by the name and with the codes of other wallets: `6001`, `6002`, `7001` may have been signed, `7002` failed. */
  signContract(options: SignStrOptions & Callbacks<SignedStr, Failure<string | number>>): Promise<SignedStr>;
  /**
   * Opens the signing page of an agreement of periodic deduction, made ready by the merchant's backend with
   * `alipay.user.agreement.page.sign`. Every status reaches `success`; `fail` is for a call that never started. Like all that a
   * page is told, it proves nothing: the notification `dut_user_sign` does, or `alipay.user.agreement.query`.
   * @example
   * my.paySignCenter({
   *   signStr, // encodeURIComponent(sdk.sdkExecute("alipay.user.agreement.page.sign", {…})), from the backend, unchanged
   *   success: ({ resultStatus, result }) => resultStatus === "7000" && show(JSON.parse(result)),
   *   fail: ({ errorMessage }) => show(errorMessage),
   * })
   */
  paySignCenter(options: PaySignCenterOptions & Callbacks<AgreementResult>): Promise<AgreementResult>;

  // Dialogs, drawn by the wallet with the Mini Program's name on them, one after another

  /** Shows a message. Succeeds when the button was pressed. */
  alert(options?: AlertOptions & Callbacks<Nothing>): Promise<void>;
  /** Asks yes or no. */
  confirm(options?: ConfirmOptions & Callbacks<{ confirm: boolean }>): Promise<{ confirm: boolean }>;
  /** Asks for a line of text; `inputValue` is empty if it was cancelled. */
  prompt(options: PromptOptions & Callbacks<{ ok: boolean; inputValue: string }>): Promise<{ ok: boolean; inputValue: string }>;
  /** Offers a list; `index` is -1 if it was cancelled. */
  showActionSheet(options: ActionSheetOptions & Callbacks<{ index: number; success: true }>): Promise<{ index: number; success: true }>;
  /** Says something that goes away by itself. Succeeds when it has gone. */
  showToast(options?: ToastOptions & Callbacks<Nothing>): Promise<void>;
  /** Takes the toast away. */
  hideToast(options?: Callbacks<Nothing>): Promise<void>;
  /** Shows that something is under way, until hideLoading. */
  showLoading(options?: LoadingOptions & Callbacks<Nothing>): Promise<void>;
  /** Ends that. */
  hideLoading(options?: { page?: unknown } & Callbacks<Nothing>): Promise<void>;

  // The phone

  /** Puts a text into the clipboard. */
  setClipboard(options: { text: string } & Callbacks<{ success: true }>): Promise<{ success: true }>;
  /** Gives back what this Mini Program, or another, put there. What the user copied elsewhere is not told. */
  getClipboard(options?: Callbacks<{ text: string }>): Promise<{ text: string }>;
  /** Reads a QR or bar code: 10 cancelled, 11 nothing was read. */
  scan(options?: ScanOptions & Callbacks<ScannedCode>): Promise<ScannedCode>;
  /** What phone and wallet this is. */
  getSystemInfo(options?: Ignored<"includeNotification" | "includeBluetooth"> & Callbacks<SystemInfo>): Promise<SystemInfo>;
  /** The same at once. */
  getSystemInfoSync(options?: Ignored<"includeNotification" | "includeBluetooth">): SystemInfo;
  /** This Mini Program's id. */
  getAppId(options?: Callbacks<{ appId: string }>): Promise<{ appId: string }>;
  /** The same at once. */
  getAppIdSync(): { appId: string };
  /** Whether the page runs inside the wallet. */
  getEnv(callback: (env: { miniprogram: boolean }) => void): void;
  getEnv(options?: Callbacks<{ miniprogram: boolean }>): Promise<{ miniprogram: boolean }>;

  // Network

  /** An HTTP request by the page's own fetch, with the page's CORS rules. */
  request(options: RequestOptions & Callbacks<Response, RequestFailure>): Promise<Response> & RequestTask;
  /** The older name of request. @deprecated */
  httpRequest(options: RequestOptions & Callbacks<Response, RequestFailure>): Promise<Response> & RequestTask;

  // Storage, kept apart by user and Mini Program: 200 KB a key (error 14), 10 MB in all (error 12)

  /** Keeps a value. */
  setStorage(options: { key: string; data: unknown } & Callbacks<{ success: true }>): Promise<void>;
  /** Gives a value back; null if there is none. */
  getStorage(options: { key: string } & Callbacks<{ data: any }>): Promise<{ data: any }>;
  /** Forgets a value. */
  removeStorage(options: { key: string } & Callbacks<{ success: true }>): Promise<{ success: true }>;
  /** Forgets all. */
  clearStorage(options?: Callbacks<{ success: boolean }>): Promise<{ success: boolean }>;
  /** How much is kept. */
  getStorageInfo(options?: Callbacks<StorageInfo>): Promise<StorageInfo>;
  /** setStorage at once; throws. */
  setStorageSync(options: { key: string; data: unknown }): { success: boolean };
  /** getStorage at once. */
  getStorageSync(options: { key: string }): { data: any };
  /** removeStorage at once. */
  removeStorageSync(options: { key: string }): { success: true };
  /** clearStorage at once. */
  clearStorageSync(): { success: boolean };
  /** getStorageInfo at once. */
  getStorageInfoSync(): StorageInfo;

  // Pages of an H5 Mini Program: ordinary navigation of its document

  /** Opens a page on top, ten at most. */
  navigateTo(options: UrlOptions & Ignored<"events"> & Callbacks<Nothing>): Promise<Nothing>;
  /** Replaces this page. */
  redirectTo(options: UrlOptions & Callbacks<Nothing>): Promise<void>;
  /** Closes all pages and opens one. */
  reLaunch(options: UrlOptions & Callbacks<Nothing>): Promise<void>;
  /** As reLaunch: an H5 site has no tabs. */
  switchTab(options: UrlOptions & Callbacks<Nothing>): Promise<void>;
  /** Goes back by one page, or by `delta`. */
  navigateBack(options?: { delta?: number | string } & Callbacks<Nothing>): Promise<void>;

  // Everything else

  /** Any API by its name; also those that are no member of `my` in other wallets. */
  call(name: string, params: any, callback: (reply: any) => void): Promise<any>;
  call(name: string, callback: (reply: any) => void): Promise<any>;
  call(name: string, params?: any): Promise<any>;
  /** Whether something is there: `api`, `api.object.param.option`, `api.return.member`. */
  canIUse(name: string): boolean;
  /** The base library's version, `major.minor.patch`. */
  SDKVersion: string;
  /** Always false. */
  isIDE: boolean;
  env: {
    clientName: string;
    clientVersion: string;
    /** `en-US` or `ar-IQ`. */
    language: string;
    /** `Android` or `iOS`. */
    platform: string;
  };
  /** Speaks to "the Mini Program around this page", which for an H5 Mini Program is this page. */
  postMessage(message: Record<string, unknown>): Promise<Nothing>;
  /** Hears messages of the wallet: call it with a function, or assign one. */
  onMessage: (listener: any) => void;
  /** An H5 page has no web-view component: what is posted is dropped. */
  createWebViewContext(id: string): { postMessage(message: Record<string, unknown>): void };

  // Names of other wallets, each answered: error 1

  getNetworkType: Unsupported;
  getSetting: Unsupported;
  openSetting: Unsupported;
  setNavigationBar: Unsupported;
  navigateToMiniProgram: Unsupported;
  navigateBackMiniProgram: Unsupported;
  startPullDownRefresh: Unsupported;
  stopPullDownRefresh: Unsupported;
  pageScrollTo: Unsupported;
  uploadFile: Unsupported;
  downloadFile: Unsupported;
  openInBrowser: Unsupported;
  qicardShareAppMessage: Unsupported;
  getDeviceInfo: Unsupported;
  chooseImage: Unsupported;
  previewImage: Unsupported;
  saveImage: Unsupported;
  getLocation: Unsupported;
  openLocation: Unsupported;
  chooseFileFromDisk: Unsupported;
  getFacePhotoData: Unsupported;
  beehiveGetPOI: Unsupported;
  makePhoneCall: Unsupported;
  vibrate: Unsupported;
  getBatteryInfo: Unsupported;
  setKeepScreenOn: Unsupported;
  getScreenBrightness: Unsupported;
  setScreenBrightness: Unsupported;
  choosePhoneContact: Unsupported;
  addPhoneContact: Unsupported;
  saveFile: Unsupported;
  getFileInfo: Unsupported;
  getSavedFileInfo: Unsupported;
  getSavedFileList: Unsupported;
  removeSavedFile: Unsupported;
  openDocument: Unsupported;
  datePicker: Unsupported;
  multiLevelSelect: Unsupported;
  hideKeyboard: Unsupported;
  getLaunchOptionsSync: UnsupportedSync;
  getEnterOptionsSync: UnsupportedSync;
  createSelectorQuery: UnsupportedSync;
  createVideoContext: UnsupportedSync;
}

/** The names that `AlipayJSBridge.call` and `my.call` know, with what each answers. */
export type Api = { [Name in keyof My]: My[Name] extends (...options: any) => Promise<any> ? Name : never }[keyof My];

/** `AlipayJSBridge`: the same calls, with one callback for success and failure alike. */
export interface Bridge {
  /** A reply with a truthy `error` is a failure. */
  call(name: Api, callback?: (reply: any) => void): Promise<any>;
  call(name: Api, params: object, callback?: (reply: any) => void): Promise<any>;
  call(name: string, params?: unknown, callback?: (reply: any) => void): Promise<any> | undefined;
  /** How the Mini Program was started: `appId`, `url`. */
  startupParams: Record<string, unknown>;
}
