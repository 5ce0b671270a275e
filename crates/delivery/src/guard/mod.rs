//! Which targets the wallet may call (spec/openapi.md 5.6): a merchant names a URL, and the wallet must not become its
//! way into the operator's network.
//!
//! The URL is checked before anything is sent. Its host's addresses are checked after they were looked up, by the very
//! resolver the connection is made with, so that a name cannot lead elsewhere a moment later.

mod address;

use address::{Place, place};
use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, SocketAddr};
use url::{Host, Url};

/// Why a target is not called. Safe to tell the merchant.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refused {
    /// Not an absolute URL with a host.
    #[error("the URL is not complete: it needs a scheme and a host")]
    Form,
    /// Another scheme than `https`, or `http` where that is allowed.
    #[error("the scheme of the URL is not allowed: use https")]
    Scheme,
    /// `user:password@` before the host.
    #[error("the URL must not contain a user name or password")]
    Credentials,
    /// A port that is not configured.
    #[error("port {0} is not allowed")]
    Port(u16),
    /// The host is, or leads to, an address that may not be called.
    #[error("the host leads to an address that may not be called ({0})")]
    Address(&'static str),
}

/// The policy.
#[derive(Clone, Debug)]
pub struct Guard {
    /// Whether `http`, this machine and private networks are fine.
    is_sandbox: bool,
    /// Ports that may be called; none listed means any.
    ports: Vec<u16>,
    /// Networks of the operator's own where merchants live.
    networks: Vec<IpNet>,
}

impl Guard {
    /// `https` on port 443 of public addresses, nothing else.
    #[must_use]
    pub fn production() -> Self {
        Self { is_sandbox: false, ports: vec![443], networks: Vec::new() }
    }

    /// `http` too, any port, and also this machine and private networks. Link-local addresses, the metadata services of
    /// clouds and the like stay closed.
    #[must_use]
    pub const fn sandbox() -> Self {
        Self { is_sandbox: true, ports: Vec::new(), networks: Vec::new() }
    }

    /// The same policy for other ports; an empty list means any.
    #[must_use]
    pub fn with_ports(self, ports: impl Into<Vec<u16>>) -> Self {
        Self { ports: ports.into(), ..self }
    }

    /// The same policy, but this machine and private networks may be called where `networks` name them. A URL that holds
    /// such an address itself may be `http` and have any port; one that holds a name stays bound to the policy's. What is
    /// no place to deliver to (link-local addresses, the metadata services of clouds) stays closed.
    #[must_use]
    pub fn with_networks(self, networks: impl Into<Vec<IpNet>>) -> Self {
        Self { networks: networks.into(), ..self }
    }

    /// Whether some targets without TLS are fine.
    #[must_use]
    pub const fn allows_http(&self) -> bool {
        self.is_sandbox || !self.networks.is_empty()
    }

    /// Reads `text` and checks all of it that can be checked without asking DNS. Also good for refusing a URL in the
    /// moment a merchant names it.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn check_url(&self, text: &str) -> Result<Url, Refused> {
        let url = Url::parse(text).map_err(|_| Refused::Form)?;
        // `Url` has turned 0x7f.1, 2130706433 and full-width digits into the address they stand for.
        let address: Option<IpAddr> = match url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            _ => None,
        };
        let is_listed = address.is_some_and(|address| self.lists(address));
        match url.scheme() {
            "https" => {}
            "http" if self.is_sandbox || is_listed => {}
            _ => return Err(Refused::Scheme),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refused::Credentials);
        }
        let port = url.port_or_known_default().ok_or(Refused::Form)?;
        if !self.ports.is_empty() && !self.ports.contains(&port) && !is_listed {
            return Err(Refused::Port(port));
        }
        address.map_or(Ok(()), |address| self.check_address(address))?;
        Ok(url)
    }

    /// Whether `address` may be called.
    ///
    /// # Errors
    /// [`Refused::Address`].
    pub fn check_address(&self, address: IpAddr) -> Result<(), Refused> {
        match place(address) {
            Place::Public => Ok(()),
            Place::Inside(_) if self.is_sandbox || self.lists(address) => Ok(()),
            Place::Inside(what) | Place::Closed(what) => Err(Refused::Address(what)),
        }
    }

    /// Whether `address` is in a network of the operator's, also when it is an IPv4 one in IPv6 clothes.
    fn lists(&self, address: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(&address.to_canonical()))
    }

    /// Those of `addresses` that may be called.
    fn filter(&self, addresses: impl Iterator<Item = SocketAddr>) -> Result<Vec<SocketAddr>, Refused> {
        let (mut allowed, mut refused) = (Vec::new(), None);
        for address in addresses {
            match self.check_address(address.ip()) {
                Ok(()) => allowed.push(address),
                Err(reason) => refused = Some(reason),
            }
        }
        match refused {
            Some(reason) if allowed.is_empty() => Err(reason),
            _ => Ok(allowed),
        }
    }
}

