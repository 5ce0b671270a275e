//! The database at the start: opened, brought up to date, and waited for while it is out of reach.

use crate::failure;
use mithaq_store::PostgresDatabase;
use mithaq_wallet::Alarm;
use std::time::Duration;

/// Between two tries.
const AGAIN: Duration = Duration::from_millis(500);

/// Opens the database; `None` if the program is told to stop before that works.
///
/// # Errors
/// When waiting does not help: it is not ours, or newer than this program.
pub async fn wait_for(url: &str, alarm: &Alarm) -> anyhow::Result<Option<PostgresDatabase>> {
    let mut said = String::new();
    while !alarm.is_stopping() {
        let url = url.to_owned();
        let opening = tokio::task::spawn_blocking(move || PostgresDatabase::open(&url));
        let opened = tokio::select! {
            opened = opening => opened?,
            () = alarm.stopped() => break,
        };
        match opened {
            Ok(database) => return Ok(Some(database)),
            Err(error) if failure::may_pass(&error) => {
                // Once, not twice a second.
                if said != error.to_string() {
                    said = error.to_string();
                    tracing::warn!(error.message = said, "serve: waiting for the database");
                }
            }
            Err(error) => return Err(failure::server(error)),
        }
        tokio::select! {
            () = tokio::time::sleep(AGAIN) => {}
            () = alarm.stopped() => {}
        }
    }
    Ok(None)
}
