//! One row of every kind, with everything filled that can be.

use super::commands::{hash, iqd};
use super::{agreement_rows, orders};
use mithaq_domain::{
    Account, AccountId, AgreementPay, App, Audit, AuthCode, Client, ClientKey, Consent, Contract, ContractState,
    ContractStatus, Customer, DaySpend, DeliveryState, Deposit, EndReason, FailReason, InboxMessage, Interaction,
    InteractionOutcome, InteractionState, Language, Merchant, NoticeStep, Offer, Outbox, OutboxKind, Payment,
    PaymentOutcome, PersonName, Product, Row, Scope, Session, Status, Terms, Token, User, UserNews, UserStatus,
};
use mithaq_store::WriteSet;
use mithaq_types::{
    AppId, AuthId, ClientId, ContractId, Currency, CustomerId, InteractionId, MerchantId, MessageId, Money, OutboxId,
    PaymentId, SessionId, Timestamp, TokenId, UserId,
};

pub fn user(name: &str) -> User {
    let person = |full: &str| PersonName { full: full.to_owned(), ..PersonName::default() };
    User {
        user_id: UserId::new(name),
        phone: format!("964-{name}"),
        name: person("Sara Ali Hasan"),
        name_ar: person("سارة علي حسن"),
        email: Some("sara@example.com".to_owned()),
        gender: Some("FEMALE".to_owned()),
        birth_date: Some("1990-01-31".to_owned()),
        nationality: Some("IQ".to_owned()),
        language: Language::ArIq,
        status: UserStatus::Active,
        pin_hash: "$argon2id$".to_owned(),
        pin_failures: 0,
        pin_locked_until: None,
    }
}

pub fn merchant(name: &str) -> Merchant {
    Merchant {
        merchant_id: MerchantId::new(name),
        name: "Zaytoun Market".to_owned(),
        name_ar: Some("سوق زيتون".to_owned()),
        verified: true,
        status: Status::Active,
        fee_basis_points: 100,
    }
}

pub fn client(name: &str) -> Client {
    Client {
        client_id: ClientId::new(name),
        merchant_id: MerchantId::new(name),
        status: Status::Active,
        agreement_pay: AgreementPay::Allowed,
        keys: vec![ClientKey { version: 1, public_pem: "-----BEGIN PUBLIC KEY-----".to_owned() }],
        percent_signatures: false,
    }
}

pub fn now() -> Timestamp {
    "2026-12-01T06:00:00.123Z".parse().expect("an instant")
}

fn terms() -> Terms {
    Terms {
        language: Language::ArIq,
        title: Some("صندوق".to_owned()),
        description: "A fresh box every month".to_owned(),
        agreed_amount: Some(iqd(5_000)),
        start_date: Some("2026-12-31".parse().expect("a day")),
        status_notify_url: Some("https://shop.example/contract".to_owned()),
        agreement: Some(Box::new(agreement_rows::terms())),
    }
}

/// One new row of every kind.
pub fn every_row() -> Vec<Row> {
    older_rows().into_iter().chain(orders::rows()).chain(agreement_rows::rows()).collect()
}

