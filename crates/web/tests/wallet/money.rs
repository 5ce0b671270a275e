//! Money in and out: top-up, sending, receiving, a code to pay with.

use super::{hidden, links};
use crate::support::{Answer, Browser, CLIENT, OMAR, SARA, World};
use jiff::SignedDuration;
use mithaq_domain::{PaymentOutcome, UserStatus};
use mithaq_types::{ClientId, Currency, Money, UserId};
use mithaq_wallet::CodeCharge;

/// The values of a page's radio buttons called `bank`.
fn bank(page: &Answer) -> String {
    hidden(page, "bank")
}

#[tokio::test]
async fn a_top_up_brings_money_once_however_often_its_form_is_sent() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let bank = bank(&browser.get("/wallet/top-up").await);
    for amount in ["25000", "25,000", "٢٥٠٠٠", "99"] {
        let done = browser.fill("/wallet/top-up", &[("amount", amount), ("bank", &bank)]).await;
        assert!(done.text.contains("Added to your wallet") && done.text.contains("25,000"), "{amount}: {}", done.text);
        let link = &links(&done, "/wallet/history/")[0];
        assert_eq!(browser.get(link).await.heading(), "Top-up");
    }
    assert_eq!(world.balance(&SARA).await, 275_000);
    assert_ne!(bank, self::bank(&browser.get("/wallet/top-up").await), "the next form is another");
}

#[tokio::test]
async fn what_is_no_amount_brings_nothing_and_stays_in_the_field() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for amount in ["", "0", "-5", "1.5", "abc", "9999999999999", "\"><script>"] {
        let page = browser.fill("/wallet/top-up", &[("amount", amount), ("bank", "bank-")]).await;
        assert!(page.text.contains("Write the amount as a whole number of dinars"), "{amount}: {}", page.text);
        assert!(!page.text.contains("<script>") && page.text.contains("name=\"amount\""), "{amount}");
    }
    assert_eq!(world.balance(&SARA).await, 250_000);
}

#[tokio::test]
async fn money_is_sent_to_a_name_that_was_seen_and_only_once() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.get("/wallet/send?to=0770 000 0002").await;
    assert_eq!(page.heading(), "Send money to Omar K.?");
    let once = hidden(&page, "once");
    let fields =
        [("to", OMAR.phone), ("amount", "1000"), ("note", "for <b>tea</b>"), ("once", &once), ("pin", SARA.pin)];
    for _ in 0..2 {
        let done = browser.fill("/wallet/send", &fields).await;
        assert_eq!(done.heading(), "Sent to Omar Khalid");
        let link = &links(&done, "/wallet/history/")[0];
        let movement = browser.get(link).await;
        assert!(movement.text.contains("for &lt;b&gt;tea&lt;"), "{}", movement.text);
    }
    assert_eq!((world.balance(&SARA).await, world.balance(&OMAR).await), (249_000, 251_000));
    let other = [("to", OMAR.phone), ("amount", "7"), ("once", &once), ("pin", SARA.pin)];
    assert!(browser.fill("/wallet/send", &other).await.text.contains("1,000"), "what was sent with this form");
    assert_eq!(world.balance(&OMAR).await, 251_000);
    let his = Browser::of(&world, &OMAR).await.get("/wallet/history").await;
    assert!(his.text.contains("سارة علي حسن") && his.text.contains("+١٬٠٠٠"), "{}", his.text);
    // His page does not show what she sent.
    let page = Browser::of(&world, &OMAR).await.get(&format!("/wallet/send?done={once}")).await;
    assert!(page.text.contains("name=\"to\"") && !page.text.contains("١٬٠٠٠"), "{}", page.text);
}

