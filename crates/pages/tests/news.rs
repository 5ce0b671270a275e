//! News in the words of SMS, e-mail and inbox.

use jiff::civil::date;
use jiff::tz::TimeZone;
use mithaq_pages::Language::{ArIq, EnUs};
use mithaq_pages::Renderer;
use mithaq_pages::news::{self, Ending, Letter, News, Obstacle};
use mithaq_types::{Currency, Money, PaymentId};

/// FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE.
const ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

const fn iqd(minor: i64) -> Money {
    Money::new(minor, Currency::IQD)
}

fn all(merchant: &str) -> Vec<News> {
    let merchant = || merchant.to_owned();
    let endings = [Ending::User, Ending::Merchant, Ending::Wallet, Ending::Time];
    let mut all = vec![
        News::Signed { merchant: merchant() },
        News::ToppedUp { amount: iqd(9_999_999_999_000), balance: iqd(9_999_999_999_000) },
    ];
    all.extend(endings.map(|by| News::Ended { merchant: merchant(), by }));
    all.extend(["Fresh Box", ""].map(|description| News::Charged {
        merchant: merchant(),
        amount: iqd(10_000_000_000),
        description: description.to_owned(),
        balance: iqd(250_000_000_000),
    }));
    all.extend([Obstacle::Balance, Obstacle::Limit].map(|obstacle| News::Refused {
        merchant: merchant(),
        amount: iqd(10_000_000_000),
        obstacle,
        again_on: None,
    }));
    let day = date(2026, 9, 30);
    all.extend([Obstacle::Balance, Obstacle::Limit].map(|obstacle| News::Refused {
        merchant: merchant(),
        amount: iqd(10_000_000_000),
        obstacle,
        again_on: Some(day),
    }));
    all.push(News::Coming { merchant: merchant(), amount: iqd(10_000_000_000), on: day });
    all.extend(orders(&merchant()));
    all.extend(own(&merchant()));
    all
}

/// What happens to an order that the user pays.
fn orders(merchant: &str) -> Vec<News> {
    let (merchant, amount) = (|| merchant.to_owned(), iqd(10_000_000_000));
    let balance = iqd(250_000_000_000);
    let until = date(2026, 9, 30).at(23, 59, 0, 0);
    let mut all =
        vec![News::Released { merchant: merchant(), amount }, News::Refunded { merchant: merchant(), amount, balance }];
    all.extend([iqd(0), iqd(5_000_000_000)].map(|released| News::Captured { merchant: merchant(), amount, released }));
    for description in ["Fresh Box", ""].map(str::to_owned) {
        let merchant = merchant();
        all.push(News::Paid { merchant: merchant.clone(), amount, description: description.clone(), balance });
        all.push(News::Held { merchant, amount, description, until });
    }
    all
}

/// What happens to the user alone, to two users, and what a merchant writes.
fn own(name: &str) -> Vec<News> {
    let (name, amount, balance) = (|| name.to_owned(), iqd(10_000_000_000), iqd(250_000_000_000));
    let mut all = vec![News::PinChanged, News::CardLinked { card: "************4242".into() }];
    for note in [Some("Lunch".to_owned()), Some(" ".to_owned()), None] {
        all.push(News::TransferSent { to_name: name(), amount, note: note.clone(), balance });
        all.push(News::TransferReceived { from_name: name(), amount, note, balance });
    }
    all.push(News::FromMerchant { merchant: name(), title: name(), content: "Today.\nOr not.".into(), url: None });
    all
}

fn charged(merchant: &str) -> News {
    News::Charged {
        merchant: merchant.to_owned(),
        amount: iqd(7_000_000),
        description: "Fresh Box".to_owned(),
        balance: iqd(243_000_000),
    }
}

