//! The cashier: what a user is told before paying, and what each state lets them do. Its ends are in cashier_ends.rs.

mod common;

use common::{html, named, rendered, text};
use mithaq_pages::{
    Card, CardName, CardRefusal, CardStanding, CashierContext, CashierProblem, CashierStep, Checkout, Language, Order,
    Page, Source,
};
use mithaq_types::{CardId, Currency, Money};

const fn dinars(whole: i64) -> Money {
    Money::new(whole * 1_000, Currency::IQD)
}

fn checkout(checkout: Checkout) -> String {
    let step = CashierStep::Ready(Box::new(checkout));
    html(&Page::Cashier(CashierContext::sample(Language::EnUs, step)))
}

/// The tag of the radio button of a source.
fn button<'a>(html: &'a str, source: &str) -> &'a str {
    let rest = html.split("<input type=\"radio\" ").find(|rest| rest.contains(&format!("value=\"{source}\"")));
    rest.and_then(|rest| rest.split('>').next()).expect("a source")
}

/// What only somebody who may see the order may read.
fn shows_the_order(html: &str) -> bool {
    ["Zaytoun", "زيتون", "18,500", "١٨٬٥٠٠", "Basket", "سلة", "ZM-2026"].iter().any(|words| html.contains(words))
}

#[test]
fn the_page_says_who_is_paid_how_much_what_for_and_until_when() {
    let shown = text(&named("cashier-ready", Language::EnUs));
    let expected = [
        "Pay Zaytoun Market?",
        "Verified merchant·Basket of 3",
        "You pay 18,500 IQD",
        "Zaytoun Market gets it at once.",
        "Written by Zaytoun Market",
        "Olive oil 1 l, dates 500 g, Fresh Box small.",
        "Order number ZM-2026-10482",
        "Pay until 1 December 2026, 09:45",
        "Wallet balance 250,000 IQD",
        "Signed in as Sara Ali Hasan",
        "Pay 18,500 IQD",
    ];
    for words in expected {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let shown = text(&named("cashier-ready", Language::ArIq));
    for words in ["سوق زيتون", "١٨٬٥٠٠ د.ع", "١ كانون الأول ٢٠٢٦، ٠٩:٤٥", "ادفع ١٨٬٥٠٠ د.ع"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[test]
fn the_amount_has_the_currencys_decimals_and_words_that_look_like_markup_are_text() {
    let html = named("cashier-ready-bare", Language::EnUs);
    assert!(text(&html).contains("You pay 1,234,567.250 IQD") && text(&html).contains("Pay 1,234,567.250 IQD"));
    assert!(html.contains("Corner &lt;Shop&gt;") && html.contains("2 × tea &amp; &lt;b&gt;"));
    assert!(text(&html).contains("Merchant not verified"));
}

#[test]
fn a_text_that_only_repeats_the_title_is_shown_once() {
    let mut order = Order::sample(Language::EnUs);
    order.description = "Basket of 3".into();
    let html = checkout(Checkout { order, ..Checkout::sample(Language::EnUs) });
    assert_eq!(html.matches("Basket of 3").count(), 1);
}

#[test]
fn in_the_wallet_app_the_page_has_the_wallets_own_frame_and_pays_all_the_same() {
    let alone = named("cashier-ready-alone", Language::EnUs);
    assert!(!alone.contains("data-ix") && alone.contains("/confirm\"") && alone.contains("/decline\""));
    assert!(named("cashier-ready", Language::EnUs).contains("data-ix=\"8F2C41D0A97B4E55B1C3E06D7A9F1284\""));
}

#[test]
fn money_that_is_held_is_said_to_be_held_and_when_it_comes_back() {
    let later = text(&named("cashier-ready-hold", Language::EnUs));
    for words in [
        "Set money aside for Zaytoun Market?",
        "Zaytoun Market takes it later, all of it or less.",
        "given back to you on 8 December 2026 at the latest",
        "Set aside 18,500 IQD",
    ] {
        assert!(later.contains(words), "{words}: {later}");
    }
    assert!(!later.contains("gets it at once") && !later.contains("You pay"));
    let received = text(&named("cashier-ready-escrow", Language::EnUs));
    assert!(received.contains("until you have told Zaytoun Market that you received what you ordered"), "{received}");
    assert!(text(&named("cashier-ready-hold", Language::ArIq)).contains("٨ كانون الأول ٢٠٢٦"));
}

#[test]
fn what_was_chosen_is_preselected_and_what_cannot_pay_cannot_be_chosen() {
    let html = named("cashier-ready", Language::EnUs);
    assert!(button(&html, "balance").ends_with("checked"));
    assert!(!button(&html, "card-0").contains("checked") && !button(&html, "card-0").contains("disabled"));
    assert!(button(&html, "card-1").contains("disabled") && button(&html, "card-2").contains("disabled"));
    let shown = text(&html);
    assert!(shown.contains("Rafidain Bank •••• 4242 ending in 4242"), "{shown}");
    assert!(shown.contains("ending in 0069 Expired") && shown.contains("ending in 1881 Blocked"));
    assert!(button(&named("cashier-ready-card", Language::EnUs), "card-0").contains("checked"));
}

#[test]
fn only_the_last_digits_of_a_card_are_shown() {
    for (name, page, html) in rendered() {
        if matches!(page, Page::Cashier(_) | Page::CashierEnd(_)) {
            assert!(!html.contains("521234") && !html.contains("4000 00"), "{name}");
        }
    }
    let mut page = Checkout::sample(Language::EnUs);
    for (number, shown) in [("12", "ending in 12"), ("no digits", "ending in"), ("٥٥٥٥", "ending in")] {
        page.cards[0].name.number = number.into();
        assert!(text(&checkout(page.clone())).contains(shown), "{number}");
    }
}

#[test]
fn a_balance_that_is_not_enough_says_what_is_missing_and_leads_to_more() {
    let html = named("cashier-ready-poor", Language::EnUs);
    assert!(button(&html, "balance").contains("disabled") && button(&html, "card-0").contains("checked"));
    assert!(text(&html).contains("Not enough: 17,500 IQD is missing Add money"));
    assert!(html.contains("href=\"/wallet/top-up?for=0f6f2d1c9b7e4a53a1d2c3b4e5f60718\""));
    assert!(!named("cashier-ready", Language::EnUs).contains("/wallet/top-up"));
}

#[test]
fn where_nothing_can_pay_no_pin_is_asked_for_and_money_can_be_added() {
    for language in Language::ALL {
        let html = named("cashier-ready-stranded", language);
        assert!(!html.contains("/confirm") && !html.contains("name=\"pin\""));
        assert_eq!(html.matches("href=\"/wallet/top-up?for=").count(), 1);
        assert!(html.contains("/decline"));
    }
}

#[test]
fn a_balance_in_another_currency_is_worth_nothing_here() {
    let balance = Money::new(9_999_900, Currency::parse("USD").expect("known"));
    let html = checkout(Checkout { balance, ..Checkout::sample(Language::EnUs) });
    assert!(text(&html).contains("18,500 IQD is missing") && button(&html, "balance").contains("disabled"));
}

#[test]
fn a_refusal_says_why_that_nothing_was_paid_and_keeps_another_way_open() {
    for (name, page, html) in rendered() {
        let Page::Cashier(CashierContext { step: CashierStep::Ready(checkout), .. }) = page else { continue };
        let about_the_pin =
            matches!(checkout.problem, Some(CashierProblem::PinWrong { .. } | CashierProblem::PinMalformed));
        let refused = checkout.problem.is_some() && !about_the_pin;
        assert_eq!(html.contains("<div class=\"notice bad\" role=\"alert\""), refused, "{name}");
        if refused {
            let shown = text(&html);
            assert!(shown.contains("Nothing was paid.") || shown.contains("لم يُدفع شيء."), "{name}");
            assert!(html.contains("/confirm") && html.contains(" checked"), "{name}");
        }
    }
}

#[test]
fn a_declined_card_is_named_with_its_issuers_reason_and_another_source_is_preselected() {
    let html = named("cashier-declined-not-enough", Language::EnUs);
    let shown = text(&html);
    assert!(
        shown.contains("Rafidain Bank declined the card ending in 4242 There is not enough money on it."),
        "{shown}"
    );
    assert!(button(&html, "balance").ends_with("checked"));
    assert!(!button(&html, "card-0").contains("disabled") && shown.contains("4242 Just declined"));
    let reasons: Vec<String> = CardRefusal::ALL
        .into_iter()
        .map(|reason| {
            let problem = Some(CashierProblem::CardDeclined { card_id: CardId::new("gone"), reason });
            text(&checkout(Checkout { problem, ..Checkout::sample(Language::EnUs) }))
        })
        .collect();
    for (place, shown) in reasons.iter().enumerate() {
        assert!(shown.contains("The card was declined"), "{shown}");
        assert!(!reasons[..place].contains(shown), "{shown}");
    }
}

#[test]
fn a_declined_card_stays_chosen_where_nothing_else_can_pay() {
    let card_id = CardId::new("card-0");
    let problem = CashierProblem::CardDeclined { card_id: card_id.clone(), reason: CardRefusal::Other };
    let page = Checkout {
        balance: dinars(0),
        chosen: Source::Card(card_id),
        problem: Some(problem),
        ..Checkout::sample(Language::EnUs)
    };
    assert!(button(&checkout(page), "card-0").contains("checked"));
}

#[test]
fn a_card_with_a_strange_id_cannot_leave_its_attribute() {
    let name = CardName { issuer: "\"><script>".into(), number: "<b>1</b>".into() };
    let card = Card { card_id: CardId::new("\"><script>"), name, standing: CardStanding::Usable };
    let html = checkout(Checkout { cards: vec![card], ..Checkout::sample(Language::EnUs) });
    assert!(!html.contains("\"><script>") && html.contains("value=\"&quot;&gt;&lt;script&gt;\""));
}

#[test]
fn whoever_is_not_signed_in_learns_nothing_of_the_order() {
    for language in Language::ALL {
        for name in ["cashier-login", "cashier-login-wrong", "cashier-standalone-stranger"] {
            let html = named(name, language);
            assert!(!shows_the_order(&html), "{name}");
        }
    }
}

#[test]
fn what_the_user_may_not_see_says_nothing_of_the_order() {
    for language in Language::ALL {
        for name in
            ["not-yours", "unknown", "being-paid", "paid-by-somebody", "frozen", "refused", "locked", "page-over"]
        {
            assert!(!shows_the_order(&named(&format!("cashier-{name}"), language)), "{name}");
        }
    }
}

#[test]
fn in_a_plain_browser_nothing_pays_and_a_code_leads_into_the_wallet_app() {
    for language in Language::ALL {
        for name in ["cashier-standalone", "cashier-standalone-stranger"] {
            let html = named(name, language);
            assert!(!html.contains("<form") && !html.contains("type=\"submit\"") && !html.contains("name=\"pin\""));
            assert!(html.contains("<svg class=\"qr\" role=\"img\" aria-label=\""), "{name}");
            assert!(html.contains("value=\"http://localhost:7600/cashier?orderId=0f6f2d1c9b7e4a53a1d2c3b4e5f60718\""));
        }
    }
}

#[test]
fn a_page_that_waits_looks_again_also_without_script_and_can_be_left() {
    let html = named("cashier-waiting", Language::EnUs);
    assert!(html.contains("<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>"));
    assert!(html.contains("data-wait=\"3\"") && html.contains("data-tell=\"close\""));
    assert!(!html.contains("<form"));
    let shown = text(&html);
    assert!(shown.contains("18,500 IQD for Zaytoun Market. Please do not pay again"), "{shown}");
    assert!(shown.contains("You can leave.") && shown.contains("Rafidain Bank •••• 4242"));
    assert!(named("cashier-waiting-alone", Language::EnUs).contains("href=\"/wallet\""));
    for (name, page, html) in rendered() {
        let waits = matches!(page, Page::Cashier(CashierContext { step: CashierStep::Processing { .. }, .. }));
        if matches!(page, Page::Cashier(_) | Page::CashierEnd(_)) {
            assert_eq!(html.contains("data-wait") && html.contains("http-equiv=\"refresh\""), waits, "{name}");
        }
    }
}

#[test]
fn a_source_is_named_by_the_field_that_the_form_posts() {
    for source in [Source::Balance, Source::Card(CardId::new("card-7"))] {
        assert_eq!(Source::from_field(source.field()), source);
    }
    assert_eq!(Source::from_field("balance"), Source::Balance);
}
