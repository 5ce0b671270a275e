//! `mithaq bench --plans N`: one night in which the wallet announces that many deductions, and another in which it makes them,
//! while merchants go on charging.

mod meanwhile;
mod night;
mod report;
mod subscribers;

use super::measure::{self, step};
use super::place::Place;
use super::server::Server;
use super::table::Form;
use super::{Args, machine};
use crate::house::Signals;
use mithaq_types::{Clock as _, SystemClock};
use report::{Report, Setting};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;
use subscribers::Subscribers;

/// What a user with an agreement takes of a disk at most, the server's log and indexes included.
const BYTES_EACH: u64 = 25_000;
/// The database on a private server.
const NAME: &str = "plans";

/// Measures and prints.
pub fn run(args: &Args, plans: usize) -> anyhow::Result<ExitCode> {
    let parent = args.dir.clone().unwrap_or_else(std::env::temp_dir);
    check_room(&parent, plans)?;
    let folder = tempfile::tempdir_in(&parent)?;
    let server = super::server(args, &parent)?;
    let sqlite = args.on != Some(super::On::Postgres);
    let merchants = usize::try_from(args.merchants)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_name("web").enable_all().build()?;
    let report = runtime.block_on(async {
        let mut signals = Signals::listen()?;
        tokio::select! {
            report = measure(folder.path(), plans, merchants, sqlite, server) => report,
            () = signals.stop() => anyhow::bail!("stopped before the end"),
        }
    });
    runtime.shutdown_background();
    let report = report?;
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        print!("{}", report.draw(if args.markdown { Form::Markdown } else { Form::Terminal }));
    }
    Ok(if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether there is room for them.
fn check_room(folder: &Path, plans: usize) -> anyhow::Result<()> {
    let needed = (plans as u64).saturating_mul(BYTES_EACH);
    match machine::free_bytes(folder) {
        Some(free) if free < needed => anyhow::bail!(
            "{plans} plans need {} MB in {}, and {} are free: name another folder with --dir, or fewer plans",
            needed / 1_000_000,
            folder.display(),
            free / 1_000_000
        ),
        _ => Ok(()),
    }
}

async fn measure(
    folder: &Path,
    plans: usize,
    merchants: usize,
    sqlite: bool,
    server: Option<Server>,
) -> anyhow::Result<Report> {
    let (began, load_average_before) = (Instant::now(), machine::load_average());
    measure::count_metrics()?;
    let day = SystemClock.now().strftime("%Y-%m-%d %H:%M UTC").to_string();
    let subscribers = Arc::new(Subscribers::plan(plans, merchants)?);
    let (mut of_sqlite, mut of_postgres) = (None, None);
    if sqlite {
        let place = Place::Sqlite(folder.join("sqlite"));
        step(&format!("SQLite: {plans} users, each with an agreement"));
        subscribers.furnish(&place.open()?).await?;
        of_sqlite = Some(night::measure("SQLite", &place, folder, &subscribers, None).await?);
        // PostgreSQL needs the room.
        std::fs::remove_dir_all(folder.join("sqlite"))?;
    }
    if let Some(server) = server {
        let place = match &server {
            Server::Private(_) => server.database(NAME, None).await?,
            Server::Elsewhere(url) => Place::Postgres(url.clone()),
        };
        step(&format!("PostgreSQL: {plans} users, each with an agreement"));
        server.durable(false)?;
        subscribers.furnish(&place.open()?).await?;
        server.tidy(NAME).await?;
        server.durable(true)?;
        let measured = night::measure("PostgreSQL", &place, folder, &subscribers, Some(&server)).await?;
        of_postgres = Some(measured);
    }
    Ok(Report {
        setting: Setting {
            cores: machine::cores(),
            cpu: machine::cpu_model(),
            began: day,
            load_average_before,
            load_average_after: machine::load_average(),
            optimised: !cfg!(debug_assertions),
            plans,
            merchants,
            payments_per_second: meanwhile::PER_SECOND,
            seconds: began.elapsed().as_secs(),
        },
        sqlite: of_sqlite,
        postgres: of_postgres,
    })
}