#[test]
fn an_english_sms_is_one_message_and_an_arabic_one_two() {
    let pages = Renderer::new().expect("readable");
    for event in all(&"Zaytoun Market of Baghdad and Basra ".repeat(3)) {
        let english = news::sms(&pages, EnUs, &event).expect("complete");
        assert!(english.is_ascii() && english.len() <= 160, "{}: {english}", english.len());
    }
    for event in all(&"سوق زيتون في بغداد ".repeat(5)) {
        // Joined messages hold 67 letters each, because Arabic ones are sent in two bytes a letter.
        let arabic = news::sms(&pages, ArIq, &event).expect("complete");
        assert!(arabic.chars().count() <= 134, "{}: {arabic}", arabic.chars().count());
    }
}

#[test]
fn everything_that_can_happen_has_words_in_both_languages() {
    let pages = Renderer::new().expect("readable");
    for event in all("Zaytoun Market") {
        for language in [EnUs, ArIq] {
            let inbox = news::inbox(&pages, language, &event).expect("complete");
            assert!(!inbox.title.is_empty() && !inbox.body.is_empty());
            assert_ne!(inbox.title, inbox.body);
        }
    }
}

#[test]
fn amounts_are_in_the_figures_of_the_language() {
    let pages = Renderer::new().expect("readable");
    let english = "Mithaq: Zaytoun Market charged 7,000 IQD. Your balance is 243,000 IQD.";
    assert_eq!(news::sms(&pages, EnUs, &charged("Zaytoun Market")).expect("complete"), english);
    let arabic = "ميثاق: استقطع سوق زيتون مبلغ ٧٬٠٠٠ د.ع. رصيدك ٢٤٣٬٠٠٠ د.ع.";
    assert_eq!(news::sms(&pages, ArIq, &charged("سوق زيتون")).expect("complete"), arabic);
}

#[test]
fn a_name_of_the_other_direction_is_isolated_and_cannot_leave_its_isolation() {
    let pages = Renderer::new().expect("readable");
    let named =
        |name: &str| news::inbox(&pages, ArIq, &News::Signed { merchant: name.to_owned() }).expect("complete").title;
    assert!(named("Zaytoun").contains(&format!("{ISOLATE}Zaytoun{POP_ISOLATE}")));
    assert!(named("Z\u{2069}\u{202E}\ny").contains(&format!("{ISOLATE}Z y{POP_ISOLATE}")));
    assert!(!named("سوق زيتون").contains(ISOLATE), "no marks where everything runs one way");
    let english = news::inbox(&pages, EnUs, &News::Signed { merchant: "سوق زيتون".to_owned() }).expect("complete");
    assert!(english.title.contains(ISOLATE));
}

#[test]
fn an_email_greets_says_when_and_names_the_payment() {
    let pages = Renderer::new().expect("readable");
    let zone = TimeZone::get("Asia/Baghdad").expect("known");
    let payment_id = PaymentId::new("20261201111212800100166000000000001");
    let letter = Letter {
        name: "Sara Ali Hasan",
        at: "2026-12-01T06:30:00Z".parse().expect("an instant"),
        zone: &zone,
        payment_id: Some(&payment_id),
    };
    let mail = news::email(&pages, EnUs, &charged("Zaytoun Market"), &letter).expect("complete");
    assert_eq!(mail.title, "Zaytoun Market charged 7,000 IQD");
    let lines: Vec<_> = mail.body.lines().collect();
    assert_eq!(lines[0], "Hello Sara Ali Hasan,");
    assert!(lines[2].contains("for “Fresh Box”"));
    assert_eq!(lines[3], "When: 1 December 2026, 09:30");
    assert_eq!(lines[4], "Payment number: 20261201111212800100166000000000001");
    let mail = news::email(&pages, ArIq, &charged("Zaytoun Market"), &Letter { payment_id: None, ..letter });
    assert!(mail.expect("complete").body.contains("١ كانون الأول ٢٠٢٦"));
}

