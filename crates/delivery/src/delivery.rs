//! One attempt from the row to its durable outcome.

use crate::lanes::Outcome;
use crate::news::{self, Origin, Way};
use crate::parcel::{self, Contents, Parcel};
use crate::sender::Sender;
use crate::{Attempt, Dispatch, Limits, Setup, meter};
use mithaq_alipay::notices::Notice;
use mithaq_domain::{Client, Command, Done, Outbox, User, UserNews};
use mithaq_openapi::time;
use mithaq_store::EngineError;
use mithaq_types::OutboxId;
use mithaq_wallet::{Fault, Standing, Wallet};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use tracing::Instrument as _;

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

    pub(crate) fn standing(&self) -> &Standing {
        &self.inner.setup.standing
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.inner.setup.limits
    }

    /// What it takes to attempt those of these rows that are due.
    pub(crate) async fn read(&self, ids: &[OutboxId]) -> Result<Vec<Parcel>, Fault> {
        parcel::load(self.wallet(), ids, self.wallet().now()).await
    }

    /// Attempts a row that was read in that life of this process, and makes its outcome durable.
    pub(crate) async fn attempt(&self, parcel: Parcel, life: Option<u64>) -> Outcome {
        if life.is_none() || self.standing().life() != life {
            // The process was stopped, or could not reach the database: by now another may be doing this.
            return Outcome::NotAsked;
        }
        let span = meter::span(&parcel.row);
        self.attempt_inside(parcel).instrument(span).await
    }

    async fn attempt_inside(&self, parcel: Parcel) -> Outcome {
        let (started_at, begun) = (self.wallet().now(), Instant::now());
        let Parcel { row, contents } = parcel;
        let (sent, outcome) = match contents {
            Contents::Notice { client, body } => self.notify(&row, client, body).await,
            Contents::Form(notice) => self.notify_by_form(&row, notice).await,
            Contents::News { user, news, way } => self.tell(&row, user, &news, way).await,
        };
        let (took, error) = (begun.elapsed(), outcome.err());
        let outcome = if error.is_none() { Outcome::Taken(took) } else { Outcome::Failed };
        let recorded = self.record(&row, error.clone()).await;
        meter::attempted(took, error.is_none(), recorded.as_ref());
        let Some(row) = recorded else { return outcome };
        if let Some(error) = &error {
            let outbox_id = &row.outbox_id;
            tracing::info!(outbox.id = %outbox_id, attempts = row.attempts, error.message = %error, "delivery: failed");
        }
        if let Some(on_attempt) = &self.inner.setup.on_attempt {
            on_attempt(Attempt { row, started_at, took, error, sent });
        }
        outcome
    }

    /// Sends a notice to a merchant.
    async fn notify(&self, row: &Outbox, client: Option<Client>, body: Result<Vec<u8>, &str>) -> Dispatched {
        let Some(client) = client else { return nothing("the client is unknown") };
        let body = match body {
            Ok(body) => body,
            Err(reason) => return nothing(reason),
        };
        let url = match self.inner.setup.guard.check_url(&row.target) {
            Ok(url) => url,
            Err(refused) => return nothing(&refused.to_string()),
        };
        let request_time = time::format(self.wallet().now(), &self.wallet().policy().zone);
        let (exchange, outcome) = self.inner.sender.send(&url, &client, &request_time, body).await;
        (Dispatch::Notice(Box::new(exchange)), outcome)
    }

    /// Sends a notice to a merchant of the Alipay surface.
    async fn notify_by_form(&self, row: &Outbox, notice: Result<Notice, &str>) -> Dispatched {
        let notice = match notice {
            Ok(notice) => notice,
            Err(reason) => return nothing(reason),
        };
        let url = match self.inner.setup.guard.check_url(&row.target) {
            Ok(url) => url,
            Err(refused) => return nothing(&refused.to_string()),
        };
        let (exchange, outcome) = self.inner.sender.send_form(&url, notice).await;
        (Dispatch::Notice(Box::new(exchange)), outcome)
    }

    /// SMS and e-mail, one after the other; the one goes out even if the other fails. Or a push.
    async fn tell(&self, row: &Outbox, user: Option<Box<User>>, news: &UserNews, way: Way) -> Dispatched {
        let setup = &self.inner.setup;
        let Some(user) = user else { return nothing("the user is unknown") };
        let origin = Origin { outbox_id: &row.outbox_id, payment_id: row.payment_id.as_ref(), at: row.created_at };
        let messages = match news::messages(&setup.pages, &setup.wallet, &user, news, way, &origin) {
            Ok(messages) => messages,
            Err(error) => return nothing(&error.to_string()),
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
        (Dispatch::Messages(messages), outcome)
    }

    /// Makes an outcome durable. What cannot be recorded must not be sent again meanwhile, so this goes on trying
    /// until the engine stops. `None`: it has stopped, or the row is gone.
    async fn record(&self, row: &Outbox, error: Option<String>) -> Option<Outbox> {
        let delivery = mithaq_domain::Delivery { after_attempts: row.attempts, error };
        let command = Command::Delivered { outbox_id: row.outbox_id.clone(), delivery };
        let mut is_told = false;
        loop {
            match self.wallet().submit(command.clone()).await {
                Ok(Done::Outbox(row)) => return Some(*row),
                Ok(_) | Err(Fault::Refused(_) | Fault::Engine(EngineError::Stopped)) => return None,
                Err(fault) => {
                    // Once for each attempt: an outage may last.
                    if !std::mem::replace(&mut is_told, true) {
                        let outbox_id = &row.outbox_id;
                        tracing::warn!(outbox.id = %outbox_id, error.message = %fault, "delivery: will record it again");
                    }
                    tokio::time::sleep(RECORD_AGAIN).await;
                }
            }
        }
    }
}

fn nothing(reason: &str) -> Dispatched {
    (Dispatch::Nothing, Err(reason.to_owned()))
}
