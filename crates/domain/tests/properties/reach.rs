//! Random steps are worth little if they go nowhere: so many of them reach every end that an order has.

use super::history::History;
use super::steps::step;
use mithaq_domain::{OperationOutcome, Row};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

const NEEDED: [&str; 21] = [
    "AuthCapture Authorized",
    "AuthCapture Cancelled(HoldExpired)",
    "AuthCapture Cancelled(Merchant)",
    "AuthCapture Cancelled(Voided)",
    "AuthCapture Success",
    "CANCEL Done",
    "CAPTURE Done",
    "CAPTURE Refused(ExceedsHold)",
    "CONFIRM Done",
    "Escrow Cancelled(Merchant)",
    "Escrow Success",
    "InStore Failed(CodeUnknown)",
    "InStore Success",
    "Online Cancelled(Merchant)",
    "Online Failed(Expired)",
    "Online Success",
    "REFUND Done",
    "REFUND Refused(ExceedsTaken)",
    "VOID Done",
    "Withdrawn Failed(Withdrawn)",
    "transfer",
];

#[test]
fn random_steps_reach_every_end() {
    let mut runner = TestRunner::deterministic();
    let steps = prop::collection::vec(step(), 80);
    let mut reached: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..250 {
        let mut history = History::new((i64::MAX, i64::MAX));
        for step in steps.new_tree(&mut runner).expect("steps").current() {
            history.take(&step);
        }
        for row in history.world.rows.rows() {
            let name = match row {
                Row::Payment(payment) => {
                    format!("{:?} {:?}", payment.product, history.world.state(&payment.payment_id).status)
                }
                Row::Operation(one) if one.outcome == OperationOutcome::Done => format!("{} Done", one.kind.name()),
                Row::Operation(one) => format!("{} {:?}", one.kind.name(), one.outcome),
                Row::Transfer(_) => "transfer".to_owned(),
                _ => continue,
            };
            *reached.entry(name).or_default() += 1;
        }
    }
    let missed: Vec<_> = NEEDED.iter().filter(|name| !reached.contains_key(**name)).collect();
    assert!(missed.is_empty(), "never {missed:?} among {reached:#?}");
}
