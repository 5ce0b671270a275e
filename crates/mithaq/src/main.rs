//! The program: `mithaq dev` runs the sandbox, `mithaq serve` the wallet in production; `migrate`, `client`, `gateway-app`,
//! `user`, `payment` and `keys` are the operator's, `verify` proves a ledger, `bench` measures.

mod bench;
mod dev;
mod failure;
mod house;
mod logging;
mod operator;
mod serve;
mod settings;
mod telemetry;
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
    /// Serve the wallet in production, on PostgreSQL; any number of identical processes on one database.
    Serve(serve::Args),
    /// Make the tables of a PostgreSQL database, or bring them up to date.
    Migrate(operator::migrate::Args),
    /// Add, suspend and list the clients that merchants call with; change their keys.
    Client(operator::client::Args),
    /// Add, change and list apps of the Alipay surface (gateway.do), and how they sign.
    GatewayApp(operator::gateway_app::Args),
    /// Add, freeze, restrict and list users; give them money.
    User(operator::user::Args),
    /// Look at payments; stop one that is in dispute.
    Payment(operator::payment::Args),
    /// List, export and change the wallet's signing keys.
    Keys(operator::keys::Args),
    /// Prove a ledger, and print what was checked.
    Verify(verify::Args),
    /// Measure signed, durable payments on this machine.
    Bench(bench::Args),
}

/// A payment allocates some hundreds of times; the system's allocator takes a third of the engine's time for it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Dev(args) => dev::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Migrate(args) => operator::migrate::run(args),
        Command::Client(args) => operator::client::run(args),
        Command::GatewayApp(args) => operator::gateway_app::run(args),
        Command::User(args) => operator::user::run(args),
        Command::Payment(args) => operator::payment::run(args),
        Command::Keys(args) => operator::keys::run(args),
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
