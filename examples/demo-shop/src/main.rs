//! The shop as a program of its own, against any wallet that knows it. `mithaq dev` starts it by itself.

use anyhow::Context as _;
use clap::Parser;
use demo_shop::Config;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;

/// Zaytoun Market, a merchant to learn from.
#[derive(Parser)]
struct Options {
    /// The wallet: its API, and the origin that shows the Mini Program.
    #[arg(long, env = "SHOP_WALLET_URL")]
    wallet_url: String,
    /// How the wallet reaches this shop.
    #[arg(long, env = "SHOP_PUBLIC_URL")]
    public_url: String,
    /// The Client-Id that the wallet gave this shop.
    #[arg(long, env = "SHOP_CLIENT_ID")]
    client_id: String,
    /// File with this shop's private key (PEM).
    #[arg(long, env = "SHOP_PRIVATE_KEY_FILE")]
    private_key: PathBuf,
    /// File with the wallet's public key (PEM).
    #[arg(long, env = "SHOP_WALLET_KEY_FILE")]
    wallet_key: PathBuf,
    /// Where to listen.
    #[arg(long, env = "SHOP_LISTEN", default_value = "127.0.0.1:7601")]
    listen: SocketAddr,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    tracing_subscriber::fmt::init();
    let config = Config {
        wallet_url: options.wallet_url,
        public_url: options.public_url,
        client_id: options.client_id,
        private_key_pem: read(&options.private_key)?,
        wallet_public_key_pem: read(&options.wallet_key)?,
    };
    let listener = TcpListener::bind(options.listen).await.context("cannot listen")?;
    let stopped = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    demo_shop::serve(listener, config, stopped).await?;
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
