//! What an event of a payment writes: the postings, the state, and what everybody is told.

use super::gateway;
use super::write::Write;
use crate::{
    AccountId, Entry, Flow, Key, Merchant, NoticeStep, OutboxKind, Owner, Payment, PaymentState, PaymentStatus,
    Refusal, Row, Step, Transaction, User, UserNews,
};
use mithaq_types::{Money, UserId};

/// An event with every sum done. Nothing is written before [`Booking::book`].
pub struct Booking {
    state: PaymentState,
    flow: Flow,
    transaction: Option<Transaction>,
    /// What the payer can spend afterwards.
    left: Money,
}

/// What the wallet keeps of `minor`.
fn fee_of(payment: &Payment, merchant: &Merchant, minor: i64) -> Result<i64, Refusal> {
    let part = Money::new(minor, payment.amount.currency).share(merchant.fee_basis_points);
    part.map(|fee| fee.minor).map_err(|_| Refusal::AmountImpossible)
}

impl Booking {
    /// Does the sums of `step` for the payer. `loaded` is what a card puts into the wallet in this very decision.
    pub fn of(
        write: &Write<'_>,
        payment: &Payment,
        merchant: &Merchant,
        step: Step,
        payer: &UserId,
        transaction_id: &str,
        loaded: i64,
    ) -> Result<Self, Refusal> {
        let Step { mut state, flow } = step;
        match flow {
            Flow::Pay(minor) | Flow::Take { paid: minor, .. } => state.fee = fee_of(payment, merchant, minor)?,
            Flow::Reverse(_) | Flow::Nothing | Flow::Hold(_) | Flow::Release(_) | Flow::Refund(_) => {}
        }
        let currency = payment.amount.currency;
        let account = |owner| AccountId { owner, currency };
        let wallet = account(Owner::User(payer.clone()));
        let transaction = match entries(flow, state.fee) {
            None => None,
            Some((cause, parts)) => {
                let owner = |part| match part {
                    Part::Wallet => Owner::User(payer.clone()),
                    Part::Hold => Owner::Hold(payer.clone()),
                    Part::Merchant => Owner::Merchant(payment.merchant_id.clone()),
                    Part::Fees => Owner::Fees,
                };
                let entry = |(part, minor): (Part, i64)| Entry { account: account(owner(part)), minor };
                let lines = parts.into_iter().map(entry).collect();
                let (id, cause_of) = (transaction_id.to_owned(), Some(payment.payment_id.clone()));
                let transaction = Transaction::new(id, write.now(), cause_of, cause, lines);
                let transaction = transaction.map_err(|_| Refusal::AmountImpossible)?;
                affordable(write, &transaction, loaded)?;
                Some(transaction)
            }
        };
        if matches!(flow, Flow::Reverse(_)) {
            state.fee = 0;
        }
        let moved = transaction.iter().flat_map(Transaction::entries).filter(|entry| entry.account == wallet);
        let moved: i64 = moved.map(|entry| entry.minor).sum();
        let before = write.state.balance_of(&wallet).balance;
        let left = before.checked_add(loaded).and_then(|sum| sum.checked_add(moved));
        let left = Money::new(left.ok_or(Refusal::AmountImpossible)?, currency);
        Ok(Self { state, flow, transaction, left })
    }

    /// Moves the money, keeps the state and tells the payer; the state as it is then.
    pub fn book(
        self,
        write: &mut Write<'_>,
        payment: &Payment,
        merchant: &Merchant,
        payer: Option<&User>,
    ) -> PaymentState {
        if let Some(transaction) = self.transaction {
            write.post(transaction);
        }
        put_state(write, &self.state);
        if let Some(payer) = payer {
            let name = merchant.name_in(payer.language).to_owned();
            let news = news(payment, name, &self.state, self.flow, self.left);
            news.into_iter().for_each(|news| write.tell(payer, news, Some(&payment.payment_id)));
        }
        self.state
    }
}

/// Writes a state that may not have been stored before. Whoever changes one has looked for it; that of a payment which is
/// made in this very decision nobody can have stored, and asking for it would be asking for another id each time.
pub fn put_state(write: &mut Write<'_>, state: &PaymentState) {
    let stored = write.state.peek(&Key::PaymentState(state.payment_id.clone())).is_some();
    let row = Row::PaymentState(Box::new(state.clone()));
    if stored { write.update(row) } else { write.insert(row) }
}

