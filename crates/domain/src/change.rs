//! What a decision wants written. Sets of rows and balanced transactions, nothing else.

use crate::{
    Account, AccountId, AgreementHolder, AgreementNumber, App, Audit, AuthCode, Card, Client, Consent, Contract,
    ContractState, Customer, Deposit, GatewayApp, Hash, InboxMessage, Interaction, Merchant, MerchantMessage, Offer,
    OperationKind, Outbox, Payment, PaymentCode, PaymentOperation, PaymentState, Session, Token, Transaction, Transfer,
    User,
};
use mithaq_types::{
    AppId, AuthId, CardId, ClientId, ContractId, GatewayAppId, InteractionId, MerchantId, OperationId, OutboxId,
    PaymentId, SessionId, TokenId, TransferId, UserId,
};

/// The name of a row: what a decision asks the store for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Key {
    /// An account.
    Account(AccountId),
    /// The agreements of a user with a client that are in force.
    AgreementHolder(UserId, ClientId),
    /// Which agreement a client's own number names.
    AgreementNumber(ClientId, String),
    /// A Mini Program.
    App(AppId),
    /// A linked card.
    Card(CardId),
    /// A client.
    Client(ClientId),
    /// A code, by the SHA-256 of it.
    Code(Hash),
    /// What a user has granted a client.
    Consent(UserId, ClientId),
    /// A contract.
    Contract(ContractId),
    /// How a contract stands.
    ContractState(ContractId),
    /// What a merchant knows a user as.
    Customer(UserId, MerchantId),
    /// Money from outside, by what it is called there.
    Deposit(String),
    /// An app of the gateway.
    GatewayApp(GatewayAppId),
    /// A wallet page.
    Interaction(InteractionId),
    /// A merchant.
    Merchant(MerchantId),
    /// What a merchant wrote to a user, by its client and the merchant's id of it.
    MerchantMessage(ClientId, String),
    /// An offer.
    Offer(AuthId),
    /// Something that happened to a payment.
    Operation(OperationId),
    /// The same, by its client, its kind and the merchant's id of it.
    OperationByRequest(ClientId, OperationKind, String),
    /// A delivery.
    Outbox(OutboxId),
    /// A payment.
    Payment(PaymentId),
    /// A payment, by its client and the merchant's id of the request.
    PaymentByRequest(ClientId, String),
    /// A code that a user shows to pay with, by the SHA-256 of it.
    PaymentCode(Hash),
    /// How a payment stands.
    PaymentState(PaymentId),
    /// A session.
    Session(SessionId),
    /// A token pair.
    Token(TokenId),
    /// A token pair, by the SHA-256 of its access token.
    TokenByAccess(Hash),
    /// A token pair, by the SHA-256 of its refresh token.
    TokenByRefresh(Hash),
    /// Money from one user to another.
    Transfer(TransferId),
    /// A user.
    User(UserId),
    /// A user, by phone number.
    UserByPhone(String),
}

/// A row.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each variant is the type it holds")]
pub enum Row {
    Account(Account),
    AgreementHolder(Box<AgreementHolder>),
    AgreementNumber(AgreementNumber),
    App(App),
    Card(Card),
    Client(Client),
    Code(AuthCode),
    Consent(Consent),
    Contract(Box<Contract>),
    ContractState(ContractState),
    Customer(Customer),
    Deposit(Box<Deposit>),
    GatewayApp(Box<GatewayApp>),
    Interaction(Box<Interaction>),
    Merchant(Merchant),
    MerchantMessage(Box<MerchantMessage>),
    Offer(Box<Offer>),
    Operation(Box<PaymentOperation>),
    Outbox(Box<Outbox>),
    Payment(Box<Payment>),
    PaymentCode(PaymentCode),
    PaymentState(Box<PaymentState>),
    Session(Session),
    Token(Box<Token>),
    Transfer(Box<Transfer>),
    User(Box<User>),
}

impl Row {
    /// Its own name: what it is stored under.
    #[must_use]
    pub fn key(&self) -> Key {
        match self {
            Self::Account(row) => Key::Account(row.id.clone()),
            Self::AgreementHolder(row) => Key::AgreementHolder(row.user_id.clone(), row.client_id.clone()),
            Self::AgreementNumber(row) => Key::AgreementNumber(row.client_id.clone(), row.external_no.clone()),
            Self::App(row) => Key::App(row.app_id.clone()),
            Self::Card(row) => Key::Card(row.card_id.clone()),
            Self::Client(row) => Key::Client(row.client_id.clone()),
            Self::Code(row) => Key::Code(row.hash),
            Self::Consent(row) => Key::Consent(row.user_id.clone(), row.client_id.clone()),
            Self::Contract(row) => Key::Contract(row.contract_id.clone()),
            Self::ContractState(row) => Key::ContractState(row.contract_id.clone()),
            Self::Customer(row) => Key::Customer(row.user_id.clone(), row.merchant_id.clone()),
            Self::Deposit(row) => Key::Deposit(row.reference.clone()),
            Self::GatewayApp(row) => Key::GatewayApp(row.app_id.clone()),
            Self::Interaction(row) => Key::Interaction(row.interaction_id.clone()),
            Self::Merchant(row) => Key::Merchant(row.merchant_id.clone()),
            Self::MerchantMessage(row) => Key::MerchantMessage(row.client_id.clone(), row.request_id.clone()),
            Self::Offer(row) => Key::Offer(row.auth_id.clone()),
            Self::Operation(row) => Key::Operation(row.operation_id.clone()),
            Self::Outbox(row) => Key::Outbox(row.outbox_id.clone()),
            Self::Payment(row) => Key::Payment(row.payment_id.clone()),
            Self::PaymentCode(row) => Key::PaymentCode(row.hash),
            Self::PaymentState(row) => Key::PaymentState(row.payment_id.clone()),
            Self::Session(row) => Key::Session(row.session_id.clone()),
            Self::Token(row) => Key::Token(row.token_id.clone()),
            Self::Transfer(row) => Key::Transfer(row.transfer_id.clone()),
            Self::User(row) => Key::User(row.user_id.clone()),
        }
    }

    /// The other names it can be found by.
    #[must_use]
    pub fn other_keys(&self) -> Vec<Key> {
        match self {
            Self::Token(row) => vec![Key::TokenByAccess(row.access_hash), Key::TokenByRefresh(row.refresh_hash)],
            Self::User(row) => vec![Key::UserByPhone(row.phone.clone())],
            Self::Payment(row) => vec![Key::PaymentByRequest(row.client_id.clone(), row.request_id.clone())],
            Self::Operation(row) => {
                vec![Key::OperationByRequest(row.client_id.clone(), row.kind, row.request_id.clone())]
            }
            _ => Vec::new(),
        }
    }
}

/// One thing to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// A row that must not exist yet. Contracts, deposits, payments and their operations are only ever inserted.
    Insert(Row),
    /// A row that exists and changes.
    Update(Row),
    /// Money moves: the entries are appended, and the balances follow.
    Post(Transaction),
    /// A message in an inbox.
    Inbox(InboxMessage),
    /// A line of the audit trail.
    Audit(Audit),
}
