//! What the Mini Program is told when something cannot be done: an HTTP status and `{"error":{"code","message"}}`.

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
