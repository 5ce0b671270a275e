//! A browser with one session: the shell's calls and the forms of the wallet's pages.

use super::{APP, Answer, Person, World};
use mithaq_types::UserId;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

/// A browser. A clone is another tab of it.
#[derive(Clone)]
pub struct Browser {
    http: reqwest::Client,
    origin: String,
    /// The session's secret, once there is one.
    pub cookie: Option<String>,
    /// The session's token.
    pub csrf: String,
}

/// A wallet page that the shell opened.
pub struct Opened {
    pub ix: String,
    pub page_url: String,
}

impl Browser {
    /// One that has never been here.
    pub fn new(world: &World) -> Self {
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let http = http.build().expect("a client");
        Self { http, origin: world.origin.clone(), cookie: None, csrf: String::new() }
    }

    /// One with a session in which nobody is signed in.
    pub async fn open(world: &World) -> Self {
        let mut browser = Self::new(world);
        let session = browser.get("/app/v1/session").await;
        browser.csrf = session.json()["csrf"].as_str().expect("a token").to_owned();
        browser
    }

    /// One in which `person` is signed in.
    pub async fn of(world: &World, person: &Person) -> Self {
        let wallet = &world.app.wallet;
        let session = wallet.open_session(None).await.expect("a session").session;
        let opened = wallet.act_as(&session, &UserId::new(person.user_id)).await.expect("a session");
        Self::with(world, Some(opened.token), opened.session.csrf)
    }

    /// One that holds this cookie and token.
    pub fn with(world: &World, cookie: Option<String>, csrf: String) -> Self {
        Self { cookie, csrf, ..Self::new(world) }
    }

    /// A request in this session, to be sent with [`Browser::send`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.origin));
        match &self.cookie {
            Some(cookie) => request.header("Cookie", format!("other=1; mithaq_session={cookie}")),
            None => request,
        }
    }

    /// Sends a request and keeps the cookie that comes back.
    pub async fn send(&mut self, request: RequestBuilder) -> Answer {
        let answer = Answer::of(request).await;
        let set = answer.header("Set-Cookie").strip_prefix("mithaq_session=");
        if let Some((value, _)) = set.and_then(|cookie| cookie.split_once(';')) {
            self.cookie = Some(value.to_owned());
        }
        answer
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// A change by the shell: JSON, with the token.
    pub async fn post(&mut self, path: &str, body: &Value) -> Answer {
        let request = self.request(Method::POST, path).header("X-CSRF", &self.csrf);
        self.send(request.header("Content-Type", "application/json").body(body.to_string())).await
    }

    /// A form of a wallet page, with the token that the page had.
    pub async fn submit(&mut self, ix: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        let fields: Vec<_> = [("csrf", csrf.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.form(ix, action, &fields).await
    }

    /// A form of a wallet page, with exactly these fields.
    pub async fn form(&mut self, ix: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        self.form_to(&format!("/app/v1/interactions/{ix}/{action}"), fields).await
    }

    /// A form that goes to `path`, with exactly these fields.
    pub async fn form_to(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.request(Method::POST, path);
        self.send(request.header("Content-Type", "application/x-www-form-urlencoded").body(body)).await
    }

    /// A form of the wallet app, with the session's token, and what came of it: the page that it leads to, or the answer
    /// itself where it leads nowhere.
    pub async fn fill(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        let fields: Vec<_> = [("csrf", csrf.as_str())].into_iter().chain(fields.iter().copied()).collect();
        let answer = self.form_to(path, &fields).await;
        if answer.status != 303 {
            return answer;
        }
        let target = answer.header("Location").to_owned();
        self.get(&target).await
    }

    /// A call of the Mini Program [`APP`].
    pub async fn call(&mut self, api: &str, args: &Value) -> Answer {
        self.post("/app/v1/interactions", &json!({"appId": APP, "api": api, "args": args})).await
    }

    /// A call that opens a page.
    pub async fn opened(&mut self, api: &str, args: &Value) -> Opened {
        let answer = self.call(api, args).await;
        let body = answer.json();
        assert_eq!((answer.status, &body["state"]), (201, &json!("OPEN")), "{body}");
        let text = |name: &str| body[name].as_str().expect("a text").to_owned();
        Opened { ix: text("ix"), page_url: text("pageUrl") }
    }

    /// The page for signing `auth_url`.
    pub async fn sign_page(&mut self, auth_url: &str) -> Opened {
        self.opened("qicardSignContract", &json!({"authUrl": auth_url, "extParams": {}})).await
    }

    /// How a page stands: its state, and the reply once there is one.
    pub async fn standing(&mut self, ix: &str) -> (String, Value) {
        let body = self.get(&format!("/app/v1/interactions/{ix}")).await.json();
        (body["state"].as_str().expect("a state").to_owned(), body["reply"].clone())
    }

    /// Closes a page as the shell does, and returns the reply.
    pub async fn cancel(&mut self, ix: &str) -> Value {
        let answer = self.post(&format!("/app/v1/interactions/{ix}/cancel"), &json!({})).await;
        let body = answer.json();
        assert_eq!((answer.status, &body["state"]), (200, &json!("FINAL")), "{body}");
        body["reply"].clone()
    }
}
