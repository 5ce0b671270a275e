//! A random history of agreements on each database, by two processes where there can be two, while commits fail and answers are
//! lost: whoever hears nothing asks again. What is stored is what a model of a few lines says, and the ledger is proved.
//! `MITHAQ_SEED=n` makes the same history again.

mod deeds;

use crate::support::{Fault, House, Stage, add_user, cny, on_every_database, put_app, top_up};
use jiff::SignedDuration;
use mithaq_domain::{AccountId, Answer, Command, Key, Plan};
use mithaq_store::Engine;
use mithaq_types::{Clock as _, ContractId, Currency, PaymentId, UserId};
use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

on_every_database!(a_random_history_of_agreements_is_proved);

const USERS: [&str; 3] = ["amal", "basim", "dina"];
const STEPS: usize = 400;

/// What the model knows of an agreement.
struct Known {
    user: usize,
    number: String,
    plan: Option<Plan>,
    count: u32,
    sum: i64,
    over: bool,
}

/// What it knows of a payment.
struct Trade {
    id: PaymentId,
    user: usize,
    minor: i64,
    back: i64,
}

struct History {
    house: House,
    /// Another process at the same database, where there can be one.
    other: Option<Engine>,
    drawn: u64,
    agreements: BTreeMap<ContractId, Known>,
    trades: Vec<Trade>,
    balances: [i64; 3],
    /// Whether the last question had to be asked again.
    lost: bool,
    /// How often each thing happened.
    tally: BTreeMap<&'static str, usize>,
}

impl History {
    fn below(&mut self, count: usize) -> usize {
        self.drawn = self.drawn.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.drawn ^ (self.drawn >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % count as u64).expect("small")
    }

    /// One of the processes is asked, and asked again until it answers.
    async fn ask(&mut self, command: Command) -> Answer {
        self.lost = false;
        let other = self.other.clone().filter(|_| self.drawn & 0x1_0000 != 0);
        let engine = other.unwrap_or_else(|| self.house.engine().clone());
        let faults = [Fault::Unavailable, Fault::Conflict, Fault::Lie, Fault::Lie];
        let fault = (self.below(6) == 0).then(|| faults[self.below(faults.len())]);
        self.house.watch.befall(fault);
        loop {
            if let Ok(answer) = engine.submit(command.clone()).await {
                self.house.watch.befall(None);
                return answer;
            }
            self.lost = true;
            self.count("asked again");
        }
    }

    fn amount(&mut self, most: usize) -> i64 {
        i64::try_from(1 + self.below(most)).expect("small")
    }

    fn count(&mut self, what: &'static str) {
        *self.tally.entry(what).or_default() += 1;
    }

    /// One of the agreements, mostly one that is not over.
    fn any(&mut self) -> Option<ContractId> {
        let all = self.below(4) == 0;
        let ids: Vec<_> =
            self.agreements.iter().filter(|(_, known)| all || !known.over).map(|(id, _)| id.clone()).collect();
        if ids.is_empty() { None } else { Some(ids[self.below(ids.len())].clone()) }
    }

    async fn step(&mut self, name: String) {
        match self.below(20) {
            0..3 => self.sign(name).await,
            3..7 => self.deduct(name).await,
            7..12 => self.look().await,
            12 => self.put_off().await,
            13 => self.end().await,
            14..16 => self.give_back(name).await,
            16 => self.top_up(name).await,
            17 => self.restart(),
            _ => {
                let hours = self.amount(24 * 5);
                self.house.clock.set(self.house.clock.now() + SignedDuration::from_hours(hours));
                self.expire().await;
            }
        }
    }

    async fn agrees(&self) {
        for (id, known) in &self.agreements {
            let state = self.house.contract_state(id).await;
            assert_eq!((state.charges, state.charged_minor), (known.count, known.sum), "{id}");
        }
        for (user, expected) in USERS.iter().zip(self.balances) {
            let account = AccountId::user(UserId::new(*user), Currency::CNY);
            let rows = self.house.stage.reader().rows(vec![Key::Account(account.clone())]).await.expect("readable");
            assert_eq!(rows.balance_of(&account).balance, expected, "{user}");
        }
        self.house.verified().await;
    }
}

async fn a_random_history_of_agreements_is_proved(stage: Stage) {
    let given = std::env::var("MITHAQ_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or_else(|| RandomState::new().build_hasher().finish());
    println!("MITHAQ_SEED={seed}");
    let house = House::open(stage).await;
    house.done(put_app()).await;
    for user in USERS {
        house.done(add_user(user)).await;
        house.done(top_up(user, cny(5_000))).await;
    }
    let (agreements, trades, tally) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
    let other = matches!(house.stage, Stage::Postgres { .. }).then(|| house.another());
    let mut history =
        History { house, other, drawn: seed, agreements, trades, balances: [5_000; 3], lost: false, tally };
    for step in 0..STEPS {
        history.step(format!("step {step}")).await;
        if step % 200 == 199 {
            history.agrees().await;
        }
    }
    println!("{:?}", history.tally);
    for what in ["announced", "charged", "deducted", "refused", "refunded", "signed", "taken", "asked again"] {
        assert!(history.tally.contains_key(what), "never {what}: {:?}", history.tally);
    }
}
