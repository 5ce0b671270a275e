//! What users and merchants of the Alipay surface are told: everything that may change later is in it.

use crate::{EndReason, FailReason};
use jiff::civil::Date;
use mithaq_types::{ContractId, Money, PaymentId, Timestamp, UserId};
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
