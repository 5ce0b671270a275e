//! Paying by showing a code: for a minute, for one payment, up to a limit (spec/openapi.md 3.7).

use crate::support::{NOOR, OMAR, RIVAL, SARA, SHOP, World, by_code, hash, iqd, issue};
use mithaq_domain::{
    CodePay, Command, Done, FailReason, Merchant, PaymentOutcome, PaymentStatus, PinCheck, Product, Refusal, Row,
    Source, Status, UserStatus,
};
use mithaq_types::{ClientId, MerchantId, Money, UserId};

#[track_caller]
fn fails(world: &mut World, request: CodePay) -> FailReason {
    match world.paid_by_code(request).outcome {
        PaymentOutcome::Fail(reason) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_code_is_given_for_the_pin_and_works_for_a_minute() {
    let mut world = World::sandbox();
    let wrong = Command::IssueCode { user_id: UserId::new(SARA), pin: PinCheck::Wrong, code: hash("28") };
    assert_eq!(world.refused(wrong), Refusal::PinWrong { tries_left: 4 });
    assert!(world.rows.payment_code(hash("28")).is_none());
    let Done::Code(code) = world.done(issue(SARA, "28")) else { panic!("a code") };
    assert_eq!((code.hash, &code.user_id, &code.payment_id), (hash("28"), &UserId::new(SARA), &None));
    assert_eq!(code.expires_at, world.now + jiff::SignedDuration::from_mins(1));
    assert_eq!((world.told(), world.outgoing()), (vec![], vec![]));
    assert_eq!(world.refused(issue(OMAR, "28")), Refusal::Exists);
}

#[test]
fn whoever_may_not_pay_gets_no_code() {
    let mut world = World::sandbox();
    assert_eq!(world.refused(issue("nobody", "28")), Refusal::UserUnknown);
    for (status, refusal) in
        [(UserStatus::Frozen, Refusal::UserFrozen), (UserStatus::Restricted, Refusal::UserRestricted)]
    {
        world.done(Command::SetUser { user_id: UserId::new(SARA), status });
        assert_eq!(world.refused(issue(SARA, "28")), refusal);
    }
}

#[test]
fn a_shown_code_pays_at_once_with_the_fee_in_the_same_posting() {
    let mut world = World::sandbox();
    world.done(issue(SARA, "28"));
    let payment = world.paid_by_code(by_code("28", "R1", iqd(10_000)));
    assert_eq!((payment.outcome, payment.product), (PaymentOutcome::Success, Product::InStore));
    assert_eq!((payment.fee, payment.paid_at), (iqd(100), Some(world.now)));
    assert_eq!(payment.user_id, Some(UserId::new(SARA)));
    assert_eq!((world.balance(SARA), world.takings(SHOP), world.fees()), (240_000_000, 9_900_000, 100_000));
    let state = world.state(&payment.payment_id);
    assert_eq!((state.status, state.taken, state.fee), (PaymentStatus::Success, 10_000_000, 100_000));
    assert_eq!(world.rows.payment_code(hash("28")).expect("kept").payment_id, Some(payment.payment_id));
    assert_eq!(state.source.unwrap_or(Source::Balance), Source::Balance);
}

#[test]
fn a_code_pays_once_and_the_same_request_hears_of_it_again() {
    let mut world = World::sandbox();
    world.done(issue(SARA, "28"));
    let first = world.paid_by_code(by_code("28", "R1", iqd(1_000)));
    assert_eq!(world.paid_by_code(by_code("28", "R1", iqd(1_000))), first);
    assert!(world.changes.is_empty());
    assert_eq!(world.refused(by_code("28", "R1", iqd(1_001))), Refusal::RequestInconsistent);
    assert_eq!(fails(&mut world, by_code("28", "R2", iqd(1_000))), FailReason::CodeUsed);
    world.wait("PT1H");
    assert_eq!(fails(&mut world, by_code("28", "R3", iqd(1_000))), FailReason::CodeUsed, "used before it was too old");
    assert_eq!(world.balance(SARA), iqd(249_000).minor);
}

#[test]
fn a_code_is_worthless_from_the_second_at_which_its_minute_is_over() {
    let mut world = World::sandbox();
    world.done(issue(SARA, "28"));
    world.now += jiff::SignedDuration::from_millis(59_999);
    assert_eq!(world.paid_by_code(by_code("28", "R1", iqd(1))).outcome, PaymentOutcome::Success);
    world.done(issue(SARA, "29"));
    world.wait("PT1M");
    assert_eq!(fails(&mut world, by_code("29", "R2", iqd(1))), FailReason::CodeUnknown);
    let unknown = world.paid_by_code(by_code("30", "R3", iqd(1)));
    assert_eq!((unknown.outcome, unknown.user_id), (PaymentOutcome::Fail(FailReason::CodeUnknown), None));
}

#[test]
fn a_code_that_could_not_pay_can_still_pay() {
    let mut world = World::sandbox();
    world.done(issue(NOOR, "28"));
    let failed = world.paid_by_code(by_code("28", "R1", iqd(1_001)));
    assert_eq!(failed.outcome, PaymentOutcome::Fail(FailReason::Balance));
    assert_eq!((failed.fee, failed.paid_at), (iqd(0), None));
    world.policy.code_ceiling_whole = 500;
    assert_eq!(fails(&mut world, by_code("28", "R2", iqd(501))), FailReason::OverLimit);
    assert_eq!(world.paid_by_code(by_code("28", "R3", iqd(500))).outcome, PaymentOutcome::Success);
    assert_eq!(world.paid_by_code(by_code("28", "R1", iqd(1_001))), failed, "a failure is final");
}

#[test]
fn who_was_stopped_meanwhile_does_not_pay() {
    let mut world = World::sandbox();
    world.done(issue(SARA, "28"));
    for (status, reason) in
        [(UserStatus::Frozen, FailReason::UserFrozen), (UserStatus::Restricted, FailReason::Restricted)]
    {
        world.done(Command::SetUser { user_id: UserId::new(SARA), status });
        assert_eq!(fails(&mut world, by_code("28", &format!("{status:?}"), iqd(1))), reason);
    }
    let merchant = world.rows.merchant(&MerchantId::new(SHOP)).expect("a merchant").clone();
    world.put(Row::Merchant(Merchant { status: Status::Suspended, ..merchant }));
    assert_eq!(fails(&mut world, by_code("28", "R3", iqd(1))), FailReason::MerchantSuspended);
}

#[test]
fn a_request_of_no_client_or_about_nothing_leaves_no_payment() {
    let mut world = World::sandbox();
    world.done(issue(SARA, "28"));
    let stranger = CodePay { client_id: ClientId::new("stranger"), ..by_code("28", "R1", iqd(1)) };
    assert_eq!(world.refused(stranger), Refusal::ClientUnknown);
    for minor in [0, -1, i64::MIN] {
        let nothing = by_code("28", "R1", Money::new(minor, iqd(1).currency));
        assert_eq!(world.refused(nothing), Refusal::AmountImpossible);
        assert!(world.changes.is_empty());
    }
    let theirs = CodePay { client_id: ClientId::new(RIVAL), ..by_code("28", "R1", iqd(1)) };
    assert_eq!(world.paid_by_code(theirs).merchant_id, MerchantId::new(RIVAL), "whoever scans it is paid");
}

#[test]
fn two_merchants_that_scan_one_code_at_once_are_not_both_paid() {
    let mut world = World::sandbox();
    world.done(issue(SARA, "28"));
    let requests = ["R1", "R2"].map(|request| Command::PayByCode(Box::new(by_code("28", request, iqd(1_000)))));
    let outcomes: Vec<_> = world
        .run_batch(&requests)
        .into_iter()
        .map(|(answer, _)| match answer {
            Ok(Done::Paid(payment)) => payment.outcome,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(outcomes, [PaymentOutcome::Success, PaymentOutcome::Fail(FailReason::CodeUsed)]);
}
