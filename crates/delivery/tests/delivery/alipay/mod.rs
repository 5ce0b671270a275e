//! Notices of the Alipay surface, as a merchant's server gets them (spec/alipay-agreement.md 1.9): a shop with an app, a user with
//! yuan, and a reader that takes a notice apart without the code that made it.

mod agreements;
mod attempts;
mod plans;
mod trades;

use crate::receiver::{Received, Receiver, Reply};
use crate::world::{CLIENT, KEYS, World};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mithaq_domain::{
    AgreementTerms, Every, Evidence, GatewayApp, GatewayTrade, Language, Outbox, OutboxKind, Plan, Terms,
};
use mithaq_store::OutboxFilter;
use mithaq_types::{ClientId, ContractId, Currency, GatewayAppId, Money, PaymentId};
use mithaq_wallet::{AgreementRequest, NewDeduction, Pin};
use std::collections::BTreeMap;

pub const APP: &str = "2021000000000001";

/// A shop whose server listens, and whose app has a gateway address there.
pub struct Shop {
    pub world: World,
    pub receiver: Receiver,
}

impl Shop {
    pub async fn new() -> Self {
        Self::answering(|_| Reply::body("success")).await
    }

    pub async fn answering(answers: impl FnMut(usize) -> Reply + Send + 'static) -> Self {
        let shop = Self { world: World::new().await, receiver: Receiver::start(answers).await };
        shop.put_app(Some(shop.receiver.url("/gateway"))).await;
        shop
    }

    pub async fn put_app(&self, gateway_url: Option<String>) {
        let app = GatewayApp {
            app_id: GatewayAppId::new(APP),
            client_id: ClientId::new(CLIENT),
            key: None,
            may_use_sha1: false,
            gateway_url,
            wallet_deducts: false,
        };
        self.world.wallet.put_gateway_app(app).await.expect("added");
    }

    pub async fn top_up(&self, minor: i64) {
        self.world.wallet.top_up(self.world.user_id.clone(), yuan(minor)).await.expect("topped up");
    }

    /// A monthly agreement over 9.90 yuan, first on the fifth of December.
    pub async fn sign(&self, change: impl FnOnce(&mut AgreementTerms)) -> ContractId {
        let plan = Plan {
            every: Every::Months(1),
            first: jiff::civil::date(2026, 12, 5),
            single: yuan(990),
            total: None,
            payments: Some(12),
        };
        let mut agreement = AgreementTerms {
            app_id: GatewayAppId::new(APP),
            personal_product: "CYCLE_PAY_AUTH_P".to_owned(),
            product: Some("CYCLE_PAY_AUTH".to_owned()),
            scene: "INDUSTRY|DIGITAL_MEDIA".to_owned(),
            external_no: Some("EA0001".to_owned()),
            logon_id: Some("会员 01".to_owned()),
            third_party: "PARTNER".to_owned(),
            currency: yuan(0).currency,
            plan: Some(plan),
            ends_at: mithaq_alipay::messages::FAR_AWAY,
            notify_url: Some(self.receiver.url("/sign")),
            return_url: None,
            signer: None,
            sha1: false,
            wallet_deducts: false,
        };
        change(&mut agreement);
        let terms = Terms {
            language: Language::EnUs,
            title: None,
            description: "Membership".to_owned(),
            agreed_amount: None,
            start_date: None,
            status_notify_url: None,
            agreement: Some(Box::new(agreement)),
        };
        let client_id = ClientId::new(CLIENT);
        let offer = self.world.wallet.prepare(client_id.clone(), None, terms).await.expect("prepared");
        let evidence = Evidence {
            page_text: "page".to_owned(),
            page_hash: String::new(),
            merchant_name: "Zaytoun Market".to_owned(),
        };
        let request = AgreementRequest {
            auth_id: offer.auth_id,
            client_id,
            user_id: self.world.user_id.clone(),
            pin: Pin::NotAsked,
            evidence,
            page: None,
        };
        self.world.wallet.sign_agreement(request).await.expect("signed").0.contract_id
    }

    /// Deducts 9.90 yuan.
    pub async fn deduct(&self, contract_id: &ContractId, change: impl FnOnce(&mut NewDeduction)) -> PaymentId {
        let mut new = NewDeduction {
            client_id: ClientId::new(CLIENT),
            request_id: "T1".to_owned(),
            contract_id: contract_id.clone(),
            amount: yuan(990),
            description: "Membership, December".to_owned(),
            notify_url: Some(self.receiver.url("/trade")),
            gateway: trade(),
        };
        change(&mut new);
        self.world.wallet.deduct(new).await.expect("paid").0.payment_id
    }

    /// The rows of the outbox for the app, oldest first.
    pub async fn rows(&self) -> Vec<Outbox> {
        let mut rows = self.world.wallet.reader().outbox(OutboxFilter::Newest).await.expect("readable");
        rows.retain(|row| matches!(row.kind, OutboxKind::GatewayNotice { .. }));
        rows.reverse();
        rows
    }

    /// What came to `path`, once `count` messages came in all.
    pub async fn told(&mut self, count: usize, path: &str) -> Vec<BTreeMap<String, String>> {
        let received = self.receiver.wait_for(count).await;
        received.iter().filter(|message| message.uri == path).map(read).collect()
    }
}

pub fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::parse("CNY").expect("known"))
}

pub fn trade() -> GatewayTrade {
    GatewayTrade {
        app_id: GatewayAppId::new(APP),
        product: "CYCLE_PAY_AUTH".to_owned(),
        body: None,
        passback: None,
        offer: None,
    }
}

/// The fields of a notice as a merchant reads them, its signature checked over all of them but `sign` and `sign_type`.
pub fn read(message: &Received) -> BTreeMap<String, String> {
    assert_eq!(message.header("Content-Type"), "application/x-www-form-urlencoded;charset=utf-8");
    let mut fields = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(&message.body) {
        assert!(!value.is_empty(), "{name} is empty");
        assert_eq!(fields.insert(name.to_string(), value.into_owned()), None, "{name} is there twice");
    }
    let sign = STANDARD.decode(&fields["sign"]).expect("Base64");
    assert!(KEYS[0].public().verify(content(&fields).as_bytes(), &sign), "{}", content(&fields));
    for (name, value) in [("sign_type", "RSA2"), ("charset", "utf-8"), ("version", "1.0"), ("app_id", APP)] {
        assert_eq!(fields[name], value);
    }
    assert_eq!(fields["auth_app_id"], APP);
    let id = &fields["notify_id"];
    assert!(id.len() == 34 && id.bytes().all(|byte| byte.is_ascii_digit()), "{id}");
    fields
}

/// What is signed.
pub fn content(fields: &BTreeMap<String, String>) -> String {
    let signed = fields.iter().filter(|(name, _)| !["sign", "sign_type"].contains(&name.as_str()));
    signed.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}
