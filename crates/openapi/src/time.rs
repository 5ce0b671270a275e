//! Times on the wire: read in every form met in the field, written in one (spec/qicard.md 1.1, openapi.md 1.2).

use jiff::tz::TimeZone;
use mithaq_types::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Reads `2026-01-15T10:20:30+03:00`, with or without fraction, any numeric offset or `Z`; or 13 digits of epoch
/// milliseconds. `None` for everything else.
///
/// For a signature the header's own text counts, never what this returns.
#[must_use]
pub fn parse(text: &str) -> Option<Timestamp> {
    if text.len() == 13 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Timestamp::from_millisecond(text.parse().ok()?).ok();
    }
    // jiff reads more than RFC 3339 (a space for the `T`, zone names in brackets); the wire does not.
    let (bytes, shape) = (text.as_bytes(), b"0000-00-00T00:00:00");
    let head = bytes.get(..shape.len())?;
    let fits = |(byte, form): (&u8, &u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == form };
    let tail = &bytes[shape.len()..];
    let tail_fits = tail.iter().all(|byte| byte.is_ascii_digit() || b".+-:Z".contains(byte));
    if !head.iter().zip(shape).all(fits) || !tail_fits {
        return None;
    }
    text.parse().ok()
}

/// Writes whole seconds with the numeric offset `zone` has then: `2026-01-15T10:20:30+03:00`, never `Z`.
#[must_use]
pub fn format(instant: Timestamp, zone: &TimeZone) -> String {
    instant.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// An instant as a member of a message: written once, with the offset of the deployment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WireTime {
    instant: Timestamp,
    text: String,
}

impl WireTime {
    /// `instant` as people in `zone` write it.
    #[must_use]
    pub fn new(instant: Timestamp, zone: &TimeZone) -> Self {
        Self { instant, text: format(instant, zone) }
    }

    /// The instant.
    #[must_use]
    pub const fn instant(&self) -> Timestamp {
        self.instant
    }

    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Serialize for WireTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for WireTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let instant = parse(&text).ok_or_else(|| D::Error::custom("not a date and time with offset"))?;
        Ok(Self { instant, text })
    }
}

/// For `#[serde(serialize_with)]` on requests: the SDK writes its instants at offset `+00:00`.
pub(crate) fn serialize_instant<S: Serializer>(instant: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    match instant {
        Some(instant) => serializer.serialize_str(&format(*instant, &TimeZone::UTC)),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Baghdad").expect("known zone")
    }

    #[test]
    fn all_forms_seen_on_the_wire_are_the_same_instant() {
        let instant = parse("2026-01-15T07:20:30Z").expect("UTC");
        for text in [
            "2026-01-15T10:20:30+03:00",
            "2026-01-15T07:20:30+00:00",
            "2026-01-15T00:20:30-07:00",
            "2026-01-15T10:20:30.000+03:00",
            "2026-01-15T12:50:30+05:30",
            "1768461630000",
        ] {
            assert_eq!(parse(text), Some(instant), "{text}");
        }
        assert_eq!(parse("2026-01-15T07:20:30.757Z").map(|at| at.as_millisecond()), Some(1_768_461_630_757));
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "",
            "2026-01-15",
            "2026-01-15T10:20:30",
            "2026-01-15 10:20:30+03:00",
            "2026-01-15T10:20:30+03:00[Asia/Baghdad]",
            "2026-13-15T10:20:30+03:00",
            "2026-01-15T25:20:30+03:00",
            "1768461630",
            "17684616300000",
            "-768461630000",
            " 2026-01-15T10:20:30+03:00",
            "2026-01-15T10:20:30+03:00 ",
            "٢٠٢٦-01-15T10:20:30+03:00",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn instants_are_written_in_whole_seconds_with_a_numeric_offset() {
        let instant = parse("2026-01-15T07:20:30.999Z").expect("UTC");
        assert_eq!(format(instant, &zone()), "2026-01-15T10:20:30+03:00");
        assert_eq!(format(instant, &TimeZone::UTC), "2026-01-15T07:20:30+00:00");
    }
}
