//! An order, ready to be paid: what to pay it from, and what was wrong with the last attempt.

use super::{Card, CardStanding, CashierProblem, Offered, Order, OrderKind, Source};
use crate::words::{Filling, Words};
use crate::{Form, RenderError, numbers, plain};
use minijinja::{Value, context};
use mithaq_types::{CardId, Money};

/// An order, ready to be paid. The form posts `pin`, `source` (see [`Source::field`]) and `csrf`.
#[derive(Clone, Debug)]
pub struct Checkout {
    /// Where the forms go.
    pub form: Form,
    /// What is to be paid.
    pub order: Order,
    /// The signed-in user's name in the page's language.
    pub user_name: String,
    /// What the wallet holds in the order's currency.
    pub balance: Money,
    /// The linked cards, in the order in which they are shown.
    pub cards: Vec<Card>,
    /// What the user chose last, or what the wallet proposes. Where it cannot pay, another source is preselected.
    pub chosen: Source,
    /// Where money is added, with the way back to this page: `/wallet/top-up?for=…`. A path of the wallet's own.
    pub top_up_link: String,
    /// An agreement that is offered beside it.
    pub offered: Option<Box<Offered>>,
    /// What was wrong with the last attempt.
    pub problem: Option<CashierProblem>,
}

impl Checkout {
    pub(super) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        let language = words.language();
        let amount = ("amount", Filling::Text(numbers::money(language, self.order.amount)));
        let pay = match self.order.kind {
            OrderKind::Now => "cashier-pay",
            OrderKind::Held(_) => "cashier-hold",
        };
        let problem = self.problem.as_ref();
        let cards = self.cards.iter().map(|card| self.card_view(card, words)).collect::<Result<Vec<_>, _>>()?;
        Ok(context! {
            name => "ready",
            form => self.form.view(),
            user => plain::line(&self.user_name),
            balance => numbers::money(language, self.balance),
            missing => self.missing().map(|missing| numbers::money(language, missing)),
            cards,
            chosen => self.preselected().as_ref().map(Source::field),
            top_up => self.top_up_link.as_str(),
            pay => words.fill(pay, &[amount])?,
            offered => self.offered.as_ref().map(|offered| offered.view(&self.order.merchant, words)).transpose()?,
            notice => problem.map(|problem| problem.notice(words, self)).transpose()?.flatten(),
            pin_problem => problem.map(|problem| problem.at_the_pin(words)).transpose()?.flatten(),
        })
    }

    fn card_view(&self, card: &Card, words: &Words) -> Result<Value, RenderError> {
        let trouble = match card.standing.key() {
            None if self.is_declined(&card.card_id) => Some("cashier-card-declined"),
            key => key,
        };
        Ok(context! {
            id => card.card_id.as_str(),
            card => card.name.view(),
            usable => card.standing == CardStanding::Usable,
            trouble => trouble.map(|key| words.say(key)).transpose()?,
        })
    }

    /// What the balance lacks to pay the order alone.
    fn missing(&self) -> Option<Money> {
        let amount = self.order.amount;
        let held = if self.balance.currency == amount.currency { self.balance.minor } else { 0 };
        let missing = amount.minor.saturating_sub(held);
        (missing > 0).then_some(Money::new(missing, amount.currency))
    }

    fn is_declined(&self, card_id: &CardId) -> bool {
        self.problem.as_ref().is_some_and(|problem| problem.declined(card_id))
    }

    /// What is chosen when the page opens: the user's choice, or else the first that can pay. A card that was declined a
    /// moment ago comes last.
    fn preselected(&self) -> Option<Source> {
        let mut able = Vec::new();
        if self.missing().is_none() {
            able.push(Source::Balance);
        }
        let usable = |card: &&Card| card.standing == CardStanding::Usable;
        able.extend(self.cards.iter().filter(usable).map(|card| Source::Card(card.card_id.clone())));
        let was_declined = |source: &Source| matches!(source, Source::Card(card_id) if self.is_declined(card_id));
        able.sort_by_key(|source| (was_declined(source), *source != self.chosen));
        able.into_iter().next()
    }
}
