//! The lines of a deal, written once: the page lays them out, and the evidence is made of the same lines.

use super::days::{self, Days, Stop};
use super::{Deal, Plan, Taker, Taking};
use crate::words::{Filling, Words, flat};
use crate::{Amount, Frame, Merchant, RenderError, dates, numbers, plain};
use jiff::civil::Date;
use minijinja::{Value, context};

/// The first line of every evidence text: how it is laid out.
const FORM: &str = "mithaq-deal/1";

/// Everything that a page says about a deal, in the order in which it says it. The balance and what depends on the present
/// day are not among it: they are not agreed, and they change.
pub(crate) struct Deed {
    heading: String,
    standing: String,
    amount: Ceiling,
    strip: Vec<Stop>,
    strip_title: String,
    rows: Vec<Row>,
    note: String,
}

/// The most that is taken each time.
enum Ceiling {
    Stated { label: String, amount: Amount, sentence: String },
    Open { lead: String, text: String },
}

struct Row {
    name: &'static str,
    label: String,
    value: String,
}

/// The lines of the signing page.
pub(crate) fn of(merchant: &Merchant, deal: &Deal, words: &Words) -> Result<Deed, RenderError> {
    let language = words.language();
    let named = merchant.filling(language);
    let heading = match &deal.taking {
        Taking::Planned(Plan { payments: Some(1), first, .. }) => {
            words.fill("sign-question-once", &[named, ("day", Filling::Text(dates::day(language, *first)))])
        }
        Taking::Planned(_) => words.fill("sign-question-plan", &[named]),
        Taking::AtWill { .. } => words.fill("sign-question-will", &[named]),
    };
    deed(heading?, merchant, deal, words)
}

/// The lines of an agreement that stands beside an order.
pub(crate) fn offered(merchant: &Merchant, deal: &Deal, words: &Words) -> Result<Deed, RenderError> {
    let key = match &deal.taking {
        Taking::Planned(Plan { payments: Some(1), .. }) => "offered-once",
        Taking::Planned(_) => "offered-plan",
        Taking::AtWill { .. } => "offered-will",
    };
    let heading = words.fill(key, &[merchant.filling(words.language())])?;
    deed(heading, merchant, deal, words)
}

fn deed(heading: String, merchant: &Merchant, deal: &Deal, words: &Words) -> Result<Deed, RenderError> {
    let strip = deal.plan().map(|plan| Days::all(plan, deal.ends_on).strip()).filter(|strip| strip.len() > 1);
    Ok(Deed {
        heading,
        standing: words.say(if merchant.verified { "verified" } else { "unverified" })?,
        amount: ceiling(merchant, deal, words)?,
        strip: strip.unwrap_or_default(),
        strip_title: words.say("plan-days")?,
        rows: rows(merchant, deal, words)?,
        note: words.say("terms-note")?,
    })
}

fn ceiling(merchant: &Merchant, deal: &Deal, words: &Words) -> Result<Ceiling, RenderError> {
    let language = words.language();
    Ok(match &deal.taking {
        Taking::Planned(plan) => Ceiling::Stated {
            label: deal.single_label(words)?.unwrap_or_default(),
            amount: numbers::amount(language, plan.single),
            sentence: plan.sentence(deal.ends_on, words)?,
        },
        Taking::AtWill { wallet_limit } => {
            let limit = ("limit", Filling::Text(numbers::money(language, *wallet_limit)));
            Ceiling::Open {
                lead: words.say("deal-at-will")?,
                text: words.fill("sign-will-text", &[limit, merchant.filling(language)])?,
            }
        }
    })
}

fn rows(merchant: &Merchant, deal: &Deal, words: &Words) -> Result<Vec<Row>, RenderError> {
    let language = words.language();
    let mut rows = Vec::new();
    let mut row = |name, value: String| -> Result<(), RenderError> {
        rows.push(Row { name, label: words.say(&format!("sign-{name}"))?, value });
        Ok(())
    };
    if let Some(scene) = deal.scene_words(words)? {
        row("for", scene)?;
    }
    if let Some(logon) = deal.logon() {
        row("account", logon)?;
    }
    if let Taking::Planned(plan) = &deal.taking {
        row("taker", plan.taker_words(merchant, words)?)?;
        row("when", when(plan, words)?)?;
        row("moves", words.say(if plan.is_once() { "sign-moves-once" } else { "sign-moves-text" })?)?;
    }
    let currency = ("currency", Filling::Text(numbers::currency_name(language, deal.currency())));
    row("paid-from", words.fill("sign-paid-from-text", &[currency])?)?;
    row("valid", deal.valid_words(words)?)?;
    row("ends", words.say("sign-ends-text")?)?;
    Ok(rows)
}

