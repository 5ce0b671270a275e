//! Orders of the cashier and what lies around them, in few words.

use super::{AsCommand, SHOP, World, fresh, hash, iqd};
use mithaq_domain::{
    Card, Change, CodePay, Command, ConfirmOrder, Done, OperateRequest, OperationOutcome, OperationRefusal, Order,
    OrderRequest, Outbox, OutboxKind, Owner, Payment, PaymentOperation, PaymentRef, PaymentState, PaymentStatus,
    PinCheck, Product, Row, SendMessage, SettleCard, Source, Transfer, UserNews, Verdict, Wish,
};
use mithaq_types::{CardId, ClientId, Currency, Money, OrderId, PaymentId, Timestamp, TransferId, UserId};

/// Where merchants want to hear of payments, voids and refunds.
pub const PAID_URL: &str = "https://shop.example/paid";
pub const VOID_URL: &str = "https://shop.example/void";
pub const REFUND_URL: &str = "https://shop.example/refund";

/// The shop asks for `amount`, to be paid until `expires_at`, by whoever confirms it. It wants to hear of everything.
pub fn order(request_id: &str, product: Product, amount: Money, expires_at: Timestamp) -> OrderRequest {
    OrderRequest {
        client_id: ClientId::new(SHOP),
        request_id: request_id.to_owned(),
        content: hash(&format!("{product:?} {amount:?}")),
        product,
        amount,
        description: "A box".to_owned(),
        notify_url: Some(PAID_URL.to_owned()),
        order: Order {
            order_id: OrderId::new(format!("order {request_id}")),
            buyer: None,
            title: None,
            reference: None,
            redirect_url: None,
            void_notify_url: Some(VOID_URL.to_owned()),
            expires_at,
        },
        gateway: None,
    }
}

/// `user` pays with what is in the wallet.
pub fn confirm(user: &str, payment_id: &PaymentId) -> ConfirmOrder {
    ConfirmOrder {
        payment_id: payment_id.clone(),
        user_id: UserId::new(user),
        pin: PinCheck::Right,
        source: Source::Balance,
        page: None,
    }
}

/// `user` pays with a card.
pub fn by_card(user: &str, payment_id: &PaymentId, card: &str) -> ConfirmOrder {
    ConfirmOrder { source: Source::Card(CardId::new(card)), ..confirm(user, payment_id) }
}

/// The issuer of `user`'s card answers its `attempt`th asking.
pub fn settle(user: &str, payment_id: &PaymentId, card: &str, attempt: u32, verdict: Verdict) -> SettleCard {
    let (payment_id, user_id, card_id) = (payment_id.clone(), UserId::new(user), CardId::new(card));
    SettleCard { payment_id, user_id, card_id, attempt, verdict, page: None }
}

/// A card of `user`'s.
pub fn card(user: &str, card: &str, now: Timestamp) -> Card {
    Card {
        card_id: CardId::new(card),
        user_id: UserId::new(user),
        token: format!("token of {card}"),
        masked_number: "•••• 4242".to_owned(),
        account_number: "0042".to_owned(),
        brand: "Visa".to_owned(),
        expires: "2030-12".to_owned(),
        linked_at: now,
        removed_at: None,
    }
}

/// The shop wants `wish` done to a payment, and to hear of it.
pub fn operate(payment_id: &PaymentId, request_id: &str, wish: Wish) -> OperateRequest {
    OperateRequest {
        client_id: ClientId::new(SHOP),
        request_id: request_id.to_owned(),
        content: hash(&format!("{wish:?}")),
        payment: PaymentRef::Id(payment_id.clone()),
        wish,
        reason: None,
        notify_url: Some(REFUND_URL.to_owned()),
    }
}

/// `dinars` back.
pub fn refund(dinars: i64) -> Wish {
    Wish::Refund(iqd(dinars), None)
}

/// The shop cancels a payment.
pub fn call_off(payment_id: &PaymentId) -> Command {
    Command::CancelPayment { client_id: ClientId::new(SHOP), payment: PaymentRef::Id(payment_id.clone()) }
}

/// The shop cancels a request by its own id.
pub fn withdraw(request_id: &str) -> Command {
    Command::CancelPayment { client_id: ClientId::new(SHOP), payment: PaymentRef::Request(request_id.to_owned()) }
}

/// The shop takes on an order.
pub fn accept(payment_id: &PaymentId) -> Command {
    Command::AcceptOrder { client_id: ClientId::new(SHOP), payment: PaymentRef::Id(payment_id.clone()) }
}

/// Time has come for a payment, perhaps.
pub fn expire(payment_id: &PaymentId) -> Command {
    Command::ExpirePayment { payment_id: payment_id.clone() }
}

/// The operator stops a payment, or lets it go on.
pub fn freeze(payment_id: &PaymentId, frozen: bool) -> Command {
    Command::FreezePayment { payment_id: payment_id.clone(), frozen }
}

/// `user` gets the code `code` to show.
pub fn issue(user: &str, code: &str) -> Command {
    Command::IssueCode { user_id: UserId::new(user), pin: PinCheck::Right, code: hash(code) }
}

/// The shop deducts with the code `code`.
pub fn by_code(code: &str, request_id: &str, amount: Money) -> CodePay {
    CodePay {
        client_id: ClientId::new(SHOP),
        request_id: request_id.to_owned(),
        content: hash(&format!("{code} {amount:?}")),
        code: hash(code),
        amount,
        description: "Bread".to_owned(),
        notify_url: Some(PAID_URL.to_owned()),
    }
}

