//! Contracts: what a merchant offers, what a user signed, and how it stands.
//!
//! An offer (`authId`) may be signed by any user, again and again, until it expires; each signing is
//! its own contract. The contract row is written once and never changed: it is the evidence. What
//! changes (status, charges so far) lives in [`ContractState`].

use crate::{AgreementTerms, Plan, PlanRun, PlanState};
use jiff::civil::Date;
use mithaq_types::{
    AuthId, ClientId, ContractId, Currency, CustomerId, MerchantId, Money, PaymentId, Timestamp, TokenId, UserId,
};
use serde::{Deserialize, Serialize};

/// A language the wallet speaks (seed authorizations-prepare: `en-US` or `ar-IQ`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Language {
    /// English, left to right.
    #[serde(rename = "en-US")]
    EnUs,
    /// Iraqi Arabic, right to left.
    #[serde(rename = "ar-IQ")]
    ArIq,
}

impl Language {
    /// The tag on the wire.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::EnUs => "en-US",
            Self::ArIq => "ar-IQ",
        }
    }

    /// Reads the tag.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        [Self::EnUs, Self::ArIq].into_iter().find(|language| language.tag() == tag)
    }
}

/// What the merchant asks the user to accept (seed authorizations-prepare; spec/openapi.md 3.1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    /// The language of the authorization page.
    pub language: Language,
    /// A heading, if the merchant gave one.
    pub title: Option<String>,
    /// The text the user reads, as plain text.
    pub description: String,
    /// The most that one charge may take. Absent means not stated, never zero.
    pub agreed_amount: Option<Money>,
    /// No charge before this day.
    pub start_date: Option<Date>,
    /// Where the merchant wants to hear how the contract stands.
    pub status_notify_url: Option<String>,
    /// What an agreement of the Alipay surface has besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Box<AgreementTerms>>,
}

impl Terms {
    /// The one currency that a contract on these terms is charged in; `home` where no amount is stated.
    #[must_use]
    pub fn currency(&self, home: Currency) -> Currency {
        match (&self.agreement, self.agreed_amount) {
            (Some(agreement), _) => agreement.currency,
            (None, Some(agreed)) => agreed.currency,
            (None, None) => home,
        }
    }

    /// The plan of a periodic agreement.
    #[must_use]
    pub fn plan(&self) -> Option<&Plan> {
        self.agreement.as_ref()?.plan.as_ref()
    }
}

/// What `prepare` made: a contract offer that users may sign.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Offer {
    /// The `authId`.
    pub auth_id: AuthId,
    /// The client that prepared it, and the only one that may use what comes of it.
    pub client_id: ClientId,
    /// Who is paid.
    pub merchant_id: MerchantId,
    /// The merchant's business line, if named.
    pub reference_client_id: Option<String>,
    /// What is offered.
    pub terms: Terms,
    /// When it was prepared.
    pub created_at: Timestamp,
    /// From when it can no longer be signed.
    pub expires_at: Timestamp,
}

/// A signed contract: who accepted what, when, and what they saw. Never changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Contract {
    /// Its id.
    pub contract_id: ContractId,
    /// The offer that was signed.
    pub auth_id: AuthId,
    /// The client that may charge.
    pub client_id: ClientId,
    /// Who is paid.
    pub merchant_id: MerchantId,
    /// Who signed.
    pub user_id: UserId,
    /// What the merchant knows the signer as.
    pub customer_id: CustomerId,
    /// The merchant's business line, if named.
    pub reference_client_id: Option<String>,
    /// What was accepted.
    pub terms: Terms,
    /// The merchant's name as it was shown.
    pub merchant_name: String,
    /// The user's own limit for all charges of one calendar month.
    pub monthly_ceiling: Option<Money>,
    /// The text of the page as the user saw it, every line of it.
    pub page_text: String,
    /// SHA-256 of `page_text`, in hex.
    pub page_hash: String,
    /// When the user accepted.
    pub accepted_at: Timestamp,
}

/// Who or what ended a contract (spec/openapi.md 3.4).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EndReason {
    /// The user, in the wallet.
    User,
    /// The merchant, by `cancelToken`.
    Merchant,
    /// The operator, or a safety rule.
    Wallet,
    /// Time: the code was never exchanged, or the tokens ran out.
    Expired,
}

/// How a contract stands (spec/openapi.md 5.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ContractStatus {
    /// Accepted; the merchant has not exchanged the code yet.
    Signed,
    /// The merchant holds tokens and may charge.
    Active,
    /// Over, for good.
    Ended {
        /// By whom.
        reason: EndReason,
        /// When.
        at: Timestamp,
    },
}

/// The part of a contract that changes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ContractState {
    /// Whose state.
    pub contract_id: ContractId,
    /// Who signed it.
    pub user_id: UserId,
    /// How it stands.
    pub status: ContractStatus,
    /// When it ends by itself: the code's expiry while signed, the refresh token's while active.
    pub expires_at: Timestamp,
    /// The newest token pair.
    pub token_id: Option<TokenId>,
    /// How many charges succeeded.
    pub charges: u32,
    /// What they took together, in minor units of the contract's currency ([`Terms::currency`]).
    pub charged_minor: i64,
    /// The month of `month_minor`, by its first day.
    pub month: Option<Date>,
    /// What was taken in that month.
    pub month_minor: i64,
    /// When the last charge succeeded.
    pub last_charge_at: Option<Timestamp>,
    /// The newest payment asked for under it, whatever came of it; the only thing that changes after the end.
    pub last_payment: Option<PaymentId>,
    /// How far its plan has come; agreements with a plan only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanState>,
    /// How far the wallet is with the next deduction, where it makes them itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<PlanRun>,
}

impl ContractState {
    /// Whether the merchant may charge at `now`.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        matches!(self.status, ContractStatus::Active) && now < self.expires_at
    }

    /// Whether it is over, for good. Time alone does not end it: a command does, when the time has come.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        matches!(self.status, ContractStatus::Ended { .. })
    }

    /// The planned days of its plan that are left, at most so many: the number of each, and its day. Where attempts failed only
    /// the next one has moved; the others follow from the day that was planned first.
    #[must_use]
    pub fn days_left(&self, plan: &Plan, most: u32) -> Vec<(u32, Date)> {
        let Some(state) = &self.plan else { return Vec::new() };
        let planned = self.run.map_or(state.next, |run| run.planned);
        let mut days = plan.left(&PlanState { next: planned, ..*state }, most);
        if let Some((_, first)) = days.first_mut() {
            *first = state.next;
        }
        days
    }

    /// When the wallet has something to do for its plan.
    #[must_use]
    pub fn run_due_at(&self) -> Option<Timestamp> {
        self.run.filter(|_| !self.has_ended()).map(|run| run.due_at)
    }

    /// Minor units taken in the month that begins on `month`.
    #[must_use]
    pub fn taken_in(&self, month: Date) -> i64 {
        if self.month == Some(month) { self.month_minor } else { 0 }
    }
}
