//! Two want the same agreement at once: exactly one gets its way, and the other hears why not. As in `races.rs`.

use crate::races::{RACES, Track, WAVES};
use crate::support::{
    SARA, SHOP, Stage, add_user, agreement, cny, deduct, end, monthly, offer, on_every_database, put_app, put_off,
    run_plan, sign, top_up, unsign,
};
use mithaq_domain::{
    AgreementTerms, Answer, Contract, Done, FailReason, Illegal, Key, Payment, PlanRefusal, PlanStep, Refusal, Row,
};
use mithaq_types::{ClientId, ContractId, Timestamp, UserId};

on_every_database!(
    of_two_deductions_under_one_plan_one_is_made,
    a_deduction_that_comes_several_times_at_once_is_made_once,
    the_wallet_and_the_merchant_deduct_once_between_them,
    of_two_who_sign_with_one_number_one_does,
    signing_the_same_twice_at_once_makes_one_agreement,
    a_user_has_ten_periodic_agreements_however_fast_they_sign,
    a_deduction_is_made_before_the_end_or_not_at_all,
    a_deduction_is_made_or_put_off,
    an_agreement_ends_once,
);

/// Subscribers, and agreements of each.
const USERS: usize = 10;
const EACH: usize = RACES / USERS;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// Sara and nine more, who all have enough yuan.
async fn open(stage: Stage) -> (Track, Vec<String>) {
    let track = Track::open(stage).await;
    track.house.done(put_app()).await;
    let users: Vec<_> =
        (0..USERS).map(|number| if number == 0 { SARA.to_owned() } else { format!("u{number}") }).collect();
    for user in &users {
        if user != SARA {
            track.house.done(add_user(user)).await;
        }
        track.house.done(top_up(user, cny(1_000_000))).await;
    }
    (track, users)
}

/// Each of them signs, for every race one; `name` makes the numbers new.
async fn subscribed(track: &Track, users: &[String], name: &str, like: &AgreementTerms) -> Vec<ContractId> {
    let mut contracts = Vec::new();
    for user in users {
        for number in 0..EACH {
            let external_no = Some(format!("{name} {user} {number}"));
            contracts.push(track.house.subscribe(user, AgreementTerms { external_no, ..like.clone() }).await);
        }
    }
    contracts
}

fn agreed(answer: &Answer) -> Option<&Contract> {
    match answer {
        Ok(Done::Agreed(contract, _)) => Some(contract),
        _ => None,
    }
}

fn paid(answer: &Answer) -> Option<&Payment> {
    match answer {
        Ok(Done::Standing(payment, _) | Done::Ran(PlanStep::Paid(payment))) if payment.paid_at.is_some() => {
            Some(payment)
        }
        _ => None,
    }
}

fn is_too_early(answer: &Answer) -> bool {
    matches!(answer, Err(Refusal::Charge(FailReason::Plan(PlanRefusal::TooEarly(_)))))
}

async fn of_two_deductions_under_one_plan_one_is_made(stage: Stage) {
    let (mut track, users) = open(stage).await;
    let contracts = subscribed(&track, &users, "films", &agreement(Some(monthly("2026-12-05")), None)).await;
    for (wave, month) in
        ["2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05"].iter().take(WAVES).enumerate()
    {
        track.house.clock.set(at(&format!("{month}-02T06:00:00Z")));
        let both = |id: &ContractId| [0, 1].map(|number| deduct(id, &format!("{id} {month} {number}"), 990));
        let answers = track.all(contracts.iter().flat_map(both).collect()).await;
        for (id, pair) in contracts.iter().zip(answers.chunks(2)) {
            let seed = track.seed;
            assert_eq!(pair.iter().filter_map(paid).count(), 1, "seed {seed}: {pair:?}");
            assert_eq!(pair.iter().filter(|answer| is_too_early(answer)).count(), 1, "seed {seed}: {pair:?}");
            let plan = track.house.contract_state(id).await.plan.expect("a plan");
            assert_eq!((plan.paid as usize, plan.number as usize), (wave + 1, wave + 2), "seed {seed}");
        }
    }
    track.house.verified().await;
}

