//! `/wallet/send`: money to another user. First to whom, so that the name is seen; then how much, with the PIN.

use super::Movement;
use super::problems::{AmountProblem, pin_words};
use super::speaker::Speaker;
use crate::{PinProblem, RenderError, numbers, plain};
use jiff::Timestamp;
use minijinja::{Value, context};
use mithaq_types::{MessageId, Money, TransferId};

/// The page.
#[derive(Clone, Debug)]
pub struct SendMoney {
    /// What can be spent now.
    pub balance: Money,
    /// What the user can do.
    pub step: SendStep,
}

/// What the page lets the user do.
#[derive(Clone, Debug)]
pub enum SendStep {
    /// A phone number (a form that asks for this page again, with `?to=`).
    To {
        /// What was typed, or nothing.
        typed: String,
        /// What was wrong with it.
        problem: Option<PayeeProblem>,
    },
    /// Amount, note and PIN (`to`, `amount`, `note`, `pin`, `once`, `csrf`).
    Amount {
        /// Their phone number: digits with country code.
        to: String,
        /// Their name, as far as the wallet tells it to others.
        to_name: String,
        /// What was typed as amount, or nothing.
        amount: String,
        /// What was typed as note, or nothing.
        note: String,
        /// Sent with the form, so that a form sent twice moves money once.
        once: TransferId,
        /// What was wrong with the last attempt.
        problem: Option<SendProblem>,
    },
    /// The PIN was wrong too often: nothing to do until then.
    Locked {
        /// From when it can be tried again.
        until: Timestamp,
    },
    /// Read: it is sent.
    Done {
        /// To whom.
        to_name: String,
        /// How much.
        amount: Money,
        /// Its movement.
        message_id: Option<MessageId>,
    },
}

/// What is wrong with a payee.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PayeeProblem {
    /// Not a phone number.
    Malformed,
    /// Nobody in this wallet has it, or they cannot be sent money to.
    Unknown,
    /// It is the user's own.
    Own,
}

/// What is wrong with an attempt to send. What was typed stays, except the PIN.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SendProblem {
    /// With the amount.
    Amount(AmountProblem),
    /// The note is too long.
    NoteTooLong,
    /// With the PIN.
    Pin(PinProblem),
    /// The user's wallet, or the payee's, is restricted.
    Account,
}

/// Letters of a note; `maxlength` of its field.
const NOTE_MAX: u32 = 140;

impl SendMoney {
    pub(super) fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        Ok(context! {
            balance => speaker.money(self.balance),
            currency => numbers::currency(speaker.language(), self.balance.currency),
            step => self.step.view(speaker)?,
        })
    }
}

impl SendStep {
    fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        Ok(match self {
            Self::To { typed, problem } => {
                let problem = problem.map(|problem| speaker.say(problem.key())).transpose()?;
                context! { name => "to", typed => plain::line(typed), problem }
            }
            Self::Amount { to, to_name, amount, note, once, problem } => {
                let problems = problem.map(|problem| problem.view(speaker)).transpose()?;
                context! {
                    name => "amount",
                    to => plain::line(to),
                    to_name => plain::line(to_name),
                    amount => plain::line(amount),
                    note => plain::line(note),
                    note_max => NOTE_MAX,
                    once => once.as_str(),
                    problems => problems.unwrap_or_else(SendProblem::none),
                }
            }
            Self::Locked { until } => {
                let until = [("time", speaker.time(*until))];
                context! { name => "locked", says => speaker.fill("wallet-pin-locked-text", &until)? }
            }
            Self::Done { to_name, amount, message_id } => context! {
                name => "done",
                heading => speaker.fill("send-done", &[("name", plain::line(to_name))])?,
                amount => speaker.parts(*amount),
                link => message_id.as_ref().map(Movement::link),
            },
        })
    }
}

impl PayeeProblem {
    const fn key(self) -> &'static str {
        match self {
            Self::Malformed => "problem-payee-form",
            Self::Unknown => "problem-payee-unknown",
            Self::Own => "problem-payee-own",
        }
    }
}

impl SendProblem {
    /// The words beside the field that they are about.
    fn view(self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let (mut amount, mut note, mut pin, mut other) = (None, None, None, None);
        match self {
            Self::Amount(problem) => amount = Some(problem.words(speaker)?),
            Self::NoteTooLong => note = Some(speaker.say("problem-note-long")?),
            Self::Pin(problem) => pin = Some(pin_words(problem, speaker)?),
            Self::Account => other = Some(speaker.say("problem-account")?),
        }
        Ok(context! { amount, note, pin, other })
    }

    fn none() -> Value {
        context! { amount => (), note => (), pin => (), other => () }
    }
}
