//! One signed request and its verified answer.

use crate::wallet_keys::WalletKeys;
use crate::{Cause, Error};
use http::HeaderMap;
use jiff::tz::TimeZone;
use mithaq_crypto::PrivateKey;
use mithaq_openapi::signature::{Message, SignatureEncoding, SignatureHeader, headers, sign};
use mithaq_openapi::{Api, WireBody, WireResponse, time};
use mithaq_types::Clock;
use reqwest::{Response, Url};
use std::sync::Arc;

/// Answers of the wallet are small; more than this is not one.
const ANSWER_MAX_BYTES: usize = 1024 * 1024;

pub(crate) struct Exchange {
    pub(crate) http: reqwest::Client,
    pub(crate) gateway: Url,
    pub(crate) client_id: String,
    pub(crate) key: PrivateKey,
    pub(crate) key_version: u32,
    pub(crate) wallet_keys: WalletKeys,
    pub(crate) encoding: SignatureEncoding,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Exchange {
    /// Sends `request` and returns the answer, whatever its status, once its signature is verified.
    pub(crate) async fn call<A: WireResponse>(&self, api: Api, request: &impl WireBody) -> Result<A, Error> {
        let body = request.to_json();
        let request_time = time::format(self.clock.now(), &TimeZone::UTC);
        // The path without the gateway's own prefix is what is signed (spec/qicard.md 1).
        let message =
            Message { method: "POST", uri: api.path(), client_id: &self.client_id, time: &request_time, body: &body };
        let signature = sign(&message.content(), &self.key, self.key_version, self.encoding);
        let called_uri = format!("{}{}", self.gateway.path().trim_end_matches('/'), api.path());
        let mut url = self.gateway.clone();
        url.set_path(&called_uri);
        let response = self
            .http
            .post(url)
            .header(headers::CLIENT_ID, &self.client_id)
            .header(headers::REQUEST_TIME, &request_time)
            .header(headers::SIGNATURE, signature)
            .header(http::header::CONTENT_TYPE, "application/json; charset=UTF-8")
            .body(body)
            .send()
            .await
            .map_err(Cause::Transport)?;
        if response.status() != http::StatusCode::OK {
            return Err(Cause::Http(response.status().as_u16()).into());
        }
        let answer_headers = response.headers().clone();
        let answer = read_body(response).await?;
        self.check(&called_uri, &answer_headers, &answer).map_err(Cause::Signature)?;
        serde_json::from_slice(&answer).map_err(|error| Cause::Body(error.to_string()).into())
    }

    /// Verifies the signature of an answer. A missing header is as bad as a wrong one.
    fn check(&self, uri: &str, answer_headers: &HeaderMap, body: &[u8]) -> Result<(), String> {
        let header = |name: &str| {
            let value = answer_headers.get(name).and_then(|value| value.to_str().ok());
            value.ok_or_else(|| format!("the header {name} is missing"))
        };
        if header(headers::CLIENT_ID)? != self.client_id {
            return Err("it is meant for another client".to_owned());
        }
        let time = header(headers::RESPONSE_TIME)?;
        let signature = SignatureHeader::parse(header(headers::SIGNATURE)?).map_err(|error| error.to_string())?;
        let message = Message { method: "POST", uri, client_id: &self.client_id, time, body };
        if self.wallet_keys.verify(&message, &signature) {
            Ok(())
        } else {
            Err("the signature does not fit; check the wallet's public key".to_owned())
        }
    }
}

async fn read_body(mut response: Response) -> Result<Vec<u8>, Cause> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > ANSWER_MAX_BYTES {
            return Err(Cause::Body(format!("it is longer than {ANSWER_MAX_BYTES} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
