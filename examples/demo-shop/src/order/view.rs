//! What the Mini Program and the office are told of an order.

use super::{Act, Event, Operation, Order, Standing};
use crate::goods::{AT_THE_TILL, Goods, Way, Words};
use mithaq_merchant::{Amount, Timestamp};
use serde::Serialize;

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// The buyer, in the Mini Program.
    Customer,
    /// The merchant's people.
    Office,
}

/// An order as it is told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct View<'a> {
    id: &'a str,
    way: Way,
    goods: Option<Goods>,
    name: Words,
    amount: Amount,
    held: Amount,
    taken: Amount,
    refunded: Amount,
    state: Standing,
    code: Option<&'a str>,
    payment_id: Option<&'a str>,
    /// For `my.tradePay`, while it may be paid.
    payment_url: Option<&'a str>,
    at: Timestamp,
    operations: &'a [Operation],
    can: Vec<&'static str>,
    events: &'a [Event],
    notified: bool,
    /// Grows with each change, so that a slow answer cannot overwrite a newer one on the page.
    revision: u64,
}

impl Order {
    /// What `who` is told.
    pub fn view(&self, who: Who) -> View<'_> {
        let is_open = self.standing == Standing::Open;
        let is_held = matches!(self.standing, Standing::Held | Standing::Accepted);
        let nothing = mithaq_merchant::Money::zero(self.wish.amount.currency);
        View {
            id: &self.wish.id,
            way: self.wish.way,
            goods: self.wish.goods,
            name: self.wish.goods.map_or(AT_THE_TILL, Goods::name),
            amount: self.wish.amount.into(),
            held: if is_held { self.held() } else { nothing }.into(),
            taken: self.taken.into(),
            refunded: self.refunded().into(),
            state: self.standing,
            code: self.code.as_deref(),
            payment_id: self.payment_id.as_deref(),
            payment_url: self.payment_url.as_deref().filter(|_| is_open),
            at: self.wish.at,
            operations: &self.operations,
            can: self.can(who),
            events: &self.events,
            notified: self.notified,
            revision: self.revision,
        }
    }

    /// The ends of the addresses that would do something now.
    fn can(&self, who: Who) -> Vec<&'static str> {
        let may_pay = matches!(self.standing, Standing::Asked | Standing::Open);
        let is_theirs = (who == Who::Office) == (self.wish.way == Way::InStore);
        let pay = (may_pay && is_theirs && self.acts(who).contains(&Act::Cancel)).then_some("pay");
        pay.into_iter().chain(self.acts(who).into_iter().map(Act::address)).collect()
    }
}

impl Act {
    /// How the address that does it ends.
    const fn address(self) -> &'static str {
        match self {
            Self::Capture => "capture",
            Self::Void => "void",
            Self::Accept => "accept",
            Self::Confirm => "received",
            Self::Refund => "refund",
            Self::Cancel => "cancel",
        }
    }
}