fn older_rows() -> Vec<Row> {
    let (client_id, merchant_id, user_id) = (ClientId::new("c"), MerchantId::new("m"), UserId::new("u"));
    let (contract_id, token_id) = (ContractId::new("k"), TokenId::new("t"));
    let customer_id = CustomerId::new("216610000000000000000001");
    let day = "2026-12-01".parse().expect("a day");
    let account = AccountId::user(user_id.clone(), Currency::IQD);
    vec![
        Row::Account(Account { id: account, balance: 7, spend: Some(DaySpend { day, minor: 3 }) }),
        Row::App(App {
            app_id: AppId::new("a"),
            client_id: client_id.clone(),
            name: "Shop".to_owned(),
            name_ar: None,
            start_url: "https://shop.example/".to_owned(),
            origins: vec!["https://shop.example".to_owned()],
        }),
        Row::Client(Client { merchant_id: merchant_id.clone(), ..client("c") }),
        Row::Code(AuthCode {
            hash: hash("code"),
            client_id: client_id.clone(),
            user_id: user_id.clone(),
            customer_id: customer_id.clone(),
            scopes: vec![Scope("AGREEMENT_PAY".to_owned())],
            contract_id: Some(contract_id.clone()),
            reference_client_id: None,
            expires_at: now(),
            used_at: None,
            token_id: None,
        }),
        Row::Consent(Consent {
            user_id: user_id.clone(),
            client_id: client_id.clone(),
            scopes: vec![Scope("USER_NAME".to_owned())],
            at: now(),
            messages: None,
        }),
        Row::Contract(Box::new(Contract {
            contract_id: contract_id.clone(),
            auth_id: AuthId::new("o"),
            client_id: client_id.clone(),
            merchant_id: merchant_id.clone(),
            user_id: user_id.clone(),
            customer_id: customer_id.clone(),
            reference_client_id: Some("sub".to_owned()),
            terms: terms(),
            merchant_name: "Zaytoun's \"Market\" \\ سوق".to_owned(),
            monthly_ceiling: Some(iqd(9_000)),
            page_text: "line\nline".to_owned(),
            page_hash: hash("page").to_string(),
            accepted_at: now(),
        })),
        Row::ContractState(ContractState {
            contract_id: contract_id.clone(),
            user_id: user_id.clone(),
            status: ContractStatus::Active,
            expires_at: now(),
            token_id: Some(token_id.clone()),
            charges: 1,
            charged_minor: 3,
            month: Some(day),
            month_minor: 3,
            last_charge_at: Some(now()),
            last_payment: Some(PaymentId::new("p")),
            plan: Some(agreement_rows::plan()),
            run: Some(agreement_rows::run()),
        }),
        Row::Customer(Customer {
            user_id: user_id.clone(),
            merchant_id: merchant_id.clone(),
            customer_id: customer_id.clone(),
        }),
        Row::Deposit(Box::new(Deposit {
            reference: "bank 17".to_owned(),
            user_id: user_id.clone(),
            amount: iqd(4),
            balance: iqd(7),
            transaction_id: "d".to_owned(),
            at: now(),
        })),
        Row::Interaction(Box::new(Interaction {
            interaction_id: InteractionId::new("i"),
            session_id: SessionId::new("s"),
            app_id: AppId::new("a"),
            client_id: client_id.clone(),
            api: "qicardSignContract".to_owned(),
            payment_id: Some(PaymentId::new("p")),
            contract_id: Some(ContractId::new("k")),
            auth_id: Some(AuthId::new("o")),
            sub_client_id: None,
            scopes: Vec::new(),
            state: InteractionState::Open,
            reply_sealed: None,
            opened_at: now(),
            expires_at: now(),
        })),
        Row::Merchant(merchant("m")),
        Row::Offer(Box::new(Offer {
            auth_id: AuthId::new("o"),
            client_id: client_id.clone(),
            merchant_id: merchant_id.clone(),
            reference_client_id: None,
            terms: terms(),
            created_at: now(),
            expires_at: now(),
        })),
        Row::Outbox(Box::new(Outbox {
            outbox_id: OutboxId::new("x"),
            kind: OutboxKind::PaymentNotice {
                payment_id: PaymentId::new("p"),
                step: Some(NoticeStep::Paid { at: now(), minor: 3 }),
            },
            target: "https://shop.example/paid".to_owned(),
            client_id: Some(client_id.clone()),
            payment_id: Some(PaymentId::new("p")),
            created_at: now(),
            state: DeliveryState::Pending,
            attempts: 0,
            next_at: now(),
            last_error: None,
        })),
        Row::Payment(Box::new(Payment {
            payment_id: PaymentId::new("p"),
            client_id: client_id.clone(),
            request_id: "r".to_owned(),
            content: hash("content"),
            merchant_id,
            product: Product::Agreement,
            amount: iqd(3),
            fee: Money::zero(Currency::IQD),
            user_id: None,
            contract_id: None,
            previous: Some(PaymentId::new("o")),
            outcome: PaymentOutcome::Fail(FailReason::Balance),
            order: Some(Box::new(orders::order())),
            gateway: Some(Box::new(agreement_rows::trade())),
            description: "December".to_owned(),
            notify_url: None,
            created_at: now(),
            paid_at: None,
        })),
        Row::Session(Session {
            session_id: SessionId::new("s"),
            token_hash: hash("cookie"),
            user_id: None,
            csrf: "csrf".to_owned(),
            created_at: now(),
            agent: None,
        }),
        Row::Token(Box::new(Token {
            token_id,
            access_hash: hash("access"),
            refresh_hash: hash("refresh"),
            access_sealed: Some("sealed".to_owned()),
            client_id,
            user_id,
            customer_id,
            scopes: vec![Scope("AGREEMENT_PAY".to_owned())],
            contract_id: Some(contract_id),
            access_expires_at: now(),
            refresh_expires_at: now(),
            revoked_at: None,
            first_used_at: None,
            refreshed_at: None,
            successor: None,
            predecessor: None,
        })),
        Row::User(Box::new(user("u"))),
    ]
}

