//! Who sees an order of the cashier, and who does not (spec/jsapi.md 6.1).

use super::cashier::pays;
use crate::support::{Answer, Browser, OMAR, SARA, World, cashier_path};
use mithaq_domain::PaymentStatus;

/// Nothing of the order is on the page.
fn says_nothing(page: &Answer) {
    for word in ["5,000", "٥٬٠٠٠", "Basket", "Dates", "ZM-1", "shop.example"] {
        assert!(!page.text.contains(word), "{word}: {}", page.text);
    }
}

#[tokio::test]
async fn a_signed_out_user_sees_nothing_of_the_order_but_a_way_to_open_it() {
    let world = World::sandbox().await;
    let order = world.order().await;
    for mut browser in [Browser::new(&world), Browser::open(&world).await] {
        let page = browser.get(&cashier_path(&order)).await;
        assert_eq!((page.status, page.heading().as_str()), (200, "A payment in your wallet"));
        says_nothing(&page);
        assert!(!page.text.contains("Zaytoun") && !page.has_action());
        assert!(page.text.contains(&format!("value=\"{}\"", world.cashier_url(&order))), "the address to open there");
    }
}

#[tokio::test]
async fn what_became_of_an_order_is_not_told_to_a_signed_out_user_either() {
    let world = World::sandbox().await;
    let order = world.order().await;
    world.withdraw(&order).await;
    let page = Browser::new(&world).get(&cashier_path(&order)).await;
    assert_eq!(page.heading(), "A payment in your wallet");
    assert!(!page.text.contains("Zaytoun"));
}

#[tokio::test]
async fn in_the_shell_a_signed_out_user_signs_in_first_and_then_sees_it() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let mut browser = Browser::open(&world).await;
    let opened = browser.pay_page(&world, &order).await;
    let page = browser.get(&opened.page_url).await;
    assert_eq!(page.heading(), "Sign in to your wallet");
    assert!(page.has_form("login") && page.has_form("decline") && !page.has_form("confirm"));
    says_nothing(&page);

    let wrong = browser.submit(&opened.ix, "login", &[("phone", SARA.phone), ("pin", "999999")]).await;
    let page = browser.get(wrong.header("Location")).await;
    assert!(page.problem().is_some());
    says_nothing(&page);
    let right = browser.submit(&opened.ix, "login", &[("phone", SARA.phone), ("pin", SARA.pin)]).await;
    let page = browser.get(right.header("Location")).await;
    assert_eq!(page.heading(), "Pay Zaytoun Market?");
    for word in ["5,000", "Basket of 3", "Dates &amp; &lt;b&gt;oil&lt;", "ZM-1", "Signed in as"] {
        assert!(page.text.contains(word), "{word}: {}", page.text);
    }
}

#[tokio::test]
async fn an_order_for_somebody_else_is_not_yours_and_says_nothing() {
    let world = World::sandbox().await;
    let access = world.tokens_of(&OMAR).await;
    let order = world.order_with(|order| order.buyer = Some(access)).await;
    let mut sara = Browser::of(&world, &SARA).await;
    let opened = sara.pay_page(&world, &order).await;
    for path in [&opened.page_url, &cashier_path(&order)] {
        let page = sara.get(path).await;
        assert_eq!(page.heading(), "This order is not for you", "{path}");
        says_nothing(&page);
        assert!(!page.has_form("confirm") && !page.text.contains("Zaytoun"), "{path}");
    }
    let page = pays(&mut sara, &opened, SARA.pin, "balance").await;
    assert_eq!(page.heading(), "This order is not for you");
    assert_eq!(world.status_of(&order).await, PaymentStatus::Open);
    assert_eq!(sara.cancel(&opened.ix).await["ret"]["resultCode"], "4000");

    let mut omar = Browser::of(&world, &OMAR).await;
    let opened = omar.pay_page(&world, &order).await;
    pays(&mut omar, &opened, OMAR.pin, "balance").await;
    assert_eq!(world.status_of(&order).await, PaymentStatus::Success);
}

#[tokio::test]
async fn without_the_shells_interaction_there_is_nothing_that_pays() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let mut owner = Browser::of(&world, &SARA).await;
    let page = owner.pay_page(&world, &order).await;
    let other = owner.pay_page(&world, &world.order().await).await;
    for mut browser in [Browser::of(&world, &SARA).await, Browser::of(&world, &OMAR).await] {
        for path in [page.page_url.clone(), cashier_path(&order), format!("{}&ix=", cashier_path(&order))] {
            let shown = browser.get(&path).await;
            assert!(shown.status == 200 && !shown.has_action(), "{path}");
        }
    }
    for ix in [other.ix.as_str(), "unknown", &format!("{0}&ix={0}", page.ix)] {
        let shown = owner.get(&format!("{}&ix={ix}", cashier_path(&order))).await;
        assert!(shown.text.contains("Basket of 3") && !shown.has_action(), "{ix}");
    }
}

#[tokio::test]
async fn a_missing_or_repeated_id_is_no_page_and_an_unknown_one_says_so() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let path = cashier_path(&order);
    let mut browser = Browser::of(&world, &SARA).await;
    for path in ["/cashier", "/cashier?orderId=", &format!("{path}&{}", path.split_once('?').expect("a query").1)] {
        let page = browser.get(path).await;
        assert_eq!((page.status, page.heading().as_str()), (404, "There is no such page"), "{path}");
    }
    for id in ["0".repeat(32), order.payment_id.to_string(), "<script>".into(), "' OR 1=1".into()] {
        let page = browser.get(&format!("/cashier?orderId={id}")).await;
        assert_eq!((page.status, page.heading().as_str()), (404, "We do not know this order"), "{id}");
        assert!(!page.text.contains("<script>"), "{id}");
    }
}

#[tokio::test]
async fn it_speaks_the_users_language_and_else_the_browsers() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let page = Browser::of(&world, &OMAR).await.get(&cashier_path(&order)).await;
    assert!(page.text.contains("lang=\"ar-IQ\" dir=\"rtl\"") && page.text.contains("سوق زيتون"), "{}", page.text);
    let stranger = Browser::new(&world);
    let request = stranger.request(reqwest::Method::GET, &cashier_path(&order)).header("Accept-Language", "ar");
    assert!(Answer::of(request).await.text.contains("lang=\"ar-IQ\""));
}
