//! What is told of an attempt to whoever watches: the sandbox's live list.

use mithaq_domain::Outbox;
use mithaq_store::Sent;
use mithaq_types::Timestamp;
use std::time::Duration;

/// One attempt, after its outcome is durable. Holds what went over the wire, tokens included: not for logs.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The row as it stands now: its state, attempts so far, when the next one is due.
    pub row: Outbox,
    /// When the attempt began, by the wallet's clock.
    pub started_at: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// Why it counts as failed; the same text as `row.last_error`.
    pub error: Option<String>,
    /// What left the wallet.
    pub sent: Dispatch,
}

/// What left the wallet.
#[derive(Clone, Debug)]
pub enum Dispatch {
    /// Nothing: the target is refused, or the message could not be made.
    Nothing,
    /// A notice to a merchant.
    Notice(Box<Exchange>),
    /// SMS and e-mail to a user.
    Messages(Vec<Sent>),
}

/// A notice and what came back.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// What was sent.
    pub request: Request,
    /// What came back, if all of it did.
    pub response: Option<Response>,
}

/// A notice as it was sent.
#[derive(Clone, Debug)]
pub struct Request {
    /// `POST`.
    pub method: &'static str,
    /// The whole URL.
    pub url: String,
    /// The part of it that is signed: path and query.
    pub path: String,
    /// The headers of the protocol, in the order of the documents.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
    /// The exact text that was signed.
    pub signed_text: String,
    /// The version of the wallet's key that signed it.
    pub key_version: u32,
}

/// A merchant's answer.
#[derive(Clone, Debug)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: Vec<(String, String)>,
    /// Its body; bytes that are not UTF-8 are replaced.
    pub body: String,
}
