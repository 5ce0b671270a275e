//! Which messages word a piece of news, and what fills their gaps.

use super::{News, Obstacle};
use crate::words::Filling;
use crate::{Language, dates, numbers, plain};
use mithaq_types::Money;

/// Letters of a name in an SMS; what is longer would push the amount out of it.
const SMS_NAME_MAX: usize = 30;
/// Letters of a merchant's own title in an SMS.
const SMS_TITLE_MAX: usize = 60;

/// The messages of a piece of news.
pub(super) struct Keys {
    pub title: &'static str,
    pub sms: &'static str,
    pub body: &'static str,
}

const fn three(title: &'static str, sms: &'static str, body: &'static str) -> Keys {
    Keys { title, sms, body }
}

pub(super) fn keys(news: &News) -> Keys {
    let either = |text: &str, with: &'static str, without: &'static str| if text.is_empty() { without } else { with };
    let noted = |note: &Option<String>| note.as_deref().map(plain::line).unwrap_or_default();
    match news {
        News::Signed { .. } => three("news-signed-title", "news-signed-sms", "news-signed-body"),
        News::Ended { by, .. } => three("news-ended-title", "news-ended-sms", by.key()),
        News::Charged { description, .. } => {
            let body = either(description, "news-charged-body", "news-charged-body-plain");
            three("news-charged-title", "news-charged-sms", body)
        }
        News::Coming { .. } => three("news-coming-title", "news-coming-sms", "news-coming-body"),
        News::Refused { obstacle, again_on, .. } => {
            let (sms, body) = match (obstacle, again_on) {
                (Obstacle::Balance, None) => ("news-refused-sms-balance", "news-refused-body-balance"),
                (Obstacle::Limit, None) => ("news-refused-sms-limit", "news-refused-body-limit"),
                (Obstacle::Balance, Some(_)) => ("news-refused-sms-balance-again", "news-refused-body-balance-again"),
                (Obstacle::Limit, Some(_)) => ("news-refused-sms-limit", "news-refused-body-limit-again"),
            };
            three("news-refused-title", sms, body)
        }
        News::ToppedUp { .. } => three("news-topped-up-title", "news-topped-up-sms", "news-topped-up-body"),
        News::Paid { description, .. } => {
            let body = either(description, "news-paid-body", "news-paid-body-plain");
            three("news-paid-title", "news-paid-sms", body)
        }
        News::Held { description, .. } => {
            let body = either(description, "news-held-body", "news-held-body-plain");
            three("news-held-title", "news-held-sms", body)
        }
        News::Captured { released, .. } if released.minor > 0 => {
            three("news-captured-title", "news-captured-sms-released", "news-captured-body-released")
        }
        News::Captured { .. } => three("news-captured-title", "news-captured-sms", "news-captured-body"),
        News::Released { .. } => three("news-released-title", "news-released-sms", "news-released-body"),
        News::Refunded { .. } => three("news-refunded-title", "news-refunded-sms", "news-refunded-body"),
        News::TransferSent { note, .. } => {
            let body = either(&noted(note), "news-sent-body-note", "news-sent-body");
            three("news-sent-title", "news-sent-sms", body)
        }
        News::TransferReceived { note, .. } => {
            let body = either(&noted(note), "news-received-body-note", "news-received-body");
            three("news-received-title", "news-received-sms", body)
        }
        News::CardLinked { .. } => three("news-card-title", "news-card-sms", "news-card-body"),
        News::PinChanged => three("news-pin-title", "news-pin-sms", "news-pin-body"),
        News::FromMerchant { .. } => {
            three("news-from-merchant-title", "news-from-merchant-sms", "news-from-merchant-title")
        }
    }
}

pub(super) fn fillings(language: Language, news: &News, is_short: bool) -> Vec<(&'static str, Filling)> {
    let cut = |text: &str, max: usize| Filling::Text(shortened(text, is_short.then_some(max)));
    let text = |gap: &'static str, text: &str| (gap, Filling::Text(text.to_owned()));
    let named = |name: &str| ("merchant", cut(name, SMS_NAME_MAX));
    let person = |name: &str| ("name", cut(name, SMS_NAME_MAX));
    let money = |gap: &'static str, amount: &Money| text(gap, &numbers::money(language, *amount));
    let noted = |note: &Option<String>| text("note", note.as_deref().unwrap_or_default());
    match news {
        News::Signed { merchant } | News::Ended { merchant, .. } => vec![named(merchant)],
        News::Charged { merchant, amount, description, balance }
        | News::Paid { merchant, amount, description, balance } => {
            vec![named(merchant), money("amount", amount), text("description", description), money("balance", balance)]
        }
        News::Refused { merchant, amount, again_on, .. } => {
            let day = again_on.map(|day| text("day", &dates::day(language, day)));
            [named(merchant), money("amount", amount)].into_iter().chain(day).collect()
        }
        News::Released { merchant, amount } => vec![named(merchant), money("amount", amount)],
        News::Coming { merchant, amount, on } => {
            vec![named(merchant), money("amount", amount), text("day", &dates::day(language, *on))]
        }
        News::ToppedUp { amount, balance } => vec![money("amount", amount), money("balance", balance)],
        News::Held { merchant, amount, description, until } => vec![
            named(merchant),
            money("amount", amount),
            text("description", description),
            text("time", &dates::civil(language, *until)),
        ],
        News::Captured { merchant, amount, released } => {
            vec![named(merchant), money("amount", amount), money("released", released)]
        }
        News::Refunded { merchant, amount, balance } => {
            vec![named(merchant), money("amount", amount), money("balance", balance)]
        }
        News::TransferSent { to_name: name, amount, note, balance }
        | News::TransferReceived { from_name: name, amount, note, balance } => {
            vec![person(name), money("amount", amount), noted(note), money("balance", balance)]
        }
        News::CardLinked { card } => vec![text("digits", &last_four(card))],
        News::PinChanged => Vec::new(),
        News::FromMerchant { merchant, title, .. } => vec![named(merchant), ("title", cut(title, SMS_TITLE_MAX))],
    }
}

/// The last four digits of a masked card number.
fn last_four(card: &str) -> String {
    let digits: Vec<char> = card.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(4)..].iter().collect()
}

/// One line, cut at `max` letters.
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
