//! The wallet app: what each page shows, what its forms carry, and what stays out of it.

mod common;

use common::{rendered, renderer, text};
use mithaq_pages::wallet::{
    AppBar, CardForm, CardProblem, Cards, CodeStep, Door, EntryContext, History, Hold, Home, Inbox, Movement,
    MovementDetail, MovementKind, Paper, PayCode, Receive, Scan, ScanProblem, Screen, Security, SendMoney, SendStep,
    TopUp, TopUpStep, WalletPage,
};
use mithaq_pages::{AgreementsContext, CardName, Frame, Language, Page, SignInStep};
use mithaq_types::{Currency, Money};

const ENGLISH: Language = Language::EnUs;

fn html(page: Page) -> String {
    renderer().render(&page).expect("renders").replace("&#x2f;", "/")
}

fn screen(language: Language, screen: Screen) -> String {
    html(Page::Wallet(Box::new(WalletPage::sample(language, Door::Home, screen))))
}

fn home(page: Home) -> String {
    screen(ENGLISH, Screen::Home(Box::new(page)))
}

const fn iqd(whole: i64) -> Money {
    Money::new(whole * 1_000, Currency::IQD)
}

/// The page of every sample whose name begins so.
fn samples(beginning: &str) -> Vec<(String, Page, String)> {
    let named = |name: &str| name.split(' ').nth(1).is_some_and(|name| name.starts_with(beginning));
    let found: Vec<_> = rendered().into_iter().filter(|(name, _, _)| named(name)).collect();
    assert!(!found.is_empty(), "{beginning}");
    found
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
    for (name, page, html) in samples("wallet-movement") {
        let Page::Wallet(page) = page else { panic!("{name}") };
        let Screen::Movement(detail) = page.screen else { panic!("{name}") };
        assert!(html.contains("id=\"receipt\"") && html.contains("data-print"), "{name}");
        let Paper::Receipt(receipt) = &detail.paper else { continue };
        assert!(html.contains(receipt.payment_id.as_str()), "{name}");
    }
    let charged = samples("wallet-movement-charged").swap_remove(0).2;
    assert!(charged.replace("&#x2f;", "/").contains("href=\"/agreements/202610012748159036524817\""));
    let sent = text(&samples("wallet-movement-sent").swap_remove(0).2);
    for words in ["Sent to Omar Khalid", "Lunch on Thursday", "9647700000002", "Balance afterwards 250,000 IQD"] {
        assert!(sent.contains(words), "{words}: {sent}");
    }
    let released = text(&samples("wallet-movement-captured").swap_remove(0).2);
    assert!(released.contains("4,000 IQD of the hold was not needed and is free again."), "{released}");
}

