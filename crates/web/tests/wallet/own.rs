//! What a user decides about their own access: cards, PIN, sessions, language.

use super::links;
use crate::support::{Browser, OMAR, SARA, World};
use mithaq_domain::Language;
use mithaq_types::UserId;

/// The addresses that a page's forms go to, of those that begin with `prefix`.
fn actions(page: &crate::support::Answer, prefix: &str) -> Vec<String> {
    let begins = format!("action=\"{prefix}");
    let rest = page.text.split(&begins).skip(1);
    rest.map(|rest| format!("{prefix}{}", rest.split('"').next().unwrap_or_default())).collect()
}

#[tokio::test]
async fn a_card_is_linked_shown_by_its_last_digits_and_removed() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let fields = [("number", "4242 4242 4242 4242"), ("expiry", "08/35"), ("name", "SARA HASAN")];
    let page = browser.fill("/wallet/cards", &fields).await;
    assert!(page.text.contains("The card is linked.") && page.text.contains("4242"), "{}", page.text);
    assert!(page.text.contains("08/35") && !page.text.contains("4242424242424242"), "{}", page.text);
    let remove = actions(&page, "/wallet/cards/");
    assert_eq!(remove.len(), 1);

    let mut omar = Browser::of(&world, &OMAR).await;
    for path in [remove[0].as_str(), "/wallet/cards/0/remove"] {
        assert_eq!(omar.fill(path, &[]).await.status, 404, "{path}");
    }
    let page = browser.fill(&remove[0], &[]).await;
    assert!(page.text.contains("The card was removed.") && page.text.contains("No card is linked."), "{}", page.text);
}

#[tokio::test]
async fn what_is_wrong_with_a_card_is_said_and_its_number_is_in_no_address() {
    let world = World::sandbox().await;
    world.card(&SARA, "4242424242424242").await;
    let mut browser = Browser::of(&world, &SARA).await;
    let csrf = browser.csrf.clone();
    for (number, expiry, name, words) in [
        ("4242424242424241", "08/35", "SARA", "This is no card’s number."),
        ("4242424242424242", "12/35", "SARA", "This card is linked already."),
        ("4000000000000002", "13/35", "SARA", "Write month and year as on the card"),
        ("4000000000000002", "08/20", "SARA", "This card has expired."),
        ("4000000000000002", "08/35", " ", "Write the name as it stands on the card."),
    ] {
        let fields = [("csrf", csrf.as_str()), ("number", number), ("expiry", expiry), ("name", name)];
        let page = browser.form_to("/wallet/cards", &fields).await;
        assert_eq!((page.status, page.header("Location")), (422, ""), "{words}");
        assert!(page.text.contains(words) && page.text.contains(&format!("value=\"{number}\"")), "{words}");
    }
    assert_eq!(world.app.wallet.cards(&UserId::new(SARA.user_id)).await.expect("cards").len(), 1);
}

#[tokio::test]
async fn no_more_cards_than_can_be_seen_are_linked() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for number in ["4242424242424242", "4000000000000002", "4000000000009995", "4000000000000069"] {
        for expiry in ["08/35", "09/35", "10/35"] {
            browser.fill("/wallet/cards", &[("number", number), ("expiry", expiry), ("name", "SARA")]).await;
        }
    }
    assert_eq!(world.app.wallet.cards(&UserId::new(SARA.user_id)).await.expect("cards").len(), 8);
    assert!(browser.get("/wallet/cards").await.text.contains("This is as many cards as can be linked."));
}

#[tokio::test]
async fn the_pin_is_changed_by_whoever_knows_the_old_one() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for (old, new, again, words) in [
        ("12345", "204816", "204816", "The PIN has six digits."),
        (SARA.pin, "20481", "20481", "The PIN has six digits."),
        (SARA.pin, "204816", "204817", "You typed it differently the second time."),
        (SARA.pin, "123456", "123456", "This PIN is too easy to guess."),
        ("999999", "204816", "204816", "4 tries left before it is locked."),
        (SARA.pin, "204816", "204816", "Your PIN is changed."),
        ("204816", "204816", "204816", "This is your PIN until now."),
    ] {
        let fields = [("old", old), ("new", new), ("again", again)];
        let page = browser.fill("/wallet/security/pin", &fields).await;
        assert!(page.text.contains(words) && !page.text.contains("204816"), "{words}: {}", page.text);
    }
    let mut other = Browser::open(&world).await;
    let wrong = other.fill("/wallet/login", &[("phone", SARA.phone), ("pin", SARA.pin)]).await;
    assert!(wrong.problem().is_some(), "the old one opens nothing");
    let right = other.fill("/wallet/login", &[("phone", SARA.phone), ("pin", "204816")]).await;
    assert!(right.text.contains("250,000"));
}

#[tokio::test]
async fn a_session_elsewhere_is_ended_and_nobody_elses() {
    let world = World::sandbox().await;
    let mut here = Browser::of(&world, &SARA).await;
    let mut there = Browser::of(&world, &SARA).await;
    let mut omar = Browser::of(&world, &OMAR).await;
    let page = here.get("/wallet/security").await;
    let end = actions(&page, "/wallet/security/sessions/");
    assert_eq!(end.len(), 1, "not the one that asks: {}", page.text);
    assert_eq!(omar.fill(&end[0], &[]).await.status, 404);
    assert_eq!(omar.fill("/wallet/security/sessions/0/end", &[]).await.status, 404);
    assert!(there.get("/wallet").await.text.contains("250,000"));
    assert!(here.fill(&end[0], &[]).await.text.contains("That device is signed out."));
    assert_eq!(there.get("/wallet").await.heading(), "Sign in to your wallet");
    assert!(omar.get("/wallet").await.text.contains("٢٥٠٬٠٠٠"));
}

#[tokio::test]
async fn signing_out_ends_this_browsers_session() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    assert_eq!(browser.fill("/wallet/sign-out", &[]).await.heading(), "Sign in to your wallet");
    assert_eq!(browser.get("/wallet/history").await.heading(), "Sign in to your wallet");
}

#[tokio::test]
async fn the_language_is_the_users_from_then_on() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.fill("/wallet/language", &[("language", "ar-IQ")]).await;
    assert!(page.text.contains("lang=\"ar-IQ\" dir=\"rtl\""), "{}", page.text);
    let user = world.app.wallet.user(&UserId::new(SARA.user_id)).await.expect("a row").expect("a user");
    assert_eq!(user.language, Language::ArIq);
    browser.fill("/wallet/language", &[("language", "fr-FR")]).await;
    assert!(browser.get("/wallet").await.text.contains("lang=\"ar-IQ\""));
}

#[tokio::test]
async fn every_page_has_the_same_doors_the_agreements_too() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for path in super::PAGES.into_iter().chain(["/agreements"]) {
        let page = browser.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        for door in ["/wallet", "/wallet/code", "/agreements", "/wallet/inbox", "/wallet/security"] {
            assert!(links(&page, door).iter().any(|link| link == door), "{path}: {door}");
        }
    }
}
