//! Advancing the clock lives through the time: plans that the wallet runs do on their days what they have to do.

use crate::support::{Browser, CLIENT, SARA, World};
use jiff::ToSpan as _;
use mithaq_domain::{
    AgreementTerms, ContractStatus, Every, Evidence, GatewayApp, Language, OutboxKind, Payment, Plan, Terms, UserNews,
};
use mithaq_store::OutboxFilter;
use mithaq_types::{ClientId, ContractId, Currency, GatewayAppId, Money, UserId};
use mithaq_wallet::{AgreementRequest, Pin};
use serde_json::{Value, json};

const APP: &str = "2021000000000009";
const BEGIN: &str = "2027-01-10T12:00:00+03:00";

fn yuan(whole: i64) -> Money {
    Money::whole(whole, Currency::parse("CNY").expect("known")).expect("fits")
}

/// A wallet on 10 January 2027 in which Sara, who has so much, pays ten yuan on the fifteenth of each month.
async fn subscribed(money: i64) -> (World, ContractId) {
    subscribed_until(money, "2115-02-01T00:00:00+08:00").await
}

/// The same, with an end.
async fn subscribed_until(money: i64, ends_at: &str) -> (World, ContractId) {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    browser.post("/sandbox/v1/clock", &json!({"set": BEGIN})).await;
    let (wallet, client_id) = (&world.app.wallet, ClientId::new(CLIENT));
    let app = GatewayApp {
        app_id: GatewayAppId::new(APP),
        client_id: client_id.clone(),
        key: None,
        may_use_sha1: false,
        gateway_url: Some("http://127.0.0.1:9/gateway".to_owned()),
        wallet_deducts: true,
    };
    wallet.put_gateway_app(app).await.expect("an app");
    wallet.top_up(UserId::new(SARA.user_id), yuan(money)).await.expect("money");
    let offer = wallet.prepare(client_id.clone(), None, terms(ends_at)).await.expect("an offer");
    let evidence =
        Evidence { page_text: "A page.".to_owned(), page_hash: "00".repeat(32), merchant_name: "Zaytoun".to_owned() };
    let request = AgreementRequest {
        auth_id: offer.auth_id,
        client_id,
        user_id: UserId::new(SARA.user_id),
        pin: Pin::NotAsked,
        evidence,
        page: None,
    };
    let (contract, _) = wallet.sign_agreement(request).await.expect("signed");
    (world, contract.contract_id)
}

fn terms(ends_at: &str) -> Terms {
    let first = "2027-01-15".parse().expect("a day");
    let plan = Plan { every: Every::Months(1), first, single: yuan(10), total: None, payments: None };
    let agreement = AgreementTerms {
        app_id: GatewayAppId::new(APP),
        personal_product: "CYCLE_PAY_AUTH_P".to_owned(),
        product: Some("CYCLE_PAY_AUTH".to_owned()),
        scene: "INDUSTRY|DIGITAL_MEDIA".to_owned(),
        external_no: Some("EA0001".to_owned()),
        logon_id: None,
        third_party: "PARTNER".to_owned(),
        currency: plan.single.currency,
        plan: Some(plan),
        ends_at: ends_at.parse().expect("an instant"),
        notify_url: None,
        return_url: None,
        signer: None,
        sha1: false,
        wallet_deducts: true,
    };
    Terms {
        language: Language::EnUs,
        title: Some("Fresh Box".to_owned()),
        description: "A box each month.".to_owned(),
        agreed_amount: None,
        start_date: None,
        status_notify_url: None,
        agreement: Some(Box::new(agreement)),
    }
}

async fn change(world: &World, change: Value) -> Value {
    Browser::new(world).post("/sandbox/v1/clock", &change).await.json()
}

/// What was deducted, oldest first.
async fn deducted(world: &World) -> Vec<Payment> {
    let mut payments = world.app.wallet.reader().payments().await.expect("payments");
    payments.sort_by_key(|payment| payment.created_at);
    payments
}

