//! `mithaq keys`. The wallet's signing keys.

use crate::settings::Where;
use std::process::ExitCode;

/// Which installation.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Where,
}

/// Does it.
pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let settings = args.place.read()?;
    settings.database_url()?;
    anyhow::bail!("`keys` is not there yet")
}
