//! The operator's settings that decisions depend on.

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
}

impl Policy {
    /// The most that one charge may take in `currency`.
    #[must_use]
    pub fn charge_ceiling(&self, currency: Currency) -> Money {
        ceiling(self.charge_ceiling_whole, currency)
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
        }
    }
}
