//! A merchant's server that calls `gateway.do`, or gets something about it wrong on purpose.

use crate::support::{Answer, MERCHANT_KEY, WALLET_KEY, World};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mithaq_alipay::{encode_form, format_time};
use mithaq_crypto::{PrivateKey, Sha1PublicKey};
use mithaq_domain::{GatewayApp, GatewayKey};
use mithaq_types::{ClientId, GatewayAppId};
use serde_json::Value;
use std::collections::BTreeMap;

/// The app of [`crate::support::CLIENT`].
pub const APP: &str = "2021000000000001";

/// Where the parameters stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The common ones in the query, `biz_content` in a form: Node, PHP, an official SDK for Python.
    Both,
    /// All in the query of a GET.
    Query,
    /// All in a form.
    Form,
}

/// A call: right as it is made, each parameter may be changed.
#[derive(Clone)]
pub struct Request {
    /// What is signed, by name.
    params: BTreeMap<String, Vec<u8>>,
    /// What is sent besides or instead; none: left out.
    tampered: Vec<(String, Option<Vec<u8>>)>,
    place: Place,
    key: PrivateKey,
}

impl Request {
    /// A call of the method in the name of [`APP`].
    pub fn new(world: &World, method: &str, content: &Value) -> Self {
        let time = format_time(world.app.wallet.now());
        let content = content.to_string();
        let params = [
            ("app_id", APP),
            ("method", method),
            ("charset", "utf-8"),
            ("format", "json"),
            ("sign_type", "RSA2"),
            ("timestamp", &time),
            ("version", "1.0"),
            ("biz_content", &content),
        ];
        Self {
            params: params.into_iter().map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).collect(),
            tampered: Vec::new(),
            place: Place::Both,
            key: MERCHANT_KEY.clone(),
        }
    }

    /// A call that any app may make and that is refused for what it asks alone: `USER_AGREEMENT_NOT_EXIST`.
    pub fn plain(world: &World) -> Self {
        Self::new(world, "alipay.user.agreement.query", &serde_json::json!({"agreement_no": "20260000000000000001"}))
    }

    /// The same with another value, signed as well.
    pub fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.params.insert(name.to_owned(), value.as_ref().to_vec());
        self
    }

    /// The same without a parameter, which is not signed either.
    pub fn without(mut self, name: &str) -> Self {
        self.params.remove(name);
        self
    }

    /// The same with a parameter that was changed, added or (none) taken away after it was signed.
    pub fn tampered(mut self, name: &str, value: Option<&str>) -> Self {
        self.tampered.push((name.to_owned(), value.map(|value| value.as_bytes().to_vec())));
        self
    }

    /// The same at another place.
    pub const fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// The same signed with another key.
    pub fn signed_by(mut self, key: &PrivateKey) -> Self {
        self.key = key.clone();
        self
    }

    /// What its signature is over.
    pub fn content(&self) -> Vec<u8> {
        let pairs = self.params.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<Vec<u8>> = pairs.map(|(name, value)| [name.as_bytes(), b"=", value].concat()).collect();
        pairs.join(&b'&')
    }

    /// All that is sent.
    pub fn sent(&self) -> Vec<(String, Vec<u8>)> {
        let content = self.content();
        let sign = match self.params.get("sign_type").map(Vec::as_slice) {
            Some(b"RSA") | None => self.key.sign_sha1(&content),
            _ => self.key.sign(&content),
        };
        let mut sent = self.params.clone();
        sent.insert("sign".to_owned(), STANDARD.encode(sign).into_bytes());
        for (name, value) in &self.tampered {
            match value {
                Some(value) => drop(sent.insert(name.clone(), value.clone())),
                None => drop(sent.remove(name)),
            }
        }
        sent.into_iter().collect()
    }

    /// The query and the form that it is sent as.
    pub fn written(&self) -> (String, String) {
        let sent = self.sent();
        let in_form = |name: &str| match self.place {
            Place::Both => name == "biz_content",
            Place::Query => false,
            Place::Form => true,
        };
        let write = |form: bool| {
            encode_form(
                sent.iter()
                    .filter(|(name, _)| in_form(name) == form)
                    .map(|(name, value)| (name.as_str(), value.as_slice())),
            )
        };
        (write(false), write(true))
    }

    /// Sends it.
    pub async fn send(&self, world: &World) -> Reply {
        Reply::read(self.send_as(world, &[]).await)
    }

    /// Sends it with further headers.
    pub async fn send_as(&self, world: &World, headers: &[(&str, &str)]) -> Answer {
        let (query, form) = self.written();
        let address = format!("{}/gateway.do{}", world.origin, if query.is_empty() { "" } else { "?" });
        let request = match self.place {
            Place::Query => http().get(format!("{address}{query}")),
            _ => http()
                .post(format!("{address}{query}"))
                .header("Content-Type", "application/x-www-form-urlencoded;charset=utf-8")
                .body(form),
        };
        Answer::of(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
    }

    /// `code sub_code` of the answer, after a look at its signature.
    pub async fn result(&self, world: &World) -> String {
        self.send(world).await.signed().result()
    }

    /// `sub_msg` of a refusal.
    pub async fn advice(&self, world: &World) -> String {
        let reply = self.send(world).await.signed();
        reply.object["sub_msg"].as_str().expect("a sub_msg").to_owned()
    }
}

