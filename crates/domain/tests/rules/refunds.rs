//! Giving back what was paid: in parts, up to the last unit, for a year, out of the merchant's money (spec/qicard.md 7.4).

use crate::support::{OMAR, RIVAL, SARA, SHOP, World, by_code, hash, iqd, issue, operate, refund, usd};
use mithaq_domain::{
    Command, Done, OperateRequest, OperationOutcome, OperationRefusal, PaymentRef, PaymentStatus, Product, Refusal,
    Wish,
};
use mithaq_types::{ClientId, PaymentId};

fn paid() -> (World, PaymentId) {
    let mut world = World::sandbox();
    // Somebody else's payment, out of which the merchant can bear its fees.
    world.bought(OMAR, Product::Online, 1_000);
    let id = world.bought(SARA, Product::Online, 10_000);
    (world, id)
}

#[test]
fn refunds_come_out_of_the_merchants_money_and_the_fee_stays() {
    let (mut world, id) = paid();
    let (takings, fees) = (world.takings(SHOP), world.fees());
    let done = world.operated(&id, refund(4_000));
    assert_eq!((done.outcome, done.amount), (OperationOutcome::Done, iqd(4_000)));
    assert_eq!(world.balance(SARA), iqd(244_000).minor);
    assert_eq!((world.takings(SHOP), world.fees()), (takings - iqd(4_000).minor, fees));
    assert_eq!(world.state(&id).fee, iqd(100).minor);
    world.operated(&id, refund(6_000));
    assert_eq!((world.balance(SARA), world.fees()), (iqd(250_000).minor, fees));
    assert_eq!((world.payment_status(&id), world.state(&id).refundable()), (PaymentStatus::Success, 0));
    assert_eq!(world.operation_fails(&id, refund(1)), OperationRefusal::ExceedsTaken);
}

#[test]
fn no_more_is_given_back_than_was_captured() {
    let mut world = World::sandbox();
    let id = world.bought(SARA, Product::AuthCapture, 10_000);
    assert_eq!(world.operation_fails(&id, refund(1)), OperationRefusal::Status, "what is held is voided");
    let capture = world.operated(&id, Wish::Capture(Some(iqd(4_000))));
    assert_eq!(world.operation_fails(&id, refund(4_001)), OperationRefusal::ExceedsTaken);
    let of = |capture: &str| Wish::Refund(iqd(1_000), Some(capture.to_owned()));
    assert_eq!(world.refused(operate(&id, "R1", of("another"))), Refusal::PaymentUnknown);
    assert_eq!(world.operated(&id, of(capture.operation_id.as_str())).outcome, OperationOutcome::Done);
    world.operated(&id, refund(2_900));
    assert_eq!(world.takings(SHOP), iqd(60).minor);
}

#[test]
fn a_capture_that_is_named_must_be_one() {
    let (mut world, id) = paid();
    let named = Wish::Refund(iqd(1), Some(id.to_string()));
    assert_eq!(world.refused(operate(&id, "R1", named)), Refusal::PaymentUnknown);
    assert!(world.changes.is_empty());
}

#[test]
fn a_merchant_that_has_not_enough_is_refused_for_good() {
    let mut world = World::sandbox();
    let id = world.bought(SARA, Product::Online, 10_000);
    assert_eq!(world.operation_fails(&id, refund(10_000)), OperationRefusal::MerchantBalance, "it had 9,900");
    let first = world.done(operate(&id, "R1", refund(9_901)));
    world.bought(OMAR, Product::Online, 10_000);
    assert_eq!(world.done(operate(&id, "R1", refund(9_901))), first, "also once it would have enough");
    assert_eq!(world.operated(&id, refund(10_000)).outcome, OperationOutcome::Done);
}

#[test]
fn the_same_refund_is_done_once() {
    let (mut world, id) = paid();
    let first = world.done(operate(&id, "R1", refund(1_000)));
    world.wait("P2Y");
    assert_eq!(world.done(operate(&id, "R1", refund(1_000))), first);
    assert!(world.changes.is_empty());
    assert_eq!(world.refused(operate(&id, "R1", refund(1_001))), Refusal::RequestInconsistent);
    let other_reason = OperateRequest { reason: Some("x".to_owned()), ..operate(&id, "R1", refund(1_000)) };
    assert_eq!(world.done(other_reason), first, "a reason is not content");
    assert_eq!(world.balance(SARA), iqd(241_000).minor);
}

