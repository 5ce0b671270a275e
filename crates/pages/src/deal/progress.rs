//! How far a signed agreement has come.

use super::days::{self, Days, Stop};
use super::{Deal, Plan, Taker};
use crate::words::{Filling, Words};
use crate::{Merchant, RenderError, dates, numbers};
use jiff::civil::Date;
use minijinja::{Value, context};
use mithaq_types::Money;

/// What an agreement of the Alipay surface has beside every other one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signed {
    /// What was agreed on.
    pub deal: Deal,
    /// How far its plan has come; none without a plan.
    pub progress: Option<PlanProgress>,
}

/// How far a plan has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlanProgress {
    /// How many deductions succeeded.
    pub paid: u32,
    /// What they took together.
    pub taken: Money,
    /// The planned day of the next one; none when nothing is left to be taken.
    pub next: Option<Date>,
    /// What stands in its way.
    pub trouble: Option<PlanTrouble>,
}

/// What stands in the way of the next deduction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlanTrouble {
    /// The wallet could not make it. It tries again on the next day of the progress.
    TriedAgain {
        /// The day that was planned first.
        planned: Date,
    },
    /// The planned day is past and the merchant did not take it. Nothing can be taken until the merchant names a later day.
    Missed,
}

impl Signed {
    /// For the list of agreements and an agreement's own page. What is over has no next day.
    pub(crate) fn view(&self, merchant: &Merchant, over: bool, words: &Words) -> Result<Value, RenderError> {
        let (deal, language) = (&self.deal, words.language());
        let plan = deal.plan();
        let taker = plan.map(|plan| plan.taker_words(merchant, words)).transpose()?;
        let progress = match (plan, &self.progress) {
            (Some(plan), Some(progress)) => Some(progress.view(plan, deal.ends_on, merchant, over, words)?),
            _ => None,
        };
        Ok(context! {
            summary => deal.summary(words)?,
            at_will => plan.is_none(),
            single => plan.map(|plan| numbers::money(language, plan.single)),
            single_label => deal.single_label(words)?,
            scene => deal.scene_words(words)?,
            logon => deal.logon(),
            taker,
            valid => (!over).then(|| deal.valid_words(words)).transpose()?,
            progress,
        })
    }
}

impl PlanProgress {
    fn view(
        &self,
        plan: &Plan,
        ends_on: Option<Date>,
        merchant: &Merchant,
        over: bool,
        words: &Words,
    ) -> Result<Value, RenderError> {
        let language = words.language();
        let planned = self.next.filter(|_| !over);
        // One that was missed has no day until the merchant names one.
        let next = planned.filter(|_| self.trouble != Some(PlanTrouble::Missed));
        let when = next.map(|next| self.when(plan, next, words)).transpose()?;
        let strip = next.map(|next| self.strip(plan, next, ends_on)).filter(|strip| strip.len() > 1);
        // The bar counts what ends first for certain: the number, or else the sum.
        let bar = match (plan.payments, plan.total) {
            (Some(most), _) => Some((i64::from(self.paid), i64::from(most))),
            (None, Some(total)) => Some((self.taken.minor, total.minor)),
            (None, None) => None,
        };
        let figures = numbers::amount(language, self.taken);
        let total = plan.total.map(|total| {
            let gaps = [
                ("taken", Filling::Text(figures.figures.clone())),
                ("total", Filling::Text(numbers::money(language, total))),
            ];
            words.fill("progress-sum", &gaps)
        });
        let count = plan.payments.map(|most| {
            words.fill("progress-count", &[("paid", Filling::Count(self.paid)), ("count", Filling::Count(most))])
        });
        Ok(context! {
            count => count.unwrap_or_else(|| words.fill("progress-times", &[("count", Filling::Count(self.paid))]))?,
            sum => total.unwrap_or_else(|| Ok(numbers::money(language, self.taken)))?,
            bar => bar.map(|(value, most)| context! { value => value.clamp(0, most.max(1)), most => most.max(1) }),
            next => next.map(|next| dates::day(language, next)),
            when,
            days => strip.map(|strip| days::view(&strip, words)).transpose()?,
            done => self.next.is_none() && !over,
            trouble => match (self.trouble, planned) {
                (Some(trouble), Some(planned)) => Some(trouble.words(plan, planned, merchant, words)?),
                _ => None,
            },
        })
    }

    /// The next days: those after an attempt that is made again follow from the day that was planned first.
    fn strip(&self, plan: &Plan, next: Date, ends_on: Option<Date>) -> Vec<Stop> {
        let from = match self.trouble {
            Some(PlanTrouble::TriedAgain { planned }) => planned,
            _ => next,
        };
        let left = plan.left(self.paid, self.taken);
        let mut strip = Days::of(plan, from, left, ends_on).strip();
        if let Some(first) = strip.first_mut() {
            *first = Stop::Day(next);
        }
        strip
    }

    /// On which days the next one may be made.
    fn when(&self, plan: &Plan, next: Date, words: &Words) -> Result<String, RenderError> {
        let day = |day: Date| Filling::Text(dates::day(words.language(), day));
        let opens = plan.opens(next);
        match (plan.taker, self.trouble) {
            (Taker::Merchant { .. }, None) if opens < next => {
                words.fill("progress-when-window", &[("from", day(opens)), ("until", day(next))])
            }
            _ => words.fill("progress-when-day", &[("day", day(next))]),
        }
    }
}

impl PlanTrouble {
    fn words(self, plan: &Plan, next: Date, merchant: &Merchant, words: &Words) -> Result<String, RenderError> {
        let language = words.language();
        let day = |name, day: Date| (name, Filling::Text(dates::day(language, day)));
        match self {
            Self::TriedAgain { planned } => {
                let amount = ("amount", Filling::Text(numbers::money(language, plan.single)));
                words.fill("progress-tried", &[day("planned", planned), day("again", next), amount])
            }
            Self::Missed => words.fill("progress-missed", &[day("day", next), merchant.filling(language)]),
        }
    }
}
