//! Plans that the wallet runs, over years, in zones whose clocks change, with merchants that deduct and put off themselves, users
//! without money, schedulers that are late: each period is charged once at most and never without warning.

use super::config;
use super::plan_life::{Life, Step, Ways, step, ways};
use super::plans::plan;
use crate::support::cny;
use jiff::tz::TimeZone;
use mithaq_domain::{Command, Done, Every, Plan};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn over_years_every_period_is_charged_once_at_most_and_never_without_warning(
        plan in plan(), ways in ways(), steps in prop::collection::vec(step(), 1..120),
    ) {
        let mut life = Life::begin(plan, &ways);
        for step in steps {
            life.take(step);
            life.check();
        }
    }

    #[test]
    fn a_batch_does_for_plans_what_its_commands_do_one_by_one(
        plan in plan(), ways in ways(), steps in prop::collection::vec(step(), 1..60), size in 2..20_usize,
    ) {
        let (mut alone, mut together) = (Life::begin(plan, &ways), Life::begin(plan, &ways).world);
        steps.into_iter().for_each(|step| alone.take(step));
        for same_instant in alone.log.chunk_by(|one, next| one.0 == next.0) {
            for batch in same_instant.chunks(size) {
                together.now = batch[0].0;
                let commands: Vec<Command> = batch.iter().map(|(_, command, ..)| command.clone()).collect();
                for ((answer, changes), (_, command, alone, changed)) in together.run_batch(&commands).iter().zip(batch) {
                    prop_assert_eq!((answer, changes), (alone, changed), "{:?}", command);
                }
            }
        }
    }
}

/// With money, and a scheduler that looks in time, every period is charged on its day.
#[test]
fn ten_years_of_a_plan_have_one_deduction_for_each_period() {
    for (every, count) in [(Every::Months(1), 95), (Every::Days(7), 410), (Every::Months(3), 32)] {
        let first = crate::support::day("2024-02-28");
        let plan = Plan { every, first, single: cny(10), total: None, payments: None };
        let zone = TimeZone::get("Africa/Cairo").expect("a zone");
        let ways = Ways { zone, retry_days: vec![1, 3, 5], announce_days: 3, hour: 0, window: 5 };
        let mut life = Life::begin(plan, &ways);
        life.take(Step::TopUp(1_000_000));
        while life.world.standing(&life.contract).run_due_at().is_some() {
            life.take(Step::Due(0));
            life.check();
        }
        let mut planned = first;
        for made in &life.made {
            assert_eq!(made.planned, planned);
            planned = plan.after(planned);
        }
        assert!(life.made.len() >= count, "{every:?}: {}", life.made.len());
    }
}

/// Random lives are worth little if nothing happens in them.
#[test]
fn random_lives_reach_everything() {
    let mut runner = TestRunner::deterministic();
    let lives = (plan(), ways(), prop::collection::vec(step(), 100));
    let mut reached: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..150 {
        let (plan, ways, steps) = lives.new_tree(&mut runner).expect("a life").current();
        let mut life = Life::begin(plan, &ways);
        steps.into_iter().for_each(|step| life.take(step));
        for (_, command, answer, _) in &life.log {
            let what = match (command, answer) {
                (Command::Deduct(_) | Command::MovePlan { .. }, Err(refusal)) => format!("{refusal:?}"),
                (Command::RunPlan { .. }, Ok(Done::Ran(step))) => format!("{step:?}"),
                (Command::Deduct(_) | Command::MovePlan { .. } | Command::OperatePayment(_), Ok(_)) => {
                    format!("{command:?}")
                }
                (Command::CancelPayment { .. }, Ok(_)) => "cancelled".to_owned(),
                _ => continue,
            };
            let end = what.find(['{', '"']).unwrap_or(what.len());
            let word: String = what[..end].chars().filter(|c| !c.is_ascii_digit() && *c != '-').collect();
            *reached.entry(word.trim().to_owned()).or_default() += 1;
        }
    }
    let missed: Vec<_> = NEEDED.iter().filter(|name| reached.get(**name).is_none_or(|times| *times < 3)).collect();
    assert!(missed.is_empty(), "hardly ever {missed:?} among {reached:#?}");
}

const NEEDED: [&str; 19] = [
    "Announced",
    "Charge(Balance)",
    "Charge(Plan(OverCount))",
    "Charge(Plan(OverSingle))",
    "Charge(Plan(OverTotal))",
    "Charge(Plan(TooEarly()))",
    "Charge(Plan(TooLate()))",
    "ContractExpired",
    "ContractOver",
    "Deduct(Deduct",
    "Failed(Balance)",
    "Failed(MerchantSuspended)",
    "Failed(Plan(TooLate()))",
    "MovePlan",
    "OperatePayment(OperateRequest",
    "Paid(Payment",
    "Plan(DayOfMonth)",
    "Plan(NotLater)",
    "cancelled",
];
