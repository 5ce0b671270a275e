//! The lines of an agreement, written once: the page lays them out, and the evidence is made of the same lines.

use crate::words::{Filling, Words, flat};
use crate::{Amount, AuthorizeContext, Offer, RenderError, dates, numbers, plain};
use minijinja::{Value, context};

/// The first line of every evidence text: how it is laid out.
const FORM: &str = "mithaq-terms/1";

/// Everything an authorization page says about the agreement, in the order in which it says it.
/// The balance is not among it: it is not agreed, and it changes.
pub(crate) struct Terms {
    question: String,
    standing: String,
    title: Option<String>,
    amount: Ceiling,
    rows: Vec<Row>,
    note: String,
    text_title: String,
    text_author: String,
    text: String,
}

/// The most that one charge may take.
enum Ceiling {
    Stated { label: String, amount: Amount },
    NotStated { lead: String, text: String },
}

struct Row {
    name: &'static str,
    label: String,
    value: String,
}

/// The lines for an offer.
pub(crate) fn of(offer: &Offer, words: &Words) -> Result<Terms, RenderError> {
    let language = words.language();
    let merchant = [offer.merchant.filling(language)];
    let first_charge = match offer.start_date {
        Some(date) => words.fill("terms-first-charge-from", &[("day", Filling::Text(dates::day(language, date)))])?,
        None => words.say("terms-first-charge-any")?,
    };
    Ok(Terms {
        question: words.fill("authorize-question", &merchant)?,
        standing: words.say(if offer.merchant.verified { "verified" } else { "unverified" })?,
        title: offer.title.as_deref().map(plain::line).filter(|title| !title.is_empty()),
        amount: ceiling(offer, words)?,
        rows: vec![
            row("first-charge", words.say("terms-first-charge")?, first_charge),
            row("charges", words.say("terms-charges")?, words.say("terms-charges-any")?),
            row("paid-from", words.say("terms-paid-from")?, words.say("terms-paid-from-balance")?),
            row("ends", words.say("terms-ends")?, words.say("terms-ends-by-you")?),
        ],
        note: words.say("terms-note")?,
        text_title: words.say("terms-text")?,
        text_author: words.fill("terms-text-author", &merchant)?,
        text: plain::block(&offer.description),
    })
}

fn ceiling(offer: &Offer, words: &Words) -> Result<Ceiling, RenderError> {
    let language = words.language();
    Ok(match offer.agreed_amount {
        Some(money) => Ceiling::Stated { label: words.say("terms-at-most")?, amount: numbers::amount(language, money) },
        None => {
            let limit = ("limit", Filling::Text(numbers::money(language, offer.wallet_limit)));
            Ceiling::NotStated {
                lead: words.say("terms-no-amount")?,
                text: words.fill("terms-no-amount-text", &[limit])?,
            }
        }
    })
}

const fn row(name: &'static str, label: String, value: String) -> Row {
    Row { name, label, value }
}

impl Terms {
    /// For the template.
    pub(crate) fn view(self) -> Value {
        let (amount, open) = match self.amount {
            Ceiling::Stated { label, amount: Amount { figures, currency } } => {
                (Some(context! { label, figures, currency }), None)
            }
            Ceiling::NotStated { lead, text } => (None, Some(context! { lead, text })),
        };
        let rows = self.rows.into_iter().map(|Row { name, label, value }| context! { name, label, value });
        context! {
            question => self.question,
            title => self.title,
            amount,
            open,
            rows => rows.collect::<Value>(),
            note => self.note,
            text_title => self.text_title,
            text_author => self.text_author,
            text => self.text,
        }
    }

    /// As lines of plain text.
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.question.clone(), self.standing.clone()];
        lines.extend(self.title.clone());
        match &self.amount {
            Ceiling::Stated { label, amount } => lines.push(format!("{label}: {} {}", amount.figures, amount.currency)),
            Ceiling::NotStated { lead, text } => lines.extend([lead.clone(), text.clone()]),
        }
        lines.extend(self.rows.iter().map(|row| format!("{}: {}", row.label, row.value)));
        // The merchant's text stands last, so that no line of it can pass for one of the wallet's.
        lines.extend([self.note.clone(), self.text_title.clone(), self.text_author.clone(), self.text.clone()]);
        lines
    }
}

/// See [`crate::Renderer::terms_text`].
pub(crate) fn text(page: &AuthorizeContext, words: &Words) -> Result<String, RenderError> {
    let host = plain::line(&page.frame.host);
    let head = [FORM.to_owned(), words.language().tag().to_owned(), host];
    let lines = head.into_iter().chain(of(&page.offer, words)?.lines());
    let text: Vec<String> = lines.map(|line| flat(&line).replace('\u{A0}', " ")).collect();
    Ok(text.join("\n"))
}
