//! One plan that the wallet runs, and a life around it: what may happen, and what must be true whatever does.

use crate::support::{
    AsCommand, NOOR, SHOP, World, by_shop, call_off, cny, deduct, ends, give_back, put_off, run_by_wallet, run_plan,
};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan as _};
use mithaq_domain::{
    AgreementTerms, Answer, Change, Command, ContractState, Done, Every, Operation, Payment, Plan, PlanStep, Row,
    Status, UserNews,
};
use mithaq_types::{ClientId, ContractId, Currency, PaymentId, Timestamp};
use proptest::prelude::*;

#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// The scheduler looks, so many minutes after something was due; then all that is due is done.
    Due(i64),
    /// Time passes, and nobody looks.
    Hours(i64),
    Run,
    Deduct(i64),
    PutOff(i64),
    TopUp(i64),
    Suspend(bool),
    Refund,
    Cancel,
    End,
}

pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        40 => prop_oneof![4 => Just(0), 2 => 0..3_000_i64, 1 => 0..60_000_i64].prop_map(Step::Due),
        4 => prop_oneof![0..200_i64, 0..3_000_i64].prop_map(Step::Hours),
        4 => Just(Step::Run),
        6 => (1..2_500_i64).prop_map(Step::Deduct),
        4 => (-5..60_i64).prop_map(Step::PutOff),
        12 => (1..4_000_i64).prop_map(Step::TopUp),
        2 => any::<bool>().prop_map(Step::Suspend),
        2 => Just(Step::Refund),
        1 => Just(Step::Cancel),
        1 => Just(Step::End),
    ]
}

