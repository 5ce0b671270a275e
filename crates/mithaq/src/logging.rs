//! Logs go to standard error: standard output is for what was asked for.

use std::io::IsTerminal as _;
use tracing_subscriber::EnvFilter;

/// Starts logging. `MITHAQ_LOG` selects levels, as in `info,mithaq_web=debug`.
pub fn start(default: &str) {
    let filter = EnvFilter::try_from_env("MITHAQ_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours).init();
}
