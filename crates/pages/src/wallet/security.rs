//! `/wallet/security`: who is signed in where, the PIN, the language, and the way out.

use super::problems::pin_words;
use super::speaker::Speaker;
use crate::{Language, PinProblem, RenderError, plain};
use jiff::Timestamp;
use minijinja::{Value, context};
use mithaq_types::SessionId;

/// The page.
#[derive(Clone, Debug)]
pub struct Security {
    /// The user's name in the page's language.
    pub user_name: String,
    /// The user's phone number.
    pub phone: String,
    /// Changing the PIN.
    pub pin: PinChange,
    /// Where the user is signed in; this browser's session is one of them.
    pub devices: Vec<Device>,
    /// What has just been done.
    pub notice: Option<SecurityNotice>,
}

/// Whether the PIN can be changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PinChange {
    /// Old and new PIN (`old`, `new`, `again`, `csrf`).
    Ask {
        /// What was wrong with the last attempt.
        problem: Option<PinChangeProblem>,
    },
    /// The PIN was wrong too often: nothing to do until then.
    Locked {
        /// From when it can be tried again.
        until: Timestamp,
    },
}

/// What is wrong with an attempt to change the PIN.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PinChangeProblem {
    /// With the old one.
    Old(PinProblem),
    /// The new one does not have six digits.
    NewMalformed,
    /// The new one is too easy to guess: `111111`, `123456`.
    NewWeak,
    /// The new one is the old one.
    NewSame,
    /// The new one was typed differently the second time.
    AgainDiffers,
}

/// A browser in which the user is signed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Device {
    /// Its session.
    pub session_id: SessionId,
    /// Whether it is the one that asks for this page.
    pub here: bool,
    /// What it is, as far as it says so: `Chrome, Android`; may be empty.
    pub name: String,
    /// Where it is, as far as that is known: an address in the network; may be empty.
    pub place: String,
    /// When the user signed in.
    pub since: Timestamp,
    /// When it was last heard of, if that is kept.
    pub seen_at: Option<Timestamp>,
}

/// What has just been done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SecurityNotice {
    /// The PIN was changed.
    PinChanged,
    /// A session was ended.
    SessionEnded,
    /// The language was changed.
    LanguageChanged,
}

impl Security {
    pub(super) fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let language = |language: Language| {
            // Each language says its own name, in itself.
            let name = match language {
                Language::EnUs => "English",
                Language::ArIq => "العربية",
            };
            context! { tag => language.tag(), dir => language.dir(), name, chosen => language == speaker.language() }
        };
        Ok(context! {
            user => plain::line(&self.user_name),
            phone => plain::line(&self.phone),
            pin => self.pin.view(speaker)?,
            devices => self.devices.iter().map(|device| device.view(speaker)).collect::<Result<Vec<_>, _>>()?,
            languages => Language::ALL.map(language),
            notice => self.notice.map(|notice| speaker.say(notice.key())).transpose()?,
        })
    }
}

impl PinChange {
    fn view(self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let (mut old, mut new, mut again) = (None, None, None);
        match self {
            Self::Locked { until } => {
                let until = [("time", speaker.time(until))];
                return Ok(context! { locked => speaker.fill("wallet-pin-locked-text", &until)? });
            }
            Self::Ask { problem: Some(PinChangeProblem::Old(problem)) } => old = Some(pin_words(problem, speaker)?),
            Self::Ask { problem: Some(PinChangeProblem::AgainDiffers) } => {
                again = Some(speaker.say("problem-pin-again")?);
            }
            Self::Ask { problem: Some(PinChangeProblem::NewMalformed) } => new = Some(speaker.say("problem-pin-form")?),
            Self::Ask { problem: Some(PinChangeProblem::NewWeak) } => new = Some(speaker.say("problem-pin-weak")?),
            Self::Ask { problem: Some(PinChangeProblem::NewSame) } => new = Some(speaker.say("problem-pin-same")?),
            Self::Ask { problem: None } => {}
        }
        let open = old.is_some() || new.is_some() || again.is_some();
        Ok(context! { locked => (), old, new, again, open })
    }
}

impl Device {
    fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let name = plain::line(&self.name);
        let since = speaker.fill("devices-since", &[("time", speaker.time(self.since))])?;
        let seen = self.seen_at.map(|at| speaker.fill("devices-seen", &[("time", speaker.time(at))])).transpose()?;
        Ok(context! {
            action => format!("/wallet/security/sessions/{}/end", self.session_id),
            here => self.here,
            name => if name.is_empty() { speaker.say("devices-unnamed")? } else { name },
            place => plain::line(&self.place),
            since,
            seen,
        })
    }
}

impl SecurityNotice {
    const fn key(self) -> &'static str {
        match self {
            Self::PinChanged => "security-pin-changed",
            Self::SessionEnded => "security-session-ended",
            Self::LanguageChanged => "security-language-changed",
        }
    }
}
