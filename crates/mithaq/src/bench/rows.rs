//! The rows of both databases, in rounds that take turns, so that a disturbed moment hits them alike.

use super::figures::{half, median};
use super::measure::{Bench, MAIN, later_bytes, step, told};
use super::notified::{self, Notified};
use super::place::Place;
use super::proof::Proof;
use super::requests::Kind;
use super::results::{Database, Row};
use super::server::Server;
use super::stand::{Round, Stand};
use super::town::With;
use super::{What, furnish, growth, programs};
use std::sync::Arc;
use std::time::Duration;

/// What came of the rows.
pub struct Measured {
    /// The endpoint that stores nothing.
    pub noop: Vec<Round>,
    /// SQLite.
    pub sqlite: Option<Database>,
    /// PostgreSQL.
    pub postgres: Option<Database>,
    /// Bytes of memory that `mithaq serve` takes.
    pub serve_memory: Option<u64>,
}

/// A database and the rounds on it.
struct Side {
    name: &'static str,
    is_postgres: bool,
    stand: Stand,
    uniform: Vec<Round>,
    hot: Vec<Round>,
    half: Vec<Round>,
    notified: Vec<Round>,
    engine: Vec<Round>,
}

impl Bench {
    /// The places of the main rows, with the town in them.
    async fn places(&self) -> anyhow::Result<Vec<(&'static str, Place)>> {
        let mut places = Vec::new();
        if self.size.sqlite {
            places.push(("SQLite", Place::Sqlite(self.folder.join("sqlite"))));
        }
        if let Some(server) = &self.server {
            let place = match &**server {
                Server::Private(_) => server.database(MAIN, None).await?,
                Server::Elsewhere(url) => Place::Postgres(url.clone()),
            };
            places.push(("PostgreSQL", place));
        }
        for (name, place) in &places {
            step(&format!(
                "{name}: {} merchants, {} payers and their contracts",
                self.size.merchants, self.size.payers
            ));
            furnish::town(&place.open()?, &self.town).await?;
        }
        if let Some(server) = &self.server {
            server.tidy(MAIN).await?;
        }
        if self.size.wants(What::Growth) {
            growth::copy(self).await?;
        }
        Ok(places)
    }

    /// The rows of both databases.
    pub async fn rows(&self) -> anyhow::Result<Measured> {
        let mut sides = Vec::new();
        for (name, place) in self.places().await? {
            let is_postgres = matches!(place, Place::Postgres(_));
            let stand = self.stand(&place, "BENCH").await?;
            let [uniform, hot, half, notified, engine] = [const { Vec::new() }; 5];
            sides.push(Side { name, is_postgres, stand, uniform, hot, half, notified, engine });
        }
        let mut noop = Vec::new();
        let takes_turns = [What::Noop, What::Uniform, What::Hot, What::Half, What::Engine];
        let rounds =
            if takes_turns.into_iter().any(|what| self.size.wants(what)) { 0..=self.size.rounds } else { 0..=0 };
        for number in rounds {
            // The first one only warms up.
            let (count, what) = match number {
                0 => (self.size.payments.div_ceil(WARM_UP_SHARE), "warming up".to_owned()),
                _ => (self.size.payments, format!("round {number} of {}", self.size.rounds)),
            };
            step(&what);
            let rounds = self.round(&mut sides, count).await?;
            if number > 0 {
                noop.extend(rounds);
            } else {
                sides.iter_mut().for_each(Side::forget);
            }
        }
        if self.size.wants(What::Half) {
            step("half of the measured maximum");
            for _ in 0..self.size.rounds.div_ceil(HALF_SHARE) {
                for side in &mut sides {
                    let rate = half(median(side.uniform.iter().map(|round| round.per_second)));
                    let kind = Kind::pay(With::Many);
                    side.half.push(side.stand.send(&kind, self.size.payments, Some(rate), None).await?);
                }
            }
        }
        if self.size.wants(What::Notified) {
            self.notified(&mut sides).await?;
        }
        let serve_memory = match &self.server {
            Some(server) if self.size.wants(What::Memory) && server.cluster().is_some() => {
                step("the memory of mithaq serve");
                told("the memory of mithaq serve", self.serve_memory(server).await)
            }
            _ => None,
        };
        self.finish(sides, noop, serve_memory).await
    }

    /// On a ledger of its own, with few payers: `serve` delivers, and has nothing old to deliver there.
    async fn serve_memory(&self, server: &Server) -> anyhow::Result<u64> {
        let place = server.database("served", None).await?;
        let town = Arc::new(notified::small_town(&self.size)?);
        furnish::town(&place.open()?, &town).await?;
        programs::serve_loaded(self, &place, &town).await
    }

