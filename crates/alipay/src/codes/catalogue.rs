//! Every sub-code with the code it comes with and what to do about it (spec/alipay-agreement.md 1.5, 2.1.2 to 2.14).
//! Misspelt names are the names on the wire.

use super::Code;

/// One line of the catalogue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SubCodeEntry {
    /// The sub-code.
    pub sub_code: SubCode,
    /// `sub_code` on the wire.
    pub wire: &'static str,
    /// The code it always comes with.
    pub code: Code,
    /// `sub_msg` unless the wallet has something more exact to say: what happened and what to do.
    pub message: &'static str,
}

macro_rules! catalogue {
    ($($variant:ident $wire:literal $code:ident $message:literal;)*) => {
        /// Why a call failed, or why its outcome is not known.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum SubCode {
            $(#[doc = concat!("`", $wire, "`: ", $message)] $variant,)*
        }

        /// Every sub-code: the gateway's, those of agreements, those of trades.
        pub const SUB_CODES: &[SubCodeEntry] = &[
            $(SubCodeEntry {
                sub_code: SubCode::$variant,
                wire: $wire,
                code: Code::$code,
                message: $message,
            },)*
        ];

        impl SubCode {
            /// Its line of the catalogue.
            #[must_use]
            pub const fn entry(self) -> SubCodeEntry {
                match self {
                    $(Self::$variant => SubCodeEntry {
                        sub_code: self,
                        wire: $wire,
                        code: Code::$code,
                        message: $message,
                    },)*
                }
            }
        }
    };
}

impl SubCode {
    /// `sub_code` on the wire.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        self.entry().wire
    }

    /// The code it comes with.
    #[must_use]
    pub const fn code(self) -> Code {
        self.entry().code
    }

    /// `sub_msg`, unless there is something more exact to say.
    #[must_use]
    pub const fn message(self) -> &'static str {
        self.entry().message
    }
}

