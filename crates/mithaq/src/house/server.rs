//! HTTP/1.1 on one listener, from the first connection to the last answer.
//!
//! Connections belong to the server: when it is dropped they are, and with them what their handlers hold.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use mithaq_wallet::Alarm;
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// How long a connection may be without a whole head of a request: idle, or with a client that sends it byte by byte.
/// Longer than proxies keep their connections (60 s), so that they close them and not we.
const QUIET_MAX: Duration = Duration::from_secs(75);
/// After the system had no connection to give, as when all descriptors are used.
const BREATH: Duration = Duration::from_millis(100);

/// Serves `router` until the alarm says stop. Then no connection is taken any more, idle ones are closed, and the
/// server ends when what was asked before is answered.
pub async fn serve(listener: TcpListener, router: Router, alarm: Alarm) {
    let mut connections = JoinSet::new();
    loop {
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            Some(ended) = connections.join_next() => {
                log(ended);
                continue;
            }
            () = alarm.stopped() => break,
        };
        match taken {
            Ok((stream, _)) => {
                connections.spawn(converse(stream, router.clone(), alarm.clone()));
            }
            Err(error) => {
                tracing::warn!(error.message = %error, "house: a connection could not be taken");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    drop(listener);
    while let Some(ended) = connections.join_next().await {
        log(ended);
    }
}

async fn converse(stream: TcpStream, router: Router, alarm: Alarm) {
    // An answer is written at once, so there is nothing to wait for. Where that cannot be said it is slower, no more.
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(router);
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(QUIET_MAX);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    // An error is the client's, who went away or speaks no HTTP.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = alarm.stopped() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

fn log(ended: Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(error.message = %error, "house: an answer broke off");
    }
}
