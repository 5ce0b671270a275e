//! More calls than there is room for: 40005, signed, at once, for nothing (spec/alipay-agreement.md 1.5).

use super::caller::{Request, change_app, post, world};
use crate::support::{CLIENT, World};
use mithaq_types::ClientId;
use mithaq_web::Room;

const BUSY: &str = "40005 isv.app-call-limited";

/// Takes all the room that `client` may have.
fn take(world: &World, client: &str) -> Vec<Room> {
    let client = ClientId::new(client);
    std::iter::from_fn(|| world.app.signer.admission().enter(Some(&client)).ok()).collect()
}

/// Takes all the room there is.
fn fill(world: &World) -> Vec<Room> {
    let taken = (0..).map(|number: u32| take(world, &format!("somebody else {number}")));
    taken.take_while(|rooms| !rooms.is_empty()).flatten().collect()
}

#[tokio::test]
async fn without_room_a_call_hears_so_signed_and_with_room_again_it_is_answered() {
    let world = world().await;
    let rooms = fill(&world);
    let reply = Request::plain(&world).send(&world).await.signed();
    assert_eq!((reply.result().as_str(), reply.root.as_str()), (BUSY, "alipay_user_agreement_query_response"));
    assert_eq!(post(&world, "", "a=%zz").await.signed().result(), BUSY, "whatever it is");
    drop(rooms);
    assert_eq!(Request::plain(&world).result(&world).await, "40004 USER_AGREEMENT_NOT_EXIST");
}

#[tokio::test]
async fn a_client_that_has_its_share_hears_so_and_others_do_not() {
    let world = world().await;
    Request::plain(&world).result(&world).await;
    let _rooms = take(&world, CLIENT);
    assert_eq!(Request::plain(&world).result(&world).await, BUSY);
    let unknown = Request::plain(&world).with("app_id", "2021999999999999");
    assert_eq!(unknown.result(&world).await, "40002 isv.invalid-app-id", "strangers have a room of their own");
}

#[tokio::test]
async fn an_app_that_signs_with_sha1_is_told_with_sha1() {
    let world = world().await;
    change_app(&world, |app| app.may_use_sha1 = true).await;
    let old = Request::plain(&world).with("sign_type", "RSA");
    old.send(&world).await.signed_with_sha1();
    let _rooms = fill(&world);
    assert_eq!(old.send(&world).await.signed_with_sha1().result(), BUSY);
}
