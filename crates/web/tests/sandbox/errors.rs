//! Every refusal is JSON with a code, and its message names what is wrong (docs/sandbox-api.md).

use crate::support::{Browser, CLIENT, MERCHANT_KEY, SARA, World};
use reqwest::Method;
use serde_json::{Value, json};

/// Status, code and message of an answer that says no.
async fn refused(browser: &mut Browser, path: &str, body: &Value) -> (u16, String, String) {
    let answer = browser.post(&format!("/sandbox/v1/{path}"), body).await;
    let (status, code) = answer.error();
    (status, code, answer.json()["error"]["message"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_body_that_is_not_right_is_400_and_the_message_names_the_member() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let auth_url = world.auth_url().await;
    let top_up = format!("users/{}/top-up", SARA.user_id);
    let status = format!("users/{}/status", SARA.user_id);
    let client = format!("clients/{CLIENT}/status");
    let cashier = format!("{}/cashier?orderId=1", world.origin);
    let elsewhere = "https://wallet.example/cashier?orderId=1";
    let pem = MERCHANT_KEY.public().to_pem();
    let private = MERCHANT_KEY.to_pem().expect("pem");
    for (path, body, member) in [
        ("sign", json!({}), "authUrl"),
        ("sign", json!({"authUrl": auth_url}), "userId"),
        ("sign", json!({"authUrl": 7, "userId": SARA.user_id}), "authUrl"),
        ("sign", json!({"authUrl": "x", "userId": SARA.user_id}), "authUrl"),
        ("sign", json!({"authUrl": format!("{auth_url}&authId=2"), "userId": SARA.user_id}), "authUrl"),
        ("sign", json!({"authUrl": auth_url, "userId": SARA.user_id, "outcome": "perhaps"}), "outcome"),
        ("auth-codes", json!({"clientId": CLIENT, "userId": SARA.user_id, "scopes": []}), "scopes"),
        ("auth-codes", json!({"clientId": CLIENT, "userId": SARA.user_id, "scopes": ["NO_SUCH"]}), "NO_SUCH"),
        (
            "auth-codes",
            json!({"clientId": CLIENT, "userId": SARA.user_id, "scopes": ["AGREEMENT_PAY"]}),
            "AGREEMENT_PAY",
        ),
        ("auth-codes", json!({"clientId": CLIENT, "userId": SARA.user_id, "scopes": "auth_base"}), "scopes"),
        ("users", json!({"name": "N", "phone": "+964", "pin": "123456"}), "phone"),
        ("users", json!({"name": "N", "phone": "9647700000009", "pin": "12345"}), "pin"),
        ("users", json!({"name": " ", "phone": "9647700000009", "pin": "123456"}), "name"),
        ("users", json!({"name": "N", "phone": "9647700000009", "pin": "123456", "language": "de"}), "language"),
        (&top_up, json!({}), "amount"),
        (&top_up, json!({"amount": {"currency": "XXX", "value": "1"}}), "currency"),
        (&top_up, json!({"amount": {"currency": "IQD", "value": "0"}}), "value"),
        (&top_up, json!({"amount": {"currency": "IQD", "value": "-1"}}), "value"),
        (&top_up, json!({"amount": {"currency": "IQD", "value": 1.5}}), "value"),
        (&top_up, json!({"amount": {"currency": "IQD", "value": "99999999999999999999"}}), "value"),
        ("clients", json!({"name": "", "publicKeyPem": pem}), "name"),
        ("clients", json!({"name": "N", "publicKeyPem": "x"}), "publicKeyPem"),
        ("clients", json!({"name": "N", "publicKeyPem": private}), "publicKeyPem"),
        ("clock", json!({}), "advance"),
        ("clock", json!({"advance": "P1M", "reset": true}), "advance"),
        ("clock", json!({"advance": "a month"}), "advance"),
        ("clock", json!({"advance": "P99999Y"}), "advance"),
        ("clock", json!({"set": "tomorrow"}), "set"),
        ("clock", json!({"forward": "P1M"}), "forward"),
        ("contracts/1/end", json!({"by": "nobody"}), "by"),
        ("session", json!({}), "userId"),
        ("pay", json!({"userId": SARA.user_id}), "paymentUrl"),
        ("pay", json!({"paymentUrl": "x", "userId": SARA.user_id}), "paymentUrl"),
        ("pay", json!({"paymentUrl": elsewhere, "userId": SARA.user_id}), "paymentUrl"),
        ("pay", json!({"paymentUrl": cashier}), "userId"),
        ("pay", json!({"paymentUrl": cashier, "userId": SARA.user_id, "outcome": "perhaps"}), "outcome"),
        ("pay", json!({"paymentUrl": cashier, "userId": SARA.user_id, "source": "balance"}), "source"),
        ("payment-codes", json!({}), "userId"),
        ("cards", json!({"userId": SARA.user_id}), "number"),
        ("cards", json!({"userId": SARA.user_id, "number": "4242424242424241"}), "number"),
        ("cards", json!({"userId": SARA.user_id, "number": "4242424242424242", "expires": "2020-01"}), "expires"),
        ("payments/1/freeze", json!({}), "frozen"),
        (&status, json!({"status": "GONE"}), "status"),
        (&client, json!({"status": "GONE"}), "status"),
        ("shell-events", json!({"from": "nowhere"}), "from"),
    ] {
        let (status, code, message) = refused(&mut browser, path, &body).await;
        assert_eq!((status, code.as_str()), (400, "PARAM_ILLEGAL"), "{path} {body}: {message}");
        assert!(message.contains(member), "{path} {body}: {message}");
        assert!(!message.contains("BEGIN PRIVATE"), "{message}");
    }
}

#[tokio::test]
async fn what_is_no_json_is_400_too() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    for body in ["{", "[]", "null", "name=N&phone=1", "\u{feff}{}"] {
        let request = browser.request(Method::POST, "/sandbox/v1/users").body(body);
        assert_eq!(browser.send(request).await.error(), (400, "PARAM_ILLEGAL".into()), "{body}");
    }
    assert_eq!(browser.get("/sandbox/v1/calls?after=x").await.error(), (400, "PARAM_ILLEGAL".into()));
}

#[tokio::test]
async fn what_is_named_and_does_not_exist_is_404() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let auth_url = world.auth_url().await;
    let amount = json!({"amount": {"currency": "IQD", "value": "1000"}});
    for (path, body) in [
        ("sign", json!({"authUrl": auth_url, "userId": "nobody"})),
        ("auth-codes", json!({"clientId": CLIENT, "userId": "nobody", "scopes": ["auth_base"]})),
        ("auth-codes", json!({"clientId": "none", "userId": SARA.user_id, "scopes": ["auth_base"]})),
        ("contracts/none/end", json!({})),
        ("users/nobody/top-up", amount),
        ("notifications/none/resend", json!({})),
        ("session", json!({"userId": "nobody"})),
        ("pay", json!({"paymentUrl": format!("{}/cashier?orderId=1", world.origin), "userId": "nobody"})),
        ("payment-codes", json!({"userId": "nobody"})),
        ("cards", json!({"userId": "nobody", "number": "4242424242424242"})),
        ("users/nobody/status", json!({"status": "FROZEN"})),
        ("clients/none/status", json!({"status": "SUSPENDED"})),
        ("payments/none/freeze", json!({"frozen": true})),
        ("no/such/call", json!({})),
    ] {
        let (status, code, message) = refused(&mut browser, path, &body).await;
        assert_eq!((status, code.as_str()), (404, "NOT_FOUND"), "{path} {body}: {message}");
    }
    for path in ["payments/none", "no-such-list", "users/x/y/z"] {
        assert_eq!(browser.get(&format!("/sandbox/v1/{path}")).await.error(), (404, "NOT_FOUND".into()), "{path}");
    }
}

