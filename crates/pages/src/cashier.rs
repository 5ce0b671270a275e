//! The cashier (spec/jsapi.md 3.3 and 6): what a merchant asks money for, and the user's answer to it.

mod end;
mod order;
mod problem;
mod receipt;
mod source;

pub use end::{CashierEnd, CashierEndContext};
pub use order::{Hold, HoldUntil, Order, OrderKind};
pub use problem::{CardRefusal, CashierProblem, PaymentLimit};
pub use receipt::{BackKind, MoneyBack, Receipt, ReceiptStatus};
pub use source::{Card, CardName, CardStanding, PaidFrom, Source};

use crate::words::{Filling, Words};
use crate::{Form, Frame, LoginProblem, Merchant, RenderError, numbers, plain, qr};
use minijinja::{Value, context};
use mithaq_types::{CardId, InteractionId, Money};

/// `/cashier?orderId=…` while the order can be paid. Once it is paid, or cannot be, show a [`CashierEndContext`].
#[derive(Clone, Debug)]
pub struct CashierContext {
    /// What surrounds the page.
    pub frame: Frame,
    /// How one leaves it.
    pub exit: Exit,
    /// What the user can do.
    pub step: CashierStep,
}

/// How one leaves a page of the cashier.
#[derive(Clone, Debug)]
pub enum Exit {
    /// The shell has opened it above a Mini Program: it is closed, and the Mini Program hears of it.
    Shell(InteractionId),
    /// It stands alone, in the wallet app or in a plain browser: one goes on to the merchant's site or to the wallet.
    Alone {
        /// `paymentRedirectUrl`. Shown as a link if it is a web address; never followed by itself.
        redirect_url: Option<String>,
    },
}

/// What the page lets the user do. The order is in the steps of somebody who may see it.
#[derive(Clone, Debug)]
pub enum CashierStep {
    /// Nobody is signed in: phone number and PIN first. Says nothing of the order.
    Login {
        /// Where the forms go.
        form: Form,
        /// What was typed as phone number, or nothing.
        phone: String,
        /// What was wrong with the last attempt.
        problem: Option<LoginProblem>,
    },
    /// The order, what to pay it from, the PIN, and both buttons.
    Ready(Box<Checkout>),
    /// The card's issuer has not answered yet. The page looks again by itself, every few seconds.
    Processing {
        /// What is being paid.
        order: Box<Order>,
        /// With what.
        source: PaidFrom,
    },
    /// Opened in a plain browser, without an interaction: to read, with a way into the wallet app and nothing that pays.
    Standalone {
        /// The cashier's address, to open in the wallet app.
        link: String,
        /// The order, if somebody is signed in who may see it.
        order: Option<Box<Order>>,
    },
}

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
    /// What was wrong with the last attempt.
    pub problem: Option<CashierProblem>,
}

/// How often a waiting page looks again, in seconds.
const LOOK_AGAIN: u32 = 3;

impl CashierContext {
    pub(crate) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        Ok(context! {
            ix => self.exit.ix(),
            announce => (),
            exit => self.exit.view(self.step.order().map(|order| &order.merchant), words)?,
            order => self.step.order().map(|order| order.view(words, &self.frame)).transpose()?,
            step => self.step.view(words)?,
        })
    }
}

impl Exit {
    pub(crate) fn ix(&self) -> Option<&str> {
        match self {
            Self::Shell(ix) => Some(ix.as_str()),
            Self::Alone { .. } => None,
        }
    }

    fn view(&self, merchant: Option<&Merchant>, words: &Words) -> Result<Value, RenderError> {
        let link = match self {
            Self::Alone { redirect_url: Some(url) } => Some(plain::line(url)).filter(|url| is_web_address(url)),
            _ => None,
        };
        let back = merchant.map(|merchant| words.fill("cashier-back", &[merchant.filling(words.language())]));
        Ok(context! { shell => self.ix().is_some(), back => back.transpose()?, link })
    }
}

/// Whether a link may lead there: to a site, and not to a script.
fn is_web_address(url: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

impl CashierStep {
    fn order(&self) -> Option<&Order> {
        match self {
            Self::Login { .. } => None,
            Self::Ready(checkout) => Some(&checkout.order),
            Self::Processing { order, .. } => Some(order),
            Self::Standalone { order, .. } => order.as_deref(),
        }
    }

    fn view(&self, words: &Words) -> Result<Value, RenderError> {
        Ok(match self {
            Self::Login { form, phone, problem } => {
                let problem = problem.map(|problem| problem.words(words)).transpose()?;
                context! { name => "login", form => form.view(), phone => plain::line(phone), problem }
            }
            Self::Ready(checkout) => checkout.view(words)?,
            Self::Processing { source, .. } => {
                context! { name => "processing", source => source.view(words)?, again => LOOK_AGAIN }
            }
            Self::Standalone { link, .. } => {
                let code = qr::qr_svg(link, &words.say("cashier-scan-label")?)?;
                context! { name => "standalone", link => plain::line(link), code => Value::from_safe_string(code) }
            }
        })
    }
}

impl Checkout {
    fn view(&self, words: &Words) -> Result<Value, RenderError> {
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
