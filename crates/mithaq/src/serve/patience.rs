//! Trying again at the start, for as long as the database is in the way and until the program is told to stop.

use crate::failure;
use mithaq_store::{EngineError, StoreError};
use mithaq_wallet::Alarm;
use std::time::Duration;

/// Between two tries.
const AGAIN: Duration = Duration::from_millis(500);

/// Why a try failed.
pub enum Trouble {
    /// It may work a little later.
    Passing(String),
    /// It will not.
    Lasting(anyhow::Error),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        if failure::may_pass(&error) { Self::Passing(error.to_string()) } else { Self::Lasting(failure::server(error)) }
    }
}

impl From<EngineError> for Trouble {
    fn from(error: EngineError) -> Self {
        Self::Passing(error.to_string())
    }
}

impl From<tokio::task::JoinError> for Trouble {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Lasting(error.into())
    }
}

/// Tries until it works; `None` if the program is told to stop before.
///
/// # Errors
/// When waiting does not help.
pub async fn until_it_works<T>(
    alarm: &Alarm,
    mut attempt: impl AsyncFnMut() -> Result<T, Trouble>,
) -> anyhow::Result<Option<T>> {
    let mut said = String::new();
    while !alarm.is_stopping() {
        let outcome = tokio::select! {
            outcome = attempt() => outcome,
            () = alarm.stopped() => break,
        };
        match outcome {
            Ok(done) => return Ok(Some(done)),
            Err(Trouble::Lasting(error)) => return Err(error),
            Err(Trouble::Passing(reason)) if said != reason => {
                // Once, not twice a second.
                tracing::warn!(error.message = reason, "serve: waiting for the database");
                said = reason;
            }
            Err(Trouble::Passing(_)) => {}
        }
        tokio::select! {
            () = tokio::time::sleep(AGAIN) => {}
            () = alarm.stopped() => {}
        }
    }
    Ok(None)
}
