//! Signing in where a page of the wallet app was asked for and nobody is signed in.

use crate::words::Words;
use crate::{Frame, RenderError, SignInStep, plain};
use minijinja::{Value, context};

/// Stands in for a page of the wallet app until somebody is signed in. Its form goes to `/wallet/login` (`phone`, `pin`,
/// `page`, `csrf`).
#[derive(Clone, Debug)]
pub struct EntryContext {
    /// What surrounds the page; without an [`super::AppBar`], because nothing behind the doors can be shown.
    pub frame: Frame,
    /// The page to come back to: a path of this wallet that begins with `/wallet`, with its query if it has one.
    pub page: String,
    /// What the user can do.
    pub step: SignInStep,
}

impl EntryContext {
    pub(crate) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        Ok(context! {
            ix => (),
            announce => (),
            page => self.page(),
            step => self.step.view(words, &self.frame.zone)?,
        })
    }

    /// The page to come back to, if it is one of the wallet app; else its home.
    fn page(&self) -> String {
        let page = plain::line(&self.page);
        let is_ours = page.strip_prefix("/wallet").is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        if is_ours { page } else { "/wallet".to_owned() }
    }
}
