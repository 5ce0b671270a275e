//! Notices of `qicard-v1`: JSON, signed in a header over path, time and body, anew for each attempt.

use super::{METHOD, Sender};
use crate::ack::judge;
use crate::{Exchange, Request};
use mithaq_domain::Client;
use mithaq_openapi::signature::{Message, SignatureEncoding, headers, request_uri, sign};
use url::Url;

impl Sender {
    /// Sends `body` to `url` on behalf of `client`, stamped `time` (the text of `Request-Time`).
    pub async fn send(&self, url: &Url, client: &Client, time: &str, body: Vec<u8>) -> (Exchange, Result<(), String>) {
        let (uri, client_id) = (request_uri(url), client.client_id.as_str());
        let message = Message { method: METHOD, uri: &uri, client_id, time, body: &body };
        let content = message.content();
        let encoding = if client.percent_signatures { SignatureEncoding::Percent } else { SignatureEncoding::Base64 };
        let (key_version, signature) = {
            let content = content.clone();
            self.signed(move |key_version, key| sign(&content, key, key_version, encoding)).await
        };
        let request = Request {
            method: METHOD,
            url: url.to_string(),
            path: uri.clone(),
            headers: vec![
                (headers::CLIENT_ID, client_id.to_owned()),
                (headers::REQUEST_TIME, time.to_owned()),
                (headers::SIGNATURE, signature),
                ("Content-Type", "application/json; charset=UTF-8".to_owned()),
            ],
            body: String::from_utf8_lossy(&body).into_owned(),
            signed_text: String::from_utf8_lossy(&content).into_owned(),
            key_version,
        };
        self.post(url, request, body.clone(), |answer| judge(answer, &message, client, &self.parsed)).await
    }
}
