//! A merchant's backend that sells: signed calls, and a user who does what is needed for them.

use crate::support::{Browser, CLIENT, Person, Request, SARA, World, is_signed, result_of};
use mithaq_domain::{Scope, Source};
use mithaq_types::{CardId, ClientId, OrderId, UserId};
use mithaq_wallet::{ConfirmRequest, Fault, GrantRequest, NewCard, Pin};
use serde_json::{Value, json};

pub const ONLINE: &str = "51051000101000000011";
pub const AUTH_CAPTURE: &str = "51051000101000000012";
pub const ESCROW: &str = "51051000101000100008";
pub const AGREEMENT: &str = "51051000101000100031";
pub const IN_STORE: &str = "IN_STORE_PAYMENT";

/// One client of a wallet.
pub struct Shop<'a> {
    pub world: &'a World,
    pub client: &'static str,
}

impl<'a> Shop<'a> {
    /// The client that most tests need.
    pub const fn of(world: &'a World) -> Self {
        Self { world, client: CLIENT }
    }

    /// The body of an answer, after a look at its status and its signature.
    pub async fn call(&self, api: &str, body: &Value) -> Value {
        let path = format!("/v1/{api}");
        let request =
            Request { path: path.clone(), client_id: self.client.into(), body: body.to_string(), ..Request::new() };
        let answer = request.send(self.world).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(is_signed(&answer, "POST", &path), "the answer's signature: {answer:?}");
        answer.json()
    }

    /// `resultStatus resultCode` of an answer.
    pub async fn result(&self, api: &str, body: &Value) -> String {
        result_of(&self.call(api, body).await)
    }

    /// A request to pay 10,000 IQD in the cashier.
    pub fn order(product: &str, id: &str) -> Value {
        json!({
            "productCode": product, "paymentRequestId": id,
            "paymentAmount": {"currency": "IQD", "value": "10000000"},
            "order": {"orderDescription": "Fresh Box", "buyer": {"referenceBuyerId": "guest-7"}},
        })
    }

    /// Makes such an order; its answer.
    pub async fn accepted(&self, product: &str, id: &str) -> Value {
        let answer = self.call("payments/pay", &Self::order(product, id)).await;
        assert_eq!(result_of(&answer), "A ACCEPT", "{answer}");
        answer
    }

    /// An order that Sara has paid; its paymentId.
    pub async fn paid(&self, product: &str, id: &str) -> String {
        let answer = self.accepted(product, id).await;
        self.confirm(&answer, &SARA, Source::Balance).await.expect("paid");
        answer["paymentId"].as_str().expect("an id").to_owned()
    }

    /// What `person` does at the cashier of an accepted order.
    pub async fn confirm(&self, accepted: &Value, person: &Person, source: Source) -> Result<(), Fault> {
        let wallet = &self.world.app.wallet;
        let url = accepted["redirectActionForm"]["redirectUrl"].as_str().expect("a URL");
        let (_, order_id) = url.split_once("orderId=").expect("an order");
        let view = wallet.order_view(&OrderId::new(order_id)).await.expect("readable").expect("known");
        let request = ConfirmRequest {
            payment_id: view.payment.payment_id,
            user_id: UserId::new(person.user_id),
            pin: Pin::NotAsked,
            source,
            page: None,
        };
        wallet.confirm_order(request).await.map(|_| ())
    }

    /// How a payment stands.
    pub async fn inquire(&self, payment_id: &str) -> Value {
        self.call("payments/inquiryPayment", &json!({"paymentId": payment_id})).await
    }

    /// `paymentStatus` of a payment.
    pub async fn status(&self, payment_id: &str) -> String {
        self.inquire(payment_id).await["paymentStatus"].as_str().unwrap_or_default().to_owned()
    }

    /// An access token of Sara's with these scopes.
    pub async fn token(&self, scopes: &[&str]) -> String {
        let wallet = &self.world.app.wallet;
        let client_id = ClientId::new(self.client);
        let grant = GrantRequest {
            client_id: client_id.clone(),
            user_id: UserId::new(SARA.user_id),
            scopes: scopes.iter().map(|name| Scope((*name).to_owned())).collect(),
            page: None,
        };
        let code = wallet.grant(grant).await.expect("granted");
        wallet.exchange_code(client_id, &code, None).await.expect("exchanged").access
    }

    /// The access token of a contract that Sara has signed.
    pub async fn contract(&self) -> String {
        let sign = json!({"authUrl": self.world.auth_url().await, "userId": SARA.user_id});
        let signed = Browser::new(self.world).post("/sandbox/v1/sign", &sign).await.json();
        let code = signed["authCode"].as_str().expect("a code").to_owned();
        let client_id = ClientId::new(self.client);
        self.world.app.wallet.exchange_code(client_id, &code, None).await.expect("exchanged").access
    }

    /// A request to deduct 5,000 IQD under a contract.
    pub fn charge(access_token: &str, id: &str) -> Value {
        json!({
            "productCode": AGREEMENT, "paymentRequestId": id, "paymentAuthCode": access_token,
            "paymentAmount": dinars(5_000), "order": {"orderDescription": "Fresh Box"},
        })
    }

    /// Links a card of this number to Sara's wallet.
    pub async fn card(&self, number: &str) -> CardId {
        let (user_id, number) = (UserId::new(SARA.user_id), number.to_owned());
        let new = NewCard { user_id, number, expires: "2039-12".into(), name: "Sara Ali Hasan".into() };
        self.world.app.wallet.link_card(new).await.expect("durable").expect("vouched for").card_id
    }

    /// A code that Sara shows.
    pub async fn payment_code(&self) -> String {
        let shown = self.world.app.wallet.payment_code(UserId::new(SARA.user_id), Pin::NotAsked).await;
        shown.expect("a code").code
    }
}

/// An amount on the wire, in whole dinars.
pub fn dinars(whole: i64) -> Value {
    json!({"currency": "IQD", "value": (whole * 1000).to_string()})
}
