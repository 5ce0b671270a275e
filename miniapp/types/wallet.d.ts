// The calls that open a page of the wallet: parameters, results, failures, codes.

import type { Failure } from "./common.js";

/** A scope of `my.getAuthCode`: what the merchant's backend may read with the code. */
export type Scope =
  | "auth_base" | "auth_user" | "USER_ID" | "USER_LOGIN_ID" | "HASH_LOGIN_ID" | "USER_NAME" | "USER_AVATAR" | "USER_GENDER"
  | "USER_BIRTHDAY" | "USER_NATIONALITY" | "USER_CONTACTINFO" | "NOTIFICATION_INBOX" | "NOTIFICATION_PUSH" | "CARD_LIST"
  | (string & {});

export interface AuthCodeOptions {
  /** What is asked for; `auth_base` if nothing is. `auth_base`, `USER_ID`, `USER_LOGIN_ID` and `HASH_LOGIN_ID` never ask the user. */
  scopes?: Scope | Scope[];
  /** The same by another name, for scripts that send it so. */
  scopeNicks?: Scope | Scope[];
}

export interface AuthCode {
  /** Works once, for some minutes. The merchant's backend exchanges it with `applyToken`. */
  authCode: string;
  /** The scopes that were granted. */
  authSuccessScopes: string[];
  /** The scopes that were not, with the reason of each. */
  authErrorScopes: Record<string, string>;
}

/** 3 no scope could be granted, 10 or 11 the user refused, 12 the wallet could not be reached. */
export interface AuthCodeFailure extends Failure {
  /** `1001` refused by the user, `1002` not granted, `40006` unknown or not enabled for the merchant. */
  authErrorScopes?: Record<string, string>;
}

export interface SignContractOptions {
  /** As `/v1/authorizations/prepare` answered it to the merchant's backend, unchanged. */
  authUrl: string;
  extParams?: {
    /** Told to the merchant's backend as `referenceClientId`. */
    subClientId?: string;
    [more: string]: unknown;
  };
}

export interface SignedContract {
  /** Works once. The merchant's backend exchanges it for an access token that may charge under the contract. */
  authCode: string;
}

export interface SignStrOptions {
  /** The address of the authorization page. */
  signStr: string;
}

export interface SignedStr extends SignedContract {
  /** What the merchant's backend gave when it prepared the contract, if anything. */
  authState?: string;
}

/**
 * `9000` paid, or on hold for products that hold · `8000` in progress, may be paid · `4000` failed · `6001` the user left · `6002` the
 * wallet could not be reached · `6004` not known, may be paid. Never proof: the notification to the merchant's backend is, or its query.
 */
export type PayResultCode = "9000" | "8000" | "4000" | "6001" | "6002" | "6004" | (string & {});

/** Exactly one of the three. */
export interface TradePayOptions {
  /** The cashier's address: `redirectActionForm.redirectUrl` of `/v1/payments/pay`, unchanged. */
  paymentUrl?: string;
  /** The paymentId of an order of this Mini Program's own merchant, or the `trade_no` of `alipay.trade.create`, whose buyer must pay. */
  tradeNO?: string;
  /**
   * A whole order string, made and signed by the merchant's backend: `sdkExecute("alipay.trade.app.pay", {…})`, unchanged. With
   * `agreement_sign_params` in it, one page asks for the payment and for an agreement of periodic deduction.
   */
  orderStr?: string;
}

export interface PayResult {
  resultCode: PayResultCode;
  /** Empty; of `AlipayJSBridge.call` with `tradeNO` or `orderStr` only. */
  callbackUrl?: string;
  /** Of `orderStr`, otherwise as above: words for the user, mostly empty. */
  memo?: string;
  /**
   * Of `orderStr`, otherwise as above: JSON text with `alipay_trade_app_pay_response`, `sign` and `sign_type`. The signature is over
   * the member as it stands in the text, so a backend that checks it must be given the text, not what was parsed from it.
   */
  result?: string;
}

/** 4000, 6001 and 6002 come here where the address was given, unless the wallet is set to give all codes to `success`. */
export interface PayFailure extends Failure {
  /** The code as above; `4000` too if the parameters were wrong (`error` 2). Missing if the call could not be made (`error` 3, 4). */
  resultCode?: PayResultCode;
}

export interface PaySignCenterOptions {
  /**
   * The string that `sdkExecute("alipay.user.agreement.page.sign", {…})` gives, percent-encoded once more as a whole. Leave
   * `return_url` out of it: that would lead out of the Mini Program.
   */
  signStr: string;
}

/**
 * `7000` signed · `7001` not known, may be signed: query by `external_agreement_no` · `7002` failed, see `sub_msg` in `result` · `6001`
 * the user left · `6002` the wallet could not be reached. Never proof: the notification to the merchant's backend is, or its query.
 */
export type AgreementStatus = "7000" | "7001" | "7002" | "6001" | "6002";

export interface AgreementResult {
  resultStatus: AgreementStatus;
  /**
   * JSON text with `alipay_user_agreement_page_sign_response`, `sign` and `sign_type`: of 7000, and of 7002 with a reason; else empty.
   * The signature is over the member as it stands in the text.
   */
  result: string;
}
