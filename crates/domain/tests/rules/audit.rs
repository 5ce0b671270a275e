//! The audit trail says who did what to what, in the same change as what was done.

use crate::support::{NOOR, SARA, SHOP, World, app, cancel, exchange, grant, iqd, prepare, sign, terms};
use mithaq_domain::{AgreementPay, Command, EndedBy, PinCheck, Status, UserStatus};
use mithaq_types::{AuthId, ClientId, UserId};

/// Actor, action and subject of the lines that the last command wrote.
fn lines(world: &mut World, command: impl crate::support::AsCommand) -> Vec<String> {
    let before = world.audit.len();
    let now = world.now;
    let _ = world.run(command);
    let lines = &world.audit[before..];
    assert!(lines.iter().all(|line| line.at == now));
    lines.iter().map(|line| format!("{} {} {}", line.actor, line.action, line.subject)).collect()
}

#[test]
fn a_contracts_life_is_on_the_record_from_its_preparation_to_its_end() {
    let mut world = World::sandbox();
    let offer = AuthId::new("A1");
    assert_eq!(lines(&mut world, prepare(&offer, terms())), ["client:zaytoun contract.prepared offer:A1"]);
    let signed = lines(&mut world, sign(SARA, &offer, "C1"));
    let contract = world.rows.code(crate::support::hash("C1")).and_then(|code| code.contract_id.clone());
    let contract = contract.expect("signed");
    assert_eq!(signed, [format!("user:sara contract.signed contract:{contract}")]);
    let activated = lines(&mut world, exchange("C1", "T1"));
    assert_eq!(activated, [format!("client:zaytoun contract.activated contract:{contract}")]);
    let ended = lines(&mut world, cancel("T1"));
    assert_eq!(ended, [format!("client:zaytoun contract.ended contract:{contract}")]);
    assert_eq!(lines(&mut world, cancel("T1")), [""; 0], "a repeat does nothing");
}

#[test]
fn the_line_of_a_signature_holds_the_hash_of_what_was_seen() {
    let mut world = World::sandbox();
    let contract = world.signed(SARA, terms(), "C1");
    assert_eq!(world.audit.last().and_then(|line| line.detail.clone()), Some(contract.page_hash));
}

#[test]
fn the_one_who_ends_a_contract_is_named() {
    let actor_of = |by: EndedBy| {
        let mut world = World::sandbox();
        let contract_id = world.agreed_simply(SARA, "T1");
        world.wait("P11Y");
        world.done(Command::EndContract { contract_id, by });
        world.audit.pop().map(|line| (line.actor, line.detail.unwrap_or_default())).expect("a line")
    };
    let by_user = EndedBy::User(UserId::new(SARA), PinCheck::Right);
    assert_eq!(actor_of(by_user), ("user:sara".to_owned(), "User".to_owned()));
    assert_eq!(actor_of(EndedBy::Operator), ("operator".to_owned(), "Wallet".to_owned()));
    assert_eq!(actor_of(EndedBy::Clock), ("clock".to_owned(), "Expired".to_owned()));
}

#[test]
fn every_payment_has_one_line_with_its_outcome() {
    let mut world = World::sandbox();
    world.agreed_simply(NOOR, "T1");
    for (amount, outcome) in [(iqd(1_000), "Success"), (iqd(1), "Fail(Balance)")] {
        let payment = world.charge("T1", amount);
        let line = world.audit.last().expect("a line");
        assert_eq!(line.subject, format!("payment:{}", payment.payment_id));
        assert_eq!((line.action.as_str(), line.detail.as_deref()), ("payment.decided", Some(outcome)));
        assert_eq!(line.actor, "client:zaytoun");
    }
}

#[test]
fn what_the_operator_does_is_on_the_record() {
    let mut world = World::sandbox();
    let set = Command::SetUser { user_id: UserId::new(SARA), status: UserStatus::Frozen };
    assert_eq!(lines(&mut world, set), ["operator user.set user:sara"]);
    let top_up = Command::TopUp { user_id: UserId::new(SARA), amount: iqd(1) };
    assert_eq!(lines(&mut world, top_up), ["operator user.topped-up user:sara"]);
    let (client_id, status, agreement_pay) = (ClientId::new(SHOP), Status::Active, AgreementPay::Suspended);
    let set = Command::SetClient { client_id, status, agreement_pay };
    assert_eq!(lines(&mut world, set), ["operator client.set client:zaytoun"]);
    assert_eq!(lines(&mut world, app(SHOP)), ["operator app.put app:zaytoun"]);
}

#[test]
fn a_grant_and_its_cancelling_are_on_the_record_once() {
    let mut world = World::sandbox();
    let granted = lines(&mut world, grant(SARA, &["auth_base"], "C1"));
    assert_eq!(granted, ["user:sara scopes.granted client:zaytoun"]);
    world.done(exchange("C1", "T1"));
    assert_eq!(lines(&mut world, cancel("T1")), ["client:zaytoun token.cancelled token:T1"]);
    assert_eq!(lines(&mut world, cancel("T1")), [""; 0]);
}

#[test]
fn no_line_holds_a_secret() {
    let mut world = World::sandbox();
    let hook = Some("https://shop.example".to_owned());
    world.agreed(SARA, mithaq_domain::Terms { status_notify_url: hook, ..terms() }, "T1");
    world.charge("T1", iqd(1));
    world.done(cancel("T1"));
    let text = format!("{:?}", world.audit);
    assert!(!text.contains("sealed"), "{text}");
}
