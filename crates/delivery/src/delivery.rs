//! What deliveries need, and one attempt from the row to its durable outcome.

use crate::news::{self, Origin};
use crate::notice::{NoticeError, notice_body};
use crate::sender::Sender;
use crate::{Attempt, Dispatch, Guard, Messenger};
use mithaq_crypto::KeyRing;
use mithaq_domain::{Client, Command, DeliveryState, Done, Key, Outbox, OutboxKind, Row, UserNews};
use mithaq_openapi::time;
use mithaq_pages::Renderer;
use mithaq_store::EngineError;
use mithaq_types::{OutboxId, UserId};
use mithaq_wallet::{Fault, Wallet};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How much is attempted at the same time, and for how long.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Attempts at the same time, all targets together.
    pub at_once: usize,
    /// Attempts at the same time at one host that acknowledges; at any other it is one.
    pub per_host: usize,
    /// How long an attempt may take in all: looking up, connecting, sending, reading (spec/openapi.md 5.6).
    pub timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { at_once: 128, per_host: 4, timeout: Duration::from_secs(10) }
    }
}

/// Is told of every attempt. Called from the job: must not block.
pub type OnAttempt = Arc<dyn Fn(Attempt) + Send + Sync>;

/// What deliveries are made of.
pub struct Setup {
    /// Rows, clock, engine.
    pub wallet: Wallet,
    /// The wallet's signing keys.
    pub keys: Arc<KeyRing>,
    /// The words for users.
    pub pages: Arc<Renderer>,
    /// Which targets may be called.
    pub guard: Guard,
    /// The way out for SMS and e-mail.
    pub messenger: Arc<dyn Messenger>,
    /// How much at the same time.
    pub limits: Limits,
    /// Who watches, if anybody.
    pub on_attempt: Option<OnAttempt>,
}

/// Delivers rows of the outbox. Cheap to clone.
#[derive(Clone)]
pub struct Delivery {
    inner: Arc<Inner>,
}

struct Inner {
    setup: Setup,
    sender: Sender,
}

/// What left the wallet, and whether its target took it; otherwise why not.
type Dispatched = (Dispatch, Result<(), String>);

/// Between two tries to record an outcome that the engine did not take.
const RECORD_AGAIN: Duration = Duration::from_secs(1);

impl Delivery {
    /// Deliveries over `setup`.
    ///
    /// # Errors
    /// When the HTTP client cannot be made: in production, when the machine has no root certificates.
    pub fn new(setup: Setup) -> Result<Self, reqwest::Error> {
        let sender = Sender::new(&setup.guard, Arc::clone(&setup.keys), &setup.limits)?;
        Ok(Self { inner: Arc::new(Inner { setup, sender }) })
    }

    pub(crate) fn wallet(&self) -> &Wallet {
        &self.inner.setup.wallet
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.inner.setup.limits
    }

    /// Attempts a row if it is still due. Answers whether its target took it; `None` if it was not asked.
    pub(crate) async fn attempt(&self, outbox_id: &OutboxId) -> Option<bool> {
        let (row, started_at, begun) = match self.wallet().row(Key::Outbox(outbox_id.clone())).await {
            Ok(Some(Row::Outbox(row))) => (*row, self.wallet().now(), Instant::now()),
            Ok(_) => return None,
            Err(fault) => return later(outbox_id, &fault),
        };
        if row.state != DeliveryState::Pending || row.next_at > started_at {
            return None;
        }
        let (sent, outcome) = match self.dispatch(&row).await {
            Ok(dispatched) => dispatched,
            Err(fault) => return later(outbox_id, &fault),
        };
        let (took, error) = (begun.elapsed(), outcome.err());
        let is_acknowledged = Some(error.is_none());
        let Some(row) = self.record(outbox_id, row.attempts, error.clone()).await else { return is_acknowledged };
        if let Some(error) = &error {
            tracing::info!(outbox.id = %outbox_id, attempts = row.attempts, error.message = %error, "delivery: failed");
        }
        if let Some(on_attempt) = &self.inner.setup.on_attempt {
            on_attempt(Attempt { row, started_at, took, error, sent });
        }
        is_acknowledged
    }

