//! What fails is tried again, everybody hears of it, and what cannot be had is left out.

use crate::support::{
    CLIENT, House, Place, YUAN_EACH, add_merchant, add_user, monthly, on_every_database, user_id, yuan,
};
use mithaq_domain::{AgreementPay, Command, FailReason, PlanRefusal, Status, UserStatus};
use mithaq_types::ClientId;
use mithaq_wallet::PlansRun;

on_every_database!(
    a_deduction_is_announced_made_and_reported,
    a_month_without_money_is_tried_again_told_of_and_left_out,
);

async fn a_deduction_is_announced_made_and_reported(place: Place) {
    let (house, id) = House::of_one(&place, &monthly()).await;
    assert_eq!(house.next().await.as_deref(), Some("2026-02-02 09:00"));
    house.jump("2026-02-02T08:59:59+03:00");
    assert_eq!(house.run().await, PlansRun::default(), "not before its time");
    house.live_until("2026-02-05T08:00:00+03:00").await;
    assert_eq!(house.told(1).await, ["coming: 1000 on 2026-02-05"]);
    assert_eq!(house.fen(1).await, 10_000);

    let run = house.live_until("2026-02-28T00:00:00+03:00").await;
    assert_eq!(run, PlansRun { announced: 0, paid: 1, failed: 0 });
    assert_eq!(house.run().await, PlansRun::default(), "once");
    assert_eq!(house.told(1).await, ["coming: 1000 on 2026-02-05", "charged: 1000"]);
    assert_eq!((house.noticed().await, house.fen(1).await), (vec!["paid".to_owned()], 9_000));
    let plan = house.agreement(&id).await.state.plan.expect("a plan");
    assert_eq!((plan.next.to_string().as_str(), plan.number, plan.paid), ("2026-03-05", 2, 1));
    assert_eq!(house.next().await.as_deref(), Some("2026-03-02 09:00"));

    let run = house.live_until("2027-01-31T00:00:00+03:00").await;
    assert_eq!((run.announced, run.paid, run.failed), (11, 9, 2 + 2 * 3), "the money is for ten months");
    house.verified().await;
}

async fn a_month_without_money_is_tried_again_told_of_and_left_out(place: Place) {
    let house = House::open(&place);
    add_merchant(&house).await;
    add_user(&house, 1, None).await;
    let id = house.sign(1, &monthly()).await;
    house.live_until("2026-02-28T00:00:00+03:00").await;
    assert_eq!(
        house.told(1).await,
        [
            "coming: 1000 on 2026-02-05",
            "refused: no money, again on 2026-02-06",
            "refused: no money, again on 2026-02-08",
            "refused: no money, again on 2026-02-10",
            "refused: no money, left out",
        ]
    );
    assert_eq!(
        house.noticed().await,
        [
            "1 of 2026-02-05 failed: Balance, again on 2026-02-06",
            "1 of 2026-02-05 failed: Balance, again on 2026-02-08",
            "1 of 2026-02-05 failed: Balance, again on 2026-02-10",
            "1 of 2026-02-05 failed: Balance, left out",
        ]
    );
    assert!(house.wallet.reader().payments().await.expect("readable").is_empty(), "a refusal keeps nothing");
    // March is as if nothing had been.
    house.done(Command::TopUp { user_id: user_id(1), amount: yuan(10) }).await;
    house.live_until("2026-03-06T00:00:00+03:00").await;
    assert_eq!(house.told(1).await[5..], ["coming: 1000 on 2026-03-05", "charged: 1000"]);
    let plan = house.agreement(&id).await.state.plan.expect("a plan");
    assert_eq!((plan.next.to_string().as_str(), plan.number, plan.paid), ("2026-04-05", 3, 1));
    house.verified().await;
}

#[tokio::test]
async fn money_that_arrives_between_attempts_is_taken_by_the_next_one_and_the_days_of_the_plan_stay() {
    let house = House::open(&Place::sqlite());
    add_merchant(&house).await;
    add_user(&house, 1, None).await;
    let id = house.sign(1, &monthly()).await;
    house.live_until("2026-02-06T12:00:00+03:00").await;
    let state = house.agreement(&id).await.state;
    assert_eq!(state.plan.expect("a plan").next.to_string(), "2026-02-08", "what a merchant reads is the next attempt");
    house.done(Command::TopUp { user_id: user_id(1), amount: yuan(15) }).await;
    house.live_until("2026-02-09T00:00:00+03:00").await;
    assert_eq!(house.told(1).await.last().map(String::as_str), Some("charged: 1000"));
    assert_eq!(house.noticed().await.last().map(String::as_str), Some("paid"));
    let state = house.agreement(&id).await.state;
    assert_eq!(state.plan.expect("a plan").next.to_string(), "2026-03-05", "not a month after the eighth");
    assert_eq!((house.next().await.as_deref(), house.fen(1).await), (Some("2026-03-02 09:00"), 500));
}

