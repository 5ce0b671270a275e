//! What users see: the list, one agreement, its charges.

use super::support::{Answer, Browser, CLIENT, OMAR, SARA, World};
use jiff::SignedDuration;
use mithaq_domain::Language;
use mithaq_types::ClientId;

#[tokio::test]
async fn the_list_has_the_users_own_contracts_and_nobody_elses() {
    let world = World::sandbox().await;
    let saras = world.agreed(&SARA, Language::EnUs, "20000").await;
    let omars = world.agreed(&OMAR, Language::ArIq, "").await;
    assert_eq!(world.pay(&saras, "one", 5_000_000).await, "S SUCCESS");

    let list = Browser::of(&world, &SARA).await.get("/agreements").await;
    assert_eq!((list.status, list.heading().as_str()), (200, "Agreements"));
    assert!(list.text.contains(saras.contract_id.as_str()) && !list.text.contains(omars.contract_id.as_str()));
    for words in ["Zaytoun Market", "Verified merchant", "In force", "5,000\u{A0}IQD", "20,000\u{A0}IQD", "this month"]
    {
        assert!(list.text.contains(words), "{words}: {}", list.text);
    }
    let list = Browser::of(&world, &OMAR).await.get("/agreements").await;
    assert!(list.text.contains(omars.contract_id.as_str()) && !list.text.contains(saras.contract_id.as_str()));
}

#[tokio::test]
async fn a_user_without_contracts_is_told_where_they_will_be() {
    let world = World::sandbox().await;
    let list = Browser::of(&world, &SARA).await.get("/agreements").await;
    assert_eq!((list.status, list.heading().as_str()), (200, "No agreements yet"));
}

#[tokio::test]
async fn an_agreements_page_has_the_accepted_text_its_hash_and_every_charge_newest_first() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    assert_eq!(world.pay(&agreed, "one", 1_000).await, "S SUCCESS");
    assert_eq!(world.pay(&agreed, "too-much", 5_000_001).await, "F PAYMENT_AMOUNT_EXCEED_LIMIT");

    let page = Browser::of(&world, &SARA).await.get(&agreed.page).await;
    assert_eq!((page.status, page.heading().as_str()), (200, "Agreement with Zaytoun Market"));
    let kept = &world.contracts().await[0].contract;
    let escaped = kept.page_text.replace('<', "&lt;").replace('>', "&gt;");
    assert!(page.text.replace("&#x2f;", "/").contains(&escaped), "{}", page.text);
    assert!(page.text.contains(&kept.page_hash));
    let (refused, paid) = (page.text.find("Box too-much"), page.text.find("Box one"));
    assert!(refused.is_some() && refused < paid, "{}", page.text);
    assert!(page.text.contains("Not charged: more than one charge may take"));
}

#[tokio::test]
async fn older_charges_are_a_link_away() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    for number in 0..22 {
        assert_eq!(world.pay(&agreed, &format!("n{number}."), 1_000).await, "S SUCCESS");
    }
    let mut browser = Browser::of(&world, &SARA).await;
    let newest = browser.get(&agreed.page).await;
    let shown = |page: &Answer| (0..22).filter(|n| page.text.contains(&format!("Box n{n}."))).collect::<Vec<_>>();
    assert_eq!(shown(&newest), (2..22).collect::<Vec<_>>());
    let (_, rest) = newest.text.split_once("?before=").expect("a link to the older ones");
    let before: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let older = browser.get(&format!("{}?before={before}", agreed.page)).await;
    assert_eq!(shown(&older), [0, 1]);
    assert!(!older.text.contains("?before="), "there is nothing older");
}

#[tokio::test]
async fn an_agreement_says_who_else_ended_it() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    world.app.wallet.cancel_token(ClientId::new(CLIENT), &agreed.access_token).await.expect("cancelled");
    let page = Browser::of(&world, &SARA).await.get(&agreed.page).await;
    assert!(page.text.contains("Ended by the merchant on") && !page.text.contains("<form"), "{}", page.text);
}

#[tokio::test]
async fn an_agreement_whose_time_is_up_is_over_before_any_job_says_so() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    world.pass(SignedDuration::from_hours(24 * 3_700));
    let page = Browser::of(&world, &SARA).await.get(&agreed.page).await;
    assert!(page.text.contains("Ran out on") && !page.text.contains("<form"), "{}", page.text);
}

#[tokio::test]
async fn the_pages_speak_the_users_language_whatever_was_agreed_in() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&OMAR, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &OMAR).await;
    for path in ["/agreements", &agreed.page] {
        let page = browser.get(path).await;
        assert!(page.text.contains("<html lang=\"ar-IQ\" dir=\"rtl\">"), "{path}");
        assert!(page.text.contains("سوق زيتون"), "{path}");
    }
    let page = browser.get(&agreed.page).await;
    assert!(page.text.contains("<p class=\"contract\" lang=\"en-US\" dir=\"ltr\">"));
}

#[tokio::test]
async fn the_pages_have_the_headers_of_all_wallet_pages() {
    let world = World::production().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &SARA).await;
    for page in [
        browser.get("/agreements").await,
        browser.get(&agreed.page).await,
        Browser::new(&world).get("/agreements").await,
    ] {
        assert!(page.header("Content-Security-Policy").contains("frame-ancestors 'self'"));
        assert_eq!(page.header("Cache-Control"), "no-store");
        assert_eq!(page.header("X-Frame-Options"), "SAMEORIGIN");
    }
    assert!(browser.get("/").await.text.contains("href=\"/agreements\""));
}
