//! The database at the start: opened, brought up to date, and waited for while it is out of reach.

use super::patience::until_it_works;
use mithaq_store::PostgresDatabase;
use mithaq_wallet::Alarm;

/// Opens the database; `None` if the program is told to stop before that works.
///
/// # Errors
/// When waiting does not help: it is not ours, or newer than this program.
pub async fn wait_for(url: &str, alarm: &Alarm) -> anyhow::Result<Option<PostgresDatabase>> {
    until_it_works(alarm, async || {
        let url = url.to_owned();
        Ok(tokio::task::spawn_blocking(move || PostgresDatabase::open(&url)).await??)
    })
    .await
}