#[tokio::test]
async fn who_is_frozen_is_charged_once_they_are_not() {
    let (house, _) = House::of_one(&Place::sqlite(), &monthly()).await;
    house.live_until("2026-02-04T00:00:00+03:00").await;
    let set = async |status| house.wallet.set_user(user_id(1), status).await.expect("set");
    set(UserStatus::Frozen).await;
    house.live_until("2026-02-05T12:00:00+03:00").await;
    assert_eq!(house.noticed().await, ["1 of 2026-02-05 failed: UserFrozen, again on 2026-02-06"]);
    assert_eq!(house.told(1).await.len(), 1, "it is nothing that they could mend");
    set(UserStatus::Active).await;
    house.live_until("2026-02-06T12:00:00+03:00").await;
    assert_eq!((house.noticed().await.len(), house.fen(1).await), (2, 9_000));
}

#[tokio::test]
async fn a_merchant_or_client_that_is_stopped_is_not_paid_until_it_goes_on() {
    let (active, stopped) = (Status::Active, Status::Suspended);
    // The merchant; its client; the client's agreement payments.
    for stops in 0..3 {
        let (house, _) = House::of_one(&Place::sqlite(), &monthly()).await;
        let set = async |stop: bool| {
            let status = |at| if stop && stops == at { stopped } else { active };
            let agreement_pay = if stop && stops == 2 { AgreementPay::Suspended } else { AgreementPay::Allowed };
            let client_id = ClientId::new(CLIENT);
            house.wallet.set_merchant_status(client_id.clone(), status(0)).await.expect("set");
            house.done(Command::SetClient { client_id, status: status(1), agreement_pay }).await;
        };
        set(true).await;
        house.live_until("2026-02-05T12:00:00+03:00").await;
        assert_eq!(house.noticed().await, ["1 of 2026-02-05 failed: MerchantSuspended, again on 2026-02-06"]);
        assert_eq!((house.told(1).await.len(), house.fen(1).await), (1, YUAN_EACH * 100));
        set(false).await;
        house.live_until("2026-02-06T12:00:00+03:00").await;
        assert_eq!(house.fen(1).await, 9_000);
    }
}

#[tokio::test]
async fn after_a_year_without_a_scheduler_one_period_is_charged_and_eleven_are_reported_as_left_out() {
    let (house, id) = House::of_one(&Place::sqlite(), &monthly()).await;
    house.jump("2027-01-15T14:00:00+03:00");
    assert_eq!(house.run().await, PlansRun { announced: 1, paid: 0, failed: 11 });
    let mut noticed = house.noticed().await;
    // All at one instant: in what order they are listed, is chance.
    noticed.sort_by_key(|line| line.split(' ').next().and_then(|number| number.parse::<u32>().ok()));
    let late = |day: &str| FailReason::Plan(PlanRefusal::TooLate(day.parse().expect("a day")));
    let said = |number, day: &str| format!("{number} of {day} failed: {:?}, left out", late(day));
    assert_eq!(noticed.len(), 11);
    assert_eq!((&noticed[0], &noticed[10]), (&said(1, "2026-02-05"), &said(11, "2026-12-05")));
    assert_eq!(house.told(1).await, ["coming: 1000 on 2027-01-16"], "not on the day on which they are told");
    assert_eq!(house.fen(1).await, 10_000);
    let run = house.live_until("2027-02-04T00:00:00+03:00").await;
    assert_eq!((run, house.fen(1).await), (PlansRun { announced: 1, paid: 1, failed: 0 }, 9_000));
    let plan = house.agreement(&id).await.state.plan.expect("a plan");
    assert_eq!((plan.next.to_string().as_str(), plan.number, plan.paid), ("2027-02-05", 13, 1), "the days stay");
    house.verified().await;
}
