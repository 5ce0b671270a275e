//! The cashier: what a user is told before and after paying, and what each state lets them do.

mod common;

use common::{rendered, renderer, text};
use mithaq_pages::{
    BackKind, Card, CardName, CardRefusal, CardStanding, CashierContext, CashierEnd, CashierEndContext, CashierProblem,
    CashierStep, Checkout, Exit, Language, Merchant, MoneyBack, Order, Page, PaidFrom, Receipt, ReceiptStatus, Source,
    asset,
};
use mithaq_types::{CardId, Currency, Money};

const fn dinars(whole: i64) -> Money {
    Money::new(whole * 1_000, Currency::IQD)
}

fn html(page: &Page) -> String {
    renderer().render(page).expect("renders").replace("&#x2f;", "/")
}

fn named(name: &str, language: Language) -> String {
    let sample = Page::samples(language).into_iter().find(|sample| sample.name == name).expect("a sample");
    html(&sample.page)
}

fn checkout(checkout: Checkout) -> String {
    let step = CashierStep::Ready(Box::new(checkout));
    html(&Page::Cashier(CashierContext::sample(Language::EnUs, step)))
}

fn ended(end: CashierEnd) -> String {
    html(&Page::CashierEnd(CashierEndContext::sample(Language::EnUs, end)))
}

