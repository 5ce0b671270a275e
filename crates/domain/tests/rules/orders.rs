//! A merchant makes an order, once for each request; nobody has paid anything yet (spec/qicard.md 7.1, openapi.md 5.4).

use crate::support::{OMAR, RIVAL, SHOP, World, confirm, hash, iqd, order, page, usd};
use jiff::SignedDuration;
use mithaq_domain::{
    AgreementPay, Command, Illegal, Merchant, OrderRequest, PaymentOutcome, PaymentStatus, Product, Refusal, Row,
    Status,
};
use mithaq_types::{ClientId, MerchantId, Money, OrderId};

fn box_of(world: &World, dinars: i64) -> OrderRequest {
    order("R1", Product::Online, iqd(dinars), world.now + SignedDuration::from_mins(30))
}

#[test]
fn an_order_is_open_and_moves_and_tells_nothing() {
    let mut world = World::sandbox();
    let (payment, state) = world.stands(box_of(&world, 1_000));
    assert_eq!((payment.outcome, payment.user_id.as_ref()), (PaymentOutcome::Open, None));
    assert_eq!((state.status, state.due_at), (PaymentStatus::Open, world.now + SignedDuration::from_mins(30)));
    assert_eq!((state.held, state.taken, state.refundable()), (0, 0, 0));
    assert_eq!((world.notices(), world.told()), (vec![], vec![]));
    assert_eq!(world.audit.last().map(|line| line.action.as_str()), Some("order.made"));
    assert_eq!(world.rows.payment_by_request(&ClientId::new(SHOP), "R1"), Some(&payment));
}

#[test]
fn the_same_request_hears_of_the_same_order_as_it_stands_then() {
    let mut world = World::sandbox();
    let (first, _) = world.stands(box_of(&world, 1_000));
    world.wait("PT1M");
    // A merchant that repeats itself names another time, and the wallet has made another address.
    let mut again = box_of(&world, 1_000);
    again.order.order_id = OrderId::new("another");
    let (same, state) = world.stands(again.clone());
    assert_eq!((&same, state.status), (&first, PaymentStatus::Open));
    assert!(world.changes.is_empty());
    world.done(confirm(OMAR, &first.payment_id));
    let (same, state) = world.stands(again);
    assert_eq!((same, state.status), (first, PaymentStatus::Success));
}

#[test]
fn other_content_under_the_same_id_is_refused_whatever_it_asks_for() {
    let mut world = World::sandbox();
    let first = world.stands(box_of(&world, 1_000)).0;
    assert_eq!(world.refused(box_of(&world, 1_001)), Refusal::RequestInconsistent);
    let escrow = OrderRequest { product: Product::Escrow, content: hash("other"), ..box_of(&world, 1_000) };
    assert_eq!(world.refused(escrow), Refusal::RequestInconsistent);
    assert!(world.changes.is_empty());
    world.agreed_simply(OMAR, "T1");
    assert_eq!(world.refused(crate::support::pay("T1", "R1", iqd(1_000))), Refusal::RequestInconsistent);
    let code = crate::support::by_code("28", "R1", iqd(1_000));
    assert_eq!(world.refused(code), Refusal::RequestInconsistent);
    assert_eq!(world.stands(box_of(&world, 1_000)).0, first);
}

#[test]
fn equal_ids_of_two_clients_are_two_orders() {
    let mut world = World::sandbox();
    let ours = world.stands(box_of(&world, 1_000)).0;
    let theirs = world.stands(OrderRequest { client_id: ClientId::new(RIVAL), ..box_of(&world, 1_000) }).0;
    assert_ne!(ours.payment_id, theirs.payment_id);
    assert_eq!(theirs.merchant_id, MerchantId::new(RIVAL));
}

#[test]
fn an_order_is_about_something_and_not_above_the_limit() {
    let mut world = World::sandbox();
    for minor in [0, -1, i64::MIN] {
        let order = OrderRequest { amount: Money::new(minor, iqd(1).currency), ..box_of(&world, 1) };
        assert_eq!(world.refused(order), Refusal::AmountImpossible);
    }
    world.policy.order_ceiling_whole = 500;
    assert_eq!(world.refused(box_of(&world, 501)), Refusal::OverLimit);
    let dollars = OrderRequest { amount: usd(501), ..box_of(&world, 1) };
    assert_eq!(world.refused(dollars), Refusal::OverLimit, "the limit is so many units of any currency");
    world.done(box_of(&world, 500));
}

#[test]
fn an_order_is_a_product_of_the_cashier() {
    let mut world = World::sandbox();
    for product in [Product::Agreement, Product::InStore, Product::Withdrawn] {
        let order = OrderRequest { product, ..box_of(&world, 1) };
        assert_eq!(world.refused(order), Refusal::AmountImpossible, "{product:?}");
    }
}

#[test]
fn an_order_whose_time_is_over_is_not_made() {
    let mut world = World::sandbox();
    let late = order("R1", Product::Online, iqd(1), world.now);
    assert_eq!(world.refused(late), Refusal::Payment(Illegal::OrderExpired));
    assert!(world.changes.is_empty());
    world.done(order("R1", Product::Online, iqd(1), world.now + SignedDuration::from_millis(1)));
}

#[test]
fn who_may_not_act_makes_no_orders() {
    let mut world = World::sandbox();
    let stranger = OrderRequest { client_id: ClientId::new("stranger"), ..box_of(&world, 1) };
    assert_eq!(world.refused(stranger), Refusal::ClientUnknown);
    let merchant = world.rows.merchant(&MerchantId::new(SHOP)).expect("a merchant").clone();
    world.put(Row::Merchant(Merchant { status: Status::Suspended, ..merchant.clone() }));
    assert_eq!(world.refused(box_of(&world, 1)), Refusal::MerchantSuspended);
    world.put(Row::Merchant(merchant));
    // What the operator agreed about deductions has nothing to do with the cashier.
    let (client_id, agreement_pay) = (ClientId::new(SHOP), AgreementPay::NotAgreed);
    let set = |status| Command::SetClient { client_id: client_id.clone(), status, agreement_pay };
    world.done(set(Status::Active));
    let made = world.stands(box_of(&world, 1)).0;
    world.done(set(Status::Suspended));
    let other = OrderRequest { request_id: "R2".to_owned(), ..box_of(&world, 1) };
    assert_eq!(world.refused(other), Refusal::ClientSuspended);
    assert_eq!(world.stands(box_of(&world, 1)).0, made, "what was answered is answered again");
}

#[test]
fn the_same_order_twice_in_one_batch_is_made_once() {
    let mut world = World::sandbox();
    let request = || Command::Order(Box::new(box_of(&World::sandbox(), 1_000)));
    let answers: Vec<_> = world.run_batch(&[request(), request()]).into_iter().map(|(answer, _)| answer).collect();
    assert!(answers[0].is_ok());
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn a_page_of_the_cashier_grants_no_scopes() {
    let mut world = World::sandbox();
    let payment = world.stands(box_of(&world, 1_000)).0;
    let paying = mithaq_domain::Interaction { payment_id: Some(payment.payment_id), ..page("P1", None, world.now) };
    world.done(paying);
    let on_page = Some((mithaq_types::InteractionId::new("P1"), String::new()));
    let grant = mithaq_domain::Grant { page: on_page, ..crate::support::grant(OMAR, &["auth_base"], "C1") };
    assert_eq!(world.refused(grant), Refusal::InteractionUnknown);
}
