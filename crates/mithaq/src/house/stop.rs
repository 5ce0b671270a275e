//! When to stop: Ctrl-C at a terminal, SIGTERM from whatever supervises the program.

use std::io;
use tokio::signal::unix::{SignalKind, signal};

/// Listens from now on; what it answers resolves when the program is told to stop.
pub fn told_to_stop() -> io::Result<impl Future<Output = ()> + Send> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
