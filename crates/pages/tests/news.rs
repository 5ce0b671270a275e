//! News in the words of SMS, e-mail and inbox.

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
    }));
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
