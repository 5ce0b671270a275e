//! A simulated world: the wallet's engine and a simple model of it live through the same random stories, in which the
//! database fails, lies and dies, processes come and go, callers ask again, and months pass in a moment. Each story is
//! made of a number, its seed. See `play.rs` for how, `model/` for the model.
//!
//! `MITHAQ_WORLDS=n` plays n worlds instead of the usual number; `MITHAQ_SEED=n` plays that one and, with `--nocapture`,
//! tells its story.

mod act;
mod batch;
mod brink;
mod candidates;
mod choose;
mod conclusions;
mod dice;
mod facts;
mod faults;
mod ground;
mod heard;
mod house;
mod model;
mod orders;
mod play;
mod postman;
mod rules;
mod script;
mod seen;
mod shrink;
mod tally;

use crate::ground::Ground;
use crate::play::{Failure, play};
use crate::script::Script;
use crate::tally::Tally;
use mithaq_cluster::{Cluster, Error};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tokio::runtime::Runtime;

/// Worlds on SQLite and on PostgreSQL, where nothing else is asked for.
const WORLDS: [u64; 2] = [1_000, 40];
/// Nothing here is about a server that dies.
const QUICK: mithaq_cluster::Settings<'static> =
    &[("shared_buffers", "64MB"), ("fsync", "off"), ("full_page_writes", "off")];

#[test]
fn whatever_happens_the_wallet_does_what_the_model_does() {
    all_worlds(WORLDS[0], |_| Ground::sqlite().expect("a database"));
}

#[test]
fn whatever_happens_the_wallet_on_postgres_does_what_the_model_does() {
    let cluster = match Cluster::start_new(QUICK) {
        Ok(cluster) => cluster,
        // Says so, or fails where it must be there.
        Err(Error::Missing) => return drop(Cluster::new()),
        Err(error) => panic!("{error}"),
    };
    all_worlds(WORLDS[1], |runtime| Ground::postgres(runtime.block_on(cluster.database())));
}

fn all_worlds(usual: u64, ground: impl Fn(&Runtime) -> Ground + Sync) {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let (first, last) = match (number("MITHAQ_SEED"), number("MITHAQ_WORLDS")) {
        (Some(seed), _) => (seed, seed),
        (None, worlds) => (1, worlds.unwrap_or(usual)),
    };
    let begun = Instant::now();
    let total = Mutex::new(Tally::default());
    let failed = Mutex::new(None);
    let next = AtomicU64::new(first);
    let work = || {
        let runtime = runtime();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed > last {
                return;
            }
            let script = Script::of(seed);
            let tells = first == last;
            match live(&runtime, &script, ground(&runtime), seed, tells) {
                Ok((tally, story)) => {
                    print!("{story}");
                    total.lock().expect("no panic").add(&tally);
                }
                Err(failure) => {
                    // Nobody begins another world.
                    next.store(last.saturating_add(1), Ordering::Relaxed);
                    failed.lock().expect("no panic").get_or_insert((seed, script, failure));
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    if let Some((seed, script, failure)) = failed.into_inner().expect("no panic") {
        tell(seed, &script, failure, ground);
    }
    let total = total.into_inner().expect("no panic");
    println!("{} worlds in {:?}: {total:#?}", last - first + 1, begun.elapsed());
    if last - first >= 999 {
        assert_eq!(total.missed(), [""; 0], "so many worlds meet every rule");
    }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a reactor")
}

/// Plays a world. One that panics has failed, too.
fn live(
    runtime: &Runtime,
    script: &Script,
    ground: Ground,
    seed: u64,
    tells: bool,
) -> Result<(Tally, String), Failure> {
    let playing = AssertUnwindSafe(|| runtime.block_on(play(script, ground, seed, tells)));
    catch_unwind(playing).unwrap_or_else(|_| {
        let (text, story) = ("it panicked, as told above".to_owned(), String::new());
        Err(Failure { round: script.rounds.len(), text, story })
    })
}

/// Tells what went wrong, in the shortest story that shows it.
fn tell(seed: u64, script: &Script, failure: Failure, ground: impl Fn(&Runtime) -> Ground) -> ! {
    let runtime = runtime();
    let first = format!("in round {} of {}:\n{}", failure.round, script.rounds.len(), failure.text);
    let again = |script: &Script| live(&runtime, script, ground(&runtime), seed, true).err();
    let (shortest, failure) = shrink::shrink(script, failure, again);
    panic!(
        "world {seed} went wrong {first}\n\nThe shortest story that shows it ({} of {} rounds):\n{:?}\n{}\n{}\n\n\
         Again: MITHAQ_SEED={seed} cargo test -p mithaq-store --test world -- --nocapture",
        shortest.rounds.len(),
        script.rounds.len(),
        shortest.rules,
        failure.story,
        failure.text,
    );
}
