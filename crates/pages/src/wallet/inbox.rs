//! `/wallet/inbox`: what the wallet and merchants have written to the user, and one of these messages.

use super::home::app_link;
use super::movements::Movement;
use super::speaker::Speaker;
use crate::{RenderError, plain};
use jiff::Timestamp;
use minijinja::{Value, context};
use mithaq_types::{AppId, ContractId, MessageId};

/// A stretch of the inbox.
#[derive(Clone, Debug)]
pub struct Inbox {
    /// The messages, newest first.
    pub letters: Vec<Letter>,
    /// Whether the stretch begins further back than the newest.
    pub begins_later: bool,
    /// The last message of the stretch, if there are older ones.
    pub older_than: Option<MessageId>,
}

/// A message.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Which; names its page.
    pub message_id: MessageId,
    /// What it is about.
    pub topic: Topic,
    /// Its title, as [`crate::news::inbox`] words it.
    pub title: String,
    /// Its text, as [`crate::news::inbox`] words it.
    pub body: String,
    /// When it was written.
    pub at: Timestamp,
    /// Whether the user has opened it.
    pub read: bool,
}

/// What a message is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    /// Money moved, was held, or could not be taken.
    Money,
    /// An agreement began or ended.
    Agreement,
    /// A card, the PIN.
    Security,
    /// A merchant's own words. Said to be so: they are not the wallet's.
    Merchant,
}

/// One message, opened.
#[derive(Clone, Debug)]
pub struct Message {
    /// The message.
    pub letter: Letter,
    /// The movement it tells of.
    pub movement: Option<MessageId>,
    /// The agreement it is about.
    pub agreement: Option<ContractId>,
    /// The Mini Program that a merchant's message leads to: see [`crate::news::mini_program`].
    pub app: Option<AppLink>,
}

/// A Mini Program to go to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AppLink {
    /// Which; one of this wallet.
    pub app_id: AppId,
    /// Its name in the page's language.
    pub name: String,
}

impl Inbox {
    pub(super) fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let letters = self.letters.iter().map(|letter| letter.view(speaker)).collect::<Result<Vec<_>, _>>()?;
        Ok(context! {
            letters,
            begins_later => self.begins_later,
            older_than => self.older_than.as_ref().map(MessageId::as_str),
        })
    }
}

impl Letter {
    fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        Ok(context! {
            link => format!("/wallet/inbox/{}", self.message_id),
            picture => self.topic.picture(),
            from_merchant => self.topic == Topic::Merchant,
            title => plain::worded(&self.title),
            preview => plain::worded(&self.body),
            body => plain::worded(&self.body),
            at => speaker.moment(self.at)?,
            time => speaker.time(self.at),
            read => self.read,
        })
    }
}

impl Topic {
    const fn picture(self) -> &'static str {
        match self {
            Self::Money => "wallet",
            Self::Agreement => "handshake",
            Self::Security => "shield-check",
            Self::Merchant => "store",
        }
    }
}

impl Message {
    pub(super) fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let app_link =
            self.app.as_ref().map(|app| context! { link => app_link(&app.app_id), name => plain::line(&app.name) });
        Ok(context! {
            letter => self.letter.view(speaker)?,
            movement => self.movement.as_ref().map(Movement::link),
            agreement => self.agreement.as_ref().map(|contract_id| format!("/agreements/{contract_id}")),
            app_link,
        })
    }
}
