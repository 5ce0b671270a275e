//! `mithaq bench`: what a signed, durable payment costs on this machine, measured over real HTTP.
//!
//! One run measures everything side by side, so that the figures can be compared: what the cryptography alone
//! allows, what HTTP leaves of it, what the ledger leaves of that, on SQLite and on PostgreSQL.

mod bulk;
mod client;
mod engine;
mod figures;
mod furnish;
mod growth;
mod house;
mod load;
mod machine;
mod measure;
mod merchant;
mod meter;
mod notified;
mod place;
mod plans;
mod programs;
mod proof;
mod requests;
mod results;
mod rows;
mod rsa;
mod server;
mod stand;
mod table;
mod targets;
mod town;

use crate::house::Signals;
use mithaq_web::Capacity;
use server::Server;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use table::Form;

/// What to measure.
#[derive(clap::Args)]
pub struct Args {
    /// Measure with 100,000 payers, and again with up to 5 million payments stored. Takes many minutes and much disk.
    #[arg(long)]
    long: bool,
    /// Where databases are made, in a folder of their own that is removed afterwards; its disk is what is measured.
    /// The system's temporary folder by default.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Measure PostgreSQL on this database, which must be empty, instead of on a private server.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Measure one database only.
    #[arg(long, value_name = "DATABASE", value_enum)]
    on: Option<On>,
    /// Measure these rows only, with commas between them.
    #[arg(long, value_name = "ROWS", value_enum, value_delimiter = ',')]
    only: Vec<What>,
    /// Instead of payments over HTTP, measure a night in which this many plans that the wallet runs are due.
    #[arg(long, value_name = "N", conflicts_with_all = ["long", "only", "payers", "payments", "rounds", "signers"],
        value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    plans: Option<u32>,
    /// Print JSON.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Print the tables as `docs/benchmarks.md` has them.
    #[arg(long)]
    markdown: bool,
    /// Threads that sign; by default as many as the wallet itself has.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    signers: Option<u16>,
    /// Connections of the load generator.
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=2048))]
    connections: u16,
    /// Payers; 10,000 by default, 100,000 with --long.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    payers: Option<u32>,
    /// Merchants, and one more that is the hot one.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    merchants: u32,
    /// Payments of each round; 4,000 by default, 8,000 with --long.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    payments: Option<u32>,
    /// Rounds of each row, whose median counts; 3 by default, 5 with --long.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    rounds: Option<u16>,
    /// With --long: how many payments are stored on PostgreSQL. On SQLite it is a fifth of that.
    #[arg(long, value_name = "N", default_value_t = 5_000_000, value_parser = clap::value_parser!(u32).range(50..))]
    stored: u32,
}

/// A database.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum On {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// A row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum What {
    /// The signed endpoint that stores nothing.
    Noop,
    /// Payments of payers and merchants drawn evenly.
    Uniform,
    /// Payments to one merchant.
    Hot,
    /// Payments at half of the measured rate.
    Half,
    /// Payments without HTTP.
    Engine,
    /// Payments that are also notified.
    Notified,
    /// Payments with others stored beforehand; only with --long.
    Growth,
    /// The memory of `mithaq dev` and `mithaq serve`.
    Memory,
}

/// How much of everything.
#[derive(Clone, Debug)]
struct Size {
    payers: usize,
    merchants: usize,
    payments: usize,
    rounds: usize,
    connections: usize,
    signers: usize,
    sqlite: bool,
    only: Vec<What>,
    long: bool,
    /// The most payments stored before the rows that show growth.
    stored: usize,
}

impl Size {
    fn wants(&self, what: What) -> bool {
        (self.long || what != What::Growth) && (self.only.is_empty() || self.only.contains(&what))
    }
}

/// Measures and prints.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    crate::logging::start("error");
    if let Some(plans) = args.plans {
        return plans::run(args, usize::try_from(plans)?);
    }
    let size = size(args)?;
    let parent = args.dir.clone().unwrap_or_else(std::env::temp_dir);
    if size.wants(What::Growth) {
        growth::check_room(&parent, size.stored)?;
    }
    let folder = tempfile::tempdir_in(&parent)?;
    let server = server(args, &parent)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_name("web").enable_all().build()?;
    let results = runtime.block_on(async {
        let mut signals = Signals::listen()?;
        tokio::select! {
            results = measure::all(folder.path(), &size, server) => results,
            () = signals.stop() => anyhow::bail!("stopped before the end"),
        }
    });
    // A proof that took too long may still be under way.
    runtime.shutdown_background();
    let results = results?;
    if args.json {
        println!("{}", serde_json::to_string(&results)?);
    } else {
        print!("{}", table::report(&results, if args.markdown { Form::Markdown } else { Form::Terminal }));
    }
    if !args.long && !args.json {
        println!(
            "\nThis was the quick run with {} payers; --long has 100,000, and up to 5 million payments stored.",
            size.payers
        );
    }
    Ok(if results.ledgers_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn server(args: &Args, folder: &Path) -> anyhow::Result<Option<Server>> {
    if args.on == Some(On::Sqlite) {
        return Ok(None);
    }
    if let Some(url) = &args.database_url {
        return Ok(Some(Server::elsewhere(url)?));
    }
    let server = Server::private(folder)?;
    if server.is_none() {
        eprintln!("not measured: {}", mithaq_cluster::Error::Missing);
    }
    Ok(server)
}

fn size(args: &Args) -> anyhow::Result<Size> {
    let either = |given: Option<u32>, quick, long| given.unwrap_or(if args.long { long } else { quick });
    Ok(Size {
        payers: usize::try_from(either(args.payers, 10_000, 100_000))?,
        merchants: usize::try_from(args.merchants)?,
        payments: usize::try_from(either(args.payments, 4_000, 8_000))?,
        rounds: usize::try_from(either(args.rounds.map(u32::from), 3, 5))?,
        connections: usize::from(args.connections),
        signers: args.signers.map_or_else(|| Capacity::of_this_machine().signers, usize::from),
        sqlite: args.on != Some(On::Postgres),
        only: args.only.clone(),
        long: args.long,
        stored: usize::try_from(args.stored)?,
    })
}
