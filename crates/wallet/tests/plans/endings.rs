//! What ends a plan, and what changes it on the way.

use crate::support::{CLIENT, Deal, House, Place, monthly, on_every_database, user_id, yuan};
use mithaq_domain::{Command, EndedBy, Every, PinCheck, Plan};
use mithaq_types::ClientId;
use mithaq_wallet::PlansRun;

on_every_database!(sums_end_a_plan_with_what_is_left_of_them);

async fn sums_end_a_plan_with_what_is_left_of_them(place: Place) {
    let deal = Deal { plan: Plan { total: Some(yuan(25)), ..monthly().plan }, ..monthly() };
    let (house, id) = House::of_one(&place, &deal).await;
    let run = house.live_until("2026-12-31T00:00:00+03:00").await;
    assert_eq!(run, PlansRun { announced: 3, paid: 3, failed: 0 });
    let told = house.told(1).await;
    assert_eq!(told[4..], ["coming: 500 on 2026-04-05", "charged: 500"], "{told:?}");
    assert_eq!((house.fen(1).await, house.next().await), (7_500, None));
    assert!(!house.agreement(&id).await.state.has_ended(), "there is nothing more to deduct, and it ends in its time");
    house.verified().await;
}

#[tokio::test]
async fn a_number_of_payments_ends_a_plan() {
    let every = Every::Days(7);
    let deal = Deal { plan: Plan { payments: Some(4), every, ..monthly().plan }, ..monthly() };
    let (house, _) = House::of_one(&Place::sqlite(), &deal).await;
    let run = house.live_until("2026-12-31T00:00:00+03:00").await;
    assert_eq!((run.paid, house.fen(1).await, house.next().await), (4, 6_000, None));
    let told = house.told(1).await;
    assert_eq!(told[6..], ["coming: 1000 on 2026-02-26", "charged: 1000"], "{told:?}");
}

#[tokio::test]
async fn who_ends_the_agreement_after_the_announcement_is_not_charged() {
    for by in [
        EndedBy::User(user_id(1), PinCheck::NotAsked),
        EndedBy::Merchant(ClientId::new(CLIENT), None),
        EndedBy::Operator,
    ] {
        let (house, contract_id) = House::of_one(&Place::sqlite(), &monthly()).await;
        house.live_until("2026-02-04T00:00:00+03:00").await;
        assert_eq!(house.told(1).await, ["coming: 1000 on 2026-02-05"]);
        house.done(Command::EndContract { contract_id, by }).await;
        assert_eq!(house.next().await, None);
        assert_eq!(house.live_until("2026-03-31T00:00:00+03:00").await, PlansRun::default());
        assert_eq!((house.fen(1).await, house.noticed().await.len()), (10_000, 0));
    }
}

#[tokio::test]
async fn nobody_is_told_of_a_deduction_that_would_come_after_the_end() {
    let (house, _) = House::of_one(&Place::sqlite(), &Deal { ends_at: "2026-03-04T00:00:00+03:00", ..monthly() }).await;
    let run = house.live_until("2026-03-31T00:00:00+03:00").await;
    assert_eq!((run.paid, house.told(1).await.len(), house.next().await), (1, 2, None));
}

#[tokio::test]
async fn a_deduction_that_its_merchant_puts_off_is_announced_again() {
    let (house, contract_id) = House::of_one(&Place::sqlite(), &monthly()).await;
    house.live_until("2026-02-03T00:00:00+03:00").await;
    let to = "2026-02-20".parse().expect("a day");
    house.wallet.move_plan(ClientId::new(CLIENT), contract_id, to).await.expect("moved");
    house.live_until("2026-03-20T00:00:00+03:00").await;
    assert_eq!(
        house.told(1).await,
        ["coming: 1000 on 2026-02-05", "coming: 1000 on 2026-02-20", "charged: 1000", "coming: 1000 on 2026-03-20",]
    );
}

#[tokio::test]
async fn signing_again_after_the_end_begins_a_new_plan() {
    let (house, contract_id) = House::of_one(&Place::sqlite(), &monthly()).await;
    house.live_until("2026-02-10T00:00:00+03:00").await;
    house.done(Command::EndContract { contract_id: contract_id.clone(), by: EndedBy::Operator }).await;
    let first = "2026-03-01".parse().expect("a day");
    let again = house.sign(1, &Deal { plan: Plan { first, ..monthly().plan }, ..monthly() }).await;
    assert_ne!(contract_id, again);
    house.live_until("2026-03-10T00:00:00+03:00").await;
    assert_eq!((house.told(1).await.len(), house.fen(1).await), (4, 8_000));
}