catalogue! {
    IspUnknowError "isp.unknow-error" Unavailable "The outcome is not known. Query before you repeat the call.";
    AopUnknowError "aop.unknow-error" Unavailable "The gateway could not finish the call. Query before you repeat it.";
    AopInvalidAuthToken "aop.invalid-auth-token" Token "auth_token is not valid. Let the user authorize again.";
    AopAuthTokenTimeOut "aop.auth-token-time-out" Token "auth_token has run out. Refresh it, or let the user authorize again.";
    AopInvalidAppAuthToken "aop.invalid-app-auth-token" Token "app_auth_token is not valid. Let the merchant authorize your app again.";
    AopInvalidAppAuthTokenNoApi "aop.invalid-app-auth-token-no-api" Token "The merchant has not authorized your app for this method. Ask the merchant for it.";
    AopAppAuthTokenTimeOut "aop.app-auth-token-time-out" Token "app_auth_token has run out. Refresh it with its refresh token.";
    AopNoProductRegByPartner "aop.no-product-reg-by-partner" Token "The merchant has not signed up for this product. Ask the merchant to do it.";
    IsvMissingMethod "isv.missing-method" Missing "method is missing. Name the method, for example alipay.trade.pay.";
    IsvMissingSignature "isv.missing-signature" Missing "sign is missing. Sign the request with the app's private key.";
    IsvMissingSignatureType "isv.missing-signature-type" Missing "sign_type is missing. Send RSA2 and sign with SHA256withRSA.";
    IsvMissingSignatureKey "isv.missing-signature-key" Missing "The key for this signature is missing. Register the app's public key.";
    IsvMissingAppId "isv.missing-app-id" Missing "app_id is missing. Send the number of your app.";
    IsvMissingTimestamp "isv.missing-timestamp" Missing "timestamp is missing. Send the time of the call as yyyy-MM-dd HH:mm:ss.";
    IsvMissingVersion "isv.missing-version" Missing "version is missing. Send version=1.0 with every call.";
    IsvDecryptionErrorMissingEncryptType "isv.decryption-error-missing-encrypt-type" Missing "encrypt_type is missing although the content is encrypted. Send the content in plain text.";
    IsvInvalidParameter "isv.invalid-parameter" Invalid "A parameter is not valid. Compare every parameter with the method's documentation.";
    IsvInvalidMethod "isv.invalid-method" Invalid "There is no such method here. Check the name in method.";
    IsvInvalidFormat "isv.invalid-format" Invalid "format must be JSON or be left out.";
    IsvInvalidSignatureType "isv.invalid-signature-type" Invalid "sign_type must be RSA2 for this app. Sign with SHA256withRSA and a key of 2048 bits.";
    IsvInvalidSignature "isv.invalid-signature" Invalid "The signature does not fit the request. Compare the string that you sign with the one the wallet built.";
    IsvInvalidAppId "isv.invalid-app-id" Invalid "app_id names no app of this wallet. Register the app, or correct the number.";
    IsvInvalidTimestamp "isv.invalid-timestamp" Invalid "timestamp must be the time of the call as yyyy-MM-dd HH:mm:ss, in GMT+8.";
    IsvInvalidCharset "isv.invalid-charset" Invalid "charset must be utf-8 or gbk, and every value must be in that charset.";
    IsvIllegalJson "isv.illegal-json" Invalid "biz_content must be one JSON object. Build it with a JSON library.";
    IsvSuspectedAttack "isv.suspected-attack" Invalid "The request looks like an attack. Send plain parameters without markup.";
    IsvForbiddenApi "isv.forbidden-api" Invalid "This app may not call the method. Ask the wallet to open it for the app.";
    IsvMissingAppCertSn "isv.missing-app-cert-sn" Invalid "app_cert_sn is missing: this app signs with certificates. Send the number of the app's certificate.";
    IsvMissingAlipayRootCertSn "isv.missing-alipay-root-cert-sn" Invalid "alipay_root_cert_sn is missing: this app uses certificates. Send the number of the wallet's root certificate.";
    IsvInvalidAlipayRootCertSn "isv.invalid-alipay-root-cert-sn" Invalid "alipay_root_cert_sn is not the number of the wallet's root certificate. Download the root file again.";
    IsvAppCertNotExist "isv.app-cert-not-exist" Invalid "app_cert_sn is not the number of this app's certificate. Register the certificate, or use plain keys.";
    IsvAlipayCertNotExist "isv.alipay-cert-not-exist" Invalid "The wallet has no such certificate of its own. Download the wallet's certificate again.";
    IsvAppCertExpired "isv.app-cert-expired" Invalid "The app's certificate has run out. Register a new one.";
    IsvCodeInvalid "isv.code-invalid" Invalid "code is unknown, was used already or has run out. Ask the user's app for a new one.";
    IsvRefreshTokenInvalid "isv.refresh-token-invalid" Invalid "refresh_token is not known. Let the user authorize again.";
    IsvRefreshTokenTimeOut "isv.refresh-token-time-out" Invalid "refresh_token has run out. Let the user authorize again.";
    IsvRefreshedTokenInvalid "isv.refreshed-token-invalid" Invalid "refresh_token was replaced by a newer one. Use the newest that you have.";
    IsvGrantTypeInvalid "isv.grant-type-invalid" Invalid "grant_type must be authorization_code or refresh_token.";
    IsvUnmatchedAppId "isv.unmatched-app-id" Invalid "The code or token belongs to another app. Use it with the app that it was made for.";
    IsvMissingSignatureConfig "isv.missing-signature-config" Conditions "No public key is registered for this app. Register it before the first call.";
    InvalidAuthRelations "invalid-auth-relations" Conditions "The user has not authorized this app, or no longer does. Let the user authorize it.";
    IsvAppCallLimited "isv.app-call-limited" Limited "This app has made too many calls. Wait, then repeat the call.";
    IsvMethodCallLimited "isv.method-call-limited" Limited "The method was called too often. Wait, then repeat the call.";
    IsvInsufficientIsvPermissions "isv.insufficient-isv-permissions" Permissions "This app lacks the permission for the method. Ask the wallet for it.";
    IsvInsufficientUserPermissions "isv.insufficient-user-permissions" Permissions "The user has not given this app the permission. Ask the user for it.";
    IsvSelfInvokeForbidden "isv.self-invoke-forbidden" Permissions "An app may not call this method for itself. Call it for a merchant with app_auth_token.";

    InvalidParameter "INVALID_PARAMETER" Business "A member of biz_content is missing or wrong. Correct it and call again.";
    IllegalParams "ILLEGAL_PARAMS" Business "The members of biz_content do not fit together. Correct them and call again.";
    SystemError "SYSTEM_ERROR" Business "The wallet could not finish the call. Query the agreement before you repeat it.";
    UserAgreementNotExist "USER_AGREEMENT_NOT_EXIST" Business "You have no such agreement. Check its number, or the product, scene and external number that it was signed with.";
    AgreementHasUnsigned "AGREEMENT_HAS_UNSIGNED" Business "The agreement has ended. Let the user sign a new one.";
    AgreementNotExist "AGREEMENT_NOT_EXIST" Business "There is no such agreement of yours. Check its number.";
    AgreementNotExsit "AGREEMENT_NOT_EXSIT" Business "There is no such agreement of yours. Check its number.";
    UserAgreementStatusNotNormal "USER_AGREEMENT_STATUS_NOT_NORMAL" Business "The agreement is not in force. Query it to see its status.";
    UserAgreementStatusIsNotNormal "USER_AGREEMENT_STATUS_IS_NOT_NORMAL" Business "The agreement has already ended or is not in force. Query it to see its status.";
    UserAgreementQueryFail "USER_AGREEMENT_QUERY_FAIL" Business "The agreement could not be looked up. Repeat the call later.";
    UserAgreementUnsignFail "USER_AGREEMENT_UNSIGN_FAIL" Business "The agreement could not be ended. Query it, then repeat the call.";
    AsyncUnsignCanNotReject "ASYNC_UNSIGN_CAN_NOT_REJECT" Business "An asynchronous end of an agreement cannot be taken back any more.";
    UserNotExistError "USER_NOT_EXIST_ERROR" Business "There is no such user. Check the user's id or login name.";
    UserNotExsitError "USER_NOT_EXSIT_ERROR" Business "There is no such user. Check the user's id or login name.";
    ProductCodeNotSupportedError "PRODUCT_CODE_NOT_SUPPORTED_ERROR" Business "The wallet does not offer this product. Use CYCLE_PAY_AUTH_P or GENERAL_WITHHOLDING_P.";
    ProductCodeIsInvalid "PRODUCT_CODE_IS_INVALID" Business "The agreement cannot be moved to that product. Only CYCLE_PAY_AUTH_P is possible.";
    ProductcodeAlreadyUpdate "PRODUCTCODE_ALREADY_UPDATE" Business "The agreement already belongs to that product. Nothing is left to do.";
    AuthoreeIsNotMatch "AUTHOREE_IS_NOT_MATCH" Business "The agreement was signed with another merchant. Call with the app that it belongs to.";
    LogonidIsRepeated "LOGONID_IS_REPEATED" Business "More than one user has that login name. Name the user by id.";
    ParentMerchantQueryFail "PARENT_MERCHANT_QUERY_FAIL" Business "The group that the merchant belongs to could not be looked up. Repeat the call later.";
    MerchantStatusIsNotNormal "MERCHANT_STATUS_IS_NOT_NORMAL" Business "The merchant is stopped. Contact the wallet's operator.";
    MerchantAgreementIsNotExist "MERCHANT_AGREEMENT_IS_NOT_EXIST" Business "The product is not open for this merchant. Ask the wallet's operator to open it.";
    MerchantAgreementIsExpired "MERCHANT_AGREEMENT_IS_EXPIRED" Business "The merchant's contract for the product has run out. Ask the wallet's operator to renew it.";
    UserAgreementIsOutOfDate "USER_AGREEMENT_IS_OUT_OF_DATE" Business "The agreement has run out. Let the user sign a new one.";
    UserAgreementStatusIsExpired "USER_AGREEMENT_STATUS_IS_EXPIRED" Business "The agreement has run out. Let the user sign a new one.";
    NotSupportedBusiness "NOT_SUPPORTED_BUSINESS" Business "That is not possible with this agreement, or the user has as many with this merchant as there may be.";
    IllegalExecutionTime "ILLEGAL_EXECUTION_TIME" Business "deduct_time must be later than the planned day and not past; by the month, on a day from 1 to 28.";
    IllegalAgreement "ILLEGAL_AGREEMENT" Business "The agreement is not yours, is not in force, or has no plan. Query it first.";

    AcqSystemError "ACQ.SYSTEM_ERROR" Business "The outcome is not known. Query the trade before you repeat the call.";
    AqcSystemError "AQC.SYSTEM_ERROR" Business "The outcome is not known. Query the trade before you repeat the call.";
    AcqInvalidParameter "ACQ.INVALID_PARAMETER" Business "A member of biz_content is missing or wrong. Correct it and call again.";
    AcqIllegalArgument "ACQ.ILLEGAL_ARGUMENT" Business "The members of biz_content do not fit together. Correct them and call again.";
    AcqAgreementNotExist "ACQ.AGREEMENT_NOT_EXIST" Business "You have no such agreement, or the user has ended it. Check the number, or let the user sign again.";
    AcqAgreementInvalid "ACQ.AGREEMENT_INVALID" Business "The agreement has run out. Let the user sign a new one.";
    AcqAgreementStatusNotNormal "ACQ.AGREEMENT_STATUS_NOT_NORMAL" Business "The agreement is not in force: it is suspended or not yet effective. Query it to see its status.";
    AcqAgreementError "ACQ.AGREEMENT_ERROR" Business "The agreement does not fit the request. Use the product_code that it was signed for.";
    AcqMerchantAgreementNotExist "ACQ.MERCHANT_AGREEMENT_NOT_EXIST" Business "The product is not open for this merchant. Ask the wallet's operator to open it.";
    AcqMerchantAgreementInvalid "ACQ.MERCHANT_AGREEMENT_INVALID" Business "The merchant's contract for the product is not valid any more. Contact the wallet's operator.";
    AcqCyclePayDateNotMatch "ACQ.CYCLE_PAY_DATE_NOT_MATCH" Business "Today is outside the days on which this period may be deducted, or it was deducted already. Query the agreement for its next day.";
    AcqCyclePaySingleFeeExceed "ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED" Business "The amount is above what one deduction may take. Deduct at most single_amount.";
    AcqCyclePayTotalFeeExceed "ACQ.CYCLE_PAY_TOTAL_FEE_EXCEED" Business "The sum of all deductions would be above total_amount. Let the user sign a new agreement.";
    AcqCyclePayTotalTimesExceed "ACQ.CYCLE_PAY_TOTAL_TIMES_EXCEED" Business "There were as many deductions as total_payments allows. Let the user sign a new agreement.";
    AcqOverMaxDeductCount "ACQ.OVER_MAX_DEDUCT_COUNT" Business "Too many deductions were tried for this period. Wait for the next one.";
    AcqOverMaxUnderWayDeductCount "ACQ.OVER_MAX_UNDER_WAY_DEDUCT_COUNT" Business "Too many deductions of this agreement are under way. Wait until they are finished.";
    AcqOverDeductPeriod "ACQ.OVER_DEDUCT_PERIOD" Business "The period in which this could be deducted is over. Wait for the next one.";
    AcqOverMerchantDailyDeductAmount "ACQ.OVER_MERCHANT_DAILY_DEDUCT_AMOUNT" Business "The merchant has deducted as much as it may in one day. Try again tomorrow.";
    AcqProductAmountLimitError "ACQ.PRODUCT_AMOUNT_LIMIT_ERROR" Business "The amount is above what the product allows. Deduct less.";
    AcqBuyerPaymentAmountDayLimitError "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR" Business "The payer has reached the limit of the day. Try again tomorrow.";
    AcqBuyerPaymentAmountMonthLimitError "ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR" Business "The payer has reached the limit of the month. Try again next month.";
    AcqBuyerBalanceNotEnough "ACQ.BUYER_BALANCE_NOT_ENOUGH" Business "The payer's balance is too low. Ask the payer to top up, then try again.";
    AcqBuyerBankcardBalanceNotEnough "ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH" Business "The payer's bank card has too little on it. Ask the payer for another way to pay, then try again.";
    AcqNoPaymentInstrumentsAvailable "ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE" Business "The payer has nothing to pay with. Ask the payer to top up or to add a card.";
    AcqBuyerEnableStatusForbid "ACQ.BUYER_ENABLE_STATUS_FORBID" Business "The payer's account is restricted. Ask the payer to contact the wallet.";
    AcqBuyerNotExist "ACQ.BUYER_NOT_EXIST" Business "There is no such payer. Check the id or login name.";
    AcqBuyerError "ACQ.BUYER_ERROR" Business "The payer's account cannot take part in this. Ask the payer to contact the wallet.";
    AcqPayerUnmatched "ACQ.PAYER_UNMATCHED" Business "The payer is not the one whom the trade was made for. Let that user pay.";
    AcqPaymentRequestHasRisk "ACQ.PAYMENT_REQUEST_HAS_RISK" Business "The payment was refused because of its risk. Do not repeat it unchanged.";
    AcqTradeHasSuccess "ACQ.TRADE_HAS_SUCCESS" Business "This out_trade_no is already paid. Query it instead of paying again.";
    AcqTradeHasClose "ACQ.TRADE_HAS_CLOSE" Business "The trade is closed. Use a new out_trade_no.";
    AcqTradeHasFinished "ACQ.TRADE_HAS_FINISHED" Business "The trade is finished and can no longer be refunded or cancelled.";
    AcqContextInconsistent "ACQ.CONTEXT_INCONSISTENT" Business "This out_trade_no was used with another amount or subject. Use a new one.";
    AcqTradeStatusError "ACQ.TRADE_STATUS_ERROR" Business "The trade's status does not allow that. Query it first.";
    AcqTradeBuyerNotMatch "ACQ.TRADE_BUYER_NOT_MATCH" Business "The trade was made for another payer. Use a new out_trade_no.";
    AcqBuyerSellerEqual "ACQ.BUYER_SELLER_EQUAL" Business "Payer and payee are the same account. Nobody can pay themselves.";
    AcqTotalFeeExceed "ACQ.TOTAL_FEE_EXCEED" Business "total_amount must be from 0.01 to 100000000.00 yuan.";
    AcqSellerBeenBlocked "ACQ.SELLER_BEEN_BLOCKED" Business "The payee's account is blocked. Contact the wallet's operator.";
    AcqSellerNotExist "ACQ.SELLER_NOT_EXIST" Business "seller_id names no account of the merchant. Correct it or leave it out.";
    AcqInvalidReceiveAccount "ACQ.INVALID_RECEIVE_ACCOUNT" Business "seller_id is not an account that this merchant may be paid to. Leave it out.";
    AcqMerchantStatusNotNormal "ACQ.MERCHANT_STATUS_NOT_NORMAL" Business "The merchant is stopped. Contact the wallet's operator.";
    AcqAccessForbidden "ACQ.ACCESS_FORBIDDEN" Business "The product is not open for this app. Ask the wallet's operator to open it.";
    AcqPartnerError "ACQ.PARTNER_ERROR" Business "app_id is not the app of this merchant. Correct it.";
    AcqExistForbiddenWord "ACQ.EXIST_FORBIDDEN_WORD" Business "The subject or body holds a word that is not allowed. Change it.";
    AcqNowTimeAfterExpireTimeError "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR" Business "time_expire is already past. Send a later time or leave it out.";
    AcqUnboundApplication "ACQ.UNBOUND_APPLICATION" Business "op_app_id is not bound to this merchant. Bind the Mini Program first.";
    AcqBizProductNotAllowed "ACQ.BIZ_PRODUCT_NOT_ALLOWED" Business "The product_code is not allowed for this merchant. Ask the wallet's operator to open it.";
    AcqProductNotSupportInTinyApp "ACQ.PRODUCT_NOT_SUPPORT_IN_TINY_APP" Business "The product_code cannot be used in a Mini Program. Use JSAPI_PAY.";
    AcqOpenIdNotTinyApp "ACQ.OPEN_ID_NOT_TINY_APP" Business "The open id belongs to another app than op_app_id. Use the one that this Mini Program got.";
    AcqTradeNotExist "ACQ.TRADE_NOT_EXIST" Business "You have no such trade. Check trade_no or out_trade_no.";
    TradeNotExist "TRADE_NOT_EXIST" Business "You have no such trade. Check trade_no or out_trade_no.";
    AcqEnterprisePayBizError "ACQ.ENTERPRISE_PAY_BIZ_ERROR" Business "A payment by a company's account could not be looked up. Repeat the call later.";
    AcqRefundAmtNotEqualTotal "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL" Business "The refund is more than what is left of the trade. Refund at most the rest.";
    AcqReasonTradeRefundFeeErr "ACQ.REASON_TRADE_REFUND_FEE_ERR" Business "The refunded amount is not possible for this trade. Query it for what is left.";
    AcqRefundFeeError "ACQ.REFUND_FEE_ERROR" Business "refund_amount must be above zero and have at most two decimals.";
    AcqSellerBalanceNotEnough "ACQ.SELLER_BALANCE_NOT_ENOUGH" Business "The merchant's balance is too low for the refund. Top it up, then repeat the call.";
    AcqDiscordantRepeatRequest "ACQ.DISCORDANT_REPEAT_REQUEST" Business "This out_request_no was used with another amount. Use a new one for another refund.";
    AcqTradeNotAllowRefund "ACQ.TRADE_NOT_ALLOW_REFUND" Business "This trade cannot be refunded. Query it to see why.";
    AcqNotAllowPartialRefund "ACQ.NOT_ALLOW_PARTIAL_REFUND" Business "This trade can only be refunded as a whole.";
    AcqReasonTradeBeenFreezen "ACQ.REASON_TRADE_BEEN_FREEZEN" Business "The trade is frozen. Wait until the wallet's operator releases it.";
    AcqReasonTradeStatusInvalid "ACQ.REASON_TRADE_STATUS_INVALID" Business "The trade's status does not allow that. Query it first.";
    AcqReasonIllegalStatus "ACQ.REASON_ILLEGAL_STATUS" Business "The trade's status does not allow that. Query it first.";
    AcqCurrencyNotSupport "ACQ.CURRENCY_NOT_SUPPORT" Business "refund_currency must be the currency of the trade. Leave it out.";
    AcqRefundAccountNotExist "ACQ.REFUND_ACCOUNT_NOT_EXIST" Business "The account that paid is closed. Pay the user back in another way.";
    AcqCustomerValidateError "ACQ.CUSTOMER_VALIDATE_ERROR" Business "The account does not belong to the trade. Check trade_no.";
    AcqRefundallocUnauthLimit "ACQ.REFUNDALLOC_UNAUTH_LIMIT" Business "Shares of others cannot be taken back for this merchant. Leave refund_royalty_parameters out.";
    AcqAllocAmountValidateError "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR" Business "The shares do not fit the refund. Leave refund_royalty_parameters out.";
    AcqTradeCancelTimeOut "ACQ.TRADE_CANCEL_TIME_OUT" Business "It is too late to cancel the trade. Refund it instead.";
    AcqCancelNotAllowed "ACQ.CANCEL_NOT_ALLOWED" Business "This trade cannot be cancelled. Query it to see its status.";
}