/// Looks names up as the system does, and hands on only addresses that may be called.
impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            // The port is the URL's: what is looked up here is thrown away by the connector.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Addrs = Box::new(guard.filter(found)?.into_iter());
            Ok(allowed)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Guard, Refused};
    use std::net::SocketAddr;

    #[test]
    fn production_takes_https_on_its_ports_only() {
        let guard = Guard::production();
        assert!(guard.check_url("https://shop.example.com/hooks/pay?a=1").is_ok());
        assert!(guard.check_url("https://8.8.8.8/hooks").is_ok());
        for (url, reason) in [
            ("http://shop.example.com/", Refused::Scheme),
            ("ftp://shop.example.com/", Refused::Scheme),
            ("file:///etc/passwd", Refused::Scheme),
            ("javascript:alert(1)", Refused::Scheme),
            ("shop.example.com/hooks", Refused::Form),
            ("https://", Refused::Form),
            ("", Refused::Form),
            ("https://user:secret@shop.example.com/", Refused::Credentials),
            ("https://shop.example.com@evil.example/", Refused::Credentials),
            ("https://shop.example.com:22/", Refused::Port(22)),
            ("https://shop.example.com:8443/", Refused::Port(8443)),
        ] {
            assert_eq!(guard.check_url(url), Err(reason), "{url}");
        }
        assert!(guard.with_ports([443, 8443]).check_url("https://shop.example.com:8443/").is_ok());
    }

    #[test]
    fn an_address_is_known_in_every_way_of_writing_it() {
        for host in [
            "127.0.0.1",
            "127.1",
            "127.0.0.1.",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "017700000001",
            "１２７.0.0.1",
            "10.0.0.1",
            "0xa9fea9fe",
            "0",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[0:0:0:0:0:ffff:a9fe:a9fe]",
            "[64:ff9b::127.0.0.1]",
            "[2002:7f00:1::]",
            "[fd00::1]",
            "[fe80::1]",
        ] {
            let refused = Guard::production().check_url(&format!("https://{host}/hooks"));
            assert!(matches!(refused, Err(Refused::Address(_))), "{host}: {refused:?}");
        }
    }

    #[test]
    fn a_sandbox_may_call_this_machine_but_no_metadata_service() {
        let guard = Guard::sandbox();
        for url in ["http://127.0.0.1:7601/hooks", "http://localhost:3000/", "https://192.168.1.5/", "http://[::1]:80/"]
        {
            assert!(guard.check_url(url).is_ok(), "{url}");
        }
        for url in
            ["http://169.254.169.254/latest", "http://[fd00:ec2::254]/", "http://0.0.0.0:7601/", "http://224.0.0.1/"]
        {
            assert!(matches!(guard.check_url(url), Err(Refused::Address(_))), "{url}");
        }
    }

    #[test]
    fn in_production_the_operators_own_networks_are_open_where_they_are_named() {
        let networks = ["127.0.0.0/8", "10.1.0.0/16", "fd12::/16"].map(|text| text.parse().expect("a network"));
        let guard = Guard::production().with_networks(networks);
        for url in [
            "http://127.0.0.1:7601/hooks",
            "http://[::ffff:127.0.0.1]:7601/hooks",
            "https://10.1.2.3/hooks",
            "http://[fd12::1]:8080/hooks",
            "https://shop.example.com/hooks",
        ] {
            assert!(guard.check_url(url).is_ok(), "{url}: {:?}", guard.check_url(url));
        }
        for url in ["http://10.2.0.1/", "https://192.168.0.1/", "https://[::1]/"] {
            assert!(guard.check_url(url).is_err(), "{url} is in none of them");
        }
        assert_eq!(guard.check_url("http://shop.example.com/"), Err(Refused::Scheme), "names keep to https");
        assert_eq!(guard.check_url("http://localhost:7601/"), Err(Refused::Scheme));
        let metadata = Guard::production().with_networks(["0.0.0.0/0", "::/0"].map(|text| text.parse().expect("all")));
        for url in ["http://169.254.169.254/latest", "http://[fd00:ec2::254]/", "http://100.100.100.200/"] {
            assert!(matches!(metadata.check_url(url), Err(Refused::Address(_))), "{url} stays closed");
        }
    }

    #[test]
    fn of_several_addresses_only_the_allowed_ones_are_called() {
        let addresses = |texts: &[&str]| -> Vec<SocketAddr> {
            texts.iter().map(|text| SocketAddr::new(text.parse().expect("an address"), 0)).collect()
        };
        let guard = Guard::production();
        let mixed = guard.filter(addresses(&["10.0.0.1", "8.8.8.8"]).into_iter());
        assert_eq!(mixed, Ok(addresses(&["8.8.8.8"])));
        let private = guard.filter(addresses(&["10.0.0.1", "::1"]).into_iter());
        assert_eq!(private, Err(Refused::Address("loopback")));
    }
}
