//! What `serve` needs to know, chosen and checked before anything is opened.

use super::Args;
use crate::settings::{Given, Rules, Settings, missing};
use crate::telemetry;
use anyhow::{Context as _, bail};
use ipnet::IpNet;
use mithaq_delivery::Gateway;
use mithaq_web::Capacity;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use url::Url;

/// All of it.
pub struct ServeSettings {
    /// The database. May hold a password: neither logged nor printed.
    pub database_url: String,
    /// The folder of the wallet's keys.
    pub keys: PathBuf,
    /// The wallet's address.
    pub listen: SocketAddr,
    /// The operator's.
    pub admin_listen: SocketAddr,
    /// The wallet's origin, without a slash at the end.
    pub public_url: String,
    /// Networks that notifications may go to although they are private.
    pub notify_allow: Vec<IpNet>,
    /// Where SMS and e-mail are handed to.
    pub messages: Option<Messages>,
    /// Lifetimes, limits, currencies.
    pub rules: Rules,
    /// How much is answered at once.
    pub capacity: Capacity,
    /// Where traces go.
    pub telemetry: telemetry::Options,
    /// Whether the line at the start is for programs.
    pub json: bool,
}

const LISTEN: &str = "127.0.0.1:7600";
const ADMIN_LISTEN: &str = "127.0.0.1:7690";

impl ServeSettings {
    /// Chooses them.
    ///
    /// # Errors
    /// When one is missing or is no such thing; the message names it and says where it stands.
    pub fn of(args: Args) -> anyhow::Result<Self> {
        let Args { place, listen, admin_listen, public_url, notify_allow, otlp_endpoint, json, .. } = &args;
        let all = place.clone().read()?;
        let file = all.file();
        let address = |name: &str, flag: Option<&str>, file: Option<&str>, default: &str| {
            let origin = format!("the default of {name}");
            let given = all.choose(name, flag, file).unwrap_or(Given { value: default.to_owned(), origin });
            given.parse("an address with a port, such as 127.0.0.1:7600", |text| text.parse().ok())
        };
        let public = all.choose("public_url", public_url.as_deref(), file.public_url.as_deref());
        let networks = all.choose_all("notify_allow", notify_allow, &file.notify_allow);
        let collector = all.choose("otlp_endpoint", otlp_endpoint.as_deref(), file.otlp_endpoint.as_deref());
        let collector = collector.map(|given| given.parse("an http or https address", web_address)).transpose()?;
        let network = |given: &Given| given.parse("a network, such as 10.1.0.0/16", network);
        Ok(Self {
            database_url: all.database_url()?,
            keys: all.keys()?,
            listen: address("listen", listen.as_deref(), file.listen.as_deref(), LISTEN)?,
            admin_listen: address("admin_listen", admin_listen.as_deref(), file.admin_listen.as_deref(), ADMIN_LISTEN)?,
            public_url: public.with_context(|| missing("public_url"))?.parse(ORIGIN, origin)?,
            notify_allow: networks.iter().map(network).collect::<anyhow::Result<_>>()?,
            rules: all.rules()?,
            messages: Messages::of(&args, &all)?,
            capacity: args.load.choose(&all)?,
            telemetry: telemetry::Options { otlp_endpoint: collector },
            json: *json,
        })
    }
}

/// The gateway for SMS and e-mail. Its URL may hold a secret as well: neither is logged nor printed.
pub struct Messages {
    url: String,
    secret: Option<String>,
    origin: String,
}

impl Messages {
    fn of(args: &Args, all: &Settings) -> anyhow::Result<Option<Self>> {
        let file = all.file();
        let url = all.choose("messages_url", args.messages_url.as_deref(), file.messages_url.as_deref());
        let (flag, entry) = (args.messages_secret_file.as_deref(), file.messages_secret_file.as_deref());
        let Some(url) = url else {
            if let Some(given) = all.choose("messages_secret_file", flag, entry) {
                bail!("{}: there is no messages_url that it would be for", given.origin);
            }
            return Ok(None);
        };
        let secret = all.choose("messages_secret_file", flag, entry).map(|given| {
            std::fs::read_to_string(&given.value).with_context(|| format!("{}: {}", given.origin, given.value))
        });
        let messages = Self { url: url.value, secret: secret.transpose()?, origin: url.origin };
        messages.gateway()?;
        Ok(Some(messages))
    }

    /// The gateway itself.
    ///
    /// # Errors
    /// When the URL or the secret is none.
    pub fn gateway(&self) -> anyhow::Result<Gateway> {
        Gateway::new(&self.url, self.secret.as_deref()).with_context(|| self.origin.clone())
    }
}

const ORIGIN: &str = "an http or https origin without a path, such as https://wallet.example";

/// The origin in `text`, if it is one and nothing else.
fn origin(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let is_bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    let is_anonymous = url.username().is_empty() && url.password().is_none();
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (is_bare && is_anonymous && is_web).then(|| url.origin().ascii_serialization())
}

/// An address on the web, as it was written.
fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| text.to_owned())
}

/// The network in `text`: an address with the length of its prefix, or one address.
fn network(text: &str) -> Option<IpNet> {
    text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).ok()
}

#[cfg(test)]
mod tests {
    use super::{network, origin};

    #[test]
    fn an_origin_is_a_scheme_and_a_host_and_nothing_else() {
        assert_eq!(origin("https://Wallet.Example/").as_deref(), Some("https://wallet.example"));
        assert_eq!(origin("https://wallet.example:443").as_deref(), Some("https://wallet.example"));
        assert_eq!(origin("http://127.0.0.1:7600").as_deref(), Some("http://127.0.0.1:7600"));
        for text in ["wallet.example", "ftp://a", "https://a/wallet", "https://a?b", "https://a#b", "https://u:p@a", ""]
        {
            assert_eq!(origin(text), None, "{text}");
        }
    }

    #[test]
    fn a_network_may_be_a_single_address() {
        assert_eq!(network("10.1.0.0/16").map(|net| net.to_string()).as_deref(), Some("10.1.0.0/16"));
        assert_eq!(network("::1").map(|net| net.to_string()).as_deref(), Some("::1/128"));
        assert_eq!(network("10.1.0.0/33"), None);
    }
}
