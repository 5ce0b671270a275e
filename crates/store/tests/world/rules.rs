//! What the operator of a world has set, as plain numbers: the wallet gets them as its policy, the model as they are.

use crate::dice::Dice;
use jiff::SignedDuration;
use mithaq_domain::Policy;

/// Limits in whole units of any currency, lifetimes in seconds.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The most that one charge takes.
    pub charge_most: i64,
    /// The most that a user's charges of a day take.
    pub day_most: i64,
    /// How long tokens work.
    pub token_s: i64,
    /// How long an offer can be signed.
    pub offer_s: i64,
    /// How long a code can be exchanged.
    pub code_s: i64,
    /// For how long a repeated exchange counts as a lost answer.
    pub grace_s: i64,
    /// How long an old access token works after a refresh.
    pub replaced_s: i64,
    /// Wrong PINs that lock it, and for how long.
    pub pin: (u32, i64),
}

const DAY_S: i64 = 86_400;

impl Rules {
    /// Narrow limits and short lives, so that a short story meets them all.
    pub fn draw(dice: &mut Dice) -> Self {
        let charge_most = dice.between(20, 200);
        Self {
            charge_most,
            day_most: charge_most * dice.between(1, 4),
            token_s: dice.between(2, 60) * DAY_S,
            offer_s: dice.between(1, 20) * DAY_S,
            code_s: 600,
            grace_s: 60,
            replaced_s: DAY_S,
            pin: (3, 900),
        }
    }

    /// The same in the wallet's words.
    pub fn policy(&self) -> Policy {
        Policy {
            charge_ceiling_whole: self.charge_most,
            day_ceiling_whole: self.day_most,
            token_life: SignedDuration::from_secs(self.token_s),
            offer_life: SignedDuration::from_secs(self.offer_s),
            code_life: SignedDuration::from_secs(self.code_s),
            exchange_grace: SignedDuration::from_secs(self.grace_s),
            replaced_life: SignedDuration::from_secs(self.replaced_s),
            pin_tries: self.pin.0,
            pin_lock: SignedDuration::from_secs(self.pin.1),
            ..Policy::default()
        }
    }
}
