//! Result codes as data: each with its status, what it means and what the caller does next.
//! Sources: spec/qicard.md 5, 6, 7, 12 and spec/openapi.md 2.2, 3.1 to 3.19.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The four outcomes of a call (spec/qicard.md 1.4). A letter no one knows is read as [`ResultStatus::U`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum ResultStatus {
    /// Done.
    S,
    /// Failed for good: repeating the same request cannot succeed.
    F,
    /// Accepted, a further step is needed.
    A,
    /// Unknown: repeat the same request, or inquire.
    #[serde(other)]
    U,
}

impl ResultStatus {
    /// The letter on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::F => "F",
            Self::A => "A",
            Self::U => "U",
        }
    }
}

impl fmt::Display for ResultStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One line of the catalogue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CodeEntry {
    /// The code.
    pub code: ResultCode,
    /// Its text on the wire, at most 64 characters.
    pub wire: &'static str,
    /// The status it always comes with.
    pub status: ResultStatus,
    /// `resultMessage` unless the wallet has something more exact to say: what happened and what to do.
    pub message: &'static str,
}

macro_rules! catalogue {
    ($($variant:ident $wire:literal $status:ident $message:literal;)*) => {
        /// A result code that the wallet sends.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum ResultCode {
            $(#[doc = concat!("`", $wire, "` (", stringify!($status), "): ", $message)] $variant,)*
        }

        /// Every code, in the order of the documentation: common ones first.
        pub const CATALOGUE: &[CodeEntry] = &[
            $(CodeEntry {
                code: ResultCode::$variant,
                wire: $wire,
                status: ResultStatus::$status,
                message: $message,
            },)*
        ];
    };
}

