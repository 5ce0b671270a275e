//! The maker of ids. Ids begin with time, so that new rows land beside each other on disk.

use crate::OperationKind;
use jiff::tz::TimeZone;
use mithaq_types::{ContractId, CustomerId, Entropy, OperationId, PaymentId, Timestamp};
use std::sync::Mutex;

/// Makes ids. A parameter of every decision, so that decisions can be repeated.
pub trait Mint {
    /// A payment's id at `now`: 35 digits, the date in `zone` first.
    fn payment(&self, now: Timestamp, zone: &TimeZone) -> PaymentId;
    /// An operation's id at `now`: as a payment's, with other digits for its kind.
    fn operation(&self, kind: OperationKind, now: Timestamp, zone: &TimeZone) -> OperationId;
    /// Any row's id at `now`: 26 characters that sort by time.
    fn row(&self, now: Timestamp) -> String;
    /// A contract's id: `yyyyMMdd` and 16 random digits.
    fn contract(&self, now: Timestamp, zone: &TimeZone) -> ContractId;
    /// An agreement's id: 20 digits, the year in `zone` first (spec/alipay-agreement.md 4.1).
    fn agreement(&self, now: Timestamp, zone: &TimeZone) -> ContractId;
    /// What a merchant will know a user as: 24 digits, the first six as in the field's samples.
    fn customer(&self) -> CustomerId;
}

/// Makes ids out of time and random bytes.
pub struct RandomMint<E> {
    entropy: E,
    last: Mutex<Option<u64>>,
    last_agreement: Mutex<Option<u64>>,
}

/// The middle of a payment's id as the live wallet writes it (spec/qicard.md 4): a fixed part, two digits for the kind,
/// another fixed part.
const MIDDLE: (&str, &str) = ("11121280", "00166");
/// The two digits of payments.
const PAYMENT: &str = "01";

/// The two digits of an operation; those of refunds are the live wallet's, the others ours.
const fn kind_digits(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::Refund => "13",
        OperationKind::Capture => "21",
        OperationKind::Confirm => "22",
        OperationKind::Void => "23",
        OperationKind::Cancel => "24",
    }
}
/// Ids that fit in one second of a payment id's last twelve digits.
const STEPS_PER_SECOND: u64 = 10_000_000;
/// Ids that fit in one minute of an agreement id's last ten digits.
const STEPS_PER_MINUTE: u64 = 10_000_000_000;

impl<E: Entropy> RandomMint<E> {
    /// Draws from `entropy`.
    pub const fn new(entropy: E) -> Self {
        Self { entropy, last: Mutex::new(None), last_agreement: Mutex::new(None) }
    }

    /// `count` random decimal digits, at most 18.
    fn digits(&self, count: usize) -> String {
        let modulus = 10_u64.pow(u32::try_from(count.min(18)).unwrap_or(18));
        format!("{:0count$}", self.entropy.number() % modulus)
    }
}

impl<E: Entropy> RandomMint<E> {
    /// 35 digits, the date in `zone` first, that grow with time.
    fn dated(&self, kind: &str, now: Timestamp, zone: &TimeZone) -> String {
        let local = now.to_zoned(zone.clone());
        let midnight = local.start_of_day().map_or(now, |start| start.timestamp());
        let second = u64::try_from(now.as_second() - midnight.as_second()).unwrap_or(0);
        // Twelve digits: the second of the day, then seven that count up from a random start, so that
        // two processes hardly ever meet. A clock that falls back by a second goes on counting.
        let first = second * STEPS_PER_SECOND;
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let rest = match *last {
            Some(last) if (first..first + 2 * STEPS_PER_SECOND).contains(&last) => last + 1,
            _ => first + self.entropy.number() % (STEPS_PER_SECOND / 2),
        };
        *last = Some(rest);
        let rest = rest % 1_000_000_000_000;
        format!("{}{}{kind}{}{rest:012}", local.strftime("%Y%m%d"), MIDDLE.0, MIDDLE.1)
    }
}

impl<E: Entropy> Mint for RandomMint<E> {
    fn payment(&self, now: Timestamp, zone: &TimeZone) -> PaymentId {
        PaymentId::new(self.dated(PAYMENT, now, zone))
    }

