//! Memory of the wallet's own programs, each a process of its own that is looked at from outside.

use super::load::{self, Load};
use super::machine;
use super::measure::Bench;
use super::place::Place;
use super::requests::{self, Dice, Kind};
use super::town::{Town, With};
use crate::house::Keys;
use anyhow::{Context as _, ensure};
use mithaq_domain::Policy;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// How long a program may take to start.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long one that is to be idle does nothing before it is looked at.
const REST: Duration = Duration::from_secs(1);

/// Bytes of memory that `mithaq dev` takes when it has just started and does nothing.
pub async fn dev_idle(folder: &Path) -> anyhow::Result<u64> {
    let mut command = mithaq("dev")?;
    command.args(["--port", "0", "--data-dir"]).arg(folder.join("dev"));
    let (mut dev, _) = ready(command).await?;
    tokio::time::sleep(REST).await;
    let bytes = dev.id().map(machine::resident_bytes_of);
    dev.kill().await?;
    bytes.filter(|bytes| *bytes > 0).context("the system does not tell how much memory a process takes")
}

/// The most bytes of memory that `mithaq serve` takes while it answers payments as fast as it can, over the ledger at
/// `place`, which holds `town`.
pub async fn serve_loaded(bench: &Bench, place: &Place, town: &Town) -> anyhow::Result<u64> {
    let Place::Postgres(url) = place else { anyhow::bail!("serve runs on PostgreSQL") };
    let keys = bench.folder.join("keys");
    let mut command = mithaq("serve")?;
    command.args(["--database-url", url, "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"]);
    command.args(["--public-url", "https://wallet.example", "--keys"]).arg(&keys);
    let (mut serve, line) = ready(command).await?;
    let line: serde_json::Value = serde_json::from_str(&line)?;
    let address = line["wallet"].as_str().and_then(|url| url.strip_prefix("http://")).context("no address")?;
    let address: SocketAddr = address.parse()?;
    let (kind, dice) = (Kind::pay(With::Many), Dice::new("SERVE"));
    let count = bench.size.payments * 2;
    let load = Load {
        address,
        connections: bench.size.connections,
        requests: requests::prepare(town, &dice, &kind, &Policy::default().zone, count)?,
        rate: None,
        path: kind.path,
        key: Keys::open(&keys)?.ring.current().1.public(),
    };
    let run = load::run(load).await?;
    ensure!(run.verified > 0, "no answer was verified");
    let bytes = serve.id().map(machine::most_resident_bytes_of);
    serve.kill().await?;
    bytes.filter(|bytes| *bytes > 0).context("the system does not tell how much memory a process takes")
}

/// This program once more.
fn mithaq(what: &str) -> anyhow::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args([what, "--json"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    Ok(command)
}

/// Starts it and waits for the line that says it is ready.
async fn ready(mut command: Command) -> anyhow::Result<(Child, String)> {
    let mut child = command.spawn()?;
    let mut line = String::new();
    let mut output = BufReader::new(child.stdout.take().context("no output")?);
    tokio::time::timeout(PATIENCE, output.read_line(&mut line)).await.context("it does not start")??;
    ensure!(!line.is_empty(), "it does not start");
    Ok((child, line))
}
