//! Commands in few words. What a test is about it changes in them; the rest is as usual.

use super::SHOP;
use mithaq_domain::{
    App, Command, Evidence, ExchangeCode, FreshTokens, Grant, Hash, Interaction, PayRequest, PinCheck, RefreshTokens,
    Scope, Session, Sign, Terms, User,
};
use mithaq_types::{AuthId, ClientId, Currency, Money, Timestamp, TokenId, UserId};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Dinars.
pub fn iqd(dinars: i64) -> Money {
    Money::whole(dinars, Currency::IQD).expect("fits")
}

/// Dollars.
pub fn usd(dollars: i64) -> Money {
    Money::whole(dollars, Currency::parse("USD").expect("known")).expect("fits")
}

/// An instant.
pub fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// A value for `text` that no other text has, as SHA-256 would give it.
pub fn hash(text: &str) -> Hash {
    let mut value = [0; 32];
    for (index, lane) in value.chunks_exact_mut(8).enumerate() {
        let mut hasher = DefaultHasher::new();
        (index, text).hash(&mut hasher);
        lane.copy_from_slice(&hasher.finish().to_le_bytes());
    }
    Hash(value)
}

/// A pair of tokens, all of it made of `name`.
pub fn fresh(name: &str) -> FreshTokens {
    FreshTokens {
        token_id: TokenId::new(name),
        access: hash(&format!("{name} access")),
        access_sealed: format!("sealed {name}"),
        refresh: hash(&format!("{name} refresh")),
    }
}

/// The shop prepares `terms` under `auth_id`.
pub fn prepare(auth_id: &AuthId, terms: Terms) -> Command {
    let (client_id, terms) = (ClientId::new(SHOP), Box::new(terms));
    Command::Prepare { client_id, reference_client_id: None, terms, auth_id: auth_id.clone() }
}

/// `user` accepts `offer` of the shop with the right PIN; `code` becomes the merchant's code.
pub fn sign(user: &str, offer: &AuthId, code: &str) -> Sign {
    Sign {
        auth_id: offer.clone(),
        client_id: ClientId::new(SHOP),
        user_id: UserId::new(user),
        sub_client_id: None,
        pin: PinCheck::Right,
        evidence: Evidence {
            page_text: super::SEEN.to_owned(),
            page_hash: hash(super::SEEN).to_string(),
            merchant_name: "Zaytoun Market".to_owned(),
        },
        monthly_ceiling: None,
        code: hash(code),
        page: None,
    }
}

/// `user` grants the shop `scopes`; `code` becomes the merchant's code.
pub fn grant(user: &str, scopes: &[&str], code: &str) -> Grant {
    Grant {
        client_id: ClientId::new(SHOP),
        user_id: UserId::new(user),
        scopes: scopes.iter().map(|scope| Scope((*scope).to_owned())).collect(),
        code: hash(code),
        page: None,
    }
}

/// The shop exchanges `code` and is given the pair `tokens`.
pub fn exchange(code: &str, tokens: &str) -> ExchangeCode {
    ExchangeCode { client_id: ClientId::new(SHOP), code: hash(code), reference_client_id: None, fresh: fresh(tokens) }
}

/// The shop refreshes the pair `old` and is given the pair `tokens`.
pub fn refresh(old: &str, tokens: &str) -> RefreshTokens {
    RefreshTokens { client_id: ClientId::new(SHOP), refresh: fresh(old).refresh, fresh: fresh(tokens) }
}

/// The shop cancels the pair `tokens`.
pub fn cancel(tokens: &str) -> Command {
    Command::CancelToken { client_id: ClientId::new(SHOP), access: fresh(tokens).access }
}

/// The shop deducts `amount` with the pair `tokens`.
pub fn pay(tokens: &str, request_id: &str, amount: Money) -> PayRequest {
    let access = fresh(tokens).access;
    PayRequest {
        client_id: ClientId::new(SHOP),
        request_id: request_id.to_owned(),
        content: hash(&format!("{access} {amount:?}")),
        access,
        amount,
        description: "December".to_owned(),
        notify_url: None,
    }
}

/// What can be run as a command.
pub trait AsCommand {
    /// The command.
    fn command(self) -> Command;
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
    User => AddUser, Sign => Sign, Grant => Grant, ExchangeCode => Exchange, RefreshTokens => Refresh,
    PayRequest => Pay, Session => OpenSession, Interaction => OpenInteraction, App => PutApp
);

impl AsCommand for Command {
    fn command(self) -> Command {
        self
    }
}
