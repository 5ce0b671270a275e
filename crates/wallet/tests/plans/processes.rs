//! Several processes, and one that loses its lease in the middle.

use crate::support::{House, Place};
use mithaq_domain::Done;
use mithaq_types::{Clock, ContractId, ManualClock};
use mithaq_wallet::{Alarm, PlansRun, Standing, keep_while, run_due_plans, run_plans};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// A process counts as dead after so long.
const LIFE: Duration = Duration::from_millis(1_500);
const PLANS: usize = 400;

/// Everybody was told once and charged once, whoever did it.
pub async fn each_was_charged_once(house: &House, ids: &[ContractId]) {
    for (number, id) in ids.iter().enumerate() {
        let state = house.agreement(id).await.state;
        let plan = state.plan.expect("a plan");
        assert_eq!((plan.paid, plan.number, state.charges), (1, 2, 1), "{id}");
        assert_eq!(house.fen(number).await, 9_000, "{id}");
    }
    assert_eq!(house.told(0).await.len(), 2, "one announcement, one charge");
    house.verified().await;
}

async fn announced(place: &Place) -> (House, Vec<ContractId>) {
    let (house, ids) = House::of_many(place, PLANS).await;
    let run = house.live_until("2026-02-05T08:00:00+03:00").await;
    assert_eq!(run.announced, PLANS as u64);
    house.jump("2026-02-05T09:00:00+03:00");
    (house, ids)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_that_run_the_same_plans_at_once_charge_everybody_once() {
    let Some(place) = Place::postgres().await else { return };
    let (house, ids) = announced(&place).await;
    let others = [house.another(), house.another()];
    let run = async |house: &House| house.run().await;
    let [one, two, three] =
        futures_util::future::join_all([&house, &others[0], &others[1]].map(run)).await.try_into().expect("three");
    let sum: [PlansRun; 3] = [one, two, three];
    assert_eq!(sum.iter().map(|run| run.paid).sum::<u64>(), PLANS as u64, "{sum:?}");
    assert!(sum.iter().all(|run| run.failed == 0 && run.announced == 0), "{sum:?}");
    each_was_charged_once(&house, &ids).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_lead_any_more_begins_nothing_and_the_next_one_goes_on() {
    let (house, ids) = announced(&Place::sqlite()).await;
    let asked = AtomicU32::new(0);
    let lasts = || asked.fetch_add(1, Ordering::Relaxed) < 150;
    let run = run_due_plans(&house.wallet, house.wallet.now(), lasts).await.expect("no trouble");
    assert_eq!(run.paid, 150, "what was begun is finished, and no more is begun");
    assert_eq!(house.run().await.paid, PLANS as u64 - 150);
    each_was_charged_once(&house, &ids).await;
}

/// The job as a process runs it. Dropping it is a process that is gone without a word.
fn serve(house: &House) -> (tokio::task::JoinHandle<()>, Alarm) {
    let alarm = Alarm::new(Arc::<ManualClock>::clone(&house.clock) as Arc<dyn Clock>);
    let standing = Standing::among_others();
    let work = run_plans(house.wallet.clone(), standing.clone(), alarm.clone());
    (tokio::spawn(keep_while(house.keeper(), standing, LIFE, work)), alarm)
}

async fn paid(house: &House, ids: &[ContractId]) -> usize {
    let mut count = 0;
    for id in ids {
        count += usize::from(house.agreement(id).await.state.charges > 0);
    }
    count
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_plans_of_a_process_that_is_gone_are_run_by_another() {
    let Some(place) = Place::postgres().await else { return };
    let (house, ids) = announced(&place).await;
    let (one, two) = (house.another(), house.another());
    let (first, _) = serve(&one);
    while paid(&house, &ids[..20]).await == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let (second, alarm) = serve(&two);
    first.abort();
    while paid(&house, &ids).await < PLANS {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    alarm.stop();
    second.await.expect("ends well");
    each_was_charged_once(&house, &ids).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plan_that_falls_due_while_the_job_sleeps_is_run_when_the_clock_is_moved() {
    let (house, ids) = House::of_many(&Place::sqlite(), 3).await;
    let (job, alarm) = serve(&house);
    for (at, number) in [("2026-02-02T09:00:00+03:00", 1), ("2026-02-05T09:00:00+03:00", 2)] {
        house.jump(at);
        alarm.clock_moved();
        let told = async || house.told(0).await.len() + house.told(2).await.len();
        tokio::time::timeout(Duration::from_secs(4), async {
            while told().await < 2 * number {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        })
        .await
        .expect("sooner than it would look by itself");
    }
    alarm.stop();
    job.await.expect("ends well");
    each_was_charged_once(&house, &ids).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_cannot_be_read_holds_up_nobody() {
    let Some(place) = Place::postgres().await else { return };
    let (house, ids) = announced(&place).await;
    let Place::Postgres(url) = &place else { panic!("a server") };
    let broken = "UPDATE contract_states SET body = 'nonsense' WHERE contract_id";
    mithaq_cluster::run(url, &format!("{broken} = '{}'", ids[7])).await;
    assert_eq!(house.run().await, PlansRun { announced: 0, paid: PLANS as u64 - 1, failed: 0 });
    assert_eq!(house.run().await, PlansRun::default());
    let run = house.wallet.submit(mithaq_domain::Command::RunPlan { contract_id: ids[0].clone() }).await;
    assert!(matches!(run, Ok(Done::Ran(mithaq_domain::PlanStep::Nothing))), "{run:?}");
}
