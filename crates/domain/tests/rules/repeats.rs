//! A request is applied once: the same id with the same content hears the first answer, with other
//! content it is refused (spec/qicard.md 7.1, openapi.md 3.7).

use crate::support::{NOOR, OMAR, RIVAL, SARA, SHOP, World, cancel, hash, iqd, pay, prepare, sign, terms};
use mithaq_domain::{
    AgreementPay, Command, Done, ExchangeCode, FailReason, PayRequest, PaymentOutcome, Refusal, Sign, Status,
};
use mithaq_types::{AuthId, ClientId};

#[test]
fn a_repeat_hears_the_first_answer_and_moves_nothing() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let first = world.paid(pay("T1", "R1", iqd(5_000)));
    world.wait("P1M");
    assert_eq!(world.paid(pay("T1", "R1", iqd(5_000))), first);
    assert!(world.changes.is_empty());
    assert_eq!(world.balance(SARA), iqd(245_000).minor);
}

#[test]
fn a_repeat_with_other_content_is_refused_and_changes_nothing() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let first = world.paid(pay("T1", "R1", iqd(5_000)));
    assert_eq!(world.refused(pay("T1", "R1", iqd(5_001))), Refusal::RequestInconsistent);
    assert!(world.changes.is_empty());
    assert_eq!(world.paid(pay("T1", "R1", iqd(5_000))), first);
}

#[test]
fn what_is_not_part_of_the_content_may_differ_and_the_first_values_win() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let first = world.paid(pay("T1", "R1", iqd(5_000)));
    let later = PayRequest {
        description: "December, again".to_owned(),
        notify_url: Some("https://shop.example/notify".to_owned()),
        ..pay("T1", "R1", iqd(5_000))
    };
    assert_eq!(world.paid(later), first);
    assert!(world.changes.is_empty());
}

#[test]
fn a_failure_is_final_even_if_its_cause_is_gone() {
    let mut world = World::sandbox();
    world.agreed_simply(NOOR, "T1");
    let first = world.paid(pay("T1", "R1", iqd(5_000)));
    assert_eq!(first.outcome, PaymentOutcome::Fail(FailReason::Balance));
    world.top_up(NOOR, iqd(10_000));
    assert_eq!(world.paid(pay("T1", "R1", iqd(5_000))), first);
    assert_eq!(world.paid(pay("T1", "R2", iqd(5_000))).outcome, PaymentOutcome::Success);
}

#[test]
fn a_success_is_final_even_if_the_contract_is_over() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let first = world.paid(pay("T1", "R1", iqd(5_000)));
    world.done(cancel("T1"));
    assert_eq!(world.paid(pay("T1", "R1", iqd(5_000))), first);
}

#[test]
fn a_request_that_was_answered_is_answered_again_though_the_client_may_charge_no_more() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let first = world.paid(pay("T1", "R1", iqd(5_000)));
    let (client_id, status, agreement_pay) = (ClientId::new(SHOP), Status::Active, AgreementPay::Suspended);
    world.done(Command::SetClient { client_id, status, agreement_pay });
    assert_eq!(world.paid(pay("T1", "R1", iqd(5_000))), first);
}

#[test]
fn equal_ids_of_two_clients_are_two_requests() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let rival = ClientId::new(RIVAL);
    let Command::Prepare { terms, auth_id, .. } = prepare(&AuthId::new("R"), terms()) else { unreachable!() };
    world.done(Command::Prepare {
        client_id: rival.clone(),
        reference_client_id: None,
        terms,
        auth_id: auth_id.clone(),
    });
    world.done(Sign { client_id: rival.clone(), ..sign(OMAR, &auth_id, "C2") });
    world.done(ExchangeCode { client_id: rival.clone(), ..crate::support::exchange("C2", "T2") });

    let first = world.paid(pay("T1", "R1", iqd(5_000)));
    let second = world.paid(PayRequest { client_id: rival, ..pay("T2", "R1", iqd(5_000)) });
    assert_ne!(first.payment_id, second.payment_id);
    assert_eq!((world.takings(SHOP), world.takings(RIVAL)), (iqd(4_950).minor, iqd(5_000).minor));
}

#[test]
fn the_same_request_twice_in_one_batch_is_applied_once() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let request = || Command::Pay(Box::new(pay("T1", "R1", iqd(5_000))));
    let other = Command::Pay(Box::new(PayRequest { content: hash("other"), ..pay("T1", "R1", iqd(5_000)) }));
    let answers: Vec<_> =
        world.run_batch(&[request(), request(), other]).into_iter().map(|(answer, _)| answer).collect();
    assert!(matches!(&answers[0], Ok(Done::Paid(payment)) if payment.outcome == PaymentOutcome::Success));
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[2], Err(Refusal::RequestInconsistent));
    assert_eq!(world.balance(SARA), iqd(245_000).minor);
}

#[test]
fn a_refused_request_leaves_its_id_free() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    assert_eq!(world.refused(pay("T1", "R1", iqd(0))), Refusal::AmountImpossible);
    assert_eq!(world.paid(pay("T1", "R1", iqd(5_000))).outcome, PaymentOutcome::Success);
}
