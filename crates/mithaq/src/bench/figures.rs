//! The arithmetic of measuring: rates, percentiles, ratios. The only place here that calculates with fractions.
#![expect(clippy::float_arithmetic, reason = "durations and rates to look at, not money")]

use std::time::Duration;

/// How long each of many requests took.
#[derive(Clone, Debug, Default)]
pub struct Latencies {
    /// In microseconds.
    micros: Vec<u32>,
}

impl Latencies {
    /// Notes one. What took more than an hour counts as an hour.
    pub fn note(&mut self, took: Duration) {
        self.micros.push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
    }

    /// Takes over those of another.
    pub fn extend(&mut self, other: Self) {
        self.micros.extend(other.micros);
    }

    /// How many were noted.
    pub fn count(&self) -> u64 {
        self.micros.len() as u64
    }

    /// The latency, in milliseconds, that `percent` of all requests did not exceed: the nearest rank. 0 of none.
    pub fn percentile_ms(&mut self, percent: usize) -> f64 {
        let rank = (self.micros.len() * percent.min(100)).div_ceil(100).max(1) - 1;
        if self.micros.is_empty() {
            return 0.0;
        }
        let (_, micros, _) = self.micros.select_nth_unstable(rank);
        f64::from(*micros) / 1000.0
    }
}

/// How often a second something happened that happened `count` times in `elapsed`; one decimal. 0 of no time.
pub fn per_second(count: u64, elapsed: Duration) -> f64 {
    if elapsed.is_zero() {
        return 0.0;
    }
    rounded(lossy(count) / elapsed.as_secs_f64(), 1)
}

/// The same for a minute, whole numbers.
pub fn per_minute(count: u64, elapsed: Duration) -> f64 {
    if elapsed.is_zero() {
        return 0.0;
    }
    rounded(lossy(count) * 60.0 / elapsed.as_secs_f64(), 0)
}

/// `part` in `whole`, three decimals. 0 where there is no whole.
pub fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { rounded(part / whole, 3) } else { 0.0 }
}

/// The middle one; of an even number, the upper of the two in the middle. 0 of none.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// The median of the ratios of rounds that were measured one beside the other, three decimals.
pub fn ratio_of_rounds(parts: &[f64], wholes: &[f64]) -> f64 {
    if parts.len() == wholes.len() {
        median(parts.iter().zip(wholes).map(|(part, whole)| ratio(*part, *whole)))
    } else {
        ratio(median(parts.iter().copied()), median(wholes.iter().copied()))
    }
}

/// `total` shared among `count`, to the nearest. 0 among none.
pub const fn each(total: u64, count: u64) -> u64 {
    match count {
        0 => 0,
        count => total.saturating_add(count / 2) / count,
    }
}

/// Half of a rate.
pub fn half(rate: f64) -> f64 {
    rounded(rate / 2.0, 1)
}

/// When the request of this number is due if `rate` of them are sent a second.
pub fn due(number: usize, rate: f64) -> Duration {
    if rate > 0.0 { Duration::from_secs_f64(lossy(number as u64) / rate) } else { Duration::ZERO }
}

/// MiB, one decimal.
pub fn mebibytes(bytes: u64) -> f64 {
    rounded(lossy(bytes) / 1_048_576.0, 1)
}

fn rounded(value: f64, decimals: i32) -> f64 {
    let shift = 10_f64.powi(decimals);
    (value * shift).round() / shift
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn lossy(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "rounded on purpose")]
mod tests {
    use super::*;

    fn of_millis(all: impl IntoIterator<Item = u64>) -> Latencies {
        let mut latencies = Latencies::default();
        all.into_iter().for_each(|ms| latencies.note(Duration::from_millis(ms)));
        latencies
    }

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let mut latencies = of_millis((1..=100).rev());
        assert_eq!(latencies.percentile_ms(50), 50.0);
        assert_eq!(latencies.percentile_ms(99), 99.0);
        assert_eq!(latencies.percentile_ms(100), 100.0);
        assert_eq!(latencies.percentile_ms(0), 1.0);
        assert_eq!(of_millis([7]).percentile_ms(99), 7.0);
        assert_eq!(of_millis([1, 2, 3]).percentile_ms(50), 2.0);
    }

    #[test]
    fn no_requests_have_no_latency() {
        assert_eq!(Latencies::default().percentile_ms(99), 0.0);
    }

    #[test]
    fn latencies_of_all_connections_count_together() {
        let mut all = of_millis([1, 2]);
        all.extend(of_millis([3, 4]));
        assert_eq!(all.percentile_ms(75), 3.0);
    }

    #[test]
    fn a_rate_is_the_count_over_the_time() {
        assert_eq!(per_second(1_000, Duration::from_millis(250)), 4_000.0);
        assert_eq!(per_second(1, Duration::from_secs(3)), 0.3);
        assert_eq!(per_second(5, Duration::ZERO), 0.0);
    }

    #[test]
    fn ratios_and_shares_of_nothing_are_zero() {
        assert_eq!(ratio(3_400.0, 4_000.0), 0.85);
        assert_eq!(ratio(1.0, 0.0), 0.0);
        assert_eq!(each(100, 3), 33);
        assert_eq!(each(101, 2), 51);
        assert_eq!(each(7, 0), 0);
    }

    #[test]
    fn one_disturbed_round_moves_no_median() {
        assert_eq!(median([3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median([1.0, 2.0]), 2.0);
        assert_eq!(median([]), 0.0);
        // The second round was disturbed for both, the third for one.
        assert_eq!(ratio_of_rounds(&[90.0, 9.0, 90.0], &[100.0, 10.0, 50.0]), 0.9);
        assert_eq!(ratio_of_rounds(&[90.0], &[100.0, 50.0, 100.0]), 0.9);
    }

    #[test]
    fn paced_requests_are_due_evenly() {
        assert_eq!(due(0, 2_000.0), Duration::ZERO);
        assert_eq!(due(1_000, 2_000.0), Duration::from_millis(500));
        assert_eq!(half(4_321.0), 2_160.5);
        assert_eq!(due(5, 0.0), Duration::ZERO);
    }

    #[test]
    fn memory_is_told_in_mebibytes() {
        assert_eq!(per_minute(1_000, Duration::from_secs(3)), 20_000.0);
        assert_eq!(mebibytes(60 * 1_048_576 + 52_429), 60.1);
    }
}
