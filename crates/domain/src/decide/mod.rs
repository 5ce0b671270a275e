//! One decision per command. Each reads rows from the state and answers with changes.
//!
//! A decision that meets a row nobody has loaded treats it as absent and goes on; [`needs`] runs a
//! decision only to learn which those are. So what a decision reads is written down once: in it.

mod agree;
mod agreements;
mod booking;
mod cancel;
mod charge;
mod deduct;
mod exchange;
mod gateway;
mod instore;
mod operate;
mod operator;
mod orders;
mod pages;
mod parties;
mod pay;
mod people;
mod pin;
mod plans;
mod registry;
mod sign;
mod tokens;
mod transfers;
mod write;

use crate::{Answer, Change, Command, Key, Mint, OperationKind, Policy, State};
use jiff::tz::TimeZone;
use mithaq_types::{ContractId, CustomerId, OperationId, PaymentId, Timestamp};

/// What a decision may depend on besides the rows: all of it given, none of it taken.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// The present.
    pub now: Timestamp,
    /// The operator's settings.
    pub policy: &'a Policy,
    /// The maker of ids.
    pub mint: &'a dyn Mint,
}

/// An answer and the changes that make it true. Refusals may carry changes too: a wrong PIN counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// What the caller hears.
    pub answer: Answer,
    /// What is to be written, all of it or nothing.
    pub changes: Vec<Change>,
}

/// Decides `command` over `state`.
#[must_use]
pub fn decide(command: &Command, state: &State, world: World<'_>) -> Decision {
    let mut write = write::Write::new(state, world);
    let answer = match command {
        Command::AddClient { merchant, client, app } => {
            registry::add_client(&mut write, merchant, client, app.as_deref())
        }
        Command::PutApp(app) => registry::put_app(&mut write, app),
        Command::AddUser(user) => people::add_user(&mut write, user),
        Command::SetClient { client_id, status, agreement_pay } => {
            registry::set_client(&mut write, client_id, *status, *agreement_pay)
        }
        Command::SetUser { user_id, status } => people::set_user(&mut write, user_id, *status),
        Command::TopUp { user_id, amount } => people::top_up(&mut write, user_id, *amount),
        Command::Operate(operation) => operator::operate(&mut write, operation),
        Command::Prepare { client_id, reference_client_id, terms, auth_id } => {
            sign::prepare(&mut write, client_id, reference_client_id.as_deref(), terms, auth_id)
        }
        Command::Sign(sign) => sign::sign(&mut write, sign),
        Command::Grant(grant) => sign::grant(&mut write, grant),
        Command::Exchange(exchange) => exchange::exchange(&mut write, exchange),
        Command::Refresh(refresh) => exchange::refresh(&mut write, refresh),
        Command::UseToken { access } => tokens::use_token(&mut write, *access),
        Command::CancelToken { client_id, access } => agreements::cancel_token(&mut write, client_id, *access),
        Command::EndContract { contract_id, by } => agreements::end_contract(&mut write, contract_id, by),
        Command::PutGatewayApp(app) => registry::put_gateway_app(&mut write, app),
        Command::SignAgreement(sign) => agree::sign(&mut write, sign),
        Command::Deduct(request) => deduct::deduct(&mut write, request),
        Command::MovePlan { client_id, contract_id, to } => plans::put_off(&mut write, client_id, contract_id, *to),
        Command::RunPlan { contract_id } => plans::run(&mut write, contract_id),
        Command::Pay(request) => pay::pay(&mut write, request),
        Command::Order(request) => orders::order(&mut write, request),
        Command::ConfirmOrder(request) => orders::confirm(&mut write, request),
        Command::SettleCard(request) => orders::settle_card(&mut write, request),
        Command::AcceptOrder { client_id, payment } => operate::accept(&mut write, client_id, payment),
        Command::OperatePayment(request) => operate::operate(&mut write, request),
        Command::ClosePayment { client_id, payment } => cancel::close(&mut write, client_id, payment),
        Command::CancelPayment { client_id, payment } => cancel::cancel(&mut write, client_id, payment),
        Command::ExpirePayment { payment_id } => orders::expire(&mut write, payment_id),
        Command::FreezePayment { payment_id, frozen } => orders::freeze(&mut write, payment_id, *frozen),
        Command::IssueCode { user_id, pin, code } => instore::issue(&mut write, user_id, *pin, *code),
        Command::PayByCode(request) => instore::pay(&mut write, request),
        Command::Send(transfer, pin) => transfers::send(&mut write, transfer, *pin),
        Command::LinkCard(card) => transfers::link_card(&mut write, card),
        Command::RemoveCard { card_id, user_id } => transfers::remove_card(&mut write, card_id, user_id),
        Command::SendMessage(request) => transfers::message(&mut write, request),
        Command::ChangePin { user_id, pin, pin_hash } => people::change_pin(&mut write, user_id, *pin, pin_hash),
        Command::SetLanguage { user_id, language } => people::set_language(&mut write, user_id, *language),
        Command::EndSession { session_id, user_id } => people::end_session(&mut write, session_id, user_id),
        Command::OpenSession(session) => people::open_session(&mut write, session),
        Command::LogIn { session_id, user_id, pin, token_hash, csrf } => {
            people::log_in(&mut write, session_id, user_id, *pin, *token_hash, csrf)
        }
        Command::LogOut { session_id } => people::log_out(&mut write, session_id),
        Command::OpenInteraction(interaction) => pages::open(&mut write, interaction),
        Command::CloseInteraction { interaction_id, outcome, reply_sealed } => {
            pages::close(&mut write, interaction_id, *outcome, reply_sealed)
        }
        Command::Delivered { outbox_id, delivery } => pages::delivered(&mut write, outbox_id, delivery),
        Command::Resend { outbox_id } => pages::resend(&mut write, outbox_id),
    };
    Decision { answer, changes: write.into_changes() }
}

/// The rows that deciding `command` over `state` still lacks. Empty: it can be decided.
#[must_use]
pub fn needs(command: &Command, state: &State, world: World<'_>) -> Vec<Key> {
    let _ = state.take_missing();
    let _ = decide(command, state, World { mint: &NoMint, ..world });
    state.take_missing()
}

/// For the dry run of [`needs`], whose ids nobody will see: real ones are not used up.
struct NoMint;

impl Mint for NoMint {
    fn payment(&self, _: Timestamp, _: &TimeZone) -> PaymentId {
        PaymentId::new("")
    }
    fn operation(&self, _: OperationKind, _: Timestamp, _: &TimeZone) -> OperationId {
        OperationId::new("")
    }
    fn row(&self, _: Timestamp) -> String {
        String::new()
    }
    fn contract(&self, _: Timestamp, _: &TimeZone) -> ContractId {
        ContractId::new("")
    }
    fn agreement(&self, _: Timestamp, _: &TimeZone) -> ContractId {
        ContractId::new("")
    }
    fn customer(&self) -> CustomerId {
        CustomerId::new("")
    }
}
