//! The wallet app's forms: what they carry, what they say when something is wrong, and what cannot get into a page.

mod common;

use common::{rendered, rendered_of, renderer, screen, text};
use mithaq_pages::wallet::{
    CardForm, CardProblem, Cards, EntryContext, Hold, Movement, MovementDetail, Paper, Receive, Scan, ScanProblem,
    Screen, Security, SendMoney, SendStep, TopUp, TopUpStep, WalletPage,
};
use mithaq_pages::{Language, Page, SignInStep};

const ENGLISH: Language = Language::EnUs;

fn html(page: Page) -> String {
    renderer().render(&page).expect("renders").replace("&#x2f;", "/")
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
    let tried = rendered_of("wallet-send-pin-wrong").swap_remove(0).2;
    assert!(tried.contains("value=\"7500\"") && tried.contains("value=\"Fresh Box, one month\""));
    let card = rendered_of("wallet-cards-expiry-malformed").swap_remove(0).2;
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
    for (name, _, html) in rendered_of("wallet-top-up-for-order") {
        assert!(html.contains(&format!("href=\"{cashier}\"")), "{name}");
        assert!(!html.contains("href=\"/wallet") && html.contains("/static/wallet.css"), "{name}");
    }
    let asked = rendered_of("wallet-top-up-for-order").swap_remove(0).2;
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
fn scanning_needs_no_camera() {
    let html = screen(ENGLISH, Screen::Scan(Scan { typed: "x".into(), problem: Some(ScanProblem::Foreign) }));
    assert!(html.contains("name=\"text\"") && html.contains("value=\"x\""));
    assert!(html.contains("hidden data-scan-start") && html.contains("hidden data-scan>"));
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
