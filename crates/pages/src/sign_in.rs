//! Signing in on a page of the wallet that no Mini Program opened.

use crate::words::{Filling, Words, flat};
use crate::{Frame, LoginProblem, RenderError, dates, plain};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use minijinja::{Value, context};
use mithaq_types::ContractId;

/// Stands in for a page of "Agreements" until somebody is signed in.
#[derive(Clone, Debug)]
pub struct SignInContext {
    /// What surrounds the page.
    pub frame: Frame,
    /// The agreement that was asked for; none for the list.
    pub contract_id: Option<ContractId>,
    /// What the user can do.
    pub step: SignInStep,
}

/// What the page lets the user do.
#[derive(Clone, Debug)]
pub enum SignInStep {
    /// Phone number and PIN.
    Form {
        /// The session's token, sent as the hidden field `csrf`.
        csrf: String,
        /// What was typed as phone number, or nothing.
        phone: String,
        /// What was wrong with the last attempt.
        problem: Option<SignInProblem>,
    },
    /// Go on. Whoever comes over a link on another site comes without the session's cookie (it is `SameSite=Strict`);
    /// from here the browser sends it.
    Doorstep,
}

/// Why the last attempt did not sign in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignInProblem {
    /// What was typed was wrong.
    Typed(LoginProblem),
    /// The PIN was wrong too often.
    Locked {
        /// From when it can be tried again.
        until: Timestamp,
    },
}

impl SignInContext {
    pub(crate) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        Ok(context! {
            ix => (),
            announce => (),
            contract => self.contract_id.as_ref().map(ContractId::as_str),
            step => self.step.view(words, &self.frame.zone)?,
        })
    }
}

impl SignInStep {
    pub(crate) fn view(&self, words: &Words, zone: &TimeZone) -> Result<Value, RenderError> {
        let Self::Form { csrf, phone, problem } = self else { return Ok(context! { name => "doorstep" }) };
        let (mut typed, mut locked) = (None, None);
        match problem {
            Some(SignInProblem::Typed(problem)) => typed = Some(problem.words(words)?),
            Some(SignInProblem::Locked { until }) => {
                let until = dates::time(words.language(), *until, zone);
                locked = Some(flat(&words.fill("login-locked", &[("time", Filling::Text(until))])?));
            }
            None => {}
        }
        Ok(context! { name => "form", csrf, phone => plain::line(phone), problem => typed, locked })
    }
}
