//! `mithaq bench`: what a signed, durable payment costs on this machine, measured over real HTTP.
//!
//! One run measures everything side by side, so that the figures can be compared: what the cryptography alone
//! allows, what HTTP leaves of it, what the ledger leaves of that.

mod client;
mod engine;
mod figures;
mod house;
mod load;
mod machine;
mod measure;
mod merchant;
mod requests;
mod results;
mod rsa;
mod town;

use std::path::PathBuf;
use std::process::ExitCode;

/// What to measure.
#[derive(clap::Args)]
pub struct Args {
    /// Measure with 100,000 payers, and again with a million payments stored. Takes many minutes.
    #[arg(long)]
    long: bool,
    /// Where the database is made, in a folder of its own that is removed afterwards; its disk is what is measured.
    /// The system's temporary folder by default.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Threads that sign; by default one less than cores, as the wallet itself has it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    signers: Option<u16>,
    /// Connections of the load generator.
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=2048))]
    connections: u16,
    /// Payers; 5,000 by default, 100,000 with --long.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    payers: Option<u32>,
    /// Merchants, and one more that is the hot one.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    merchants: u32,
    /// Payments of each row.
    #[arg(long, value_name = "N", default_value_t = 8_000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    payments: u32,
}

/// How much of everything.
#[derive(Clone, Debug)]
struct Size {
    payers: usize,
    merchants: usize,
    payments: usize,
    connections: usize,
    signers: usize,
    /// Payments stored before the rows that show growth.
    growth: &'static [usize],
}

/// Measures and prints.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    crate::logging::start("error");
    let size = size(args)?;
    let folder = match &args.dir {
        Some(dir) => tempfile::tempdir_in(dir)?,
        None => tempfile::tempdir()?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_name("web").enable_all().build()?;
    let results = runtime.block_on(measure::all(folder.path(), &size))?;
    if args.json {
        println!("{}", serde_json::to_string(&results)?);
    } else {
        results.print();
        if !args.long {
            println!("\nThis was the quick run; --long measures 100,000 payers and a million payments stored.");
        }
    }
    Ok(if results.sqlite.ledger_ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn size(args: &Args) -> anyhow::Result<Size> {
    let payers = args.payers.unwrap_or(if args.long { 100_000 } else { 5_000 });
    Ok(Size {
        payers: usize::try_from(payers)?,
        merchants: usize::try_from(args.merchants)?,
        payments: usize::try_from(args.payments)?,
        connections: usize::from(args.connections),
        // One core is left for the engine, as in `mithaq dev`.
        signers: args.signers.map_or_else(|| machine::cores().saturating_sub(1).max(1), usize::from),
        growth: if args.long { &[100_000, 1_000_000] } else { &[] },
    })
}