/// A client that follows nothing.
pub fn http() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    builder.build().expect("a client")
}

/// Sends a form, as it is.
pub async fn post(world: &World, query: &str, form: impl Into<reqwest::Body>) -> Reply {
    let request = http().post(format!("{}/gateway.do{query}", world.origin));
    let request = request.header("Content-Type", "application/x-www-form-urlencoded").body(form);
    Reply::read(Answer::of(request).await)
}

/// An answer, taken apart as the clients do it: by its text, not as JSON.
pub struct Reply {
    pub answer: Answer,
    /// `alipay_…_response`.
    pub root: String,
    /// The exact text that is signed.
    pub text: String,
    /// The same, read.
    pub object: Value,
    /// `alipay_cert_sn`.
    pub certificate: Option<String>,
    sign: Option<Vec<u8>>,
}

impl Reply {
    /// Takes it apart. Whatever was asked, this must be possible.
    pub fn read(answer: Answer) -> Self {
        assert_eq!((answer.status, answer.header("Content-Type")), (200, "text/html;charset=utf-8"), "{answer:?}");
        let whole: Value = answer.json();
        let text = answer.text.as_str();
        let (root, rest) = text[2..].split_once("\":").expect("a root");
        let (object, tail) = match rest.rsplit_once(",\"sign\":\"") {
            Some((object, sign)) => (object, Some(sign.strip_suffix("\"}").expect("sign is the last"))),
            None => (rest.strip_suffix('}').expect("an end"), None),
        };
        let (object, certificate) = match object.rsplit_once(",\"alipay_cert_sn\":\"") {
            Some((object, number)) => (object, Some(number.trim_end_matches('"').to_owned())),
            None => (object, None),
        };
        let (root, text) = (root.to_owned(), object.to_owned());
        let read: Value = serde_json::from_str(&text).expect("the object is JSON");
        assert_eq!(read, whole[&root], "by its text and as JSON it is the same");
        assert_eq!(count(&text, b'{'), count(&text, b'}'), "clients count braces: {text}");
        assert!(!text.contains('<'), "no markup in what calls itself HTML: {text}");
        let sign = tail.map(|sign| STANDARD.decode(sign).expect("Base64"));
        Self { answer, root, text, object: read, certificate, sign }
    }

    /// The same, after a look at its signature with SHA-256.
    pub fn signed(self) -> Self {
        let sign = self.sign.as_ref().unwrap_or_else(|| panic!("not signed: {}", self.answer.text));
        assert!(WALLET_KEY.public().verify(self.text.as_bytes(), sign), "the answer's signature: {}", self.answer.text);
        self
    }

    /// The same, after a look at its signature with SHA-1.
    pub fn signed_with_sha1(self) -> Self {
        let key = Sha1PublicKey::from_pem(&WALLET_KEY.public().to_pem()).expect("a key");
        let sign = self.sign.as_ref().expect("a signature");
        assert!(key.verify(self.text.as_bytes(), sign), "the answer's signature: {}", self.answer.text);
        self
    }

    /// `code sub_code`; of what worked, `code msg`.
    pub fn result(&self) -> String {
        let text = |name: &str| self.object[name].as_str().unwrap_or_default();
        format!("{} {}", text("code"), if text("code") == "10000" { text("msg") } else { text("sub_code") })
    }
}

fn count(text: &str, wanted: u8) -> usize {
    text.bytes().filter(|byte| *byte == wanted).count()
}

/// Changes the app that calls.
pub async fn change_app(world: &World, change: impl FnOnce(&mut GatewayApp)) {
    let wallet = &world.app.wallet;
    let mut app = wallet.gateway_app(&GatewayAppId::new(APP)).await.expect("readable").expect("an app");
    change(&mut app);
    wallet.put_gateway_app(app).await.expect("an app");
    world.app.directory.forget();
}

/// The wallet that most tests here begin with: that of the trades, with an app that may not use SHA-1.
pub async fn world() -> World {
    let world = super::trades_shop::world().await;
    change_app(&world, |app| app.may_use_sha1 = false).await;
    world
}

/// The key that calls are signed with unless a test says otherwise.
pub fn merchant_key() -> GatewayKey {
    GatewayKey::Public { public_pem: MERCHANT_KEY.public().to_pem() }
}

/// One more app, of `client`.
pub async fn add_app(world: &World, app_id: &str, client: &str, key: Option<GatewayKey>) {
    let app = GatewayApp {
        app_id: GatewayAppId::new(app_id),
        client_id: ClientId::new(client),
        key,
        may_use_sha1: false,
        gateway_url: None,
        wallet_deducts: false,
    };
    world.app.wallet.put_gateway_app(app).await.expect("an app");
    world.app.directory.forget();
}
