//! Every metric there is: its kind, its unit, what it means, and the buckets of the histograms.
//!
//! The rooms count where things happen, by name; this table is what the names mean. docs/metrics.md says the same to
//! operators, and a test holds the two together.

use anyhow::Context as _;
use metrics::Unit;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

/// From half a millisecond to the longest that a merchant may wait. 25 ms is the target for the slowest in a hundred.
const REQUEST: &[f64] =
    &[0.0005, 0.001, 0.002, 0.004, 0.008, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0];
/// A signature takes a quarter of a millisecond of a core, more when the core is shared.
const SIGNATURE: &[f64] = &[0.0001, 0.0002, 0.0003, 0.0004, 0.0006, 0.001, 0.002, 0.005, 0.01, 0.05];
/// Waiting for a signer, or for the database.
const SHORT: &[f64] = &[0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
/// Another's server on the other side of the internet, up to its time-out.
const DELIVERY: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// Commands in a transaction, up to the most that the engine takes.
const BATCH: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];

enum Kind {
    Counter,
    Gauge,
    Histogram(&'static [f64]),
}

struct Metric {
    name: &'static str,
    kind: Kind,
    unit: Unit,
    help: &'static str,
}

const fn metric(name: &'static str, kind: Kind, unit: Unit, help: &'static str) -> Metric {
    Metric { name, kind, unit, help }
}

const METRICS: [Metric; 21] = [
    metric(
        "mithaq_requests_total",
        Kind::Counter,
        Unit::Count,
        "Merchants' calls answered, by endpoint and resultCode.",
    ),
    metric(
        "mithaq_request_seconds",
        Kind::Histogram(REQUEST),
        Unit::Seconds,
        "From a merchant's whole request to its signed answer, by endpoint.",
    ),
    metric("mithaq_requests_in_flight", Kind::Gauge, Unit::Count, "Merchants' calls that are being worked on."),
    metric(
        "mithaq_refusals_total",
        Kind::Counter,
        Unit::Count,
        "Calls refused for lack of room, by why and by whether the answer was signed.",
    ),
    metric("mithaq_signature_seconds", Kind::Histogram(SIGNATURE), Unit::Seconds, "Making one RSA signature."),
    metric("mithaq_signature_wait_seconds", Kind::Histogram(SHORT), Unit::Seconds, "Waiting for a signing thread."),
    metric("mithaq_signature_queue", Kind::Gauge, Unit::Count, "Signatures that wait for a signing thread."),
    metric("mithaq_batch_commands", Kind::Histogram(BATCH), Unit::Count, "Commands in a batch of the engine."),
    metric(
        "mithaq_batch_seconds",
        Kind::Histogram(SHORT),
        Unit::Seconds,
        "A batch of the engine: load, decide, write, commit.",
    ),
    metric(
        "mithaq_commit_seconds",
        Kind::Histogram(SHORT),
        Unit::Seconds,
        "The commit of a batch: until the database says that it is durable.",
    ),
    metric(
        "mithaq_batches_total",
        Kind::Counter,
        Unit::Count,
        "Batches, by outcome: committed, retried, divided, failed.",
    ),
    metric(
        "mithaq_outbox_pending",
        Kind::Gauge,
        Unit::Count,
        "Messages that are due and not delivered, of all processes; counted up to a limit.",
    ),
    metric(
        "mithaq_outbox_lag_seconds",
        Kind::Gauge,
        Unit::Seconds,
        "For how long the oldest message that is due has been due, of all processes.",
    ),
    metric(
        "mithaq_fold_pending",
        Kind::Gauge,
        Unit::Count,
        "Credits that are not folded into their accounts yet; counted up to a limit.",
    ),
    metric(
        "mithaq_fold_lag_seconds",
        Kind::Gauge,
        Unit::Seconds,
        "How old the oldest credit is that is not folded yet.",
    ),
    metric(
        "mithaq_plan_steps_total",
        Kind::Counter,
        Unit::Count,
        "What the wallet did for plans that it runs, by step: announced, paid, failed.",
    ),
    metric(
        "mithaq_plan_lag_seconds",
        Kind::Gauge,
        Unit::Seconds,
        "For how long the plan has waited that has waited longest, of all processes.",
    ),
    metric("mithaq_deliveries_total", Kind::Counter, Unit::Count, "Attempts to deliver a message, by outcome."),
    metric(
        "mithaq_delivery_seconds",
        Kind::Histogram(DELIVERY),
        Unit::Seconds,
        "One attempt to deliver a message, by outcome.",
    ),
    metric("mithaq_lease_held", Kind::Gauge, Unit::Count, "1 while this process holds the lease of that name, else 0."),
    metric(
        "mithaq_log_lines_dropped_total",
        Kind::Counter,
        Unit::Count,
        "Log lines dropped because their reader was too slow.",
    ),
];

/// Makes the recorder, the only one of this process.
///
/// # Errors
/// When there is one already.
pub fn install() -> anyhow::Result<PrometheusHandle> {
    let recorder = recorder()?;
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder)
        .map_err(|_| anyhow::anyhow!("this process counts already"))
        .context("metrics")?;
    describe();
    Ok(handle)
}

