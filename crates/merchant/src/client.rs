//! The calls a merchant makes: contracts and tokens here, the rest in the files below (spec/qicard.md 5).

mod payments;
mod people;

use crate::answers::succeeded;
use crate::exchange::Exchange;
use crate::{ClientBuilder, Error, Prepared, Tokens};
use mithaq_openapi::Api;
use mithaq_openapi::messages::{
    ApplyTokenRequest, ApplyTokenResponse, CancelTokenRequest, CancelTokenResponse, PrepareRequest, PrepareResponse,
};
use std::fmt;
use std::sync::Arc;

/// Calls one wallet as one client. Cloning is cheap and shares the connections.
///
/// Every method returns [`Error::Refused`] when the wallet says no for good, and [`Error::Unknown`] when it may have
/// happened: a `U`, no answer, or an answer without a valid signature.
#[derive(Clone)]
pub struct Client(Arc<Exchange>);

impl Client {
    /// A client for the wallet at `gateway` (a prefix before `/v1/` is allowed), known there as `client_id`.
    pub fn builder(gateway: impl Into<String>, client_id: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(gateway.into(), client_id.into())
    }

    pub(crate) fn new(exchange: Exchange) -> Self {
        Self(Arc::new(exchange))
    }

    /// Prepares a contract for the user to sign. Has no idempotency key: repeating makes another offer, which harms
    /// nothing.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn prepare(&self, request: &PrepareRequest) -> Result<Prepared, Error> {
        self.0.call::<PrepareResponse>(Api::Prepare, request).await?.try_into()
    }

    /// Exchanges an authCode for tokens. A code works once, and lives for minutes.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn apply_token(&self, auth_code: &str) -> Result<Tokens, Error> {
        self.apply(&ApplyTokenRequest::for_code(auth_code)).await
    }

    /// Exchanges a refresh token for the next pair of tokens, without the user.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn refresh_token(&self, refresh_token: &str) -> Result<Tokens, Error> {
        self.apply(&ApplyTokenRequest::for_refresh_token(refresh_token)).await
    }

    /// Exchanges a code or refresh token with all members of the request in hand, such as `referenceClientId`.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn apply(&self, request: &ApplyTokenRequest) -> Result<Tokens, Error> {
        self.0.call::<ApplyTokenResponse>(Api::ApplyToken, request).await?.try_into()
    }

    /// Ends a token and, if it pays, its contract. Repeating it succeeds again.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn cancel_token(&self, access_token: &str) -> Result<(), Error> {
        let request = CancelTokenRequest::new(access_token);
        succeeded(&self.0.call::<CancelTokenResponse>(Api::CancelToken, &request).await?)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("gateway", &self.0.gateway.as_str())
            .field("client_id", &self.0.client_id)
            .finish_non_exhaustive()
    }
}
