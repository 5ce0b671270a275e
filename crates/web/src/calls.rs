//! Every call between the parties, for the Studio: kept in memory, in the sandbox only.
//!
//! Holds what went over the wire, tokens included: that is what a sandbox is looked at for. Nothing
//! of it reaches the log or the disk, and production does not mount it.

use jiff::tz::TimeZone;
use mithaq_types::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::broadcast;

/// Calls remembered.
const CALLS_MAX: usize = 2_000;
/// Calls that a slow listener may lag behind before it has to ask again.
const LISTENER_LAG_MAX: usize = 512;

/// One side of a conversation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the lanes of the seeds' diagram")]
pub enum Party {
    MiniProgram,
    Merchant,
    Wallet,
    User,
}

/// Which of the seeds' diagrams a call is a step of. The signing's is told by saying nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Story {
    /// A contract is signed and charged: seventeen steps.
    #[default]
    Sign,
    /// An order is paid in the cashier: twenty steps.
    Pay,
}

impl Story {
    fn is_sign(&self) -> bool {
        *self == Self::Sign
    }
}

/// How a call went, for the eye.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the colours of the Studio")]
pub enum Tone {
    Good,
    Bad,
    Wait,
    #[default]
    Plain,
}

/// What was sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Sending {
    /// The HTTP method, or nothing for a call in the browser.
    pub method: String,
    /// The path, or the call's name.
    pub path: String,
    /// The headers that matter.
    pub headers: BTreeMap<String, String>,
    /// The exact text.
    pub body: String,
}

/// What came back.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Coming {
    /// The HTTP status, or 0 for a call in the browser.
    pub status: u16,
    /// The headers that matter.
    pub headers: BTreeMap<String, String>,
    /// The exact text.
    pub body: String,
}

/// What was signed, and whether it holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignatureView {
    /// Whether it verified.
    pub valid: bool,
    /// The key that was used.
    pub key_version: Option<u32>,
    /// Whose key.
    pub client_name: Option<String>,
    /// The exact text that was (or should have been) signed.
    pub text: String,
    /// Why it did not verify.
    pub reason: Option<String>,
}

/// What a call led to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(missing_docs, reason = "ids by their names")]
pub struct Links {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outbox_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ix: Option<String>,
}

/// One call.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Call {
    /// Its place in the list; a call that is completed later keeps it.
    pub seq: u64,
    /// When it began, in the deployment's offset.
    pub at: String,
    /// How long it took.
    pub ms: Option<f64>,
    /// Who called.
    pub from: Party,
    /// Whom.
    pub to: Party,
    /// Whose steps these are.
    #[serde(skip_serializing_if = "Story::is_sign")]
    pub story: Story,
    /// The step of that story that the call is.
    pub step: Option<u8>,
    /// The step that its answer is.
    pub reply_step: Option<u8>,
    /// `openapi`, `notification`, `jsapi`, `page`, `message`, `net`.
    pub kind: String,
    /// What it is, in a few words.
    pub title: String,
    /// How it went, in the protocol's words.
    pub status: String,
    /// How it went, for the eye.
    pub outcome: Tone,
    /// What was sent.
    pub request: Option<Sending>,
    /// What came back.
    pub response: Option<Coming>,
    /// What was signed.
    pub signature: Option<SignatureView>,
    /// What it led to.
    pub links: Links,
}

impl Call {
    /// A call that nobody has described yet.
    #[must_use]
    pub fn new(kind: &str, from: Party, to: Party, title: impl Into<String>) -> Self {
        Self {
            seq: 0,
            at: String::new(),
            ms: None,
            from,
            to,
            story: Story::Sign,
            step: None,
            reply_step: None,
            kind: kind.to_owned(),
            title: title.into(),
            status: String::new(),
            outcome: Tone::Plain,
            request: None,
            response: None,
            signature: None,
            links: Links::default(),
        }
    }

    /// The diagram that its places are of, if it is another than the signing's.
    #[must_use]
    pub const fn of(mut self, story: Story) -> Self {
        self.story = story;
        self
    }

    /// Its places in the seeds' diagram.
    #[must_use]
    pub const fn steps(mut self, step: Option<u8>, reply: Option<u8>) -> Self {
        self.step = step;
        self.reply_step = reply;
        self
    }
}

/// An instant as calls carry it: in the deployment's offset, with milliseconds, so that they sort.
#[must_use]
pub fn stamp(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

#[derive(Default)]
struct Ring {
    last_seq: u64,
    calls: VecDeque<Arc<Call>>,
}

/// The list. Cheap to clone.
#[derive(Clone)]
pub struct CallLog {
    ring: Arc<Mutex<Ring>>,
    news: broadcast::Sender<Arc<Call>>,
}

impl Default for CallLog {
    fn default() -> Self {
        Self { ring: Arc::default(), news: broadcast::channel(LISTENER_LAG_MAX).0 }
    }
}

impl CallLog {
    /// Adds a call, or completes one that was added with the same `seq`. Returns its `seq`.
    pub fn record(&self, mut call: Call) -> u64 {
        let call = {
            let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
            let known = (call.seq > 0).then(|| ring.calls.iter().position(|old| old.seq == call.seq)).flatten();
            if let Some(place) = known {
                // It began when it was first told of.
                call.at.clone_from(&ring.calls[place].at);
                let call = Arc::new(call);
                ring.calls[place] = Arc::clone(&call);
                call
            } else {
                ring.last_seq += 1;
                call.seq = ring.last_seq;
                let call = Arc::new(call);
                ring.calls.push_back(Arc::clone(&call));
                if ring.calls.len() > CALLS_MAX {
                    ring.calls.pop_front();
                }
                call
            }
        };
        let seq = call.seq;
        // Nobody listening is fine.
        let _ = self.news.send(call);
        seq
    }

    /// The calls after `seq`, oldest first.
    #[must_use]
    pub fn after(&self, seq: u64) -> Vec<Arc<Call>> {
        let ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        ring.calls.iter().filter(|call| call.seq > seq).cloned().collect()
    }

    /// Hears of every call from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Arc<Call>> {
        self.news.subscribe()
    }
}
