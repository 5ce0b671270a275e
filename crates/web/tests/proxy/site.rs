//! A site that is not ours, and the proxy before it.

use crate::support::{Answer, serve};
use axum::Router;
use mithaq_web::proxy::{Proxy, router};
use reqwest::{Method, RequestBuilder};
use tokio::net::TcpListener;
use url::Url;

/// The wallet's origin that pages take the bridge from.
pub const WALLET: &str = "http://localhost:7600";
/// The tag that loads it.
pub const BRIDGE: &str = "<script src=\"http://localhost:7600/bridge/v1.js\"></script>";

/// The proxy before a site.
pub struct Before {
    /// The site's own origin.
    pub site: String,
    /// The proxy's.
    pub origin: String,
    http: reqwest::Client,
}

impl Before {
    /// Starts `site` and the proxy before it.
    pub async fn site(site: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        serve(listener, site);
        Self::address(&origin).await
    }

    /// Starts the proxy before whatever is, or is not, at `origin`.
    pub async fn address(origin: &str) -> Self {
        let target = Url::parse(&format!("{origin}/start")).expect("a URL");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let own = format!("http://{}", listener.local_addr().expect("an address"));
        serve(listener, router(Proxy { target, wallet_origin: WALLET.into(), observe: false }));
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        Self { site: origin.to_owned(), origin: own, http: http.build().expect("a client") }
    }

    /// A request to the proxy.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.origin))
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }
}
