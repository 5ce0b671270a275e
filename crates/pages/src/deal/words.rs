//! What a plan and a deal are called in a sentence: how often, how many times, at most how much, what for.

use super::days::Days;
use super::{Deal, Plan, Rhythm, Taker, Taking};
use crate::words::{Filling, Words};
use crate::{Language, Merchant, RenderError, dates, numbers, plain};
use jiff::civil::Date;

/// The scenes that have words (spec/alipay-agreement.md 2.1, `sign_scene`).
const SCENES: [(&str, &str); 8] = [
    ("CARRENTAL", "scene-car-rental"),
    ("MEDICAL", "scene-medical"),
    ("EDU", "scene-education"),
    ("MULTIMEDIA", "scene-media"),
    ("DIGITAL_MEDIA", "scene-media"),
    ("GAME_CHARGE", "scene-games"),
    ("CATERING", "scene-catering"),
    ("VENDING_MACHINE", "scene-vending"),
];

impl Plan {
    /// Whether there is one deduction only.
    pub(super) fn is_once(&self) -> bool {
        self.payments == Some(1)
    }

    /// How often: `every month on the 5th`. Begins small, to stand inside a sentence.
    pub(super) fn rhythm(&self, words: &Words) -> Result<String, RenderError> {
        let (language, first) = (words.language(), self.first);
        if self.is_once() {
            return words.say("plan-once");
        }
        let day = ("day", Filling::Text(dates::place_in_month(language, first)));
        let count = |count: u16| ("count", Filling::Count(u32::from(count)));
        match self.rhythm {
            Rhythm::Months(1) => words.fill("plan-every-month", &[day]),
            Rhythm::Months(12) => {
                words.fill("plan-every-year", &[("day", Filling::Text(dates::day_of_year(language, first)))])
            }
            Rhythm::Months(months) => words.fill("plan-every-months", &[count(months), day]),
            // A whole number of weeks stays on its weekday.
            Rhythm::Days(days) if days % 7 == 0 => {
                let weekday = ("weekday", Filling::Text(dates::on_weekdays(language, first).to_owned()));
                words.fill("plan-every-weeks", &[count(days), weekday])
            }
            Rhythm::Days(days) => words.fill("plan-every-days", &[count(days)]),
        }
    }

    /// Who makes its deductions.
    pub(super) fn taker_words(&self, merchant: &Merchant, words: &Words) -> Result<String, RenderError> {
        let named = [merchant.filling(words.language())];
        match self.taker {
            Taker::Merchant { .. } if self.is_once() => words.fill("sign-taker-merchant-once", &named),
            Taker::Merchant { .. } => words.fill("sign-taker-merchant", &named),
            Taker::Wallet { .. } => words.say("sign-taker-wallet"),
        }
    }

    /// How many times and how much in all, as far as the plan says.
    fn limits(&self, days: &Days, words: &Words) -> Result<Option<String>, RenderError> {
        // Where the agreement ends before that, there are fewer days than the merchant stated.
        let fewer = |times: u32| days.count.filter(|count| *count > 0).map_or(times, |count| times.min(count));
        let times = self.payments.filter(|times| *times > 1).map(|times| ("count", Filling::Count(fewer(times))));
        let total = self.total.filter(|total| !self.is_once() || total.minor < self.single.minor);
        let total = total.map(|total| ("total", Filling::Text(numbers::money(words.language(), total))));
        Ok(match (times, total) {
            (Some(times), Some(total)) => Some(words.fill("plan-times-and-total", &[times, total])?),
            (Some(times), None) => Some(words.fill("plan-times", &[times])?),
            (None, Some(total)) => Some(words.fill("plan-total", &[total])?),
            (None, None) => None,
        })
    }

    /// All of it but the amount, in one sentence: `Every month on the 5th, the first time on 5 February 2026, …`.
    pub(super) fn sentence(&self, ends_on: Option<Date>, words: &Words) -> Result<String, RenderError> {
        let language = words.language();
        let on = |key: &str, day: Date| words.fill(key, &[("day", Filling::Text(dates::day(language, day)))]);
        let first = if self.is_once() { "plan-on" } else { "plan-first" };
        let mut parts = vec![self.rhythm(words)?, on(first, self.first)?];
        let days = Days::all(self, ends_on);
        parts.extend(self.limits(&days, words)?);
        if let Some(last) = days.last() {
            parts.push(on("plan-last", last)?);
        }
        Ok(format!("{}.", begin_great(language, &parts.join(comma(language)))))
    }
}

impl Deal {
    /// What it is at a glance: `Every month on the 5th`.
    pub(crate) fn summary(&self, words: &Words) -> Result<String, RenderError> {
        match &self.taking {
            Taking::Planned(plan) => Ok(begin_great(words.language(), &plan.rhythm(words)?)),
            Taking::AtWill { .. } => words.say("deal-at-will"),
        }
    }

    /// The same with the amount: `Every month on the 5th, at most 9.90 CNY`.
    pub(crate) fn line(&self, words: &Words) -> Result<String, RenderError> {
        let Some(plan) = self.plan() else { return self.summary(words) };
        let language = words.language();
        let most = words.fill("deal-most", &[("amount", Filling::Text(numbers::money(language, plan.single)))])?;
        Ok(begin_great(language, &[plan.rhythm(words)?, most].join(comma(language))))
    }

    /// What the amount of a plan is called: `At most, each time`.
    pub(super) fn single_label(&self, words: &Words) -> Result<Option<String>, RenderError> {
        let label = self.plan().map(|plan| match (plan.taker, plan.payments) {
            (Taker::Wallet { .. }, Some(1)) => "sign-amount",
            (Taker::Wallet { .. }, _) => "sign-each-time",
            (Taker::Merchant { .. }, Some(1)) => "sign-at-most-once",
            (Taker::Merchant { .. }, _) => "sign-at-most",
        });
        label.map(|key| words.say(key)).transpose()
    }

    /// Until when it is valid.
    pub(super) fn valid_words(&self, words: &Words) -> Result<String, RenderError> {
        match self.ends_on {
            Some(day) => words.fill("sign-valid-until", &[("day", Filling::Text(dates::day(words.language(), day)))]),
            None => words.say("sign-valid-open"),
        }
    }

    /// What for: the words of the scene, or the scene itself where it has none.
    pub(crate) fn scene_words(&self, words: &Words) -> Result<Option<String>, RenderError> {
        let scene = plain::line(self.scene.rsplit('|').next().unwrap_or_default());
        if scene.is_empty() || scene == "DEFAULT" {
            return Ok(None);
        }
        let known = SCENES.iter().find(|(name, _)| *name == scene);
        known.map_or(Ok(scene), |(_, key)| words.say(key)).map(Some)
    }

    /// `external_logon_id`, as it is shown.
    pub(crate) fn logon(&self) -> Option<String> {
        self.logon_id.as_deref().map(plain::line).filter(|text| !text.is_empty())
    }
}

const fn comma(language: Language) -> &'static str {
    match language {
        Language::EnUs => ", ",
        Language::ArIq => "، ",
    }
}

/// With a capital where the language has them.
fn begin_great(language: Language, text: &str) -> String {
    let mut letters = text.chars();
    match (language, letters.next()) {
        (Language::EnUs, Some(first)) => first.to_uppercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
