//! The work that one process at a time does: folding credits, ending contracts by the clock.

use crate::world::World;
use mithaq_wallet::{Standing, end_contracts, fold_credits};
use std::time::Duration;

/// Long enough for a job that has its turn.
const WHILE: Duration = Duration::from_millis(1_500);

async fn unfolded(world: &World) -> i64 {
    world.wallet.reader().unfolded().await.expect("readable").0
}

async fn overdue(world: &World) -> usize {
    world.wallet.reader().contracts_due(world.wallet.now()).await.expect("readable").len()
}

/// Waits until `left` says that nothing is.
async fn done(left: impl AsyncFn() -> usize) {
    let finished = async {
        while left().await > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), finished).await.expect("done in time");
}

#[tokio::test]
async fn credits_are_folded_by_the_process_that_leads() {
    let world = World::new().await;
    let tokens = world.contract(None).await;
    for number in 0..3 {
        world.charge(&tokens, &format!("R{number}"), 1_000, "http://127.0.0.1:9/n").await;
    }
    let waiting = unfolded(&world).await;
    assert!(waiting > 0);
    let idle = tokio::spawn(fold_credits(world.wallet.clone(), Standing::among_others(), world.alarm.clone()));
    tokio::time::sleep(WHILE).await;
    assert_eq!(unfolded(&world).await, waiting, "another may be doing it");

    let job = tokio::spawn(fold_credits(world.wallet.clone(), Standing::alone(), world.alarm.clone()));
    done(async || usize::try_from(unfolded(&world).await).expect("few")).await;
    world.charge(&tokens, "LATER", 1_000, "http://127.0.0.1:9/n").await;
    done(async || usize::try_from(unfolded(&world).await).expect("few")).await;
    assert!(world.wallet.reader().verify().await.expect("readable").ok());
    world.alarm.stop();
    for job in [idle, job] {
        tokio::time::timeout(WHILE, job).await.expect("ends at once").expect("no panic");
    }
}

#[tokio::test]
async fn a_contract_whose_time_is_up_is_ended_by_the_process_that_leads() {
    let world = World::new().await;
    world.contract(None).await;
    let idle = tokio::spawn(end_contracts(world.wallet.clone(), Standing::among_others(), world.alarm.clone()));
    let job = tokio::spawn(end_contracts(world.wallet.clone(), Standing::alone(), world.alarm.clone()));
    tokio::time::sleep(Duration::from_millis(100)).await;
    world.advance(60 * 24 * 366 * 11);
    done(async || overdue(&world).await).await;
    world.alarm.stop();
    for job in [idle, job] {
        tokio::time::timeout(WHILE, job).await.expect("ends at once").expect("no panic");
    }

    let world = World::new().await;
    world.contract(None).await;
    world.advance(60 * 24 * 366 * 11);
    let idle = tokio::spawn(end_contracts(world.wallet.clone(), Standing::among_others(), world.alarm.clone()));
    tokio::time::sleep(WHILE).await;
    assert_eq!(overdue(&world).await, 1);
    idle.abort();
}