#[tokio::test]
async fn the_other_method_is_said_to_be_so() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    assert_eq!(browser.get("/sandbox/v1/sign").await.error(), (405, "METHOD_NOT_ALLOWED".into()));
    assert_eq!(browser.post("/sandbox/v1/payments", &json!({})).await.error(), (405, "METHOD_NOT_ALLOWED".into()));
}

#[tokio::test]
async fn what_stands_against_it_is_409() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let twice = json!({"name": "N", "phone": SARA.phone, "pin": "123456"});
    let (status, code, _) = refused(&mut browser, "users", &twice).await;
    assert_eq!((status, code.as_str()), (409, "CONFLICT"));

    let sign = json!({"authUrl": world.auth_url().await, "userId": SARA.user_id});
    assert_eq!(browser.post("/sandbox/v1/sign", &sign).await.status, 200);
    let end = format!("contracts/{}/end", world.contracts().await[0].contract.contract_id);
    assert_eq!(browser.post(&format!("/sandbox/v1/{end}"), &json!({"by": "operator"})).await.json()["status"], "ENDED");
    let (status, code, _) = refused(&mut browser, &end, &json!({"by": "user"})).await;
    assert_eq!((status, code.as_str()), (409, "CONFLICT"));
}

#[tokio::test]
async fn a_page_of_another_site_gets_nothing_whatever_it_asks() {
    let world = World::sandbox().await;
    let browser = Browser::of(&world, &SARA).await;
    for (method, path) in [
        (Method::GET, "users"),
        (Method::GET, "calls"),
        (Method::GET, "calls/stream"),
        (Method::POST, "sign"),
        (Method::POST, "clock"),
        (Method::POST, "session"),
        (Method::OPTIONS, "users"),
        (Method::GET, "no-such"),
    ] {
        for origin in ["https://evil.example", "null", "http://127.0.0.1:7601"] {
            let request = browser.request(method.clone(), &format!("/sandbox/v1/{path}")).header("Origin", origin);
            let answer = crate::support::Answer::of(request).await;
            assert_eq!(answer.error(), (403, "FOREIGN_ORIGIN".into()), "{method} {path} {origin}");
            assert_eq!(answer.header("Access-Control-Allow-Origin"), "");
        }
    }
    let own = browser.request(Method::GET, "/sandbox/v1/users").header("Origin", &world.origin);
    assert_eq!(crate::support::Answer::of(own).await.status, 200);
}
