//! What a merchant of the Alipay surface builds for a page: a request signed by its app, as an SDK writes it, and what it is
//! wrapped in on its way to a phone (spec/alipay-agreement.md 1.6, 1.7).

use super::{CLIENT, MERCHANT_KEY, OTHER_CLIENT, Person, WALLET_KEY, World};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mithaq_alipay::{Params, format_time, notice_content, query_of, request_content};
use mithaq_crypto::{PrivateKey, Sha1PublicKey};
use mithaq_domain::{GatewayApp, GatewayKey};
use mithaq_types::{ClientId, Currency, GatewayAppId, Money, UserId};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The app of [`CLIENT`].
pub const GATEWAY_APP: &str = "2021000000000001";
/// The app of [`OTHER_CLIENT`].
pub const OTHER_GATEWAY_APP: &str = "2021000000000002";

impl World {
    /// A sandbox in which both merchants have an app of the Alipay surface.
    pub async fn of_the_gateway() -> Self {
        let world = Self::sandbox().await;
        for (app_id, client) in [(GATEWAY_APP, CLIENT), (OTHER_GATEWAY_APP, OTHER_CLIENT)] {
            world.put_gateway_app(app_id, client, |_| ()).await;
        }
        world
    }

    /// Registers an app, or changes it.
    pub async fn put_gateway_app(&self, app_id: &str, client: &str, change: impl FnOnce(&mut GatewayApp)) {
        let mut app = GatewayApp {
            app_id: GatewayAppId::new(app_id),
            client_id: ClientId::new(client),
            key: Some(GatewayKey::Public { public_pem: MERCHANT_KEY.public().to_pem() }),
            may_use_sha1: true,
            gateway_url: None,
            wallet_deducts: false,
        };
        change(&mut app);
        self.app.wallet.put_gateway_app(app).await.expect("an app");
        self.app.directory.forget();
    }

    /// So many yuan for `person`.
    pub async fn give_yuan(&self, person: &Person, whole: i64) {
        let money = Money::whole(whole, Currency::CNY).expect("an amount");
        self.app.wallet.top_up(UserId::new(person.user_id), money).await.expect("money");
    }

    /// What `person` has in yuan, in cents.
    pub async fn cents(&self, person: &Person) -> i64 {
        let balance = self.app.wallet.balance(&UserId::new(person.user_id), Currency::CNY).await;
        balance.expect("a balance").minor
    }
}

/// A request for a page.
#[derive(Clone)]
pub struct PageRequest {
    common: BTreeMap<String, String>,
    content: Value,
    key: PrivateKey,
}

impl PageRequest {
    /// `alipay.user.agreement.page.sign` of a plan: at most 9.90 yuan a month, twelve times, from the fifth of next year.
    pub fn plan(world: &World) -> Self {
        let content = json!({
            "product_code": "CYCLE_PAY_AUTH", "personal_product_code": "CYCLE_PAY_AUTH_P",
            "sign_scene": "INDUSTRY|DIGITAL_MEDIA", "external_agreement_no": "EA0001", "external_logon_id": "sara@shop",
            "access_params": {"channel": "ALIPAYAPP"},
            "period_rule_params": {
                "period_type": "MONTH", "period": 1, "execute_time": "2035-01-05", "single_amount": "9.90",
                "total_amount": "118.80", "total_payments": 12,
            },
        });
        Self::new(world, "alipay.user.agreement.page.sign", content)
    }

    /// The same of deductions at will.
    pub fn at_will(world: &World) -> Self {
        let content = json!({
            "product_code": "GENERAL_WITHHOLDING", "personal_product_code": "GENERAL_WITHHOLDING_P",
            "sign_scene": "INDUSTRY|CARRENTAL", "access_params": {"channel": "ALIPAYAPP"},
        });
        Self::new(world, "alipay.user.agreement.page.sign", content)
    }

