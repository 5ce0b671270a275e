//! How an authorization or consent page ends: what happened, why, and what the user can do next.

use crate::words::{Filling, Words};
use crate::{Frame, Merchant, RenderError, dates};
use jiff::Timestamp;
use minijinja::{Value, context};
use mithaq_types::InteractionId;

/// A page that asks nothing any more.
#[derive(Clone, Debug)]
pub struct EndContext {
    /// What surrounds the page.
    pub frame: Frame,
    /// The interaction that the shell waits for; none in a plain browser, which then gets no button.
    pub ix: Option<InteractionId>,
    /// What happened.
    pub end: End,
}

/// What a page was about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// An agreement to pay.
    Agreement,
    /// Reading the user's details.
    Details,
}

/// What happened. After [`End::Done`] and [`End::Declined`] the page tells the shell by itself
/// (`{mp:"done", ix}`, spec/jsapi.md 7.3 rule 8); the others wait to be read and closed (`{mp:"close", ix}`).
#[derive(Clone, Debug)]
pub enum End {
    /// The user agreed, or allowed.
    Done(About, Merchant),
    /// The user refused.
    Declined(About, Merchant),
    /// The offer or the interaction is over by time.
    Expired,
    /// There is no such offer or interaction, or it is another session's.
    Unknown,
    /// The merchant or its client is suspended.
    Unavailable(Merchant),
    /// This interaction has its outcome already.
    Answered,
    /// The PIN was wrong too often.
    Locked {
        /// From when it can be tried again.
        until: Timestamp,
    },
    /// The wallet will not do it.
    Refused(RefusalReason),
}

/// Why the wallet will not do it, as far as the user may know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RefusalReason {
    /// The offer belongs to another app than the one that opened it.
    OtherApp,
    /// The user's account is frozen or not complete.
    Account,
    /// A limit of the wallet stands against it.
    Limit,
    /// Anything else.
    Other,
}

impl EndContext {
    pub(crate) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        let look = self.end.look();
        let fillings = self.end.fillings(&self.frame);
        let heading = words.fill(look.heading, &fillings)?;
        let lines = look.lines.iter().map(|key| words.fill(key, &fillings)).collect::<Result<Vec<_>, _>>()?;
        let announce = matches!(self.end, End::Done(..) | End::Declined(..)).then_some("done");
        Ok(context! {
            ix => self.ix.as_ref().map(InteractionId::as_str),
            announce,
            tone => look.tone,
            picture => look.picture,
            heading,
            lines,
        })
    }
}

/// The words and the picture of an end.
pub(crate) struct Look {
    pub tone: &'static str,
    pub picture: &'static str,
    pub heading: &'static str,
    pub lines: &'static [&'static str],
}

pub(crate) const fn look(
    tone: &'static str,
    picture: &'static str,
    heading: &'static str,
    lines: &'static [&'static str],
) -> Look {
    Look { tone, picture, heading, lines }
}

impl End {
    const fn look(&self) -> Look {
        match self {
            Self::Done(About::Agreement, _) => look("good", "check", "end-agreed", &["end-agreed-text"]),
            Self::Done(About::Details, _) => look("good", "check", "end-shared", &["end-shared-text"]),
            Self::Declined(About::Agreement, _) => look("plain", "x", "end-not-agreed", &["end-not-agreed-text"]),
            Self::Declined(About::Details, _) => look("plain", "x", "end-not-shared", &["end-not-shared-text"]),
            Self::Expired => look("wait", "hourglass", "end-expired", &["end-expired-text"]),
            Self::Unknown => look("plain", "search-x", "end-unknown", &["end-unknown-text"]),
            Self::Unavailable(_) => look("wait", "pause", "end-unavailable", &["end-unavailable-text"]),
            Self::Answered => look("plain", "history", "end-answered", &["end-answered-text"]),
            Self::Locked { .. } => look("bad", "lock-keyhole", "end-locked", &["end-locked-text", "end-locked-help"]),
            Self::Refused(reason) => look("bad", "x", "end-refused", reason.lines()),
        }
    }

    fn fillings(&self, frame: &Frame) -> Vec<(&'static str, Filling)> {
        match self {
            Self::Done(_, merchant) | Self::Declined(_, merchant) | Self::Unavailable(merchant) => {
                vec![merchant.filling(frame.language)]
            }
            Self::Locked { until } => {
                vec![("time", Filling::Text(dates::time(frame.language, *until, &frame.zone)))]
            }
            Self::Expired | Self::Unknown | Self::Answered | Self::Refused(_) => Vec::new(),
        }
    }
}

impl RefusalReason {
    const fn lines(self) -> &'static [&'static str] {
        match self {
            Self::OtherApp => &["end-refused-other-app"],
            Self::Account => &["end-refused-account"],
            Self::Limit => &["end-refused-limit"],
            Self::Other => &["end-refused-other"],
        }
    }
}