#[test]
fn the_same_refund_twice_in_one_batch_is_done_once() {
    let (mut world, id) = paid();
    let request = |content: &str| {
        Command::OperatePayment(Box::new(OperateRequest {
            content: hash(content),
            ..operate(&id, "R1", refund(1_000))
        }))
    };
    let answers = world.run_batch(&[request("same"), request("same"), request("other")]);
    let answers: Vec<_> = answers.into_iter().map(|(answer, _)| answer).collect();
    assert!(matches!(&answers[0], Ok(Done::Operated(one)) if one.outcome == OperationOutcome::Done));
    assert_eq!((&answers[1], &answers[2]), (&answers[0], &Err(Refusal::RequestInconsistent)));
    assert_eq!(world.balance(SARA), iqd(241_000).minor);
}

#[test]
fn refunds_of_one_batch_stop_at_what_was_taken() {
    let (mut world, id) = paid();
    let commands: Vec<_> =
        (0..7).map(|n| Command::OperatePayment(Box::new(operate(&id, &n.to_string(), refund(3_000))))).collect();
    let done = |answer: &mithaq_domain::Answer| matches!(answer, Ok(Done::Operated(one)) if one.outcome == OperationOutcome::Done);
    assert_eq!(world.run_batch(&commands).iter().filter(|(answer, _)| done(answer)).count(), 3);
    assert_eq!(world.state(&id).refunded, iqd(9_000).minor);
}

#[test]
fn what_was_deducted_under_an_agreement_or_with_a_code_is_given_back_too() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let deducted = world.charge("T1", iqd(5_000));
    world.done(issue(OMAR, "28"));
    let shown = world.paid_by_code(by_code("28", "R1", iqd(5_000)));
    for (id, user, left) in [(deducted.payment_id, SARA, 250_000 - 4_000), (shown.payment_id, OMAR, 50_000 - 4_000)] {
        assert_eq!(world.operated(&id, refund(1_000)).outcome, OperationOutcome::Done);
        assert_eq!(world.balance(user), iqd(left).minor);
        assert_eq!(world.operation_fails(&id, refund(4_001)), OperationRefusal::ExceedsTaken);
    }
    let contract = world.token("T1").contract_id.expect("a contract");
    assert_eq!(world.standing(&contract).charged_minor, iqd(5_000).minor, "what was charged was charged");
}

#[test]
fn a_payment_that_failed_or_is_in_another_currency_is_not_refunded() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let failed = world.charge("T1", iqd(5_000_000));
    assert_eq!(world.operation_fails(&failed.payment_id, refund(1)), OperationRefusal::Status);
    let (mut world, id) = paid();
    let in_dollars = world.operated(&id, Wish::Refund(usd(1), None));
    assert_eq!(in_dollars.outcome, OperationOutcome::Refused(OperationRefusal::Currency));
    assert_eq!(in_dollars.amount, usd(1));
    world.wait("P366D");
    assert_eq!(world.operation_fails(&id, refund(1)), OperationRefusal::Window);
}

#[test]
fn equal_refund_ids_of_two_clients_are_two_refunds() {
    let (mut world, id) = paid();
    let order =
        crate::support::order("R9", Product::Online, iqd(1_000), world.now + jiff::SignedDuration::from_mins(1));
    let rival = ClientId::new(RIVAL);
    let theirs = world.stands(mithaq_domain::OrderRequest { client_id: rival.clone(), ..order }).0.payment_id;
    world.done(crate::support::confirm(SARA, &theirs));
    world.done(operate(&id, "R1", refund(1_000)));
    let payment = PaymentRef::Request("R9".to_owned());
    world.done(OperateRequest { client_id: rival, payment, ..operate(&theirs, "R1", refund(1_000)) });
    assert_eq!((world.takings(RIVAL), world.balance(SARA)), (0, iqd(241_000).minor));
}
