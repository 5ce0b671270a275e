//! What leaves the wallet because of a command, written with its effect (spec/qicard.md 7.3,
//! openapi.md 3.4; step 17 of the seeds).

use crate::support::{NOOR, SARA, SHOP, World, cancel, exchange, grant, iqd, pay, refresh, terms};
use mithaq_domain::{
    Change, Command, DeliveryState, EndReason, EndedBy, Outbox, OutboxKind, PayRequest, PinCheck, Row, Terms, UserNews,
};
use mithaq_types::{ClientId, UserId};

const HOOK: &str = "https://shop.example/hooks";

/// What the last command left to deliver to merchants.
fn to_merchant(world: &World) -> Vec<Outbox> {
    outbox(world).into_iter().filter(|row| row.client_id.is_some()).collect()
}

/// What the last command left to deliver.
fn outbox(world: &World) -> Vec<Outbox> {
    let rows = world.changes.iter().filter_map(|change| match change {
        Change::Insert(Row::Outbox(row)) => Some((**row).clone()),
        _ => None,
    });
    rows.collect()
}

fn with_hook() -> Terms {
    Terms { status_notify_url: Some(HOOK.to_owned()), ..terms() }
}

fn notified(tokens: &str, request_id: &str, dinars: i64) -> PayRequest {
    PayRequest { notify_url: Some(HOOK.to_owned()), ..pay(tokens, request_id, iqd(dinars)) }
}

#[test]
fn the_merchant_is_notified_of_every_payment_that_named_a_url_paid_or_not() {
    let mut world = World::sandbox();
    world.agreed_simply(NOOR, "T1");
    for (request_id, dinars) in [("R1", 1_000), ("R2", 5_000)] {
        let payment = world.paid(notified("T1", request_id, dinars));
        let [notice] = &to_merchant(&world)[..] else { panic!("one notice") };
        assert_eq!(notice.kind, OutboxKind::PaymentNotice { payment_id: payment.payment_id.clone(), step: None });
        assert_eq!((notice.target.as_str(), &notice.client_id), (HOOK, &Some(ClientId::new(SHOP))));
        assert_eq!(notice.payment_id, Some(payment.payment_id));
        assert_eq!((notice.state, notice.attempts, notice.next_at), (DeliveryState::Pending, 0, world.now));
    }
}

#[test]
fn a_payment_without_a_url_notifies_nobody_and_a_repeat_notifies_nobody_again() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    world.charge("T1", iqd(1));
    assert_eq!(to_merchant(&world), []);
    world.paid(notified("T1", "R1", 1));
    world.paid(notified("T1", "R1", 1));
    assert_eq!(outbox(&world), []);
}

#[test]
fn a_payer_gets_an_inbox_message_and_the_same_news_by_sms_and_mail() {
    let mut world = World::sandbox();
    world.agreed_simply(SARA, "T1");
    let payment = world.charge("T1", iqd(5_000));
    let message = world.inbox.last().expect("a message").clone();
    assert_eq!((message.user_id, message.payment_id), (UserId::new(SARA), Some(payment.payment_id)));
    assert!(!message.read);
    let [row] = &outbox(&world)[..] else { panic!("one row") };
    assert_eq!(row.kind, OutboxKind::UserNews { user_id: UserId::new(SARA), news: message.news });
    assert_eq!((row.target.as_str(), &row.client_id), ("user:sara", &None));
}

#[test]
fn the_merchant_hears_once_that_a_contract_is_valid_with_its_first_token() {
    let mut world = World::sandbox();
    let contract = world.signed(SARA, with_hook(), "C1");
    assert_eq!(to_merchant(&world), [], "there is no token to name yet");
    world.done(exchange("C1", "T1"));
    let [notice] = &to_merchant(&world)[..] else { panic!("one notice") };
    let expected = OutboxKind::ContractNotice {
        contract_id: contract.contract_id,
        valid: true,
        access_sealed: "sealed T1".to_owned(),
        customer_id: contract.customer_id,
        reason: None,
    };
    assert_eq!((&notice.kind, notice.target.as_str()), (&expected, HOOK));
    world.done(exchange("C1", "T2"));
    assert_eq!(to_merchant(&world), []);
    world.done(refresh("T2", "T3"));
    assert_eq!(to_merchant(&world), []);
}

#[test]
fn the_merchant_hears_why_a_contract_ended_with_its_newest_token() {
    let by_user = EndedBy::User(UserId::new(SARA), PinCheck::Right);
    for (by, reason) in [(by_user, EndReason::User), (EndedBy::Operator, EndReason::Wallet)] {
        let mut world = World::sandbox();
        let contract_id = world.agreed(SARA, with_hook(), "T1");
        world.done(refresh("T1", "T2"));
        world.done(Command::EndContract { contract_id, by });
        assert_eq!(ended(&world), [("sealed T2".to_owned(), reason)]);
    }
    let mut world = World::sandbox();
    world.agreed(SARA, with_hook(), "T1");
    world.done(cancel("T1"));
    assert_eq!(ended(&world), [("sealed T1".to_owned(), EndReason::Merchant)], "after its own cancelling too");
    world.done(cancel("T1"));
    assert_eq!(ended(&world), [], "and once");

    let contract_id = world.agreed(SARA, with_hook(), "T3");
    world.wait("P11Y");
    world.done(Command::EndContract { contract_id, by: EndedBy::Clock });
    assert_eq!(ended(&world), [("sealed T3".to_owned(), EndReason::Expired)]);
}

/// The tokens and reasons of the notices that say a contract is not valid any more.
fn ended(world: &World) -> Vec<(String, EndReason)> {
    let notices = to_merchant(world).into_iter().filter_map(|row| match row.kind {
        OutboxKind::ContractNotice { valid: false, access_sealed, reason: Some(reason), .. } => {
            Some((access_sealed, reason))
        }
        _ => None,
    });
    notices.collect()
}

#[test]
fn a_contract_without_a_url_or_without_a_token_notifies_no_merchant() {
    let mut world = World::sandbox();
    let contract_id = world.agreed_simply(SARA, "T1");
    assert_eq!(world.token("T1").access_sealed, None, "no token is kept where no notice must name it");
    world.done(Command::EndContract { contract_id, by: EndedBy::Operator });
    assert_eq!(to_merchant(&world), []);
    let contract_id = world.signed(SARA, with_hook(), "C2").contract_id;
    world.done(Command::EndContract { contract_id, by: EndedBy::Operator });
    assert_eq!(to_merchant(&world), []);
}

#[test]
fn the_user_hears_of_every_contract_signed_and_ended() {
    let mut world = World::sandbox();
    let contract_id = world.signed(SARA, terms(), "C1").contract_id;
    assert!(matches!(world.news(SARA).last(), Some(UserNews::ContractSigned { .. })));
    world.wait("PT10M");
    world.done(Command::EndContract { contract_id, by: EndedBy::Clock });
    let expected = UserNews::ContractEnded { merchant: "Zaytoun Market".to_owned(), reason: EndReason::Expired };
    assert_eq!(world.news(SARA).last(), Some(&&expected));
}

#[test]
fn granting_scopes_is_no_news() {
    let mut world = World::sandbox();
    let told = world.news(SARA).len();
    world.done(grant(SARA, &["auth_base"], "C1"));
    world.done(exchange("C1", "T1"));
    assert_eq!(world.news(SARA).len(), told);
}
