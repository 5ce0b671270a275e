//! Servers and jobs that run until the alarm says stop.

use super::server;
use mithaq_wallet::Alarm;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// All of them.
pub struct Tasks {
    alarm: Alarm,
    set: JoinSet<()>,
}

impl Tasks {
    /// None yet; those that are added end with `alarm`.
    pub fn new(alarm: Alarm) -> Self {
        Self { alarm, set: JoinSet::new() }
    }

    /// Serves `router`. At the stop no connection is taken any more, and what was asked before is answered.
    pub fn serve(&mut self, listener: TcpListener, router: axum::Router) {
        self.set.spawn(server::serve(listener, router, self.alarm.clone()));
    }

    /// Runs `job`, which ends by itself at the stop.
    pub fn spawn(&mut self, job: impl Future<Output = ()> + Send + 'static) {
        self.set.spawn(job);
    }

    /// Waits until all have ended, for `limit` at most: a connection that its client never closes must not keep the
    /// program alive. Whether they all ended by themselves.
    pub async fn finish(mut self, limit: Duration) -> bool {
        let rest = async { while self.set.join_next().await.is_some() {} };
        let ended = tokio::time::timeout(limit, rest).await.is_ok();
        if !ended {
            self.set.shutdown().await;
        }
        ended
    }
}
