//! What stored payments change: the same rows with few and with many payments in the ledger, in turns.

use super::furnish;
use super::measure::{Bench, MAIN, later_bytes, step};
use super::place::Place;
use super::requests::{Dice, Kind};
use super::results::{Database, Grown, Row};
use super::server::Server;
use super::stand::{Round, Stand};
use super::town::With;
use anyhow::Context as _;
use std::time::Instant;

/// Databases on the private server: one with few payments, one with many.
const FEW: &str = "few";
const MANY: &str = "many";

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
    uniform: Vec<Round>,
    engine: Vec<Round>,
}

impl Plot {
    const fn new(place: Place) -> Self {
        Self { place, stored: 0, seconds: 0, uniform: Vec::new(), engine: Vec::new() }
    }

    /// Stores payments until there are `stored`.
    async fn grow(&mut self, bench: &Bench, stored: usize, tag: &'static str) -> anyhow::Result<()> {
        let begun = Instant::now();
        furnish::past(&self.place.open()?, &bench.town, Dice::new(tag), stored - self.stored).await?;
        self.stored = stored;
        self.seconds += begun.elapsed().as_secs();
        Ok(())
    }

    fn row(&mut self, later: u64) -> Grown {
        let row = |rounds: &mut Vec<Round>| {
            let mut row = Row::of(&std::mem::take(rounds));
            row.iter_mut().for_each(|row| row.add_bytes(later));
            row
        };
        let (uniform, engine) = (row(&mut self.uniform), row(&mut self.engine));
        Grown { stored: self.stored, uniform, engine, stored_in_seconds: self.seconds }
    }
}

/// All rows of growth.
pub async fn measure(
    bench: &Bench,
    sqlite: &mut Option<Database>,
    postgres: &mut Option<Database>,
) -> anyhow::Result<()> {
    let million = bench.size.stored.div_ceil(5);
    let few = bench.size.stored.div_ceil(50);
    let mut files = sqlite.as_ref().map(|_| [FEW, MANY].map(|name| Plot::new(Place::Sqlite(bench.folder.join(name)))));
    let server = bench.server.as_ref().filter(|server| server.cluster().is_some());
    let mut tables = server.map(|server| {
        let url = |name| server.cluster().map(|cluster| cluster.url(name)).unwrap_or_default();
        [FEW, MANY].map(|name| Plot::new(Place::Postgres(url(name))))
    });
    if bench.server.is_some() && server.is_none() {
        eprintln!("not measured: PostgreSQL with stored payments needs a private server");
    }

    // The first million on both, and the engine alone with it.
    if let Some([_, many]) = &mut files {
        step(&format!("SQLite: storing {million} payments"));
        many.grow(bench, million, "PAST").await?;
    }
    if let (Some([few_stored, many]), Some(server)) = (&mut tables, server) {
        step(&format!("PostgreSQL: storing {few} and {million} payments"));
        server.durable(false)?;
        few_stored.grow(bench, few, "PAST").await?;
        many.grow(bench, million, "PAST").await?;
        settle(server).await?;
    }
    step("the engine alone with them");
    let mut plots: Vec<&mut Plot> = [&mut files, &mut tables].into_iter().flatten().map(|[_, many]| many).collect();
    rounds(bench, &mut plots, "ENGINE", Way::Engine).await?;
    let mut grown = Vec::new();
    if let (Some([few_stored, many]), Some(server)) = (&mut tables, server) {
        grown.push(many.row(0));
        step(&format!("PostgreSQL: storing {} payments", bench.size.stored));
        server.durable(false)?;
        many.grow(bench, bench.size.stored, "MORE").await?;
        settle(server).await?;
        step("PostgreSQL: uniform payments with few and with many stored");
        rounds(bench, &mut [few_stored, many], "GROWN", Way::Http).await?;
        let payments = [&*few_stored, many].iter().flat_map(|plot| &plot.uniform).map(|round| round.count).sum();
        let later = later_bytes(server, payments).await?;
        grown.insert(0, few_stored.row(later));
        grown.push(many.row(later));
    }
    if let Some(postgres) = postgres {
        postgres.ledger_ok &= verify(tables.iter().flatten()).await?;
        postgres.growth = grown;
    }
    if let (Some(plots), Some(sqlite)) = (&mut files, sqlite) {
        step("SQLite: uniform payments with none and with many stored");
        rounds(bench, &mut plots.iter_mut().collect::<Vec<_>>(), "GROWN", Way::Http).await?;
        sqlite.ledger_ok &= verify(plots.iter()).await?;
        sqlite.growth = plots.iter_mut().map(|plot| plot.row(0)).collect();
    }
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

async fn verify(plots: impl Iterator<Item = &Plot>) -> anyhow::Result<bool> {
    step("the grown ledgers");
    let mut ok = true;
    for plot in plots {
        let report = plot.place.open()?.reader()?.verify().await.context("verifying a grown ledger")?;
        ok &= report.ok();
    }
    Ok(ok)
}