/// The same rows after a change, of the kinds that change.
pub fn changed_rows() -> Vec<Row> {
    let change = |row: Row| match row {
        Row::Account(row) => Some(Row::Account(Account { balance: 2, spend: None, ..row })),
        Row::App(row) => Some(Row::App(App { name_ar: Some("سوق".to_owned()), ..row })),
        Row::Client(row) => Some(Row::Client(Client { status: Status::Suspended, ..row })),
        Row::Code(row) => Some(Row::Code(AuthCode { used_at: Some(now()), ..row })),
        Row::Consent(row) => Some(Row::Consent(Consent { scopes: Vec::new(), ..row })),
        Row::ContractState(row) => {
            let status = ContractStatus::Ended { reason: EndReason::User, at: now() };
            Some(Row::ContractState(ContractState { status, ..row }))
        }
        Row::Interaction(mut row) => {
            row.state = InteractionState::Final(InteractionOutcome::Done);
            Some(Row::Interaction(row))
        }
        Row::Outbox(mut row) => {
            (row.state, row.attempts) = (DeliveryState::Dead, 8);
            Some(Row::Outbox(row))
        }
        Row::Session(row) => {
            let (token_hash, user_id) = (hash("another cookie"), Some(UserId::new("u")));
            Some(Row::Session(Session { token_hash, user_id, ..row }))
        }
        Row::Token(mut row) => {
            row.revoked_at = Some(now());
            Some(Row::Token(row))
        }
        Row::User(mut row) => {
            (row.pin_failures, row.phone) = (3, "964-new".to_owned());
            Some(Row::User(row))
        }
        Row::Merchant(row) => Some(Row::Merchant(Merchant { status: Status::Suspended, ..row })),
        row @ (Row::AgreementHolder(_) | Row::AgreementNumber(_) | Row::GatewayApp(_)) => {
            Some(agreement_rows::changed(row))
        }
        row => orders::changed(row),
    };
    every_row().into_iter().filter_map(change).collect()
}

/// A set that inserts `rows`, with a message and an audit line beside them.
pub fn filled(rows: Vec<Row>) -> WriteSet {
    let (accounts, inserts) = rows.into_iter().partition::<Vec<_>, _>(|row| matches!(row, Row::Account(_)));
    let message = InboxMessage {
        message_id: MessageId::new("n"),
        user_id: UserId::new("u"),
        at: now(),
        news: UserNews::ToppedUp { amount: iqd(1), balance: iqd(2) },
        payment_id: None,
        read: false,
    };
    let audit = Audit {
        id: "l".to_owned(),
        at: now(),
        actor: "operator".to_owned(),
        action: "row.added".to_owned(),
        subject: "row:1".to_owned(),
        detail: None,
    };
    WriteSet {
        inserts,
        accounts: accounts.into_iter().filter_map(account).collect(),
        inbox: vec![message],
        audit: vec![audit],
        ..WriteSet::default()
    }
}

fn account(row: Row) -> Option<Account> {
    if let Row::Account(account) = row { Some(account) } else { None }
}
