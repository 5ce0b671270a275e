//! What merchants write to users (spec/qicard.md 7.11).

use crate::wallet::{content, hash};
use crate::{Fault, Wallet};
use mithaq_domain::{Command, Done, Scope, SendMessage};
use mithaq_types::{ClientId, MessageId};

/// Where a message goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Channel {
    /// The inbox.
    Inbox,
    /// The inbox and the user's devices.
    Push,
}

/// A message.
pub struct NewMessage {
    /// Who.
    pub client_id: ClientId,
    /// The merchant's id of it.
    pub request_id: String,
    /// The access token of whoever gets it.
    pub access_token: String,
    /// Where it goes.
    pub channel: Channel,
    /// What was asked for, in all its languages: a repeat of the request must be equal in it, whatever the user reads by
    /// then.
    pub asked: String,
    /// Its first line.
    pub title: String,
    /// The rest.
    pub body: String,
    /// Where it leads.
    pub url: Option<String>,
}

impl Wallet {
    /// Sends a message, once.
    ///
    /// # Errors
    /// Refused when the token is unknown to this client, over or without the right, or the user may not get messages.
    pub async fn send_message(&self, new: NewMessage) -> Result<MessageId, Fault> {
        let (channel, scope) = match new.channel {
            Channel::Inbox => ("inbox", Scope::NOTIFICATION_INBOX),
            Channel::Push => ("push", Scope::NOTIFICATION_PUSH),
        };
        let command = SendMessage {
            content: content(&[channel, &new.access_token, &new.asked]),
            access: hash(&new.access_token),
            client_id: new.client_id,
            request_id: new.request_id,
            scope,
            title: new.title,
            body: new.body,
            url: new.url,
        };
        match self.submit(Command::SendMessage(Box::new(command))).await? {
            Done::Message(id) => Ok(id),
            _ => Err(Fault::Internal("message")),
        }
    }
}
