//! What users are told when something happens: SMS, e-mail, and the inbox of the wallet.
//!
//! Plain text, for JSON and for gateways; a page that shows it escapes it like any text. Where letters of both
//! directions meet, what was filled in keeps its isolating marks (FSI … PDI); elsewhere the marks are left out, because
//! a single one of them halves what fits into an English SMS.

mod messages;

use crate::words::{Filling, Words, flat};
use crate::{Language, RenderError, Renderer, dates, plain};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use messages::{Keys, fillings, keys};
use mithaq_types::{AppId, Money, PaymentId};

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
        /// When it is tried again, if the wallet does that.
        again_on: Option<Date>,
    },
    /// A deduction of a plan is coming.
    Coming {
        /// Whose.
        merchant: String,
        /// How much at most.
        amount: Money,
        /// When.
        on: Date,
    },
    /// Money came in.
    ToppedUp {
        /// How much.
        amount: Money,
        /// What is there now.
        balance: Money,
    },
    /// The user paid an order, or showed a code.
    Paid {
        /// Whom.
        merchant: String,
        /// How much.
        amount: Money,
        /// What for, in the merchant's words; may be empty.
        description: String,
        /// What is left.
        balance: Money,
    },
    /// Money was set aside for a merchant.
    Held {
        /// For whom.
        merchant: String,
        /// How much.
        amount: Money,
        /// What for, in the merchant's words; may be empty.
        description: String,
        /// Until then the merchant may take it: the clock of the wallet's zone.
        until: DateTime,
    },
    /// A merchant took what was set aside, or a part of it.
    Captured {
        /// Who.
        merchant: String,
        /// How much.
        amount: Money,
        /// What was set free by that; zero if it took all.
        released: Money,
    },
    /// What was set aside is free again: the merchant gave it back or cancelled, or time ran out.
    Released {
        /// For whom it was set aside.
        merchant: String,
        /// How much.
        amount: Money,
    },
    /// A merchant gave money back.
    Refunded {
        /// Who.
        merchant: String,
        /// How much.
        amount: Money,
        /// What is there now.
        balance: Money,
    },
    /// The user sent money to another user.
    TransferSent {
        /// To whom.
        to_name: String,
        /// How much.
        amount: Money,
        /// The sender's words, if any.
        note: Option<String>,
        /// What is left.
        balance: Money,
    },
    /// Another user sent money.
    TransferReceived {
        /// Who.
        from_name: String,
        /// How much.
        amount: Money,
        /// The sender's words, if any.
        note: Option<String>,
        /// What is there now.
        balance: Money,
    },
    /// A card was linked.
    CardLinked {
        /// Its number with most digits hidden; the last four are told.
        card: String,
    },
    /// The PIN was changed.
    PinChanged,
    /// A merchant's own message. Said to be the merchant's: it is not the wallet that speaks.
    FromMerchant {
        /// Who.
        merchant: String,
        /// Its first line.
        title: String,
        /// The rest, as plain text.
        content: String,
        /// Where it leads, as the merchant wrote it; [`mini_program`] says whether it can be offered.
        url: Option<String>,
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
    /// One line in the inbox; several, separated by `\n`, in an e-mail and in what a merchant wrote.
    pub body: String,
}

/// The text of an SMS: at most 160 letters in English, two joined messages in Arabic.
///
/// # Errors
/// When a message is broken; the tests of this crate keep that from being shipped.
pub fn sms(pages: &Renderer, language: Language, news: &News) -> Result<String, RenderError> {
    say(pages.words(language), news, keys(news).sms, true)
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
    if let News::FromMerchant { merchant, .. } = news {
        lines.push(line("news-from-merchant-author", "merchant", merchant.clone())?);
    }
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
    let body = match news {
        // The merchant's words as they are, with their lines.
        News::FromMerchant { content, .. } => plain::block(content),
        _ => say(words, news, body, false)?,
    };
    Ok(Titled { title: say(words, news, title, false)?, body })
}

/// The Mini Program that a merchant's link leads to: `mini://platformapi/startapp?_ariver_appid=ID`, with anything
/// after it (spec/qicard.md 7.11). No other link is ever offered, and no other wallet's.
#[must_use]
pub fn mini_program(url: &str) -> Option<AppId> {
    let query = url.trim().strip_prefix("mini://platformapi/startapp?")?;
    let mut ids = query.split('&').filter_map(|pair| pair.strip_prefix("_ariver_appid="));
    let id = ids.next().filter(|id| (1..=APP_ID_MAX).contains(&id.len()))?;
    let is_plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    (is_plain && ids.next().is_none()).then(|| AppId::new(id))
}

/// The longest id of a Mini Program that is looked up.
const APP_ID_MAX: usize = 64;

fn say(words: &Words, news: &News, key: &str, is_short: bool) -> Result<String, RenderError> {
    words.fill(key, &fillings(words.language(), news, is_short)).map(|text| settled(&text))
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
