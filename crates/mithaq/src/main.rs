//! The program: `mithaq dev` runs the sandbox, `mithaq verify` proves a ledger, `mithaq bench` measures.

mod bench;
mod dev;
mod failure;
mod logging;
mod verify;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A self-hosted e-wallet for Mini Programs.
#[derive(Parser)]
#[command(name = "mithaq", version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run wallet, Studio, demo merchant and demo Mini Program on this machine.
    Dev(dev::Args),
    /// Prove the ledger of a data directory, and print what was checked.
    Verify(verify::Args),
    /// Measure signed, durable payments on this machine.
    Bench(bench::Args),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Dev(args) => dev::run(args),
        Command::Verify(args) => verify::run(&args),
        Command::Bench(args) => bench::run(&args),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            // One clear line; causes are part of it.
            eprintln!("mithaq: {failure:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