/// `from` sends `to` money; `id` is what makes it happen once.
pub fn transfer(id: &str, from: &str, to: &str, amount: Money) -> Transfer {
    Transfer {
        transfer_id: TransferId::new(id),
        from: UserId::new(from),
        to: UserId::new(to),
        amount,
        note: Some("Lunch".to_owned()),
        at: Timestamp::UNIX_EPOCH,
    }
}

/// The shop writes to whoever's token `tokens` is.
pub fn message(tokens: &str, request_id: &str, scope: &'static str) -> SendMessage {
    SendMessage {
        client_id: ClientId::new(SHOP),
        request_id: request_id.to_owned(),
        content: hash(&format!("{tokens} {scope}")),
        access: fresh(tokens).access,
        scope,
        title: "Your box".to_owned(),
        body: "It is on its way.".to_owned(),
        url: Some("mini://platformapi/startapp?_ariver_appid=zaytoun".to_owned()),
    }
}

macro_rules! as_command {
    ($($type:ty => $variant:ident),+) => {
        $(impl AsCommand for $type {
            fn command(self) -> Command {
                Command::$variant(Box::new(self))
            }
        })+
    };
}

as_command!(
    OrderRequest => Order, ConfirmOrder => ConfirmOrder, SettleCard => SettleCard, OperateRequest => OperatePayment,
    CodePay => PayByCode, Card => LinkCard, SendMessage => SendMessage
);

impl AsCommand for Transfer {
    fn command(self) -> Command {
        Command::Send(Box::new(self), PinCheck::Right)
    }
}

impl World {
    /// The shop makes an order about `dinars` that can be paid for half an hour.
    #[track_caller]
    pub fn placed(&mut self, product: Product, dinars: i64) -> PaymentId {
        let (request_id, end) = (self.new_name("order"), self.now + jiff::SignedDuration::from_mins(30));
        self.stands(order(&request_id, product, iqd(dinars), end)).0.payment_id
    }

    /// An order that `user` has paid, or whose money is held.
    #[track_caller]
    pub fn bought(&mut self, user: &str, product: Product, dinars: i64) -> PaymentId {
        let id = self.placed(product, dinars);
        self.done(confirm(user, &id));
        id
    }

    /// Runs what answers with a payment and how it stands.
    #[track_caller]
    pub fn stands(&mut self, command: impl AsCommand) -> (Payment, PaymentState) {
        match self.done(command) {
            Done::Standing(payment, state) => (*payment, *state),
            other => panic!("{other:?}"),
        }
    }

    /// How a payment stands.
    pub fn state(&self, id: &PaymentId) -> PaymentState {
        let payment = self.rows.payment(id).expect("a payment");
        self.rows.payment_state(id).cloned().unwrap_or_else(|| PaymentState::of(payment))
    }

    /// A payment's status.
    pub fn payment_status(&self, id: &PaymentId) -> PaymentStatus {
        self.state(id).status
    }

    /// Wants something done to a payment under a new request id; what came of it.
    #[track_caller]
    pub fn operated(&mut self, id: &PaymentId, wish: Wish) -> PaymentOperation {
        let request_id = self.new_name("operation");
        match self.done(operate(id, &request_id, wish)) {
            Done::Operated(operation) => *operation,
            other => panic!("{other:?}"),
        }
    }

    /// The same, which is refused for good.
    #[track_caller]
    pub fn operation_fails(&mut self, id: &PaymentId, wish: Wish) -> OperationRefusal {
        match self.operated(id, wish).outcome {
            OperationOutcome::Refused(refusal) => refusal,
            OperationOutcome::Done => panic!("it was done"),
        }
    }

    /// Runs what ends in a payment by code, agreement or not; how that ended.
    #[track_caller]
    pub fn paid_by_code(&mut self, request: CodePay) -> Payment {
        match self.done(request) {
            Done::Paid(payment) => *payment,
            other => panic!("{other:?}"),
        }
    }

    /// What of a user's money is held, in fils.
    pub fn on_hold(&self, user: &str) -> i64 {
        self.account(Owner::Hold(UserId::new(user)), Currency::IQD).balance
    }

    /// What the wallet has earned, in fils.
    pub fn fees(&self) -> i64 {
        self.account(Owner::Fees, Currency::IQD).balance
    }

    /// What the last command left to deliver.
    pub fn outgoing(&self) -> Vec<Outbox> {
        let rows = self.changes.iter().filter_map(|change| match change {
            Change::Insert(Row::Outbox(row)) => Some((**row).clone()),
            _ => None,
        });
        rows.collect()
    }

    /// What of it goes to merchants, with the address.
    pub fn notices(&self) -> Vec<(String, OutboxKind)> {
        let rows = self.outgoing().into_iter().filter(|row| row.client_id.is_some());
        rows.map(|row| (row.target, row.kind)).collect()
    }

    /// What the last command put into inboxes.
    pub fn told(&self) -> Vec<(String, UserNews)> {
        let rows = self.changes.iter().filter_map(|change| match change {
            Change::Inbox(message) => Some((message.user_id.to_string(), message.news.clone())),
            _ => None,
        });
        rows.collect()
    }
}
