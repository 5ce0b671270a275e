//! `mithaq verify`: counts over one snapshot of the database what must hold, and prints it.

use crate::settings::Where;
use crate::{failure, operator};
use mithaq_store::{Database, PostgresDatabase, Report};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What to prove.
#[derive(clap::Args)]
pub struct Args {
    /// The data directory, of a running wallet or a stopped one; .mithaq without it, unless a database URL is set.
    #[arg(long, value_name = "DIR", conflicts_with = "database_url")]
    data_dir: Option<PathBuf>,
    #[command(flatten)]
    place: Where,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Where it stands when nothing else is said.
const DATA_DIR: &str = ".mithaq";

/// Proves. The exit code is 0 only if everything holds.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let report = match (&args.data_dir, args.place.clone().read()?.database_url_if_set()) {
        (Some(directory), _) => of_directory(directory)?,
        (None, Some(url)) => of_server(&url)?,
        (None, None) => of_directory(Path::new(DATA_DIR))?,
    };
    if args.json {
        println!("{}", json(&report));
    } else {
        print(&report);
    }
    Ok(if report.ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn of_directory(directory: &Path) -> anyhow::Result<Report> {
    if !directory.join("mithaq.db").is_file() {
        anyhow::bail!("{} holds no mithaq database; name one with --data-dir or --database-url", directory.display());
    }
    let fail = |error| failure::database(directory, error);
    Database::inspect(directory).map_err(fail)?.verify_now().map_err(fail)
}

fn of_server(url: &str) -> anyhow::Result<Report> {
    let reader = PostgresDatabase::inspect(url).map_err(operator::database_trouble)?;
    reader.verify_now().map_err(operator::database_trouble)
}

fn print(report: &Report) {
    for check in &report.checks {
        let mark = if check.broken == 0 { "ok    " } else { "BROKEN" };
        println!("{mark} {} ({} checked)", check.name, check.count);
        if let Some(example) = &check.example {
            println!("       {} broken, such as {example}", check.broken);
        }
    }
    println!();
    if report.ok() {
        println!("The ledger holds: {} rules checked.", report.checks.len());
    } else {
        println!("THE LEDGER DOES NOT HOLD. Stop the wallet and keep a copy of its database.");
    }
}

fn json(report: &Report) -> serde_json::Value {
    let checked: Vec<_> = report
        .checks
        .iter()
        .map(|check| {
            let (count, ok) = (check.count, check.broken == 0);
            serde_json::json!({"name": check.name, "count": count, "ok": ok, "detail": check.example})
        })
        .collect();
    serde_json::json!({"ok": report.ok(), "checked": checked})
}
