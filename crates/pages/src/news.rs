//! What users are told when something happens: SMS, e-mail, and the inbox of the wallet.
//!
//! Plain text, for JSON and for gateways; a page that shows it escapes it like any text. Where letters of both
//! directions meet, what was filled in keeps its isolating marks (FSI … PDI); elsewhere the marks are left out, because
//! a single one of them halves what fits into an English SMS.

use crate::words::{Filling, Words, flat};
use crate::{Language, RenderError, Renderer, dates, numbers, plain};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use mithaq_types::{Money, PaymentId};

/// Something that happened to a user.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum News {
    /// A contract was signed.
    Signed {
        /// With whom.
        merchant: String,
    },
    /// A contract ended.
    Ended {
        /// With whom.
        merchant: String,
        /// By whom.
        by: Ending,
    },
    /// Money was deducted.
    Charged {
        /// By whom.
        merchant: String,
        /// How much.
        amount: Money,
        /// What for, in the merchant's words; may be empty.
        description: String,
        /// What is left.
        balance: Money,
    },
    /// A deduction was refused.
    Refused {
        /// Whose.
        merchant: String,
        /// How much.
        amount: Money,
        /// What was in the way.
        obstacle: Obstacle,
    },
    /// Money came in.
    ToppedUp {
        /// How much.
        amount: Money,
        /// What is there now.
        balance: Money,
    },
}

/// Who or what ended a contract.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// The user.
    User,
    /// The merchant.
    Merchant,
    /// The wallet.
    Wallet,
    /// Time.
    Time,
}

impl Ending {
    /// The sentence that says so.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::User => "news-ended-by-user",
            Self::Merchant => "news-ended-by-merchant",
            Self::Wallet => "news-ended-by-wallet",
            Self::Time => "news-ended-by-time",
        }
    }
}

/// Why a deduction was refused, as far as the user can do something about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// Not enough money.
    Balance,
    /// The user's monthly or daily limit.
    Limit,
}

/// What an e-mail says around the news.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// Whom it greets.
    pub name: &'a str,
    /// When it happened.
    pub at: Timestamp,
    /// Where that instant is read.
    pub zone: &'a TimeZone,
    /// The payment it is about.
    pub payment_id: Option<&'a PaymentId>,
}

/// A title, or a subject, and the text under it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Titled {
    /// One line.
    pub title: String,
    /// One line in the inbox; several, separated by `\n`, in an e-mail.
    pub body: String,
}

/// Letters of a merchant's name in an SMS; what is longer would push the amount out of it.
const SMS_NAME_MAX: usize = 30;

/// The text of an SMS: at most 160 letters in English, two joined messages in Arabic.
///
/// # Errors
/// When a message is broken; the tests of this crate keep that from being shipped.
pub fn sms(pages: &Renderer, language: Language, news: &News) -> Result<String, RenderError> {
    say(pages.words(language), news, keys(news).sms, Some(SMS_NAME_MAX))
}

/// An e-mail in plain text.
///
/// # Errors
/// As [`sms`].
pub fn email(pages: &Renderer, language: Language, news: &News, letter: &Letter<'_>) -> Result<Titled, RenderError> {
    let Titled { title, body } = inbox(pages, language, news)?;
    let words = pages.words(language);
    let line = |key: &str, gap: &'static str, filling: String| {
        words.fill(key, &[(gap, Filling::Text(filling))]).map(|text| settled(&text))
    };
    let mut lines = vec![line("news-email-greeting", "name", letter.name.to_owned())?, String::new(), body];
    lines.push(line("news-email-time", "time", dates::time(language, letter.at, letter.zone))?);
    if let Some(payment_id) = letter.payment_id {
        lines.push(line("news-email-payment", "payment", payment_id.to_string())?);
    }
    lines.extend([String::new(), words.say("news-email-caution")?, words.say("news-email-sender")?]);
    Ok(Titled { title, body: lines.join("\n") })
}

/// A message in the inbox.
///
/// # Errors
/// As [`sms`].
pub fn inbox(pages: &Renderer, language: Language, news: &News) -> Result<Titled, RenderError> {
    let Keys { title, body, .. } = keys(news);
    let words = pages.words(language);
    Ok(Titled { title: say(words, news, title, None)?, body: say(words, news, body, None)? })
}

fn say(words: &Words, news: &News, key: &str, name_max: Option<usize>) -> Result<String, RenderError> {
    words.fill(key, &fillings(words.language(), news, name_max)).map(|text| settled(&text))
}

/// The messages of a piece of news.
struct Keys {
    title: &'static str,
    sms: &'static str,
    body: &'static str,
}

const fn keys(news: &News) -> Keys {
    match news {
        News::Signed { .. } => Keys { title: "news-signed-title", sms: "news-signed-sms", body: "news-signed-body" },
        News::Ended { by, .. } => Keys { title: "news-ended-title", sms: "news-ended-sms", body: by.key() },
        News::Charged { description, .. } => {
            let body = if description.is_empty() { "news-charged-body-plain" } else { "news-charged-body" };
            Keys { title: "news-charged-title", sms: "news-charged-sms", body }
        }
        News::Refused { obstacle, .. } => {
            let (sms, body) = match obstacle {
                Obstacle::Balance => ("news-refused-sms-balance", "news-refused-body-balance"),
                Obstacle::Limit => ("news-refused-sms-limit", "news-refused-body-limit"),
            };
            Keys { title: "news-refused-title", sms, body }
        }
        News::ToppedUp { .. } => {
            Keys { title: "news-topped-up-title", sms: "news-topped-up-sms", body: "news-topped-up-body" }
        }
    }
}

fn fillings(language: Language, news: &News, name_max: Option<usize>) -> Vec<(&'static str, Filling)> {
    let named = |merchant: &str| ("merchant", Filling::Text(shortened(merchant, name_max)));
    let money = |gap: &'static str, amount: Money| (gap, Filling::Text(numbers::money(language, amount)));
    match news {
        News::Signed { merchant } | News::Ended { merchant, .. } => vec![named(merchant)],
        News::Charged { merchant, amount, description, balance } => vec![
            named(merchant),
            money("amount", *amount),
            ("description", Filling::Text(description.clone())),
            money("balance", *balance),
        ],
        News::Refused { merchant, amount, .. } => vec![named(merchant), money("amount", *amount)],
        News::ToppedUp { amount, balance } => vec![money("amount", *amount), money("balance", *balance)],
    }
}

/// A name of one line, cut at `max` letters.
fn shortened(name: &str, max: Option<usize>) -> String {
    let name = plain::line(name);
    match max {
        Some(max) if name.chars().count() > max => {
            let start: String = name.chars().take(max.saturating_sub(3)).collect();
            format!("{}...", start.trim_end())
        }
        _ => name,
    }
}

/// The message with its isolating marks if it has letters of both directions, else without them.
fn settled(message: &str) -> String {
    let is_right_to_left = |letter: char| matches!(letter, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FEFC}');
    let letters = || message.chars().filter(|letter| letter.is_alphabetic());
    if letters().any(is_right_to_left) && letters().any(|letter| !is_right_to_left(letter)) {
        message.to_owned()
    } else {
        flat(message)
    }
}
