//! Whether the keys belong to the database: several processes with different keys would refuse each other's tokens.
//!
//! The first process of an installation leaves a text that only its master key opens; every other one opens it.

use crate::house::House;
use anyhow::{Context as _, ensure};
use mithaq_store::Chore;
use std::path::Path;

/// Where the text is kept, and what it was sealed for.
const SEAL: &str = "installation.seal";

/// Makes sure of it.
///
/// # Errors
/// When the keys are others, or the database went away meanwhile.
pub async fn check(house: &House, keys: &Path) -> anyhow::Result<()> {
    let wallet = &house.wallet;
    let sealed = stored(house).await?;
    if sealed.is_none() {
        let value = wallet.seal(SEAL, "mithaq");
        wallet.engine().write(Chore::SetMeta { name: SEAL.to_owned(), value }).await?;
    }
    // Read again: another process may have been first.
    let sealed = if sealed.is_none() { stored(house).await? } else { sealed };
    let is_ours = sealed.is_some_and(|sealed| wallet.unseal(SEAL, &sealed).is_some());
    ensure!(is_ours, "keys: the master key in {} is not the one that this database was begun with", keys.display());
    Ok(())
}

async fn stored(house: &House) -> anyhow::Result<Option<String>> {
    let reader = house.wallet.reader().clone();
    tokio::task::spawn_blocking(move || reader.meta_now(SEAL)).await?.context("the database went away at the start")
}
