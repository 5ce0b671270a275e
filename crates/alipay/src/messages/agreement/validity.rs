//! `sign_validity_period`: how long an agreement lasts (spec/alipay-agreement.md 2.1, 4.1).

use crate::json::{ContentError, Fields};
use crate::time::months_later;
use jiff::SignedDuration;
use mithaq_types::Timestamp;

/// `invalid_time` of an agreement that lasts until somebody ends it: `2115-02-01 00:00:00` in GMT+8.
pub const FAR_AWAY: Timestamp = Timestamp::constant(4_578_393_600, 0);

/// How long the agreement lasts, from the request on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Validity {
    /// So many days.
    Days(u16),
    /// So many calendar months.
    Months(u16),
}

impl Validity {
    /// When an agreement signed at `from` runs out: after whole days, or in a later month on the same day and time, or on that
    /// month's last day. Never later than [`FAR_AWAY`].
    #[must_use]
    pub fn end(self, from: Timestamp) -> Timestamp {
        let end = match self {
            Self::Days(days) => from.checked_add(SignedDuration::from_hours(i64::from(days) * 24)).ok(),
            Self::Months(months) => months_later(from, months),
        };
        end.map_or(FAR_AWAY, |end| end.min(FAR_AWAY))
    }

    /// Reads the member: `2m`, `30d`.
    pub(super) fn read(fields: &Fields, name: &str) -> Result<Option<Self>, ContentError> {
        let Some(text) = fields.text(name, 8)? else { return Ok(None) };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let count = |text: &str| text.parse::<u16>().ok().filter(|count| *count > 0 && digits(text));
        let validity = match (text.strip_suffix('d').and_then(count), text.strip_suffix('m').and_then(count)) {
            (Some(days), _) => Self::Days(days),
            (_, Some(months)) => Self::Months(months),
            _ => return Err(fields.illegal(name, "must be a number followed by d or m")),
        };
        Ok(Some(validity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{format_time, parse_time};

    #[test]
    fn an_agreement_runs_out_after_its_days_or_months_and_otherwise_far_away() {
        let end = |validity: Validity, from: &str| format_time(validity.end(parse_time(from).unwrap()));
        assert_eq!(end(Validity::Months(2), "2017-06-27 11:40:13"), "2017-08-27 11:40:13", "the seed's");
        assert_eq!(end(Validity::Days(30), "2026-02-01 00:00:00"), "2026-03-03 00:00:00");
        assert_eq!(end(Validity::Months(1), "2026-01-31 12:00:00"), "2026-02-28 12:00:00");
        assert_eq!(end(Validity::Months(u16::MAX), "2026-01-31 12:00:00"), "2115-02-01 00:00:00");
        assert_eq!(format_time(FAR_AWAY), "2115-02-01 00:00:00");
    }
}
