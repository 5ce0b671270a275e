//! Deductions that fail, each from its real cause. A failure is a payment too: final, without a fee,
//! and nothing moves.

use crate::support::{
    NOOR, RIVAL, SARA, SHOP, World, at, client, exchange, grant, iqd, merchant, pay, terms, usd, user,
};
use mithaq_domain::{
    Change, Command, ContractState, EndedBy, FailReason, Key, PayRequest, PaymentOutcome, PinCheck, Row, Status, Terms,
    UserNews, UserStatus,
};
use mithaq_types::{ClientId, Currency, MerchantId, Money, UserId};

#[test]
fn a_failed_payment_is_final_without_a_fee_and_nothing_moves() {
    let mut world = World::sandbox();
    let contract = world.agreed_simply(NOOR, "T1");
    let before = world.standing(&contract);
    let payment = world.charge("T1", iqd(1_001));
    assert_eq!(payment.outcome, PaymentOutcome::Fail(FailReason::Balance));
    assert_eq!((payment.fee, payment.paid_at), (iqd(0), None));
    assert_eq!(world.balance(NOOR), iqd(1_000).minor);
    let last_payment = Some(payment.payment_id.clone());
    assert_eq!(world.standing(&contract), ContractState { last_payment, ..before });
    assert!(!world.changes.iter().any(|change| matches!(change, Change::Post(_))));
    assert_eq!(world.rows.payment(&payment.payment_id), Some(&payment));
}

#[test]
fn token_unknown_nobody_holds_such_a_token() {
    let mut world = World::sandbox();
    let payment = world.charge("none", iqd(1));
    assert_eq!(payment.outcome, PaymentOutcome::Fail(FailReason::TokenUnknown));
    assert_eq!((payment.user_id, payment.contract_id), (None, None));
}

#[test]
fn token_foreign_the_token_is_another_clients_who_learns_nothing_of_the_user() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let stolen = world.paid(PayRequest { client_id: ClientId::new(RIVAL), ..pay("T1", "R1", iqd(1)) });
    assert_eq!(stolen.outcome, PaymentOutcome::Fail(FailReason::TokenForeign));
    assert_eq!((stolen.user_id, stolen.contract_id, stolen.merchant_id), (None, None, MerchantId::new(RIVAL)));
    assert_eq!(world.token("T1").first_used_at, None, "its owner has not used it");
}

#[test]
fn token_foreign_the_token_may_read_but_not_charge() {
    let mut world = World::sandbox();
    world.done(grant(SARA, &["auth_base"], "C1"));
    world.done(exchange("C1", "T1"));
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::TokenForeign);
}

#[test]
fn token_dead_the_contract_is_over() {
    let mut world = World::sandbox();
    let contract_id = world.agreed_simply(SARA, "T1");
    let by = EndedBy::User(UserId::new(SARA), PinCheck::Right);
    world.done(Command::EndContract { contract_id, by });
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::TokenDead);
}

#[test]
fn token_dead_the_token_is_too_old() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.now = at("2036-11-30T08:59:59+03:00");
    assert_eq!(world.charge("T1", iqd(1)).outcome, PaymentOutcome::Success);
    world.now = at("2036-11-30T09:00:00+03:00");
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::TokenDead);
}

#[test]
fn not_started_the_contract_begins_later() {
    let mut world = World::sandbox();
    world.agreed(SARA, Terms { start_date: Some(jiff::civil::date(2027, 1, 1)), ..terms() }, "T1");
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::NotStarted);
}

#[test]
fn over_limit_the_contract_states_less() {
    let mut world = World::sandbox();
    world.agreed(SARA, Terms { agreed_amount: Some(iqd(5_000)), ..terms() }, "T1");
    assert_eq!(world.charge_fails("T1", Money::new(5_000_001, Currency::IQD)), FailReason::OverLimit);
    assert_eq!(world.charge("T1", iqd(5_000)).outcome, PaymentOutcome::Success);
}

#[test]
fn over_limit_the_operator_allows_less() {
    let mut world = World::sandbox();
    world.policy.charge_ceiling_whole = 100;
    world.agreed_simply(SARA, "T1");
    assert_eq!(world.charge_fails("T1", Money::new(100_001, Currency::IQD)), FailReason::OverLimit);
    assert_eq!(world.charge("T1", iqd(100)).outcome, PaymentOutcome::Success);
}

