//! When to stop: Ctrl-C at a terminal, SIGTERM from whatever supervises the program.

use std::io;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// What the program is told from outside.
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// Listens from now on: the program is no longer ended by them, but by whoever waits for them.
    ///
    /// # Errors
    /// When the system does not let us.
    pub fn listen() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Resolves when the program is told to stop, the next time.
    pub async fn stop(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
