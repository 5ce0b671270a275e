//! News for users: the words of `mithaq-pages` for what the domain says happened.

use mithaq_domain::{EndReason, Language, User, UserNews};
use mithaq_pages::news::{self, Ending, Letter, News, Obstacle, Titled};
use mithaq_pages::{RenderError, Renderer};
use mithaq_store::Sent;
use mithaq_types::{OutboxId, PaymentId, Timestamp};
use mithaq_wallet::Wallet;

/// The title and the text of a message in the inbox, in the user's language.
#[must_use]
pub fn inbox_words(pages: &Renderer, news: &UserNews, language: Language) -> Titled {
    news::inbox(pages, spoken(language), &happened(news)).unwrap_or_else(|error| {
        // The tests of mithaq-pages keep this from being shipped; one message without words must not hide the others.
        tracing::error!(error.message = %error, "news: an inbox message has no words");
        Titled { title: String::new(), body: String::new() }
    })
}

/// The SMS and, if the user has an address, the e-mail of a delivery.
pub(crate) fn messages(
    pages: &Renderer,
    wallet: &Wallet,
    user: &User,
    news: &UserNews,
    origin: &Origin<'_>,
) -> Result<Vec<Sent>, RenderError> {
    let (language, happened) = (spoken(user.language), happened(news));
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

fn happened(news: &UserNews) -> News {
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
        UserNews::ChargeRefused { merchant, amount, balance_short } => {
            let obstacle = if balance_short { Obstacle::Balance } else { Obstacle::Limit };
            News::Refused { merchant, amount, obstacle }
        }
        UserNews::ToppedUp { amount, balance } => News::ToppedUp { amount, balance },
    }
}
