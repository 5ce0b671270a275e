//! `mithaq serve`: the wallet in production, any number of identical processes on one PostgreSQL database.

mod admin;
mod banner;
mod database;
mod health;
mod installation;
mod life;
mod patience;
mod ports;
mod settings;

use crate::settings::{Load, Where};
use settings::ServeSettings;
use std::process::ExitCode;
use std::time::Duration;

/// How to serve.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Where,
    /// Where merchants, browsers and their proxies reach the wallet; 127.0.0.1:7600 if not set [env: MITHAQ_LISTEN].
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Where /live, /ready and /metrics are; 127.0.0.1:7690 if not set [env: MITHAQ_ADMIN_LISTEN].
    #[arg(long, value_name = "ADDRESS")]
    admin_listen: Option<String>,
    /// The wallet's origin as browsers and merchants see it, such as https://wallet.example [env: MITHAQ_PUBLIC_URL].
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Private networks that notifications may go to all the same, such as 10.1.0.0/16 [env: MITHAQ_NOTIFY_ALLOW].
    #[arg(long, value_name = "CIDR", value_delimiter = ',')]
    notify_allow: Vec<String>,
    /// Where SMS and e-mail are handed to; without it they are only written down [env: MITHAQ_MESSAGES_URL].
    #[arg(long, value_name = "URL")]
    messages_url: Option<String>,
    /// The file of the secret that this gateway knows us by [env: MITHAQ_MESSAGES_SECRET_FILE].
    #[arg(long, value_name = "FILE")]
    messages_secret_file: Option<String>,
    #[command(flatten)]
    load: Load,
    /// The OTLP/HTTP collector that traces go to, such as http://127.0.0.1:4318 [env: MITHAQ_OTLP_ENDPOINT].
    #[arg(long, value_name = "URL")]
    otlp_endpoint: Option<String>,
    /// Print exactly one line of JSON on standard output when ready; logs go to standard error.
    #[arg(long)]
    json: bool,
}

/// Threads that wait for a database which does not answer must not hold up the end.
const LAST_THREADS: Duration = Duration::from_secs(1);

/// Runs until it is told to stop.
pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let settings = ServeSettings::of(args)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(life::live(settings));
    runtime.shutdown_timeout(LAST_THREADS);
    outcome.map(|()| ExitCode::SUCCESS)
}