async fn a_deduction_that_comes_several_times_at_once_is_made_once(stage: Stage) {
    const TIMES: usize = 4;
    let (mut track, users) = open(stage).await;
    let contracts = subscribed(&track, &users, "films", &agreement(None, None)).await;
    for wave in 0..WAVES {
        let same = |id: &ContractId| std::array::from_fn::<_, TIMES, _>(|_| deduct(id, &format!("{id} {wave}"), 990));
        let answers = track.all(contracts.iter().flat_map(same).collect()).await;
        let again = Err(Refusal::Payment(Illegal::OrderPaid));
        for times in answers.chunks(TIMES) {
            assert_eq!(times.iter().filter_map(paid).count(), 1, "seed {}: {times:?}", track.seed);
            assert_eq!(times.iter().filter(|answer| **answer == again).count(), TIMES - 1, "seed {}", track.seed);
        }
    }
    track.house.verified().await;
}

async fn the_wallet_and_the_merchant_deduct_once_between_them(stage: Stage) {
    let (mut track, users) = open(stage).await;
    let contracts = subscribed(&track, &users, "films", &agreement(Some(monthly("2026-12-05")), None)).await;
    let mut by_wallet = 0;
    for (wave, month) in ["2026-12", "2027-01", "2027-02"].iter().enumerate() {
        track.house.clock.set(at(&format!("{month}-02T06:00:00Z")));
        for id in &contracts {
            assert_eq!(track.house.done(run_plan(id)).await, Done::Ran(PlanStep::Announced));
        }
        track.house.clock.set(at(&format!("{month}-05T06:00:00Z")));
        let all = |id: &ContractId| [run_plan(id), deduct(id, &format!("{id} {month}"), 990), run_plan(id)];
        let answers = track.all(contracts.iter().flat_map(all).collect()).await;
        for (id, three) in contracts.iter().zip(answers.chunks(3)) {
            assert_eq!(three.iter().filter_map(paid).count(), 1, "seed {}: {three:?}", track.seed);
            assert!(paid(&three[1]).is_some() != is_too_early(&three[1]), "seed {}: {three:?}", track.seed);
            by_wallet += usize::from(paid(&three[1]).is_none());
            let state = track.house.contract_state(id).await;
            assert_eq!((state.charges as usize, state.plan.expect("a plan").number as usize), (wave + 1, wave + 2));
        }
    }
    println!("{by_wallet} of {} by the wallet", 3 * contracts.len());
    track.house.verified().await;
}

async fn of_two_who_sign_with_one_number_one_does(stage: Stage) {
    let (mut track, _) = open(stage).await;
    let mut wins = [0, 0];
    for wave in 0..WAVES {
        let terms = |race: usize| agreement(None, Some(&format!("number {race}")));
        for race in 0..RACES {
            track.house.done(offer(&format!("{wave}/{race}"), terms(race))).await;
        }
        let both = |race: usize| [SARA, "u1"].map(|user| sign(user, &format!("{wave}/{race}")));
        let answers = track.all((0..RACES).flat_map(both).collect()).await;
        for pair in answers.chunks(2) {
            let seed = track.seed;
            let winners: Vec<_> = pair.iter().filter_map(agreed).collect();
            assert_eq!(winners.len(), 1, "seed {seed}: {pair:?}");
            assert!(pair.contains(&Err(Refusal::AgreementTaken)), "seed {seed}: {pair:?}");
            wins[usize::from(winners[0].user_id == UserId::new("u1"))] += 1;
            // The number is free again afterwards: the next wave races for rows that are there.
            track.house.done(unsign(&winners[0].contract_id)).await;
        }
    }
    println!("{wins:?}");
    track.house.verified().await;
}

async fn signing_the_same_twice_at_once_makes_one_agreement(stage: Stage) {
    let (mut track, users) = open(stage).await;
    for wave in 0..WAVES {
        let mut twice = Vec::new();
        for (user, number) in users.iter().flat_map(|user| (0..EACH).map(move |number| (user, number))) {
            let auth_id = format!("{wave}/{user}/{number}");
            // Half of them without a number: then the product and the scene are what names an agreement.
            let external_no = (number % 2 == 0).then_some(&*auth_id);
            let scene = format!("INDUSTRY|{number}");
            track.house.done(offer(&auth_id, AgreementTerms { scene, ..agreement(None, external_no) })).await;
            twice.extend([sign(user, &auth_id), sign(user, &auth_id)]);
        }
        let answers = track.all(twice).await;
        for pair in answers.chunks(2) {
            let ids: Vec<_> = pair.iter().filter_map(agreed).map(|contract| &contract.contract_id).collect();
            assert!(ids.len() == 2 && ids[0] == ids[1], "seed {}: {pair:?}", track.seed);
            track.house.done(unsign(ids[0])).await;
        }
    }
    track.house.verified().await;
}

