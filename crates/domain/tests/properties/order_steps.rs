//! Random steps around orders of the cashier, payment codes and transfers.

use super::history::History;
use super::steps::{Amount, By, amount, by, client, place, user};
use crate::support::{by_card, by_code, confirm, expire, freeze, hash, issue, operate, order, settle, transfer};
use mithaq_domain::{
    CodePay, Command, ConfirmOrder, OperateRequest, OrderRequest, PaymentRef, PaymentStatus, PinCheck, Product,
    SettleCard, Source, Verdict, Wish,
};
use mithaq_types::{CardId, ClientId, Currency, Money, PaymentId, UserId};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Who does what to which payment.
#[derive(Clone, Debug)]
pub enum OrderStep {
    Make {
        client: &'static str,
        product: Product,
        amount: Amount,
        minutes: i64,
        buyer: Option<&'static str>,
        notified: bool,
    },
    Repeat {
        order: Index,
        other_content: bool,
    },
    Confirm {
        order: Index,
        user: &'static str,
        right_pin: bool,
        card: bool,
    },
    /// `late`: the answer is to some asking, not the last.
    Settle {
        order: Index,
        verdict: Verdict,
        late: Option<u32>,
    },
    Accept {
        order: Index,
        by: By,
    },
    /// `percent` of the whole amount; all of it without.
    Operate {
        payment: Index,
        kind: u8,
        percent: Option<i64>,
        by: By,
        again: bool,
    },
    CallOff {
        payment: Index,
        by: By,
        by_request: bool,
        unknown: bool,
    },
    Expire {
        payment: Index,
    },
    Freeze {
        payment: Index,
        frozen: bool,
    },
    Issue {
        user: &'static str,
    },
    PayByCode {
        code: Index,
        client: &'static str,
        amount: Amount,
        again: bool,
    },
    Send {
        from: &'static str,
        to: &'static str,
        amount: Amount,
        again: bool,
    },
}

/// The card of a user.
pub fn card_of(user: &str) -> String {
    format!("card of {user}")
}

fn often(percent: u32) -> impl Strategy<Value = bool> {
    (0..100_u32).prop_map(move |throw| throw < percent)
}

/// Any of them.
pub fn order_step() -> impl Strategy<Value = OrderStep> {
    let product = || select(&[Product::Online, Product::AuthCapture, Product::AuthCapture, Product::Escrow][..]);
    let minutes = prop_oneof![8 => Just(30_i64), 1 => Just(10_000), 1 => Just(0)];
    let make = (client(), product(), amount(), minutes, prop::option::weighted(0.2, user()), any::<bool>());
    let verdict = prop_oneof![3 => Just(Verdict::Approved), 1 => Just(Verdict::NotEnough)];
    let percent = prop::option::weighted(0.6, prop_oneof![Just(1_i64), Just(30), Just(50), Just(100), Just(101)]);
    let wish = (place(), 0..8_u8, percent, by(), often(8));
    prop_oneof![
        8 => make.prop_map(|(client, product, amount, minutes, buyer, notified)|
            OrderStep::Make { client, product, amount, minutes, buyer, notified }),
        1 => (place(), often(20)).prop_map(|(order, other_content)| OrderStep::Repeat { order, other_content }),
        14 => (place(), user(), often(90), often(25))
            .prop_map(|(order, user, right_pin, card)| OrderStep::Confirm { order, user, right_pin, card }),
        5 => (place(), verdict, prop::option::weighted(0.2, 0..3_u32))
            .prop_map(|(order, verdict, late)| OrderStep::Settle { order, verdict, late }),
        3 => (place(), by()).prop_map(|(order, by)| OrderStep::Accept { order, by }),
        14 => wish.prop_map(|(payment, kind, percent, by, again)|
            OrderStep::Operate { payment, kind, percent, by, again }),
        4 => (place(), by(), any::<bool>(), often(15))
            .prop_map(|(payment, by, by_request, unknown)| OrderStep::CallOff { payment, by, by_request, unknown }),
        3 => place().prop_map(|payment| OrderStep::Expire { payment }),
        1 => (place(), often(40)).prop_map(|(payment, frozen)| OrderStep::Freeze { payment, frozen }),
        2 => user().prop_map(|user| OrderStep::Issue { user }),
        3 => (place(), client(), amount(), often(10))
            .prop_map(|(code, client, amount, again)| OrderStep::PayByCode { code, client, amount, again }),
        2 => (user(), user(), amount(), often(10))
            .prop_map(|(from, to, amount, again)| OrderStep::Send { from, to, amount, again }),
    ]
}

