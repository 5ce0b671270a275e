//! `/wallet/top-up`: money from the user's bank.

use super::problems::AmountProblem;
use super::speaker::Speaker;
use crate::{RenderError, numbers, plain};
use minijinja::{Value, context};
use mithaq_types::{InteractionId, MessageId, Money, OrderId};

/// The page.
#[derive(Clone, Debug)]
pub struct TopUp {
    /// What can be spent now.
    pub balance: Money,
    /// The banks that money can come from; at least one.
    pub banks: Vec<Bank>,
    /// The order that the user came from, because it needs the money (`?for=ORDERID[&ix=IX]`).
    pub order: Option<WaitingOrder>,
    /// What the user can do.
    pub step: TopUpStep,
}

/// An order that waits in the cashier. The form sends both ids back as `for` and `ix`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WaitingOrder {
    /// Which.
    pub order_id: OrderId,
    /// The interaction of the cashier's page, if it stands in the shell.
    pub ix: Option<InteractionId>,
}

/// A bank.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bank {
    /// What the field `bank` carries.
    pub bank_id: String,
    /// Its name in the page's language.
    pub name: String,
}

/// What the page lets the user do.
#[derive(Clone, Debug)]
pub enum TopUpStep {
    /// An amount and a bank (`amount`, `bank`, `csrf`).
    Ask {
        /// What was typed as amount, or nothing.
        amount: String,
        /// The bank that was chosen; the first, if it is none of them.
        bank: String,
        /// What was wrong with the last attempt.
        problem: Option<TopUpProblem>,
    },
    /// Read: the money is there.
    Done {
        /// How much came.
        amount: Money,
        /// Its movement.
        message_id: Option<MessageId>,
    },
    /// Read: the bank has not answered. The money comes as soon as it does.
    Waiting {
        /// How much was asked for.
        amount: Money,
    },
}

/// What is wrong with an attempt. What was typed stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TopUpProblem {
    /// With the amount.
    Amount(AmountProblem),
    /// The bank said no.
    BankRefused,
    /// The bank cannot be reached.
    BankAway,
    /// The user's wallet is restricted.
    Account,
}

/// Amounts that one can tap instead of typing, in whole units.
const SUGGESTED: [i64; 4] = [10_000, 25_000, 50_000, 100_000];

impl TopUp {
    pub(super) fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let currency = self.balance.currency;
        let step = match &self.step {
            TopUpStep::Ask { amount, bank, problem } => {
                let said = problem.map(|problem| problem.words(speaker)).transpose()?;
                let (amount_problem, other_problem) = match problem {
                    Some(TopUpProblem::Amount(_)) => (said, None),
                    _ => (None, said),
                };
                let chosen = self.banks.iter().position(|known| known.bank_id == *bank).unwrap_or_default();
                let banks = self.banks.iter().enumerate().map(|(place, bank)| {
                    context! { id => bank.bank_id.as_str(), name => plain::line(&bank.name), chosen => place == chosen }
                });
                let suggested = SUGGESTED.iter().filter_map(|whole| Money::whole(*whole, currency).ok());
                let suggested = suggested.zip(SUGGESTED).map(|(money, typed)| {
                    context! { typed, shown => numbers::amount(speaker.language(), money).figures }
                });
                context! {
                    name => "ask",
                    amount => plain::line(amount),
                    banks => banks.collect::<Vec<_>>(),
                    suggested => suggested.collect::<Vec<_>>(),
                    amount_problem,
                    other_problem,
                }
            }
            TopUpStep::Done { amount, message_id } => {
                let link = message_id.as_ref().map(super::Movement::link);
                context! { name => "done", amount => speaker.parts(*amount), link }
            }
            TopUpStep::Waiting { amount } => {
                let amount = [("amount", speaker.money(*amount))];
                context! { name => "waiting", says => speaker.fill("top-up-waiting-text", &amount)? }
            }
        };
        Ok(context! {
            balance => speaker.money(self.balance),
            currency => numbers::currency(speaker.language(), currency),
            order => self.order.as_ref().map(WaitingOrder::view),
            step,
        })
    }
}

impl WaitingOrder {
    fn view(&self) -> Value {
        let ix = self.ix.as_ref().map(|ix| format!("&ix={ix}")).unwrap_or_default();
        context! {
            id => self.order_id.as_str(),
            ix => self.ix.as_ref().map(InteractionId::as_str),
            link => format!("/cashier?orderId={}{ix}", self.order_id),
        }
    }
}

impl TopUpProblem {
    fn words(self, speaker: &Speaker<'_>) -> Result<String, RenderError> {
        match self {
            Self::Amount(problem) => problem.words(speaker),
            Self::BankRefused => speaker.say("problem-bank-refused"),
            Self::BankAway => speaker.say("problem-bank-away"),
            Self::Account => speaker.say("problem-account"),
        }
    }
}
