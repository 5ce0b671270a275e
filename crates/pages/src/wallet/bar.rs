//! The doors at the foot of every page of the wallet app.

use crate::words::{Filling, Words, flat};
use crate::{RenderError, numbers};
use minijinja::{Value, context};

/// Makes a page one of the wallet app: the doors below, with the one marked behind which the page is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AppBar {
    /// Behind which door the page is.
    pub door: Door,
    /// Whether the page is what the door itself leads to (and not one behind it).
    pub at_door: bool,
    /// Messages that the user has not read.
    pub unread: u32,
}

/// A door of the wallet app.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Door {
    /// `/wallet`, and what moves money from there: history, top-up, sending, receiving.
    Home,
    /// `/wallet/code` and `/wallet/scan`.
    Pay,
    /// `/agreements`.
    Agreements,
    /// `/wallet/inbox`.
    Inbox,
    /// `/wallet/security` and `/wallet/cards`.
    More,
}

/// More than this is said to be more than this.
const UNREAD_SHOWN: u32 = 99;

impl Door {
    const ALL: [Self; 5] = [Self::Home, Self::Pay, Self::Agreements, Self::Inbox, Self::More];

    const fn look(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Home => ("/wallet", "house", "door-home"),
            Self::Pay => ("/wallet/code", "qr-code", "door-pay"),
            Self::Agreements => ("/agreements", "handshake", "door-agreements"),
            Self::Inbox => ("/wallet/inbox", "inbox", "door-inbox"),
            Self::More => ("/wallet/security", "ellipsis", "door-more"),
        }
    }
}

impl AppBar {
    pub(crate) fn view(self, words: &Words) -> Result<Value, RenderError> {
        let door = |door: Door| {
            let (link, picture, key) = door.look();
            let current = match (door == self.door, self.at_door) {
                (false, _) => None,
                (true, true) => Some("page"),
                (true, false) => Some("true"),
            };
            let unread = if door == Door::Inbox { self.unread(words)? } else { None };
            Ok(context! { link, picture, name => flat(&words.say(key)?), current, unread })
        };
        let doors = Door::ALL.into_iter().map(door).collect::<Result<Vec<_>, RenderError>>()?;
        Ok(context! { doors })
    }

    fn unread(self, words: &Words) -> Result<Option<Value>, RenderError> {
        if self.unread == 0 {
            return Ok(None);
        }
        let shown = numbers::count(words.language(), self.unread.min(UNREAD_SHOWN));
        let count = if self.unread > UNREAD_SHOWN { format!("{shown}+") } else { shown };
        let said = flat(&words.fill("inbox-unread", &[("count", Filling::Count(self.unread))])?);
        Ok(Some(context! { count, said }))
    }
}
