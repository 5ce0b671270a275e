//! Agreements of the Alipay surface in the database: apps, numbers, and the plans for which the wallet has something to do.

use crate::support::{
    House, SARA, SHOP, Stage, agreement, cny, end, monthly, on_every_database, put_app, put_off, run_plan, top_up,
    unsign,
};
use mithaq_domain::{AgreementTerms, Done, Key, PlanStep, Row};
use mithaq_store::Reader;
use mithaq_types::{ClientId, Clock as _, ContractId, Timestamp, UserId};

on_every_database!(
    apps_of_the_gateway_are_listed,
    a_number_names_the_newest_agreement_and_a_user_holds_those_in_force,
    plans_are_found_when_something_is_due_for_them,
    plans_that_the_merchant_runs_itself_are_not_looked_for,
    a_year_of_a_plan_goes_through_and_is_proved,
);

async fn films(stage: Stage, plans: &[AgreementTerms]) -> (House, Vec<ContractId>) {
    let house = House::open(stage).await;
    house.done(put_app()).await;
    house.done(top_up(SARA, cny(50_000))).await;
    let mut contracts = Vec::new();
    for plan in plans {
        contracts.push(house.subscribe(SARA, plan.clone()).await);
    }
    (house, contracts)
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

async fn due(reader: &Reader, now: &str) -> Vec<ContractId> {
    reader.plans_due(at(now), 10).await.expect("readable")
}

async fn apps_of_the_gateway_are_listed(stage: Stage) {
    let (house, _) = films(stage, &[]).await;
    let apps = house.stage.reader().gateway_apps().await.expect("readable");
    assert_eq!(apps.len(), 1);
    assert_eq!(Row::GatewayApp(Box::new(apps[0].clone())).key(), Key::GatewayApp(apps[0].app_id.clone()));
    assert_eq!(apps[0].client_id, ClientId::new(SHOP));
    house.done(put_app()).await;
    assert_eq!(house.stage.reader().gateway_apps().await.expect("readable"), apps, "it is changed, not added");
}

async fn a_number_names_the_newest_agreement_and_a_user_holds_those_in_force(stage: Stage) {
    let numbered = agreement(Some(monthly("2026-12-05")), Some("EA0001"));
    let (house, first) = films(stage, std::slice::from_ref(&numbered)).await;
    let reader = house.stage.reader();
    let named = async || match reader.row(Key::AgreementNumber(ClientId::new(SHOP), "EA0001".to_owned())).await {
        Ok(Some(Row::AgreementNumber(number))) => number.contract_id,
        other => panic!("{other:?}"),
    };
    let held = async || match reader.row(Key::AgreementHolder(UserId::new(SARA), ClientId::new(SHOP))).await {
        Ok(Some(Row::AgreementHolder(holder))) => {
            holder.live.into_iter().map(|live| live.contract_id).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!((named().await, held().await), (first[0].clone(), first.clone()));
    house.done(unsign(&first[0])).await;
    assert_eq!((named().await, held().await), (first[0].clone(), vec![]), "an old number is still found");
    let auth_id = "once more";
    house.done(crate::support::offer(auth_id, numbered)).await;
    let Done::Agreed(second, _) = house.done(crate::support::sign(SARA, auth_id)).await else { panic!("not signed") };
    assert_eq!((named().await, held().await), (second.contract_id.clone(), vec![second.contract_id]));
    house.verified().await;
}

async fn plans_are_found_when_something_is_due_for_them(stage: Stage) {
    let plans = [("2026-12-20", "later"), ("2026-12-10", "sooner"), ("2026-12-15", "ended")];
    let plans = plans.map(|(first, number)| agreement(Some(monthly(first)), Some(number)));
    let (house, contracts) = films(stage, &plans).await;
    let [later, sooner, ended] = &contracts[..] else { panic!("{contracts:?}") };
    let reader = house.stage.reader();
    house.done(end(SARA, ended)).await;
    // The user is told three days before, at nine in Baghdad.
    let next = async || reader.next_plan_due().await.expect("readable");
    assert_eq!(next().await, Some(at("2026-12-07T06:00:00Z")));
    assert_eq!(due(&reader, "2026-12-07T05:59:59.999Z").await, []);
    assert_eq!(due(&reader, "2026-12-07T06:00:00Z").await, vec![sooner.clone()]);
    assert_eq!(due(&reader, "2027-01-01T00:00:00Z").await, [sooner.clone(), later.clone()], "the longest due first");
    assert_eq!(reader.plans_due(at("2027-01-01T00:00:00Z"), 1).await.expect("readable"), vec![sooner.clone()]);

    house.clock.set(at("2026-12-07T06:00:00Z"));
    assert_eq!(house.done(run_plan(sooner)).await, Done::Ran(PlanStep::Announced));
    assert_eq!(house.done(run_plan(sooner)).await, Done::Ran(PlanStep::Nothing), "it is not due twice");
    assert_eq!(due(&reader, "2026-12-07T06:00:00Z").await, []);
    assert_eq!(next().await, Some(at("2026-12-10T06:00:00Z")));
    house.done(put_off(sooner, "2026-12-24")).await;
    assert_eq!(next().await, Some(at("2026-12-17T06:00:00Z")), "the other one comes first now");
    house.done(unsign(later)).await;
    assert_eq!(next().await, Some(at("2026-12-21T06:00:00Z")));
    house.done(unsign(sooner)).await;
    assert_eq!((next().await, due(&reader, "2027-12-01T00:00:00Z").await), (None, vec![]));
    house.verified().await;
}

async fn plans_that_the_merchant_runs_itself_are_not_looked_for(stage: Stage) {
    let own = AgreementTerms { wallet_deducts: false, ..agreement(Some(monthly("2026-12-05")), Some("own")) };
    let at_will = agreement(None, Some("at will"));
    let (house, contracts) = films(stage, &[own, at_will]).await;
    let reader = house.stage.reader();
    assert_eq!(
        (reader.next_plan_due().await.expect("readable"), due(&reader, "2099-01-01T00:00:00Z").await),
        (None, vec![])
    );
    for contract in &contracts {
        assert_eq!(house.done(run_plan(contract)).await, Done::Ran(PlanStep::Nothing));
    }
    // Time ends what nobody runs all the same.
    assert_eq!(reader.contracts_due(at("2028-12-01T00:00:00Z")).await.expect("readable").len(), 2);
}

async fn a_year_of_a_plan_goes_through_and_is_proved(stage: Stage) {
    let (house, contracts) = films(stage, &[agreement(Some(monthly("2026-12-05")), None)]).await;
    let reader = house.stage.reader();
    let (mut paid, mut announced) = (0, 0);
    for _ in 0..24 {
        let next = reader.next_plan_due().await.expect("readable").expect("it goes on");
        house.clock.set(next);
        for contract in reader.plans_due(next, 10).await.expect("readable") {
            match house.done(run_plan(&contract)).await {
                Done::Ran(PlanStep::Announced) => announced += 1,
                Done::Ran(PlanStep::Paid(payment)) => {
                    assert_eq!(payment.created_at, house.clock.now());
                    paid += 1;
                }
                other => panic!("{other:?}"),
            }
        }
    }
    let state = house.contract_state(&contracts[0]).await;
    let plan = state.plan.expect("a plan");
    assert_eq!((announced, paid, plan.paid, plan.number, plan.paid_minor), (12, 12, 12, 13, 12 * 990));
    assert_eq!((plan.next.to_string().as_str(), state.charges), ("2027-12-05", 12));
    house.verified().await;
}