fn paid(receipt: Receipt) -> String {
    ended(CashierEnd::Paid { receipt: Box::new(receipt), balance_left: Some(dinars(231_500)), just_now: true })
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
fn what_was_paid_is_shown_with_everything_that_one_keeps() {
    let shown = text(&named("cashier-paid", Language::EnUs));
    let expected = [
        "You paid Zaytoun Market",
        "Amount 18,500 IQD",
        "Status Paid",
        "To Zaytoun Market Verified merchant",
        "For Basket of 3",
        "When 1 December 2026, 09:30",
        "Paid from Wallet balance",
        "Order number ZM-2026-10482",
        "Payment number 20261201093000100200162000000000017",
        "Left in your wallet 231,500 IQD",
    ];
    for words in expected {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let card = text(&named("cashier-paid-card", Language::EnUs));
    assert!(card.contains("Paid from Rafidain Bank •••• 4242"), "{card}");
}

#[test]
fn an_order_that_was_paid_before_says_that_nothing_was_taken_twice() {
    let shown = text(&named("cashier-paid-before", Language::EnUs));
    assert!(shown.contains("You have paid this already Nothing was taken a second time."), "{shown}");
    assert!(!shown.contains("Left in your wallet"));
}

#[test]
fn what_came_back_is_listed_and_what_stays_is_counted() {
    let shown = text(&named("cashier-paid-refunded", Language::EnUs));
    let expected = [
        "Status Paid, and partly given back",
        "Refund On 2 December 2026, 09:30 · Dates were sold out 4,000 IQD",
        "Refund On 3 December 2026, 09:30 2,500 IQD",
        "You paid in the end 12,000 IQD",
    ];
    for words in expected {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let reversed = text(&named("cashier-paid-reversed", Language::EnUs));
    assert!(reversed.contains("Status Given back in full"), "{reversed}");
    assert!(reversed.contains("Cancelled by the merchant On") && reversed.contains("in the end 0 IQD"));
    let less = text(&named("cashier-paid-less", Language::EnUs));
    assert!(less.contains("Not taken On") && less.contains("You paid in the end 15,000 IQD"), "{less}");
    let held = text(&named("cashier-held-less", Language::EnUs));
    assert!(held.contains("Still set aside 15,000 IQD") && !held.contains("in the end"), "{held}");
}

#[test]
fn sums_that_no_receipt_can_have_do_not_break_it() {
    let at = "2026-12-01T06:30:00Z".parse().expect("an instant");
    let back = |minor| MoneyBack { kind: BackKind::Refund, amount: Money::new(minor, Currency::IQD), at, reason: None };
    let back = vec![back(i64::MAX), back(i64::MAX), back(i64::MIN)];
    let shown = text(&paid(Receipt { back, ..Receipt::sample(Language::EnUs) }));
    assert!(shown.contains("Payment number"), "{shown}");
}

#[test]
fn a_hold_says_that_nobody_has_the_money_yet_and_a_dispute_that_it_stays_where_it_is() {
    let held = text(&named("cashier-held", Language::EnUs));
    assert!(held.contains("Set aside for Zaytoun Market"), "{held}");
    assert!(held.contains("Zaytoun Market does not have it yet") && held.contains("8 December 2026 at the latest"));
    let disputed = text(&named("cashier-held-dispute", Language::EnUs));
    assert!(disputed.contains("This payment is in dispute."), "{disputed}");
    assert!(!disputed.contains("given back to you on"));
}

#[test]
fn an_end_without_a_payment_says_that_no_money_moved() {
    for (name, page, html) in rendered() {
        let Page::CashierEnd(page) = page else { continue };
        let said = ["Nothing was paid", "No money was taken", "Nothing was taken", "لم يُدفع شيء", "لم يُؤخذ"];
        let quiet = match &page.end {
            CashierEnd::Paid { receipt, just_now, .. } => {
                *just_now || matches!(receipt.status, ReceiptStatus::GivenBack | ReceiptStatus::Processing)
            }
            // Whether the order is paid is not known here; the page says where to look.
            CashierEnd::PageOver => true,
            _ => false,
        };
        assert!(quiet || said.iter().any(|words| text(&html).contains(words)), "{name}");
    }
}

#[test]
fn only_the_users_own_decision_tells_the_shell_by_itself() {
    for (name, page, html) in rendered() {
        let Page::CashierEnd(page) = page else { continue };
        let in_shell = matches!(page.exit, Exit::Shell(_));
        let paid = matches!(page.end, CashierEnd::Paid { just_now: true, .. });
        assert_eq!(
            html.contains("data-announce=\"done\""),
            in_shell && matches!(page.end, CashierEnd::Declined(_)),
            "{name}"
        );
        assert_eq!(html.contains("data-tell=\"done\" data-linger"), in_shell && paid, "{name}");
        assert_eq!(html.contains("data-tell=\"close\""), in_shell && !paid, "{name}");
        assert_eq!(html.contains("href=\"/wallet\""), !in_shell, "{name}");
    }
}

#[test]
fn the_way_back_to_the_merchant_is_a_link_outside_the_shell_and_only_to_a_site() {
    let html = named("cashier-paid-alone", Language::EnUs);
    assert!(html.contains("href=\"https://shop.example.iq/thanks?order=ZM-2026-10482\" rel=\"noreferrer\""));
    assert!(text(&html).contains("Back to Zaytoun Market To your wallet"));
    for url in ["javascript:alert(1)", "data:text/html,x", "//evil.example", "httpsx://a", "", "\u{202E}https"] {
        let exit = Exit::Alone { redirect_url: Some(url.to_owned()) };
        let end = CashierEnd::Expired(Merchant::sample());
        let shown =
            self::html(&Page::CashierEnd(CashierEndContext { exit, ..CashierEndContext::sample(Language::EnUs, end) }));
        assert!(!shown.contains("rel=\"noreferrer\"") && !shown.contains("Back to Zaytoun"), "{url}");
    }
}

#[test]
fn a_source_is_named_by_the_field_that_the_form_posts() {
    for source in [Source::Balance, Source::Card(CardId::new("card-7"))] {
        assert_eq!(Source::from_field(source.field()), source);
    }
    assert_eq!(Source::from_field("balance"), Source::Balance);
}

#[test]
fn a_receipt_is_an_article_with_a_heading_and_prints_without_buttons() {
    let html = paid(Receipt { source: PaidFrom::Balance, ..Receipt::sample(Language::EnUs) });
    assert!(html.contains("<article class=\"card receipt\" id=\"receipt\" aria-labelledby=\"receipt-title\">"));
    assert!(html.contains("<h2 id=\"receipt-title\">Receipt</h2>"));
    let bytes = asset("receipt.css").expect("shipped").bytes;
    let (_, print) = std::str::from_utf8(&bytes).expect("UTF-8").split_once("@media print").expect("a sheet for paper");
    assert!(print.contains("button, a.button") && print.contains("display: none"));
}
