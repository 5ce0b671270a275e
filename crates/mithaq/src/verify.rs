//! `mithaq verify`: counts over one snapshot of the database what must hold, and prints it.

use crate::failure;
use mithaq_store::{Database, Report};
use std::path::PathBuf;
use std::process::ExitCode;

/// What to prove.
#[derive(clap::Args)]
pub struct Args {
    /// The data directory, of a running wallet or a stopped one.
    #[arg(long, default_value = ".mithaq", value_name = "DIR")]
    data_dir: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Proves. The exit code is 0 only if everything holds.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if !args.data_dir.join("mithaq.db").is_file() {
        anyhow::bail!("{} holds no mithaq database; name one with --data-dir", args.data_dir.display());
    }
    let fail = |error| failure::database(&args.data_dir, error);
    let reader = Database::inspect(&args.data_dir).map_err(fail)?;
    let report = reader.verify_now().map_err(fail)?;
    if args.json {
        println!("{}", json(&report));
    } else {
        print(&report);
    }
    Ok(if report.ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
        println!("THE LEDGER DOES NOT HOLD. Stop the wallet and keep a copy of this directory.");
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
