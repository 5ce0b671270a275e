//! A deduction that succeeds: what it moves, counts and keeps (spec/qicard.md 7.1).

use crate::support::{NOOR, OMAR, RIVAL, SARA, SHOP, World, at, exchange, fresh, iqd, pay, prepare, sign, terms, usd};
use mithaq_domain::{
    AgreementPay, Command, FailReason, Merchant, Owner, PayRequest, PaymentOutcome, Product, Refusal, Row, Status,
    Terms, UserNews,
};
use mithaq_types::{AuthId, ClientId, Currency, MerchantId, Money, Timestamp, UserId};

fn fils(minor: i64) -> Money {
    Money::new(minor, Currency::IQD)
}

#[test]
fn the_payer_gives_all_the_wallet_keeps_its_fee_and_the_merchant_gets_the_rest() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let payment = world.charge("T1", iqd(5_000));
    assert_eq!(world.balance(SARA), iqd(245_000).minor);
    assert_eq!(world.takings(SHOP), iqd(4_950).minor);
    assert_eq!(world.account(Owner::Fees, Currency::IQD).balance, iqd(50).minor);
    assert_eq!((payment.amount, payment.fee), (iqd(5_000), iqd(50)));
}

#[test]
fn a_fee_is_rounded_down_to_the_fils() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    assert_eq!(world.charge("T1", fils(99)).fee, fils(0));
    assert_eq!(world.charge("T1", fils(199)).fee, fils(1));
    assert_eq!(world.takings(SHOP), 99 + 198);
}

#[test]
fn a_payment_keeps_who_what_for_and_when() {
    let mut world = World::sandbox();
    let contract_id = world.agreed_simply(SARA, "T1");
    world.now = at("2027-01-01T00:30:00+03:00");
    let notify_url = Some("https://shop.example/notify".to_owned());
    let payment = world.paid(PayRequest { notify_url: notify_url.clone(), ..pay("T1", "R1", iqd(5_000)) });
    assert!(payment.payment_id.as_str().starts_with("20270101"), "the wallet's day, not UTC's");
    assert_eq!((payment.request_id.as_str(), payment.description.as_str()), ("R1", "December"));
    assert_eq!((&payment.client_id, &payment.merchant_id), (&ClientId::new(SHOP), &MerchantId::new(SHOP)));
    assert_eq!((payment.user_id, payment.contract_id), (Some(UserId::new(SARA)), Some(contract_id)));
    assert_eq!((payment.product, payment.outcome), (Product::Agreement, PaymentOutcome::Success));
    assert_eq!((payment.created_at, payment.paid_at), (world.now, Some(world.now)));
    assert_eq!(payment.notify_url, notify_url);
}

#[test]
fn a_contract_knows_how_often_it_was_charged_and_how_much() {
    let mut world = World::sandbox();
    let contract = world.agreed_simply(SARA, "T1");
    world.charge("T1", iqd(5_000));
    world.wait("P1M");
    world.charge("T1", iqd(7_000));
    world.charge_fails("T1", iqd(1_000_000));
    let standing = world.standing(&contract);
    assert_eq!((standing.charges, standing.charged_minor), (2, iqd(12_000).minor));
    assert_eq!((standing.month_minor, standing.last_charge_at), (iqd(7_000).minor, Some(world.now)));
}

#[test]
fn the_payer_hears_of_it_with_the_balance_that_is_left() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.charge("T1", iqd(5_000));
    let expected = UserNews::Charged {
        merchant: "Zaytoun Market".to_owned(),
        amount: iqd(5_000),
        description: "December".to_owned(),
        balance: iqd(245_000),
    };
    assert_eq!(world.news(SARA).last(), Some(&&expected));
}

#[test]
fn the_last_fils_can_be_spent() {
    let mut world = World::sandbox();
    world.agreed_simply(NOOR, "T1");
    assert_eq!(world.charge("T1", iqd(1_000)).outcome, PaymentOutcome::Success);
    assert_eq!(world.balance(NOOR), 0);
}