#[test]
fn what_is_held_says_until_when_and_that_it_is_not_paid() {
    let pages = Renderer::new().expect("readable");
    let held = orders("Baghdad Rides").into_iter().find(|news| matches!(news, News::Held { .. })).expect("one");
    let english =
        "Mithaq: 10,000,000 IQD is held for Baghdad Rides until 30 September 2026, 23:59. It is not paid yet.";
    assert_eq!(news::sms(&pages, EnUs, &held).expect("complete"), english);
    let arabic = news::inbox(&pages, ArIq, &held).expect("complete").body;
    assert!(arabic.contains("٣٠ أيلول ٢٠٢٦، ٢٣:٥٩"), "{arabic}");
}

#[test]
fn a_note_is_told_if_there_is_one() {
    let pages = Renderer::new().expect("readable");
    let body = |note: Option<&str>| {
        let (amount, balance, note) = (iqd(7_000_000), iqd(243_000_000), note.map(str::to_owned));
        let news = News::TransferReceived { from_name: "Omar".into(), amount, note, balance };
        news::inbox(&pages, EnUs, &news).expect("complete").body
    };
    assert_eq!(body(Some("Lunch")), "Omar sent you 7,000 IQD and wrote “Lunch”. Your balance is now 243,000 IQD.");
    assert_eq!(body(Some("  ")), body(None));
}

#[test]
fn of_a_card_the_last_four_digits_are_told() {
    let pages = Renderer::new().expect("readable");
    let linked = News::CardLinked { card: "4111 **** **** 4242".into() };
    let sms = news::sms(&pages, EnUs, &linked).expect("complete");
    assert!(sms.contains("the card ending in 4242") && !sms.contains("4111"), "{sms}");
}

#[test]
fn a_merchants_own_words_keep_their_lines_and_are_said_to_be_the_merchants() {
    let pages = Renderer::new().expect("readable");
    let message = News::FromMerchant {
        merchant: "Zaytoun Market".into(),
        title: "Your box\u{202E} is on its way".into(),
        content: "Today.\r\nOr\u{2069} tomorrow.".into(),
        url: Some("mini://platformapi/startapp?_ariver_appid=100001".into()),
    };
    let inbox = news::inbox(&pages, EnUs, &message).expect("complete");
    assert_eq!(inbox.title, "Zaytoun Market: Your box is on its way");
    assert_eq!(inbox.body, "Today.\nOr tomorrow.");
    let sms = news::sms(&pages, EnUs, &message).expect("complete");
    assert_eq!(sms, "Mithaq: message from Zaytoun Market: Your box is on its way");
    let zone = TimeZone::UTC;
    let at = "2026-12-01T06:30:00Z".parse().expect("an instant");
    let mail = news::email(&pages, EnUs, &message, &Letter { name: "Sara", at, zone: &zone, payment_id: None });
    assert!(mail.expect("complete").body.contains("Or tomorrow.\nWritten by Zaytoun Market, not by your wallet."));
}

#[test]
fn only_links_to_mini_programs_are_known() {
    let id = |url: &str| news::mini_program(url).map(|app_id| app_id.to_string());
    assert_eq!(id("mini://platformapi/startapp?_ariver_appid=100001").as_deref(), Some("100001"));
    assert_eq!(id(" mini://platformapi/startapp?page=a%2Fb&_ariver_appid=ab-1_2 ").as_deref(), Some("ab-1_2"));
    let foreign = [
        "https://evil.example/?_ariver_appid=100001",
        "mini://platformapi/startapp",
        "mini://platformapi/startapp?_ariver_appid=",
        "mini://platformapi/startapp?_ariver_appid=1&_ariver_appid=2",
        "mini://platformapi/startapp?_ariver_appid=1%22",
        "mini://platformapi/startapp?_ariver_appid=../admin",
        "MINI://platformapi/startapp?_ariver_appid=1",
        "javascript:alert(1)//mini://platformapi/startapp?_ariver_appid=1",
        "/v1/messages/sendInbox",
        "",
    ];
    for url in foreign {
        assert_eq!(id(url), None, "{url}");
    }
}
