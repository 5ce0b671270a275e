//! The operator's settings that decisions depend on.

use crate::{Dunning, Windows};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use mithaq_types::{Currency, Money};

/// Lifetimes, limits and the calendar. Spec: qicard.md 5.3, openapi.md 5.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Where calendar days and months begin and end.
    pub zone: TimeZone,
    /// What a contract is charged in that states no amount.
    pub currency: Currency,
    /// How long an offer can be signed.
    pub offer_life: SignedDuration,
    /// How long an authorization code can be exchanged.
    pub code_life: SignedDuration,
    /// How long an access token works; a refresh token lives as long.
    pub token_life: SignedDuration,
    /// For how long a repeated exchange is taken for a lost answer.
    pub exchange_grace: SignedDuration,
    /// How long the old access token may work on after a refresh.
    pub replaced_life: SignedDuration,
    /// How long a wallet page may stay open.
    pub interaction_life: SignedDuration,
    /// Wrong PINs in a row that lock it.
    pub pin_tries: u32,
    /// For how long it stays locked.
    pub pin_lock: SignedDuration,
    /// The most that one agreement payment may take, whole units of any currency.
    pub charge_ceiling_whole: i64,
    /// The most that a user's agreement payments may take in a day, whole units of any currency.
    pub day_ceiling_whole: i64,
    /// The most that an order of the cashier may be about, whole units of any currency.
    pub order_ceiling_whole: i64,
    /// The most that one payment with a shown code may take, whole units of any currency.
    pub code_ceiling_whole: i64,
    /// The most that one user may send another at once, whole units of any currency.
    pub transfer_ceiling_whole: i64,
    /// The most messages that a merchant's client may send one user in a day.
    pub messages_in_day: u32,
    /// How long an order can be paid whose merchant named no time.
    pub order_life: SignedDuration,
    /// How long an order may be open at most.
    pub order_life_max: SignedDuration,
    /// How long a shown code works.
    pub payment_code_life: SignedDuration,
    /// How long a hold can be captured, and an escrow order accepted.
    pub hold_life: SignedDuration,
    /// How long an accepted escrow order can be completed.
    pub accepted_life: SignedDuration,
    /// For how long a payment can be refunded.
    pub refund_life: SignedDuration,
    /// How many days before the planned day of a periodic deduction it may be made (spec/alipay-agreement.md 2.6.1).
    pub plan_window_days: u16,
    /// Periodic agreements that one user may have with one merchant at a time.
    pub agreements_max: usize,
    /// Plans that the wallet runs itself.
    pub dunning: Dunning,
}

impl Policy {
    /// The most that one charge may take in `currency`.
    #[must_use]
    pub fn charge_ceiling(&self, currency: Currency) -> Money {
        ceiling(self.charge_ceiling_whole, currency)
    }

    /// The most that an order may be about in `currency`.
    #[must_use]
    pub fn order_ceiling(&self, currency: Currency) -> Money {
        ceiling(self.order_ceiling_whole, currency)
    }

    /// The most that a payment with a shown code may take in `currency`.
    #[must_use]
    pub fn code_ceiling(&self, currency: Currency) -> Money {
        ceiling(self.code_ceiling_whole, currency)
    }

    /// The most that can be sent to another user at once in `currency`.
    #[must_use]
    pub fn transfer_ceiling(&self, currency: Currency) -> Money {
        ceiling(self.transfer_ceiling_whole, currency)
    }

    /// How long things last after a payment was made.
    #[must_use]
    pub fn windows(&self) -> Windows {
        Windows {
            hold: self.hold_life,
            accepted: self.accepted_life,
            refund: self.refund_life,
            zone: self.zone.clone(),
        }
    }

    /// The most that a user's charges of one day may take in `currency`.
    #[must_use]
    pub fn day_ceiling(&self, currency: Currency) -> Money {
        ceiling(self.day_ceiling_whole, currency)
    }
}

fn ceiling(whole: i64, currency: Currency) -> Money {
    Money::whole(whole, currency).unwrap_or(Money::new(i64::MAX, currency))
}

impl Default for Policy {
    fn default() -> Self {
        const DAY: i64 = 24;
        Self {
            zone: TimeZone::get("Asia/Baghdad").unwrap_or(TimeZone::UTC),
            currency: Currency::IQD,
            offer_life: SignedDuration::from_hours(30 * DAY),
            code_life: SignedDuration::from_mins(10),
            token_life: SignedDuration::from_hours(3652 * DAY),
            exchange_grace: SignedDuration::from_secs(60),
            replaced_life: SignedDuration::from_hours(DAY),
            interaction_life: SignedDuration::from_mins(15),
            pin_tries: 5,
            pin_lock: SignedDuration::from_mins(15),
            charge_ceiling_whole: 10_000_000,
            day_ceiling_whole: 50_000_000,
            order_ceiling_whole: 100_000_000,
            code_ceiling_whole: 1_000_000,
            transfer_ceiling_whole: 10_000_000,
            messages_in_day: 20,
            order_life: SignedDuration::from_mins(30),
            order_life_max: SignedDuration::from_hours(7 * DAY),
            payment_code_life: SignedDuration::from_secs(60),
            hold_life: SignedDuration::from_hours(7 * DAY),
            accepted_life: SignedDuration::from_hours(30 * DAY),
            refund_life: SignedDuration::from_hours(365 * DAY),
            plan_window_days: 5,
            agreements_max: 10,
            dunning: Dunning::default(),
        }
    }
}
