//! The signing page of the Alipay surface (spec/alipay-agreement.md 1.7, 2.1; jsapi.md 3.4): what a merchant may take from
//! now on, and the user's answer to it.

mod end;
mod problem;

pub use end::{SignEnd, SignEndContext};
pub use problem::{AgreementAnswer, SignProblem};

use crate::deal::{self, Deal};
use crate::words::Words;
use crate::{Exit, Form, Frame, LoginProblem, Merchant, PinProblem, RenderError, numbers, plain, qr};
use jiff::civil::Date;
use minijinja::{Value, context};
use mithaq_types::{AuthId, Money};

/// `/sign?signId=…` while it asks. Once it is answered, or cannot be, show a [`SignEndContext`].
#[derive(Clone, Debug)]
pub struct SignContext {
    /// What surrounds the page. Its language is the one in which it is signed.
    pub frame: Frame,
    /// How one leaves it.
    pub exit: Exit,
    /// Who asks.
    pub merchant: Merchant,
    /// What is asked.
    pub deal: Deal,
    /// What the user can do.
    pub step: SignStep,
}

/// What the page lets the user do.
#[derive(Clone, Debug)]
pub enum SignStep {
    /// Go on here, or scan a code with the wallet app. Whoever comes over a link on another site comes without the
    /// session's cookie (it is `SameSite=Strict`); from here the browser sends it. Says nothing of the terms.
    Doorstep {
        /// The address of this page, to be scanned: `https://wallet.example/sign?signId=…`.
        link: String,
        /// The same as a path, to go on here: `/sign?signId=…&go=1`.
        go: String,
    },
    /// Nobody is signed in: phone number and PIN first. Says nothing of the terms.
    Login {
        /// Where the forms go.
        form: SignForm,
        /// What was typed as phone number, or nothing.
        phone: String,
        /// What was wrong with the last attempt.
        problem: Option<LoginProblem>,
    },
    /// The terms, the PIN, and both buttons.
    Ready {
        /// Where the forms go.
        form: SignForm,
        /// The signed-in user's name in the page's language.
        user_name: String,
        /// What the wallet holds in the deal's currency.
        balance: Money,
        /// Which day it is in the wallet's zone.
        today: Date,
        /// What was wrong with the last attempt.
        problem: Option<PinProblem>,
    },
}

/// Where the forms of the page go: to `login`, `confirm` and `decline` below an address.
#[derive(Clone, Debug)]
pub enum SignForm {
    /// `/app/v1/interactions/{ix}/`: a page of an interaction.
    Interaction(Form),
    /// `/sign/`: a page that stands alone. Its forms carry `signId`.
    Alone {
        /// Which offer.
        sign_id: AuthId,
        /// The session's token, sent as the hidden field `csrf`.
        csrf: String,
    },
}

impl SignForm {
    fn view(&self) -> Value {
        match self {
            Self::Interaction(form) => {
                context! { to => format!("/app/v1/interactions/{}", form.ix), csrf => form.csrf.as_str(), sign_id => () }
            }
            Self::Alone { sign_id, csrf } => context! { to => "/sign", csrf, sign_id => sign_id.as_str() },
        }
    }
}

impl SignContext {
    pub(crate) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        let today = match &self.step {
            SignStep::Ready { today, .. } => Some(*today),
            _ => None,
        };
        Ok(context! {
            ix => self.exit.ix(),
            announce => (),
            exit => self.exit.view(Some(&self.merchant), words)?,
            merchant => self.merchant.view(words.language()),
            deed => deal::of(&self.merchant, &self.deal, words)?.view(&self.merchant, &self.deal, today, words)?,
            step => self.step.view(&self.deal, words)?,
        })
    }
}

impl SignStep {
    fn view(&self, deal: &Deal, words: &Words) -> Result<Value, RenderError> {
        let language = words.language();
        Ok(match self {
            Self::Doorstep { link, go } => {
                let code = qr::qr_svg(link, &words.say("sign-scan-label")?)?;
                context! {
                    name => "doorstep", link => plain::line(link), go => plain::line(go), code => Value::from_safe_string(code)
                }
            }
            Self::Login { form, phone, problem } => {
                let problem = problem.map(|problem| problem.words(words)).transpose()?;
                context! { name => "login", form => form.view(), phone => plain::line(phone), problem }
            }
            Self::Ready { form, user_name, balance, problem, .. } => {
                let problem = problem.map(|problem| problem.words(words)).transpose()?;
                let short = deal.plan().is_some_and(|plan| balance.minor < plan.single.minor);
                context! {
                    name => "ready",
                    form => form.view(),
                    user => plain::line(user_name),
                    balance => numbers::money(language, *balance),
                    short,
                    problem,
                }
            }
        })
    }
}
