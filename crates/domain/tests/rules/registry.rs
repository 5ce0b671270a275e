//! The operator adds merchants, clients and Mini Programs.

use crate::support::{RIVAL, SHOP, World, app, client, merchant};
use mithaq_domain::{AgreementPay, App, Client, Command, Merchant, Refusal, Status};
use mithaq_types::{AppId, ClientId, MerchantId};

fn add(merchant: Merchant, client: Client, app: Option<App>) -> Command {
    Command::AddClient { merchant: Box::new(merchant), client: Box::new(client), app: app.map(Box::new) }
}

#[test]
fn a_client_is_added_with_its_merchant_and_its_mini_program() {
    let mut world = World::empty();
    world.done(add(merchant(SHOP), client(SHOP), Some(app(SHOP))));
    assert_eq!(world.rows.merchant(&MerchantId::new(SHOP)), Some(&merchant(SHOP)));
    assert_eq!(world.rows.client(&ClientId::new(SHOP)), Some(&client(SHOP)));
    assert_eq!(world.rows.app(&AppId::new(SHOP)), Some(&app(SHOP)));
}

#[test]
fn a_merchant_may_have_several_clients_and_stays_as_it_is() {
    let mut world = World::empty();
    world.done(add(merchant(SHOP), client(SHOP), None));
    let second = Client { client_id: ClientId::new("second"), ..client(SHOP) };
    let renamed = Merchant { name: "Another name".to_owned(), ..merchant(SHOP) };
    world.done(add(renamed, second, None));
    assert_eq!(world.rows.merchant(&MerchantId::new(SHOP)), Some(&merchant(SHOP)));
}

#[test]
fn a_client_is_added_once() {
    let mut world = World::empty();
    world.done(add(merchant(SHOP), client(SHOP), None));
    assert_eq!(world.refused(add(merchant(SHOP), client(SHOP), None)), Refusal::Exists);
}

#[test]
fn merchant_client_and_mini_program_must_belong_together() {
    let mut world = World::empty();
    assert_eq!(world.refused(add(merchant(RIVAL), client(SHOP), None)), Refusal::ClientUnknown);
    assert_eq!(world.refused(add(merchant(SHOP), client(SHOP), Some(app(RIVAL)))), Refusal::ClientUnknown);
    assert_eq!(world.refused(app(SHOP)), Refusal::ClientUnknown);
}

#[test]
fn a_fee_is_never_more_than_the_payment() {
    let mut world = World::empty();
    let greedy = Merchant { fee_basis_points: 10_001, ..merchant(SHOP) };
    assert_eq!(world.refused(add(greedy, client(SHOP), None)), Refusal::AmountImpossible);
}

#[test]
fn a_mini_program_can_be_changed() {
    let mut world = World::sandbox();
    let moved = App { start_url: "https://elsewhere.example/".to_owned(), ..app(SHOP) };
    world.done(moved.clone());
    assert_eq!(world.rows.app(&AppId::new(SHOP)), Some(&moved));
}

#[test]
fn an_unknown_client_is_not_set() {
    let mut world = World::empty();
    let (client_id, status, agreement_pay) = (ClientId::new(SHOP), Status::Active, AgreementPay::Allowed);
    assert_eq!(world.refused(Command::SetClient { client_id, status, agreement_pay }), Refusal::ClientUnknown);
}
