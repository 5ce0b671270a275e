//! Logs go to standard error: standard output is for what was asked for.
//!
//! For people (`dev` and the commands) as plain lines; for `serve` as JSON, see `telemetry`. `MITHAQ_LOG` selects the
//! levels of both, as in `info,mithaq_web=debug`. Log lines name ids; bodies, tokens, PINs and phone numbers are in none
//! of them, at no level.

use std::io::IsTerminal as _;
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::{FilterExt, FilterFn};
use tracing_subscriber::layer::{Filter, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

/// The target of all spans. They are for traces alone: where none are collected, no span is ever made.
pub const SPANS: &str = "mithaq::span";

/// Starts logging for people.
pub fn start(default: &str) {
    let colours = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(colours);
    tracing_subscriber::registry().with(lines.with_filter(selected(default))).init();
}

/// What is logged: what `MITHAQ_LOG` selects, else `default`; and of libraries at most what is of note.
pub fn selected<S: Subscriber + for<'a> LookupSpan<'a>>(default: &str) -> impl Filter<S> + use<S> {
    let chosen = EnvFilter::try_from_env("MITHAQ_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    FilterExt::<S>::and(chosen, FilterFn::new(is_harmless))
}

/// Leaves out what only traces need, and what libraries say of their inner life: a database driver names the values of
/// its statements there, an HTTP client the address it calls, and both may hold what must not be in a log.
fn is_harmless(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let is_ours = target.starts_with("mithaq") || target.starts_with("demo_shop");
    target != SPANS && (is_ours || *metadata.level() <= Level::INFO)
}

#[cfg(test)]
mod tests {
    use super::{SPANS, is_harmless};
    use std::sync::{Arc, Mutex};
    use tracing_subscriber::filter::FilterFn;
    use tracing_subscriber::layer::SubscriberExt as _;
    use tracing_subscriber::{Layer as _, fmt};

    #[test]
    fn what_libraries_say_of_their_inner_life_is_in_no_log_at_no_level() {
        let written: Arc<Mutex<Vec<u8>>> = Arc::default();
        let writer = Arc::clone(&written);
        let lines = fmt::layer().with_writer(move || Tee(Arc::clone(&writer))).with_filter(FilterFn::new(is_harmless));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(lines), || {
            tracing::trace!(target: "mithaq_web", "ours");
            tracing::info!(target: "tokio_postgres", "of note");
            tracing::debug!(target: "tokio_postgres", "values of a statement");
            let span = tracing::info_span!(target: SPANS, "a span for traces");
            assert!(span.is_disabled());
            tracing::info!(target: "mithaq_store", parent: &span, "ours too");
        });
        let text = String::from_utf8(written.lock().expect("is whole").clone()).expect("text");
        assert!(text.contains("ours") && text.contains("of note") && text.contains("ours too"), "{text}");
        assert!(!text.contains("values of a statement") && !text.contains("a span for traces"), "{text}");
    }

    struct Tee(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Tee {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("is whole").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
}
