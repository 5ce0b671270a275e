//! A merchant of the Alipay surface for the tests of trades: signed calls of `gateway.do`, agreements that users have signed,
//! and the books before and after.

use crate::support::{
    CLIENT, GATEWAY_APP, MERCHANT_KEY, OMAR, OTHER_CLIENT, OTHER_GATEWAY_APP, Person, SARA, WALLET_KEY, World,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::{Date, date};
use mithaq_alipay::messages::FAR_AWAY;
use mithaq_alipay::{encode_form, format_time};
use mithaq_domain::{AgreementTerms, Every, Evidence, Key, Language, PaymentState, Plan, Row, Source, Terms};
use mithaq_types::{ClientId, ContractId, Currency, GatewayAppId, Money, PaymentId, UserId};
use mithaq_wallet::{AgreementRequest, ConfirmRequest, Fault, Pin};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A merchant's backend.
pub struct Shop<'a> {
    pub world: &'a World,
    pub app_id: &'static str,
    pub client: &'static str,
}

/// The wallet that every test of trades begins with: it is 3 February 2030, ten in the morning; Sara has 500 yuan and Omar 100.
pub async fn world() -> World {
    let world = World::of_the_gateway().await;
    world.clock.set("2030-02-03T07:00:00Z".parse().expect("a time"));
    world.give_yuan(&SARA, 500).await;
    world.give_yuan(&OMAR, 100).await;
    world
}

/// A plan by the month whose next deduction is planned for `first`, of at most 100.00 each.
pub fn monthly(first: Date) -> Plan {
    Plan { every: Every::Months(1), first, single: Money::new(10_000, Currency::CNY), total: None, payments: None }
}

/// What a deduction is planned for in most tests: tomorrow.
pub const TOMORROW: Date = date(2030, 2, 4);

/// `biz_content` of a deduction of 10.00 yuan.
pub fn deduction(number: &str, agreement: &ContractId, product: &str) -> Value {
    json!({
        "out_trade_no": number, "subject": "Membership", "total_amount": "10.00", "product_code": product,
        "agreement_params": {"agreement_no": agreement.as_str()},
    })
}

/// The same with a member changed.
pub fn with(content: &Value, name: &str, value: Value) -> Value {
    let mut changed = content.clone();
    changed[name] = value;
    changed
}

impl<'a> Shop<'a> {
    /// The merchant that most tests need.
    pub const fn of(world: &'a World) -> Self {
        Self { world, app_id: GATEWAY_APP, client: CLIENT }
    }

    /// Another one.
    pub const fn other(world: &'a World) -> Self {
        Self { world, app_id: OTHER_GATEWAY_APP, client: OTHER_CLIENT }
    }

    /// The business object of the answer to `alipay.trade.{method}`, after a look at its signature.
    pub async fn call(&self, method: &str, content: &Value) -> Value {
        self.call_with(method, content, &[]).await
    }

