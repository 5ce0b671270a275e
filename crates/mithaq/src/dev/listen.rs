//! The ports: wallet, demo merchant, preview proxy. On loopback only.
//!
//! The wallet is `localhost` and the merchant `127.0.0.1`: two hosts, so that the browser keeps their
//! cookies apart, which it does not do for two ports of one host.

use anyhow::Context as _;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use tokio::net::TcpListener;

/// Where everything is reached.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// The wallet's own origin.
    pub wallet: String,
    /// The demo merchant's.
    pub merchant: String,
    /// The preview proxy's, if there is one.
    pub proxy: Option<String>,
}

/// Bound sockets.
pub struct Listeners {
    /// The wallet's, over IPv4 and, where there is one, IPv6: `localhost` may be either.
    pub wallet: Vec<TcpListener>,
    /// The demo merchant's.
    pub merchant: TcpListener,
    /// The preview proxy's.
    pub proxy: Option<TcpListener>,
    /// Where they are reached.
    pub addresses: Addresses,
}

impl Listeners {
    /// Binds `port` and the ones after it, or any free ones for 0.
    pub async fn bind(port: u16, with_proxy: bool) -> anyhow::Result<Self> {
        let after = |steps: u16| if port == 0 { Some(0) } else { port.checked_add(steps) };
        let too_high = "choose a --port below 65534: the next ones are needed too";
        let first = bind(port).await?;
        let wallet_port = first.local_addr()?.port();
        let merchant = bind(after(1).context(too_high)?).await?;
        let proxy = if with_proxy { Some(bind(after(2).context(too_high)?).await?) } else { None };
        let mut wallet = vec![first];
        if let Ok(second) = TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, wallet_port))).await {
            wallet.push(second);
        }
        let addresses = Addresses {
            wallet: format!("http://localhost:{wallet_port}"),
            merchant: format!("http://127.0.0.1:{}", merchant.local_addr()?.port()),
            proxy: match &proxy {
                Some(listener) => Some(format!("http://127.0.0.1:{}", listener.local_addr()?.port())),
                None => None,
            },
        };
        Ok(Self { wallet, merchant, proxy, addresses })
    }
}

async fn bind(port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            anyhow::anyhow!("port {port} is taken; choose another with --port, or --port 0 for free ones")
        }
        ErrorKind::PermissionDenied => {
            anyhow::anyhow!("port {port} may not be used by this user; choose one above 1023")
        }
        _ => anyhow::anyhow!("port {port} cannot be used: {error}"),
    })
}
