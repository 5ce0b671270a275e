//! People, a merchant, and what they agree on.

use super::House;
use futures_util::future::join_all;
use mithaq_domain::{
    AgreementPay, AgreementTerms, Client, Command, Done, Every, Evidence, GatewayApp, Language, Merchant, PersonName,
    PinCheck, Plan, SignAgreement, Status, Terms, User, UserStatus,
};
use mithaq_types::{AuthId, ClientId, ContractId, Currency, GatewayAppId, MerchantId, Money, UserId};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The merchant.
const SHOP: &str = "2166000000000001";
/// Its client.
pub const CLIENT: &str = "2188000000000001";
/// Its app, whose plans the wallet runs.
const APP: &str = "2021000000000001";
/// What everybody has who has money.
pub const YUAN_EACH: i64 = 100;

/// An amount.
pub fn yuan(whole: i64) -> Money {
    Money::whole(whole, Currency::parse("CNY").expect("known")).expect("fits")
}

/// A user's id.
pub fn user_id(number: usize) -> UserId {
    UserId::new(format!("2166{number:017}"))
}

/// What a user agrees on.
#[derive(Clone)]
pub struct Deal {
    /// On which days how much.
    pub plan: Plan,
    /// When it runs out.
    pub ends_at: &'static str,
}

/// Ten yuan on the fifth of each month, from February on.
pub fn monthly() -> Deal {
    let first = "2026-02-05".parse().expect("a day");
    let plan = Plan { every: Every::Months(1), first, single: yuan(10), total: None, payments: None };
    Deal { plan, ends_at: "2115-02-01T00:00:00+08:00" }
}

/// The merchant, its client and its app.
pub async fn add_merchant(house: &House) {
    let merchant = Merchant {
        merchant_id: MerchantId::new(SHOP),
        name: "Zaytoun Market".to_owned(),
        name_ar: None,
        verified: true,
        status: Status::Active,
        fee_basis_points: 100,
    };
    let client = Client {
        client_id: ClientId::new(CLIENT),
        merchant_id: MerchantId::new(SHOP),
        status: Status::Active,
        agreement_pay: AgreementPay::Allowed,
        keys: Vec::new(),
        percent_signatures: false,
    };
    house.done(Command::AddClient { merchant: Box::new(merchant), client: Box::new(client), app: None }).await;
    let app = GatewayApp {
        app_id: GatewayAppId::new(APP),
        client_id: ClientId::new(CLIENT),
        key: None,
        may_use_sha1: false,
        gateway_url: Some("https://shop.example/gateway".to_owned()),
        wallet_deducts: true,
    };
    house.done(Command::PutGatewayApp(Box::new(app))).await;
}

/// A user with so much.
pub async fn add_user(house: &House, number: usize, money: Option<Money>) {
    house.done(Command::AddUser(Box::new(user(number)))).await;
    if let Some(amount) = money {
        house.done(Command::TopUp { user_id: user_id(number), amount }).await;
    }
}

impl House {
    /// A merchant, and one user with [`YUAN_EACH`] who signs `deal`.
    pub async fn of_one(place: &super::Place, deal: &Deal) -> (Self, ContractId) {
        let house = Self::open(place);
        add_merchant(&house).await;
        add_user(&house, 1, Some(yuan(YUAN_EACH))).await;
        let id = house.sign(1, deal).await;
        (house, id)
    }

    /// The same with `count` users.
    pub async fn of_many(place: &super::Place, count: usize) -> (Self, Vec<ContractId>) {
        let house = Self::open(place);
        add_merchant(&house).await;
        let deal = monthly();
        let settle = async |number| {
            add_user(&house, number, Some(yuan(YUAN_EACH))).await;
            house.sign(number, &deal).await
        };
        let ids = join_all((0..count).map(settle)).await;
        (house, ids)
    }

    /// A user signs.
    pub async fn sign(&self, number: usize, deal: &Deal) -> ContractId {
        static OFFERS: AtomicUsize = AtomicUsize::new(0);
        let auth_id = AuthId::new(format!("{:032X}", OFFERS.fetch_add(1, Ordering::Relaxed)));
        let (client_id, terms) = (ClientId::new(CLIENT), Box::new(terms(number, deal)));
        self.done(Command::Prepare { client_id, reference_client_id: None, terms, auth_id: auth_id.clone() }).await;
        let evidence = Evidence {
            page_text: "What the user saw.".to_owned(),
            page_hash: "00".repeat(32),
            merchant_name: "Zaytoun Market".to_owned(),
        };
        let sign = SignAgreement {
            auth_id,
            client_id: ClientId::new(CLIENT),
            user_id: user_id(number),
            pin: PinCheck::NotAsked,
            evidence,
            page: None,
        };
        match self.done(Command::SignAgreement(Box::new(sign))).await {
            Done::Agreed(contract, _) => contract.contract_id,
            other => panic!("not signed: {other:?}"),
        }
    }
}

fn terms(number: usize, deal: &Deal) -> Terms {
    let agreement = AgreementTerms {
        app_id: GatewayAppId::new(APP),
        personal_product: "CYCLE_PAY_AUTH_P".to_owned(),
        product: Some("CYCLE_PAY_AUTH".to_owned()),
        scene: "INDUSTRY|DIGITAL_MEDIA".to_owned(),
        external_no: Some(format!("EA{number:06}")),
        logon_id: None,
        third_party: "PARTNER".to_owned(),
        currency: Currency::parse("CNY").expect("known"),
        plan: Some(deal.plan),
        ends_at: deal.ends_at.parse().expect("an instant"),
        notify_url: Some("https://shop.example/notify".to_owned()),
        return_url: None,
        signer: None,
        sha1: false,
        wallet_deducts: true,
    };
    Terms {
        language: Language::EnUs,
        title: Some("Fresh Box".to_owned()),
        description: "A box of fresh fruit every month.".to_owned(),
        agreed_amount: None,
        start_date: None,
        status_notify_url: None,
        agreement: Some(Box::new(agreement)),
    }
}

fn user(number: usize) -> User {
    let name = PersonName { full: format!("Payer {number}"), ..PersonName::default() };
    User {
        user_id: user_id(number),
        phone: format!("964{number:010}"),
        name_ar: name.clone(),
        name,
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
