//! `mithaq dev`: wallet, Studio, demo merchant and demo Mini Program in one process, with no configuration.

mod banner;
mod listen;
mod parts;
mod servers;
mod world;

use crate::logging;
use crate::settings::Load;
use listen::Listeners;
use parts::Parts;
use std::path::PathBuf;
use std::process::ExitCode;
use url::Url;

/// How to run the sandbox.
#[derive(clap::Args)]
pub struct Args {
    /// The wallet's port; the demo merchant takes the next one, the preview proxy the one after. 0 picks free ones.
    #[arg(long, default_value_t = 7600)]
    port: u16,
    /// Where everything is kept.
    #[arg(long, default_value = ".mithaq", value_name = "DIR", conflicts_with = "ephemeral")]
    data_dir: PathBuf,
    /// Keep everything in a fresh temporary directory, removed at the end.
    #[arg(long)]
    ephemeral: bool,
    /// Also run the Mini Program at this address, behind the preview proxy.
    #[arg(long, value_name = "URL")]
    app: Option<Url>,
    #[command(flatten)]
    load: Load,
    /// Print exactly one line of JSON on standard output when ready; logs go to standard error.
    #[arg(long)]
    json: bool,
}

/// Runs until it is told to stop.
pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    logging::start(if args.json { "info" } else { "warn" });
    check_app(args.app.as_ref())?;
    let capacity = args.load.of_flags()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let temporary = args.ephemeral.then(tempfile::tempdir).transpose()?;
    let directory = temporary.as_ref().map_or(args.data_dir.clone(), |dir| dir.path().to_owned());
    runtime.block_on(async {
        // Ports first: a taken one must leave the data directory as it was.
        let listeners = Listeners::bind(args.port, args.app.is_some()).await?;
        let parts = Parts::open(&directory, &listeners.addresses, capacity)?;
        world::furnish(&parts, args.app.as_ref()).await?;
        let running = servers::start(&parts, listeners, args.app.clone())?;
        let users = world::users();
        if args.json {
            banner::json(&parts, &users)?
        } else {
            banner::people(&parts, &users)
        }
        running.until_stopped(parts).await
    })?;
    Ok(ExitCode::SUCCESS)
}

fn check_app(app: Option<&Url>) -> anyhow::Result<()> {
    let usable = app.is_none_or(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    anyhow::ensure!(usable, "--app must be an http or https address, such as http://localhost:3000/");
    Ok(())
}
