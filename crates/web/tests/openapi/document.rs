//! The description of the API, for everybody.

use crate::support::{Browser, World};
use mithaq_openapi::Api;

#[tokio::test]
async fn the_document_names_this_wallet_and_every_endpoint_to_whoever_asks() {
    let world = World::production().await;
    let answer = Browser::new(&world).get("/openapi.json").await;
    assert_eq!((answer.status, answer.header("Content-Type")), (200, "application/json"));
    let document = answer.json();
    assert_eq!(document["servers"][0]["url"], world.origin.as_str());
    for api in Api::ALL {
        assert!(document["paths"][api.path()]["post"].is_object(), "{}", api.path());
    }
}
