//! Two want the same payment at once: exactly one gets it, and the other hears why not. Through the real engine, on PostgreSQL
//! through two that know nothing of each other; each race some hundred times. `MITHAQ_SEED=n` runs them in the order of
//! that seed again, as far as threads keep to it.

use crate::support::{
    House, SARA, SHOP, Stage, add_user, approve, call_off, confirm, confirm_from, iqd, link, on_every_database,
    operate, order, top_up,
};
use futures_util::future::join_all;
use jiff::SignedDuration;
use mithaq_domain::{
    Answer, CancelReason, Command, Done, FailReason, Illegal, OperationOutcome, OperationRefusal, PaymentRef,
    PaymentState, PaymentStatus, Product, Refusal, Source, Wish,
};
use mithaq_store::Engine;
use mithaq_types::{CardId, ClientId, Clock as _, PaymentId};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Semaphore;

on_every_database!(
    an_order_is_paid_or_it_expires,
    an_order_is_paid_or_cancelled_and_what_was_paid_before_goes_back,
    of_two_devices_one_pays,
    a_hold_is_taken_or_given_back,
    refunds_at_the_same_time_never_exceed_what_was_taken,
    a_request_that_comes_several_times_at_once_is_applied_once,
    a_request_and_its_cancelling_leave_nothing_to_pay,
    an_issuer_that_answers_while_the_order_is_cancelled_moves_its_money_once,
);

/// Waves of races.
pub const WAVES: usize = 6;
/// Races in each.
pub const RACES: usize = 50;

/// A house with its engines, and chance.
pub struct Track {
    pub house: House,
    engines: Vec<Engine>,
    pub seed: u64,
    drawn: u64,
}

