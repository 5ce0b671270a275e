//! The way out for SMS, e-mail and pushes: an adapter, and the one that only writes down.

use mithaq_store::{Chore, Engine, EngineError, Sent};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// Why a message did not go out. The text is short and without secrets: operators and the sandbox see it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct MessengerError(pub String);

/// A message on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), MessengerError>> + Send + 'a>>;

/// Hands messages to a gateway.
pub trait Messenger: Send + Sync {
    /// Sends an SMS (`channel` is `sms`), an e-mail (`email`) or a push to the devices of a user (`push`; `to` is the
    /// user's id). The same message may come again, after a restart or when
    /// its sibling failed: `sent_id` is the same then, and is to be given to the gateway as its idempotency key.
    fn send(&self, message: Sent) -> Sending<'_>;
}

/// Between two tries to write a message down.
const WRITE_AGAIN: Duration = Duration::from_millis(200);

/// Writes messages down where they can be looked at, and sends nothing: for the sandbox, and as long as an operator
/// has configured no gateway. A repeated message is written once.
#[derive(Clone)]
pub struct RecordingMessenger {
    engine: Engine,
}

impl RecordingMessenger {
    /// Writes through `engine`.
    #[must_use]
    pub const fn new(engine: Engine) -> Self {
        Self { engine }
    }
}

impl Messenger for RecordingMessenger {
    fn send(&self, message: Sent) -> Sending<'_> {
        Box::pin(async move {
            let chore = Chore::RecordSent(Box::new(message));
            loop {
                match self.engine.write(chore.clone()).await {
                    Ok(()) => return Ok(()),
                    Err(error @ EngineError::Stopped) => return Err(MessengerError(error.to_string())),
                    // The engine is busy or its database away: no reason to count an attempt, as long as there is time.
                    Err(EngineError::Busy | EngineError::Failed) => tokio::time::sleep(WRITE_AGAIN).await,
                }
            }
        })
    }
}