    fn operation(&self, kind: OperationKind, now: Timestamp, zone: &TimeZone) -> OperationId {
        OperationId::new(self.dated(kind_digits(kind), now, zone))
    }

    fn row(&self, now: Timestamp) -> String {
        let ms = u64::try_from(now.as_millisecond()).unwrap_or(0);
        format!("{ms:011X}{}", &self.entropy.hex(8)[..15])
    }

    fn contract(&self, now: Timestamp, zone: &TimeZone) -> ContractId {
        ContractId::new(format!("{}{}", now.to_zoned(zone.clone()).strftime("%Y%m%d"), self.digits(16)))
    }

    fn agreement(&self, now: Timestamp, zone: &TimeZone) -> ContractId {
        // The minute of the year, so that new rows land beside each other; then ten digits that count up from a random start, so
        // that however many are signed in a minute two processes hardly ever meet, and one never meets itself.
        let local = now.to_zoned(zone.clone());
        let minute =
            (i64::from(local.day_of_year()) - 1) * 1_440 + i64::from(local.hour()) * 60 + i64::from(local.minute());
        let first = u64::try_from(minute).unwrap_or(0) * STEPS_PER_MINUTE;
        let mut last = self.last_agreement.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let rest = match *last {
            Some(last) if (first..first + STEPS_PER_MINUTE - 1).contains(&last) => last + 1,
            _ => first + self.entropy.number() % (STEPS_PER_MINUTE / 2),
        };
        *last = Some(rest);
        ContractId::new(format!("{:04}{rest:016}", local.year()))
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
    fn payment_ids_of_one_process_grow_within_a_day() {
        let mint = RandomMint::new(SeededEntropy::new(3));
        let zone = TimeZone::get("Asia/Baghdad").unwrap();
        let midnight: Timestamp = "2026-12-31T21:00:00Z".parse().unwrap();
        let at = |ms: i64| mint.payment(midnight + jiff::SignedDuration::from_millis(ms), &zone);
        let ids: Vec<_> = [0, 0, 1, 999, 1_000, 900, 60_000, 86_399_999].map(at).into();
        assert!(ids.is_sorted() && ids.iter().all(|id| id.as_str().starts_with("20270101")), "{ids:?}");
    }

    #[test]
    fn however_many_agreements_are_signed_in_a_minute_none_has_anothers_number() {
        let mint = RandomMint::new(SeededEntropy::new(9));
        let zone = TimeZone::get("Asia/Baghdad").unwrap();
        let now: Timestamp = "2026-12-31T20:59:00Z".parse().unwrap();
        let mut seen = std::collections::HashSet::new();
        for _ in 0..300_000 {
            let id = mint.agreement(now, &zone);
            assert!(id.as_str().len() == 20 && id.as_str().starts_with("2026525599"), "{id}");
            assert!(seen.insert(id));
        }
        let next = mint.agreement(now + jiff::SignedDuration::from_mins(1), &zone);
        assert!(next.as_str().starts_with("2027000000"), "the wallet's year, not UTC's: {next}");
    }

    #[test]
    fn processes_that_pay_in_the_same_second_do_not_make_the_same_ids() {
        let zone = TimeZone::get("Asia/Baghdad").unwrap();
        let now: Timestamp = "2026-12-01T09:00:00Z".parse().unwrap();
        let mut seen = std::collections::HashSet::new();
        for process in 0..4 {
            let mint = RandomMint::new(SeededEntropy::new(process));
            assert!((0..2_000).all(|_| seen.insert(mint.payment(now, &zone))));
        }
    }

    #[test]
    fn row_ids_sort_by_time() {
        let mint = RandomMint::new(SeededEntropy::new(4));
        let now: Timestamp = "2026-12-01T09:00:00Z".parse().unwrap();
        let ids: Vec<_> =
            [0, 1, 1_000, 1_000_000_000].map(|ms| mint.row(now + jiff::SignedDuration::from_millis(ms))).into();
        assert!(ids.is_sorted() && ids.iter().all(|id| id.len() == 26), "{ids:?}");
    }

    #[test]
    fn a_customer_id_has_24_digits() {
        let id = RandomMint::new(SeededEntropy::new(2)).customer();
        assert_eq!(id.as_str().len(), 24);
    }
}
