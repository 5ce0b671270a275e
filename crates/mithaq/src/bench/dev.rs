//! The memory of `mithaq dev` that has just started and does nothing: a process of its own, looked at from outside.

use super::machine;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;

/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long it does nothing before it is looked at.
const REST: Duration = Duration::from_secs(1);

/// Bytes of it that are in memory; `None` where it does not start, or the system does not tell.
pub async fn idle_bytes(folder: &Path) -> Option<u64> {
    let mut command = Command::new(std::env::current_exe().ok()?);
    command.args(["dev", "--port", "0", "--json", "--data-dir"]).arg(folder.join("dev"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut dev = command.spawn().ok()?;
    let mut ready = String::new();
    let mut output = BufReader::new(dev.stdout.take()?);
    tokio::time::timeout(PATIENCE, output.read_line(&mut ready)).await.ok()?.ok()?;
    tokio::time::sleep(REST).await;
    let bytes = dev.id().map(machine::resident_bytes_of).filter(|bytes| *bytes > 0 && !ready.is_empty());
    let _ = dev.kill().await;
    bytes
}
