//! How the shell's API says no: HTTP 4xx, or 5xx when the wallet itself failed, with a code and a message.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mithaq_store::StoreError;
use mithaq_wallet::Fault;
use serde_json::json;

/// An error answer.
#[derive(Debug)]
pub struct ShellError {
    status: StatusCode,
    code: &'static str,
    message: &'static str,
}

impl ShellError {
    pub const NO_SESSION: Self = Self {
        status: StatusCode::UNAUTHORIZED,
        code: "NO_SESSION",
        message: "There is no session. Ask GET /app/v1/session for one.",
    };
    pub const STALE: Self = Self {
        status: StatusCode::FORBIDDEN,
        code: "STALE",
        message: "The X-CSRF header does not fit the session, or the request comes from another site.",
    };
    pub const NOT_FOUND: Self =
        Self { status: StatusCode::NOT_FOUND, code: "NOT_FOUND", message: "There is nothing here for this session." };
    pub const BAD: Self = Self {
        status: StatusCode::BAD_REQUEST,
        code: "PARAM_ILLEGAL",
        message: "The body must be a JSON object with appId, api and args.",
    };
    const INTERNAL: Self =
        Self { status: StatusCode::SERVICE_UNAVAILABLE, code: "UNAVAILABLE", message: "The wallet cannot answer now." };
}

impl From<Fault> for ShellError {
    fn from(fault: Fault) -> Self {
        if let Fault::Refused(_) = fault {
            return Self::NOT_FOUND;
        }
        tracing::error!(error.message = %fault, "shell: failed");
        Self::INTERNAL
    }
}

impl From<StoreError> for ShellError {
    fn from(error: StoreError) -> Self {
        Self::from(Fault::from(error))
    }
}

impl IntoResponse for ShellError {
    fn into_response(self) -> Response {
        (self.status, Json(json!({"error": {"code": self.code, "message": self.message}}))).into_response()
    }
}
