//! `alipay.system.oauth.token` (spec/alipay-agreement.md 2.14).

use super::caller::{APP, Place, Reply, Request, add_app, merchant_key, world};
use crate::support::{CLIENT, OTHER_CLIENT, SARA, World};
use jiff::SignedDuration;
use mithaq_domain::Scope;
use mithaq_types::{ClientId, UserId};
use mithaq_wallet::GrantRequest;
use serde_json::json;

async fn code(world: &World) -> String {
    let request = GrantRequest {
        client_id: ClientId::new(CLIENT),
        user_id: UserId::new(SARA.user_id),
        scopes: vec![Scope("auth_base".into())],
        page: None,
    };
    world.app.wallet.grant(request).await.expect("a code")
}

fn exchange(world: &World, further: &[(&str, &str)]) -> Request {
    let call = Request::new(world, "alipay.system.oauth.token", &json!({})).without("biz_content").at(Place::Form);
    further.iter().fold(call, |call, (name, value)| call.with(name, value))
}

fn text(reply: &Reply, name: &str) -> String {
    reply.object[name].as_str().unwrap_or_else(|| panic!("no {name}: {}", reply.text)).to_owned()
}

#[tokio::test]
async fn a_code_becomes_tokens_without_code_and_msg_and_a_token_a_newer_one() {
    let world = world().await;
    let code = code(&world).await;
    let first = exchange(&world, &[("grant_type", "authorization_code"), ("code", &code)]).send(&world).await.signed();
    assert_eq!(first.root, "alipay_system_oauth_token_response");
    assert!(first.object.get("code").is_none() && first.object.get("msg").is_none(), "{}", first.text);
    assert!(text(&first, "access_token").starts_with("AT") && text(&first, "refresh_token").starts_with("RT"));
    let customer = super::trades_shop::Shop::of(&world).customer(&SARA).await;
    assert_eq!(text(&first, "user_id"), customer, "what the merchant knows the user as on every surface");
    assert!(first.object["expires_in"].as_u64() > Some(0) && first.object["re_expires_in"].as_u64() > Some(0));
    let refresh = text(&first, "refresh_token");
    let next = exchange(&world, &[("grant_type", "refresh_token"), ("refresh_token", &refresh)]);
    let next = next.send(&world).await.signed();
    assert!(text(&next, "access_token").starts_with("AT") && text(&next, "refresh_token") != refresh);
}

#[tokio::test]
async fn each_reason_has_its_sub_code_under_error_response() {
    let world = world().await;
    add_app(&world, "2021000000000009", OTHER_CLIENT, Some(merchant_key())).await;
    let used = code(&world).await;
    let first = exchange(&world, &[("grant_type", "authorization_code"), ("code", &used)]).send(&world).await.signed();
    let refresh = text(&first, "refresh_token");
    let renew = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
    exchange(&world, &renew).send(&world).await.signed();
    world.pass(SignedDuration::from_mins(2));
    let (fresh, exchanged) = (code(&world).await, "authorization_code");
    for (request, result) in [
        (exchange(&world, &[]), "40002 isv.grant-type-invalid"),
        (exchange(&world, &[("grant_type", "password")]), "40002 isv.grant-type-invalid"),
        (exchange(&world, &[("grant_type", exchanged)]), "40002 isv.code-invalid"),
        (exchange(&world, &[("grant_type", exchanged), ("code", "nothing")]), "40002 isv.code-invalid"),
        (exchange(&world, &[("grant_type", exchanged), ("code", &used)]), "40002 isv.code-invalid"),
        (
            exchange(&world, &[("grant_type", exchanged), ("code", &fresh), ("app_id", "2021000000000009")]),
            "40002 isv.code-invalid",
        ),
        (exchange(&world, &[("grant_type", "refresh_token")]), "40002 isv.refresh-token-invalid"),
        (
            exchange(&world, &[("grant_type", "refresh_token"), ("refresh_token", "RT1")]),
            "40002 isv.refresh-token-invalid",
        ),
        (exchange(&world, &renew), "40002 isv.refreshed-token-invalid"),
    ] {
        let reply = request.send(&world).await.signed();
        assert_eq!((reply.result().as_str(), reply.root.as_str()), (result, "error_response"));
    }
    assert_eq!(APP.len(), 16);
}

#[tokio::test]
async fn a_refresh_token_runs_out() {
    let world = world().await;
    let code = code(&world).await;
    let first = exchange(&world, &[("grant_type", "authorization_code"), ("code", &code)]).send(&world).await.signed();
    let (refresh, lasts) = (text(&first, "refresh_token"), first.object["re_expires_in"].as_i64().expect("seconds"));
    world.pass(SignedDuration::from_secs(lasts + 1));
    let late = exchange(&world, &[("grant_type", "refresh_token"), ("refresh_token", &refresh)]);
    assert_eq!(late.result(&world).await, "40002 isv.refresh-token-time-out");
}
