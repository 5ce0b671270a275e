//! Putting the town into a ledger, and a past behind it: stored payments, as many as are wanted.

use super::bulk::Chunk;
use super::place::Ledger;
use super::requests::Dice;
use super::town::{Town, With};
use mithaq_domain::Command;
use std::sync::Arc;

/// Payers whose rows go into one transaction.
const PAYERS_AT_ONCE: usize = 1_000;
/// The same of payments.
const PAYMENTS_AT_ONCE: usize = 4_000;

/// Opens the shops of `town` and makes the payers.
pub async fn town(ledger: &Ledger, town: &Arc<Town>) -> anyhow::Result<()> {
    // An offer needs its client: one wave of each.
    let (clients, offers) =
        town.open_shops()?.into_iter().partition(|command| matches!(command, Command::AddClient { .. }));
    // Read again by those who settle, so that they must be stored before.
    ledger.fill([Ok(vec![clients, offers])].into_iter()).await?;
    let town = Arc::clone(town);
    let payers = (0..town.payers).step_by(PAYERS_AT_ONCE).map(move |first| {
        let last = (first + PAYERS_AT_ONCE).min(town.payers);
        transposed((first..last).map(|payer| town.settle(payer)))
    });
    ledger.fill(payers).await
}

/// Stores `count` payments of the past, spread evenly as those that are measured.
pub async fn past(ledger: &Ledger, town: &Arc<Town>, dice: Dice, count: usize) -> anyhow::Result<()> {
    let town = Arc::clone(town);
    let chunks = (0..count).step_by(PAYMENTS_AT_ONCE).map(move |first| {
        let count = PAYMENTS_AT_ONCE.min(count - first);
        Ok(vec![(0..count).map(|_| dice.command(&town, With::Many)).collect::<anyhow::Result<_>>()?])
    });
    ledger.fill(chunks).await
}

/// The first commands of all together, then the second of all, and so on.
fn transposed(each: impl Iterator<Item = anyhow::Result<Vec<Command>>>) -> anyhow::Result<Chunk> {
    let mut waves = Chunk::new();
    for commands in each {
        for (number, command) in commands?.into_iter().enumerate() {
            if waves.len() <= number {
                waves.push(Vec::new());
            }
            waves[number].push(command);
        }
    }
    Ok(waves)
}

#[cfg(test)]
mod tests {
    use super::super::place::Place;
    use super::*;

    /// More than one transaction of them.
    const PAYMENTS: usize = PAYMENTS_AT_ONCE + 500;

    async fn a_town_with_a_past_holds_at(place: Place) {
        let everybody = Arc::new(Town::plan(3, 20).unwrap());
        let ledger = place.open().unwrap();
        town(&ledger, &everybody).await.unwrap();
        past(&ledger, &everybody, Dice::new("PAST"), PAYMENTS).await.unwrap();
        past(&ledger, &everybody, Dice::new("MORE"), 10).await.unwrap();
        let report = ledger.reader().unwrap().verify().await.unwrap();
        assert!(report.ok(), "{report:#?}");
        let payments = report.checks.iter().find(|check| check.name.contains("payment that succeeded")).unwrap();
        assert_eq!(payments.count, PAYMENTS as u64 + 10);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_is_stored_past_the_engine_is_a_ledger_that_holds() {
        let folder = tempfile::tempdir().unwrap();
        a_town_with_a_past_holds_at(Place::Sqlite(folder.path().to_owned())).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn and_so_it_is_on_postgresql() {
        let Some(cluster) = mithaq_cluster::Cluster::shared() else { return };
        a_town_with_a_past_holds_at(Place::Postgres(cluster.database().await)).await;
    }

    #[test]
    fn waves_take_turns_with_people() {
        let town = Town::plan(2, 2).unwrap();
        let waves = transposed((0..2).map(|payer| town.settle(payer))).unwrap();
        assert_eq!(waves.len(), 6);
        assert!(waves.iter().all(|wave| wave.len() == 2));
        assert!(waves[0].iter().all(|command| matches!(command, Command::AddUser(_))));
    }
}
