//! One agreement: what was accepted, what was charged, and the way to end it.

use crate::words::{Filling, Words, flat};
use crate::{Agreement, Frame, Language, RenderError, dates, numbers, plain};
use jiff::Timestamp;
use minijinja::{Value, context};
use mithaq_types::{Money, PaymentId};

/// `/agreements/{contractId}`.
#[derive(Clone, Debug)]
pub struct AgreementContext {
    /// What surrounds the page.
    pub frame: Frame,
    /// The agreement at a glance.
    pub agreement: Agreement,
    /// The most that the wallet lets any charge take; shown when the merchant stated no amount.
    pub wallet_limit: Money,
    /// What was accepted.
    pub accepted: Accepted,
    /// A stretch of the list of charges, newest first; tries that took nothing are among them.
    pub charges: Vec<Charge>,
    /// Whether the stretch begins further back than the newest.
    pub begins_later: bool,
    /// The last charge of the stretch, if there are older ones.
    pub older_than: Option<PaymentId>,
    /// What the user can do.
    pub step: AgreementStep,
}

/// What the user accepted, as it is kept.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// When.
    pub at: Timestamp,
    /// The language in which it was shown.
    pub language: Language,
    /// Every line of the page (see [`crate::Renderer::terms_text`]).
    pub text: String,
    /// SHA-256 of the text, in hex.
    pub hash: String,
}

/// A charge under the agreement, or a try.
#[derive(Clone, Debug)]
pub struct Charge {
    /// What for, in the merchant's words; may be empty.
    pub description: String,
    /// How much.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
    /// What came of it: why nothing was taken, if nothing was.
    pub refused: Option<ChargeRefusal>,
}

/// Why a charge took nothing, as far as it tells the user something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChargeRefusal {
    /// Not enough money.
    Balance,
    /// The user's monthly or daily limit.
    UserLimit,
    /// More than one charge may take.
    ChargeLimit,
    /// Before the first day that was agreed.
    TooEarly,
    /// The agreement, or the merchant's token, was over.
    Over,
    /// The user's account was frozen.
    Account,
    /// The merchant was suspended.
    Merchant,
    /// Another currency than the agreement's.
    Currency,
    /// Anything else.
    Other,
}

/// What the page lets the user do.
#[derive(Clone, Debug)]
pub enum AgreementStep {
    /// End it, with the PIN.
    End {
        /// The session's token, sent as the hidden field `csrf`.
        csrf: String,
        /// What was wrong with the last attempt.
        problem: Option<PinProblem>,
    },
    /// The PIN was wrong too often: nothing to do until then.
    Locked {
        /// From when it can be tried again.
        until: Timestamp,
    },
    /// Read; it is over.
    Over {
        /// Whether this user has ended it a moment ago, on this page.
        just_now: bool,
    },
}

/// What is wrong with a PIN that was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PinProblem {
    /// Not the user's PIN.
    Wrong {
        /// How many more before it is locked.
        tries_left: u32,
    },
    /// It does not have six digits.
    Malformed,
}

impl ChargeRefusal {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Balance,
        Self::UserLimit,
        Self::ChargeLimit,
        Self::TooEarly,
        Self::Over,
        Self::Account,
        Self::Merchant,
        Self::Currency,
        Self::Other,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Balance => "charge-refused-balance",
            Self::UserLimit => "charge-refused-user-limit",
            Self::ChargeLimit => "charge-refused-charge-limit",
            Self::TooEarly => "charge-refused-too-early",
            Self::Over => "charge-refused-over",
            Self::Account => "charge-refused-account",
            Self::Merchant => "charge-refused-merchant",
            Self::Currency => "charge-refused-currency",
            Self::Other => "charge-refused-other",
        }
    }
}

impl AgreementContext {
    pub(crate) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        let (language, zone) = (words.language(), &self.frame.zone);
        let charge = |charge: &Charge| {
            Ok(context! {
                description => plain::line(&charge.description),
                amount => numbers::money(language, charge.amount),
                at => dates::time(language, charge.at, zone),
                taken => charge.refused.is_none(),
                outcome => words.say(charge.refused.map_or("charge-taken", ChargeRefusal::key))?,
            })
        };
        let charges = self.charges.iter().map(charge).collect::<Result<Vec<_>, RenderError>>()?;
        let limit = ("limit", Filling::Text(numbers::money(language, self.wallet_limit)));
        let (standing, merchant) = (self.agreement.standing, &self.agreement.merchant);
        Ok(context! {
            ix => (),
            announce => (),
            agreement => self.agreement.view(words, zone)?,
            sentence => standing.sentence(words, merchant)?,
            most_of_wallet => words.fill("agreement-most-of-wallet", &[limit])?,
            accepted => self.accepted.view(words, self)?,
            number => self.agreement.contract_id.as_str(),
            charges,
            begins_later => self.begins_later,
            older_than => self.older_than.as_ref().map(PaymentId::as_str),
            step => self.step.view(words, self)?,
        })
    }
}

impl Accepted {
    fn view(&self, words: &Words, page: &AgreementContext) -> Result<Value, RenderError> {
        let when = match self.language {
            Language::EnUs => "accepted-in-english",
            Language::ArIq => "accepted-in-arabic",
        };
        let at = dates::time(words.language(), self.at, &page.frame.zone);
        Ok(context! {
            when => words.fill(when, &[("time", Filling::Text(at))])?,
            lang => self.language.tag(),
            dir => self.language.dir(),
            // Written by `terms.rs`, from which `block` takes nothing; from anywhere else it takes what deceives.
            text => plain::block(&self.text),
            hash => plain::line(&self.hash),
        })
    }
}

impl AgreementStep {
    fn view(&self, words: &Words, page: &AgreementContext) -> Result<Value, RenderError> {
        Ok(match self {
            Self::End { csrf, problem } => {
                let problem = problem.map(|problem| problem.words(words)).transpose()?;
                context! { name => "end", csrf, problem }
            }
            Self::Locked { until } => {
                let until = dates::time(words.language(), *until, &page.frame.zone);
                let text = words.fill("agreement-locked-text", &[("time", Filling::Text(until))])?;
                context! { name => "locked", text }
            }
            Self::Over { just_now } => context! { name => "over", just_now },
        })
    }
}

impl PinProblem {
    pub(crate) fn words(self, words: &Words) -> Result<String, RenderError> {
        let message = match self {
            Self::Wrong { tries_left } => words.fill("problem-pin-wrong", &[("tries", Filling::Count(tries_left))]),
            Self::Malformed => words.say("problem-pin-form"),
        };
        Ok(flat(&message?))
    }
}
