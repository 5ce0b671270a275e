//! How a page of the wallet app says amounts, days and times: in its language, its zone, and from its present.

use crate::words::{Filling, Words, flat};
use crate::{Frame, Language, RenderError, barcode_svg, dates, numbers, qr_svg};
use jiff::Timestamp;
use jiff::civil::Date;
use minijinja::{Value, context};
use mithaq_types::Money;

/// The words, the frame with its zone, and the present of a page.
pub(super) struct Speaker<'a> {
    pub words: &'a Words,
    pub frame: &'a Frame,
    pub now: Timestamp,
}

impl Speaker<'_> {
    pub(super) const fn language(&self) -> Language {
        self.words.language()
    }

    /// A message as plain text.
    pub(super) fn say(&self, key: &str) -> Result<String, RenderError> {
        self.words.say(key).map(|message| flat(&message))
    }

    /// A message with its gaps filled; isolating marks stay in it, for the filter `rich`.
    pub(super) fn fill(&self, key: &str, gaps: &[(&'static str, String)]) -> Result<String, RenderError> {
        let fillings: Vec<_> = gaps.iter().map(|(gap, text)| (*gap, Filling::Text(text.clone()))).collect();
        self.words.fill(key, &fillings)
    }

    pub(super) fn money(&self, money: Money) -> String {
        numbers::money(self.language(), money)
    }

    /// Figures and currency apart, to be set in two sizes.
    pub(super) fn parts(&self, money: Money) -> Value {
        let amount = numbers::amount(self.language(), money);
        context! { figures => amount.figures, currency => amount.currency }
    }

    /// `1 December 2026, 09:30`.
    pub(super) fn time(&self, instant: Timestamp) -> String {
        dates::time(self.language(), instant, &self.frame.zone)
    }

    /// `09:30`.
    pub(super) fn clock(&self, instant: Timestamp) -> String {
        dates::clock(self.language(), instant, &self.frame.zone)
    }

    /// The day on which an instant falls here.
    pub(super) fn date(&self, instant: Timestamp) -> Date {
        self.frame.zone.to_datetime(instant).date()
    }

    /// `Today`, `Yesterday`, or the date.
    pub(super) fn day(&self, date: Date) -> Result<String, RenderError> {
        let today = self.date(self.now);
        if date == today {
            return self.say("day-today");
        }
        if today.yesterday().is_ok_and(|yesterday| date == yesterday) {
            return self.say("day-yesterday");
        }
        Ok(dates::day(self.language(), date))
    }

    /// The clock for what happened today, else the day: `09:30`, `Yesterday`, `28 November 2026`.
    pub(super) fn moment(&self, instant: Timestamp) -> Result<String, RenderError> {
        let date = self.date(instant);
        if date == self.date(self.now) { Ok(self.clock(instant)) } else { self.day(date) }
    }

    /// `09:30:15`.
    pub(super) fn clock_with_seconds(&self, instant: Timestamp) -> String {
        dates::clock_with_seconds(self.language(), instant, &self.frame.zone)
    }

    /// A QR code of `text`; the message of `key` says what one gets by scanning it.
    pub(super) fn qr(&self, text: &str, key: &str) -> Result<Value, RenderError> {
        Ok(Value::from_safe_string(qr_svg(text, &self.say(key)?)?))
    }

    /// A bar code of `digits`.
    pub(super) fn barcode(&self, digits: &str, key: &str) -> Result<Value, RenderError> {
        Ok(Value::from_safe_string(barcode_svg(digits, &self.say(key)?)?))
    }
}
