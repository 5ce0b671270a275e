//! What must leave the wallet, written in the same transaction as what it tells.

use crate::{CancelReason, EndReason, FailReason, GatewayNews, UserNews};
use mithaq_types::{
    ClientId, ContractId, CustomerId, GatewayAppId, OperationId, OutboxId, PaymentId, Timestamp, UserId,
};
use serde::{Deserialize, Serialize};

/// What a notification tells of a payment: fixed when it is written, so that every attempt carries the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum NoticeStep {
    /// The money is held.
    Authorized {
        /// Since when.
        at: Timestamp,
    },
    /// Paid.
    Paid {
        /// When.
        at: Timestamp,
        /// How much was taken, in minor units: less than the order where a part was captured.
        minor: i64,
    },
    /// Not paid.
    Failed(FailReason),
    /// Not paid, and nothing failed.
    Cancelled(CancelReason),
}

/// What is to be sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum OutboxKind {
    /// The result of a payment, to `paymentNotifyUrl`.
    PaymentNotice {
        /// Which.
        payment_id: PaymentId,
        /// What became of it; none where it was decided when it was made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<NoticeStep>,
    },
    /// A void, to `voidNotifyUrl`, or a refund, to `refundNotifyUrl`.
    OperationNotice {
        /// Which.
        operation_id: OperationId,
    },
    /// How a contract stands, to `contractStatusNotifyUrl` (spec/openapi.md 3.4).
    ContractNotice {
        /// Which.
        contract_id: ContractId,
        /// `true` = VALID.
        valid: bool,
        /// The access token it names, sealed.
        access_sealed: String,
        /// Who the signer is to the merchant.
        customer_id: CustomerId,
        /// Why it ended.
        reason: Option<EndReason>,
    },
    /// To a merchant of the Alipay surface.
    GatewayNotice {
        /// Through which app.
        app_id: GatewayAppId,
        /// What.
        news: GatewayNews,
    },
    /// To the user's devices, without SMS and e-mail.
    Push {
        /// To whom.
        user_id: UserId,
        /// What.
        news: UserNews,
    },
    /// SMS and e-mail to the user; the inbox message is written at once.
    UserNews {
        /// To whom.
        user_id: UserId,
        /// What.
        news: UserNews,
    },
}

/// Where a delivery stands (spec/openapi.md 5.6).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum DeliveryState {
    /// To be sent at `next_at`.
    Pending,
    /// Acknowledged.
    Delivered,
    /// Given up after the last attempt; can be sent again by hand.
    Dead,
}

/// How one attempt went.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Delivery {
    /// How many attempts the row had seen when this one began. Another process may have made one meanwhile: then a
    /// failure tells nothing new.
    pub after_attempts: u32,
    /// What failed, if something did; short, without secrets.
    pub error: Option<String>,
}

/// A row of the outbox.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Outbox {
    /// Its id, beginning with time.
    pub outbox_id: OutboxId,
    /// What.
    pub kind: OutboxKind,
    /// The merchant's URL, or `user:ID`.
    pub target: String,
    /// On whose behalf; names the keys and the `Client-Id` header.
    pub client_id: Option<ClientId>,
    /// The payment it is about.
    pub payment_id: Option<PaymentId>,
    /// When it was written.
    pub created_at: Timestamp,
    /// Where it stands.
    pub state: DeliveryState,
    /// Attempts so far.
    pub attempts: u32,
    /// When the next attempt is due.
    pub next_at: Timestamp,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// Waits before the second, third … attempt: the first is at once, then 2 min, 10 min, 10 min, 1 h,
/// 2 h, 6 h, 15 h; eight deliveries in all (spec/openapi.md 5.6).
const WAITS_MIN: [i64; 7] = [2, 10, 10, 60, 120, 360, 900];
/// The same for merchants of the Alipay surface (spec/alipay-agreement.md 1.9, 4.4).
const GATEWAY_WAITS_MIN: [i64; 7] = [4, 10, 10, 60, 120, 360, 900];

impl Outbox {
    const fn waits(&self) -> &'static [i64; 7] {
        if matches!(self.kind, OutboxKind::GatewayNotice { .. }) { &GATEWAY_WAITS_MIN } else { &WAITS_MIN }
    }

    /// The row after an attempt at `now`.
    #[must_use]
    pub fn after(&self, delivery: &Delivery, now: Timestamp) -> Self {
        let mut row = self.clone();
        row.attempts = row.attempts.saturating_add(1);
        row.last_error.clone_from(&delivery.error);
        if delivery.error.is_none() {
            row.state = DeliveryState::Delivered;
        } else if let Some(wait_min) = self.waits().get(self.attempts as usize) {
            row.state = DeliveryState::Pending;
            row.next_at = now.saturating_add(jiff::SignedDuration::from_mins(*wait_min)).unwrap_or(Timestamp::MAX);
        } else {
            row.state = DeliveryState::Dead;
        }
        row
    }

    /// The row once somebody asked for another round of attempts at `now`.
    #[must_use]
    pub fn again(&self, now: Timestamp) -> Self {
        Self { state: DeliveryState::Pending, attempts: 0, next_at: now, ..self.clone() }
    }
}
