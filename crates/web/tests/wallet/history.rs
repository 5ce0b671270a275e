//! The first page and the history: every movement of a user's money, and one of them with its receipt.

use super::links;
use crate::support::{Browser, OMAR, SARA, World};
use mithaq_domain::Product;
use mithaq_types::{Currency, Money, UserId};

#[tokio::test]
async fn the_first_page_says_what_one_has_and_what_is_held_and_offers_the_mini_programs() {
    let world = World::sandbox().await;
    let order = world.order_with(|order| order.product = Product::AuthCapture).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.pay_page(&world, &order).await;
    browser.submit(&page.ix, "confirm", &[("pin", SARA.pin), ("source", "balance")]).await;
    let home = browser.get("/wallet").await;
    for words in ["Sara Ali Hasan", "245,000", "On hold", "Basket of 3", "/app?appId=shop", "/app?appId=other"] {
        assert!(home.text.contains(words), "{words}: {}", home.text);
    }
    let held = links(&home, "/wallet/history/");
    assert_eq!(held.len(), 2, "the hold's page, and the top-up's: {held:?}");
    assert!(browser.get(&held[0]).await.text.contains(order.payment_id.as_str()));
}

#[tokio::test]
async fn every_movement_has_a_line_and_a_page() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let order = world.order().await;
    let page = browser.pay_page(&world, &order).await;
    browser.submit(&page.ix, "confirm", &[("pin", SARA.pin), ("source", "balance")]).await;
    world.withdraw(&order).await;
    let list = browser.get("/wallet/history").await;
    for words in ["−5,000", "+5,000", "+250,000", "Payment", "Refund", "Top-up", "Zaytoun Market", "Today"] {
        assert!(list.text.contains(words), "{words}: {}", list.text);
    }
    let lines = links(&list, "/wallet/history/");
    assert_eq!(lines.len(), 3);
    for (line, heading, words) in [
        (0, "Refund from Zaytoun Market", order.payment_id.as_str()),
        (1, "Payment to Zaytoun Market", "Given back in full"),
        (2, "Top-up", "250,000"),
    ] {
        let one = browser.get(&lines[line]).await;
        assert_eq!((one.status, one.heading().as_str()), (200, heading));
        assert!(one.text.contains(words), "{heading}: {}", one.text);
    }
    let mut omar = Browser::of(&world, &OMAR).await;
    for line in lines.iter().map(String::as_str).chain(["/wallet/history/1", "/wallet/history/%3Cscript%3E"]) {
        let page = omar.get(line).await;
        assert_eq!((page.status, page.heading().as_str()), (404, "لا توجد صفحة بهذا العنوان"), "{line}");
        assert_eq!(omar.get(&line.replace("history", "inbox")).await.status, 404, "{line}");
    }
}

#[tokio::test]
async fn it_speaks_of_a_merchant_in_the_users_language() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &OMAR).await;
    let page = browser.pay_page(&world, &world.order().await).await;
    browser.submit(&page.ix, "confirm", &[("pin", OMAR.pin), ("source", "balance")]).await;
    for list in ["/wallet/history", "/wallet/inbox"] {
        let page = browser.get(list).await;
        assert!(page.text.contains("سوق زيتون") && page.text.contains("٥٬٠٠٠"), "{}", page.text);
        assert!(!page.text.contains("Zaytoun"), "{list}");
    }
}

#[tokio::test]
async fn twenty_lines_make_a_page_and_the_older_ones_are_a_link_away() {
    let world = World::sandbox().await;
    for _ in 0..40 {
        let money = Money::whole(1, Currency::IQD).expect("an amount");
        world.app.wallet.top_up(UserId::new(SARA.user_id), money).await.expect("money");
    }
    let mut browser = Browser::of(&world, &SARA).await;
    for list in ["/wallet/history", "/wallet/inbox"] {
        let (mut seen, mut address) = (Vec::new(), list.to_owned());
        for lines in [20, 20, 1] {
            let page = browser.get(&address).await;
            let found = links(&page, &format!("{list}/"));
            assert_eq!(found.len(), lines, "{address}");
            seen.extend(found);
            match links(&page, &format!("{list}?before=")).first() {
                Some(older) => address.clone_from(older),
                None => assert_eq!(lines, 1, "{address}"),
            }
        }
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((all, seen.len()), (41, 41), "each once");
        assert!(links(&browser.get(&format!("{list}?before=0")).await, &format!("{list}/")).is_empty());
    }
}

#[tokio::test]
async fn whoever_has_nothing_yet_is_told_so() {
    let world = World::sandbox().await;
    let mut new = SARA.row();
    (new.user_id, new.phone) = (UserId::new("216610000000000000009"), "9647700000009".into());
    world.submit(mithaq_domain::Command::AddUser(Box::new(new))).await;
    let session = world.app.wallet.open_session(None).await.expect("a session").session;
    let opened = world.app.wallet.act_as(&session, &UserId::new("216610000000000000009")).await.expect("a session");
    let mut browser = Browser::with(&world, Some(opened.token), opened.session.csrf);
    for (path, words) in [
        ("/wallet", "Nothing yet."),
        ("/wallet/history", "Nothing has moved yet"),
        ("/wallet/inbox", "No messages yet"),
        ("/wallet/cards", "No card is linked."),
    ] {
        let page = browser.get(path).await;
        assert!(page.text.contains(words), "{path}: {}", page.text);
    }
}
