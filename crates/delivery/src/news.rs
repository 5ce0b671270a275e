//! News for users: the words of `mithaq-pages` for what the domain says happened.

use jiff::tz::TimeZone;
use mithaq_domain::{EndReason, Language, User, UserNews};
use mithaq_pages::news::{self, Ending, Letter, News, Obstacle, Titled};
use mithaq_pages::{RenderError, Renderer};
use mithaq_store::Sent;
use mithaq_types::{OutboxId, PaymentId, Timestamp};
use mithaq_wallet::Wallet;

/// The title and the text of a message in the inbox, in the user's language; times are read in `zone`.
#[must_use]
pub fn inbox_words(pages: &Renderer, news: &UserNews, language: Language, zone: &TimeZone) -> Titled {
    news::inbox(pages, spoken(language), &happened(news, zone)).unwrap_or_else(|error| {
        // The tests of mithaq-pages keep this from being shipped; one message without words must not hide the others.
        tracing::error!(error.message = %error, "news: an inbox message has no words");
        Titled { title: String::new(), body: String::new() }
    })
}

/// How news reaches a user.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// SMS and, if the user has an address, e-mail.
    Letters,
    /// The user's devices alone.
    Push,
}

/// What leaves the wallet for a delivery.
pub(crate) fn messages(
    pages: &Renderer,
    wallet: &Wallet,
    user: &User,
    news: &UserNews,
    way: Way,
    origin: &Origin<'_>,
) -> Result<Vec<Sent>, RenderError> {
    let (language, happened) = (spoken(user.language), happened(news, &wallet.policy().zone));
    let sent = |channel: &str, to: &str, title: Option<String>, body: String| Sent {
        // Begins with time, as the delivery's id does, and is the same whenever this delivery is repeated.
        sent_id: format!("{}-{channel}", origin.outbox_id),
        outbox_id: origin.outbox_id.clone(),
        channel: channel.to_owned(),
        to: to.to_owned(),
        title,
        body,
        at: wallet.now(),
        user_id: user.user_id.clone(),
        payment_id: origin.payment_id.cloned(),
    };
    if way == Way::Push {
        // Which devices a user has, whoever pushes knows.
        let Titled { title, body } = news::inbox(pages, language, &happened)?;
        return Ok(vec![sent("push", user.user_id.as_str(), Some(title), body)]);
    }
    let mut messages = vec![sent("sms", &user.phone, None, news::sms(pages, language, &happened)?)];
    if let Some(address) = &user.email {
        let name = match user.language {
            Language::ArIq if !user.name_ar.full.is_empty() => &user.name_ar.full,
            _ => &user.name.full,
        };
        let letter = Letter { name, at: origin.at, zone: &wallet.policy().zone, payment_id: origin.payment_id };
        let Titled { title, body } = news::email(pages, language, &happened, &letter)?;
        messages.push(sent("email", address, Some(title), body));
    }
    Ok(messages)
}

/// Where a piece of news comes from.
pub(crate) struct Origin<'a> {
    /// The delivery.
    pub outbox_id: &'a OutboxId,
    /// The payment it is about.
    pub payment_id: Option<&'a PaymentId>,
    /// When it happened.
    pub at: Timestamp,
}

const fn spoken(language: Language) -> mithaq_pages::Language {
    match language {
        Language::EnUs => mithaq_pages::Language::EnUs,
        Language::ArIq => mithaq_pages::Language::ArIq,
    }
}

fn happened(news: &UserNews, zone: &TimeZone) -> News {
    match news.clone() {
        UserNews::ContractSigned { merchant } => News::Signed { merchant },
        UserNews::ContractEnded { merchant, reason } => {
            let by = match reason {
                EndReason::User => Ending::User,
                EndReason::Merchant => Ending::Merchant,
                EndReason::Wallet => Ending::Wallet,
                EndReason::Expired => Ending::Time,
            };
            News::Ended { merchant, by }
        }
        UserNews::Charged { merchant, amount, description, balance } => {
            News::Charged { merchant, amount, description, balance }
        }
        UserNews::ChargeRefused { merchant, amount, balance_short, again_on } => {
            let obstacle = if balance_short { Obstacle::Balance } else { Obstacle::Limit };
            News::Refused { merchant, amount, obstacle, again_on }
        }
        UserNews::ChargeComing { merchant, amount, on } => News::Coming { merchant, amount, on },
        UserNews::ToppedUp { amount, balance } => News::ToppedUp { amount, balance },
        UserNews::Paid { merchant, amount, description, balance } => {
            News::Paid { merchant, amount, description, balance }
        }
        UserNews::Held { merchant, amount, description, until } => {
            News::Held { merchant, amount, description, until: until.to_zoned(zone.clone()).datetime() }
        }
        UserNews::Captured { merchant, amount, released } => News::Captured { merchant, amount, released },
        UserNews::Released { merchant, amount } => News::Released { merchant, amount },
        UserNews::Refunded { merchant, amount, balance } => News::Refunded { merchant, amount, balance },
        UserNews::TransferSent { to_name, amount, note, balance } => {
            News::TransferSent { to_name, amount, note, balance }
        }
        UserNews::TransferReceived { from_name, amount, note, balance } => {
            News::TransferReceived { from_name, amount, note, balance }
        }
        UserNews::CardLinked { card } => News::CardLinked { card },
        UserNews::PinChanged => News::PinChanged,
        UserNews::FromMerchant { merchant, title, content, url } => {
            News::FromMerchant { merchant, title, content, url }
        }
    }
}