    /// `alipay.trade.app.pay` of 10.00 yuan.
    pub fn order(world: &World, number: &str) -> Self {
        let content = json!({"out_trade_no": number, "subject": "Membership", "total_amount": "10.00"});
        Self::new(world, "alipay.trade.app.pay", content)
    }

    /// The same, with the plan to sign beside it.
    pub fn order_and_plan(world: &World, number: &str) -> Self {
        let plan = Self::plan(world).content;
        Self::order(world, number).say("product_code", "CYCLE_PAY_AUTH").say("agreement_sign_params", plan)
    }

    fn new(world: &World, method: &str, content: Value) -> Self {
        let time = format_time(world.app.wallet.now());
        let common = [
            ("app_id", GATEWAY_APP),
            ("method", method),
            ("charset", "utf-8"),
            ("sign_type", "RSA2"),
            ("timestamp", time.as_str()),
            ("version", "1.0"),
        ];
        let common = common.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { common, content, key: MERCHANT_KEY.clone() }
    }

    /// With a common parameter of this value; an empty one is left out.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.common.insert(name.to_owned(), value.to_owned());
        self
    }

    /// With a member of `biz_content`.
    pub fn say(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.content[name] = value.into();
        self
    }

    /// With a member of `agreement_sign_params`.
    pub fn say_of_agreement(mut self, name: &str, value: &str) -> Self {
        self.content["agreement_sign_params"][name] = value.into();
        self
    }

    /// Signed with another key than the app's.
    pub fn signed_by(mut self, key: &PrivateKey) -> Self {
        self.key = key.clone();
        self
    }

    /// The string of `sdkExecute`.
    pub fn order_str(&self) -> String {
        let mut params = self.common.clone();
        params.retain(|_, value| !value.is_empty());
        params.insert("biz_content".into(), self.content.to_string());
        let joined: Vec<String> = params.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let content = joined.join("&");
        let sign = match params.get("sign_type").map(String::as_str) {
            Some("RSA") => self.key.sign_sha1(content.as_bytes()),
            _ => self.key.sign(content.as_bytes()),
        };
        params.insert("sign".into(), STANDARD.encode(sign));
        let pairs: Vec<String> = params.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        pairs.join("&")
    }

    /// The argument of `my.paySignCenter`.
    pub fn sign_str(&self) -> String {
        encode(&self.order_str())
    }

    /// The URL of `pageExecute`.
    pub fn url(&self, world: &World) -> String {
        format!("{}/gateway.do?{}", world.origin, self.order_str())
    }
}

/// Everything but letters and digits percent-encoded.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// What `result` of a page says under `root`, after a look at the signature over exactly those bytes.
pub fn signed_result(result: &Value, root: &str) -> Value {
    let text = result.as_str().unwrap_or_else(|| panic!("no result: {result}"));
    let whole: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let object = text.strip_prefix(&format!("{{\"{root}\":")).unwrap_or_else(|| panic!("not {root}: {text}"));
    let object = &object[..object.find('}').expect("an end") + 1];
    let sign = STANDARD.decode(whole["sign"].as_str().expect("a signature")).expect("Base64");
    let is_signed = match whole["sign_type"].as_str() {
        Some("RSA2") => WALLET_KEY.public().verify(object.as_bytes(), &sign),
        Some("RSA") => {
            let key = Sha1PublicKey::from_pem(&WALLET_KEY.public().to_pem()).expect("a key");
            key.verify(object.as_bytes(), &sign)
        }
        other => panic!("signed as {other:?}"),
    };
    assert!(is_signed, "the signature: {text}");
    serde_json::from_str(object).expect("JSON")
}

/// What a browser is sent back with, after a look at its signature.
pub fn signed_return(url: &str) -> Params {
    let params = Params::read(&[query_of(url)]).expect("parameters");
    let sign = STANDARD.decode(params.get("sign").expect("a signature")).expect("Base64");
    assert!(WALLET_KEY.public().verify(&notice_content(&params), &sign), "the signature: {url}");
    assert!(!WALLET_KEY.public().verify(&request_content(&params), &sign), "as a notification, not as a request");
    params
}
