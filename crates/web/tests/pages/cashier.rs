//! The cashier: paying, what is in the way of it, and every end (spec/jsapi.md 6.1).

use crate::support::{Answer, Browser, CLIENT, OMAR, Opened, SARA, World, cashier_path};
use jiff::SignedDuration;
use mithaq_domain::{
    AgreementPay, Command, Payment, PaymentRef, PaymentStatus, Product, SettleCard, Status, UserStatus, Verdict, Wish,
};
use mithaq_types::{Currency, Money, UserId};
use mithaq_wallet::NewOperation;

/// Pays on a page, and shows what the page says then.
pub async fn pays(browser: &mut Browser, page: &Opened, pin: &str, source: &str) -> Answer {
    let answer = browser.submit(&page.ix, "confirm", &[("pin", pin), ("source", source)]).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    let target = answer.header("Location").to_owned();
    assert!(!target.contains(pin), "no PIN in an address: {target}");
    browser.get(&target).await
}

#[tokio::test]
async fn a_wrong_pin_counts_and_keeps_what_was_chosen() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let card = world.card(&SARA, "4242424242424242").await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = browser.pay_page(&world, &order).await;
    let page = pays(&mut browser, &opened, "999999", card.as_str()).await;
    assert_eq!(page.problem(), Some("That PIN is not right. 4 tries left before it is locked."));
    let chosen = page.text.split(&format!("value=\"{card}\"")).nth(1).and_then(|rest| rest.split('>').next());
    assert!(chosen.is_some_and(|attributes| attributes.contains("checked")), "{}", page.text);
    let page = pays(&mut browser, &opened, "12345", "balance").await;
    assert_eq!(page.problem(), Some("The PIN has six digits. Enter it again."), "which is no try");
    for _ in 0..4 {
        browser.submit(&opened.ix, "confirm", &[("pin", "999999"), ("source", "balance")]).await;
    }
    let page = pays(&mut browser, &opened, SARA.pin, "balance").await;
    assert_eq!(page.heading(), "Your PIN is locked");
    assert_eq!(world.status_of(&order).await, PaymentStatus::Open);
    assert_eq!(browser.cancel(&opened.ix).await["ret"]["resultCode"], "4000");
}

#[tokio::test]
async fn every_card_fails_in_its_own_way_and_the_order_stays_payable() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = browser.pay_page(&world, &order).await;
    for (number, words) in [
        ("4000000000009995", "There is not enough money on it."),
        ("4000000000000069", "It has expired."),
        ("4000000000000002", "It is blocked."),
        ("4000000000009235", "It is above a limit of the card."),
    ] {
        let card = world.card(&SARA, number).await;
        let page = pays(&mut browser, &opened, SARA.pin, card.as_str()).await;
        assert!(page.text.contains(words) && page.has_form("confirm"), "{number}: {}", page.text);
    }
    let page = pays(&mut browser, &opened, SARA.pin, "no-such-card").await;
    assert!(page.text.contains("Choose again what to pay from"));
    let others = world.card(&OMAR, "4242424242424242").await;
    let page = pays(&mut browser, &opened, SARA.pin, others.as_str()).await;
    assert!(page.text.contains("Choose again what to pay from"), "another user's card");
    let own = world.card(&SARA, "4242424242424242").await;
    let page = pays(&mut browser, &opened, SARA.pin, own.as_str()).await;
    assert_eq!(page.heading(), "You paid Zaytoun Market");
    assert_eq!((world.balance(&SARA).await, world.balance(&OMAR).await), (250_000, 250_000), "the card paid");
}

#[tokio::test]
async fn a_balance_that_is_not_enough_leads_to_the_bank_and_back() {
    let world = World::sandbox().await;
    let order = world.order_with(|order| order.amount = dinars(260_000)).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = browser.pay_page(&world, &order).await;
    let page = browser.get(&opened.page_url).await;
    let id = cashier_path(&order).split_once('=').expect("an id").1.to_owned();
    let top_up = format!("/wallet/top-up?for={id}&amp;ix={}", opened.ix);
    assert!(page.text.contains("10,000") && page.text.contains(&format!("href=\"{top_up}\"")), "{}", page.text);
    let page = pays(&mut browser, &opened, SARA.pin, "balance").await;
    assert!(page.text.contains("Your balance is not enough"), "{}", page.text);

    let bank = browser.get(&top_up.replace("&amp;", "&")).await;
    assert_eq!(bank.header("X-Frame-Options"), "SAMEORIGIN", "the shell shows it in the cashier's place");
    let fields = [("amount", "10000"), ("bank", "bank-"), ("for", id.as_str()), ("ix", opened.ix.as_str())];
    let done = browser.fill("/wallet/top-up", &fields).await;
    let back = opened.page_url.replace('&', "&amp;");
    assert!(done.text.contains("Added to your wallet") && done.text.contains(&format!("href=\"{back}\"")), "{done:?}");
    let page = pays(&mut browser, &opened, SARA.pin, "balance").await;
    assert_eq!((page.heading().as_str(), world.balance(&SARA).await), ("You paid Zaytoun Market", 0));
}