impl History {
    /// The command that `step` stands for.
    pub fn order_command(&mut self, step: &OrderStep) -> Option<Command> {
        Some(match step {
            OrderStep::Make { client, product, amount, minutes, buyer, notified } => {
                // Now and then a request that was withdrawn before it came.
                let request_id = match self.withdrawn.pop() {
                    Some(request_id) => request_id,
                    None => self.world.new_name("order"),
                };
                let end = self.world.now + jiff::SignedDuration::from_mins(*minutes);
                let mut request = order(&request_id, *product, amount.money(), end);
                request.order.buyer = buyer.map(UserId::new);
                if !notified {
                    (request.notify_url, request.order.void_notify_url) = (None, None);
                }
                Command::Order(Box::new(OrderRequest { client_id: ClientId::new(*client), ..request }))
            }
            OrderStep::Repeat { order, other_content } => {
                let mut request = pick(&self.made, order)?;
                if *other_content {
                    request.content = hash("other content");
                }
                Command::Order(Box::new(request))
            }
            OrderStep::Confirm { order, user, right_pin, card } => {
                let id = self.order_at(order)?;
                let pin = if *right_pin { PinCheck::Right } else { PinCheck::Wrong };
                let request = if *card { by_card(user, &id, &card_of(user)) } else { confirm(user, &id) };
                Command::ConfirmOrder(Box::new(ConfirmOrder { pin, ..request }))
            }
            OrderStep::Settle { order, verdict, late } => {
                let asking = self.orders.iter().filter(|id| self.world.state(id).asked > 0);
                let id = pick(&asking.cloned().collect::<Vec<_>>(), order)?;
                let state = self.world.state(&id);
                let (user, card) = match (state.user_id, state.source) {
                    (Some(user), Some(Source::Card(card))) => (user, card),
                    _ => (UserId::new("sara"), CardId::new(card_of("sara"))),
                };
                let attempt = late.unwrap_or(state.asked);
                let settle = settle(user.as_str(), &id, card.as_str(), attempt, *verdict);
                Command::SettleCard(Box::new(SettleCard { ..settle }))
            }
            OrderStep::Accept { order, by } => {
                let id = self.held_at(order).or_else(|| self.order_at(order))?;
                Command::AcceptOrder { client_id: self.client_of(*by, &id), payment: PaymentRef::Id(id) }
            }
            OrderStep::Operate { payment, kind, percent, by, again } => {
                let sensible = *kind < 6;
                let id = if sensible {
                    self.held_at(payment).or_else(|| self.payment_at(payment))?
                } else {
                    self.payment_at(payment)?
                };
                let state = self.world.state(&id);
                let product = self.world.rows.payment(&id)?.product;
                let kind = match (sensible, state.status, product) {
                    (true, PaymentStatus::Authorized, Product::AuthCapture) => kind % 2 * 3,
                    (true, PaymentStatus::Authorized, _) => 2 + kind % 2,
                    (true, PaymentStatus::Success, _) => 5,
                    _ => *kind,
                };
                let whole = self.world.rows.payment(&id)?.amount;
                let part =
                    percent.map(|percent| Money::new((whole.minor / 100).saturating_mul(percent), whole.currency));
                let wish = match kind {
                    0 | 1 => Wish::Capture(part),
                    2 => Wish::Confirm,
                    3 | 4 => Wish::Void(part),
                    _ => Wish::Refund(part.unwrap_or(whole), None),
                };
                let known = self.operations.keys().map(|(_, _, request)| request.clone()).max();
                let request_id = known.filter(|_| *again).unwrap_or_else(|| self.world.new_name("wish"));
                let client_id = self.client_of(*by, &id);
                Command::OperatePayment(Box::new(OperateRequest { client_id, ..operate(&id, &request_id, wish) }))
            }
            OrderStep::CallOff { payment, by, by_request, unknown } => {
                let id = self.payment_at(payment)?;
                let client_id = self.client_of(*by, &id);
                let payment = if *unknown {
                    let request_id = self.world.new_name("ghost");
                    self.withdrawn.push(request_id.clone());
                    PaymentRef::Request(request_id)
                } else if *by_request {
                    PaymentRef::Request(self.world.rows.payment(&id)?.request_id.clone())
                } else {
                    PaymentRef::Id(id)
                };
                Command::CancelPayment { client_id, payment }
            }
            OrderStep::Expire { payment } => expire(&self.payment_at(payment)?),
            OrderStep::Freeze { payment, frozen } => freeze(&self.payment_at(payment)?, *frozen),
            OrderStep::Issue { user } => {
                let code = self.world.new_name("28");
                self.shown.push(code.clone());
                issue(user, &code)
            }
            OrderStep::PayByCode { code, client, amount, again } => {
                let code = pick(&self.shown, code)?;
                let request_id = if *again { "scan".to_owned() } else { self.world.new_name("scan") };
                let request = by_code(&code, &request_id, amount.money());
                Command::PayByCode(Box::new(CodePay { client_id: ClientId::new(*client), ..request }))
            }
            OrderStep::Send { from, to, amount, again } => {
                let id = if *again { "once".to_owned() } else { self.world.new_name("transfer") };
                Command::Send(Box::new(transfer(&id, from, to, amount.money())), PinCheck::Right)
            }
        })
    }