catalogue! {
    Success "SUCCESS" S "Success.";
    Accept "ACCEPT" A "Accepted. Send the user to redirectActionForm.redirectUrl.";
    UnknownException "UNKNOWN_EXCEPTION" U "The outcome is not known. Repeat the same request, or inquire.";
    RequestTrafficExceedLimit "REQUEST_TRAFFIC_EXCEED_LIMIT" U "Too many requests. Wait, then repeat the same request.";
    ProcessFail "PROCESS_FAIL" F "The request could not be processed. Contact the wallet; repeating will not help.";
    ParamIllegal "PARAM_ILLEGAL" F "Illegal parameter. Correct the request.";
    InvalidApi "INVALID_API" F "There is no such API. Check the path.";
    AccessDenied "ACCESS_DENIED" F "Not permitted for this client. Ask the wallet for the permission.";
    InvalidSignature "INVALID_SIGNATURE" F "The signature does not fit the request. Sign the exact bytes of method, path, Client-Id, Request-Time and body.";
    KeyNotFound "KEY_NOT_FOUND" F "No key is registered under this keyVersion. Register the public key or correct keyVersion.";
    InvalidClient "INVALID_CLIENT" F "The Client-Id is not known. Use the one the wallet gave you.";
    InvalidClientStatus "INVALID_CLIENT_STATUS" F "This client is not active. Contact the wallet.";
    TimestampInvalid "TIMESTAMP_INVALID" F "Request-Time is too far from the wallet's clock. Set your clock and sign again.";
    MsgParseError "MSG_PARSE_ERROR" F "The body is not one JSON object in UTF-8. Correct the body.";
    MethodNotSupported "METHOD_NOT_SUPPORTED" F "This HTTP method is not supported. Use POST.";
    MediaTypeNotAcceptable "MEDIA_TYPE_NOT_ACCEPTABLE" F "This content type is not accepted. Send application/json; charset=UTF-8.";
    InvalidAgentToken "INVALID_AGENT_TOKEN" F "Agent tokens are not supported. Leave the Agent-Token header out.";
    RepeatReqInconsistent "REPEAT_REQ_INCONSISTENT" F "This request id was used with other content. Use a new id for a new request.";
    InvalidScope "INVALID_SCOPE" F "The scope is not valid here. Use AGREEMENT_PAY.";
    InvalidAuthClient "INVALID_AUTH_CLIENT" F "This client is not set up for this kind of authorization. Ask the wallet.";
    InvalidAuthClientStatus "INVALID_AUTH_CLIENT_STATUS" F "The authorization set-up of this client is suspended. Ask the wallet.";
    InvalidCode "INVALID_CODE" F "The authCode is not known. Let the user authorize again.";
    UsedCode "USED_CODE" F "The authCode was already exchanged. Use the token you got for it, or let the user authorize again.";
    ExpiredCode "EXPIRED_CODE" F "The authCode is too old. Let the user authorize again.";
    InvalidRefreshToken "INVALID_REFRESH_TOKEN" F "The refresh token is not known. Let the user authorize again.";
    UsedRefreshToken "USED_REFRESH_TOKEN" F "The refresh token was already used. Use the one you got for it, or let the user authorize again.";
    ExpiredRefreshToken "EXPIRED_REFRESH_TOKEN" F "The refresh token is too old. Let the user authorize again.";
    AuthClientUnsupportedGrantType "AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE" F "This grantType is not supported. Use AUTHORIZATION_CODE or REFRESH_TOKEN.";
    ReferenceClientIdNotMatch "REFERENCE_CLIENT_ID_NOT_MATCH" F "referenceClientId is not the one given when the contract was prepared. Send the same.";
    InvalidAccessToken "INVALID_ACCESS_TOKEN" F "The access token is not known or not valid for this. Let the user authorize again.";
    ExpiredAccessToken "EXPIRED_ACCESS_TOKEN" F "The access token has ended. Refresh it, or let the user authorize again.";
    UserNotExist "USER_NOT_EXIST" F "There is no such user. Check the buyer, or let the user authorize again.";
    UserStatusAbnormal "USER_STATUS_ABNORMAL" F "The user's wallet is not active. The user has to contact the wallet.";
    PaymentInProcess "PAYMENT_IN_PROCESS" U "The payment is still being processed. Inquire, or repeat the same request.";
    PaymentAmountExceedLimit "PAYMENT_AMOUNT_EXCEED_LIMIT" F "The amount is above the limit of the contract or product. Lower it, or agree on a new contract.";
    UserAmountExceedLimit "USER_AMOUNT_EXCEED_LIMIT" F "The amount is above the user's own limit. The user can raise it in the wallet.";
    PaymentCountExceedLimit "PAYMENT_COUNT_EXCEED_LIMIT" F "There were too many payments in this period. Try later with a new id.";
    UserBalanceNotEnough "USER_BALANCE_NOT_ENOUGH" F "The user's balance is not enough. Try later with a new id.";
    PartnerNotExist "PARTNER_NOT_EXIST" F "The merchant account is not known. Contact the wallet.";
    PartnerStatusAbnormal "PARTNER_STATUS_ABNORMAL" F "The merchant account is suspended. Contact the wallet.";
    RiskReject "RISK_REJECT" F "Refused by risk control. Do not repeat; the user can contact the wallet.";
    CurrencyNotSupport "CURRENCY_NOT_SUPPORT" F "This currency is not supported. Use IQD.";
    OrderStatusInvalid "ORDER_STATUS_INVALID" F "The order is in a state that does not allow this. Inquire its state.";
    AuthCodeAlreadyUsed "AUTH_CODE_ALREADY_USED" F "The payment code was already used. Scan a new one.";
    OrderNotExist "ORDER_NOT_EXIST" F "There is no payment with this id. It was never accepted.";
    OrderIsFrozen "ORDER_IS_FROZEN" F "The order is frozen because of a dispute. Contact the wallet.";
    OrderUnsupportedOperation "ORDER_UNSUPPORTED_OPERATION" F "The product of this order does not have this operation. Check the productCode it was paid with.";
    OrderIsMerchantAccepted "ORDER_IS_MERCHANT_ACCEPTED" F "The order was already accepted. Go on with confirm or void.";
    CancelWindowExceed "CANCEL_WINDOW_EXCEED" F "A payment can be cancelled on the day it was made. Refund it instead.";
    MerchantBalanceNotEnough "MERCHANT_BALANCE_NOT_ENOUGH" F "The merchant's balance is not enough. Add to it, then try again with a new id.";
    AuthNotFound "AUTH_NOT_FOUND" F "There is no held payment with this id. Check the id, and that the user has confirmed.";
    AuthExpired "AUTH_EXPIRED" F "The hold ran out and the payer has the money back. Pay with a new order.";
    AuthCancelled "AUTH_CANCELLED" F "The hold was given back to the payer. Pay with a new order.";
    CaptureAmountExceedAuthLimit "CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT" F "The amount is above what is held. Capture less, with a new id.";
    CaptureInProcess "CAPTURE_IN_PROCESS" U "The capture is still being processed. Repeat the same request, or inquire the payment.";
    CurrencyNotSame "CURRENCY_NOT_SAME" F "The currency is not that of the payment. Use the same.";
    AmountExceedsLimit "AMOUNT_EXCEEDS_LIMIT" F "The amount is above what is held. Void less, with a new id.";
    MutexOperationInProcessing "MUTEX_OPERATION_IN_PROCESSING" U "Another operation on this order is under way. Wait, then repeat the same request.";
    RefundAmountExceed "REFUND_AMOUNT_EXCEED" F "The amount is above what is left to refund. Inquire the payment, then refund less with a new id.";
    RefundWindowExceed "REFUND_WINDOW_EXCEED" F "The payment is too old to be refunded. Pay the user in another way.";
    RefundInProcess "REFUND_IN_PROCESS" U "The refund is still being processed. Inquire it, or repeat the same request.";
    RefundNotExist "REFUND_NOT_EXIST" F "There is no refund with this id. It was never accepted.";
    TemplateNotExist "TEMPLATE_NOT_EXIST" F "There is no such template. Use MINI_APP_COMMON_INBOX or MINI_APP_COMMON_PUSH.";
    UserNotSubscribed "USER_NOT_SUBSCRIBED" F "The user did not agree to messages of this kind. Ask for the scope with my.getAuthCode.";
    MessageSendExceedLimit "MESSAGE_SEND_EXCEED_LIMIT" F "Too many messages to this user. Try later with a new id.";
    UserStatusError "USER_STATUS_ERROR" F "The user's wallet is not active. The user has to contact the wallet.";
    VerifyRequestIdInvalid "VERIFY_REQUEST_ID_INVALID" F "This requestId was used for another message. Use a new one for a new message.";
    OrderIsClosed "ORDER_IS_CLOSED" F "The order ran out of time. Pay with a new order.";
    OrderIsCanceled "ORDER_IS_CANCELED" F "The order was cancelled. Pay with a new order.";
    SystemError "SYSTEM_ERROR" U "The receiver could not handle the message. Send it again.";
}

