//! Whether this process fits the database: several processes with different keys would refuse each other's tokens.
//!
//! The first process of an installation leaves a text that only its master key opens; every other one opens it.

use super::patience::{Trouble, until_it_works};
use crate::house::House;
use mithaq_store::Chore;
use std::path::Path;

/// Where the text is kept, and what it was sealed for.
const SEAL: &str = "installation.seal";

/// Makes sure of it, and says that this process lives. Answers whether that came about before the stop.
///
/// # Errors
/// When the keys are others.
pub async fn check(house: &House, keys: &Path) -> anyhow::Result<bool> {
    let fits = until_it_works(&house.alarm, async || attempt(house, keys).await).await?;
    Ok(fits.is_some())
}

async fn attempt(house: &House, keys: &Path) -> Result<(), Trouble> {
    let wallet = &house.wallet;
    let mut sealed = stored(house).await?;
    if sealed.is_none() {
        let value = wallet.seal(SEAL, "mithaq");
        wallet.engine().write(Chore::SetMeta { name: SEAL.to_owned(), value }).await?;
        // Another process may have been quicker.
        sealed = stored(house).await?;
    }
    if sealed.and_then(|sealed| wallet.unseal(SEAL, &sealed)).is_none() {
        return Err(Trouble::Lasting(anyhow::anyhow!(
            "keys: the master key in {} is not the one that this database was begun with",
            keys.display()
        )));
    }
    Ok(house.keeper.beat(mithaq_wallet::LIFE).await?)
}

async fn stored(house: &House) -> Result<Option<String>, Trouble> {
    let reader = house.wallet.reader().clone();
    Ok(tokio::task::spawn_blocking(move || reader.meta_now(SEAL)).await??)
}
