//! What must leave the wallet, written in the same transaction as what it tells.

use crate::{CancelReason, EndReason, FailReason};
use jiff::civil::Date;
use mithaq_types::{
    ClientId, ContractId, CustomerId, GatewayAppId, Money, OperationId, OutboxId, PaymentId, Timestamp, UserId,
};
use serde::{Deserialize, Serialize};

/// Something a user is told by SMS, e-mail and inbox.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum UserNews {
    /// A contract was signed.
    ContractSigned {
        /// With whom.
        merchant: String,
    },
    /// A contract ended.
    ContractEnded {
        /// With whom.
        merchant: String,
        /// By whom.
        reason: EndReason,
    },
    /// Money was deducted.
    Charged {
        /// By whom.
        merchant: String,
        /// How much.
        amount: Money,
        /// What for.
        description: String,
        /// What is left.
        balance: Money,
    },
    /// A deduction was refused for a reason the user can mend.
    ChargeRefused {
        /// Of whom.
        merchant: String,
        /// How much.
        amount: Money,
        /// Whether money was missing (or a limit was in the way).
        balance_short: bool,
        /// When it is tried again, where the wallet does that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again_on: Option<Date>,
    },
    /// A periodic deduction is coming.
    ChargeComing {
        /// By whom.
        merchant: String,
        /// How much at most.
        amount: Money,
        /// When.
        on: Date,
    },
    /// Money came in.
    ToppedUp {
        /// How much.
        amount: Money,
        /// What is there now.
        balance: Money,
    },
    /// The user paid.
    Paid {
        /// Whom.
        merchant: String,
        /// How much.
        amount: Money,
        /// What for.
        description: String,
        /// What is left.
        balance: Money,
    },
    /// Money of the user's is held.
    Held {
        /// For whom.
        merchant: String,
        /// How much.
        amount: Money,
        /// What for.
        description: String,
        /// When it is given back at the latest.
        until: Timestamp,
    },
    /// A merchant took what was held.
    Captured {
        /// Who.
        merchant: String,
        /// How much.
        amount: Money,
        /// What came back.
        released: Money,
    },
    /// What was held came back, or a part of it.
    Released {
        /// For whom it was held.
        merchant: String,
        /// How much.
        amount: Money,
    },
    /// A merchant gave money back.
    Refunded {
        /// Who.
        merchant: String,
        /// How much.
        amount: Money,
        /// What is there now.
        balance: Money,
    },
    /// The user sent money to another.
    TransferSent {
        /// To whom.
        to_name: String,
        /// How much.
        amount: Money,
        /// In the user's words.
        note: Option<String>,
        /// What is left.
        balance: Money,
    },
    /// Another user sent money.
    TransferReceived {
        /// From whom.
        from_name: String,
        /// How much.
        amount: Money,
        /// In their words.
        note: Option<String>,
        /// What is there now.
        balance: Money,
    },
    /// A card was linked.
    CardLinked {
        /// Its masked number.
        card: String,
    },
    /// The PIN was changed.
    PinChanged,
    /// What a merchant wrote.
    FromMerchant {
        /// Who.
        merchant: String,
        /// Its first line.
        title: String,
        /// The rest.
        content: String,
        /// Where it leads, as the merchant wrote it.
        url: Option<String>,
    },
}

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

/// What a merchant of the Alipay surface is told. Everything that may change later is in it, so that every attempt carries the
/// same (spec/alipay-agreement.md 1.9).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "camelCase")]
pub enum GatewayNews {
    /// An agreement was signed: `dut_user_sign`.
    Signed {
        /// Which.
        contract_id: ContractId,
    },
    /// An agreement was ended by the merchant, the user or the operator: `dut_user_unsign`.
    Unsigned {
        /// Which.
        contract_id: ContractId,
        /// When.
        at: Timestamp,
    },
    /// A payment was paid, closed or refunded: `trade_status_sync`.
    Trade {
        /// Which.
        payment_id: PaymentId,
        /// Who pays.
        user_id: Option<UserId>,
        /// When it was paid.
        paid_at: Option<Timestamp>,
        /// When it was closed, unpaid or given back as a whole.
        closed_at: Option<Timestamp>,
        /// What was given back so far, in minor units.
        refunded: i64,
        /// The refund that this is about.
        refund: Option<RefundNews>,
    },
    /// The wallet could not make a deduction of a plan.
    DeductionFailed {
        /// Of which agreement.
        contract_id: ContractId,
        /// Which deduction, from 1.
        number: u32,
        /// Its planned day.
        planned: Date,
        /// Why.
        reason: FailReason,
        /// When it is tried again; none: the period is left out.
        again_on: Option<Date>,
        /// When it was tried.
        at: Timestamp,
    },
}

/// A refund, as a notification tells it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RefundNews {
    /// How much, in minor units.
    pub minor: i64,
    /// `out_request_no`.
    pub request_no: String,
    /// When.
    pub at: Timestamp,
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
