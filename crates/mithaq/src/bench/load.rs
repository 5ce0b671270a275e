//! The load generator: many connections, one thread, requests that are ready.

use super::client::{Answer, Connection, answer};
use super::figures::{self, Latencies};
use super::requests::is_signed;
use anyhow::Context as _;
use mithaq_crypto::PublicKey;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// One answer in so many is kept and verified afterwards.
const SAMPLE_EVERY: usize = 50;
/// Every answer must hold it.
const SUCCESS: &[u8] = b"\"resultCode\":\"SUCCESS\"";

/// What to send, and how.
pub struct Load {
    /// Where to.
    pub address: SocketAddr,
    /// On how many connections.
    pub connections: usize,
    /// The requests, ready to send, each sent once.
    pub requests: Vec<Box<[u8]>>,
    /// How many a second; without, as fast as answers come.
    pub rate: Option<f64>,
    /// The path they go to.
    pub path: &'static str,
    /// What answers are signed with.
    pub key: PublicKey,
}

/// What came of it.
#[derive(Debug)]
pub struct Run {
    /// Requests answered.
    pub count: u64,
    /// From the first request to the last answer.
    pub elapsed: Duration,
    /// How long each took; with a rate, from when it was due.
    pub latencies: Latencies,
    /// Answers of which the signature was verified.
    pub verified: u64,
}

impl Run {
    /// Answers a second.
    pub fn per_second(&self) -> f64 {
        figures::per_second(self.count, self.elapsed)
    }
}

/// Runs `load` on a thread of its own, apart from the wallet's. Any answer but a signed success ends it.
pub async fn run(load: Load) -> anyhow::Result<Run> {
    let (sender, outcome) = tokio::sync::oneshot::channel();
    std::thread::Builder::new().name("generator".into()).spawn(move || {
        let _ = sender.send(generate(&Arc::new(load)));
    })?;
    outcome.await.context("the load generator broke")?
}

fn generate(load: &Arc<Load>) -> anyhow::Result<Run> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (run, samples) = runtime.block_on(send_all(load))?;
    // After the clock has stopped: verifying is not the wallet's cost.
    for sample in &samples {
        let sampled = answer(sample)?.context("a sample is not whole")?;
        anyhow::ensure!(is_signed(sampled, load.path, &load.key), "the signature of an answer does not hold");
    }
    Ok(Run { verified: samples.len() as u64, ..run })
}

async fn send_all(load: &Arc<Load>) -> anyhow::Result<(Run, Vec<Vec<u8>>)> {
    let mut connections = Vec::with_capacity(load.connections);
    for _ in 0..load.connections.max(1) {
        connections.push(Connection::open(load.address).await?);
    }
    let (next, begun) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    let mut senders: JoinSet<_> = connections
        .into_iter()
        .map(|connection| send(Arc::clone(load), connection, Arc::clone(&next), begun))
        .collect();
    let mut run = Run { count: 0, elapsed: Duration::ZERO, latencies: Latencies::default(), verified: 0 };
    let mut samples = Vec::new();
    while let Some(done) = senders.join_next().await {
        let done = done??;
        run.count += done.count;
        run.latencies.extend(done.latencies);
        samples.extend(done.samples);
    }
    run.elapsed = begun.elapsed();
    Ok((run, samples))
}

#[derive(Default)]
struct Sent {
    count: u64,
    latencies: Latencies,
    samples: Vec<Vec<u8>>,
}

/// One connection: takes the next request that nobody has sent, until there is none.
async fn send(
    load: Arc<Load>,
    mut connection: Connection,
    next: Arc<AtomicUsize>,
    begun: Instant,
) -> anyhow::Result<Sent> {
    let mut sent = Sent::default();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let Some(request) = load.requests.get(number) else { return Ok(sent) };
        let mut since = Instant::now();
        if let Some(rate) = load.rate {
            // The time a request waits for a free connection is the wallet's doing too.
            since = begun + figures::due(number, rate);
            tokio::time::sleep_until(since.into()).await;
        }
        let answer = connection.exchange(request).await?;
        sent.latencies.note(since.elapsed());
        sent.count += 1;
        check(answer)?;
        if number.is_multiple_of(SAMPLE_EVERY) {
            sent.samples.push([answer.head.as_bytes(), b"\r\n\r\n", answer.body].concat());
        }
    }
}

fn check(answer: Answer<'_>) -> anyhow::Result<()> {
    let is_success = answer.is_ok() && answer.body.windows(SUCCESS.len()).any(|part| part == SUCCESS);
    anyhow::ensure!(
        is_success,
        "the wallet answered {:?} {}",
        answer.head.lines().next().unwrap_or_default(),
        String::from_utf8_lossy(answer.body)
    );
    Ok(())
}