impl ResultCode {
    /// What every endpoint may answer (spec/qicard.md 12, openapi.md 2.2).
    pub const COMMON: &[Self] = &[
        Self::Success,
        Self::UnknownException,
        Self::RequestTrafficExceedLimit,
        Self::ProcessFail,
        Self::ParamIllegal,
        Self::InvalidApi,
        Self::AccessDenied,
        Self::InvalidSignature,
        Self::KeyNotFound,
        Self::InvalidClient,
        Self::InvalidClientStatus,
        Self::TimestampInvalid,
        Self::MsgParseError,
        Self::MethodNotSupported,
        Self::MediaTypeNotAcceptable,
        Self::InvalidAgentToken,
    ];

    /// Its line of the catalogue.
    #[must_use]
    pub const fn entry(self) -> &'static CodeEntry {
        // The catalogue is written by the same macro in the same order as the variants.
        &CATALOGUE[self as usize]
    }

    /// Its text on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.entry().wire
    }

    /// The status it always comes with.
    #[must_use]
    pub const fn status(self) -> ResultStatus {
        self.entry().status
    }

    /// The default `resultMessage`.
    #[must_use]
    pub const fn message(self) -> &'static str {
        self.entry().message
    }

    /// The code of a text on the wire, if it is one of ours.
    #[must_use]
    pub fn parse(wire: &str) -> Option<Self> {
        CATALOGUE.iter().find(|entry| entry.wire == wire).map(|entry| entry.code)
    }
}

impl fmt::Display for ResultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_finds_its_own_line_and_fits_the_protocols_lengths() {
        for entry in CATALOGUE {
            assert_eq!(entry.code.entry(), entry);
            assert_eq!(ResultCode::parse(entry.wire), Some(entry.code), "{} is listed once", entry.wire);
            assert!(entry.wire.len() <= 64 && entry.message.chars().count() <= 256, "{}", entry.wire);
            assert!(entry.message.ends_with('.'), "{}", entry.wire);
        }
    }

    #[test]
    fn the_codes_of_the_prepare_page_have_its_statuses() {
        assert_eq!(ResultCode::Success.status(), ResultStatus::S);
        assert_eq!(ResultCode::UnknownException.status(), ResultStatus::U);
        assert_eq!(ResultCode::InvalidScope.status(), ResultStatus::F);
        assert_eq!(ResultCode::ParamIllegal.status(), ResultStatus::F);
        assert_eq!(ResultCode::RequestTrafficExceedLimit.status(), ResultStatus::U);
        assert_eq!(ResultCode::Success.message(), "Success.");
    }

    #[test]
    fn a_status_no_one_knows_is_read_as_unknown() {
        assert_eq!(serde_json::from_str::<ResultStatus>("\"R\"").ok(), Some(ResultStatus::U));
        assert_eq!(serde_json::from_str::<ResultStatus>("\"S\"").ok(), Some(ResultStatus::S));
    }
}