#[test]
fn two_contracts_of_one_user_draw_on_one_balance() {
    let mut world = World::sandbox();
    world.agreed_simply(OMAR, "T1");
    world.agreed_simply(OMAR, "T2");
    world.charge("T1", iqd(30_000));
    world.charge_fails("T2", iqd(30_000));
    world.charge("T2", iqd(20_000));
    assert_eq!(world.balance(OMAR), 0);
}

#[test]
fn a_contract_in_dollars_is_charged_in_dollars() {
    let mut world = World::sandbox();
    world.top_up(SARA, usd(100));
    world.agreed(SARA, Terms { agreed_amount: Some(usd(10)), ..terms() }, "T1");
    assert_eq!(world.charge("T1", usd(10)).outcome, PaymentOutcome::Success);
    assert_eq!(world.account(Owner::User(UserId::new(SARA)), usd(1).currency).balance, usd(90).minor);
    assert_eq!(world.balance(SARA), iqd(250_000).minor);
}

#[test]
fn amounts_that_are_not_positive_are_refused_and_nothing_is_stored() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.charge("T1", iqd(5_000));
    for amount in [fils(0), fils(-1), fils(-iqd(4_000).minor), fils(i64::MIN)] {
        assert_eq!(world.refused(pay("T1", "R1", amount)), Refusal::AmountImpossible);
        assert!(world.changes.is_empty());
    }
    world.paid(pay("T1", "R1", fils(1)));
}

#[test]
fn a_client_that_may_not_use_agreement_payment_charges_nothing_and_nothing_is_stored() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let mut refusal_of = |status, agreement_pay| {
        world.done(Command::SetClient { client_id: ClientId::new(SHOP), status, agreement_pay });
        let refusal = world.refused(pay("T1", "R1", iqd(1)));
        assert!(world.changes.is_empty());
        refusal
    };
    assert_eq!(refusal_of(Status::Active, AgreementPay::NotAgreed), Refusal::AgreementPayNotAgreed);
    assert_eq!(refusal_of(Status::Active, AgreementPay::Suspended), Refusal::AgreementPaySuspended);
    assert_eq!(refusal_of(Status::Suspended, AgreementPay::Allowed), Refusal::ClientSuspended);
    let stranger = PayRequest { client_id: ClientId::new("nobody"), ..pay("T1", "R1", iqd(1)) };
    assert_eq!(world.refused(stranger), Refusal::ClientUnknown);
}

#[test]
fn a_fee_of_everything_leaves_the_merchant_nothing() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let merchant = world.rows.merchant(&MerchantId::new(SHOP)).expect("known").clone();
    world.put(Row::Merchant(Merchant { fee_basis_points: 10_000, ..merchant }));
    assert_eq!(world.charge("T1", iqd(5)).fee, iqd(5));
    assert_eq!(world.takings(SHOP), 0);
}

#[test]
fn no_account_but_the_worlds_falls_below_zero_whatever_the_fee_is_said_to_be() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let merchant = world.rows.merchant(&MerchantId::new(SHOP)).expect("known").clone();
    world.put(Row::Merchant(Merchant { fee_basis_points: 10_001, ..merchant }));
    assert_eq!(world.charge_fails("T1", iqd(5_000)), FailReason::Overflow);
    assert_eq!((world.takings(SHOP), world.balance(SARA)), (0, iqd(250_000).minor));
}

#[test]
fn the_first_use_of_a_token_is_noted_and_only_the_first() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let first = world.now;
    world.charge("T1", iqd(1));
    world.wait("P1D");
    world.charge("T1", iqd(1));
    assert_eq!(world.token("T1").first_used_at, Some(first));
    assert_eq!(world.token("T1").access_hash, fresh("T1").access);
    assert_eq!(world.takings(RIVAL), 0);
}

#[test]
fn a_clock_at_either_end_of_time_stops_nothing() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let offer = world.offer(terms());
    for (now, name) in [(Timestamp::MAX, "max"), (Timestamp::MIN, "min")] {
        world.now = now;
        world.charge("T1", iqd(1));
        world.top_up(SARA, iqd(1));
        world.done(prepare(&AuthId::new(name), terms()));
        let _ = world.run(sign(OMAR, &offer, name));
        let _ = world.run(exchange(name, name));
    }
}
