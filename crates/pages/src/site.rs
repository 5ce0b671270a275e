//! Pages about the server itself: its front page and its errors.

use crate::{Frame, plain};
use minijinja::{Value, context};
use mithaq_types::InteractionId;

/// `/`: what this server is. In a sandbox it links to `/app` and `/studio`.
#[derive(Clone, Debug)]
pub struct HomeContext {
    /// What surrounds the page; its `sandbox` decides about the links.
    pub frame: Frame,
}

/// An error that is not an answer to what the user did.
#[derive(Clone, Debug)]
pub struct ErrorContext {
    /// What surrounds the page.
    pub frame: Frame,
    /// The interaction, if the page stands in the shell: it then gets a button to close it.
    pub ix: Option<InteractionId>,
    /// What went wrong.
    pub kind: ErrorKind,
    /// What support finds it by in the logs. Nothing else of the inside is shown.
    pub trace_id: Option<String>,
}

/// What went wrong, as far as the user can do something about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    /// No such page (404).
    NotFound,
    /// A form of an older session or page (403): its `csrf` does not match.
    Stale,
    /// Too many requests (429).
    TooMany,
    /// Anything else (500).
    Internal,
}

impl ErrorKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::NotFound, Self::Stale, Self::TooMany, Self::Internal];
}

impl ErrorContext {
    pub(crate) fn view(&self) -> Value {
        let (tone, picture, key) = match self.kind {
            ErrorKind::NotFound => ("plain", "search-x", "error-not-found"),
            ErrorKind::Stale => ("wait", "history", "error-stale"),
            ErrorKind::TooMany => ("wait", "hourglass", "error-too-many"),
            ErrorKind::Internal => ("bad", "triangle-alert", "error-internal"),
        };
        context! {
            ix => self.ix.as_ref().map(InteractionId::as_str),
            announce => (),
            tone,
            picture,
            key,
            trace => self.trace_id.as_deref().map(plain::line),
        }
    }
}
