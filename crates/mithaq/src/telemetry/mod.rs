//! What an operator's machines see of a running wallet: metrics, traces, and logs as JSON.
//!
//! - Metrics are counted through the facade `metrics` in every room and read as Prometheus' text ([`Telemetry::render`]);
//!   docs/metrics.md lists them. Nothing listens here.
//! - Traces go to a collector over OTLP/HTTP when one is named; otherwise nothing of them runs, and no span is made.
//! - Logs are lines of JSON on standard error, written by a thread of their own.

mod backlog;
mod lines;
mod recorder;
mod traces;

use crate::logging;
use anyhow::Context as _;
use lines::Lines;
use metrics_exporter_prometheus::PrometheusHandle;
use mithaq_store::Reader;
use mithaq_types::Clock;
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer as _, fmt};

/// How often what histograms were told is put into their buckets, whether somebody reads them or not.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);
/// How long a stop waits for the last traces and the last lines.
const FLUSH_WITHIN: Duration = Duration::from_secs(3);

/// What can be chosen.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The OTLP/HTTP collector's base address, such as `http://127.0.0.1:4318`: traces go to `/v1/traces` there.
    /// `None` leaves it to the variables `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` and `OTEL_EXPORTER_OTLP_ENDPOINT`;
    /// without those there are no traces.
    pub otlp_endpoint: Option<String>,
}

/// Everything that watches. Cheap to clone.
#[derive(Clone)]
pub struct Telemetry {
    inner: Arc<Inner>,
}

struct Inner {
    metrics: PrometheusHandle,
    traces: Option<SdkTracerProvider>,
    lines: Lines,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

/// Starts metrics, traces and logs, for the whole process. Once, and inside a Tokio runtime.
///
/// # Errors
/// When the collector's address is none, or the process has logs or metrics already.
pub fn start(options: &Options) -> anyhow::Result<Telemetry> {
    let metrics = recorder::install()?;
    let lines = Lines::to(std::io::stderr()).context("the thread that writes logs")?;
    let traces = traces::provider(options)?;
    let json = fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_writer(lines.clone())
        .with_filter(logging::selected("info"));
    let spans = traces.as_ref().map(traces::layer);
    tracing_subscriber::registry().with(json).with(spans).try_init().context("logs")?;
    let upkeep = tokio::spawn({
        let metrics = metrics.clone();
        async move {
            let mut ticks = tokio::time::interval(UPKEEP_EVERY);
            loop {
                ticks.tick().await;
                metrics.run_upkeep();
            }
        }
    });
    Ok(Telemetry { inner: Arc::new(Inner { metrics, traces, lines, tasks: Mutex::new(vec![upkeep]) }) })
}

impl Telemetry {
    /// All metrics, in Prometheus' text format (`text/plain; version=0.0.4`).
    #[must_use]
    pub fn render(&self) -> String {
        self.inner.metrics.render()
    }

    /// Keeps the gauges that are read from the database up to date, until [`Telemetry::stop`]. `clock` is the wallet's.
    pub fn watch(&self, reader: Reader, clock: Arc<dyn Clock>) {
        self.tasks().push(tokio::spawn(backlog::watch(reader, clock)));
    }

    /// Stops watching, and sends and writes what is still on its way, for a few seconds at most.
    pub async fn stop(&self) {
        for task in self.tasks().drain(..) {
            task.abort();
        }
        let (traces, lines) = (self.inner.traces.clone(), self.inner.lines.clone());
        let flush = tokio::task::spawn_blocking(move || {
            if let Some(traces) = traces {
                // What does not reach the collector now is lost; it is not worth a longer stop.
                let _ = traces.shutdown_with_timeout(FLUSH_WITHIN);
            }
            lines.flush(FLUSH_WITHIN);
        });
        let _ = flush.await;
    }

    fn tasks(&self) -> MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
