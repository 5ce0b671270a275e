//! The wallet app: what each of its pages shows.

mod common;

use common::{rendered, rendered_of, renderer, screen, text};
use mithaq_pages::wallet::{
    AppBar, Cards, CodeStep, Door, History, Home, Inbox, Movement, MovementKind, Paper, PayCode, Screen, WalletPage,
};
use mithaq_pages::{AgreementsContext, CardName, Frame, Language, Page};
use mithaq_types::{Currency, Money};

const ENGLISH: Language = Language::EnUs;

fn html(page: Page) -> String {
    renderer().render(&page).expect("renders").replace("&#x2f;", "/")
}

fn home(page: Home) -> String {
    screen(ENGLISH, Screen::Home(Box::new(page)))
}

const fn iqd(whole: i64) -> Money {
    Money::new(whole * 1_000, Currency::IQD)
}

/// The doors at the foot of a page.
fn doors(html: &str) -> &str {
    html.split("<nav class=\"app-doors\"").nth(1).and_then(|rest| rest.split("</nav>").next()).unwrap_or_default()
}

#[test]
fn home_greets_says_the_balance_and_what_is_held_and_lists_five_movements_and_the_mini_programs() {
    let page = Home::sample(ENGLISH);
    assert!(page.movements.len() > 5);
    let html = home(page);
    assert_eq!(html.matches("href=\"/wallet/history/").count(), 5 + 1, "five movements and one hold");
    assert!(html.contains("href=\"/app?appId=100001\"") && html.contains("href=\"/wallet/history\""));
    for door in ["send", "receive", "scan", "code", "top-up"] {
        assert!(html.contains(&format!("href=\"/wallet/{door}\"")), "{door}");
    }
    let shown = text(&html);
    let expected = [
        "Hello, Sara Ali Hasan",
        "Your balance 250,000 IQD",
        "Baghdad Rides 25,000 IQD Held until 8 December 2026, 07:00",
        "Zaytoun Market \u{2212}18,500 IQD Payment · Rice, tea, dates 11:00",
        "Omar Khalid +12,000 IQD Received · Lunch on Thursday 09:00",
    ];
    for words in expected {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let arabic = text(&screen(Language::ArIq, Screen::Home(Box::new(Home::sample(Language::ArIq)))));
    for words in ["رصيدك ٢٥٠٬٠٠٠ د.ع", "\u{2212}١٨٬٥٠٠ د.ع", "محجوز حتى ٨ كانون الأول ٢٠٢٦، ٠٧:٠٠"]
    {
        assert!(arabic.contains(words), "{words}: {arabic}");
    }
}

#[test]
fn the_doors_say_which_page_this_is_and_what_is_unread() {
    for (name, page, html) in rendered() {
        let Some(app) = page.frame().app else {
            assert!(!html.contains("app-doors"), "{name}");
            continue;
        };
        let doors = doors(&html);
        assert_eq!(doors.matches("<a ").count(), 5, "{name}");
        assert_eq!(doors.matches("aria-current=").count(), 1, "{name}");
        assert_eq!(doors.contains("aria-current=\"page\""), app.at_door, "{name}");
        if page.frame().language == ENGLISH {
            assert!(doors.contains("2 unread messages"), "{name}");
        }
    }
}

#[test]
fn nothing_unread_is_not_counted_and_very_many_are_not_counted_exactly() {
    let with = |unread| {
        let mut page = WalletPage::sample(ENGLISH, Door::Home, Screen::Home(Box::new(Home::sample(ENGLISH))));
        page.frame.app = Some(AppBar { unread, ..AppBar::sample(Door::Home) });
        html(Page::Wallet(Box::new(page)))
    };
    assert!(!doors(&with(0)).contains("badge"));
    assert!(doors(&with(1)).contains("1 unread message<"));
    assert!(doors(&with(100)).contains(">99+<") && doors(&with(100)).contains("100 unread messages"));
}

#[test]
fn agreements_have_the_doors_when_they_are_opened_in_the_app() {
    let mut page = AgreementsContext::sample(ENGLISH);
    assert!(!html(Page::Agreements(page.clone())).contains("app-doors"));
    page.frame = Frame { app: Some(AppBar::sample(Door::Agreements)), ..page.frame };
    let html = html(Page::Agreements(page));
    assert!(doors(&html).contains("href=\"/agreements\" aria-current=\"page\""));
}

#[test]
fn history_is_told_day_by_day() {
    let shown = text(&screen(ENGLISH, Screen::History(History::sample(ENGLISH))));
    let days = ["Today", "Yesterday", "28 November 2026", "27 November 2026", "26 November 2026"];
    let places: Vec<_> = days.iter().map(|day| shown.find(day).unwrap_or_else(|| panic!("{day}: {shown}"))).collect();
    assert!(places.is_sorted());
    assert!(shown.contains("Older movements"));
}

#[test]
fn a_movement_says_which_way_money_went_by_sign_and_word_not_by_colour_alone() {
    let expected = [
        (MovementKind::Paid, "\u{2212}7,000 IQD", "Payment"),
        (MovementKind::Charged, "\u{2212}7,000 IQD", "Charge"),
        (MovementKind::Captured { released: iqd(0) }, "\u{2212}7,000 IQD", "Payment from a hold"),
        (MovementKind::Sent, "\u{2212}7,000 IQD", "Sent"),
        (MovementKind::Received, "+7,000 IQD", "Received"),
        (MovementKind::Refunded, "+7,000 IQD", "Refund"),
        (MovementKind::ToppedUp, "+7,000 IQD", "Top-up"),
        (MovementKind::Released, "Name 7,000 IQD", "Hold ended"),
    ];
    for (kind, amount, word) in expected {
        let with = "Name".to_owned();
        let one = Movement { kind, with, amount: iqd(7_000), ..Movement::samples(ENGLISH).swap_remove(0) };
        let history = History { movements: vec![one], begins_later: false, older_than: None };
        let shown = text(&screen(ENGLISH, Screen::History(history)));
        assert!(shown.contains(amount) && shown.contains(word), "{kind:?}: {shown}");
    }
}

#[test]
fn a_movement_of_a_payment_has_its_receipt_and_any_other_its_own_lines() {
    for (name, page, html) in rendered_of("wallet-movement") {
        let Page::Wallet(page) = page else { panic!("{name}") };
        let Screen::Movement(detail) = page.screen else { panic!("{name}") };
        assert!(html.contains("id=\"receipt\"") && html.contains("data-print"), "{name}");
        let Paper::Receipt(receipt) = &detail.paper else { continue };
        assert!(html.contains(receipt.payment_id.as_str()), "{name}");
    }
    let charged = rendered_of("wallet-movement-charged").swap_remove(0).2;
    assert!(charged.contains("href=\"/agreements/202610012748159036524817\""));
    let sent = text(&rendered_of("wallet-movement-sent").swap_remove(0).2);
    for words in ["Sent to Omar Khalid", "Lunch on Thursday", "9647700000002", "Balance afterwards 250,000 IQD"] {
        assert!(sent.contains(words), "{words}: {sent}");
    }
    let released = text(&rendered_of("wallet-movement-captured").swap_remove(0).2);
    assert!(released.contains("4,000 IQD of the hold was not needed and is free again."), "{released}");
}

#[test]
fn what_a_merchant_wrote_is_said_to_be_the_merchants() {
    for (name, page, html) in rendered_of("wallet-message") {
        let Page::Wallet(page) = page else { panic!("{name}") };
        let is_merchants = name.ends_with("merchant");
        assert_eq!(html.contains("class=\"notice foreign\""), is_merchants, "{name}");
        let opens = html.contains("href=\"/app?appId=100001\"");
        assert_eq!(opens, is_merchants, "{name}: {:?}", page.screen);
    }
}

#[test]
fn unread_messages_are_said_to_be_unread() {
    let html = screen(ENGLISH, Screen::Inbox(Inbox::sample(ENGLISH)));
    assert_eq!(html.matches(">Unread:<").count(), 2);
    assert_eq!(html.matches("class=\"move letter new\"").count(), 2);
}

#[test]
fn a_code_is_shown_as_two_pictures_and_in_groups_of_digits_with_its_end() {
    let (_, page, html) = rendered_of("wallet-code-shown").swap_remove(0);
    let shown = text(&html);
    assert!(shown.contains("The digits of the code: 28 1234 5678 9012 3456"), "{shown}");
    assert!(shown.contains("Good for one payment until 12:00:57"), "{shown}");
    assert!(html.contains("class=\"qr\" role=\"img\"") && html.contains("class=\"barcode\""));
    assert!(html.contains("data-seconds=\"57\""));
    assert!(html.contains("<noscript><meta http-equiv=\"refresh\" content=\"58;url=/wallet/code\"></noscript>"));
    let Page::Wallet(mut page) = page else { panic!("another page") };
    page.now = "2026-12-01T10:00:00Z".parse().expect("an instant");
    let late = renderer().render(&Page::Wallet(page)).expect("renders");
    assert!(late.contains("data-seconds=\"0\""));
    let asked = screen(ENGLISH, Screen::Code(PayCode::sample(CodeStep::Ask { problem: None })));
    assert!(asked.contains("name=\"pin\"") && !asked.contains("http-equiv") && !asked.contains("class=\"qr\""));
}

#[test]
fn of_a_card_only_the_last_four_digits_are_shown() {
    let mut page = Cards::sample(ENGLISH);
    page.cards.truncate(1);
    page.cards[0].card.name = CardName { issuer: "Visa".into(), number: "4111111111111111".into() };
    let html = screen(ENGLISH, Screen::Cards(page));
    assert!(html.contains("1111") && !html.contains("11111"));
    assert!(html.contains("action=\"/wallet/cards/0A1B2C3D/remove\""));
}
