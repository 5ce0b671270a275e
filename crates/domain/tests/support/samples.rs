//! The people and shops of the tests, and a world with them in it.

use super::{World, iqd};
use mithaq_domain::{
    AgreementPay, App, Client, Command, Interaction, InteractionState, Language, Merchant, PersonName, Status, Terms,
    User, UserStatus,
};
use mithaq_types::{AppId, AuthId, ClientId, InteractionId, MerchantId, Money, SessionId, Timestamp, UserId};

/// A user with 250,000 IQD.
pub const SARA: &str = "sara";
/// A user with 50,000 IQD.
pub const OMAR: &str = "omar";
/// A user with 1,000 IQD.
pub const NOOR: &str = "noor";
/// A merchant and its client, with a fee of 1 %.
pub const SHOP: &str = "zaytoun";
/// Another merchant and its client, without a fee.
pub const RIVAL: &str = "rival";

impl World {
    /// Three users and two merchants, as the sandbox has them.
    pub fn sandbox() -> Self {
        let mut world = Self::empty();
        for (name, dinars) in [(SARA, 250_000), (OMAR, 50_000), (NOOR, 1_000)] {
            world.done(Command::AddUser(Box::new(user(name))));
            world.top_up(name, iqd(dinars));
        }
        for (name, fee_basis_points) in [(SHOP, 100), (RIVAL, 0)] {
            let merchant = Box::new(Merchant { fee_basis_points, ..merchant(name) });
            let app = Some(Box::new(app(name)));
            world.done(Command::AddClient { merchant, client: Box::new(client(name)), app });
        }
        world
    }

    /// Money from outside.
    pub fn top_up(&mut self, user: &str, amount: Money) {
        self.done(Command::TopUp { user_id: UserId::new(user), amount });
    }
}

/// A user; the phone number is made of the name.
pub fn user(name: &str) -> User {
    User {
        user_id: UserId::new(name),
        phone: format!("964-{name}"),
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

/// A merchant without a fee.
pub fn merchant(name: &str) -> Merchant {
    Merchant {
        merchant_id: MerchantId::new(name),
        name: format!("The {name} market"),
        name_ar: None,
        verified: true,
        status: Status::Active,
        fee_basis_points: 0,
    }
}

/// The client of the merchant of the same name.
pub fn client(name: &str) -> Client {
    Client {
        client_id: ClientId::new(name),
        merchant_id: MerchantId::new(name),
        status: Status::Active,
        agreement_pay: AgreementPay::Allowed,
        keys: Vec::new(),
        percent_signatures: false,
    }
}

/// The Mini Program of the client of the same name.
pub fn app(name: &str) -> App {
    App {
        app_id: AppId::new(name),
        client_id: ClientId::new(name),
        name: name.to_owned(),
        name_ar: None,
        start_url: format!("https://{name}.example/"),
        origins: vec![format!("https://{name}.example")],
    }
}

/// Terms that state no amount and no day.
pub fn terms() -> Terms {
    Terms {
        language: Language::EnUs,
        title: None,
        description: "A fresh box every month".to_owned(),
        agreed_amount: None,
        start_date: None,
        status_notify_url: None,
        agreement: None,
    }
}

/// A page opened by the shop at `now`: to sign `offer`, or to grant scopes.
pub fn page(id: &str, offer: Option<&AuthId>, now: Timestamp) -> Interaction {
    Interaction {
        interaction_id: InteractionId::new(id),
        session_id: SessionId::new("browser"),
        app_id: AppId::new(SHOP),
        client_id: ClientId::new(SHOP),
        api: if offer.is_some() { "qicardSignContract" } else { "getAuthCode" }.to_owned(),
        payment_id: None,
        contract_id: None,
        auth_id: offer.cloned(),
        sub_client_id: None,
        scopes: Vec::new(),
        state: InteractionState::Open,
        reply_sealed: None,
        opened_at: now,
        expires_at: now + jiff::SignedDuration::from_mins(15),
    }
}