impl Track {
    /// Sara has money for everything; on PostgreSQL two processes serve her.
    pub async fn open(stage: Stage) -> Self {
        let house = House::open(stage).await;
        house.done(top_up(SARA, iqd(50_000_000))).await;
        let mut engines = vec![house.engine().clone()];
        if matches!(house.stage, Stage::Postgres { .. }) {
            engines.push(house.another());
        }
        let given = std::env::var("MITHAQ_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| RandomState::new().build_hasher().finish());
        println!("MITHAQ_SEED={seed}");
        Self { house, engines, seed, drawn: seed }
    }

    /// One of `0..count` (SplitMix64).
    pub fn below(&mut self, count: usize) -> usize {
        self.drawn = self.drawn.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.drawn ^ (self.drawn >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % count as u64).expect("small")
    }

    /// Orders that can be paid for half an hour.
    async fn orders(&mut self, wave: usize, product: Product) -> Vec<PaymentId> {
        let end = self.house.clock.now() + SignedDuration::from_mins(30);
        let commands = (0..RACES).map(|race| order(&format!("{wave}/{race}"), product, iqd(1_000), end)).collect();
        self.all(commands).await.into_iter().map(|answer| placed(&answer)).collect()
    }

    /// Runs `commands` in some order, each through some engine; their answers in the order in which they are given.
    pub async fn all(&mut self, commands: Vec<Command>) -> Vec<Answer> {
        self.all_and(commands, |_| {}).await
    }

    /// The same; `then` is told how many have been answered by now. Sometimes few are under way at once, sometimes all of
    /// them, which then share a commit.
    async fn all_and(&mut self, commands: Vec<Command>, then: impl Fn(usize) + Clone + Send + 'static) -> Vec<Answer> {
        let room = Arc::new(Semaphore::new([3, 20, 1_000][self.below(3)]));
        let answered = Arc::new(AtomicUsize::new(0));
        let mut places: Vec<usize> = (0..commands.len()).collect();
        for place in (1..places.len()).rev() {
            let other = self.below(place + 1);
            places.swap(place, other);
        }
        let mut commands: Vec<_> = commands.into_iter().map(Some).collect();
        let mut calls = Vec::new();
        for place in places {
            let number = self.below(self.engines.len());
            let (engine, command) = (self.engines[number].clone(), commands[place].take().expect("once"));
            let (room, answered, then) = (Arc::clone(&room), Arc::clone(&answered), then.clone());
            calls.push(tokio::spawn(async move {
                let _one = room.acquire().await.expect("open");
                let answer = engine.submit(command).await;
                then(answered.fetch_add(1, Ordering::SeqCst));
                (place, answer)
            }));
        }
        let seed = self.seed;
        let mut answers: Vec<_> = join_all(calls).await.into_iter().map(|answer| answer.expect("no panic")).collect();
        answers.sort_by_key(|(place, _)| *place);
        let answer = |(_, answer): (usize, Result<Answer, _>)| {
            answer.unwrap_or_else(|error| panic!("seed {seed}: nobody answered: {error}"))
        };
        answers.into_iter().map(answer).collect()
    }

    async fn balance(&self) -> i64 {
        self.house.balance(SARA).await
    }
}

fn placed(answer: &Answer) -> PaymentId {
    match answer {
        Ok(Done::Standing(payment, _)) => payment.payment_id.clone(),
        other => panic!("{other:?}"),
    }
}

fn is_done(answer: &Answer) -> bool {
    matches!(answer, Ok(Done::Operated(one)) if one.outcome == OperationOutcome::Done)
}

fn refusal(answer: &Answer) -> OperationRefusal {
    match answer {
        Ok(Done::Operated(one)) => match one.outcome {
            OperationOutcome::Refused(refusal) => refusal,
            OperationOutcome::Done => panic!("{answer:?}"),
        },
        other => panic!("{other:?}"),
    }
}

const THOUSAND: i64 = 1_000_000;

async fn an_order_is_paid_or_it_expires(stage: Stage) {
    let mut track = Track::open(stage).await;
    let mut both = [0, 0];
    for wave in 0..WAVES {
        let ids = track.orders(wave, Product::Online).await;
        let before = track.balance().await;
        let commands =
            ids.iter().flat_map(|id| [confirm(SARA, id), Command::ExpirePayment { payment_id: id.clone() }]).collect();
        let clock = Arc::clone(&track.house.clock);
        let (end, turn) = (clock.now() + SignedDuration::from_mins(30), track.below(RACES));
        let moves = move |answered| {
            if answered == turn {
                clock.set(end);
            }
        };
        let answers = track.all_and(commands, moves).await;
        let mut paid = 0;
        for (id, pair) in ids.iter().zip(answers.chunks(2)) {
            // Whoever found nothing to do may have come before the time.
            track.house.done(Command::ExpirePayment { payment_id: id.clone() }).await;
            let state = track.house.standing(id).await;
            match &pair[0] {
                Ok(_) => {
                    assert_eq!(
                        (state.status, &pair[1]),
                        (PaymentStatus::Success, &Ok(Done::Nothing)),
                        "{}",
                        track.seed
                    );
                    paid += 1;
                }
                Err(refusal) => {
                    assert_eq!(*refusal, Refusal::Payment(Illegal::OrderExpired), "seed {}", track.seed);
                    assert_eq!(state.status, PaymentStatus::Failed(FailReason::Expired), "seed {}", track.seed);
                }
            }
        }
        both[0] += paid;
        both[1] += RACES - paid;
        assert_eq!(before - track.balance().await, i64::try_from(paid).expect("small") * THOUSAND);
    }
    track.house.verified().await;
    println!("{} paid, {} expired", both[0], both[1]);
}

async fn an_order_is_paid_or_cancelled_and_what_was_paid_before_goes_back(stage: Stage) {
    let mut track = Track::open(stage).await;
    let before = track.balance().await;
    for wave in 0..WAVES {
        let product = [Product::Online, Product::AuthCapture, Product::Escrow][wave % 3];
        let ids = track.orders(wave, product).await;
        let answers = track.all(ids.iter().flat_map(|id| [confirm(SARA, id), call_off(id)]).collect()).await;
        for (id, pair) in ids.iter().zip(answers.chunks(2)) {
            assert!(pair[1].is_ok(), "seed {}: {:?}", track.seed, pair[1]);
            let state = track.house.standing(id).await;
            match &pair[0] {
                Ok(_) if product.holds() => {
                    assert_eq!(state.status, PaymentStatus::Cancelled(CancelReason::Merchant));
                    assert_eq!((state.held, state.voided), (0, THOUSAND));
                }
                Ok(_) => assert_eq!((state.status, state.reversed), (PaymentStatus::Success, true)),
                Err(refusal) => {
                    assert_eq!(*refusal, Refusal::Payment(Illegal::OrderCancelled), "seed {}", track.seed);
                    assert_eq!(state.status, PaymentStatus::Cancelled(CancelReason::Merchant));
                }
            }
        }
    }
    assert_eq!(track.balance().await, before, "seed {}: everything went back", track.seed);
    track.house.verified().await;
}

async fn of_two_devices_one_pays(stage: Stage) {
    let mut track = Track::open(stage).await;
    track.house.done(add_user("omar")).await;
    track.house.done(top_up("omar", iqd(1_000_000))).await;
    let before = track.balance().await + track.house.balance("omar").await;
    for wave in 0..WAVES {
        let ids = track.orders(wave, [Product::Online, Product::AuthCapture][wave % 2]).await;
        let payers = [SARA, SARA, "omar"];
        let commands = ids.iter().flat_map(|id| payers.map(|payer| confirm(payer, id))).collect();
        let answers = track.all(commands).await;
        for (id, devices) in ids.iter().zip(answers.chunks(payers.len())) {
            let winners: Vec<_> = (0..payers.len()).filter(|place| devices[*place].is_ok()).collect();
            assert_eq!(winners.len(), 1, "seed {}: {devices:?}", track.seed);
            let late = Err(Refusal::Payment(Illegal::OrderPaid));
            assert_eq!(devices.iter().filter(|answer| **answer == late).count(), payers.len() - 1);
            let state = track.house.standing(id).await;
            assert_eq!(state.user_id.as_ref().map(mithaq_types::UserId::as_str), Some(payers[winners[0]]));
        }
    }
    let all = i64::try_from(WAVES * RACES).expect("small") * THOUSAND;
    assert_eq!(before - track.balance().await - track.house.balance("omar").await, all, "seed {}", track.seed);
    track.house.verified().await;
}

async fn a_hold_is_taken_or_given_back(stage: Stage) {
    let mut track = Track::open(stage).await;
    for wave in 0..WAVES {
        let ids = track.orders(wave, Product::AuthCapture).await;
        let held = track.all(ids.iter().map(|id| confirm(SARA, id)).collect()).await;
        assert!(held.iter().all(Result::is_ok));
        let wishes = |id: &PaymentId| {
            let request = |kind| format!("{kind} of {id}");
            [
                operate(id, &request("capture"), Wish::Capture(Some(iqd(700)))),
                operate(id, &request("void"), Wish::Void(None)),
            ]
        };
        let answers = track.all(ids.iter().flat_map(wishes).collect()).await;
        for (id, pair) in ids.iter().zip(answers.chunks(2)) {
            let state: PaymentState = track.house.standing(id).await;
            let seed = track.seed;
            assert!(is_done(&pair[0]) != is_done(&pair[1]), "seed {seed}: {pair:?}");
            if is_done(&pair[0]) {
                assert_eq!(refusal(&pair[1]), OperationRefusal::Status);
                assert_eq!((state.status, state.taken, state.voided), (PaymentStatus::Success, 700_000, 300_000));
            } else {
                assert_eq!(refusal(&pair[0]), OperationRefusal::HoldCancelled);
                assert_eq!((state.status, state.taken), (PaymentStatus::Cancelled(CancelReason::Voided), 0));
            }
            assert_eq!(state.held, 0, "seed {seed}");
        }
    }
    track.house.verified().await;
}

async fn refunds_at_the_same_time_never_exceed_what_was_taken(stage: Stage) {
    let mut track = Track::open(stage).await;
    for wave in 0..WAVES {
        let ids = track.orders(wave, Product::Online).await;
        let paid = track.all(ids.iter().map(|id| confirm(SARA, id)).collect()).await;
        assert!(paid.iter().all(Result::is_ok));
        let before = track.balance().await;
        let refunds = |id: &PaymentId| {
            let id = id.clone();
            (0..7).map(move |number| operate(&id, &format!("{id}/{number}"), Wish::Refund(iqd(300), None)))
        };
        let answers = track.all(ids.iter().flat_map(refunds).collect()).await;
        for (id, seven) in ids.iter().zip(answers.chunks(7)) {
            let (done, refused): (Vec<_>, Vec<_>) = seven.iter().partition(|answer| is_done(answer));
            assert_eq!(done.len(), 3, "seed {}: {seven:?}", track.seed);
            assert!(refused.iter().all(|answer| refusal(answer) == OperationRefusal::ExceedsTaken));
            assert_eq!(track.house.standing(id).await.refunded, 900_000, "seed {}", track.seed);
        }
        assert_eq!(track.balance().await - before, i64::try_from(RACES).expect("small") * 900_000);
    }
    track.house.verified().await;
}

async fn a_request_that_comes_several_times_at_once_is_applied_once(stage: Stage) {
    const TIMES: usize = 4;
    let mut track = Track::open(stage).await;
    for wave in 0..WAVES {
        let end = track.house.clock.now() + SignedDuration::from_mins(30);
        let same =
            |race: usize| (0..TIMES).map(move |_| order(&format!("{wave}/{race}"), Product::Online, iqd(1_000), end));
        let answers = track.all((0..RACES).flat_map(same).collect()).await;
        assert!(answers.chunks(TIMES).all(|same| same.iter().all(|one| placed(one) == placed(&same[0]))));
        let ids: Vec<_> = answers.chunks(TIMES).map(|same| placed(&same[0])).collect();
        assert!(track.all(ids.iter().map(|id| confirm(SARA, id)).collect()).await.iter().all(Result::is_ok));
        let before = track.balance().await;
        let same = |id: &PaymentId| {
            let id = id.clone();
            (0..TIMES).map(move |_| operate(&id, &format!("refund of {id}"), Wish::Refund(iqd(400), None)))
        };
        let answers = track.all(ids.iter().flat_map(same).collect()).await;
        for same in answers.chunks(TIMES) {
            assert!(is_done(&same[0]) && same.iter().all(|one| *one == same[0]), "seed {}: {same:?}", track.seed);
        }
        assert_eq!(track.balance().await - before, i64::try_from(RACES).expect("small") * 400_000);
    }
    track.house.verified().await;
}

async fn a_request_and_its_cancelling_leave_nothing_to_pay(stage: Stage) {
    let mut track = Track::open(stage).await;
    for wave in 0..WAVES {
        let end = track.house.clock.now() + SignedDuration::from_mins(30);
        let pair = |race: usize| {
            let id = format!("{wave}/{race}");
            let cancel =
                Command::CancelPayment { client_id: ClientId::new(SHOP), payment: PaymentRef::Request(id.clone()) };
            [order(&id, Product::Online, iqd(1_000), end), cancel]
        };
        let answers = track.all((0..RACES).flat_map(pair).collect()).await;
        for pair in answers.chunks(2) {
            let Ok(Done::Standing(payment, _)) = &pair[0] else { panic!("seed {}: {pair:?}", track.seed) };
            match &pair[1] {
                Ok(Done::Standing(_, state)) => {
                    assert_eq!(state.status, PaymentStatus::Cancelled(CancelReason::Merchant));
                    assert_eq!(payment.product, Product::Online);
                }
                Err(Refusal::PaymentUnknown) => assert_eq!(payment.product, Product::Withdrawn),
                other => panic!("seed {}: {other:?}", track.seed),
            }
            assert!(track.house.engine().submit(confirm(SARA, &payment.payment_id)).await.expect("durable").is_err());
        }
    }
    assert_eq!(track.balance().await, 50_250_000_000, "seed {}", track.seed);
    track.house.verified().await;
}

async fn an_issuer_that_answers_while_the_order_is_cancelled_moves_its_money_once(stage: Stage) {
    let mut track = Track::open(stage).await;
    let now = track.house.clock.now();
    track.house.done(link(SARA, "card", now)).await;
    let before = track.balance().await;
    for wave in 0..WAVES {
        let ids = track.orders(wave, [Product::Online, Product::AuthCapture][wave % 2]).await;
        let from_card = |id| confirm_from(SARA, id, Source::Card(CardId::new("card")));
        assert!(track.all(ids.iter().map(from_card).collect()).await.iter().all(Result::is_ok));
        let three = |id| [approve(SARA, id, "card"), approve(SARA, id, "card"), call_off(id)];
        let answers = track.all(ids.iter().flat_map(three).collect()).await;
        assert!(answers.iter().all(Result::is_ok), "seed {}: {answers:?}", track.seed);
        for id in &ids {
            let state = track.house.standing(id).await;
            assert!(state.reversed || state.status == PaymentStatus::Cancelled(CancelReason::Merchant), "{state:?}");
        }
    }
    // What the issuer gave is in the wallet, once, whether it was spent and came back or was never spent.
    let all = i64::try_from(WAVES * RACES).expect("small") * THOUSAND;
    assert_eq!(track.balance().await - before, all, "seed {}", track.seed);
    track.house.verified().await;
}