#[test]
fn over_user_limit_the_day_is_used_up() {
    let mut world = World::sandbox();
    world.policy.day_ceiling_whole = 100;
    world.agreed_simply(SARA, "T1");
    assert_eq!(world.charge_fails("T1", Money::new(100_001, Currency::IQD)), FailReason::OverUserLimit);
    assert_eq!(world.charge("T1", iqd(100)).outcome, PaymentOutcome::Success);
}

#[test]
fn currency_the_contract_states_another() {
    let mut world = World::sandbox();
    world.top_up(SARA, usd(100));
    world.agreed(SARA, Terms { agreed_amount: Some(iqd(5_000)), ..terms() }, "T1");
    assert_eq!(world.charge_fails("T1", usd(1)), FailReason::Currency);
}

#[test]
fn currency_a_contract_that_states_no_amount_is_charged_in_the_wallets() {
    let mut world = World::sandbox();
    world.top_up(SARA, usd(100));
    world.agreed_simply(SARA, "T1");
    assert_eq!(world.charge_fails("T1", usd(1)), FailReason::Currency);
}

#[test]
fn user_unknown_the_user_is_gone() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.lose(&Key::User(UserId::new(SARA)));
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::UserUnknown);
}

#[test]
fn user_frozen_until_the_operator_thaws_them() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let set = |status| Command::SetUser { user_id: UserId::new(SARA), status };
    world.done(set(UserStatus::Frozen));
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::UserFrozen);
    world.done(set(UserStatus::Active));
    assert_eq!(world.charge("T1", iqd(1)).outcome, PaymentOutcome::Success);
}

#[test]
fn merchant_suspended() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let mut merchant = world.rows.merchant(&MerchantId::new(SHOP)).expect("known").clone();
    merchant.status = Status::Suspended;
    world.put(Row::Merchant(merchant));
    assert_eq!(world.charge_fails("T1", iqd(1)), FailReason::MerchantSuspended);
}

#[test]
fn balance_there_is_not_enough_by_one_fils() {
    let mut world = World::sandbox();
    world.agreed_simply(NOOR, "T1");
    assert_eq!(world.charge_fails("T1", Money::new(1_000_001, Currency::IQD)), FailReason::Balance);
    let expected = UserNews::ChargeRefused {
        merchant: "The zaytoun market".to_owned(),
        amount: Money::new(1_000_001, Currency::IQD),
        balance_short: true,
        again_on: None,
    };
    assert_eq!(world.news(NOOR).last(), Some(&&expected));
}

#[test]
fn overflow_a_single_payment_is_too_large_for_any_merchant() {
    let mut world = World::empty();
    world.policy.charge_ceiling_whole = i64::MAX;
    world.policy.day_ceiling_whole = i64::MAX;
    let (merchant, client) = (Box::new(merchant(SHOP)), Box::new(client(SHOP)));
    world.done(Command::AddClient { merchant, client, app: None });
    let most = Money::new(900_000_000_000_000, Currency::IQD);
    world.done(user(SARA));
    world.top_up(SARA, most);
    world.top_up(SARA, most);
    world.agreed_simply(SARA, "T1");
    // The merchant's part, not the payer's, must fit: the fee of one in a hundred goes elsewhere.
    let payment = world.charge("T1", Money::new(most.minor + most.minor / 50, Currency::IQD));
    assert_eq!(payment.outcome, PaymentOutcome::Fail(FailReason::Overflow));
    assert_eq!((payment.fee, payment.paid_at), (iqd(0), None));
    assert_eq!((world.takings(SHOP), world.balance(SARA)), (0, 2 * most.minor));
    assert_eq!(world.charge("T1", most).outcome, PaymentOutcome::Success);
}

#[test]
fn a_user_is_told_only_what_they_can_mend() {
    let mut world = World::sandbox();
    world.agreed(NOOR, Terms { agreed_amount: Some(iqd(5_000)), ..terms() }, "T1");
    let told = world.news(NOOR).len();
    world.charge_fails("T1", iqd(6_000));
    world.charge_fails("T1", usd(1));
    assert_eq!(world.news(NOOR).len(), told);
    world.charge_fails("T1", iqd(5_000));
    assert_eq!(world.news(NOOR).len(), told + 1);
}