    fn order_at(&self, place: &Index) -> Option<PaymentId> {
        pick(&self.orders, place)
    }

    /// One whose money is held, half the time.
    fn held_at(&self, place: &Index) -> Option<PaymentId> {
        let held = |id: &&PaymentId| self.world.state(id).status == PaymentStatus::Authorized;
        let held: Vec<_> = self.orders.iter().filter(held).cloned().collect();
        if place.index(2) == 0 { pick(&held, place) } else { None }
    }

    /// Any payment, mostly an order.
    fn payment_at(&self, place: &Index) -> Option<PaymentId> {
        let all: Vec<_> = self.payments.iter().map(|payment| payment.payment_id.clone()).collect();
        if place.index(4) == 0 { pick(&all, place) } else { pick(&self.orders, place) }
    }

    fn client_of(&self, by: By, id: &PaymentId) -> ClientId {
        let owner = self.world.rows.payment(id).map(|payment| payment.client_id.clone());
        match (by, owner) {
            (By::Owner, Some(owner)) => owner,
            (By::Owner, None) => ClientId::new("nobody"),
            (By::Client(name), _) => ClientId::new(name),
        }
    }
}

/// One of `all`, mostly of the last few.
fn pick<T: Clone>(all: &[T], place: &Index) -> Option<T> {
    let newest_first: Vec<_> = all.iter().rev().collect();
    let at = place.index(4 * all.len().max(1));
    let at = if at < all.len() { at } else { at % all.len().clamp(1, 3) };
    newest_first.get(at).map(|one| (*one).clone())
}

impl Amount {
    /// As money.
    pub fn money(self) -> Money {
        let currency = if self.dollars { Currency::parse("USD").expect("known") } else { Currency::IQD };
        Money::new(self.minor, currency)
    }
}
