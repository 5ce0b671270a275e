//! The planned days of a plan, as far as they can be known: how many, which, and a strip of dots to see them by.

use super::{Plan, Rhythm, Taker};
use crate::words::{Filling, Words};
use crate::{Language, RenderError, dates, numbers};
use jiff::ToSpan as _;
use jiff::civil::Date;
use minijinja::{Value, context};
use mithaq_types::Money;

/// More days than this are not counted: a plan that long is one without an end to whoever reads it.
const MOST: u32 = 2_000;
/// So many dots stand on one line of a narrow phone.
const DOTS: u32 = 5;

/// The planned days from one on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    rhythm: Rhythm,
    from: Date,
    /// How many; none where nobody can know.
    pub(super) count: Option<u32>,
}

/// Something on the strip.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stop {
    /// A day.
    Day(Date),
    /// So many days that are not shown.
    More(u32),
    /// Days without an end.
    Endless,
}

impl Days {
    /// Those of a plan that begins on `from`, with so many deductions left, and that runs out on `ends_on`.
    pub(super) fn of(plan: &Plan, from: Date, left: Option<u32>, ends_on: Option<Date>) -> Self {
        let mut days = Self { rhythm: plan.rhythm, from, count: None };
        // What is taken up to some days before still counts when the agreement ends in between.
        let window = match plan.taker {
            Taker::Merchant { window_days } => window_days,
            Taker::Wallet { .. } => 0,
        };
        let in_time = ends_on.map(|end| {
            let last = end.checked_add(i64::from(window).days()).unwrap_or(end);
            (0..MOST).take_while(|place| days.nth(*place).is_some_and(|day| day <= last)).count()
        });
        let in_time = in_time.and_then(|count| u32::try_from(count).ok()).filter(|count| *count < MOST);
        days.count = [left, in_time].into_iter().flatten().min();
        days
    }

    /// Those of a plan that has just been agreed on.
    pub(super) fn all(plan: &Plan, ends_on: Option<Date>) -> Self {
        Self::of(plan, plan.first, plan.times(), ends_on)
    }

    fn nth(&self, place: u32) -> Option<Date> {
        let place = i64::from(place);
        match self.rhythm {
            Rhythm::Days(days) => self.from.checked_add((place * i64::from(days)).days()).ok(),
            Rhythm::Months(months) => self.from.checked_add((place * i64::from(months)).months()).ok(),
        }
    }

    /// The last of them, if there are several and it can be known.
    pub(super) fn last(&self) -> Option<Date> {
        self.count.filter(|count| (2..=MOST).contains(count)).and_then(|count| self.nth(count - 1))
    }

    /// The first few and the last.
    pub(super) fn strip(&self) -> Vec<Stop> {
        let days = |most: u32| (0..most).map_while(|place| self.nth(place)).map(Stop::Day);
        match self.count {
            Some(count) if count <= DOTS => days(count).collect(),
            Some(count) => {
                let mut strip: Vec<Stop> = days(DOTS - 2).collect();
                strip.push(Stop::More(count - DOTS + 1));
                strip.extend(self.nth(count - 1).map(Stop::Day));
                strip
            }
            None => days(DOTS - 1).chain([Stop::Endless]).collect(),
        }
    }
}

impl Plan {
    /// How many deductions there will be at most, if the plan says so. The wallet takes all that it may each time; what a
    /// merchant takes each time, nobody knows.
    pub(super) fn times(&self) -> Option<u32> {
        let by_total = match (self.taker, self.total) {
            (Taker::Wallet { .. }, Some(total)) if self.single.minor > 0 => {
                let times = total.minor / self.single.minor + i64::from(total.minor % self.single.minor > 0);
                u32::try_from(times).ok()
            }
            _ => None,
        };
        [self.payments, by_total].into_iter().flatten().min()
    }

    /// How many are left after so many that took so much.
    pub(super) fn left(&self, paid: u32, taken: Money) -> Option<u32> {
        let by_number = self.payments.map(|most| most.saturating_sub(paid));
        let total = self.total.map(|total| Money::new(total.minor.saturating_sub(taken.minor), total.currency));
        Self { payments: by_number, total, ..*self }.times()
    }

    /// The first day on which the deduction that is planned for `day` may be made.
    pub(super) fn opens(&self, day: Date) -> Date {
        match self.taker {
            Taker::Merchant { window_days } => day.checked_sub(i64::from(window_days).days()).unwrap_or(day),
            Taker::Wallet { .. } => day,
        }
    }
}

impl Stop {
    /// In words, for the evidence.
    pub(super) fn words(self, words: &Words) -> Result<String, RenderError> {
        match self {
            Self::Day(day) => Ok(dates::day(words.language(), day)),
            Self::More(count) => words.fill("plan-more-days", &[("count", Filling::Count(count))]),
            Self::Endless => words.say("plan-and-so-on"),
        }
    }
}

/// A strip for the template. A year stands with the first day of it only.
pub(super) fn view(strip: &[Stop], words: &Words) -> Result<Value, RenderError> {
    let language = words.language();
    let mut year = None;
    let mut stops = Vec::new();
    for stop in strip {
        stops.push(match stop {
            Stop::Day(day) => {
                let shown = (year != Some(day.year())).then(|| numbers::digits(language, &day.year().to_string()));
                year = Some(day.year());
                context! {
                    kind => "day",
                    iso => day.to_string(),
                    figure => figure(language, *day),
                    month => dates::month(language, *day),
                    year => shown,
                    words => dates::day(language, *day),
                }
            }
            Stop::More(count) => {
                context! { kind => "more", figure => numbers::count(language, *count), words => stop.words(words)? }
            }
            Stop::Endless => context! { kind => "endless", words => stop.words(words)? },
        });
    }
    Ok(Value::from(stops))
}

fn figure(language: Language, day: Date) -> String {
    numbers::digits(language, &day.day().to_string())
}
