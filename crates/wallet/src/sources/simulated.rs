//! The sandbox's issuer and bank. They remember nothing: what a card does follows from its number, so that every failure can
//! be had by choosing a card.

use super::{Bank, BankDraw, BankVerdict, CardCharge, CardRefused, Issuer, IssuerSilent, LinkedCard, Promise};
use jiff::SignedDuration;
use mithaq_domain::Verdict;
use mithaq_types::{Clock, Entropy, UserId};
use std::sync::Arc;

/// How long a slow issuer takes, by the wallet's clock.
const SLOW: SignedDuration = SignedDuration::from_mins(5);

/// Numbers that behave in their own way; every other valid number pays.
const SPECIAL: [(&str, &str); 5] = [
    ("4000000000009995", "short"),
    ("4000000000000069", "expired"),
    ("4000000000000002", "blocked"),
    ("4000000000009235", "limit"),
    ("4000000000000259", "slow"),
];

/// Vouches for every card whose number is one.
pub struct SimulatedIssuer {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl SimulatedIssuer {
    /// Decides by `clock` when slow cards answer, and which months are over.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { clock, entropy }
    }

    fn vouch(&self, number: &str, expires: &str) -> Result<LinkedCard, CardRefused> {
        if !is_card_number(number) {
            return Err(CardRefused::Number);
        }
        let this_month = self.clock.now().strftime("%Y-%m").to_string();
        if !is_month(expires) || *expires < *this_month {
            return Err(CardRefused::Expiry);
        }
        let behaviour = SPECIAL.iter().find(|(special, _)| *special == number).map_or("pays", |(_, does)| does);
        let last = number.get(number.len().saturating_sub(4)..).unwrap_or_default();
        let brand = match number.as_bytes().first() {
            Some(b'4') => "Visa",
            Some(b'5') => "Mastercard",
            _ => "Qi",
        };
        Ok(LinkedCard {
            token: format!("sim-{behaviour}-{}", self.entropy.hex(8)),
            masked_number: format!("•••• {last}"),
            account_number: format!("IQ{:018}", self.entropy.number() % 1_000_000_000_000_000_000),
            brand: brand.to_owned(),
            expires: expires.to_owned(),
        })
    }

    fn decide(&self, charge: &CardCharge) -> Result<Verdict, IssuerSilent> {
        Ok(match charge.token.split('-').nth(1) {
            Some("short") => Verdict::NotEnough,
            Some("expired") => Verdict::CardExpired,
            Some("blocked") => Verdict::Blocked,
            Some("limit") => Verdict::OverLimit,
            Some("slow") if self.clock.now() < charge.asked_at.saturating_add(SLOW).unwrap_or(charge.asked_at) => {
                return Err(IssuerSilent);
            }
            _ => Verdict::Approved,
        })
    }
}

impl Issuer for SimulatedIssuer {
    fn link<'a>(
        &'a self,
        _: &'a UserId,
        number: &'a str,
        expires: &'a str,
        _: &'a str,
    ) -> Promise<'a, Result<LinkedCard, CardRefused>> {
        Box::pin(async move { self.vouch(number, expires) })
    }

    fn charge<'a>(&'a self, charge: &'a CardCharge) -> Promise<'a, Result<Verdict, IssuerSilent>> {
        Box::pin(async move { self.decide(charge) })
    }
}

/// Twelve to nineteen digits whose check digit fits (Luhn).
fn is_card_number(number: &str) -> bool {
    let digits = number.as_bytes();
    if !(12..=19).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(digit - b'0');
            match (place % 2, value * 2) {
                (0, _) => value,
                (_, double) if double > 9 => double - 9,
                (_, double) => double,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// `yyyy-MM`.
fn is_month(text: &str) -> bool {
    let Some((year, month)) = text.split_once('-') else { return false };
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(year, 4) && digits(month, 2) && matches!(month.parse::<u8>(), Ok(1..=12))
}

/// A bank account with as much on it as anybody wants.
pub struct SimulatedBank;

impl Bank for SimulatedBank {
    fn draw<'a>(&'a self, _: &'a BankDraw) -> Promise<'a, Result<BankVerdict, IssuerSilent>> {
        Box::pin(async { Ok(BankVerdict::Approved) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mithaq_types::{Currency, ManualClock, Money, SeededEntropy, Timestamp};

    fn issuer(clock: &Arc<ManualClock>) -> SimulatedIssuer {
        SimulatedIssuer::new(Arc::clone(clock) as Arc<dyn Clock>, Arc::new(SeededEntropy::new(1)))
    }

    fn clock() -> Arc<ManualClock> {
        Arc::new(ManualClock::at("2026-12-01T09:00:00Z".parse().unwrap()))
    }

    fn charge(token: &str, asked_at: Timestamp) -> CardCharge {
        let amount = Money::whole(1, Currency::IQD).unwrap();
        CardCharge { reference: "r".into(), token: token.into(), amount, statement: "shop".into(), asked_at }
    }

    #[test]
    fn only_numbers_with_their_check_digit_in_a_month_to_come_are_vouched_for() {
        let issuer = issuer(&clock());
        assert_eq!(issuer.vouch("4242424242424242", "2026-12").unwrap().masked_number, "•••• 4242");
        for number in ["4242424242424241", "4242", "4242 4242 4242 4242", ""] {
            assert_eq!(issuer.vouch(number, "2030-01").unwrap_err(), CardRefused::Number, "{number}");
        }
        for month in ["2026-11", "2030-13", "30-01", ""] {
            assert_eq!(issuer.vouch("4242424242424242", month).unwrap_err(), CardRefused::Expiry, "{month}");
        }
    }

    #[test]
    fn special_numbers_fail_in_their_own_way_and_the_slow_one_answers_after_five_minutes() {
        let clock = clock();
        let issuer = issuer(&clock);
        let asked_at = clock.now();
        let said = |number: &str| {
            let token = issuer.vouch(number, "2030-01").unwrap().token;
            issuer.decide(&charge(&token, asked_at))
        };
        assert_eq!(said("4242424242424242"), Ok(Verdict::Approved));
        assert_eq!(said("4000000000009995"), Ok(Verdict::NotEnough));
        assert_eq!(said("4000000000000069"), Ok(Verdict::CardExpired));
        assert_eq!(said("4000000000000002"), Ok(Verdict::Blocked));
        assert_eq!(said("4000000000009235"), Ok(Verdict::OverLimit));
        assert_eq!(said("4000000000000259"), Err(IssuerSilent));
        clock.set(asked_at + SLOW);
        assert_eq!(said("4000000000000259"), Ok(Verdict::Approved));
    }
}
