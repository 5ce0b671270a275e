//! What the Mini Program is told when something cannot be done: an HTTP status and `{"error":{"code","message"}}`.

use crate::order::NotNow;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::borrow::Cow;

/// A refusal. The code is for programs, the message for developers; people read the Mini Program's own words.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: Cow<'static, str>,
    message: String,
}

impl ApiError {
    /// 404: no such subscription, or forgotten by a restart.
    pub fn subscription_unknown() -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            code: "SUBSCRIPTION_UNKNOWN".into(),
            message: "no subscription has this id".into(),
        }
    }

    /// 409: the contract is over.
    pub fn subscription_ended() -> Self {
        Self {
            status: StatusCode::CONFLICT,
            code: "SUBSCRIPTION_ENDED".into(),
            message: "the subscription has ended".into(),
        }
    }

    /// 401: nobody is signed in, or a restart forgot who was.
    pub fn session_unknown() -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            code: "SESSION_UNKNOWN".into(),
            message: "send Authorization: Bearer with the session of /api/login".into(),
        }
    }

    /// 404: no such order, or another customer's.
    pub fn order_unknown() -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            code: "ORDER_UNKNOWN".into(),
            message: "this customer has no order with this id".into(),
        }
    }

    /// 400: the member `what` of the request is not as it must be.
    pub fn illegal(what: &str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code: "BAD_REQUEST".into(), message: format!("{what} is not usable") }
    }

    /// 403: the office opens only from inside.
    pub fn office_closed() -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            code: "OFFICE_CLOSED".into(),
            message: "the office opens only on the machine that the shop runs on".into(),
        }
    }

    /// 500: this shop failed, not the request.
    pub fn internal(message: &str) -> Self {
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, code: "SHOP_FAILED".into(), message: message.to_owned() }
    }

    /// 404: no such address.
    pub fn not_found() -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            code: "NOT_FOUND".into(),
            message: "nothing lives at this address".into(),
        }
    }
}

/// 409 for what the order does not allow now, 422 for an amount that is not there.
impl From<NotNow> for ApiError {
    fn from(reason: NotNow) -> Self {
        let (status, code, message) = match reason {
            NotNow::Act => (StatusCode::CONFLICT, "NOT_NOW", "the order does not allow this now"),
            NotNow::Amount => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "AMOUNT_EXCEEDED",
                "the amount must be more than nothing, and at most what is left",
            ),
        };
        Self { status, code: code.into(), message: message.to_owned() }
    }
}

/// A refusal keeps the wallet's code. Anything that may have happened at the wallet is 503: ask again.
impl From<mithaq_merchant::Error> for ApiError {
    fn from(error: mithaq_merchant::Error) -> Self {
        use mithaq_merchant::Error;
        let message = error.to_string();
        match error {
            Error::Refused { code, .. } => {
                Self { status: StatusCode::UNPROCESSABLE_ENTITY, code: code.into(), message }
            }
            Error::Unknown(_) => {
                tracing::warn!(error.message = %message, "demo-shop: the wallet gave no answer");
                Self { status: StatusCode::SERVICE_UNAVAILABLE, code: "WALLET_UNREACHABLE".into(), message }
            }
            Error::Config(_) => {
                tracing::error!(error.message = %message, "demo-shop: set up wrongly");
                Self::internal("the shop is set up wrongly")
            }
        }
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        Self { status: rejection.status(), code: "BAD_REQUEST".into(), message: rejection.body_text() }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = json!({ "error": { "code": self.code, "message": self.message } });
        (self.status, Json(body)).into_response()
    }
}