/// The hours of Baghdad at which something was told to Sara, oldest first: announcements, deductions.
async fn told(world: &World) -> [Vec<String>; 2] {
    let inbox = world.app.wallet.reader().inbox(Some(UserId::new(SARA.user_id))).await.expect("an inbox");
    let (mut coming, mut charged) = (Vec::new(), Vec::new());
    for message in inbox.iter().rev() {
        let at = message.at.to_zoned(world.app.config.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        match message.news {
            UserNews::ChargeComing { .. } => coming.push(at),
            UserNews::Charged { .. } => charged.push(at),
            _ => {}
        }
    }
    [coming, charged]
}

#[tokio::test]
async fn a_year_is_advanced_through_day_by_day_and_every_deduction_made_on_its_own() {
    let (world, contract_id) = subscribed(1_000).await;
    let answer = change(&world, json!({"advance": "P1Y"})).await;
    assert_eq!(&answer["now"].as_str().expect("a time")[..16], "2028-01-10T12:00");
    assert_eq!(answer["stops"], 23 + 1, "twelve deductions, eleven announcements, and another one in January");
    let [coming, charged] = told(&world).await;
    let first = "2027-01-15".parse::<jiff::civil::Date>().expect("a day");
    let day = |month: i64, before: i64| {
        format!(
            "{} 09:00",
            first.checked_add(month.months()).and_then(|day| day.checked_sub(before.days())).expect("one")
        )
    };
    assert_eq!(charged, (0..12).map(|month| day(month, 0)).collect::<Vec<_>>());
    assert_eq!(coming, (0..12).map(|month| day(month, 3)).collect::<Vec<_>>());
    let paid = deducted(&world).await;
    assert!(paid.iter().all(|payment| payment.contract_id.as_ref() == Some(&contract_id)));
    assert!(paid[11].payment_id.as_str().starts_with("20271215"), "ids begin with their day: {}", paid[11].payment_id);
    assert!(world.app.wallet.reader().verify().await.expect("readable").ok());
}

#[tokio::test]
async fn months_one_after_the_other_are_the_same_as_a_year() {
    let (world, _) = subscribed(1_000).await;
    for _ in 0..12 {
        change(&world, json!({"advance": "P1M"})).await;
    }
    let [coming, charged] = told(&world).await;
    assert_eq!((coming.len(), charged.len()), (12, 12));
    assert_eq!(charged[11], "2027-12-15 09:00");
}

#[tokio::test]
async fn months_without_money_are_tried_again_on_their_days_while_the_clock_is_advanced() {
    let (world, _) = subscribed(25).await;
    change(&world, json!({"advance": "P3M"})).await;
    let rows = world.app.wallet.reader().outbox(OutboxFilter::Newest).await.expect("an outbox");
    let at = |row: &mithaq_domain::Outbox| {
        let at = row.created_at.to_zoned(world.app.config.zone.clone());
        at.strftime("%m-%d %H").to_string()
    };
    let is_failure = |row: &&mithaq_domain::Outbox| {
        let kind = serde_json::to_value(&row.kind).expect("JSON");
        matches!(row.kind, OutboxKind::GatewayNotice { .. }) && kind["news"]["event"] == "deductionFailed"
    };
    let failures: Vec<_> = rows.iter().rev().filter(is_failure).map(at).collect();
    assert_eq!(failures, ["03-15 09", "03-16 09", "03-18 09", "03-20 09"]);
    assert_eq!(deducted(&world).await.len(), 2);
}

#[tokio::test]
async fn setting_the_clock_a_year_on_is_a_wallet_that_was_off_for_a_year() {
    let (world, _) = subscribed(1_000).await;
    let answer = change(&world, json!({"set": "2028-01-10T12:00:00+03:00"})).await;
    assert_eq!(answer["stops"], 0);
    let [coming, charged] = told(&world).await;
    assert_eq!((&coming[..], charged.len()), (&["2028-01-10 12:00".to_owned()][..], 0), "December's, which is late");
    change(&world, json!({"advance": "P1D"})).await;
    assert_eq!(told(&world).await[1], ["2028-01-11 09:00"]);
}

#[tokio::test]
async fn an_agreement_that_ends_on_the_way_ends_on_its_day() {
    let (world, contract_id) = subscribed_until(1_000, "2027-06-14T00:00:00+03:00").await;
    change(&world, json!({"advance": "P1Y"})).await;
    let state = world.app.wallet.reader().contract(contract_id).await.expect("readable").expect("there").state;
    let ContractStatus::Ended { at, .. } = state.status else { panic!("it is over: {:?}", state.status) };
    let at = at.to_zoned(world.app.config.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    assert_eq!(at, "2027-06-14 00:00");
    let [coming, charged] = told(&world).await;
    assert_eq!((coming.len(), charged.len()), (5, 5), "June's would come after the end, and is not announced");
}