    /// Lets a row's message out. The outer error means that nothing was tried and nothing counts.
    async fn dispatch(&self, row: &Outbox) -> Result<Dispatched, Fault> {
        if let OutboxKind::UserNews { user_id, news } = &row.kind {
            return self.tell(row, user_id, news).await;
        }
        let body = match notice_body(self.wallet(), row).await {
            Ok(body) => body.unwrap_or_default(),
            Err(NoticeError::Later(fault)) => return Err(fault),
            Err(NoticeError::Impossible(reason)) => return Ok(nothing(reason)),
        };
        let Some(client) = self.client(row).await? else { return Ok(nothing("the client is unknown")) };
        let url = match self.inner.setup.guard.check_url(&row.target) {
            Ok(url) => url,
            Err(refused) => return Ok(nothing(&refused.to_string())),
        };
        let request_time = time::format(self.wallet().now(), &self.wallet().policy().zone);
        let (exchange, outcome) = self.inner.sender.send(&url, &client, &request_time, body).await;
        Ok((Dispatch::Notice(Box::new(exchange)), outcome))
    }

    async fn client(&self, row: &Outbox) -> Result<Option<Client>, Fault> {
        let Some(client_id) = row.client_id.clone() else { return Ok(None) };
        match self.wallet().row(Key::Client(client_id)).await? {
            Some(Row::Client(client)) => Ok(Some(client)),
            _ => Ok(None),
        }
    }

    /// SMS and e-mail, one after the other; the one goes out even if the other fails.
    async fn tell(&self, row: &Outbox, user_id: &UserId, news: &UserNews) -> Result<Dispatched, Fault> {
        let setup = &self.inner.setup;
        let Some(user) = setup.wallet.user(user_id).await? else { return Ok(nothing("the user is unknown")) };
        let origin = Origin { outbox_id: &row.outbox_id, payment_id: row.payment_id.as_ref(), at: row.created_at };
        let messages = match news::messages(&setup.pages, &setup.wallet, &user, news, &origin) {
            Ok(messages) => messages,
            Err(error) => return Ok(nothing(&error.to_string())),
        };
        let mut outcome = Ok(());
        for message in &messages {
            let sending = tokio::time::timeout(setup.limits.timeout, setup.messenger.send(message.clone())).await;
            let error = match sending {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => error.to_string(),
                Err(_) => format!("no answer within {:?}", setup.limits.timeout),
            };
            outcome = Err(format!("{}: {error}", message.channel));
        }
        Ok((Dispatch::Messages(messages), outcome))
    }

    /// Makes an outcome durable. What cannot be recorded must not be sent again meanwhile, so this goes on trying
    /// until the engine stops. `None`: it has stopped, or the row is gone.
    async fn record(&self, outbox_id: &OutboxId, after_attempts: u32, error: Option<String>) -> Option<Outbox> {
        loop {
            let delivery = mithaq_domain::Delivery { after_attempts, error: error.clone() };
            let command = Command::Delivered { outbox_id: outbox_id.clone(), delivery };
            match self.wallet().submit(command).await {
                Ok(Done::Outbox(row)) => return Some(*row),
                Ok(_) | Err(Fault::Refused(_) | Fault::Engine(EngineError::Stopped)) => return None,
                Err(fault) => {
                    let _: Option<()> = later(outbox_id, &fault);
                    tokio::time::sleep(RECORD_AGAIN).await;
                }
            }
        }
    }
}

fn nothing(reason: &str) -> Dispatched {
    (Dispatch::Nothing, Err(reason.to_owned()))
}

/// Notes that the machine, not the target, stood in the way.
fn later<T>(outbox_id: &OutboxId, fault: &Fault) -> Option<T> {
    tracing::warn!(outbox.id = %outbox_id, error.message = %fault, "delivery: will try again");
    None
}