async fn a_user_has_ten_periodic_agreements_however_fast_they_sign(stage: Stage) {
    const WANTED: usize = 15;
    let (mut track, users) = open(stage).await;
    let mut signatures = Vec::new();
    for user in &users {
        for number in 0..WANTED {
            let auth_id = format!("{user}/{number}");
            track.house.done(offer(&auth_id, agreement(Some(monthly("2026-12-05")), Some(&auth_id)))).await;
            signatures.push(sign(user, &auth_id));
        }
    }
    let answers = track.all(signatures).await;
    for of_user in answers.chunks(WANTED) {
        assert_eq!(of_user.iter().filter_map(agreed).count(), 10, "seed {}: {of_user:?}", track.seed);
        assert_eq!(of_user.iter().filter(|one| **one == Err(Refusal::TooManyAgreements)).count(), 5);
    }
    track.house.verified().await;
}

async fn a_deduction_is_made_before_the_end_or_not_at_all(stage: Stage) {
    let (mut track, users) = open(stage).await;
    let mut made = 0;
    for wave in 0..WAVES {
        let contracts = subscribed(&track, &users, &wave.to_string(), &agreement(None, None)).await;
        let both = |id: &ContractId| [deduct(id, &format!("{id}"), 990), unsign(id)];
        let answers = track.all(contracts.iter().flat_map(both).collect()).await;
        for (id, pair) in contracts.iter().zip(answers.chunks(2)) {
            assert!(matches!(pair[1], Ok(Done::Ended(..))), "seed {}: {pair:?}", track.seed);
            let was_paid = paid(&pair[0]).is_some();
            assert!(was_paid || pair[0] == Err(Refusal::ContractOver), "seed {}: {pair:?}", track.seed);
            let state = track.house.contract_state(id).await;
            assert_eq!((state.has_ended(), state.charges), (true, u32::from(was_paid)), "seed {}", track.seed);
            made += usize::from(was_paid);
        }
    }
    println!("{made} of {} were made", WAVES * RACES);
    track.house.verified().await;
}

async fn a_deduction_is_made_or_put_off(stage: Stage) {
    let (mut track, users) = open(stage).await;
    let mut made = 0;
    for wave in 0..WAVES {
        track.house.clock.set(at("2026-12-03T06:00:00Z"));
        let contracts =
            subscribed(&track, &users, &wave.to_string(), &agreement(Some(monthly("2026-12-05")), None)).await;
        let both = |id: &ContractId| [deduct(id, &format!("{id}"), 990), put_off(id, "2026-12-20")];
        let answers = track.all(contracts.iter().flat_map(both).collect()).await;
        for (id, pair) in contracts.iter().zip(answers.chunks(2)) {
            let plan = track.house.contract_state(id).await.plan.expect("a plan");
            let seed = track.seed;
            if paid(&pair[0]).is_some() {
                assert_eq!(pair[1], Err(Refusal::Plan(PlanRefusal::NotLater)), "seed {seed}");
                assert_eq!((plan.next.to_string().as_str(), plan.number), ("2027-01-05", 2), "seed {seed}");
                made += 1;
            } else {
                assert!(is_too_early(&pair[0]) && pair[1].is_ok(), "seed {seed}: {pair:?}");
                assert_eq!((plan.next.to_string().as_str(), plan.number), ("2026-12-20", 1), "seed {seed}");
            }
            track.house.done(unsign(id)).await;
        }
    }
    println!("{made} of {} were made", WAVES * RACES);
    track.house.verified().await;
}

async fn an_agreement_ends_once(stage: Stage) {
    let (mut track, users) = open(stage).await;
    for wave in 0..WAVES {
        let contracts = subscribed(&track, &users, &wave.to_string(), &agreement(None, None)).await;
        let owner = |place: usize| &users[place / EACH];
        let both = |(place, id): (usize, &ContractId)| [end(owner(place), id), unsign(id)];
        let answers = track.all(contracts.iter().enumerate().flat_map(both).collect()).await;
        for pair in answers.chunks(2) {
            assert_eq!(pair.iter().filter(|answer| answer.is_ok()).count(), 1, "seed {}: {pair:?}", track.seed);
            assert!(pair.contains(&Err(Refusal::ContractOver)), "seed {}: {pair:?}", track.seed);
        }
        for user in &users {
            let key = Key::AgreementHolder(UserId::new(user), ClientId::new(SHOP));
            let row = track.house.stage.reader().row(key).await.expect("readable");
            assert!(matches!(row, Some(Row::AgreementHolder(holder)) if holder.live.is_empty()));
        }
    }
    track.house.verified().await;
}
