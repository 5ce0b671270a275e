//! What a merchant answers to a notification (spec/qicard.md 7.3, openapi.md 5.6).

use crate::{ResultBody, ResultCode, ResultStatus};
use serde::{Deserialize, Serialize};

/// `{"result":{…}}` from a merchant. Anything but `S` means: send again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ack {
    /// How the merchant fared with the notification.
    pub result: ResultBody,
}

impl Ack {
    /// Received and handled.
    #[must_use]
    pub fn success() -> Self {
        Self { result: ResultBody::success() }
    }

    /// Could not be handled now: the wallet will send it again.
    #[must_use]
    pub fn again() -> Self {
        Self { result: ResultBody::of(ResultCode::SystemError) }
    }

    /// Reads the body of an answer; `None` if it is not an acknowledgement, such as an empty one.
    #[must_use]
    pub fn parse(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }

    /// Whether the wallet may stop sending.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.result.result_status == ResultStatus::S
    }
}

super::answer!(Ack);