/// On which days around the planned one.
fn when(plan: &Plan, words: &Words) -> Result<String, RenderError> {
    let language = words.language();
    match plan.taker {
        Taker::Merchant { window_days: 0 } => words.say("sign-when-on-the-day"),
        Taker::Merchant { window_days } => {
            let day = |day: Date| Filling::Text(dates::day(language, day));
            let count = ("count", Filling::Count(u32::from(window_days)));
            let (from, until) = (("from", day(plan.opens(plan.first))), ("until", day(plan.first)));
            if plan.is_once() {
                return words.fill("sign-when-window-once", &[from, until]);
            }
            words.fill("sign-when-window", &[count, from, until])
        }
        Taker::Wallet { told_days, retry_days } => {
            let told = words.fill("sign-when-told", &[("count", Filling::Count(u32::from(told_days)))])?;
            if retry_days == 0 {
                return Ok(told);
            }
            let again = words.fill("sign-when-again", &[("count", Filling::Count(u32::from(retry_days)))])?;
            Ok(format!("{told} {again}"))
        }
    }
}

impl Deed {
    /// For the template. `today` is for a hint where the first planned day is past.
    pub(crate) fn view(
        self,
        merchant: &Merchant,
        deal: &Deal,
        today: Option<Date>,
        words: &Words,
    ) -> Result<Value, RenderError> {
        let (amount, open) = match self.amount {
            Ceiling::Stated { label, amount: Amount { figures, currency }, sentence } => {
                (Some(context! { label, figures, currency, sentence }), None)
            }
            Ceiling::Open { lead, text } => (None, Some(context! { lead, text })),
        };
        let rows = self.rows.into_iter().map(|Row { name, label, value }| context! { name, label, value });
        let past = match (deal.plan(), today) {
            (Some(plan), Some(today)) if plan.first < today => Some(match plan.taker {
                Taker::Merchant { .. } => words.fill("sign-past-merchant", &[merchant.filling(words.language())])?,
                Taker::Wallet { .. } => words.say("sign-past-wallet")?,
            }),
            _ => None,
        };
        Ok(context! {
            heading => self.heading,
            amount,
            open,
            days => (!self.strip.is_empty()).then(|| days::view(&self.strip, words)).transpose()?,
            days_title => self.strip_title,
            rows => rows.collect::<Value>(),
            note => self.note,
            past,
        })
    }

    /// As lines of plain text.
    fn lines(&self, words: &Words) -> Result<Vec<String>, RenderError> {
        let mut lines = vec![self.heading.clone(), self.standing.clone()];
        match &self.amount {
            Ceiling::Stated { label, amount, sentence } => {
                lines.push(format!("{label}: {} {}", amount.figures, amount.currency));
                lines.push(sentence.clone());
            }
            Ceiling::Open { lead, text } => lines.extend([lead.clone(), text.clone()]),
        }
        if !self.strip.is_empty() {
            let stops = self.strip.iter().map(|stop| stop.words(words)).collect::<Result<Vec<_>, _>>()?;
            lines.push(format!("{}: {}", self.strip_title, stops.join(" · ")));
        }
        lines.extend(self.rows.iter().map(|row| format!("{}: {}", row.label, row.value)));
        lines.push(self.note.clone());
        Ok(lines)
    }

    /// The evidence; see [`crate::Renderer::sign_text`].
    pub(crate) fn text(&self, frame: &Frame, words: &Words) -> Result<String, RenderError> {
        let head = [FORM.to_owned(), words.language().tag().to_owned(), plain::line(&frame.host)];
        let lines = head.into_iter().chain(self.lines(words)?);
        let text: Vec<String> = lines.map(|line| flat(&line).replace('\u{A0}', " ")).collect();
        Ok(text.join("\n"))
    }
}