#[tokio::test]
async fn a_silent_issuer_is_waited_for_and_the_page_says_when_it_has_spoken() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let card = world.card(&SARA, "4000000000000259").await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = browser.pay_page(&world, &order).await;
    let page = pays(&mut browser, &opened, SARA.pin, card.as_str()).await;
    assert_eq!(page.heading(), "The card’s issuer has not answered yet");
    assert!(page.text.contains("http-equiv=\"refresh\"") && !page.text.contains("<form"), "{}", page.text);
    let again = pays(&mut browser, &opened, SARA.pin, "balance").await;
    assert_eq!(again.heading(), "The card’s issuer has not answered yet", "it is paid once at most");

    let mut omar = Browser::of(&world, &OMAR).await;
    let his = omar.pay_page(&world, &order).await;
    assert_eq!(omar.get(&his.page_url).await.heading(), "هناك من يدفع هذا الطلب الآن");

    world.pass(SignedDuration::from_mins(6));
    let view = world.app.wallet.reader().payment(order.payment_id.clone()).await.expect("a row").expect("it");
    world.app.wallet.ask_issuer(&view.payment, &view.state, None).await.expect("approved");
    assert_eq!(browser.get(&opened.page_url).await.heading(), "You paid Zaytoun Market");
    assert_eq!(omar.get(&his.page_url).await.heading(), "هذا الطلب مدفوع");
}

#[tokio::test]
async fn an_issuer_that_says_no_in_the_end_opens_the_order_again() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let card = world.card(&SARA, "4000000000000259").await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = browser.pay_page(&world, &order).await;
    let answer = browser.submit(&opened.ix, "confirm", &[("pin", SARA.pin), ("source", card.as_str())]).await;
    let verdict = SettleCard {
        payment_id: order.payment_id.clone(),
        user_id: UserId::new(SARA.user_id),
        card_id: card,
        attempt: 1,
        verdict: Verdict::NotEnough,
        page: None,
    };
    world.app.wallet.submit(Command::SettleCard(Box::new(verdict))).await.expect_err("which is no money");
    // The page looks again at the address that it was waiting at.
    let page = browser.get(answer.header("Location")).await;
    assert!(page.text.contains("declined the card ending in") && page.has_form("confirm"), "{}", page.text);
    let page = pays(&mut browser, &opened, SARA.pin, "balance").await;
    assert_eq!(page.heading(), "You paid Zaytoun Market");
}

#[tokio::test]
async fn every_end_says_what_happened_and_asks_nothing() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let (late, withdrawn, paused, frozen, disputed) =
        (world.order().await, world.order().await, world.order().await, world.order().await, world.order().await);
    let user = UserId::new(SARA.user_id);
    let wallet = &world.app.wallet;
    for (order, heading) in [
        (&withdrawn, "The order was cancelled"),
        (&paused, "Zaytoun Market is paused"),
        (&frozen, "Your wallet is restricted"),
        (&frozen, "The wallet does not carry out this payment"),
        (&disputed, "This order is stopped"),
        (&late, "It is too late to pay this"),
    ] {
        let opened = browser.pay_page(&world, order).await;
        match heading {
            "The order was cancelled" => world.withdraw(order).await,
            "Zaytoun Market is paused" => world.set_client(Status::Suspended, AgreementPay::Allowed).await,
            "Your wallet is restricted" => wallet.set_user(user.clone(), UserStatus::Frozen).await.expect("a user"),
            "The wallet does not carry out this payment" => {
                wallet.set_user(user.clone(), UserStatus::Restricted).await.expect("a user");
            }
            "This order is stopped" => {
                wallet.freeze_payment(order.payment_id.clone(), true).await.expect("a payment");
            }
            _ => world.pass(SignedDuration::from_mins(14)),
        }
        if heading == "It is too late to pay this" {
            world.pass(SignedDuration::from_mins(17));
        }
        let page = browser.get(&opened.page_url).await;
        assert_eq!(page.heading(), heading);
        assert!(!page.has_form("confirm") && !page.has_form("decline") && !page.is_done(), "{heading}");
        world.set_client(Status::Active, AgreementPay::Allowed).await;
        wallet.set_user(user.clone(), UserStatus::Active).await.expect("a user");
    }
}

