//! `my.paySignCenter` when several things happen at once: whoever is first wins, and everybody hears of that outcome
//! (spec/jsapi.md 5).

use crate::support::{Browser, PageRequest, SARA, World};
use serde_json::{Value, json};
use std::time::Duration;

/// Rounds of each race; what wins differs from one to the next.
const ROUNDS: usize = 12;

async fn page(browser: &mut Browser, request: &PageRequest) -> String {
    browser.opened("paySignCenter", &json!({"signStr": request.sign_str()})).await.ix
}

fn numbered(world: &World, round: usize) -> PageRequest {
    PageRequest::at_will(world).say("external_agreement_no", format!("EA{round}"))
}

#[tokio::test]
async fn closing_and_signing_at_once_is_6001_without_an_agreement_or_7000_with_one() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let mut signed = 0;
    for round in 0..ROUNDS {
        let ix = page(&mut browser, &numbered(&world, round)).await;
        let (mut one, mut other) = (browser.clone(), browser.clone());
        // A PIN takes its time: the closing comes before, in the middle and after it.
        let closing = async {
            tokio::time::sleep(Duration::from_millis(5 * round as u64)).await;
            other.cancel(&ix).await
        };
        let (_, reply) = tokio::join!(one.submit(&ix, "confirm", &[("pin", SARA.pin)]), closing);
        let status = reply["ret"]["resultStatus"].clone();
        assert_eq!(browser.standing(&ix).await.1["ret"]["resultStatus"], status, "the first outcome stays");
        signed += usize::from(status == "7000");
        assert!(status == "7000" || status == "6001", "{reply}");
        assert_eq!(world.contracts().await.len(), signed, "{reply}");
    }
    assert!(signed < ROUNDS, "the closing was never the first");
}

#[tokio::test]
async fn two_confirmations_at_once_sign_once() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for round in 0..ROUNDS {
        let ix = page(&mut browser, &numbered(&world, round)).await;
        let (mut one, mut other) = (browser.clone(), browser.clone());
        tokio::join!(
            one.submit(&ix, "confirm", &[("pin", SARA.pin)]),
            other.submit(&ix, "confirm", &[("pin", SARA.pin)])
        );
        assert_eq!(browser.standing(&ix).await.1["ret"]["resultStatus"], "7000");
        assert_eq!(world.contracts().await.len(), round + 1);
    }
}

#[tokio::test]
async fn two_pages_of_one_number_at_once_lead_to_one_agreement() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for round in 0..ROUNDS {
        let request = numbered(&world, round);
        let (first, second) = (page(&mut browser, &request).await, page(&mut browser, &request).await);
        let (mut one, mut other) = (browser.clone(), browser.clone());
        tokio::join!(
            one.submit(&first, "confirm", &[("pin", SARA.pin)]),
            other.submit(&second, "confirm", &[("pin", SARA.pin)])
        );
        let number = async |browser: &mut Browser, ix: &str| -> Value {
            let reply = browser.standing(ix).await.1;
            serde_json::from_str::<Value>(reply["ret"]["result"].as_str().expect("a result")).expect("JSON")
        };
        let said = (number(&mut browser, &first).await, number(&mut browser, &second).await);
        assert_eq!(said.0, said.1);
        assert_eq!(world.contracts().await.len(), round + 1);
    }
}
