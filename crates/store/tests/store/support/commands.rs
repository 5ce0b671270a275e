//! Commands in few words.

use super::House;
use super::samples::{client, merchant, user};
use mithaq_domain::{
    Command, EndedBy, Evidence, ExchangeCode, FreshTokens, Hash, Language, PayRequest, PinCheck, Sign, Terms,
};
use mithaq_types::{AuthId, ClientId, ContractId, Currency, Money, TokenId, UserId};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// A user.
pub const SARA: &str = "sara";
/// A merchant and its client, with a fee of 1 %.
pub const SHOP: &str = "zaytoun";

/// Dinars.
pub fn iqd(dinars: i64) -> Money {
    Money::whole(dinars, Currency::IQD).expect("fits")
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

pub fn add_shop() -> Command {
    Command::AddClient { merchant: Box::new(merchant(SHOP)), client: Box::new(client(SHOP)), app: None }
}

pub fn add_user(name: &str) -> Command {
    Command::AddUser(Box::new(user(name)))
}

pub fn top_up(user: &str, amount: Money) -> Command {
    Command::TopUp { user_id: UserId::new(user), amount }
}

/// The shop ends the contract behind the pair `tokens`.
pub fn cancel(tokens: &str) -> Command {
    Command::CancelToken { client_id: ClientId::new(SHOP), access: hash(&format!("{tokens} access")) }
}

/// `user` ends a contract.
pub fn end(user: &str, contract_id: &ContractId) -> Command {
    let by = EndedBy::User(UserId::new(user), PinCheck::Right);
    Command::EndContract { contract_id: contract_id.clone(), by }
}

/// The shop deducts `amount` with the pair `tokens`, and wants to hear of it.
pub fn pay(tokens: &str, request_id: &str, amount: Money) -> Command {
    Command::Pay(Box::new(PayRequest {
        client_id: ClientId::new(SHOP),
        request_id: request_id.to_owned(),
        content: hash(&format!("{tokens} {amount:?}")),
        access: hash(&format!("{tokens} access")),
        amount,
        description: "December".to_owned(),
        notify_url: Some("https://shop.example/paid".to_owned()),
    }))
}

/// `user` signs an offer of the shop, and the shop holds the pair `tokens`.
pub async fn agree(house: &House, user: &str, tokens: &str) -> ContractId {
    let auth_id = AuthId::new(format!("offer for {tokens}"));
    let terms = Terms {
        language: Language::EnUs,
        title: None,
        description: "A fresh box every month".to_owned(),
        agreed_amount: None,
        start_date: None,
        status_notify_url: Some("https://shop.example/contract".to_owned()),
        agreement: None,
    };
    let client_id = ClientId::new(SHOP);
    let (prepared, terms) = (auth_id.clone(), Box::new(terms));
    let prepare =
        Command::Prepare { client_id: client_id.clone(), reference_client_id: None, terms, auth_id: prepared };
    house.done(prepare).await;
    let code = hash(&format!("{tokens} code"));
    let evidence =
        Evidence { page_text: "page".to_owned(), page_hash: String::new(), merchant_name: "Zaytoun".to_owned() };
    let sign = Sign {
        auth_id,
        client_id: client_id.clone(),
        user_id: UserId::new(user),
        sub_client_id: None,
        pin: PinCheck::Right,
        evidence,
        monthly_ceiling: None,
        code,
        page: None,
    };
    let signed = match house.done(Command::Sign(Box::new(sign))).await {
        mithaq_domain::Done::Signed(signed) => signed,
        other => panic!("{other:?}"),
    };
    let fresh = FreshTokens {
        token_id: TokenId::new(tokens),
        access: hash(&format!("{tokens} access")),
        access_sealed: "sealed".to_owned(),
        refresh: hash(&format!("{tokens} refresh")),
    };
    house.done(Command::Exchange(Box::new(ExchangeCode { client_id, code, reference_client_id: None, fresh }))).await;
    signed.contract.contract_id
}