#[test]
fn what_a_merchant_wrote_is_said_to_be_the_merchants() {
    for (name, page, html) in samples("wallet-message") {
        let Page::Wallet(page) = page else { panic!("{name}") };
        let is_merchants = name.ends_with("merchant");
        assert_eq!(html.contains("class=\"notice foreign\""), is_merchants, "{name}");
        let opens = html.replace("&#x2f;", "/").contains("href=\"/app?appId=100001\"");
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
fn a_problem_stands_under_its_field_and_what_was_typed_stays_in_it() {
    for (name, page, html) in rendered() {
        if !matches!(page, Page::Wallet(_)) || !html.contains("aria-invalid") {
            continue;
        }
        let field = html.split("<input").find(|tag| tag.contains("aria-invalid")).expect("a field");
        let id = field.split(" id=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("its id");
        assert!(field.contains(&format!("{id}-problem\"")), "{name}");
        let after = html.split(&format!(" id=\"{id}\"")).nth(1).expect("the field");
        let own = after.split("<label").next().unwrap_or_default();
        assert!(own.contains(&format!("id=\"{id}-problem\" role=\"alert\"")), "{name}: {id}");
    }
    let tried = samples("wallet-send-pin-wrong").swap_remove(0).2;
    assert!(tried.contains("value=\"7500\"") && tried.contains("value=\"Fresh Box, one month\""));
    let card = samples("wallet-cards-expiry-malformed").swap_remove(0).2.replace("&#x2f;", "/");
    assert!(card.contains("value=\"4242 4242 4242\"") && card.contains("value=\"13/29\""));
}

#[test]
fn no_pin_is_ever_in_a_page() {
    for (name, _, html) in rendered() {
        for tag in html.split("<input").skip(1).filter(|tag| tag.contains("type=\"password\"")) {
            assert!(!tag.split('>').next().unwrap_or_default().contains(" value="), "{name}");
        }
    }
}

#[test]
fn whoever_tops_up_for_an_order_gets_back_to_it_and_is_not_led_elsewhere() {
    let cashier = "/cashier?orderId=0f6f2d1c9b7e4a53a1d2c3b4e5f60718&amp;ix=8F2C41D0A97B4E55B1C3E06D7A9F1284";
    for (name, _, html) in samples("wallet-top-up-for-order") {
        let html = html.replace("&#x2f;", "/");
        assert!(html.contains(&format!("href=\"{cashier}\"")), "{name}");
        assert!(!html.contains("href=\"/wallet") && html.contains("/static/wallet.css"), "{name}");
    }
    let asked = samples("wallet-top-up-for-order").swap_remove(0).2;
    assert!(asked.contains("name=\"for\" value=\"0f6f2d1c9b7e4a53a1d2c3b4e5f60718\""));
    assert!(asked.contains("name=\"ix\" value=\"8F2C41D0A97B4E55B1C3E06D7A9F1284\""));
}

#[test]
fn who_gets_the_money_is_seen_before_it_is_sent_and_a_form_is_for_one_time() {
    let html = screen(ENGLISH, Screen::Send(SendMoney::sample(SendStep::asking(ENGLISH, "", None))));
    assert!(text(&html).contains("Send money to Omar Khalid? 9647700000002"));
    assert!(html.contains("name=\"to\" value=\"9647700000002\""));
    assert!(html.contains("name=\"once\" value=\"5C0E9A7B34D14F0E8A61B7D2F3C90A15\""));
    let first = screen(ENGLISH, Screen::Send(SendMoney::sample(SendStep::To { typed: "9647".into(), problem: None })));
    assert!(first.contains("value=\"9647\"") && !first.contains("name=\"pin\"") && !first.contains("name=\"once\""));
}

#[test]
fn a_code_is_shown_as_two_pictures_and_in_groups_of_digits_with_its_end() {
    let (_, page, html) = samples("wallet-code-shown").swap_remove(0);
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
fn scanning_needs_no_camera() {
    let html = screen(ENGLISH, Screen::Scan(Scan { typed: "x".into(), problem: Some(ScanProblem::Foreign) }));
    assert!(html.contains("name=\"text\"") && html.contains("value=\"x\""));
    assert!(html.contains("hidden data-scan-start") && html.contains("hidden data-scan>"));
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

#[test]
fn a_wallet_with_as_many_cards_as_can_be_offers_no_form() {
    let html = screen(ENGLISH, Screen::Cards(Cards { form: None, ..Cards::sample(ENGLISH) }));
    assert!(!html.contains("name=\"number\"") && html.contains("Remove one to link another."));
}

#[test]
fn every_device_but_this_one_can_be_signed_out_from_here() {
    let html = screen(ENGLISH, Screen::Security(Box::new(Security::sample(ENGLISH))));
    assert_eq!(html.matches("action=\"/wallet/security/sessions/").count(), 2);
    assert!(!html.contains("sessions/20261201A/end") && html.contains("action=\"/wallet/sign-out\""));
    for field in ["old", "new", "again"] {
        assert!(html.contains(&format!("name=\"{field}\" type=\"password\"")), "{field}");
    }
    assert!(text(&html).contains("192.0.2.17"));
}

#[test]
fn signing_in_leads_back_to_a_page_of_the_wallet_and_nowhere_else() {
    let asking = |page: &str, step: Option<SignInStep>| {
        let entry = EntryContext::sample(ENGLISH, "", None);
        let step = step.unwrap_or_else(|| entry.step.clone());
        html(Page::WalletEntry(EntryContext { page: page.to_owned(), step, ..entry }))
    };
    for ours in ["/wallet", "/wallet/history/20261201", "/wallet/send?to=9647700000002", "/wallet?x=1"] {
        assert!(asking(ours, None).contains(&format!("name=\"page\" value=\"{ours}\"")), "{ours}");
    }
    for foreign in ["https://evil.example/wallet", "//evil.example/wallet", "/walletx", "", "/\\evil.example"] {
        assert!(asking(foreign, None).contains("name=\"page\" value=\"/wallet\""), "{foreign}");
        assert!(asking(foreign, Some(SignInStep::Doorstep)).contains("href=\"/wallet\""), "{foreign}");
    }
}

/// Text that would break out of an element, of an attribute, or of the order of writing.
const HOSTILE: &str = "\"'></p></noscript><script>alert(1)</script>\u{202E}\u{2069}&amp;";

/// The screen with everything that others wrote replaced.
fn soiled(screen: Screen) -> Option<Screen> {
    let dirty = || HOSTILE.to_owned();
    let soil = |movement: &mut Movement| {
        movement.with = HOSTILE.into();
        movement.about = HOSTILE.into();
    };
    Some(match screen {
        Screen::Home(mut page) => {
            page.user_name = dirty();
            page.movements.iter_mut().for_each(soil);
            page.holds.iter_mut().for_each(|hold: &mut Hold| hold.merchant = HOSTILE.into());
            page.apps.iter_mut().for_each(|app| app.name = HOSTILE.into());
            Screen::Home(page)
        }
        Screen::History(mut page) if !page.movements.is_empty() => {
            page.movements.iter_mut().for_each(soil);
            Screen::History(page)
        }
        Screen::Movement(page) => {
            let MovementDetail { mut movement, agreement, .. } = *page;
            soil(&mut movement);
            let paper = Paper::Note { phone: Some(dirty()), balance: None, number: Some(dirty()) };
            Screen::Movement(Box::new(MovementDetail { movement, paper, agreement }))
        }
        Screen::Inbox(mut page) if !page.letters.is_empty() => {
            for letter in &mut page.letters {
                letter.title = HOSTILE.into();
                letter.body = HOSTILE.into();
            }
            Screen::Inbox(page)
        }
        Screen::Message(mut page) => {
            page.letter.title = dirty();
            page.letter.body = dirty();
            page.app.iter_mut().for_each(|app| app.name = HOSTILE.into());
            Screen::Message(page)
        }
        Screen::TopUp(TopUp { step: TopUpStep::Ask { problem, .. }, balance, banks, order }) => {
            let step = TopUpStep::Ask { amount: dirty(), bank: dirty(), problem };
            Screen::TopUp(TopUp { balance, banks, order, step })
        }
        Screen::Send(SendMoney { balance, step: SendStep::Amount { once, problem, .. } }) => {
            let step =
                SendStep::Amount { to: dirty(), to_name: dirty(), amount: dirty(), note: dirty(), once, problem };
            Screen::Send(SendMoney { balance, step })
        }
        Screen::Send(SendMoney { balance, step: SendStep::To { problem, .. } }) => {
            Screen::Send(SendMoney { balance, step: SendStep::To { typed: dirty(), problem } })
        }
        Screen::Receive(page) => Screen::Receive(Receive { user_name: dirty(), link: dirty(), ..page }),
        Screen::Scan(page) => Screen::Scan(Scan { typed: dirty(), ..page }),
        Screen::Cards(mut page) => {
            page.cards.iter_mut().for_each(|linked| linked.holder = HOSTILE.into());
            let problem = Some(CardProblem::NumberMalformed);
            page.form = Some(CardForm { number: dirty(), expiry: dirty(), name: dirty(), problem });
            Screen::Cards(page)
        }
        Screen::Security(mut page) => {
            page.devices.iter_mut().for_each(|device| device.name = HOSTILE.into());
            Screen::Security(page)
        }
        _ => return None,
    })
}

#[test]
fn nothing_that_others_wrote_becomes_markup_in_the_wallet_app() {
    for language in Language::ALL {
        for sample in Page::samples(language) {
            let Page::Wallet(page) = sample.page else { continue };
            let WalletPage { frame, csrf, now, screen } = *page;
            let Some(screen) = soiled(screen) else { continue };
            let page = Page::Wallet(Box::new(WalletPage { frame, csrf, now, screen }));
            let html = renderer().render(&page).expect("renders");
            assert!(!html.contains("<script>") && !html.contains(['\u{202E}', '\u{2069}']), "{}", sample.name);
            assert_eq!(html.matches("<bdi").count(), html.matches("</bdi>").count(), "{}", sample.name);
            assert!(html.contains("&lt;script&gt;alert(1)&lt;"), "{}", sample.name);
        }
    }
}