/// Tells the merchant what became of a payment, if that is news worth a notification and the merchant wants to hear it.
pub fn notify(write: &mut Write<'_>, payment: &Payment, state: &PaymentState) {
    if payment.gateway.is_some() {
        if state.status.is_final() {
            gateway::tell_trade(write, payment, state, None);
        }
        return;
    }
    let Some(url) = &payment.notify_url else { return };
    let now = write.now();
    let step = match state.status {
        PaymentStatus::Authorized => NoticeStep::Authorized { at: state.authorized_at.unwrap_or(now) },
        PaymentStatus::Success => NoticeStep::Paid { at: state.paid_at.unwrap_or(now), minor: state.taken },
        PaymentStatus::Failed(reason) => NoticeStep::Failed(reason),
        PaymentStatus::Cancelled(reason) => NoticeStep::Cancelled(reason),
        PaymentStatus::Open | PaymentStatus::Processing => return,
    };
    let kind = OutboxKind::PaymentNotice { payment_id: payment.payment_id.clone(), step: Some(step) };
    write.send(kind, url.clone(), Some(&payment.client_id), Some(&payment.payment_id));
}

/// Whose account a line of a posting changes.
#[derive(Clone, Copy)]
enum Part {
    Wallet,
    Hold,
    Merchant,
    Fees,
}

/// The lines of a flow: the payer gives or gets all of it, the wallet keeps its fee, the merchant has the rest. A refund
/// leaves the fee where it is: the merchant bears it.
fn entries(flow: Flow, fee: i64) -> Option<(&'static str, Vec<(Part, i64)>)> {
    use Part::{Fees, Hold, Merchant, Wallet};
    Some(match flow {
        Flow::Nothing => return None,
        Flow::Pay(minor) => ("payment", vec![(Wallet, -minor), (Merchant, minor - fee), (Fees, fee)]),
        Flow::Hold(minor) => ("hold", vec![(Wallet, -minor), (Hold, minor)]),
        Flow::Take { paid, released } => {
            ("capture", vec![(Hold, -paid - released), (Merchant, paid - fee), (Fees, fee), (Wallet, released)])
        }
        Flow::Release(minor) => ("release", vec![(Hold, -minor), (Wallet, minor)]),
        Flow::Refund(minor) => ("refund", vec![(Merchant, -minor), (Wallet, minor)]),
        Flow::Reverse(minor) => ("reversal", vec![(Merchant, fee - minor), (Fees, -fee), (Wallet, minor)]),
    })
}

/// Whether everybody has what the posting takes from them.
fn affordable(write: &Write<'_>, transaction: &Transaction, loaded: i64) -> Result<(), Refusal> {
    for entry in transaction.entries() {
        if entry.is_appended() {
            if !entry.may_be_appended() {
                return Err(Refusal::AmountImpossible);
            }
            continue;
        }
        let is_wallet = matches!(entry.account.owner, Owner::User(_));
        let before = write.state.balance_of(&entry.account).balance;
        let before = before.checked_add(if is_wallet { loaded } else { 0 }).ok_or(Refusal::AmountImpossible)?;
        let after = before.checked_add(entry.minor).ok_or(Refusal::AmountImpossible)?;
        if after < 0 && !entry.account.may_be_negative() {
            return Err(match entry.account.owner {
                Owner::User(_) => Refusal::BalanceShort,
                Owner::Merchant(_) | Owner::Fees => Refusal::MerchantBalanceShort,
                Owner::Hold(_) | Owner::World => Refusal::AmountImpossible,
            });
        }
    }
    Ok(())
}

/// What the payer reads about it.
fn news(payment: &Payment, merchant: String, state: &PaymentState, flow: Flow, balance: Money) -> Option<UserNews> {
    let money = |minor| Money::new(minor, payment.amount.currency);
    let description = payment.description.clone();
    Some(match flow {
        Flow::Nothing => return None,
        Flow::Pay(minor) => UserNews::Paid { merchant, amount: money(minor), description, balance },
        Flow::Hold(minor) => UserNews::Held { merchant, amount: money(minor), description, until: state.due_at },
        Flow::Take { paid, released } => {
            UserNews::Captured { merchant, amount: money(paid), released: money(released) }
        }
        Flow::Release(minor) => UserNews::Released { merchant, amount: money(minor) },
        Flow::Refund(minor) | Flow::Reverse(minor) => UserNews::Refunded { merchant, amount: money(minor), balance },
    })
}
