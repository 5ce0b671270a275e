//! What stored payments change: the same rows with few and with many payments in the ledger, in turns.

use super::furnish;
use super::machine;
use super::measure::{Bench, MAIN, later_bytes, step};
use super::place::Place;
use super::proof::Proof;
use super::requests::{Dice, Kind};
use super::results::{Database, Grown, Row};
use super::server::Server;
use super::stand::{Round, Stand};
use super::town::With;
use std::path::Path;
use std::time::{Duration, Instant};

/// Databases on the private server: one with few payments, one with many.
const FEW: &str = "few";
const MANY: &str = "many";

/// How long proving a grown ledger may take.
const PATIENCE: Duration = Duration::from_secs(300);
/// What a stored payment takes of a disk at most, its part of the server's log and of indexes included.
const BYTES_EACH: u64 = 6_000;

/// Whether there is room for it.
///
/// # Errors
/// What to do about it.
pub fn check_room(folder: &Path, stored: usize) -> anyhow::Result<()> {
    const GIGABYTE: u64 = 1_000_000_000;
    let needed = (stored as u64).saturating_mul(BYTES_EACH);
    match machine::free_bytes(folder) {
        Some(free) if free < needed => anyhow::bail!(
            "{stored} stored payments need {} GB in {}, and {} are free: name another folder with --dir, or fewer \
             payments with --stored",
            needed / GIGABYTE,
            folder.display(),
            free / GIGABYTE
        ),
        _ => Ok(()),
    }
}

/// Copies the town that has just been furnished, before anything is paid.
pub async fn copy(bench: &Bench) -> anyhow::Result<()> {
    if let Some(server) = bench.server.as_ref().filter(|server| server.cluster().is_some()) {
        for name in [FEW, MANY] {
            server.database(name, Some(MAIN)).await?;
        }
    }
    for name in [FEW, MANY].into_iter().filter(|_| bench.size.sqlite) {
        let folder = bench.folder.join(name);
        std::fs::create_dir_all(&folder)?;
        std::fs::copy(bench.folder.join("sqlite/mithaq.db"), folder.join("mithaq.db"))?;
    }
    Ok(())
}

/// A ledger and its rounds.
struct Plot {
    place: Place,
    stored: usize,
    seconds: u64,
    bytes: Option<u64>,
    uniform: Vec<Round>,
    engine: Vec<Round>,
}

impl Plot {
    const fn new(place: Place) -> Self {
        Self { place, stored: 0, seconds: 0, bytes: None, uniform: Vec::new(), engine: Vec::new() }
    }

    /// Stores payments until there are `stored`.
    async fn grow(&mut self, bench: &Bench, stored: usize, tag: &'static str) -> anyhow::Result<()> {
        let begun = Instant::now();
        furnish::past(&self.place.open()?, &bench.town, Dice::new(tag), stored - self.stored).await?;
        self.stored = stored;
        self.seconds += begun.elapsed().as_secs();
        self.bytes = self.place.bytes().await;
        Ok(())
    }

    fn row(&mut self, later: u64) -> Grown {
        let row = |rounds: &mut Vec<Round>| {
            let mut row = Row::of(&std::mem::take(rounds));
            row.iter_mut().for_each(|row| row.add_bytes(later));
            row
        };
        let (uniform, engine) = (row(&mut self.uniform), row(&mut self.engine));
        Grown { stored: self.stored, uniform, engine, stored_in_seconds: self.seconds, ledger_bytes: self.bytes }
    }
}

/// All rows of growth.
pub async fn measure(
    bench: &Bench,
    sqlite: &mut Option<Database>,
    postgres: &mut Option<Database>,
) -> anyhow::Result<()> {
    if let Some(database) = sqlite {
        let plots = [FEW, MANY].map(|name| Plot::new(Place::Sqlite(bench.folder.join(name))));
        files(bench, plots, database).await?;
        // PostgreSQL needs the room.
        std::fs::remove_dir_all(bench.folder.join(MANY))?;
    }
    match (&bench.server, postgres) {
        (Some(server), Some(database)) => match server.cluster() {
            Some(cluster) => {
                let plots = [FEW, MANY].map(|name| Plot::new(Place::Postgres(cluster.url(name))));
                tables(bench, server, plots, database).await
            }
            None => {
                eprintln!("not measured: PostgreSQL with stored payments needs a private server");
                Ok(())
            }
        },
        _ => Ok(()),
    }
}

