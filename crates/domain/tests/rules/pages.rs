//! A wallet page has one outcome, the first (spec/jsapi.md 5).

use crate::support::{OMAR, RIVAL, SARA, World, grant, page, sign, terms};
use mithaq_domain::{Command, Done, Grant, Interaction, InteractionOutcome, InteractionState, PinCheck, Refusal, Sign};
use mithaq_types::{AuthId, ClientId, InteractionId};

const REPLY: &str = "sealed reply with a code";

fn with_page() -> (World, AuthId) {
    let mut world = World::sandbox();
    let offer = world.offer(terms());
    world.done(page("P1", Some(&offer), world.now));
    (world, offer)
}

fn on_page(offer: &AuthId, code: &str) -> Sign {
    Sign { page: Some((InteractionId::new("P1"), REPLY.to_owned())), ..sign(SARA, offer, code) }
}

fn close(outcome: InteractionOutcome, reply: &str) -> Command {
    Command::CloseInteraction { interaction_id: InteractionId::new("P1"), outcome, reply_sealed: reply.to_owned() }
}

fn stored(world: &World) -> &Interaction {
    world.rows.interaction(&InteractionId::new("P1")).expect("the page")
}

#[test]
fn signing_ends_the_page_with_the_reply_that_carries_the_code() {
    let (mut world, offer) = with_page();
    world.done(on_page(&offer, "C1"));
    assert_eq!(stored(&world).state, InteractionState::Final(InteractionOutcome::Done));
    assert_eq!(stored(&world).reply_sealed.as_deref(), Some(REPLY));
}

#[test]
fn a_page_closed_in_the_moment_of_signing_was_signed() {
    let (mut world, offer) = with_page();
    world.done(on_page(&offer, "C1"));
    let Done::Settled(settled) = world.done(close(InteractionOutcome::Cancelled, "6001")) else { panic!("settled") };
    assert_eq!(settled.interaction.state, InteractionState::Final(InteractionOutcome::Done));
    assert_eq!(settled.interaction.reply_sealed.as_deref(), Some(REPLY));
    assert!(world.changes.is_empty());
}

#[test]
fn a_page_that_was_closed_cannot_be_signed_on() {
    let (mut world, offer) = with_page();
    world.done(close(InteractionOutcome::Cancelled, "6001"));
    assert_eq!(world.refused(on_page(&offer, "C1")), Refusal::InteractionOver);
    assert_eq!(stored(&world).reply_sealed.as_deref(), Some("6001"));
    assert!(world.rows.code(crate::support::hash("C1")).is_none());
}

#[test]
fn one_page_gives_one_contract_however_often_the_button_is_pressed() {
    let (mut world, offer) = with_page();
    let presses = ["C1", "C2"].map(|code| Command::Sign(Box::new(on_page(&offer, code))));
    let answers: Vec<_> = world.run_batch(&presses).into_iter().map(|(answer, _)| answer).collect();
    assert!(answers[0].is_ok());
    assert_eq!(answers[1], Err(Refusal::InteractionOver));
}

#[test]
fn the_first_way_to_close_a_page_stays() {
    let (mut world, _) = with_page();
    world.done(close(InteractionOutcome::Failed, "6003"));
    world.done(close(InteractionOutcome::Cancelled, "6001"));
    assert_eq!(stored(&world).state, InteractionState::Final(InteractionOutcome::Failed));
    assert_eq!(stored(&world).reply_sealed.as_deref(), Some("6003"));
}

#[test]
fn a_page_can_be_signed_on_for_fifteen_minutes() {
    let (mut world, offer) = with_page();
    world.wait("PT15M");
    assert_eq!(world.refused(on_page(&offer, "C1")), Refusal::InteractionOver);
    world.now -= jiff::SignedDuration::from_secs(1);
    world.done(on_page(&offer, "C1"));
}

#[test]
fn a_wrong_pin_leaves_the_page_open() {
    let (mut world, offer) = with_page();
    world.refused(Sign { pin: PinCheck::Wrong, ..on_page(&offer, "C1") });
    assert_eq!(stored(&world).state, InteractionState::Open);
    world.done(on_page(&offer, "C1"));
}

#[test]
fn a_page_serves_only_the_client_and_the_offer_it_was_opened_for() {
    let (mut world, _) = with_page();
    let other = world.offer(terms());
    assert_eq!(world.refused(on_page(&other, "C1")), Refusal::InteractionUnknown);
    world.done(page("P2", None, world.now));
    let to_rival = Grant {
        client_id: ClientId::new(RIVAL),
        page: Some((InteractionId::new("P2"), REPLY.to_owned())),
        ..grant(OMAR, &["auth_base"], "C1")
    };
    assert_eq!(world.refused(to_rival), Refusal::InteractionUnknown);
}

#[test]
fn granting_scopes_ends_its_page_too() {
    let mut world = World::sandbox();
    world.done(page("P1", None, world.now));
    let granted =
        Grant { page: Some((InteractionId::new("P1"), REPLY.to_owned())), ..grant(SARA, &["auth_base"], "C1") };
    world.done(granted);
    assert_eq!(stored(&world).state, InteractionState::Final(InteractionOutcome::Done));
    let again = Grant { page: Some((InteractionId::new("P1"), REPLY.to_owned())), ..grant(SARA, &["auth_base"], "C2") };
    assert_eq!(world.refused(again), Refusal::InteractionOver);
}

#[test]
fn an_unknown_page_is_neither_closed_nor_signed_on_and_a_known_one_not_opened_again() {
    let mut world = World::sandbox();
    let offer = world.offer(terms());
    assert_eq!(world.refused(close(InteractionOutcome::Cancelled, "6001")), Refusal::InteractionUnknown);
    assert_eq!(world.refused(on_page(&offer, "C1")), Refusal::InteractionUnknown);
    world.done(page("P1", None, world.now));
    assert_eq!(world.refused(page("P1", None, world.now)), Refusal::Exists);
}
