//! The authorization page (spec/jsapi.md 6.1, qicard.md 5.1): a merchant's offer, and the user's answer to it.

use crate::words::{Filling, Words, flat};
use crate::{Form, Frame, LoginProblem, Merchant, RenderError, numbers, plain, terms};
use jiff::civil::Date;
use minijinja::{Value, context};
use mithaq_types::Money;

/// The authorization page while it asks. Once it is answered, or cannot be, show an [`crate::EndContext`].
#[derive(Clone, Debug)]
pub struct AuthorizeContext {
    /// What surrounds the page. Its language is the offer's.
    pub frame: Frame,
    /// What is asked.
    pub offer: Offer,
    /// What the user can do.
    pub step: AuthorizeStep,
}

/// What a merchant asks, as `prepare` got it. Holds nothing that the merchant did not state.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Who asks.
    pub merchant: Merchant,
    /// `contractTitle`, if given.
    pub title: Option<String>,
    /// `contractDesc`: the merchant's words. Shown as plain text with its line breaks.
    pub description: String,
    /// `agreedAmount`: the most that one charge may take. Not a period's, and absent is not zero.
    pub agreed_amount: Option<Money>,
    /// `startTime`: no charge before this day.
    pub start_date: Option<Date>,
    /// The most that the wallet lets any charge take; shown when the merchant stated no amount.
    pub wallet_limit: Money,
}

/// What the page lets the user do.
#[derive(Clone, Debug)]
pub enum AuthorizeStep {
    /// Nobody is signed in: phone number and PIN first.
    Login {
        /// Where the forms go.
        form: Form,
        /// What was typed as phone number, or nothing.
        phone: String,
        /// What was wrong with the last attempt.
        problem: Option<LoginProblem>,
    },
    /// The whole offer, the PIN, and both buttons.
    Ready {
        /// Where the forms go.
        form: Form,
        /// What the signed-in user's wallet holds.
        balance: Money,
        /// What was typed as own monthly limit, or nothing.
        monthly_ceiling: String,
        /// What was wrong with the last attempt.
        problem: Option<ConfirmProblem>,
    },
    /// Opened in a plain browser, without an interaction: to read, with nothing to press.
    Standalone {
        /// The address to open in the wallet app.
        link: String,
    },
}

/// What is wrong with an attempt to agree. What was typed stays in the form, except the PIN.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConfirmProblem {
    /// Not the user's PIN.
    PinWrong {
        /// How many more before it is locked.
        tries_left: u32,
    },
    /// The PIN does not have six digits.
    PinMalformed,
    /// The monthly limit is not a whole number of currency units.
    CeilingMalformed,
}

impl AuthorizeContext {
    pub(crate) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        let language = words.language();
        let form = self.step.form();
        Ok(context! {
            ix => form.map(|form| form.ix.as_str()),
            announce => (),
            form => form.map(Form::view),
            merchant => self.offer.merchant.view(language),
            terms => terms::of(&self.offer, words)?.view(),
            step => self.step.view(words)?,
        })
    }
}

impl AuthorizeStep {
    const fn form(&self) -> Option<&Form> {
        match self {
            Self::Login { form, .. } | Self::Ready { form, .. } => Some(form),
            Self::Standalone { .. } => None,
        }
    }

    fn view(&self, words: &Words) -> Result<Value, RenderError> {
        Ok(match self {
            Self::Login { phone, problem, .. } => {
                let problem = problem.map(|problem| problem.words(words)).transpose()?;
                context! { name => "login", phone => plain::line(phone), problem }
            }
            Self::Ready { balance, monthly_ceiling, problem, .. } => {
                let language = words.language();
                let said = problem.map(|problem| problem.words(words)).transpose()?;
                let (pin_problem, ceiling_problem) = match problem {
                    Some(ConfirmProblem::CeilingMalformed) => (None, said),
                    _ => (said, None),
                };
                context! {
                    name => "ready",
                    balance => numbers::money(language, *balance),
                    currency => numbers::currency(language, balance.currency),
                    ceiling => plain::line(monthly_ceiling),
                    pin_problem,
                    ceiling_problem,
                }
            }
            Self::Standalone { link } => context! { name => "standalone", balance => (), link => plain::line(link) },
        })
    }
}

impl ConfirmProblem {
    fn words(self, words: &Words) -> Result<String, RenderError> {
        let message = match self {
            Self::PinWrong { tries_left } => words.fill("problem-pin-wrong", &[("tries", Filling::Count(tries_left))]),
            Self::PinMalformed => words.say("problem-pin-form"),
            Self::CeilingMalformed => words.say("problem-ceiling-form"),
        };
        Ok(flat(&message?))
    }
}