/// SQLite with nothing stored, and with a fifth of what PostgreSQL has.
async fn files(bench: &Bench, [mut few, mut many]: [Plot; 2], database: &mut Database) -> anyhow::Result<()> {
    let stored = bench.size.stored.div_ceil(5);
    step(&format!("SQLite: storing {stored} payments"));
    many.grow(bench, stored, "PAST").await?;
    step("SQLite: with none and with many stored");
    rounds(bench, &mut [&mut many], "ENGINE", Way::Engine).await?;
    rounds(bench, &mut [&mut few, &mut many], "GROWN", Way::Http).await?;
    database.ledger_ok = database.ledger_ok.max(verify([&few, &many]).await?);
    database.growth = vec![few.row(0), many.row(0)];
    Ok(())
}

/// PostgreSQL with a fiftieth, a fifth and all of the payments stored.
async fn tables(
    bench: &Bench,
    server: &Server,
    [mut few, mut many]: [Plot; 2],
    database: &mut Database,
) -> anyhow::Result<()> {
    let (little, middle, all) = (bench.size.stored.div_ceil(50), bench.size.stored.div_ceil(5), bench.size.stored);
    step(&format!("PostgreSQL: storing {little} and {middle} payments"));
    server.durable(false)?;
    few.grow(bench, little, "PAST").await?;
    many.grow(bench, middle, "PAST").await?;
    settle(server).await?;
    step("PostgreSQL: the engine alone with them");
    rounds(bench, &mut [&mut many], "ENGINE", Way::Engine).await?;
    let by_engine = many.row(0);
    step(&format!("PostgreSQL: storing {all} payments"));
    server.durable(false)?;
    many.grow(bench, all, "MORE").await?;
    settle(server).await?;
    step("PostgreSQL: with few and with many stored");
    rounds(bench, &mut [&mut few, &mut many], "GROWN", Way::Http).await?;
    let payments = [&few, &many].into_iter().flat_map(|plot| &plot.uniform).map(|round| round.count).sum();
    let later = later_bytes(server, payments).await?;
    for name in [FEW, MANY] {
        server.widen(name).await?;
    }
    database.ledger_ok = database.ledger_ok.max(verify([&few, &many]).await?);
    database.growth = vec![few.row(later), by_engine, many.row(later)];
    Ok(())
}

/// Back to a server that is as it should be, with nothing left to tidy up.
async fn settle(server: &Server) -> anyhow::Result<()> {
    for name in [FEW, MANY] {
        server.tidy(name).await?;
    }
    server.durable(true)
}

/// How payments are made.
#[derive(Clone, Copy)]
enum Way {
    Http,
    Engine,
}

/// Rounds on all `plots` in turns, after one that warms up.
async fn rounds(bench: &Bench, plots: &mut [&mut Plot], tag: &'static str, way: Way) -> anyhow::Result<()> {
    let mut stands = Vec::new();
    for plot in plots.iter() {
        stands.push(bench.stand(&plot.place, tag).await?);
    }
    for number in 0..=bench.size.rounds {
        for (plot, stand) in plots.iter_mut().zip(&mut stands) {
            let round = one(bench, stand, way).await?;
            let rounds = match way {
                Way::Http => &mut plot.uniform,
                Way::Engine => &mut plot.engine,
            };
            if number > 0 {
                rounds.push(round);
            }
        }
    }
    for stand in stands {
        stand.close().await?;
    }
    Ok(())
}

async fn one(bench: &Bench, stand: &mut Stand, way: Way) -> anyhow::Result<Round> {
    match way {
        Way::Http => stand.send(&Kind::pay(With::Many), bench.size.payments, None, None).await,
        Way::Engine => stand.engine(bench.size.payments * 4).await,
    }
}

/// The worst of the two.
async fn verify(plots: [&Plot; 2]) -> anyhow::Result<Proof> {
    step("the grown ledgers");
    let mut worst = Proof::Holds;
    for plot in plots {
        worst = worst.max(Proof::of(plot.place.open()?.reader()?, PATIENCE).await?);
    }
    Ok(worst)
}
