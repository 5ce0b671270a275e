//! The PIN: wrong, malformed, locked after five, open again after a quarter of an hour.

use crate::support::{Answer, Browser, OMAR, Opened, SARA, World};
use jiff::SignedDuration;

const WRONG: &str = "999999";

/// Tries `pin` on an open page and follows the redirect.
async fn tried(browser: &mut Browser, page: &Opened, pin: &str) -> Answer {
    let answer = browser.submit(&page.ix, "confirm", &[("pin", pin)]).await;
    let location = answer.header("Location").to_owned();
    assert_eq!((answer.status, location.starts_with(&page.page_url), location.contains(pin)), (303, true, false));
    browser.get(&location).await
}

#[tokio::test]
async fn a_wrong_pin_counts_down_and_a_right_one_starts_anew() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    for left in ["4", "3"] {
        let shown = tried(&mut browser, &page, WRONG).await;
        assert!(shown.problem().is_some_and(|words| words.contains(left)), "{left}: {:?}", shown.problem());
        assert!(shown.has_form("confirm"));
    }
    assert!(tried(&mut browser, &page, SARA.pin).await.is_done());
    let page = browser.sign_page(&world.auth_url().await).await;
    let shown = tried(&mut browser, &page, WRONG).await;
    assert!(shown.problem().is_some_and(|words| words.contains('4')), "{:?}", shown.problem());
}

#[tokio::test]
async fn what_is_no_pin_is_no_try() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    for typed in ["12345", "1234567", "12345a"] {
        let shown = tried(&mut browser, &page, typed).await;
        assert_eq!(shown.problem(), Some("The PIN has six digits. Enter it again."), "{typed}");
    }
    let shown = tried(&mut browser, &page, WRONG).await;
    assert!(shown.problem().is_some_and(|words| words.contains('4')), "the first that counts");
}

#[tokio::test]
async fn five_wrong_pins_lock_it_even_for_the_right_one_until_time_has_passed() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    for _ in 0..4 {
        assert!(tried(&mut browser, &page, WRONG).await.has_form("confirm"));
    }
    let shown = tried(&mut browser, &page, WRONG).await;
    assert_eq!((shown.heading().as_str(), shown.has_form("confirm")), ("Your PIN is locked", false));
    assert_eq!(tried(&mut browser, &page, SARA.pin).await.heading(), "Your PIN is locked");
    assert_eq!(browser.get(&page.page_url).await.heading(), "Your PIN is locked", "after a reload too");
    assert_eq!(world.contracts().await.len(), 0);

    let other = browser.sign_page(&world.auth_url().await).await;
    assert_eq!(browser.get(&other.page_url).await.heading(), "Your PIN is locked", "on every page");
    assert_eq!(browser.cancel(&other.ix).await["ret"]["errorCode"], "6003", "leaving it is a failure, no refusal");

    world.pass(SignedDuration::from_mins(15));
    let page = browser.sign_page(&world.auth_url().await).await;
    assert!(tried(&mut browser, &page, SARA.pin).await.is_done());
}

#[tokio::test]
async fn guesses_at_the_same_time_count_one_by_one() {
    let world = World::sandbox().await;
    let browser = Browser::of(&world, &SARA).await;
    let page = browser.clone().sign_page(&world.auth_url().await).await;
    let mut guesses = tokio::task::JoinSet::new();
    for guess in 0..12 {
        let (mut browser, ix) = (browser.clone(), page.ix.clone());
        let pin = if guess == 11 { SARA.pin.to_owned() } else { format!("90000{}", guess % 10) };
        guesses.spawn(async move { browser.submit(&ix, "confirm", &[("pin", &pin)]).await.status });
    }
    while let Some(status) = guesses.join_next().await {
        assert_eq!(status.expect("an answer"), 303);
    }
    let locked = browser.clone().get(&page.page_url).await.heading() == "Your PIN is locked";
    // Whichever came first; never more than five wrong ones before.
    assert_eq!(locked, world.contracts().await.is_empty());
}

#[tokio::test]
async fn signing_in_never_says_which_of_the_two_is_wrong() {
    let world = World::sandbox().await;
    let mut browser = Browser::open(&world).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    for phone in [SARA.phone, "9647799999999", ""] {
        let answer = browser.submit(&page.ix, "login", &[("phone", phone), ("pin", WRONG)]).await;
        assert_eq!((answer.status, answer.header("Set-Cookie")), (303, ""), "{phone}");
        let shown = browser.get(answer.header("Location")).await;
        let problem = shown.problem().unwrap_or_default();
        assert!(problem.starts_with("This phone number and PIN do not belong together"), "{phone}: {problem}");
        assert!(shown.has_form("login") && shown.text.contains(&format!("value=\"{phone}\"")), "{phone}");
    }
    let answer = browser.submit(&page.ix, "login", &[("phone", SARA.phone), ("pin", "12")]).await;
    assert_eq!(browser.get(answer.header("Location")).await.problem(), Some("The PIN has six digits. Enter it again."));
}

#[tokio::test]
async fn wrong_pins_at_the_door_lock_it_too() {
    let world = World::sandbox().await;
    let mut browser = Browser::open(&world).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    let mut shown = String::new();
    for _ in 0..5 {
        let answer = browser.submit(&page.ix, "login", &[("phone", OMAR.phone), ("pin", WRONG)]).await;
        shown = browser.get(answer.header("Location")).await.heading();
    }
    assert_eq!(shown, "Your PIN is locked");
    let answer = browser.submit(&page.ix, "login", &[("phone", OMAR.phone), ("pin", OMAR.pin)]).await;
    assert_eq!(browser.get(answer.header("Location")).await.heading(), "Your PIN is locked");
    assert!(browser.get(&page.page_url).await.has_form("login"), "somebody else may sign in");
}
