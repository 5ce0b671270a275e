//! Days and times as this surface writes them: `yyyy-MM-dd`, `yyyy-MM-dd HH:mm:ss`, always GMT+8
//! (spec/alipay-agreement.md 1.2, part 2).

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use mithaq_types::Timestamp;
use serde::{Serialize, Serializer};

/// The only offset of this surface.
const ZONE: Offset = Offset::constant(8);

/// Reads a time. `None` unless it is exactly `yyyy-MM-dd HH:mm:ss`.
#[must_use]
pub fn parse_time(text: &str) -> Option<Timestamp> {
    if !fits(text, b"0000-00-00 00:00:00") {
        return None;
    }
    ZONE.to_timestamp(text.parse::<DateTime>().ok()?).ok()
}

/// Writes a time. Fractions of a second are left out.
#[must_use]
pub fn format_time(time: Timestamp) -> String {
    ZONE.to_datetime(time).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Reads a day. `None` unless it is exactly `yyyy-MM-dd`.
#[must_use]
pub fn parse_day(text: &str) -> Option<Date> {
    if fits(text, b"0000-00-00") { text.parse().ok() } else { None }
}

/// The day that it is then.
#[must_use]
pub fn day_of(time: Timestamp) -> Date {
    ZONE.to_datetime(time).date()
}

/// The last second of the day that it is then. For `timeout_express=1c`.
pub(crate) fn end_of_day(time: Timestamp) -> Option<Timestamp> {
    ZONE.to_timestamp(day_of(time).at(23, 59, 59, 0)).ok()
}

/// So many calendar months later, at the same time of day; where the month has no such day, on its last.
pub(crate) fn months_later(time: Timestamp, months: u16) -> Option<Timestamp> {
    let later = ZONE.to_datetime(time).checked_add(jiff::Span::new().months(months)).ok()?;
    ZONE.to_timestamp(later).ok()
}

/// A digit where `shape` has a `0`, and elsewhere what is there.
fn fits(text: &str, shape: &[u8]) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape).all(|(byte, want)| if *want == b'0' { byte.is_ascii_digit() } else { byte == *want })
}

/// A time in an answer or a notification.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WireTime(pub Timestamp);

impl Serialize for WireTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_time(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_gmt_plus_eight() {
        let time: Timestamp = "2026-01-05T02:00:00Z".parse().unwrap();
        assert_eq!(parse_time("2026-01-05 10:00:00"), Some(time));
        assert_eq!(format_time(time), "2026-01-05 10:00:00");
        let late: Timestamp = "2026-01-05T16:00:00.9Z".parse().unwrap();
        assert_eq!(format_time(late), "2026-01-06 00:00:00", "after midnight there");
        assert_eq!(day_of(late), jiff::civil::date(2026, 1, 6));
        assert_eq!(end_of_day(late).map(format_time).as_deref(), Some("2026-01-06 23:59:59"));
    }

    #[test]
    fn other_ways_to_write_a_time_or_a_day_are_not_taken() {
        for wrong in
            ["", "2026-01-05", "2026-01-05T10:00:00", "2026-01-05 10:00", "2026-13-05 10:00:00", "2026-01-05 25:00:00"]
        {
            assert_eq!(parse_time(wrong), None, "{wrong}");
        }
        for wrong in ["", "20260105", "2026-1-5", "2026-02-30", "2026-01-05 ", "二026-01-0"] {
            assert_eq!(parse_day(wrong), None, "{wrong}");
        }
        assert_eq!(parse_day("2026-02-28"), Some(jiff::civil::date(2026, 2, 28)));
    }

    #[test]
    fn a_month_later_is_the_same_time_on_the_same_day_or_on_the_months_last() {
        let after = |text: &str, months| months_later(parse_time(text).unwrap(), months).map(format_time);
        assert_eq!(after("2017-06-27 11:40:13", 2).as_deref(), Some("2017-08-27 11:40:13"), "the seed's");
        assert_eq!(after("2026-01-31 00:30:00", 1).as_deref(), Some("2026-02-28 00:30:00"));
        assert_eq!(after("9999-12-01 00:00:00", 12), None);
    }
}
