//! What something costs: processor time by kind of thread, and bytes towards the disk.

use super::machine::{self, CpuTime};
use super::server::Server;
use std::time::Duration;

/// What was used so far, by this process and by the server of the ledger.
pub struct Meter {
    threads: CpuTime,
    server_cpu: Duration,
    written: Option<u64>,
}

impl Meter {
    /// Reads it. Without a `server` the ledger is in this process.
    pub async fn read(server: Option<&Server>) -> Self {
        let (server_cpu, written) = match server {
            None => (Duration::ZERO, Some(machine::written_bytes())),
            Some(server @ Server::Private(_)) => (server.cpu_time(), Some(server.written_bytes())),
            Some(server @ Server::Elsewhere(_)) => (Duration::ZERO, server.log_bytes().await),
        };
        Self { threads: machine::cpu_time(), server_cpu, written }
    }

    /// What was used since: bytes, where that is known, and processor time.
    pub async fn used(self, server: Option<&Server>) -> (Option<u64>, CpuTime) {
        let mut cpu = machine::cpu_time_since(&self.threads);
        let now = Self::read(server).await;
        let served = now.server_cpu.saturating_sub(self.server_cpu);
        if !served.is_zero() {
            cpu.insert("server".to_owned(), served);
        }
        (now.written.zip(self.written).map(|(now, before)| now.saturating_sub(before)), cpu)
    }
}