#[tokio::test]
async fn a_receipt_says_what_was_paid_from_what_and_what_came_back() {
    let world = World::sandbox().await;
    let order = world.order_with(|order| order.product = Product::AuthCapture).await;
    let card = world.card(&SARA, "4242424242424242").await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = browser.pay_page(&world, &order).await;
    assert_eq!(browser.get(&opened.page_url).await.heading(), "Set money aside for Zaytoun Market?");
    let page = pays(&mut browser, &opened, SARA.pin, card.as_str()).await;
    assert_eq!(page.heading(), "Set aside for Zaytoun Market");
    assert!(page.text.contains("Visa") && page.text.contains("4242") && page.text.contains(order.payment_id.as_str()));

    operate(&world, &order, "c", Wish::Capture(Some(dinars(3_000)))).await;
    operate(&world, &order, "r", Wish::Refund(dinars(1_000), None)).await;
    let page = browser.get(&opened.page_url).await;
    assert_eq!(page.heading(), "You paid Zaytoun Market");
    for words in ["Not taken", "Refund", "You paid in the end", "2,000"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    // She opens the address again, in another browser: the same, and nothing to press.
    let page = Browser::of(&world, &SARA).await.get(&cashier_path(&order)).await;
    assert_eq!(page.heading(), "You have paid this already");
    let link = "href=\"https://shop.example/thanks\"";
    assert!(page.text.contains(">shop.example<"), "where it leads");
    assert!(page.text.contains(link) && page.text.contains("rel=\"noreferrer\"") && !page.text.contains("<form"));
    assert_eq!(Browser::of(&world, &OMAR).await.get(&cashier_path(&order)).await.heading(), "هذا الطلب مدفوع");
}

#[tokio::test]
async fn the_merchants_address_is_a_link_to_a_site_or_nothing() {
    let world = World::sandbox().await;
    for (url, shown) in [
        ("https://shop.example/thanks?a=1&b=2", true),
        ("javascript:alert(1)", false),
        ("data:text/html,hi", false),
        ("//evil.example", false),
        ("https://a\"onmouseover=\"x", true),
    ] {
        let order = world.order_with(|order| order.redirect_url = Some(url.into())).await;
        let mut browser = Browser::of(&world, &SARA).await;
        let opened = browser.pay_page(&world, &order).await;
        let inside = pays(&mut browser, &opened, SARA.pin, "balance").await;
        assert!(!inside.text.contains("shop.example"), "in the shell the reply takes its place");
        let answer = browser.get(&cashier_path(&order)).await;
        assert_eq!((answer.status, answer.header("Location")), (200, ""), "nobody is sent there");
        assert_eq!(answer.text.contains("rel=\"noreferrer\""), shown, "{url}");
        assert!(!answer.text.contains("\"onmouseover=\"") && !answer.text.contains("href=\"javascript"), "{url}");
    }
}

#[tokio::test]
async fn the_studio_sees_the_steps_of_a_payment_and_never_the_pin() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = browser.pay_page(&world, &order).await;
    browser.get(&opened.page_url).await;
    browser.get(&opened.page_url).await;
    pays(&mut browser, &opened, SARA.pin, "balance").await;
    let calls = world.app.calls().expect("a sandbox").after(0);
    let seen: Vec<_> = calls.iter().map(|call| (call.step, call.reply_step)).collect();
    assert_eq!(seen, [(Some(14), None), (Some(15), None), (Some(16), Some(17))]);
    for call in calls {
        let text = serde_json::to_string(&*call).expect("JSON");
        assert!(text.contains("\"story\":\"pay\"") && !text.contains(SARA.pin), "{text}");
        assert_eq!(call.links.payment_id.as_deref(), Some(order.payment_id.as_str()));
    }
}

async fn operate(world: &World, order: &Payment, request_id: &str, wish: Wish) {
    let new = NewOperation {
        client_id: mithaq_types::ClientId::new(CLIENT),
        request_id: request_id.into(),
        payment: PaymentRef::Id(order.payment_id.clone()),
        wish,
        reason: None,
        notify_url: None,
    };
    assert!(world.app.wallet.operate_payment(new).await.expect("no fault").is_done());
}

fn dinars(whole: i64) -> Money {
    Money::whole(whole, Currency::IQD).expect("an amount")
}
