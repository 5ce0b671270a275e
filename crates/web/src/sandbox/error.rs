//! How the sandbox says no: HTTP 4xx with a code and a message that names the member.

use crate::shell::error::ShellError;
use axum::Json;
use axum::body::Bytes;
use axum::extract::FromRequest;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mithaq_store::StoreError;
use mithaq_wallet::Fault;
use serde::de::DeserializeOwned;
use serde_json::json;

/// An error answer.
#[derive(Debug)]
pub struct SandboxError {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl SandboxError {
    pub fn bad(message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code: "PARAM_ILLEGAL", message: message.into() }
    }

    pub fn not_found(message: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, code: "NOT_FOUND", message: message.into() }
    }

    pub fn conflict(message: impl Into<String>) -> Self {
        Self { status: StatusCode::CONFLICT, code: "CONFLICT", message: message.into() }
    }

    pub fn forbidden(code: &'static str, message: impl Into<String>) -> Self {
        Self { status: StatusCode::FORBIDDEN, code, message: message.into() }
    }

    pub fn method(message: impl Into<String>) -> Self {
        Self { status: StatusCode::METHOD_NOT_ALLOWED, code: "METHOD_NOT_ALLOWED", message: message.into() }
    }

    fn internal(error: &dyn std::error::Error) -> Self {
        tracing::error!(error.message = %error, "sandbox: failed");
        let message = "The wallet could not do it; its log says why.".to_owned();
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, code: "INTERNAL", message }
    }
}

impl From<Fault> for SandboxError {
    fn from(fault: Fault) -> Self {
        use mithaq_domain::Refusal;
        match fault {
            Fault::Refused(refusal) => {
                let message = format!("Refused: {refusal}.");
                match refusal {
                    Refusal::UserUnknown
                    | Refusal::ContractUnknown
                    | Refusal::OutboxUnknown
                    | Refusal::PaymentUnknown
                    | Refusal::ClientUnknown => Self::not_found(message),
                    Refusal::AmountImpossible => Self::bad(message),
                    _ => Self::conflict(message),
                }
            }
            fault => Self::internal(&fault),
        }
    }
}

impl From<ShellError> for SandboxError {
    fn from(_: ShellError) -> Self {
        // The shell has written down why.
        Self {
            status: StatusCode::SERVICE_UNAVAILABLE,
            code: "UNAVAILABLE",
            message: "The session cannot be read.".into(),
        }
    }
}

impl From<StoreError> for SandboxError {
    fn from(error: StoreError) -> Self {
        Self::internal(&error)
    }
}

impl IntoResponse for SandboxError {
    fn into_response(self) -> Response {
        (self.status, Json(json!({"error": {"code": self.code, "message": self.message}}))).into_response()
    }
}

/// A JSON body, whatever its content type says: `curl -d` sends forms.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = SandboxError;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Self::Rejection> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|error: BytesRejection| SandboxError::bad(format!("The body did not arrive: {error}.")))?;
        let text = if bytes.is_empty() { b"{}".as_slice() } else { &bytes };
        let mut json = serde_json::Deserializer::from_slice(text);
        serde_path_to_error::deserialize(&mut json).map(Body).map_err(|error| {
            let place = match error.path().to_string() {
                place if place == "." => "The body".to_owned(),
                place => place,
            };
            SandboxError::bad(format!("{place} is not right: {}.", error.into_inner()))
        })
    }
}