    /// One round of every row that takes turns; those of the endpoint that stores nothing are answered.
    async fn round(&self, sides: &mut [Side], count: usize) -> anyhow::Result<Option<Round>> {
        let size = &self.size;
        let noop = match sides.first_mut().filter(|_| size.wants(What::Noop)) {
            Some(side) => Some(side.stand.send(&Kind::noop(), count, None, None).await?),
            None => None,
        };
        for side in sides.iter_mut() {
            if size.wants(What::Uniform) || size.wants(What::Half) {
                side.uniform.push(side.stand.send(&Kind::pay(With::Many), count, None, None).await?);
            }
            if size.wants(What::Hot) {
                side.hot.push(side.stand.send(&Kind::pay(With::One), count, None, None).await?);
            }
        }
        for side in sides.iter_mut().filter(|_| size.wants(What::Engine)) {
            side.engine.push(side.stand.engine(count * ENGINE_FACTOR).await?);
        }
        Ok(noop)
    }

    async fn notified(&self, sides: &mut [Side]) -> anyhow::Result<()> {
        step("payments that are also notified");
        let mut rows = Vec::new();
        for side in sides.iter_mut() {
            let place = match &self.server {
                Some(server) if side.is_postgres => match &**server {
                    Server::Private(_) => server.database("notified", None).await?,
                    Server::Elsewhere(_) => {
                        eprintln!("not measured: notified payments on PostgreSQL need a private server");
                        continue;
                    }
                },
                _ => Place::Sqlite(self.folder.join("notified")),
            };
            rows.push((Notified::open(self, &place).await?, &mut side.notified));
        }
        for _ in 0..self.size.rounds.min(NOTIFIED_ROUNDS) {
            for (row, rounds) in &mut rows {
                rounds.push(row.round(self.size.payments.div_ceil(NOTIFIED_SHARE)).await?);
            }
        }
        for (row, _) in rows {
            row.close().await?;
        }
        Ok(())
    }

    async fn finish(&self, sides: Vec<Side>, noop: Vec<Round>, serve_memory: Option<u64>) -> anyhow::Result<Measured> {
        let mut measured = Measured { noop, sqlite: None, postgres: None, serve_memory };
        for side in sides {
            step(&format!("{}: the ledger", side.name));
            let server = self.server.as_ref().filter(|_| side.is_postgres);
            let later = match server {
                Some(server) => later_bytes(server, side.stand.payments).await?,
                None => 0,
            };
            let database = side.database(server.map(|server| &**server), later).await?;
            let slot = if server.is_some() { &mut measured.postgres } else { &mut measured.sqlite };
            *slot = Some(database);
        }
        Ok(measured)
    }
}

impl Side {
    fn forget(&mut self) {
        for rounds in [&mut self.uniform, &mut self.hot, &mut self.engine] {
            rounds.clear();
        }
    }

    async fn database(self, server: Option<&Server>, later: u64) -> anyhow::Result<Database> {
        let ledger_ok = Proof::of(self.stand.running.house.wallet.reader().clone(), PATIENCE).await?;
        self.stand.close().await?;
        let row = |rounds: &[Round]| {
            let mut row = Row::of(rounds);
            row.iter_mut().for_each(|row| row.add_bytes(later));
            row
        };
        let engine = row(&self.engine);
        Ok(Database {
            uniform: row(&self.uniform),
            hot: row(&self.hot),
            half: row(&self.half),
            notified: row(&self.notified),
            engine_per_second: engine.as_ref().map(|engine| engine.per_second),
            engine,
            growth: Vec::new(),
            bytes_are: match server {
                None => "what this process sent towards the disk",
                Some(Server::Private(_)) => {
                    "what the server's processes sent towards the disk, with an even share of a checkpoint at the end"
                }
                Some(Server::Elsewhere(_)) => "the server's log alone",
            },
            ledger_ok,
        })
    }
}

/// How long proving a ledger of the main rows may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// A warm-up is this part of a round.
const WARM_UP_SHARE: usize = 8;
/// The engine alone is so fast that a round is this many times longer.
const ENGINE_FACTOR: usize = 2;
/// At half of the rate a round takes twice as long: one in so many is enough.
const HALF_SHARE: usize = 3;
/// Rounds of payments that are also notified.
const NOTIFIED_ROUNDS: usize = 2;
/// The part of a round that they are.
const NOTIFIED_SHARE: usize = 4;