fn recorder() -> anyhow::Result<PrometheusRecorder> {
    let builder = METRICS.iter().try_fold(PrometheusBuilder::new(), |builder, metric| match metric.kind {
        Kind::Histogram(buckets) => Ok(builder.set_buckets_for_metric(Matcher::Full(metric.name.to_owned()), buckets)?),
        Kind::Counter | Kind::Gauge => anyhow::Ok(builder),
    })?;
    Ok(builder.build_recorder())
}

fn describe() {
    for Metric { name, kind, unit, help } in &METRICS {
        match kind {
            Kind::Counter => metrics::describe_counter!(*name, *unit, *help),
            Kind::Gauge => metrics::describe_gauge!(*name, *unit, *help),
            Kind::Histogram(_) => metrics::describe_histogram!(*name, *unit, *help),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, METRICS, describe, recorder};

    const DOCUMENT: &str = include_str!("../../../../docs/metrics.md");

    /// Every name that the document speaks of, without the endings that Prometheus adds.
    fn documented() -> Vec<&'static str> {
        let words = DOCUMENT.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        let names = words.filter(|word| word.starts_with("mithaq_") && !word.starts_with("mithaq_web"));
        names.map(|name| name.trim_end_matches("_bucket")).filter(|name| *name != "mithaq_delivery").collect()
    }

    #[test]
    fn the_document_lists_every_metric_and_no_other() {
        for metric in &METRICS {
            let kind = match metric.kind {
                Kind::Counter => "counter",
                Kind::Gauge => "gauge",
                Kind::Histogram(_) => "histogram",
            };
            let row =
                |line: &&str| line.starts_with(&format!("| `{}", metric.name)) && line.contains(&format!("| {kind} |"));
            assert_eq!(DOCUMENT.lines().filter(row).count(), 1, "{} is a {kind}", metric.name);
        }
        for name in documented() {
            assert!(METRICS.iter().any(|metric| metric.name == name), "there is no {name}");
        }
    }

    #[test]
    fn every_metric_is_rendered_with_its_meaning_and_every_histogram_with_its_buckets() {
        let recorder = recorder().expect("a recorder");
        metrics::with_local_recorder(&recorder, || {
            describe();
            for metric in &METRICS {
                match metric.kind {
                    Kind::Counter => metrics::counter!(metric.name).increment(1),
                    Kind::Gauge => metrics::gauge!(metric.name).set(1),
                    Kind::Histogram(_) => metrics::histogram!(metric.name).record(1),
                }
            }
        });
        let text = recorder.handle().render();
        for metric in &METRICS {
            assert!(text.contains(&format!("# HELP {} {}", metric.name, metric.help)), "{text}");
            if let Kind::Histogram(buckets) = metric.kind {
                for bound in buckets {
                    assert!(text.contains(&format!("{}_bucket{{le=\"{bound}\"}}", metric.name)), "{bound}: {text}");
                }
                assert!(buckets.is_sorted() && text.contains(&format!("{}_sum 1\n", metric.name)), "{text}");
            }
        }
    }
}