#[tokio::test]
async fn what_is_wrong_with_a_transfer_is_said_and_what_was_typed_stays() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for (to, words) in [
        ("12", "This is no phone number."),
        ("9647799999999", "Money cannot be sent to this number."),
        (SARA.phone, "This is your own number."),
    ] {
        assert!(browser.get(&format!("/wallet/send?to={to}")).await.text.contains(words), "{to}");
    }
    let long = "x".repeat(141);
    for (amount, note, pin, words) in [
        ("0", "tea", SARA.pin, "Write the amount as a whole number of dinars"),
        ("250001", "tea", SARA.pin, "This is more than your balance."),
        ("10000001", "tea", SARA.pin, "The most at once is 10,000,000"),
        ("10", long.as_str(), SARA.pin, "The note is too long."),
        ("10", "tea", "12345", "The PIN has six digits."),
        ("10", "tea", "999999", "4 tries left before it is locked."),
    ] {
        let page = browser.get(&format!("/wallet/send?to={}", OMAR.phone)).await;
        let once = hidden(&page, "once");
        let fields = [("to", OMAR.phone), ("amount", amount), ("note", note), ("once", &once), ("pin", pin)];
        let page = browser.fill("/wallet/send", &fields).await;
        assert!(page.text.contains(words), "{words}: {}", page.text);
        assert!(page.text.contains(&format!("value=\"{amount}\"")) && !page.text.contains(pin), "{words}");
    }
    world.app.wallet.set_user(UserId::new(SARA.user_id), UserStatus::Restricted).await.expect("a user");
    let once = hidden(&browser.get(&format!("/wallet/send?to={}", OMAR.phone)).await, "once");
    let fields = [("to", OMAR.phone), ("amount", "10"), ("once", &once), ("pin", SARA.pin)];
    assert!(browser.fill("/wallet/send", &fields).await.text.contains("Your wallet is restricted"));
    assert_eq!(world.balance(&OMAR).await, 250_000);
}

#[tokio::test]
async fn ones_own_code_leads_others_to_the_form() {
    let world = World::sandbox().await;
    let page = Browser::of(&world, &OMAR).await.get("/wallet/receive").await;
    let link = format!("{}/pay-to?to={}", world.origin, OMAR.phone);
    assert!(page.text.contains(&format!("value=\"{link}\"")) && page.text.contains("<svg"), "{}", page.text);
    let mut sara = Browser::of(&world, &SARA).await;
    let answer = sara.get(&link[world.origin.len()..]).await;
    assert_eq!(answer.header("Location"), format!("/wallet/send?to={}", OMAR.phone));
    assert_eq!(sara.get("/pay-to?to=//evil.example").await.header("Location"), "/wallet/send?to=%2F%2Fevil.example");
}

#[tokio::test]
async fn a_code_is_shown_once_and_pays_once() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    assert!(browser.get("/wallet/code").await.has_action());
    let page = browser.fill("/wallet/code", &[("pin", SARA.pin)]).await;
    assert_eq!((page.status, page.heading().as_str()), (200, "Show this to the cashier"));
    assert_eq!(page.header("Cache-Control"), "no-store");
    let groups: Vec<_> = page.text.split("<span>").filter_map(|rest| rest.split_once("</span>")).collect();
    let code: String = groups.iter().map(|(text, _)| *text).filter(|text| is_digits(text)).collect();
    assert!(code.len() == 18 && code.starts_with("28"), "{code}: {}", page.text);
    let charge = |request: &str| CodeCharge {
        client_id: ClientId::new(CLIENT),
        request_id: request.into(),
        code: code.clone(),
        amount: Money::whole(3_000, Currency::IQD).expect("an amount"),
        description: "Tea".into(),
        notify_url: None,
    };
    for (request, paid) in [("one", true), ("two", false)] {
        let payment = world.app.wallet.pay_by_code(charge(request)).await.expect("a payment");
        assert_eq!(payment.outcome == PaymentOutcome::Success, paid, "{request}");
    }
    let list = browser.get("/wallet/history").await;
    assert!(list.text.contains("Tea") && list.text.contains("−3,000"), "{}", list.text);
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[tokio::test]
async fn without_the_pin_there_is_no_code() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for (pin, words) in [("12345", "The PIN has six digits."), ("999999", "4 tries left before it is locked.")] {
        let page = browser.fill("/wallet/code", &[("pin", pin)]).await;
        assert!(page.text.contains(words) && !page.text.contains("code-digits"), "{pin}: {}", page.text);
    }
    for _ in 0..4 {
        browser.fill("/wallet/code", &[("pin", "999999")]).await;
    }
    assert_eq!(browser.fill("/wallet/code", &[("pin", SARA.pin)]).await.heading(), "Your PIN is locked");
    world.pass(SignedDuration::from_mins(16));
    world.app.wallet.set_user(UserId::new(SARA.user_id), UserStatus::Frozen).await.expect("a user");
    assert_eq!(browser.fill("/wallet/code", &[("pin", SARA.pin)]).await.heading(), "You cannot pay now");
}
