//! `mithaq migrate`. Brings the database up to this program.

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
    anyhow::bail!("`migrate` is not there yet")
}
