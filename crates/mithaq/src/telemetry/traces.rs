//! Traces over OTLP/HTTP (protobuf), to a collector that somebody named.
//!
//! Sampling, queue and headers follow the standard variables (`OTEL_TRACES_SAMPLER`, `OTEL_BSP_…`,
//! `OTEL_EXPORTER_OTLP_HEADERS`). What the collector does not take in time is dropped: traces never slow a payment.

use super::Options;
use crate::logging::SPANS;
use anyhow::Context as _;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

/// How long the collector may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Longest answer of a collector that is read.
const ANSWER_MAX: usize = 64 * 1024;
/// Each of them names a collector; the first is for traces alone.
const VARIABLES: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

/// What makes and sends spans; `None` if nobody collects them.
///
/// # Errors
/// When the collector's address is none.
pub fn provider(options: &Options) -> anyhow::Result<Option<SdkTracerProvider>> {
    let is_named = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if options.otlp_endpoint.is_none() && !VARIABLES.iter().any(|name| is_named(name)) {
        return Ok(None);
    }
    let mut exporter = SpanExporter::builder().with_http().with_http_client(Collector::new()?);
    if let Some(base) = &options.otlp_endpoint {
        exporter = exporter.with_endpoint(format!("{}/v1/traces", base.trim_end_matches('/')));
    }
    let exporter = exporter.build().context("the address of the OTLP collector")?;
    let mut resource = Resource::builder().with_attributes([
        KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
        KeyValue::new("process.pid", i64::from(std::process::id())),
    ]);
    if !is_named("OTEL_SERVICE_NAME") {
        resource = resource.with_service_name("mithaq");
    }
    Ok(Some(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource.build()).build()))
}

/// Hands every span of ours to `provider`, and no log line.
pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>(provider: &SdkTracerProvider) -> impl Layer<S> + use<S> {
    tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("mithaq"))
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_level(false)
        .with_tracked_inactivity(false)
        .with_context_activation(false)
        .with_filter(filter_fn(|metadata| metadata.is_span() && metadata.target() == SPANS))
}

/// The way to the collector: the exporter's thread waits, the runtime does the work.
#[derive(Debug)]
struct Collector {
    http: reqwest::Client,
    runtime: Handle,
    is_away: Arc<AtomicBool>,
}

impl Collector {
    fn new() -> anyhow::Result<Self> {
        let builder = || reqwest::Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none());
        // A machine without root certificates can still reach a collector that needs none.
        let http = builder().build().or_else(|_| builder().tls_certs_only([]).build())?;
        Ok(Self { http, runtime: Handle::current(), is_away: Arc::default() })
    }
}

impl HttpClient for Collector {
    fn send_bytes<'this, 'sent>(
        &'this self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'sent>>
    where
        'this: 'sent,
        Self: 'sent,
    {
        let (http, is_away) = (self.http.clone(), Arc::clone(&self.is_away));
        let sending = self.runtime.spawn(async move {
            let outcome = exchange(&http, request).await;
            note(&is_away, &outcome);
            outcome
        });
        Box::pin(async move { sending.await? })
    }
}

async fn exchange(http: &reqwest::Client, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
    let (parts, body) = request.into_parts();
    let sent = http.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
    // Without the URL: it may hold a key.
    let mut answer = sent.send().await.map_err(reqwest::Error::without_url)?;
    let mut read = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(reqwest::Error::without_url)? {
        if read.len() + chunk.len() > ANSWER_MAX {
            return Err("the collector's answer is too long".into());
        }
        read.extend_from_slice(&chunk);
    }
    let mut response = Response::builder().status(answer.status());
    if let Some(headers) = response.headers_mut() {
        *headers = std::mem::take(answer.headers_mut());
    }
    Ok(response.body(read.into())?)
}

/// Logs once that the collector is away, and once that it is back.
fn note(is_away: &AtomicBool, outcome: &Result<Response<Bytes>, HttpError>) {
    let problem = match outcome {
        Ok(response) if response.status().is_success() => None,
        Ok(response) => Some(format!("HTTP {}", response.status().as_u16())),
        Err(error) => Some(error.to_string()),
    };
    let was_away = is_away.swap(problem.is_some(), Ordering::Relaxed);
    match problem {
        Some(problem) if !was_away => {
            tracing::warn!(error.message = %problem, "telemetry: the collector does not take traces");
        }
        None if was_away => tracing::info!("telemetry: the collector takes traces again"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Options, SPANS, VARIABLES, layer, provider};
    use axum::body::Bytes;
    use axum::http::{HeaderMap, StatusCode, Uri, header};
    use std::net::Ipv4Addr;
    use tokio::net::TcpListener;
    use tokio::sync::mpsc;
    use tracing_subscriber::layer::SubscriberExt as _;

    type Sent = (String, HeaderMap, Vec<u8>);

    /// A collector that tells what it is sent, and answers `status`.
    async fn collector(status: StatusCode) -> (Options, mpsc::UnboundedReceiver<Sent>) {
        let (tell, told) = mpsc::unbounded_channel();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = axum::Router::new().fallback(async move |uri: Uri, headers: HeaderMap, body: Bytes| {
            tell.send((uri.to_string(), headers, body.to_vec())).expect("somebody listens");
            status
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        (Options { otlp_endpoint: Some(format!("http://{address}/")) }, told)
    }

    fn holds(bytes: &[u8], word: &str) -> bool {
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    }

    #[tokio::test]
    async fn without_a_collector_there_is_nothing() {
        if VARIABLES.iter().all(|name| std::env::var_os(name).is_none()) {
            assert!(provider(&Options::default()).expect("no error").is_none());
        }
        assert!(provider(&Options { otlp_endpoint: Some("no address".into()) }).is_err());
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn a_collector_gets_our_spans_and_neither_those_of_libraries_nor_log_lines() {
        let (options, mut told) = collector(StatusCode::OK).await;
        let provider = provider(&options).expect("no error").expect("a provider");
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer(&provider)), || {
            let span = tracing::info_span!(target: SPANS, "batch", commands = 3);
            let _entered = span.enter();
            let _commit = tracing::info_span!(target: SPANS, "commit").entered();
            let _other = tracing::info_span!(target: "tokio_postgres", "statement of a library").entered();
            tracing::error!("a line for the log");
        });
        let flushed = tokio::task::spawn_blocking(move || provider.shutdown());
        flushed.await.expect("ends").expect("is sent");
        let (path, headers, body) = told.recv().await.expect("something");
        assert_eq!(path, "/v1/traces");
        assert_eq!(headers[header::CONTENT_TYPE], "application/x-protobuf");
        for word in ["service.name", "mithaq", "service.version", "batch", "commands", "commit"] {
            assert!(holds(&body, word), "{word}");
        }
        assert!(!holds(&body, "statement of a library") && !holds(&body, "a line for the log"));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn a_collector_that_refuses_holds_up_nobody() {
        let (options, mut told) = collector(StatusCode::BAD_REQUEST).await;
        let provider = provider(&options).expect("no error").expect("a provider");
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer(&provider)), || {
            let _span = tracing::info_span!(target: SPANS, "batch").entered();
        });
        let ended = tokio::task::spawn_blocking(move || provider.shutdown());
        // Whatever it says of the collector: it ends.
        let _ = ended.await.expect("ends");
        assert!(told.recv().await.is_some());
    }
}