fn zone() -> impl Strategy<Value = TimeZone> {
    let names = ["Asia/Baghdad", "Africa/Cairo", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai"];
    prop::sample::select(names.to_vec()).prop_map(|name| TimeZone::get(name).expect("a zone"))
}

fn retries() -> impl Strategy<Value = Vec<u16>> {
    prop_oneof![Just(vec![1, 3, 5]), prop::collection::vec(1..40_u16, 0..5), Just(vec![20, 2, 0, 9])]
}

/// How the wallet goes about it, and where.
#[derive(Clone, Debug)]
pub struct Ways {
    pub zone: TimeZone,
    pub retry_days: Vec<u16>,
    pub announce_days: u16,
    pub hour: i8,
    pub window: u16,
}

pub fn ways() -> impl Strategy<Value = Ways> {
    let announce = prop_oneof![3 => Just(3), 1 => 0..20_u16];
    let window = prop_oneof![3 => Just(5), 1 => 0..40_u16];
    (zone(), retries(), announce, 0..24_i8, window).prop_map(|(zone, retry_days, announce_days, hour, window)| Ways {
        zone,
        retry_days,
        announce_days,
        hour,
        window,
    })
}

/// What succeeded.
pub struct Made {
    id: PaymentId,
    number: u32,
    pub planned: Date,
    minor: i64,
}

/// A plan, and all that happened to it.
pub struct Life {
    pub world: World,
    pub contract: ContractId,
    plan: Plan,
    pub made: Vec<Made>,
    /// The days on which the user was told of the next one since it was planned, and how much.
    told: Vec<(Date, i64)>,
    /// Whether the user has just signed: what comes soon need not be announced.
    signed: bool,
    given: i64,
    pub log: Vec<(Timestamp, Command, Answer, Vec<Change>)>,
}

impl Life {
    pub fn begin(plan: Plan, ways: &Ways) -> Self {
        let mut world = World::alipay();
        world.policy.zone = ways.zone.clone();
        world.policy.plan_window_days = ways.window;
        let dunning = &mut world.policy.dunning;
        (dunning.retry_days, dunning.announce_days) = (ways.retry_days.clone(), ways.announce_days);
        dunning.hour = ways.hour;
        let begin = plan.first.checked_sub(30.days()).expect("in range").at(7, 30, 0, 0);
        world.now = begin.to_zoned(ways.zone.clone()).expect("in range").timestamp();
        let ends_at = world.now + SignedDuration::from_hours(24 * 365 * 8);
        let contract = world.subscribed(NOOR, AgreementTerms { ends_at, ..run_by_wallet(plan) });
        Self { world, contract, plan, made: vec![], told: vec![], signed: true, given: 0, log: vec![] }
    }

    fn today(&self) -> Date {
        self.world.now.to_zoned(self.world.policy.zone.clone()).date()
    }

    /// Runs a command and looks at what it did.
    fn run(&mut self, command: impl AsCommand) -> Answer {
        let (before, today, command) = (self.world.standing(&self.contract), self.today(), command.command());
        let answer = self.world.run(command.clone());
        let changes = self.world.changes.clone();
        for change in &changes {
            match change {
                Change::Inbox(message) => {
                    if let UserNews::ChargeComing { amount, on, .. } = &message.news {
                        assert!(*on > today, "told on the day itself");
                        self.told.push((today, amount.minor));
                    }
                }
                Change::Insert(Row::Payment(payment)) if payment.contract_id.is_some() => {
                    self.charged(&before, payment, matches!(command, Command::RunPlan { .. }));
                }
                _ => {}
            }
        }
        let after = self.world.standing(&self.contract);
        let goes_on = |state: &ContractState| state.plan.map(|plan| plan.number);
        let moved = matches!(command, Command::MovePlan { .. }) && answer.is_ok();
        if goes_on(&before) != goes_on(&after) || moved {
            self.told.clear();
            self.signed = false;
        }
        self.log.push((self.world.now, command, answer.clone(), changes));
        answer
    }

    /// What must be true of a deduction that was made.
    fn charged(&mut self, before: &ContractState, payment: &Payment, by_wallet: bool) {
        let (plan, today, minor) = (self.plan, self.today(), payment.amount.minor);
        let state = before.plan.expect("a plan");
        let planned = before.run.map_or(state.next, |run| run.planned);
        assert!(!before.has_ended() && self.world.now < before.expires_at);
        assert!(minor <= plan.single.minor);
        if let Some(last) = self.made.last() {
            assert!(last.number < state.number && last.planned < planned, "a period was charged twice");
        }
        if by_wallet {
            assert!(planned <= today && today < plan.after(planned), "{planned} on {today}");
            assert_eq!(Some(payment.amount), plan.due(&state));
            let warned = self.told.iter().any(|(day, most)| *day < today && minor <= *most);
            assert!(warned || (self.signed && self.told.is_empty()), "without warning on {today}: {:?}", self.told);
        } else {
            let window = self.world.policy.plan_window_days;
            assert!(plan.opens(&state, window) <= today && today <= state.next);
        }
        let after = self.world.plan(&self.contract);
        assert_eq!((after.next, after.number), (plan.after(planned), state.number + 1), "the days are the plan's");
        if matches!(plan.every, Every::Months(_)) {
            assert_eq!(after.next.day(), planned.day());
        }
        self.made.push(Made { id: payment.payment_id.clone(), number: state.number, planned, minor });
    }

    pub fn take(&mut self, step: Step) {
        let contract = self.contract.clone();
        let name = format!("T{}", self.log.len());
        match step {
            Step::Due(late) => {
                let Some(due_at) = self.world.standing(&contract).run_due_at() else { return };
                self.world.now = self.world.now.max(due_at + SignedDuration::from_mins(late));
                let mut steps = 0;
                while self.run(run_plan(&contract)) != Ok(Done::Ran(PlanStep::Nothing)) {
                    steps += 1;
                    assert!(steps < 1_000, "it never ends");
                }
            }
            Step::Hours(hours) => self.world.now += SignedDuration::from_hours(hours),
            Step::Run => drop(self.run(run_plan(&contract))),
            Step::Deduct(minor) => drop(self.run(deduct(&contract, &name, minor))),
            Step::PutOff(by) => {
                let to = self.world.plan(&contract).next.checked_add(by.days()).expect("in range");
                drop(self.run(put_off(&contract, &to.to_string())));
            }
            Step::TopUp(minor) => {
                let user_id = mithaq_types::UserId::new(NOOR);
                self.run(Command::TopUp { user_id, amount: cny(minor) }).expect("it comes in");
                self.given += minor;
            }
            Step::Suspend(suspended) => {
                let status = if suspended { Status::Suspended } else { Status::Active };
                let operation = Operation::SetMerchantStatus { client_id: ClientId::new(SHOP), status };
                self.run(Command::Operate(Box::new(operation))).expect("set");
            }
            Step::Refund => {
                let Some(last) = self.made.last().map(|made| made.id.clone()) else { return };
                drop(self.run(give_back(&last, &name, 1)));
            }
            Step::Cancel => {
                let Some(last) = self.made.last().map(|made| made.id.clone()) else { return };
                drop(self.run(call_off(&last)));
            }
            Step::End => drop(self.run(ends(&contract, by_shop(None)))),
        }
    }

    /// What must be true at any time.
    pub fn check(&self) {
        let (standing, plan) = (self.world.standing(&self.contract), self.world.plan(&self.contract));
        let sum: i64 = self.made.iter().map(|made| made.minor).sum();
        let count = u32::try_from(self.made.len()).expect("small");
        assert_eq!((plan.paid, plan.paid_minor, standing.charges, standing.charged_minor), (count, sum, count, sum));
        assert!(self.plan.total.is_none_or(|total| sum <= total.minor));
        assert!(self.plan.payments.is_none_or(|most| count <= most));
        let back: i64 = self.made.iter().map(|made| self.world.state(&made.id).refunded).sum();
        assert_eq!(self.world.yuan(NOOR), self.given - sum + back);
        let mut all = 0;
        for row in self.world.rows.rows() {
            if let Row::Account(account) = row
                && account.id.currency == Currency::CNY
            {
                all += account.balance;
            }
        }
        let appended = self.world.rows.appended().iter().filter(|(id, _)| id.currency == Currency::CNY);
        assert_eq!(all + appended.map(|(_, minor)| minor).sum::<i64>(), 0, "the ledger is not balanced");
        if let Some(run) = standing.run {
            assert!(self.plan.due(&plan).is_some(), "there is nothing left to run for");
            assert!(run.planned <= plan.next && plan.next < self.plan.after(run.planned));
            assert!(matches!(self.plan.every, Every::Days(_)) || run.planned.day() <= 28);
        }
        let days = standing.days_left(&self.plan, 4);
        assert!(days.windows(2).all(|pair| pair[0].1 < pair[1].1 && pair[0].0 + 1 == pair[1].0), "{days:?}");
    }
}