    /// The same with further common parameters.
    pub async fn call_with(&self, method: &str, content: &Value, further: &[(&str, &str)]) -> Value {
        let method = format!("alipay.trade.{method}");
        let body = self.signed(&method, content, further);
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        let request = http.post(format!("{}/gateway.do?charset=utf-8", self.world.origin));
        let request = request.header("Content-Type", "application/x-www-form-urlencoded;charset=utf-8").body(body);
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), 200);
        let text = response.text().await.expect("a body");
        let root = format!("{{\"{}_response\":", method.replace('.', "_"));
        let object = text.strip_prefix(&root).unwrap_or_else(|| panic!("not {root}: {text}"));
        let (object, sign) = object.rsplit_once(",\"sign\":\"").expect("a signature");
        let sign = STANDARD.decode(sign.trim_end_matches("\"}")).expect("Base64");
        assert!(WALLET_KEY.public().verify(object.as_bytes(), &sign), "the answer's signature: {text}");
        serde_json::from_str(object).expect("JSON")
    }

    /// The form body of a call, signed; `charset` stands in the query.
    fn signed(&self, method: &str, content: &Value, further: &[(&str, &str)]) -> String {
        let time = format_time(self.world.app.wallet.now());
        let content = content.to_string();
        let mut params: BTreeMap<&str, &str> = BTreeMap::from([
            ("app_id", self.app_id),
            ("method", method),
            ("charset", "utf-8"),
            ("sign_type", "RSA2"),
            ("timestamp", &time),
            ("version", "1.0"),
            ("biz_content", &content),
        ]);
        params.extend(further.iter().copied());
        let text: Vec<String> = params.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let sign = STANDARD.encode(MERCHANT_KEY.sign(text.join("&").as_bytes()));
        params.insert("sign", &sign);
        params.remove("charset");
        encode_form(params.iter().map(|(name, value)| (*name, value.as_bytes())))
    }

    /// An answer with code 10000.
    pub async fn done(&self, method: &str, content: &Value) -> Value {
        let answer = self.call(method, content).await;
        assert_eq!((&answer["code"], &answer["msg"]), (&json!("10000"), &json!("Success")), "{answer}");
        answer
    }

    /// The sub-code of a refusal that changed nothing: no money moved, and no trade came of it.
    pub async fn refused(&self, method: &str, content: &Value) -> String {
        self.refusal(method, content).await.0
    }

    /// The same with what the merchant is told.
    pub async fn refusal(&self, method: &str, content: &Value) -> (String, String) {
        let before = self.books().await;
        let answer = self.call(method, content).await;
        assert_eq!(self.books().await, before, "nothing may move: {answer}");
        let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
        assert_eq!((text("code").as_str(), text("msg").as_str()), ("40004", "Business Failed"), "{answer}");
        assert!(!text("sub_msg").is_empty(), "{answer}");
        assert!(answer.get("trade_no").is_none(), "{answer}");
        (text("sub_code"), text("sub_msg"))
    }

    /// Every account with its balance, and what the merchant's plans have come to; the ledger's proof holds.
    pub async fn books(&self) -> Vec<String> {
        let reader = self.world.app.wallet.reader();
        assert!(reader.verify().await.expect("a report").ok(), "the ledger's proof");
        let accounts = reader.accounts().await.expect("accounts");
        let mut books: Vec<String> =
            accounts.iter().map(|line| format!("{} {}", line.account, line.available)).collect();
        for view in self.world.contracts().await {
            books.push(format!("{} {} {:?}", view.contract.contract_id, view.state.charges, view.state.plan));
        }
        books
    }

    /// An agreement of `person` with this merchant; without a plan for deductions at will.
    pub async fn agreement(&self, person: &Person, plan: Option<Plan>) -> ContractId {
        self.agreement_with(person, plan, |_| ()).await
    }

    /// The same with something changed.
    pub async fn agreement_with(
        &self,
        person: &Person,
        plan: Option<Plan>,
        change: impl FnOnce(&mut AgreementTerms),
    ) -> ContractId {
        let product = if plan.is_some() { "CYCLE_PAY_AUTH" } else { "GENERAL_WITHHOLDING" };
        let mut agreement = AgreementTerms {
            app_id: GatewayAppId::new(self.app_id),
            personal_product: format!("{product}_P"),
            product: Some(product.to_owned()),
            scene: "INDUSTRY|DIGITAL_MEDIA".to_owned(),
            external_no: None,
            logon_id: None,
            third_party: "PARTNER".to_owned(),
            currency: Currency::CNY,
            plan,
            ends_at: FAR_AWAY,
            notify_url: None,
            return_url: None,
            signer: None,
            sha1: false,
            wallet_deducts: false,
        };
        change(&mut agreement);
        let terms = Terms {
            language: Language::EnUs,
            title: None,
            description: String::new(),
            agreed_amount: None,
            start_date: None,
            status_notify_url: None,
            agreement: Some(Box::new(agreement)),
        };
        let (wallet, client_id) = (&self.world.app.wallet, ClientId::new(self.client));
        let offer = wallet.prepare(client_id.clone(), None, terms).await.expect("an offer");
        let request = AgreementRequest {
            auth_id: offer.auth_id,
            client_id,
            user_id: UserId::new(person.user_id),
            pin: Pin::NotAsked,
            evidence: Evidence { page_text: String::new(), page_hash: String::new(), merchant_name: "Shop".into() },
            page: None,
        };
        wallet.sign_agreement(request).await.expect("signed").0.contract_id
    }

    /// What this merchant knows `person` as. They have met.
    pub async fn customer(&self, person: &Person) -> String {
        let merchant =
            self.world.app.directory.client(self.world.app.wallet.reader(), &ClientId::new(self.client)).await;
        let merchant_id = merchant.expect("readable").expect("a client").merchant.merchant_id.clone();
        match self.world.app.wallet.row(Key::Customer(UserId::new(person.user_id), merchant_id)).await {
            Ok(Some(Row::Customer(known))) => known.customer_id.to_string(),
            other => panic!("{} is nobody's customer: {other:?}", person.user_id),
        }
    }

    /// A trade of 10.00 yuan that waits for `person`; its `trade_no`.
    pub async fn waiting(&self, number: &str, person: &Person) -> String {
        let made = self.done("create", &self.order(number, person).await).await;
        made["trade_no"].as_str().expect("a number").to_owned()
    }

    /// `biz_content` of such a trade.
    pub async fn order(&self, number: &str, person: &Person) -> Value {
        json!({
            "out_trade_no": number, "subject": "Fresh Box", "total_amount": "10.00", "product_code": "JSAPI_PAY",
            "op_app_id": self.app_id, "buyer_id": self.customer(person).await,
        })
    }

    /// `person` pays a trade that waits for them.
    pub async fn confirm(&self, trade_no: &str, person: &Person, source: Source) -> Result<PaymentState, Fault> {
        let request = ConfirmRequest {
            payment_id: PaymentId::new(trade_no),
            user_id: UserId::new(person.user_id),
            pin: Pin::NotAsked,
            source,
            page: None,
        };
        self.world.app.wallet.confirm_order(request).await.map(|(_, state)| state)
    }

    /// A deduction of 10.00 yuan from Sara, done; its `trade_no`.
    pub async fn deducted(&self, number: &str) -> String {
        let agreement = self.agreement(&SARA, None).await;
        let paid = self.done("pay", &deduction(number, &agreement, "GENERAL_WITHHOLDING")).await;
        paid["trade_no"].as_str().expect("a number").to_owned()
    }
}
