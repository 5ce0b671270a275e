//! A deed with everything settled: what the engine is asked for and what the model is told. All names are the world's
//! own short ones (`u001`, `p002`); what the wallet knows by a hash is the hash of its name.

use crate::orders;
use mithaq_domain::{
    AgreementPay, Client, Command, Delivery, EndedBy, Evidence, ExchangeCode, FreshTokens, Grant, Hash, Interaction,
    InteractionOutcome, InteractionState, Language, Merchant, Operation, OperationKind, PayRequest, PaymentRef,
    PersonName, PinCheck, Product, RefreshTokens, Scope, Session, Sign, Status, Terms, User, UserStatus, Verdict,
};
use mithaq_store::{Chore, Sent};
use mithaq_types::{
    AppId, AuthId, ClientId, ContractId, InteractionId, MerchantId, MessageId, Money, OutboxId, PaymentId, SessionId,
    Timestamp, TokenId, UserId,
};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Where merchants want to hear of payments and contracts.
pub const PAID_URL: &str = "https://shop.example/paid";
pub const CONTRACT_URL: &str = "https://shop.example/contract";
pub const VOID_URL: &str = "https://shop.example/void";
pub const REFUND_URL: &str = "https://shop.example/refund";

/// What is asked for.
#[derive(Clone, Debug)]
#[rustfmt::skip]
pub enum Act {
    AddUser { user: String, phone: String },
    AddClient { client: String, merchant: String, fee: u32 },
    SetClient { client: String, status: Status, agreement: AgreementPay },
    SetUser { user: String, status: UserStatus },
    ResetPin { user: String },
    TopUp { user: String, amount: Money },
    Deposit { reference: String, user: String, amount: Money },
    Prepare { client: String, offer: String, terms: Box<Terms>, reference: Option<String> },
    OpenSession { session: String },
    LogIn { session: String, user: String, pin: PinCheck },
    LogOut { session: String },
    OpenPage { page: String, client: String, offer: Option<String>, until: Timestamp },
    ClosePage { page: String, outcome: InteractionOutcome },
    Sign { client: String, offer: String, user: String, sub: Option<String>, pin: PinCheck, ceiling: Option<Money>,
           code: String, page: Option<String> },
    Grant { client: String, user: String, scopes: Vec<&'static str>, code: String, page: Option<String> },
    Exchange { client: String, code: String, reference: Option<String>, pair: String },
    Refresh { client: String, old: String, pair: String },
    UseToken { pair: String },
    Cancel { client: String, pair: String },
    /// `code` is what the world calls the contract.
    End { id: ContractId, code: String, by: EndedBy },
    Pay { client: String, request: String, pair: String, amount: Money, told: bool },
    Order { client: String, request: String, product: Product, amount: Money, until: Timestamp, told: bool },
    /// `of` is what the client calls the payment, its own name before.
    Confirm { of: (String, String), id: PaymentId, user: String, pin: PinCheck, card: bool },
    Settle { of: (String, String), id: PaymentId, user: String, attempt: u32, verdict: Verdict },
    Link { user: String },
    Accept { client: String, request: String },
    Operate { client: String, of: String, kind: OperationKind, request: String, wanted: Option<Money> },
    CallOff { client: String, request: String },
    ExpireOrder { of: (String, String), id: PaymentId },
    /// `seen` is how many attempts there were when this one began.
    Delivered { id: OutboxId, seen: usize, error: Option<String> },
    Resend { id: OutboxId },
    MarkRead { id: MessageId, user: String },
    RecordSent { id: OutboxId, channel: &'static str },
    Fold { most: u16 },
}

/// What the engine gets.
pub enum Work {
    Command(Command),
    Chore(Chore),
}

/// What stands for a secret named `text`.
pub fn hash(text: &str) -> Hash {
    let mut value = [0; 32];
    for (index, lane) in value.chunks_exact_mut(8).enumerate() {
        let mut hasher = DefaultHasher::new();
        (index, text).hash(&mut hasher);
        lane.copy_from_slice(&hasher.finish().to_le_bytes());
    }
    Hash(value)
}

/// What must be equal in a repeat.
pub fn content(pair: &str, amount: Money) -> String {
    format!("{pair} {} {}", amount.minor, amount.currency)
}

impl Act {
    /// As the engine takes it.
    pub fn work(&self, now: Timestamp) -> Work {
        let command = match self.clone() {
            Self::AddUser { user, phone } => Command::AddUser(Box::new(new_user(&user, phone))),
            Self::AddClient { client, merchant, fee } => add_client(&client, &merchant, fee),
            Self::SetClient { client, status, agreement } => {
                Command::SetClient { client_id: ClientId::new(client), status, agreement_pay: agreement }
            }
            Self::SetUser { user, status } => Command::SetUser { user_id: UserId::new(user), status },
            Self::ResetPin { user } => {
                let (user_id, pin_hash) = (UserId::new(user), "reset".to_owned());
                Command::Operate(Box::new(Operation::ResetPin { user_id, pin_hash }))
            }
            Self::TopUp { user, amount } => Command::TopUp { user_id: UserId::new(user), amount },
            Self::Deposit { reference, user, amount } => {
                Command::Operate(Box::new(Operation::Deposit { reference, user_id: UserId::new(user), amount }))
            }
            Self::Prepare { client, offer, terms, reference } => Command::Prepare {
                client_id: ClientId::new(client),
                reference_client_id: reference,
                terms,
                auth_id: AuthId::new(offer),
            },
            Self::OpenSession { session } => Command::OpenSession(Box::new(Session {
                token_hash: hash(&session),
                session_id: SessionId::new(session),
                user_id: None,
                csrf: "csrf".to_owned(),
                created_at: now,
                agent: None,
            })),
            Self::LogIn { session, user, pin } => Command::LogIn {
                token_hash: hash(&format!("{session} of {user}")),
                session_id: SessionId::new(session),
                user_id: UserId::new(user),
                pin,
                csrf: "csrf".to_owned(),
            },
            Self::LogOut { session } => Command::LogOut { session_id: SessionId::new(session) },
            Self::OpenPage { page, client, offer, until } => open_page(page, client, offer, until, now),
            Self::ClosePage { page, outcome } => Command::CloseInteraction {
                reply_sealed: format!("closed {page}"),
                interaction_id: InteractionId::new(page),
                outcome,
            },
            Self::Sign { client, offer, user, sub, pin, ceiling, code, page } => Command::Sign(Box::new(Sign {
                auth_id: AuthId::new(offer),
                evidence: Evidence {
                    page_text: "page".to_owned(),
                    page_hash: "hash".to_owned(),
                    merchant_name: format!("shown by {client}"),
                },
                client_id: ClientId::new(client),
                user_id: UserId::new(user),
                sub_client_id: sub,
                pin,
                monthly_ceiling: ceiling,
                code: hash(&code),
                page: page.map(|page| (InteractionId::new(page), format!("signed {code}"))),
            })),
            Self::Grant { client, user, scopes, code, page } => Command::Grant(Box::new(Grant {
                client_id: ClientId::new(client),
                user_id: UserId::new(user),
                scopes: scopes.into_iter().map(|scope| Scope(scope.to_owned())).collect(),
                code: hash(&code),
                page: page.map(|page| (InteractionId::new(page), format!("granted {code}"))),
            })),
            Self::Exchange { client, code, reference, pair } => Command::Exchange(Box::new(ExchangeCode {
                client_id: ClientId::new(client),
                code: hash(&code),
                reference_client_id: reference,
                fresh: fresh(&pair),
            })),
            Self::Refresh { client, old, pair } => Command::Refresh(Box::new(RefreshTokens {
                client_id: ClientId::new(client),
                refresh: refresh(&old),
                fresh: fresh(&pair),
            })),
            Self::UseToken { pair } => Command::UseToken { access: access(&pair) },
            Self::Cancel { client, pair } => {
                Command::CancelToken { client_id: ClientId::new(client), access: access(&pair) }
            }
            Self::End { id, by, .. } => Command::EndContract { contract_id: id, by },
            Self::Pay { client, request, pair, amount, told } => Command::Pay(Box::new(PayRequest {
                client_id: ClientId::new(client),
                description: format!("for {request}"),
                request_id: request,
                content: hash(&content(&pair, amount)),
                access: access(&pair),
                amount,
                notify_url: told.then(|| PAID_URL.to_owned()),
            })),
            order @ (Self::Order { .. } | Self::Confirm { .. } | Self::Settle { .. } | Self::Link { .. }) => {
                orders::command(order, now)
            }
            Self::Accept { client, request } => {
                Command::AcceptOrder { client_id: ClientId::new(client), payment: PaymentRef::Request(request) }
            }
            Self::Operate { client, of, kind, request, wanted } => orders::operate(&client, of, kind, &request, wanted),
            Self::CallOff { client, request } => {
                Command::CancelPayment { client_id: ClientId::new(client), payment: PaymentRef::Request(request) }
            }
            Self::ExpireOrder { id, .. } => Command::ExpirePayment { payment_id: id },
            Self::Delivered { id, seen, error } => {
                let after_attempts = u32::try_from(seen).unwrap_or(u32::MAX);
                Command::Delivered { outbox_id: id, delivery: Delivery { after_attempts, error } }
            }
            Self::Resend { id } => Command::Resend { outbox_id: id },
            Self::MarkRead { id, user } => {
                return Work::Chore(Chore::MarkRead { user_id: UserId::new(user), message_id: id });
            }
            Self::RecordSent { id, channel } => {
                return Work::Chore(Chore::RecordSent(Box::new(sent(id, channel, now))));
            }
            Self::Fold { most } => return Work::Chore(Chore::Fold { most }),
        };
        Work::Command(command)
    }
}

pub fn access(pair: &str) -> Hash {
    hash(&format!("{pair} access"))
}

fn refresh(pair: &str) -> Hash {
    hash(&format!("{pair} refresh"))
}

fn fresh(pair: &str) -> FreshTokens {
    FreshTokens {
        token_id: TokenId::new(pair),
        access: access(pair),
        access_sealed: format!("sealed {pair}"),
        refresh: refresh(pair),
    }
}

fn sent(id: OutboxId, channel: &str, now: Timestamp) -> Sent {
    Sent {
        sent_id: format!("{id} {channel} {now}"),
        outbox_id: id,
        channel: channel.to_owned(),
        to: "somewhere".to_owned(),
        title: None,
        body: "words".to_owned(),
        at: now,
        user_id: UserId::new("somebody"),
        payment_id: None,
    }
}

fn new_user(name: &str, phone: String) -> User {
    User {
        user_id: UserId::new(name),
        phone,
        name: PersonName { full: name.to_owned(), ..PersonName::default() },
        name_ar: PersonName::default(),
        email: None,
        gender: None,
        birth_date: None,
        nationality: None,
        language: Language::EnUs,
        status: UserStatus::Active,
        pin_hash: String::new(),
        pin_failures: 0,
        pin_locked_until: None,
    }
}

fn add_client(client: &str, merchant: &str, fee: u32) -> Command {
    let merchant_id = MerchantId::new(merchant);
    let row = Client {
        client_id: ClientId::new(client),
        merchant_id: merchant_id.clone(),
        status: Status::Active,
        agreement_pay: AgreementPay::Allowed,
        keys: Vec::new(),
        percent_signatures: false,
    };
    let merchant = Merchant {
        merchant_id,
        name: format!("market {merchant}"),
        name_ar: None,
        verified: true,
        status: Status::Active,
        fee_basis_points: fee,
    };
    Command::AddClient { merchant: Box::new(merchant), client: Box::new(row), app: None }
}

fn open_page(page: String, client: String, offer: Option<String>, until: Timestamp, now: Timestamp) -> Command {
    Command::OpenInteraction(Box::new(Interaction {
        interaction_id: InteractionId::new(page),
        session_id: SessionId::new("browser"),
        app_id: AppId::new("app"),
        client_id: ClientId::new(client),
        api: "signContract".to_owned(),
        payment_id: None,
        contract_id: None,
        auth_id: offer.map(AuthId::new),
        sub_client_id: None,
        scopes: Vec::new(),
        state: InteractionState::Open,
        reply_sealed: None,
        opened_at: now,
        expires_at: until,
    }))
}
