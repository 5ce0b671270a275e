//! Days and times as people of a language read them.

use crate::Language;
use crate::numbers::digits;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// The names of Iraq and the Levant, not those of Egypt (يناير …) or the Maghreb.
const LEVANTINE: [&str; 12] = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
];

/// From Monday on, as days on which something happens again and again.
const ON_WEEKDAYS: [&str; 7] = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];
const ARABIC_WEEKDAYS: [&str; 7] = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"];

/// A day: `1 December 2026`, `١ كانون الأول ٢٠٢٦`.
#[must_use]
pub fn day(language: Language, day: Date) -> String {
    format!("{} {}", day_of_year(language, day), digits(language, &day.year().to_string()))
}

/// The name of a day's month: `December`, `كانون الأول`.
pub(crate) fn month(language: Language, day: Date) -> &'static str {
    let months = match language {
        Language::EnUs => &ENGLISH,
        Language::ArIq => &LEVANTINE,
    };
    usize::try_from(day.month()).ok().and_then(|month| months.get(month.checked_sub(1)?)).unwrap_or(&"")
}

/// A day that comes every year: `1 December`, `١ كانون الأول`.
pub(crate) fn day_of_year(language: Language, day: Date) -> String {
    format!("{} {}", digits(language, &day.day().to_string()), month(language, day))
}

/// A day that comes every month: `1st`, `22nd`, `٢٢`.
pub(crate) fn place_in_month(language: Language, day: Date) -> String {
    let place = day.day();
    match language {
        Language::ArIq => digits(language, &place.to_string()),
        Language::EnUs => {
            let ending = match (place / 10, place % 10) {
                (1, _) => "th",
                (_, 1) => "st",
                (_, 2) => "nd",
                (_, 3) => "rd",
                _ => "th",
            };
            format!("{place}{ending}")
        }
    }
}

/// The weekday of a day, of what happens on it again and again: `Thursdays`, `الخميس`.
pub(crate) fn on_weekdays(language: Language, day: Date) -> &'static str {
    let names = match language {
        Language::EnUs => &ON_WEEKDAYS,
        Language::ArIq => &ARABIC_WEEKDAYS,
    };
    usize::try_from(day.weekday().to_monday_zero_offset()).ok().and_then(|place| names.get(place)).unwrap_or(&"")
}

/// An instant in the given zone, to the minute: `1 December 2026, 09:30`, `١ كانون الأول ٢٠٢٦، ٠٩:٣٠`.
#[must_use]
pub fn time(language: Language, instant: Timestamp, zone: &TimeZone) -> String {
    civil(language, zone.to_datetime(instant))
}

/// A day and its clock, to the minute.
pub(crate) fn civil(language: Language, at: DateTime) -> String {
    let comma = match language {
        Language::EnUs => ",",
        Language::ArIq => "،",
    };
    format!("{}{comma} {}", day(language, at.date()), hours(language, at))
}

fn hours(language: Language, at: DateTime) -> String {
    digits(language, &format!("{:02}:{:02}", at.hour(), at.minute()))
}

/// The clock alone: `09:30`, `٠٩:٣٠`.
pub(crate) fn clock(language: Language, instant: Timestamp, zone: &TimeZone) -> String {
    hours(language, zone.to_datetime(instant))
}

/// The clock to the second: `09:30:15`, `٠٩:٣٠:١٥`.
pub(crate) fn clock_with_seconds(language: Language, instant: Timestamp, zone: &TimeZone) -> String {
    let seconds = digits(language, &format!("{:02}", zone.to_datetime(instant).second()));
    format!("{}:{seconds}", clock(language, instant, zone))
}

#[cfg(test)]
mod tests {
    use super::{day, time};
    use crate::Language::{ArIq, EnUs};
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    #[test]
    fn arabic_months_are_the_levantine_ones() {
        assert_eq!(day(EnUs, date(2026, 12, 1)), "1 December 2026");
        assert_eq!(day(ArIq, date(2026, 12, 1)), "١ كانون الأول ٢٠٢٦");
        assert_eq!(day(ArIq, date(2027, 1, 31)), "٣١ كانون الثاني ٢٠٢٧");
    }

    #[test]
    fn a_time_is_shown_in_the_zone_it_is_asked_for() {
        let instant = "2026-12-01T06:30:00Z".parse().expect("an instant");
        let baghdad = TimeZone::get("Asia/Baghdad").expect("known");
        assert_eq!(time(EnUs, instant, &baghdad), "1 December 2026, 09:30");
        assert_eq!(time(ArIq, instant, &baghdad), "١ كانون الأول ٢٠٢٦، ٠٩:٣٠");
    }
}
