//! How often a command goes to the database before it can be decided. Each round is a round trip that
//! everybody in the batch waits for.

use crate::support::{
    AsCommand, NOOR, SARA, SHOP, World, accept, app, at_will, by_card, by_code, by_shop, call_off, cancel, card,
    confirm, deduct, ends, exchange, expire, fresh, grant, iqd, issue, monthly, operate, order, page, pay, prepare,
    put_off, refresh, refund, run_by_wallet, run_plan, settle, sign, sign_agreement, terms, terms_of, transfer, user,
    withdraw,
};
use mithaq_domain::{
    Command, ConfirmOrder, EndedBy, Grant, Interaction, OperateRequest, PaymentRef, PinCheck, Product, Sign,
    SignAgreement, Terms, Verdict, Wish,
};
use mithaq_types::{AuthId, InteractionId, UserId};

#[track_caller]
fn takes(world: &mut World, rounds: usize, command: impl AsCommand) {
    let answer = world.run(command);
    assert_eq!(world.rounds, rounds, "{answer:?}");
}

#[test]
fn a_payment_takes_two_rounds_whatever_happens_to_it() {
    let mut world = World::sandbox();
    world.agreed_simply(NOOR, "T1");
    takes(&mut world, 2, pay("T1", "R1", iqd(1)));
    takes(&mut world, 2, pay("T1", "R2", iqd(5_000)));
    takes(&mut world, 2, pay("none", "R3", iqd(1)));
    world.done(refresh("T1", "T2"));
    takes(&mut world, 2, pay("T2", "R4", iqd(1)));
}

#[test]
fn a_repeated_payment_takes_one() {
    let mut world = World::sandbox();
    world.agreed_simply(NOOR, "T1");
    world.done(pay("T1", "R1", iqd(1)));
    takes(&mut world, 1, pay("T1", "R1", iqd(1)));
}

#[test]
fn a_contracts_other_steps_take_two() {
    let mut world = World::sandbox();
    let offer = AuthId::new("A1");
    let hook = Some("https://shop.example".to_owned());
    takes(&mut world, 2, prepare(&offer, Terms { status_notify_url: hook, ..terms() }));
    world.done(page("P1", Some(&offer), world.now));
    let on_page = Some((InteractionId::new("P1"), String::new()));
    takes(&mut world, 2, Sign { page: on_page, ..sign(SARA, &offer, "C1") });
    takes(&mut world, 2, exchange("C1", "T1"));
    takes(&mut world, 2, exchange("C1", "T2"));
    takes(&mut world, 2, refresh("T2", "T3"));
    takes(&mut world, 2, refresh("T3", "T4"));
    takes(&mut world, 2, Command::UseToken { access: fresh("T4").access });
    takes(&mut world, 2, cancel("T4"));
}

#[test]
fn ending_takes_two_and_theft_three() {
    let mut world = World::sandbox();
    let contract_id = world.agreed_simply(SARA, "T1");
    let by = EndedBy::User(UserId::new(SARA), PinCheck::Right);
    takes(&mut world, 2, Command::EndContract { contract_id, by });
    world.agreed_simply(SARA, "T2");
    world.done(refresh("T2", "T3"));
    world.wait("PT2M");
    takes(&mut world, 3, exchange("code of T2", "T4"));
}

#[test]
fn scopes_take_two_and_what_stands_alone_one() {
    let mut world = World::sandbox();
    world.done(page("P1", None, world.now));
    let on_page = Some((InteractionId::new("P1"), String::new()));
    takes(&mut world, 2, Grant { page: on_page, ..grant(SARA, &["auth_base"], "C1") });
    takes(&mut world, 1, user("new"));
    takes(&mut world, 1, app(SHOP));
    takes(&mut world, 1, Command::TopUp { user_id: UserId::new(SARA), amount: iqd(1) });
    let opened = page("P2", None, world.now);
    takes(&mut world, 1, opened);
}

#[test]
fn an_order_and_its_payment_take_two() {
    let mut world = World::sandbox();
    let end = world.now + jiff::SignedDuration::from_mins(30);
    let request = order("R1", Product::AuthCapture, iqd(1_000), end);
    takes(&mut world, 2, request.clone());
    takes(&mut world, 2, request);
    let id = world.placed(Product::AuthCapture, 1_000);
    takes(&mut world, 2, confirm(SARA, &id));
    let id = world.placed(Product::Online, 1_000);
    let opened = Interaction { payment_id: Some(id.clone()), ..page("P1", None, world.now) };
    world.done(opened);
    let on_page = Some((InteractionId::new("P1"), String::new()));
    takes(&mut world, 2, ConfirmOrder { page: on_page, ..confirm(SARA, &id) });
    let id = world.placed(Product::Online, 1_000);
    world.done(card(SARA, "visa", world.now));
    takes(&mut world, 2, by_card(SARA, &id, "visa"));
    takes(&mut world, 2, settle(SARA, &id, "visa", 1, Verdict::Approved));
    world.done(issue(SARA, "28"));
    takes(&mut world, 2, by_code("28", "R2", iqd(1)));
    takes(&mut world, 1, issue(SARA, "29"));
    takes(&mut world, 1, transfer("T1", SARA, NOOR, iqd(1)));
}

#[test]
fn what_a_merchant_does_to_a_payment_takes_two_rounds_and_one_more_where_it_names_it_by_its_own_id() {
    let mut world = World::sandbox();
    let id = world.bought(SARA, Product::AuthCapture, 1_000);
    takes(&mut world, 2, operate(&id, "V1", Wish::Void(Some(iqd(1)))));
    takes(&mut world, 2, operate(&id, "V1", Wish::Void(Some(iqd(1)))));
    takes(&mut world, 2, operate(&id, "C1", Wish::Capture(None)));
    takes(&mut world, 2, operate(&id, "R1", refund(1)));
    let paid = world.bought(SARA, Product::Online, 1_000);
    let named = PaymentRef::Request(world.rows.payment(&paid).expect("there").request_id.clone());
    takes(&mut world, 3, OperateRequest { payment: named, ..operate(&paid, "R2", refund(1)) });
    let paid = world.bought(SARA, Product::Online, 1_000);
    takes(&mut world, 3, call_off(&paid));
    let escrow = world.bought(SARA, Product::Escrow, 1_000);
    takes(&mut world, 2, accept(&escrow));
    takes(&mut world, 1, withdraw("never came"));
    world.wait("P60D");
    takes(&mut world, 2, expire(&escrow));
}

#[test]
fn an_agreement_takes_two_and_three_where_there_is_one_with_its_number() {
    let mut world = World::alipay();
    let offer = world.offer(terms_of(at_will()));
    world.done(page("P1", Some(&offer), world.now));
    let on_page = SignAgreement { page: Some(InteractionId::new("P1")), ..sign_agreement(SARA, &offer) };
    takes(&mut world, 2, on_page);
    takes(&mut world, 3, sign_agreement(SARA, &offer));
}

#[test]
fn whatever_is_done_under_an_agreement_takes_two_at_most() {
    let mut world = World::alipay();
    let films = world.subscribed(SARA, run_by_wallet(monthly("2026-12-05")));
    takes(&mut world, 1, put_off(&films, "2026-12-10"));
    for _told_and_paid in 0..2 {
        world.now = world.standing(&films).run.expect("it goes on").due_at;
        takes(&mut world, 2, run_plan(&films));
    }
    takes(&mut world, 2, deduct(&films, "T1", 990));
    world.wait("P1M");
    takes(&mut world, 2, deduct(&films, "T1", 990));
    takes(&mut world, 2, ends(&films, by_shop(None)));
}
