//! The maker of ids. Ids begin with time, so that new rows land beside each other on disk.

use jiff::tz::TimeZone;
use mithaq_types::{ContractId, CustomerId, Entropy, PaymentId, Timestamp};
use std::sync::Mutex;

/// Makes ids. A parameter of every decision, so that decisions can be repeated.
pub trait Mint {
    /// A payment's id at `now`: 35 digits, the date in `zone` first.
    fn payment(&self, now: Timestamp, zone: &TimeZone) -> PaymentId;
    /// Any row's id at `now`: 26 characters that sort by time.
    fn row(&self, now: Timestamp) -> String;
    /// A contract's id: `yyyyMMdd` and 16 random digits.
    fn contract(&self, now: Timestamp, zone: &TimeZone) -> ContractId;
    /// What a merchant will know a user as: 24 digits, the first six as in the field's samples.
    fn customer(&self) -> CustomerId;
}

/// Makes ids out of time and random bytes.
pub struct RandomMint<E> {
    entropy: E,
    last: Mutex<u64>,
}

/// The middle of a payment's id as the live wallet writes it (spec/qicard.md 4):
/// a fixed part, `01` for payments, another fixed part.
const PAYMENT_MIDDLE: &str = "111212800100166";

impl<E: Entropy> RandomMint<E> {
    /// Draws from `entropy`.
    pub const fn new(entropy: E) -> Self {
        Self { entropy, last: Mutex::new(0) }
    }

    /// `count` random decimal digits, at most 18.
    fn digits(&self, count: usize) -> String {
        let modulus = 10_u64.pow(u32::try_from(count.min(18)).unwrap_or(18));
        format!("{:0count$}", self.entropy.number() % modulus)
    }
}

impl<E: Entropy> Mint for RandomMint<E> {
    fn payment(&self, now: Timestamp, zone: &TimeZone) -> PaymentId {
        let local = now.to_zoned(zone.clone());
        let midnight_ms = local.start_of_day().map_or(0, |start| start.timestamp().as_millisecond());
        let ms_of_day = u64::try_from(now.as_millisecond() - midnight_ms).unwrap_or(0);
        // Twelve digits that grow within a process: milliseconds of the day, then a step with a random start.
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let wanted = ms_of_day * 10_000 + self.entropy.number() % 5_000;
        let in_sequence = *last >= wanted && *last - wanted < 10_000_000;
        *last = if in_sequence { *last + 1 } else { wanted };
        let rest = *last % 1_000_000_000_000;
        PaymentId::new(format!("{}{PAYMENT_MIDDLE}{rest:012}", local.strftime("%Y%m%d")))
    }

    fn row(&self, now: Timestamp) -> String {
        let ms = u64::try_from(now.as_millisecond()).unwrap_or(0);
        format!("{ms:011X}{}", &self.entropy.hex(8)[..15])
    }

    fn contract(&self, now: Timestamp, zone: &TimeZone) -> ContractId {
        ContractId::new(format!("{}{}", now.to_zoned(zone.clone()).strftime("%Y%m%d"), self.digits(16)))
    }

    fn customer(&self) -> CustomerId {
        CustomerId::new(format!("216610{}", self.digits(18)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mithaq_types::SeededEntropy;

    #[test]
    fn a_payment_id_has_35_digits_date_first_and_never_repeats() {
        let mint = RandomMint::new(SeededEntropy::new(1));
        let zone = TimeZone::get("Asia/Baghdad").unwrap();
        let now: Timestamp = "2026-12-31T22:30:00Z".parse().unwrap();
        let ids: Vec<_> = (0..5_000).map(|_| mint.payment(now, &zone)).collect();
        assert!(ids[0].as_str().starts_with("20270101"), "the wallet's day, not UTC's");
        assert!(ids.iter().all(|id| id.as_str().len() == 35 && id.as_str().bytes().all(|b| b.is_ascii_digit())));
        assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), ids.len());
    }

    #[test]
    fn a_customer_id_has_24_digits() {
        let id = RandomMint::new(SeededEntropy::new(2)).customer();
        assert_eq!(id.as_str().len(), 24);
    }
}
